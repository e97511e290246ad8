"""Values by subject and by measure. A few statements however many measures a question is of."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from oneplace.indicators.models import DatasetState, Definition, Value
from oneplace.indicators.periods import in_words
from oneplace.indicators.queries.measures import defined_in, measure, measures
from oneplace.indicators.views import Absence, AcrossView, MeasureView, SeriesView, ValueView, printed
from oneplace.places import queries as places

_LIVE = DatasetState.LIVE
_COLUMNS = (
    "measure__key", "subject__key", "period__written", "period__ends", "value", "marker", "printed",
    "dataset__release_id", "sheet", "row",
)  # fmt: skip
# A period is the latest that areas have in common where at least half as many have a number in it as in the
# period that most have one in: the first few to report a year are not "the country".
ENOUGH = 0.5


def series(subject: str, measure_keys: Sequence[str]) -> tuple[SeriesView, ...]:
    """The trend of each measure for one subject, in the order asked for.

    A measure without a cell for the subject says why in `absence`.
    """
    defined = defined_in(Q(dataset__state=_LIVE, measure__key__in=measure_keys))
    found = _by_measure(live_values(Q(subject__key=subject, measure__key__in=measure_keys)))
    return tuple(
        SeriesView(
            key=key,
            subject=subject,
            measure=defined.get(key),
            values=tuple(found.get(key, ())),
            absence=None if key in found else _absence(key, subject, key in defined),
        )
        for key in measure_keys
    )


def trends(subjects: Sequence[str], measure_keys: Sequence[str]) -> Mapping[tuple[str, str], SeriesView]:
    """(subject, measure) → trend, of those that have a cell: two statements, however many are asked for."""
    keys = Q(measure__key__in=measure_keys)
    values = list(live_values(Q(subject__key__in=subjects) & keys))
    return trends_of(values, defined_in(Q(dataset__state=_LIVE) & keys) if values else {})


def trends_of(
    values: Iterable[ValueView], defined: Mapping[str, MeasureView]
) -> dict[tuple[str, str], SeriesView]:
    """The same of values that are at hand, in their order."""
    cells: dict[tuple[str, str], list[ValueView]] = defaultdict(list)
    for each in values:
        cells[each.subject, each.measure].append(each)
    return {
        (subject, key): SeriesView(key=key, subject=subject, measure=defined.get(key), values=tuple(some))
        for (subject, key), some in cells.items()
    }


def latest(subject: str, service: str | None = None, limit: int | None = None) -> tuple[SeriesView, ...]:
    """Every measure that has a cell for the subject, each with its trend, by topic and title."""
    chosen = measures(service)
    where = Q(subject__key=subject)
    if service is not None:
        where &= Q(measure__key__in=[each.key for each in chosen])
    found = _by_measure(live_values(where))
    views = [
        SeriesView(key=each.key, subject=subject, measure=each, values=tuple(found[each.key]))
        for each in chosen
        if each.key in found
    ]
    return tuple(views[:limit])


def across(
    measure_key: str, period: str | None = None, subjects: Iterable[str] | None = None
) -> AcrossView | None:
    """Every area's value of one period, or of the latest that enough of them have in common.

    `subjects` keeps those. None where the measure, or the period of it, is not loaded.
    """
    defined = measure(measure_key)
    if defined is None:
        return None
    where = Q(measure__key=measure_key)
    kept = None if subjects is None else frozenset(subjects)
    if period is None:
        of = _periods(measure_key, kept)
        if not of:
            return None
        period, ends = _latest_in_common(of)
        where &= Q(period__ends=ends)
    found = [
        each
        for each in live_values(where & Q(period__written=period))
        if kept is None or each.subject in kept
    ]
    if not found:
        return None
    # One way of writing may end on several days ("2022-23" of schools and of budgets): the last of them.
    last = max(each.ends for each in found)
    values = tuple(each for each in found if each.ends == last)
    return AcrossView(measure=defined, period=period, ends=last, values=values)


def _periods(measure_key: str, subjects: frozenset[str] | None) -> Counter[tuple[dt.date, str]]:
    """(last day, period) → how many subjects have a number in it."""
    found = Value.objects.filter(measure__key=measure_key, dataset__state=_LIVE, value__isnull=False)
    if subjects is not None:
        found = found.filter(subject__key__in=subjects)
    by_period = found.order_by("period").values_list("period__ends", "period__written")
    rows = by_period.annotate(Count("subject", distinct=True))
    return Counter({(ends, period): count for ends, period, count in rows})


def _latest_in_common(of: Counter[tuple[dt.date, str]]) -> tuple[str, dt.date]:
    most = max(of.values())
    ends, period = max(key for key, count in of.items() if count >= most * ENOUGH)
    return period, ends


def periods(measure_key: str) -> dict[str, str]:
    """The periods in which any subject has a number, the newest first: as they are written → as people say them."""
    of = _periods(measure_key, None)
    return {period: in_words(period, ends) for ends, period in sorted(of)[::-1]}


def as_published(measure_key: str, subject: str, period: str) -> tuple[ValueView, ...]:
    """One cell as each release gave it, the first published first: superseded ones stay."""
    rows = Value.objects.filter(
        measure__key=measure_key, subject__key=subject, period__written=period
    ).exclude(dataset__state=DatasetState.PENDING)
    return tuple(values_of(rows.order_by("dataset__dated", "dataset__pk", "pk")))


def live_values(where: Q) -> Iterator[ValueView]:
    """Live values by measure and date. Of two live releases with one cell, the newer's."""
    rows = Value.objects.filter(where, dataset__state=_LIVE)
    newest: dict[tuple[str, str, str, dt.date], ValueView] = {}
    for each in values_of(
        rows.order_by("measure", "period__ends", "subject__key", "dataset__dated", "dataset__pk", "pk")
    ):
        newest[each.measure, each.subject, each.period, each.ends] = each
    yield from newest.values()


