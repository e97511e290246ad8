"""Search in everything that inspectors wrote: passages, who does a thing well, and the passages as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from oneplace.archive import queries as archive
from oneplace.charts.years import years
from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import Filters, Found, Held, Order, PassageView
from oneplace.improvement.points_on_topics import points_on, topics_told
from oneplace.improvement.topics import topics_of
from oneplace.places import queries as places
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.names import body_names
from oneplace.website.paging import page_asked, paging
from oneplace.website.passages import grouped, hit
from oneplace.website.services import service_label
from oneplace.website.wording import day, thing

# How many bodies are listed under "by council"; the download has all.
_BODIES = 12
_MOST_IN_A_FILE = 5_000
# On a page of those that told somebody to improve on a topic.
_INSPECTIONS = 40
_STANCES = (("strength", "Praise: strengths"), ("weakness", "Criticism: what must be better"))
# The address's names of filters, where they are not the field's own.
_NAMES = {"grade_of": "grade-of", "since": "from", "until": "to", "stance": "says"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter that may be set to one of a few things: (value, label) pairs, in groups where they have names."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A filter that is set, in words, and the address of the same search without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for. `problems` are what could not be read, in words."""

    words: str
    filters: Filters
    order: Order
    well: bool
    page: int
    problems: tuple[str, ...]


def words(request: HttpRequest) -> HttpResponse:
    """The page of the search."""
    on = as_at(request)
    asked = _asked(request)
    found = praise = None
    if asked.well and asked.words.strip():
        praise = evidence.praised(asked.words, asked.filters, as_at=on.asked)
        held, query = praise.held, praise.query
    else:
        found = evidence.search(
            asked.words, asked.filters, order=asked.order, page=asked.page, as_at=on.asked
        )
        held, query = found.held, found.query
    context: dict[str, object] = {"as_at": on, "asked": asked, "held": held, "typed": asked.words}
    if not held.passages:
        return render(request, "words_empty.html", context | _on_topics(request, asked, on))
    names = body_names(held.bodies)
    link = _Links(asked, on)
    context |= {
        "names": names,
        "link": link,
        "choices": _choices(held, asked.filters, names),
        "set": _set(asked, names, link),
        "sections": evidence.search_sections(),
        "query": query if asked.words.strip() else None,
    }
    if praise is not None:
        context |= {
            "praise": [(each, [hit(passage) for passage in each.passages]) for each in praise.bodies],
            "more": praise.more,
            "shas": _shas([passage for each in praise.bodies for passage in each.passages]),
        }
    elif found is not None:
        context |= {
            "found": found,
            "groups": grouped(found.passages),
            "shas": _shas(found.passages),
            "picture": _picture(found) if len(found.tallies.years) > 1 else None,
            "bodies": found.tallies.bodies[:_BODIES],
            "paging": paging(found.page, found.pages, lambda number: f"{link(page=number)}#found"),
        }
    return render(request, "words.html", context)


