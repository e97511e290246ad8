"""How releases get into the record, so that a kill at any moment leaves what was there before.

A small release (one report) is written, with others that wait with it, in one transaction. A large one
is written in transactions of at most 5,000 rows under a pending release that nobody sees; then one short
transaction flips the pointer: the new release is live, the one it replaces is superseded. What a killed
process left pending is cleared by the next one that writes.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from oneplace.evidence.identities import Identities
from oneplace.evidence.models import (
    Finding,
    Inspection,
    Judgement,
    LookBack,
    Problem,
    RatingTotal,
    Recommendation,
    Release,
    State,
    Statement,
)
from oneplace.evidence.rows import StatementRows, release_row, statement_rows, total_row, write
from oneplace.evidence.supersession import Supersession
from oneplace.places import actions as places_actions
from oneplace.records import AreaRecord, InspectionRecord, Record, ReleaseRecord
from oneplace.records import RatingTotal as RatingTotalRecord

# One transaction of a million rows makes SQLite's other writers time out; 5,000 keep the worst wait
# near half a second.
ROWS_A_TRANSACTION = 5_000
# Small releases wait for each other no longer than this: a killed process loses no more than that.
LONGEST_WAIT_SECONDS = 2.0

Progress = Callable[[int], None]  # called with how many more records have been written


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a release brought."""

    areas: int = 0
    statements: int = 0
    judgements: int = 0
    recommendations: int = 0
    findings: int = 0
    looks_back: int = 0
    problems: int = 0
    totals: int = 0
    new_inspections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of publishing a release. `already_known`: the record had it, nothing was written."""

    release_id: str
    already_known: bool
    counts: Counts
    superseded: tuple[str, ...] = ()  # the public ids of the releases it replaced
    # Whether it was put behind a newer release of its slot at once.
    is_older: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A release with what it says, on its way in.

    The last four are set where it comes from a pack, and keep what the pack's record had decided:
    its public id, the identity of each inspection (by position, from 1: public id and body), its state
    and what superseded it.
    """

    release: ReleaseRecord
    records: Iterable[Record]
    public_id: str | None = None
    identities: Mapping[int, tuple[str, str] | None] | None = None
    state: str = State.LIVE
    superseded_by: str | None = None


@dataclass(slots=True)
class _Ready:
    """A parcel made into rows, but for the keys that only the database can give."""

    parcel: Parcel
    row: Release
    areas: list[AreaRecord] = field(default_factory=list)
    rows: list[StatementRows] = field(default_factory=list)
    totals: list[RatingTotal] = field(default_factory=list)
    new: list[Inspection] = field(default_factory=list)
    seconds: float = field(default_factory=time.monotonic)

    def __len__(self) -> int:
        return 1 + len(self.totals) + sum(len(each) for each in self.rows)

    @property
    def records(self) -> int:
        """How many records it carries, for progress."""
        return len(self.areas) + len(self.rows) + len(self.totals)


