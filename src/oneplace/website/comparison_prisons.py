"""The prisons of the areas compared. Inspectors judge each prison: no area has a grade for its prisons.

A prison holds people from many areas. It stands in one, and its grades are told there under its own name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, Question, framework
from oneplace.places import queries as places
from oneplace.places.queries import AreaView, BodyOfKind

PRISONS = "prisons"
_KIND = "prison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prison:
    """A prison, and its newest inspection with grades, if the record has one."""

    body_id: str
    name: str
    inspection: InspectionView | None

    @property
    def path(self) -> str:
        return f"/bodies/{self.body_id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a prison did in a test. `reason` says why that is not compared, or why there is nothing to tell."""

    prison: Prison
    framework: str
    judgement: JudgementView | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrisonTest:
    """One of the tests that prisons are put to: of each area the outcomes of its prisons, of each that has any."""

    key: str
    label: str
    cells: tuple[tuple[Outcome, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prisons:
    """Of each area in its column the prisons that stand there, and how each did in each test."""

    name: str  # of the framework; "" where none of them has a grade
    standing: tuple[tuple[Prison, ...], ...]
    tests: tuple[PrisonTest, ...]


def prisons_in(areas: Iterable[AreaView], on: dt.date) -> Mapping[str, tuple[BodyOfKind, ...]]:
    """Area → the prisons that stand in it, or in a district of it, on a day."""
    wanted = {each.area_id: {each.area_id} for each in areas}
    for each in places.areas():
        if each.county in wanted and each.existed(on):
            wanted[each.county].add(each.area_id)
    standing = places.bodies_of_kind((_KIND,), on)
    return {
        area: tuple(one for one in standing if within.intersection(one.areas))
        for area, within in wanted.items()
    }


def beside_each_other(standing: Sequence[Sequence[BodyOfKind]], newest: Iterable[InspectionView]) -> Prisons:
    """The prisons of each area, with the newest inspection of each."""
    of = {one.body_id: one for one in newest if one.service == PRISONS and one.judgements}
    columns = tuple(
        tuple(Prison(body_id=one.body_id, name=one.name, inspection=of.get(one.body_id)) for one in some)
        for some in standing
    )
    editions = {one.framework for one in of.values()}
    edition = max(editions, key=lambda key: framework(key).starts, default="")
    tests = [_test(each, edition, columns) for each in (framework(edition).questions if edition else ())]
    return Prisons(
        name=framework(edition).name if edition else "",
        standing=columns,
        tests=tuple(each for each in tests if any(one.judgement for some in each.cells for one in some)),
    )


def _test(of: Question, edition: str, columns: Sequence[Sequence[Prison]]) -> PrisonTest:
    return PrisonTest(
        key=of.key,
        label=of.label,
        cells=tuple(
            tuple(
                _outcome(prison, prison.inspection, edition, of.key) for prison in some if prison.inspection
            )
            for some in columns
        ),
    )


def _outcome(prison: Prison, one: InspectionView, edition: str, test: str) -> Outcome:
    judgement = one.judgement(test)
    reason = (
        _unlike(edition, one.framework, test) if judgement else "No outcome of this test is in the record"
    )
    return Outcome(prison=prison, framework=one.framework, judgement=judgement, reason=reason)


def _unlike(edition: str, other: str, question: str) -> str:
    try:
        evidence.refuse_unlike([edition, other], question)
    except NotComparable as refused:
        return str(refused)
    return ""
