"""Every write to the statistics, a verb each, in the order in which a release goes through them.

`begin`, `add` as often as there are values (at most 5,000 a call and a transaction, so that nobody waits
long), then `go_live`, which is one short write. What a killed process left is cleared by `remove_pending`.
Each may stand in a transaction of the caller's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from oneplace.indicators.errors import IndicatorError, UnknownArea, UnknownDataset, UnknownMeasure
from oneplace.indicators.models import Dataset, DatasetState, Definition, Measure, Period, Subject, Value
from oneplace.indicators.periods import same_number
from oneplace.large_loads import add_rows, one_of_many
from oneplace.places.names import fold
from oneplace.records import MeasureRecord, ValueRecord

__all__ = ["add", "add_kept", "begin", "go_live", "keep_behind", "remove_pending", "subject_of", "withdraw"]

# The scheme of a `ValueRecord` whose area is this store's own identifier ("haringey", "region-london").
OURS = "oneplace"
# The most values that one transaction may write or remove: a million in one make others time out.
VALUES_A_TRANSACTION = 5_000

Subjects = Mapping[tuple[str, str], str]
# A value as it is kept: measure, subject, period and its last day, value, marker, the cell as printed (None where
# that is the plain number), sheet, row. Measure and subject by their public identifiers.
KeptValue = tuple[str, str, str, dt.date, float | None, str, str | None, str | None, int]

_COLUMNS = (
    "dataset_id", "measure_id", "subject_id", "period_id", "value", "marker", "printed", "sheet", "row",
)  # fmt: skip


def begin(
    release_id: str,
    source: str,
    measures: Iterable[MeasureRecord],
    dated: dt.datetime | None = None,
    periods: Iterable[tuple[str, dt.date]] = (),
) -> None:
    """Open a dataset for a release, with what it says of its measures; nobody sees it yet.

    `dated`, when the release was retrieved, says whose definition of a measure is the newest (default: now).
    `periods`: those of the values that will come, each with its last day.
    Called again for a release that is still pending, it adds the measures that came later.
    """
    with transaction.atomic():
        dataset, _ = Dataset.objects.get_or_create(
            release_id=release_id,
            defaults={
                "source": source,
                "dated": dated or timezone.now(),
                "periods": [
                    [written, ends.isoformat()]
                    for written, ends in sorted(periods, key=lambda each: (each[1], each[0]))
                ]
                or None,
            },
        )
        if dataset.state != DatasetState.PENDING:
            raise UnknownDataset(f"{release_id}: its statistics are {dataset.state}, and cannot be added to")
        records = {record.key: record for record in measures}
        Measure.objects.bulk_create([Measure(key=key) for key in records], ignore_conflicts=True)
        keys = _primary_keys(records)
        had = set(dataset.definitions.values_list("measure_id", flat=True))
        Definition.objects.bulk_create(
            _definition(dataset, keys[key], record) for key, record in records.items() if keys[key] not in had
        )


def _primary_keys(keys: Iterable[str]) -> dict[str, int]:
    return dict(Measure.objects.filter(key__in=list(keys)).values_list("key", "pk"))


def _definition(dataset: Dataset, measure: int, record: MeasureRecord) -> Definition:
    return Definition(
        dataset=dataset,
        measure_id=measure,
        title=record.title,
        service=record.service,
        unit=record.unit,
        polarity=record.polarity,
        definition=record.definition,
        kind=record.kind,
        decimals=record.decimals,
        topic=record.topic,
        publisher=record.publisher,
        source_note=record.source_note,
        polarity_source=record.polarity_source,
    )


def add(release_id: str, values: Sequence[ValueRecord], subjects: Subjects) -> int:
    """Add values of a release that has begun; returns how many. At most `VALUES_A_TRANSACTION` a call.

    `subjects` as `places.queries.subjects` gives them. Raises `UnknownArea` or `UnknownMeasure`, which
    name the row, before anything of this call is written.
    """
    dataset, measures = _begun(release_id, len(values))
    whose: dict[tuple[str, str], str] = {}
    for value in values:
        if (value.scheme, value.area) not in whose:
            subject = subject_of(value, subjects)
            if subject is None:
                raise UnknownArea(value, release_id)
            whose[value.scheme, value.area] = subject
        if value.measure not in measures:
            raise UnknownMeasure(value, release_id)
    of_subject = _subjects(set(whose.values()))
    keys = {named: of_subject[subject] for named, subject in whose.items()}
    periods = _periods({(value.period, value.ends) for value in values})
    rows = [
        (
            dataset.pk, measures[key], keys[scheme, area], periods[period, ends],
            None if number is None else float(number), marker,
            None if same_number(printed, number) else printed, sheet, row,
        )
        for key, scheme, area, period, ends, number, marker, printed, sheet, row in values
    ]  # fmt: skip
    return _write(dataset, rows)


def add_kept(release_id: str, values: Sequence[KeptValue]) -> int:
    """The same for values out of a pack, which says whose they are by this store's own identifiers."""
    dataset, measures = _begun(release_id, len(values))
    for each in values:
        if each[0] not in measures:
            measure, subject, period, ends, number, marker, printed, sheet, row = each
            raise UnknownMeasure(
                ValueRecord(measure, OURS, subject, period, ends, number, marker, printed or "", sheet, row),
                release_id,
            )
    subjects = _subjects({each[1] for each in values})
    periods = _periods({(each[2], each[3]) for each in values})
    return _write(
        dataset,
        [
            (
                dataset.pk, measures[measure], subjects[subject], periods[period, ends], number, marker,
                None if printed is not None and same_number(printed, number) else printed, sheet, row,
            )
            for measure, subject, period, ends, number, marker, printed, sheet, row in values
        ],
    )  # fmt: skip


