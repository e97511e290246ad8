"""Every report with passages, as filters know it: resolved like the record's own views, and kept between questions.

Which statement's findings, points and looks back are shown is settled as `resolving` settles it: each list
is taken whole from the best statement that has it. So no passage is ever found twice, and none that the
inspection's page does not show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Model

from oneplace.evidence.generation import generation
from oneplace.evidence.models import Finding, LookBack, Passage, Recommendation, Release, State, Statement
from oneplace.evidence.resolving import known_since, view
from oneplace.evidence.said import (
    HEADER_AND_JUDGEMENTS,
    Said,
    corrections,
    in_lots,
    inspection_of,
    standing_words,
    statements_of,
)
from oneplace.evidence.search.index import FINDING, LOOK_BACK, POINT
from oneplace.evidence.search.views import Filters, Report
from oneplace.places import queries as places

# By whose reckoning areas are like each other, where a filter asks for those like one.
NEIGHBOURS = "dfe-statistical-neighbours"

# The judgements that stand for an inspection as a whole.
_OVERALL = ("overall", "send_outcome", "lscb")

_PARTS: dict[int, type[Model]] = {FINDING: Finding, POINT: Recommendation, LOOK_BACK: LookBack}


@dataclass(frozen=True, slots=True)
class Entry:
    """A report, and whose each of its lists is: kind of passage → statement, and how many passages it has."""

    report: Report
    statements: dict[int, int]
    passages: int


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The entries, the newest first, and the release of each of their statements.

    `areas` are the region and the type of each body that is a council.
    """

    generation: str
    entries: tuple[Entry, ...]
    releases: dict[int, Release]
    areas: dict[str, tuple[str, str]]

    def chosen(self, filters: Filters, as_at: dt.date | None) -> list[Entry]:
        """The reports that filters leave. Those on passages (section, stance, its part's grade) come later."""
        bodies = _bodies(filters)
        family, _, grade = filters.grade.partition(":")
        return [
            entry
            for entry, report in ((entry, entry.report) for entry in self.entries)
            if (as_at is None or report.known_since <= as_at)
            and (bodies is None or report.body_id in bodies)
            and (not filters.service or report.service == filters.service)
            and (not filters.publisher or report.publisher == filters.publisher)
            and (not filters.framework or report.family == filters.framework)
            and (not filters.region or self._area(report)[0] == filters.region)
            and (not filters.kind or self._area(report)[1] == filters.kind)
            and (filters.since is None or report.known_since >= filters.since)
            and (filters.until is None or report.known_since <= filters.until)
            and (not family or report.family == family)
            and (not grade or filters.grade_of == "section" or _is_graded(report, grade))
        ]

    def _area(self, report: Report) -> tuple[str, str]:
        return self.areas.get(report.body_id, ("", ""))


_kept: dict[str, Catalogue] = {}


def catalogue() -> Catalogue:
    """The catalogue of the record as it is now; made anew only where something was published since."""
    name = str(connection.settings_dict["NAME"])
    now = generation()
    known = _kept.get(name)
    if known is None or known.generation != now:
        known = _kept[name] = _made(now)
    return known


def _made(now: str) -> Catalogue:
    live = Statement.objects.filter(
        release__state=State.LIVE, passages__isnull=False, inspection__isnull=False
    )
    groups = statements_of(set(live.values_list("inspection_id", flat=True)), HEADER_AND_JUDGEMENTS)
    corrected = corrections([inspection_of(group).public_id for group in groups.values()])
    each_list = Passage.objects.order_by().values_list("statement_id", "kind").annotate(Count("pk"))
    counts = {(statement, kind): count for statement, kind, count in each_list}
    having = {kind: _having(model, groups.values()) for kind, model in _PARTS.items()}
    entries: list[Entry] = []
    releases: dict[int, Release] = {}
    for group in groups.values():
        holds = corrected.get(inspection_of(group).public_id, {})
        seen = view(group, holds)
        assert seen is not None
        report = Report(
            inspection=seen.public_id,
            publisher=seen.publisher,
            framework=seen.framework,
            framework_name=seen.framework_name,
            family=seen.family,
            service=seen.service,
            is_visit=seen.is_visit,
            body_id=seen.body_id,
            title=seen.title,
            published=seen.published,
            date_precision=seen.date_precision,
            known_since=known_since(group, holds),
            judgements=seen.judgements,
            overall=next((found for key in _OVERALL if (found := seen.judgement(key))), None),
        )
        shown = {kind: _first(standing_words(group), having[kind]) for kind in _PARTS}
        statements = {kind: pk for kind, pk in shown.items() if pk is not None}
        count = sum(counts.get((pk, kind), 0) for kind, pk in statements.items())
        entries.append(Entry(report, statements, count))
        releases.update({said.statement.pk: said.release for said in group})
    entries.sort(key=lambda entry: (entry.report.known_since, entry.report.inspection), reverse=True)
    bodies = {entry.report.body_id for entry in entries}
    areas = {each.area_id: (each.region, each.kind) for each in places.areas(bodies)} if bodies else {}
    return Catalogue(now, tuple(entries), releases, areas)


def _having(model: type[Model], groups: Iterable[list[Said]]) -> frozenset[int]:
    """The statements that have any row of a list, with its text or without."""
    ids = sorted(said.statement.pk for group in groups for said in group)
    return frozenset(
        pk
        for some in in_lots(ids)
        for pk in model._default_manager.filter(statement_id__in=some)
        .values_list("statement_id", flat=True)
        .distinct()
    )


def _first(group: list[Said], having: frozenset[int]) -> int | None:
    return next((said.statement.pk for said in group if said.statement.pk in having), None)


def _bodies(filters: Filters) -> set[str] | None:
    """The bodies that the filters on places leave; None for all."""
    chosen: list[set[str]] = []
    if filters.area:
        chosen.append({filters.area, *(each.area_id for each in places.predecessors(filters.area))})
    if filters.like:
        chosen.append({each.area_id for each in places.similar(filters.like, NEIGHBOURS)})
    if filters.body:
        chosen.append({filters.body})
    return set.intersection(*chosen) if chosen else None


def _is_graded(report: Report, grade: str) -> bool:
    overall = report.overall
    return overall is not None and overall.grade == grade
