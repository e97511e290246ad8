"""Areas side by side, and one area among those like it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import NEIGHBOURS, SIMILAR
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.comparison import compared_services, names_around, provided_by, surroundings
from oneplace.website.comparison_asked import MOST_AREAS, Asked, address, asked_areas, query_of
from oneplace.website.comparison_figures import compared_figures
from oneplace.website.comparison_files import HEADER, group_rows, side_by_side_rows
from oneplace.website.comparison_group import GROUPS, group_figures, group_lines, group_of
from oneplace.website.csv_files import csv_file
from oneplace.website.moments import when
from oneplace.website.services import services


def compare(request: HttpRequest) -> HttpResponse:
    """Up to five areas side by side."""
    on = as_at(request)
    with places.one_register():
        asked = asked_areas(request.GET)
        if asked.added:
            return HttpResponseRedirect(address(asked.added, on))
        if (key := request.GET.get("with", "")) in GROUPS and len(asked.areas) == 1:
            return _among(request, asked.areas[0], key, on)
        context = {
            "as_at": on,
            "asked": asked,
            "path": reverse("compare"),
            "most": MOST_AREAS,
            "without": {
                one: address([each for each in asked.ids if each != one], on, undo=asked.ids)
                for one in asked.ids
            },
            "put_back": address(asked.before, on) if asked.taken else "",
            "with_choice": {one.area_id: address([*asked.ids, one.area_id], on) for one in asked.choices},
            "alike": _alike(asked, on),
            "groups": GROUPS,
            "when": when,
            "services": (),
            "figures": (),
            "notes": _notes(asked.areas, on),
            "query": query_of(asked.ids, on),
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
        "csv": reverse("compare_csv") + query_of([area.area_id], on, **{"with": key}),
    }
    return render(request, "compare_group.html", context)


def compare_csv(request: HttpRequest) -> HttpResponse:
    """Everything on the page, a line for each grade and each figure, with its place in its source."""
    on = as_at(request)
    with places.one_register():
        asked = asked_areas(request.GET)
        if (key := request.GET.get("with", "")) in GROUPS and len(asked.areas) == 1:
            area = asked.areas[0]
            group = group_of(area, key, on)
            lines = group_lines(area, group, on) if group.areas else ()
            of_group = group_figures(area, group) if group.areas and not on.chosen else ()
            return csv_file(
                f"oneplace-compare-{area.area_id}-{key}.csv",
                HEADER,
                list(group_rows(area, group, lines, of_group, on.day)),
            )
        graded = compared_services(surroundings(asked.areas, on), on) if asked.areas else ()
        figures = compared_figures(asked.areas) if asked.areas and not on.chosen else ()
    return csv_file(
        f"oneplace-compare-{'-'.join(asked.ids) or 'nothing'}.csv",
        HEADER,
        side_by_side_rows(asked.areas, graded, figures, on.day),
    )


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