def values_of(rows: QuerySet[Value]) -> Iterator[ValueView]:
    """Rows of the table as answers, in their order."""
    for key, subject, period, ends, value, marker, kept, release_id, sheet, row in rows.values_list(
        *_COLUMNS
    ):
        yield ValueView(
            measure=key,
            subject=subject,
            period=period,
            ends=ends,
            value=value,
            marker=marker,
            printed=printed(kept, value),
            release_id=release_id,
            sheet=sheet,
            row=row,
        )


def in_every_edition(measure_keys: Sequence[str]) -> Iterator[ValueView]:
    """Every value of these measures that an edition gives, superseded ones too; of those that were not taken back."""
    rows = Value.objects.filter(measure__key__in=measure_keys)
    yield from values_of(
        rows.filter(dataset__state__in=(DatasetState.LIVE, DatasetState.SUPERSEDED)).order_by("measure", "pk")
    )


def _by_measure(values: Iterable[ValueView]) -> dict[str, list[ValueView]]:
    found: dict[str, list[ValueView]] = defaultdict(list)
    for each in values:
        found[each.measure].append(each)
    return found


def _absence(key: str, subject: str, is_defined: bool) -> Absence:
    if not is_defined:
        withdrawn = Definition.objects.filter(measure__key=key, dataset__state=DatasetState.WITHDRAWN)
        return "withdrawn" if withdrawn.exists() else "not_loaded"
    tiers = {each.area_id: _tier(each.kind) for each in places.areas()}
    with_cells = Value.objects.filter(measure__key=key, dataset__state=_LIVE).values_list(
        "subject__key", flat=True
    )
    if tiers.get(subject) in {tiers.get(each) for each in with_cells.distinct()}:
        return "not_published"
    return "not_provided"


def _tier(kind: str) -> str:
    """Where there are two tiers of councils, each provides some services; elsewhere one provides all."""
    return kind if kind in ("county", "district", "combined_authority") else "single tier"
