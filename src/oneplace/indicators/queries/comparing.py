"""Like with like: where a value stands among others, what it is beside the country, and how it changed.

What is not alike is refused (`NotComparable`). Rates are compared; of counts only the change in time is said.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Max, Min, Q

from oneplace.indicators.errors import NotComparable
from oneplace.indicators.models import DatasetState, Value
from oneplace.indicators.queries.measures import measure
from oneplace.indicators.queries.values import across, series
from oneplace.indicators.views import ENGLAND, REGION, MeasureView, ValueView
from oneplace.places import queries as places

NEIGHBOURS = "dfe-statistical-neighbours"
# Of fewer areas with a number a quarter is one or two of them, and a rank says little: none is given.
FEWEST = 8

Side = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a value stands among others of its measure and period.

    `rank` 1 is the best where the measure says which way is good (`best_first`), else the highest; `tied` is
    how many others share it. `quartile` 1 has the best, or highest, quarter. `side` is against the median of
    `of` areas with a number, None where nobody says which way is good. Areas whose number is suppressed or
    missing are in `left_out` and in nothing else. All are None where the value itself has no number.
    """

    measure: MeasureView
    period: str
    value: ValueView | None
    best_first: bool
    rank: int | None
    tied: int
    of: int
    left_out: int
    quartile: int | None
    median: float | None
    side: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The median of an area's statistical neighbours. `ids` are those with a number, `without` the others."""

    measure: str
    median: float
    ids: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def wording(self) -> str:
        return f"median of {len(self.ids)} statistical neighbours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparators:
    """A value of one period beside England's, its region's and its neighbours'. `why_none`: why a part is not there."""

    measure: MeasureView
    period: str
    value: ValueView | None
    england: ValueView | None = None
    region: ValueView | None = None
    neighbours: Neighbours | None = None
    why_none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a value changed. `change` in the measure's unit; `side` None where nobody says which way is good."""

    earlier: ValueView
    later: ValueView
    change: float
    side: Side | None


def _check_alike(values: Iterable[ValueView]) -> None:
    """`NotComparable`, which says why, where values are of several measures or kinds of period."""
    listed = list(values)
    if len(measures := sorted({each.measure for each in listed})) > 1:
        raise NotComparable(
            f"{', '.join(measures)} are different measures: one counts or defines something else than the other"
        )
    kinds = {each.kind: each for each in listed}
    if len(kinds) > 1:
        named = " and ".join(f"{each.period} ({kind})" for kind, each in sorted(kinds.items()))
        raise NotComparable(f"{measures[0]}: {named} are periods of different kinds; compare like with like")


def difference(earlier: ValueView, later: ValueView) -> Difference | None:
    """From one period to a later one of the same subject's; None where either has no number."""
    _check_alike((earlier, later))
    if earlier.subject != later.subject:
        raise NotComparable(
            f"{earlier.subject} and {later.subject} are different: a change is one subject's, in time"
        )
    if earlier.value is None or later.value is None:
        return None
    defined = measure(later.measure)
    side = _side(later.value, earlier.value, defined.polarity if defined else "none")
    return Difference(earlier=earlier, later=later, change=later.value - earlier.value, side=side)


def _side(value: float, against: float, polarity: str) -> Side | None:
    if polarity not in ("high", "low"):
        return None
    if value == against:
        return "same"
    return "better" if (value > against) == (polarity == "high") else "worse"


def standing(
    measure_key: str, subject: str, among: Sequence[str], period: str | None = None
) -> Standing | None:
    """Where a subject stands among others (itself counted in) in one period, or the latest in common.

    None where the measure or the period is not loaded. `NotComparable` for a measure that is a count: the
    largest area would be the "highest" of anything.
    """
    ids = frozenset((*among, subject))
    found = across(measure_key, period, ids)
    if found is None:
        return None
    if found.measure.kind == "count":
        raise NotComparable(
            f"{measure_key} counts, and areas are of different size: a rank would tell who is large"
        )
    return standing_of(found.measure, found.period, subject, found.values, len(ids))