class Publishing:
    """A run of releases into the record. Knows what the record has, so as to ask the database once."""

    def __init__(self, progress: Progress | None = None, distinct: frozenset[str] = frozenset()) -> None:
        clear_pending()
        self._identities = Identities(distinct)
        self._supersession = Supersession()
        self._progress = progress or (lambda more: None)
        self._waiting: list[_Ready] = []

    def publish(self, parcels: Iterable[Parcel]) -> Iterator[Published]:
        """Publish each release and say what came of it, in order."""
        for parcel in parcels:
            known = self._supersession.known(parcel.release)
            if known is None and any(
                self._supersession.same_file(each.parcel.release, parcel.release) for each in self._waiting
            ):
                yield from self._flush()
                known = self._supersession.known(parcel.release)
            if known is not None:
                yield from self._flush()
                yield Published(release_id=known, already_known=True, counts=Counts())
                continue
            ready = self._prepare(parcel)
            if len(ready) > ROWS_A_TRANSACTION:
                yield from self._flush()
                yield self._publish_large(ready)
                continue
            self._waiting.append(ready)
            too_long = time.monotonic() - self._waiting[0].seconds > LONGEST_WAIT_SECONDS
            if too_long or sum(len(each) for each in self._waiting) >= ROWS_A_TRANSACTION:
                yield from self._flush()
        yield from self._flush()

    def _prepare(self, parcel: Parcel) -> _Ready:
        public_id = self._supersession.name(parcel.release, parcel.public_id)
        ready = _Ready(parcel, release_row(parcel.release, public_id))
        records = list(parcel.records)
        one_report = sum(isinstance(record, InspectionRecord) for record in records) == 1
        slot = (parcel.release.source, parcel.release.slot) if one_report and parcel.release.slot else None
        position = 0
        for record in records:
            if isinstance(record, AreaRecord):
                ready.areas.append(record)
            elif isinstance(record, RatingTotalRecord):
                ready.totals.append(total_row(record, len(ready.totals) + 1))
            elif isinstance(record, InspectionRecord):
                position += 1
                given = parcel.identities.get(position) if parcel.identities is not None else ...
                found = self._identities.find(record, slot, given)
                rows = statement_rows(record, position, found.problems)
                rows.statement.inspection = found.inspection
                ready.rows.append(rows)
                if found.is_new and found.inspection is not None:
                    ready.new.append(found.inspection)
        return ready

    def _flush(self) -> Iterator[Published]:
        """Write all that waits, in one transaction."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        results = []
        with transaction.atomic():
            Inspection.objects.bulk_create([each for ready in waiting for each in ready.new])
            for ready in waiting:
                ready.row.save()
            for ready in waiting:
                for rows in ready.rows:
                    rows.statement.release = ready.row
            write([rows for ready in waiting for rows in ready.rows])
            for ready in waiting:
                _write_totals(ready)
                results.append(self._flip(ready))
        for ready, result in zip(waiting, results, strict=True):
            self._progress(ready.records)
            yield result

    def _publish_large(self, ready: _Ready) -> Published:
        with transaction.atomic():
            ready.row.save()
            _write_totals(ready)
        unsaved = {id(inspection): inspection for inspection in ready.new}
        for lot in _lots(ready.rows):
            with transaction.atomic():
                new = [
                    unsaved.pop(id(rows.statement.inspection))
                    for rows in lot
                    if id(rows.statement.inspection) in unsaved
                ]
                Inspection.objects.bulk_create(new)
                for rows in lot:
                    rows.statement.release = ready.row
                write(lot)
            self._progress(len(lot))
        with transaction.atomic():
            result = self._flip(ready)
        self._progress(len(ready.areas) + len(ready.totals))
        return result

    def _flip(self, ready: _Ready) -> Published:
        """Move the pointer: the last thing that happens to a release, in one transaction with its areas."""
        now = timezone.now()
        outcome = self._supersession.settle(
            ready.row,
            [rows.statement.inspection for rows in ready.rows if rows.statement.inspection],
            State(ready.parcel.state),
            ready.parcel.superseded_by,
        )
        itself = Release.objects.filter(pk=ready.row.pk)
        if outcome.state is State.LIVE:
            if ready.areas:
                places_actions.load_areas(ready.areas, ready.row.public_id)
            itself.update(state=State.LIVE, published_at=now)
            Release.objects.filter(pk__in=[pk for pk, _ in outcome.replaces]).update(
                state=State.SUPERSEDED, superseded_at=now, superseded_by=ready.row
            )
        else:
            # Never held true here: the interval in which it was is empty.
            itself.update(
                state=outcome.state, published_at=now, superseded_at=now, superseded_by_id=outcome.behind
            )
        return Published(
            release_id=ready.row.public_id,
            already_known=False,
            counts=_counts(ready),
            superseded=tuple(public_id for _, public_id in outcome.replaces),
            is_older=outcome.state is State.SUPERSEDED,
        )


def _write_totals(ready: _Ready) -> None:
    for total in ready.totals:
        total.release = ready.row
    RatingTotal.objects.bulk_create(ready.totals)


def _lots(rows: list[StatementRows]) -> Iterator[list[StatementRows]]:
    lot: list[StatementRows] = []
    size = 0
    for each in rows:
        if lot and size + len(each) > ROWS_A_TRANSACTION:
            yield lot
            lot, size = [], 0
        lot.append(each)
        size += len(each)
    if lot:
        yield lot


def _counts(ready: _Ready) -> Counts:
    sizes: dict[str, int] = defaultdict(int)
    for rows in ready.rows:
        for name in ("judgements", "recommendations", "findings", "looks_back", "problems"):
            sizes[name] += len(getattr(rows, name))
    return Counts(
        areas=len(ready.areas),
        statements=len(ready.rows),
        totals=len(ready.totals),
        new_inspections=len(ready.new),
        **sizes,
    )


def clear_pending() -> None:
    """Remove what a killed process left. Children first and the release last: a kill here loses nothing."""
    pending = list(Release.objects.filter(state=State.PENDING).values_list("pk", flat=True))
    if not pending:
        return
    while ids := list(Statement.objects.filter(release__in=pending).values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            for model in (Judgement, Recommendation, Finding, LookBack, Problem):
                model.objects.filter(statement__in=ids).remove_pending()
            Statement.objects.filter(pk__in=ids).remove_pending()
    with transaction.atomic():
        RatingTotal.objects.filter(release__in=pending).remove_pending()
        # Identities that nothing speaks of: they would keep their name from the inspection itself.
        Inspection.objects.filter(statements__isnull=True).remove_pending()
        Release.objects.filter(pk__in=pending).remove_pending()