def _begun(release_id: str, values: int) -> tuple[Dataset, dict[str, int]]:
    """The release's dataset, and the keys of the measures that it defines."""
    if values > VALUES_A_TRANSACTION:
        raise IndicatorError(f"{release_id}: {values:,} values at once; expected {VALUES_A_TRANSACTION:,}")
    dataset = Dataset.objects.filter(release_id=release_id, state=DatasetState.PENDING).first()
    if dataset is None:
        raise UnknownDataset(f"{release_id}: there is no pending dataset of this release; begin it first")
    defined = Definition.objects.filter(dataset=dataset)
    return dataset, dict(defined.values_list("measure__key", "measure_id"))


def _write(dataset: Dataset, rows: list[tuple[Any, ...]]) -> int:
    # In the order of the indexes: that takes a quarter off the time.
    rows.sort(key=itemgetter(1, 2, 3))
    # Everything was made before the database is held, so that others find it free half of the time.
    with one_of_many():
        add_rows(Value, _COLUMNS, rows)
        Dataset.objects.filter(pk=dataset.pk).update(values_held=F("values_held") + len(rows))
    return len(rows)


def _subjects(keys: set[str]) -> dict[str, int]:
    found = Subject.objects.filter(key__in=keys).values_list("key", "pk")
    there = dict(found)
    if missing := sorted(keys - there.keys()):
        Subject.objects.bulk_create([Subject(key=key) for key in missing], ignore_conflicts=True)
        return dict(found.all())
    return there


def _periods(keys: set[tuple[str, dt.date]]) -> dict[tuple[str, dt.date], int]:
    found = Period.objects.filter(written__in={written for written, _ in keys})

    def known() -> dict[tuple[str, dt.date], int]:
        return {(written, ends): key for written, ends, key in found.values_list("written", "ends", "pk")}

    there = known()
    if missing := sorted(keys - there.keys()):
        Period.objects.bulk_create(
            [Period(written=written, ends=ends) for written, ends in missing], ignore_conflicts=True
        )
        return known()
    return there


def subject_of(value: ValueRecord, subjects: Subjects) -> str | None:
    """Whose value it is, by its public identifier; None where nobody knows the area."""
    if value.scheme == OURS:
        return value.area
    return subjects.get((value.scheme, _folded(value.area) if value.scheme == "name" else value.area))


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return fold(name)


def go_live(release_id: str, replaces: Sequence[str] = ()) -> None:
    """Show the release's statistics in the place of those of the releases that it replaces."""
    with transaction.atomic():
        _move([release_id], DatasetState.LIVE)
        _move(replaces, DatasetState.SUPERSEDED)


def keep_behind(release_id: str) -> None:
    """Keep a release's statistics as history: a newer edition of them is live already."""
    _move([release_id], DatasetState.SUPERSEDED)


def withdraw(release_id: str) -> None:
    """Take a release's statistics out: its publisher took it back."""
    _move([release_id], DatasetState.WITHDRAWN)


def _move(release_ids: Sequence[str], state: DatasetState) -> None:
    if release_ids:
        Dataset.objects.filter(release_id__in=list(release_ids)).update(state=state)


def remove_pending(release_ids: Iterable[str]) -> int:
    """Remove what never became live of these releases; returns how many values.

    In transactions of its own, unless the caller has one; children first, so that a kill loses nothing.
    """
    pending = Dataset.objects.filter(release_id__in=list(release_ids), state=DatasetState.PENDING)
    removed = 0
    for dataset in list(pending):
        # Written last, they are found from the end of the table without an index of their own.
        of_it = Value.objects.filter(dataset=dataset).order_by("-pk")
        while chosen := list(of_it.values_list("pk", flat=True)[:VALUES_A_TRANSACTION]):
            with transaction.atomic():
                removed += Value.objects.filter(
                    pk__gte=min(chosen), pk__lte=max(chosen), dataset=dataset
                ).remove_pending()
        with transaction.atomic():
            Definition.objects.filter(dataset=dataset).remove_pending()
            Dataset.objects.filter(pk=dataset.pk).remove_pending()
    return removed
