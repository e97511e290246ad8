"""The homes, schools and prisons that stand in an area, counted by the grade of their last inspection.

An area has hundreds of them: nothing is read but what is counted, in as many questions whatever their number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q
from django.utils import timezone

from oneplace.evidence.annual_counts import NO_OVERALL
from oneplace.evidence.generation import generation
from oneplace.evidence.models import Judgement, State, Statement
from oneplace.evidence.resolving import Decided, edition_of, edition_on, views
from oneplace.evidence.said import corrections, in_lots, inspection_of, statements, statements_of
from oneplace.evidence.views import GradeCount, InspectionView, KindInArea
from oneplace.frameworks import Framework, UnknownGrade, framework, frameworks, grade_label
from oneplace.places import queries as places

# Only an overall grade says how many are good: one of four tests, or of six questions, does not.
_COUNTED = "overall"


@dataclass(frozen=True, slots=True)
class _Graded:
    """The newest inspection of a body that gave grades, with the statements about it, the best standing first."""

    body_id: str
    inspection: str  # public id
    edition: Framework
    statements: tuple[int, ...]


def in_area(area_id: str, kind: str, as_at: dt.date | None = None) -> KindInArea:
    """How many of the bodies of a kind that stand in an area were given each grade when last inspected.

    By the framework's overall grade, or as "no overall grade" where it gives none. Grades of two editions are
    never added up. Those that had closed by the day, or were listed no more, are left out.
    """
    bodies = places.bodies_in(area_id, kind, as_at or timezone.localdate())
    return kinds_in_area(area_id, {kind: bodies}, as_at)[kind]


def kinds_in_area(
    area_id: str, standing: Mapping[str, Sequence[str]], as_at: dt.date | None = None
) -> Mapping[str, KindInArea]:
    """The same of several kinds at once, where the bodies of each are known: four statements for all of them."""
    graded = _newest_graded([body for bodies in standing.values() for body in bodies], as_at)
    return _by_kind(area_id, standing, graded, corrections([one.inspection for one in graded]))


def of_area(
    area_id: str, serving: Iterable[str], standing: Mapping[str, Sequence[str]], as_at: dt.date | None = None
) -> tuple[tuple[InspectionView, ...], Mapping[str, KindInArea]]:
    """For the page of an area: every inspection of the bodies that serve it, and what stands in it by kind.

    The inspections have their judgements and points and not their findings, the newest first.
    """
    said = statements(Q(inspection__body_id__in=list(serving)), ("judgements", "recommendations"))
    graded = _newest_graded([body for bodies in standing.values() for body in bodies], as_at)
    named = [inspection_of(group).public_id for group in said.values()]
    decided = corrections([*named, *(one.inspection for one in graded)])
    return views(said.values(), as_at, decided=decided), _by_kind(area_id, standing, graded, decided)


def in_each_area(kind: str, as_at: dt.date | None = None) -> Mapping[str, KindInArea]:
    """Area → the same of a kind, for every area in which one stands: as many statements as for one area.

    Kept until the record changes: there are thousands of them, and they change when a table is loaded.
    """
    key = generation(), kind, as_at or timezone.localdate(), as_at is None
    if key not in _each_area:
        if len(_each_area) >= _MOST_KEPT:
            _each_area.clear()
        _each_area[key] = _in_each_area(kind, as_at)
    return _each_area[key]


# A few megabytes: today's of each kind, and some other days'.
_MOST_KEPT = 12
_each_area: dict[tuple[str, str, dt.date, bool], Mapping[str, KindInArea]] = {}


def _in_each_area(kind: str, as_at: dt.date | None) -> Mapping[str, KindInArea]:
    standing: dict[str, list[str]] = defaultdict(list)
    for body in places.bodies_of_kind((kind,), as_at or timezone.localdate()):
        for area in body.areas:
            standing[area].append(body.body_id)
    graded = _newest_graded([body for bodies in standing.values() for body in bodies], as_at)
    grades = dict(_grades(graded, corrections([one.inspection for one in graded])))
    editions = {each.body_id: each.edition.key for each in graded}
    return {area: _counted(area, kind, bodies, editions, grades) for area, bodies in standing.items()}


def _by_kind(
    area_id: str, standing: Mapping[str, Sequence[str]], graded: Sequence[_Graded], decided: Decided
) -> Mapping[str, KindInArea]:
    grades = dict(_grades(graded, decided))
    editions = {each.body_id: each.edition.key for each in graded}
    return {kind: _counted(area_id, kind, bodies, editions, grades) for kind, bodies in standing.items()}


def _counted(
    area_id: str,
    kind: str,
    bodies: Sequence[str],
    editions: Mapping[str, str],
    grades: Mapping[str, str],
) -> KindInArea:
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for body in bodies:
        if body in editions:
            named[editions[body], grades.get(body) or NO_OVERALL].append(body)
    return KindInArea(
        area_id=area_id,
        kind=kind,
        bodies=len(bodies),
        counts=tuple(_counts(named)),
        not_inspected=tuple(body for body in bodies if body not in editions),
    )


def _counts(named: Mapping[tuple[str, str], Sequence[str]]) -> Iterable[GradeCount]:
    order = {key: place for place, key in enumerate(_every_grade())}
    for (edition, grade), bodies in sorted(
        named.items(), key=lambda one: (order.get(one[0], len(order)), one[0])
    ):
        yield GradeCount(
            framework=edition,
            grade=grade,
            grade_label=_label(edition, grade),
            count=len(bodies),
            named=tuple(sorted(bodies)),
            source=None,
        )


@cache
def _every_grade() -> tuple[tuple[str, str], ...]:
    """(edition, grade) in the order of pages: by edition, grades best first, those without one last."""
    return tuple(
        (edition.key, grade)
        for edition in frameworks().values()
        for grade in (*(each.key for each in edition.grades), NO_OVERALL)
    )


@cache
def _graded_families() -> tuple[str, ...]:
    return tuple(sorted({e.family for e in frameworks().values() if e.kind in ("inspection", "rating")}))


def _newest_graded(bodies: Sequence[str], as_at: dt.date | None) -> list[_Graded]:
    """Of each body the newest inspection that gave grades and was out by a day."""
    decided = corrections()
    newest: dict[str, tuple[dt.date, int]] = {}
    said: dict[int, list[tuple[int, str, str, dt.date | None]]] = defaultdict(list)
    for some in in_lots(sorted(set(bodies))):
        rows = Statement.objects.filter(
            release__state=State.LIVE, inspection__body_id__in=some, framework__in=_graded_families()
        ).values_list(
            "inspection__body_id",
            "inspection_id",
            "inspection__public_id",
            "pk",
            "framework",
            "published",
            "inspection_end",
            "inspection_start",
            "release__retrieved_at",
        )
        for body, inspection, public_id, pk, family, published, end, start, retrieved in rows:
            if correction := decided.get(public_id, {}).get("published"):
                published = dt.date.fromisoformat(correction.value or "")
            day = published or end or start or retrieved.date()
            if as_at is not None and (published or retrieved.date()) > as_at:
                continue
            newest[body] = max(newest.get(body, (dt.date.min, 0)), (day, inspection))
            said[inspection].append((pk, public_id, family, start or end or published))
    chosen = {inspection: body for body, (_, inspection) in newest.items()}
    # Of what is said once there is nothing to weigh.
    several = statements_of((one for one in chosen if len(said[one]) > 1), ())
    found = []
    for inspection, body in chosen.items():
        if group := several.get(inspection):
            ids = tuple(each.statement.pk for each in group)
            found.append(_Graded(body, inspection_of(group).public_id, edition_of(group), ids))
        else:
            ((pk, public_id, family, on),) = said[inspection]
            found.append(_Graded(body, public_id, edition_on(family, on), (pk,)))
    return found


def _grades(graded: Sequence[_Graded], decided: Decided) -> Iterable[tuple[str, str]]:
    """Body and the grade that its inspection gave overall, "" for none."""
    answers: dict[int, str] = {}
    for some in in_lots(sorted(pk for one in graded for pk in one.statements)):
        rows = Judgement.objects.filter(statement_id__in=some, subject="", question_key=_COUNTED)
        for statement, grade in rows.order_by("-position").values_list("statement_id", "grade"):
            answers[statement] = grade
    for one in graded:
        if not one.edition.question(_COUNTED):
            yield one.body_id, ""
        elif correction := decided.get(one.inspection, {}).get(f"judgement:{_COUNTED}"):
            yield one.body_id, correction.value or ""
        else:
            yield one.body_id, next((answers[pk] for pk in one.statements if pk in answers), "")


def _label(key: str, grade: str) -> str:
    if grade == NO_OVERALL:
        return "No overall grade"
    try:
        return grade_label(framework(key), grade)
    except UnknownGrade:
        return grade.replace("_", " ").capitalize()
