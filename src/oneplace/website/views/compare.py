"""Areas side by side, and one area among those like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import NEIGHBOURS, SIMILAR
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.comparison import (
    MOST_AREAS,
    ComparedService,
    compared_services,
    names_around,
    provided_by,
    surroundings,
)
from oneplace.website.comparison_figures import ComparedFigure, compared_figures
from oneplace.website.comparison_group import GROUPS, group_figures, group_lines, group_of
from oneplace.website.csv_files import csv_file
from oneplace.website.moments import when
from oneplace.website.services import services
from oneplace.wording import many

_LONGEST = 80
MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The areas of the address, in its order, and what was wrong with it in words."""

    areas: tuple[AreaView, ...]
    problems: tuple[str, ...]
    typed: str  # a name that is nobody's, or several's
    choices: tuple[AreaView, ...]  # whom it may mean

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.area_id for each in self.areas)


def compare(request: HttpRequest) -> HttpResponse:
    """Up to five areas side by side."""
    on = as_at(request)
    with places.one_register():
        asked, added = _asked(request)
        if added:
            return HttpResponseRedirect(address(added, on))
        if (key := request.GET.get("with", "")) in GROUPS and len(asked.areas) == 1:
            return _among(request, asked.areas[0], key, on)
        context = {
            "as_at": on,
            "asked": asked,
            "path": reverse("compare"),
            "most": MOST_AREAS,
            "is_full": len(asked.areas) >= MOST_AREAS,
            "without": {one: address([each for each in asked.ids if each != one], on) for one in asked.ids},
            "with_choice": {one.area_id: address([*asked.ids, one.area_id], on) for one in asked.choices},
            "alike": _alike(asked, on),
            "groups": GROUPS,
            "when": when,
            "services": (),
            "figures": (),
            "notes": _notes(asked.areas, on),
            "query": _query(asked.ids, on),
        }
        if asked.areas:
            around = surroundings(asked.areas, on)
            names = names_around(around)
            context["services"] = compared_services(around, on)
            context["provided"] = {
                service.key: [provided_by(each, service, names) for each in around] for service in services()
            }
            context["figures"] = () if on.chosen else compared_figures(asked.areas)
    return render(request, "compare.html", context)


def _among(request: HttpRequest, area: AreaView, key: str, on: AsAt) -> HttpResponse:
    """One area among those of a group."""
    group = group_of(area, key, on)
    context = {
        "as_at": on,
        "area": area,
        "group": group,
        "groups": GROUPS,
        "path": reverse("compare"),
        "back": address([area.area_id], on),
        "lines": group_lines(area, group, on) if group.areas else (),
        "figures": group_figures(area, group) if group.areas and not on.chosen else (),
        "nearest": address([area.area_id, *(each.area_id for each in group.areas[: MOST_AREAS - 1])], on),
        "most": MOST_AREAS,
        "when": when,
    }
    return render(request, "compare_group.html", context)


def compare_csv(request: HttpRequest) -> HttpResponse:
    """Everything on the page, a line for each grade and each figure, with its place in its source."""
    on = as_at(request)
    with places.one_register():
        asked, _ = _asked(request)
        graded = compared_services(surroundings(asked.areas, on), on) if asked.areas else ()
        figures = compared_figures(asked.areas) if asked.areas and not on.chosen else ()
    header = (
        "area", "name", "service", "what", "framework_or_period", "question_or_measure", "grade_or_value", "in_words",
        "whose", "date", "compared", "why_not", "release", "page", "sheet", "row", "as_at",
    )  # fmt: skip
    rows = [*_grade_rows(asked.areas, graded, on), *_figure_rows(asked.areas, figures, on)]
    return csv_file(f"oneplace-compare-{'-'.join(asked.ids) or 'nothing'}.csv", header, rows)


def address(ids: Sequence[str], on: AsAt) -> str:
    """The page of these areas on this day."""
    return reverse("compare") + _query(ids, on)


def _query(ids: Sequence[str], on: AsAt) -> str:
    asked = [("areas", ",".join(ids))] if ids else []
    if on.chosen:
        asked.append(("as-at", on.day.isoformat()))
    return f"?{urlencode(asked, safe=',')}" if asked else ""


