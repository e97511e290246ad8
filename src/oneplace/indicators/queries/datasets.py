"""The statistics of a release, whole: for the list of releases and for the pack."""

from __future__ import annotations

from collections.abc import Iterator

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