def standing_of(
    defined: MeasureView, period: str, subject: str, values: Sequence[ValueView], asked: int
) -> Standing:
    """The same where the values, one a subject, are at hand; `asked` is how many subjects they were asked of."""
    _check_alike(values)
    numbers = {each.subject: each.value for each in values if each.value is not None}
    of = sorted(numbers.values())
    median = statistics.median(of) if of else None
    best_first = defined.polarity in ("high", "low")
    own = next((each for each in values if each.subject == subject), None)
    rank = quartile = None
    tied = 0
    side: Side | None = None
    if own is not None and own.value is not None and median is not None:
        side = _side(own.value, median, defined.polarity)
        if len(of) >= FEWEST:
            lowest_first = defined.polarity == "low"
            rank = 1 + sum(each < own.value if lowest_first else each > own.value for each in of)
            tied = of.count(own.value) - 1
            quartile = 1 + (rank - 1) * 4 // len(of)
    return Standing(
        measure=defined,
        period=period,
        value=own,
        best_first=best_first,
        rank=rank,
        tied=tied,
        of=len(of),
        left_out=asked - len(of),
        quartile=quartile,
        median=median,
        side=side,
    )


def astray(wider: Iterable[ValueView]) -> frozenset[str]:
    """The measures of which England's figure lies outside those of all its areas in the same period.

    The rate of a whole lies between the rates of its parts: what does not is some other thing (a sum of rates,
    a count), whatever its publisher's heading says, and stands beside nothing.
    """
    asked = {(each.measure, each.period, each.ends): each.value for each in wider if each.value is not None}
    return frozenset(
        key[0] for key, (least, most) in ranges(asked).items() if not least <= asked[key] <= most
    )


def ranges(
    asked: Iterable[tuple[str, str, dt.date]],
) -> Mapping[tuple[str, str, dt.date], tuple[float, float]]:
    """(measure, period, its last day) → the least and the greatest number that an area of England has."""
    where = Q()
    for key, period, ends in asked:
        where |= Q(measure__key=key, period__written=period, period__ends=ends)
    if not where:
        return {}
    of_areas = (
        Value.objects.filter(where, dataset__state=DatasetState.LIVE, value__isnull=False)
        .exclude(subject__key=ENGLAND)
        .exclude(subject__key__startswith=REGION)
    )
    bounds = of_areas.values_list("measure__key", "period__written", "period__ends").annotate(
        Min("value"), Max("value")
    )
    return {(key, period, ends): (least, most) for key, period, ends, least, most in bounds}


def comparators(measure_key: str, subject: str, period: str | None = None) -> Comparators | None:
    """A subject's value beside England, its region and the median of its statistical neighbours.

    For a rate only: England's count beside a council's says nothing. `period` is the subject's latest with a
    number, unless given. None where the measure is not loaded or the subject has no cell of it.
    """
    (own,) = series(subject, [measure_key])
    if own.measure is None or not own.values:
        return None
    chosen = [each for each in own.values if (each.period == period if period else each.value is not None)]
    value = chosen[-1] if chosen else own.values[-1]
    if period and not chosen:
        return None
    if own.measure.kind == "count":
        why = "a count is not compared with those of areas of another size"
        return Comparators(measure=own.measure, period=value.period, value=value, why_none=why)
    area = places.area(subject)
    region = _region_id(area.region) if area else ""
    alike = [each.area_id for each in places.similar(subject, NEIGHBOURS)]
    found = across(measure_key, value.period, {subject, "england", region, *alike})
    beside = {each.subject: each for each in found.values if each.ends == value.ends} if found else {}
    _check_alike(beside.values())
    if astray(each for each in (beside.get("england"),) if each):
        beside.pop("england")
    return Comparators(
        measure=own.measure,
        period=value.period,
        value=value,
        england=beside.get("england"),
        region=beside.get(region),
        neighbours=_neighbours(alike, beside),
        why_none="" if alike else "nobody has reckoned which areas are like this one",
    )


def _neighbours(alike: Sequence[str], beside: dict[str, ValueView]) -> Neighbours | None:
    numbers = {each: value for each in alike if each in beside and (value := beside[each].value) is not None}
    if not numbers:
        return None
    return Neighbours(
        measure=NEIGHBOURS,
        median=statistics.median(numbers.values()),
        ids=tuple(numbers),
        without=tuple(each for each in alike if each not in numbers),
    )


def _region_id(region: str) -> str:
    return REGION + re.sub(r"[^a-z]+", "-", region.casefold()).strip("-")