def _asked(request: HttpRequest) -> tuple[Asked, tuple[str, ...]]:
    """What the address asks for; and, where a name was typed that is one area's, the areas with it added."""
    written = ",".join(request.GET.getlist("areas")).casefold().split(",")
    wanted = [each.strip()[:_LONGEST] for each in written if each.strip()]
    problems = []
    chosen: list[AreaView] = []
    for one in wanted:
        found = places.area(one)
        if found is None:
            problems.append(f"“{one}” is no area in the record. Type its name below to find it.")
        elif found in chosen:
            problems.append(f"{found.name} was asked for twice. It is shown once.")
        elif len(chosen) == MOST_AREAS:
            left = len(dict.fromkeys(wanted)) - MOST_AREAS
            more = many(left, "more was", "more were").capitalize()
            problems.append(f"At most {many(MOST_AREAS, 'area')} fit side by side. {more} left out.")
            break
        else:
            chosen.append(found)
    typed = request.GET.get("add", "").strip()[:_LONGEST]
    meant, choices = _meant(typed)
    is_full = len(chosen) >= MOST_AREAS
    if meant and meant in chosen:
        problems.append(f"{meant.name} is already here.")
    elif typed and is_full:
        problems.append(f"At most {many(MOST_AREAS, 'area')} fit side by side. Take one away first.")
        choices = ()
    elif meant:
        with_it = (*(each.area_id for each in chosen), meant.area_id)
        return Asked(areas=tuple(chosen), problems=(), typed=typed, choices=()), with_it
    elif typed and not choices:
        problems.append(f"No area is called “{typed}”, or anything like it.")
    return Asked(areas=tuple(chosen), problems=tuple(problems), typed=typed, choices=choices), ()


def _meant(typed: str) -> tuple[AreaView | None, tuple[AreaView, ...]]:
    """The one area of this name; else those that it may mean, slips of the keys understood."""
    if not typed:
        return None, ()
    found = places.find(typed, MOST_SUGGESTED)
    meant = found[0] if len(found) == 1 else places.called(typed)
    return meant, () if meant else found


def _alike(asked: Asked, on: AsAt) -> list[tuple[str, str]]:
    """For one area: words and the address of the page with the areas most like it."""
    if len(asked.areas) != 1:
        return []
    (area,) = asked.areas
    found = places.similar_by(area.area_id, (NEIGHBOURS, SIMILAR))
    words = {
        NEIGHBOURS: "with its four nearest statistical neighbours, as the Department for Education reckons them",
        SIMILAR: "with the four areas most like it, as the Office for National Statistics reckons them",
    }
    return [
        (words[by], address([area.area_id, *ids[: MOST_AREAS - 1]], on)) for by, ids in found.items() if ids
    ]


def _notes(areas: Iterable[AreaView], on: AsAt) -> list[tuple[AreaView, str, tuple[AreaView, ...]]]:
    """Of an area that was not there on the day: what happened to it, and the areas before or after it."""
    found = []
    for area in areas:
        if area.end and area.end <= on.day:
            after = places.areas(area.successors)
            found.append((area, f"ended on {area.end.day} {area.end:%B %Y}. After it:", after))
        elif area.start and area.start > on.day:
            before = places.areas(area.predecessors)
            found.append((area, f"began on {area.start.day} {area.start:%B %Y}. Before it:", before))
        elif area.predecessors:
            before = places.areas(area.predecessors)
            found.append(
                (area, "has its own record only. What was said of those before it is theirs:", before)
            )
    return found


def _grade_rows(
    areas: Sequence[AreaView], compared: Iterable[ComparedService], on: AsAt
) -> Iterator[tuple[object, ...]]:
    for service in compared:
        for line in service.lines:
            for question in line.questions:
                for area, head, cell in zip(areas, line.heads, question.cells, strict=True):
                    one, judgement = head.inspection, cell.judgement
                    source = judgement.source if judgement else None
                    dated = (one.published or one.inspection_end) if one else None
                    yield (
                        area.area_id, area.name, service.service.key, "grade", cell.framework, question.key,
                        judgement.grade if judgement else "", judgement.grade_label if judgement else cell.reason,
                        head.whose or (area.name if one else ""), dated or "",
                        "yes" if judgement and not cell.reason else "no", cell.reason,
                        source.release_id if source else "", (source.page if source else None) or "",
                        (source.address.sheet if source else None) or "",
                        (source.address.row if source else None) or "", on.day,
                    )  # fmt: skip


def _figure_rows(
    areas: Sequence[AreaView], figures: Iterable[ComparedFigure], on: AsAt
) -> Iterator[tuple[object, ...]]:
    for one in figures:
        for area, cell in zip(areas, one.cells, strict=True):
            if cell.figure is None:
                continue
            value = cell.figure.value
            why = "a count: areas are of different size" if one.is_count else cell.note
            yield (
                area.area_id, area.name, one.service.key, "figure", value.period, one.key,
                "" if value.value is None else value.value, cell.figure.shown, area.name, value.ends,
                "no" if why else "yes", why, value.release_id, "", value.sheet or "", value.row, on.day,
            )  # fmt: skip
