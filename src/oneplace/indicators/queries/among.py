"""One subject's figures beside England's and among similar areas', for a whole page in three questions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import Q

from oneplace.indicators.models import Dataset, DatasetState, Measure, Period, Subject
from oneplace.indicators.queries.comparing import Standing, ranges, standing_of
from oneplace.indicators.queries.measures import defined_in
from oneplace.indicators.queries.values import live_values, trends_of
from oneplace.indicators.views import ENGLAND, MeasureView, SeriesView, ValueView


@dataclass(frozen=True, slots=True, kw_only=True)
class InContext:
    """A subject's trend, with England's where the two may stand beside each other, and its newest number's standing."""

    series: SeriesView
    england: SeriesView | None
    standing: Standing | None  # among the areas asked about, itself counted in; None for a count


@dataclass(slots=True)
class _Reckoned:
    """What was reckoned from the statistics of certain releases: good as long as those are the ones that hold."""

    releases: tuple[str, ...] = ()
    measures: dict[str, MeasureView] = field(default_factory=dict)
    # Public names → keys of the tables: with them the store finds a cell by its index alone.
    measure_keys: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    periods: dict[tuple[str, dt.date], int] = field(default_factory=dict)
    ranges: dict[tuple[str, str, dt.date], tuple[float, float] | None] = field(default_factory=dict)

    def cells(self, measures: Iterable[str], subjects: Iterable[str]) -> Q:
        """The cells of these measures for these subjects, of those that there are."""
        return Q(
            measure__in=[self.measure_keys[key] for key in measures if key in self.measure_keys],
            subject__in=[self.subjects[key] for key in subjects if key in self.subjects],
        )


_reckoned = _Reckoned()


def in_context(
    subject: str, measure_keys: Sequence[str], among: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Mapping[str, InContext]:
    """Measure → its figures in context, of those that have a cell for the subject.

    `among` are the areas, measure by measure, that the newest number is to stand among. England's figure is
    left out of counts and of what lies outside the range of its areas: see `astray`.
    """
    found = in_context_of([subject], measure_keys, {(subject, key): ids for key, ids in among.items()})
    return {key: each for (_, key), each in found.items()}


def in_context_of(
    subjects: Sequence[str],
    measure_keys: Sequence[str],
    among: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({}),
) -> Mapping[tuple[str, str], InContext]:
    """(subject, measure) → the same for several subjects, in as many questions as for one.

    `among` are the areas that a subject's newest number of a measure is to stand among.
    """
    known = _known()
    where = Q(subject__key__in=[*subjects, ENGLAND], measure__key__in=list(measure_keys))
    series = trends_of(live_values(where), known.measures)
    own = {each: one for each, one in series.items() if each[0] in subjects}
    asked = {key for _, key in own}
    england = {key: each for (whose, key), each in series.items() if whose == ENGLAND and key in asked}
    fitting = _beside(known, england)
    standings = _standings(known, own, among)
    return {
        each: InContext(
            series=one,
            england=england[each[1]] if each[1] in fitting else None,
            standing=standings.get(each),
        )
        for each, one in own.items()
    }


def beside(
    cells: Iterable[ValueView], subjects: Iterable[str]
) -> Mapping[tuple[str, str, dt.date], tuple[ValueView, ...]]:
    """(measure, period, last day) of each of some values → those of these subjects in the same period, by subject.

    One statement, however many values are asked about.
    """
    asked = {(each.measure, each.period, each.ends) for each in cells}
    known, kept = _known_with(_known(), asked), frozenset(subjects)
    where = Q()
    for key, period, ends in asked:
        where |= Q(measure=known.measure_keys[key], period=known.periods[period, ends])
    found: dict[tuple[str, str, dt.date], list[ValueView]] = defaultdict(list)
    for each in live_values(where) if where else ():
        if each.subject in kept:
            found[each.measure, each.period, each.ends].append(each)
    return {key: tuple(some) for key, some in found.items()}


def _known_with(known: _Reckoned, cells: Iterable[tuple[str, str, dt.date]]) -> _Reckoned:
    """What is known, read anew where a release that went live meanwhile has a measure or period that is not there."""
    is_all = all(key in known.measure_keys and (period, ends) in known.periods for key, period, ends in cells)
    return known if is_all else _known()


def _known() -> _Reckoned:
    global _reckoned  # one small table a process, replaced as a whole
    live = Dataset.objects.filter(state=DatasetState.LIVE).order_by("release_id")
    releases = tuple(live.values_list("release_id", flat=True))
    known = _reckoned
    if known.releases != releases:
        known = _Reckoned(
            releases=releases,
            measures=defined_in(Q(dataset__state=DatasetState.LIVE)),
            measure_keys=dict(Measure.objects.values_list("key", "pk")),
            subjects=dict(Subject.objects.values_list("key", "pk")),
            periods={
                (written, ends): pk
                for written, ends, pk in Period.objects.values_list("written", "ends", "pk")
            },
        )
        _reckoned = known
    return known


def _beside(known: _Reckoned, england: Mapping[str, SeriesView]) -> frozenset[str]:
    """The measures of which England's newest figure is a rate within the range of its areas'."""
    newest = {
        (key, each.latest.period, each.latest.ends): each.latest.value
        for key, each in england.items()
        if each.measure and each.measure.kind == "rate" and each.latest and each.latest.value is not None
    }
    if asked := [key for key in newest if key not in known.ranges]:
        found = ranges(asked)
        known.ranges.update({key: found.get(key) for key in asked})
    fits = set()
    for key, value in newest.items():
        bounds = known.ranges[key]
        if bounds is None or bounds[0] <= value <= bounds[1]:
            fits.add(key[0])
    return frozenset(fits)


def _standings(
    known: _Reckoned,
    own: Mapping[tuple[str, str], SeriesView],
    among: Mapping[tuple[str, str], Sequence[str]],
) -> Mapping[tuple[str, str], Standing]:
    """Rates alone: a rank of counts would tell who is large."""
    newest = {
        each: value
        for each, one in own.items()
        if among.get(each)
        and one.measure
        and one.measure.kind == "rate"
        and (value := one.latest)
        and value.value is not None
    }
    if not newest:
        return {}
    wanted: dict[tuple[str, str, dt.date], set[str]] = defaultdict(set)
    for each, value in newest.items():
        wanted[each[1], value.period, value.ends].update(among[each])
    known = _known_with(known, wanted)
    where = Q()
    for (key, period, ends), areas in wanted.items():
        where |= known.cells((key,), areas) & Q(period=known.periods[period, ends])
    others: dict[tuple[str, str, dt.date], list[ValueView]] = defaultdict(list)
    for found in live_values(where):
        others[found.measure, found.period, found.ends].append(found)
    standings = {}
    for each, value in newest.items():
        defined = own[each].measure
        assert defined is not None
        asked = {*among[each], value.subject}
        beside = [
            other
            for other in others[each[1], value.period, value.ends]
            if other.subject in asked and other.subject != value.subject
        ]
        standings[each] = standing_of(defined, value.period, value.subject, [value, *beside], len(asked))
    return standings
