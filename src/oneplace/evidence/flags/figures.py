"""What statistics mean under the rules: on the day of each edition, who stood in the worst or best tenth, and moved on.

Only rates whose publisher, or dictionary, says which way is good; only areas of one tier; only one edition's figures
with each other. Who has no number in a year, or a suppressed one, is not counted and raises nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from oneplace.evidence.flags.observing import Observation
from oneplace.evidence.flags.rules import Rule
from oneplace.evidence.models import Release
from oneplace.frameworks.currency import months_after
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import MeasureView, ValueView
from oneplace.places import queries as places

# Periods follow on each other where their last days are no more than so far apart: a year, and a late month.
_MOST_DAYS_APART = 400
_NO_COUNCIL = ("combined_authority", "regional_authority")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands in a period: how many of the `of` areas with one are as bad (or good), or more so."""

    measure: MeasureView
    value: ValueView
    within: int
    of: int


def observed(
    rules: Iterable[Rule],
) -> Iterator[tuple[Rule, str, Observation]]:
    """Rule, area and observation, of every rule that speaks of statistics, edition by edition."""
    by_measure: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.measure:
            by_measure[rule.measure].append(rule)
    if not by_measure:
        return
    cells: dict[tuple[str, str], list[ValueView]] = defaultdict(list)
    for value in indicators.in_every_edition(list(by_measure)):
        cells[value.measure, value.release_id].append(value)
    defined = {each.key: each for each in indicators.measures() if each.key in by_measure}
    days = _days({release for _, release in cells})
    tiers = {each.area_id: each.kind == "district" for each in places.areas() if each.kind not in _NO_COUNCIL}
    for (key, release), values in sorted(cells.items()):
        measure = defined.get(key)
        if measure is None or measure.kind != "rate" or measure.polarity not in ("high", "low"):
            continue
        if release not in days:
            continue
        for tier in (False, True):
            some = [each for each in values if tiers.get(each.subject) is tier]
            for rule in by_measure[key]:
                for area, seen in _edition(rule, measure, some, release, days[release]):
                    yield rule, area, seen


def _edition(
    rule: Rule, measure: MeasureView, values: Sequence[ValueView], release: str, day: dt.date
) -> Iterator[tuple[str, Observation]]:
    of_period: dict[tuple[dt.date, str], dict[str, ValueView]] = defaultdict(dict)
    for each in values:
        if each.value is not None:
            of_period[each.ends, each.period][each.subject] = each
    enough = sorted(key for key, some in of_period.items() if len(some) >= rule.fewest)
    if enough:
        # A month, a quarter and a year are not set beside each other.
        sort = indicators.kind_of_period(enough[-1][1], enough[-1][0])
        enough = [
            (ends, period) for ends, period in enough if indicators.kind_of_period(period, ends) == sort
        ]
    last = enough[-rule.periods :]
    if len(last) < rule.periods or any(
        (later[0] - earlier[0]).days > _MOST_DAYS_APART for earlier, later in pairwise(last)
    ):
        return
    # The end of the scale that the rule looks at: for red the worst.
    wants_high = (measure.polarity == "low") == (rule.colour == "red")
    places_in = [_places(measure, of_period[key], wants_high) for key in last]
    until = months_after(last[-1][0], rule.months)
    for area in sorted(set.intersection(*(set(each) for each in places_in))):
        stands = [each[area] for each in places_in]
        moved = _number(stands[-1]) - _number(stands[0])
        meets = all(each.within <= each.of * rule.share for each in stands) and (
            moved > 0 if wants_high else moved < 0
        )
        yield (
            area,
            Observation(
                day=day, order=(release,), meets=meets, until=until, evidence=tuple(map(_reference, stands))
            ),
        )


def _places(measure: MeasureView, values: Mapping[str, ValueView], wants_high: bool) -> dict[str, _Place]:
    """Ties count as one place and the lower of it: who shares a number with many is not in the tenth."""
    ordered = sorted((each.value or 0.0 for each in values.values()), reverse=wants_high)
    within = {number: place for place, number in enumerate(ordered, 1)}
    return {
        area: _Place(measure, each, within[each.value or 0.0], len(ordered)) for area, each in values.items()
    }


def _number(place: _Place) -> float:
    return place.value.value or 0.0


def _reference(place: _Place) -> dict[str, object]:
    value = place.value
    return {
        "measure": value.measure,
        "title": place.measure.title,
        "unit": place.measure.unit,
        "decimals": place.measure.decimals,
        "number": value.value,
        "period": value.period,
        "value": value.printed,
        "within": place.within,
        "of": place.of,
        "release": value.release_id,
        "sheet": value.sheet,
        "row": value.row,
    }


def _days(releases: Collection[str]) -> dict[str, dt.date]:
    """The day of each edition: when it was published, else the day it tells of, else when it was fetched."""
    rows = Release.objects.filter(public_id__in=list(releases)).values_list(
        "public_id", "published", "as_at", "retrieved_at"
    )
    return {name: published or as_at or fetched.date() for name, published, as_at, fetched in rows}
