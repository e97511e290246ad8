"""The statistics of a release, whole: for the list of releases and for the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count

from oneplace.indicators.models import Dataset, DatasetState, Definition, Value
from oneplace.indicators.queries.measures import newest_last, view
from oneplace.indicators.views import DatasetView, MeasureView


def datasets() -> tuple[DatasetView, ...]:
    """The statistics of every release that is or was live, by release."""
    rows = Dataset.objects.exclude(state=DatasetState.PENDING).annotate(defined=Count("definitions"))
    columns = rows.order_by("release_id").values_list(
        "release_id", "source", "state", "defined", "values_held"
    )
    return tuple(
        DatasetView(release_id=release_id, source=source, state=state, measures=measures, values=values)
        for release_id, source, state, measures, values in columns
    )


def periods_of(release_ids: Iterable[str] | None = None) -> dict[str, frozenset[tuple[str, dt.date]]]:
    """The periods of each release's statistics, as written and with their last days; of all that are live by default.

    A release that has no statistics is left out.
    """
    rows = Dataset.objects.filter(periods__isnull=False)
    if release_ids is None:
        rows = rows.filter(state=DatasetState.LIVE)
    else:
        rows = rows.filter(release_id__in=list(release_ids))
    return {
        release_id: frozenset((written, dt.date.fromisoformat(ends)) for written, ends in periods or ())
        for release_id, periods in rows.values_list("release_id", "periods")
    }


def subjects_of_measures(release_id: str) -> frozenset[tuple[str, str]]:
    """Each measure of one release's statistics with each subject that it has values of."""
    rows = Value.objects.filter(
        dataset__release_id=release_id, measure__definitions__dataset__release_id=release_id
    )
    return frozenset(rows.order_by().values_list("measure__key", "subject__key").distinct())


def counted_by_period(release_id: str) -> dict[tuple[str, str], int]:
    """How many values one release's statistics have of each measure in each period, as periods are written."""
    # By its measures, as values have an index of those and none of releases.
    measures = Definition.objects.filter(dataset__release_id=release_id).order_by().values("measure")
    rows = Value.objects.filter(dataset__release_id=release_id, measure__in=measures)
    counted = rows.order_by().values("measure__key", "period__written").annotate(many=Count("pk"))
    return {(row["measure__key"], row["period__written"]): row["many"] for row in counted}


def dataset_definitions(release_id: str) -> tuple[MeasureView, ...]:
    """What one release says of its measures, by key."""
    rows = Definition.objects.filter(dataset__release_id=release_id)
    return tuple(view(row) for row in newest_last(rows).order_by("measure__key"))


def dataset_values(release_id: str) -> Iterator[tuple[object, ...]]:
    """Every value of one release, in no order: measure, subject, period, ends, value, marker, printed, sheet, row.

    Streamed: it may be a million. `printed` is None where the cell is the plain number.
    """
    rows = Value.objects.filter(dataset__release_id=release_id).order_by()
    yield from rows.values_list(
        "measure__key",
        "subject__key",
        "period__written",
        "period__ends",
        "value",
        "marker",
        "printed",
        "sheet",
        "row",
    ).iterator(chunk_size=20_000)