def _on_topics(request: HttpRequest, asked: Asked, on: AsAt) -> dict[str, object]:
    """For a record without sentences: the topics of what must improve, and the points on the one asked for.

    Words that were typed choose the topic that has them.
    """
    area = places.area(asked.filters.area) if asked.filters.area else None
    bodies = {area.area_id, *(each.area_id for each in places.predecessors(area.area_id))} if area else None
    told = topics_told(bodies)
    topic_asked = request.GET.get("topic", "")
    near = topics_of(asked.words) if asked.words and not topic_asked else frozenset()
    fitting = [each for each in told if each.topic.key == topic_asked or each.topic.key in near]
    # Of several topics with these words the one that is called so.
    chosen = min(fitting, key=lambda each: asked.words.casefold() not in each.topic.name, default=None)
    points = points_on(chosen.topic.key, on.asked, bodies) if chosen else ()
    by_inspection = {
        key: list(listed) for key, listed in groupby(points, key=lambda each: each.inspection.public_id)
    }
    listed = list(by_inspection.values())
    pages = max(-(-len(listed) // _INSPECTIONS), 1)
    page = min(max(page_asked(request), 1), pages)
    topic = [("topic", chosen.topic.key)] if chosen else []
    topic += [("area", area.area_id)] if area else []
    at = [("as-at", on.day.isoformat())] if on.chosen else []
    return {
        "topics": told,
        "area": area,
        "kept": topic,
        "chosen": chosen,
        "points": points,
        "inspections": len(listed),
        "told": listed[(page - 1) * _INSPECTIONS : page * _INSPECTIONS],
        "paging": paging(
            page,
            pages,
            lambda number: f"{reverse('words')}?{urlencode([*topic, *at, ('page', str(number))])}#found",
        ),
        "names": body_names({each.inspection.body_id for each in points}),
    }


def words_csv(request: HttpRequest) -> HttpResponse:
    """Every passage that a search finds, a line each, with its page and inspection."""
    on = as_at(request)
    asked = _asked(request)
    found = evidence.every_passage(asked.words, asked.filters, as_at=on.asked, most=_MOST_IN_A_FILE)
    names = body_names({each.report.body_id for each in found})
    header = (
        "inspection", "body", "name", "inspectorate", "framework", "published", "overall_grade", "kind", "section",
        "heading", "number", "page", "place_says", "reads_as_our_reading", "passage", "release", "address",
    )  # fmt: skip
    rows = (_csv_row(each, names, request) for each in found)
    return csv_file(f"oneplace-words-{on.day}.csv", header, rows)


def _csv_row(passage: PassageView, names: dict[str, str], request: HttpRequest) -> tuple[object, ...]:
    report = passage.report
    return (
        report.inspection, report.body_id, names[report.body_id], report.publisher, report.framework,
        report.published or "", report.overall.grade if report.overall else "", passage.kind, passage.section,
        passage.heading, passage.ordinal, passage.source.page or "", passage.place, " ".join(hit(passage).reads),
        passage.text, passage.source.release_id, request.build_absolute_uri(passage.path),
    )  # fmt: skip


def _asked(request: HttpRequest) -> Asked:
    problems: list[str] = []

    def date(name: str, what: str) -> dt.date | None:
        typed = request.GET.get(name, "").strip()
        if not typed:
            return None
        try:
            return dt.date.fromisoformat(typed)
        except ValueError:
            problems.append(f"“{typed[:40]}” is not a date to search {what}: write it like 2018-12-20.")
            return None

    given = {name: request.GET.get(_NAMES.get(name, name), "").strip()[:80] for name in _TEXTS}
    stance = given["stance"]
    filters = Filters(
        **{name: value for name, value in given.items() if name not in ("grade_of", "stance")},
        grade_of="section" if given["grade_of"] == "section" else "overall",
        stance="strength" if stance == "strength" else "weakness" if stance == "weakness" else "",
        since=date("from", "from"),
        until=date("to", "to"),
    )
    return Asked(
        words=request.GET.get("q", ""),
        filters=filters,
        order="newest" if request.GET.get("order") == "newest" else "best",
        well=request.GET.get("show") == "well",
        page=page_asked(request),
        problems=tuple(problems),
    )


_TEXTS = tuple(each.name for each in fields(Filters) if each.name not in ("since", "until"))


class _Links:
    """Addresses of the same search with something changed."""

    def __init__(self, asked: Asked, on: AsAt) -> None:
        self._asked, self._on = asked, on

    def __call__(self, **changes: object) -> str:
        """The page with these filters, `words`, `order`, `page` or `show` instead; else its first page."""
        return f"{reverse('words')}?{urlencode(self.pairs(**changes))}"

    def csv(self) -> str:
        """The download of all that is found."""
        return f"{reverse('words_csv')}?{urlencode(self.pairs())}"

    def hidden(self) -> list[tuple[str, str]]:
        """For the form that asks for another day: everything but the day."""
        return [(name, value) for name, value in self.pairs() if name != "as-at"]

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """What the address says, as a form's hidden fields would."""
        asked = self._asked
        own = {key: changes.pop(key) for key in ("words", "order", "page", "show") if key in changes}
        filters = replace(asked.filters, **changes)  # type: ignore[arg-type]  # a template's own words
        pairs = [("q", str(own.get("words", asked.words)))]
        for each in fields(Filters):
            value = getattr(filters, each.name)
            if value and not (each.name == "grade_of" and (value == "overall" or not filters.grade)):
                pairs.append((_NAMES.get(each.name, each.name), str(value)))
        if own.get("order", asked.order) == "newest":
            pairs.append(("order", "newest"))
        if own.get("show", "well" if asked.well else "") == "well":
            pairs.append(("show", "well"))
        if own.get("page", 1) != 1:
            pairs.append(("page", str(own["page"])))
        if self._on.chosen:
            pairs.append(("as-at", self._on.day.isoformat()))
        return pairs


def _shas(passages: Sequence[PassageView]) -> frozenset[str]:
    """The reports among the passages' sources whose pages can be shown here."""
    shas = {each.source.sha256 for each in passages}
    return frozenset(archive.held(shas)) if shas else frozenset()


def _choices(held: Held, filters: Filters, names: dict[str, str]) -> list[Choice]:
    def plain(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return (("", tuple(pairs)),)

    by_family: dict[str, list[tuple[str, str]]] = {}
    for family, grade, label in held.grades:
        by_family.setdefault(family, []).append((f"{family}:{grade}", label))
    families = dict(held.families)
    listed = sorted(((body, names[body]) for body in held.bodies), key=lambda pair: pair[1])
    kinds = sorted(held.kinds, key=thing)
    sections = [(key, each.label) for key, each in evidence.search_sections().items()]
    found = [
        Choice(name="says", label="Praise or criticism", groups=plain(_STANCES), chosen=filters.stance),
        Choice(
            name="area", label="Council, with those it came from", groups=plain(listed), chosen=filters.area
        ),
        Choice(name="like", label="Councils like this one", groups=plain(listed), chosen=filters.like),
        Choice(
            name="region",
            label="Region",
            groups=plain([(r, r) for r in places.REGIONS]),
            chosen=filters.region,
        ),
        Choice(
            name="kind",
            label="Type of council",
            groups=plain([(kind, thing(kind)[:1].upper() + thing(kind)[1:]) for kind in kinds]),
            chosen=filters.kind,
        ),
        Choice(name="section", label="Part of the report", groups=plain(sections), chosen=filters.section),
        Choice(
            name="framework",
            label="Kind of inspection",
            groups=plain(held.families),
            chosen=filters.framework,
        ),
        Choice(
            name="grade",
            label="Grade",
            groups=tuple((families[family], tuple(pairs)) for family, pairs in by_family.items()),
            chosen=filters.grade,
        ),
        Choice(
            name="service",
            label="Service",
            groups=plain([(key, service_label(key)) for key in held.services]),
            chosen=filters.service,
        ),
        Choice(
            name="publisher",
            label="Inspectorate",
            groups=plain([(key, thing(key)[:1].upper() + thing(key)[1:]) for key in held.publishers]),
            chosen=filters.publisher,
        ),
    ]
    # A choice between one thing is none.
    return [each for each in found if each.chosen or sum(len(pairs) for _, pairs in each.groups) > 1]


def _set(asked: Asked, names: dict[str, str], link: _Links) -> list[Set]:
    filters = asked.filters
    part = evidence.search_sections().get(filters.section)
    name = {**names, **body_names({each for each in (filters.area, filters.like, filters.body) if each})}
    family, _, grade = filters.grade.partition(":")
    told = {
        "stance": {"strength": "praise", "weakness": "criticism"}.get(filters.stance, ""),
        "area": f"{name.get(filters.area, filters.area)}, with those it came from",
        "like": f"councils like {name.get(filters.like, filters.like)}, by the Department for Education’s reckoning",
        "body": name.get(filters.body, filters.body),
        "region": filters.region,
        "kind": thing(filters.kind),
        "section": f"part of the report: {part.label if part else filters.section}",
        "framework": f"kind of inspection: {filters.framework}",
        "grade": f"{'this part' if filters.grade_of == 'section' else 'overall'} graded {thing(grade)} ({family})",
        "service": service_label(filters.service) if filters.service else "",
        "publisher": thing(filters.publisher),
        "since": f"published from {day(filters.since)}" if filters.since else "",
        "until": f"published up to {day(filters.until)}" if filters.until else "",
    }
    return [
        Set(words=words, without=link(**{key: None if key in ("since", "until") else ""}))
        for key, words in told.items()
        if getattr(filters, key)
    ]


def _picture(found: Found) -> object:
    counts = found.tallies.years
    most = max(counts, key=lambda pair: pair[1])
    first, last = counts[0][0], counts[-1][0]
    return years(
        chart_id="years",
        title=f"Passages found by the year of publication, {first} to {last}",
        description=f"{found.total} in all. The most are of {most[0]}: {most[1]}. A table with the numbers follows.",
        counts=counts,
    )
