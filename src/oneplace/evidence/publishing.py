"""How releases get into the record, so that a kill at any moment leaves what was there before.

A small release (one report) is written, with others that wait with it, in one transaction. A large one
is written in transactions of some thousand rows under a pending release that nobody sees; then one short
transaction flips the pointer: the new release is live, the one it replaces is superseded. What a killed
process left pending is cleared by the next one that writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from oneplace.evidence import changelog
from oneplace.evidence.changes import FIGURES, WITHDRAWN, Change, Changes, groups_of
from oneplace.evidence.contents import Subjects, placed, size, sort
from oneplace.evidence.described import coming as described_by
from oneplace.evidence.editions_coming import Coming
from oneplace.evidence.errors import InvalidRelease, LeavesMuchOut
from oneplace.evidence.identities import Found, Given, Identities
from oneplace.evidence.leaving_out import refuse_much_left_out, refuse_postcodes
from oneplace.evidence.load_warnings import no_longer_held, of_nobody
from oneplace.evidence.models import Inspection, RatingTotal, Release, State
from oneplace.evidence.parcels import Counts, Parcel, Progress, Published, Ready
from oneplace.evidence.pending import clear_pending
from oneplace.evidence.replacing import replacements
from oneplace.evidence.rows import StatementRows, release_row, statement_rows, total_row, write
from oneplace.evidence.supersession import Arriving, Outcome, Supersession
from oneplace.indicators import actions as indicators
from oneplace.large_loads import Lots, add, one_of_many, relate
from oneplace.places import actions as places_actions
from oneplace.records import ADDED, InspectionRecord

__all__ = ["Counts", "Parcel", "Progress", "Published", "Publishing"]

# One transaction of a million rows makes SQLite's other writers time out. So many rows of inspections, with
# all that comes with them, keep the worst wait well under half a second; of values, which are simpler, more do.
ROWS_A_TRANSACTION = 2_500
VALUES_A_TRANSACTION = 5_000
# Small releases wait for each other no longer than this: a killed process loses no more than that.
LONGEST_WAIT_SECONDS = 2.0


class Publishing:
    """A run of releases into the record. Knows what the record has, so as to ask the database once."""

    def __init__(self, progress: Progress | None = None, distinct: frozenset[str] = frozenset()) -> None:
        clear_pending()
        self._identities = Identities(distinct)
        self._supersession = Supersession()
        self._first_loads = changelog.FirstLoads()
        self._changes = Changes()
        self._progress = progress or (lambda more: None)
        self._waiting: list[Ready] = []

    def publish(self, parcels: Iterable[Parcel]) -> Iterator[Published]:
        """Publish each release and say what came of it, in order."""
        for parcel in map(_as_edition, parcels):
            known = self._supersession.known(parcel.release)
            if known is None and any(
                self._supersession.same_file(each.parcel.release, parcel.release) for each in self._waiting
            ):
                yield from self._flush()
                known = self._supersession.known(parcel.release)
            if known is not None:
                yield from self._flush()
                self._first_loads.met(parcel.release.source)
                yield Published(release_id=known, already_known=True, counts=Counts())
                continue
            contents = sort(parcel.records, parcel.values)
            subjects = placed(parcel.release, contents)
            public_id = self._supersession.name(parcel.release, parcel.public_id)
            row = release_row(parcel.release, public_id)
            arriving = Arriving(described_by(row, contents), contents.of_periods, parcel.insists)
            ready = Ready(parcel, row, contents, arriving)
            try:
                self._refuse_much_left_out(ready, subjects)
            except LeavesMuchOut:
                yield from self._flush()
                raise
            if _goes_alone(ready):
                yield from self._flush()
                yield self._publish_large(ready, subjects)
                continue
            self._prepare(ready)
            self._waiting.append(ready)
            too_long = time.monotonic() - self._waiting[0].seconds > LONGEST_WAIT_SECONDS
            if too_long or sum(len(each) for each in self._waiting) >= ROWS_A_TRANSACTION:
                yield from self._flush()
        yield from self._flush()
        self._first_loads.end()

    def _refuse_much_left_out(self, ready: Ready, subjects: Subjects) -> None:
        parcel = ready.parcel
        # A pack has what its record had chosen; an edition of changes leaves out what has not changed.
        if parcel.public_id is not None or parcel.insists or parcel.release.is_partial:
            return
        refuse_postcodes(parcel.release, ready.contents)
        before = self._supersession.edition_before(ready.row, ready.arriving)
        if before is not None:
            live = Release.objects.get(pk=before)
            refuse_much_left_out(parcel.release, ready.contents, subjects, live)

    def _find(self, ready: Ready) -> None:
        release, inspections = ready.parcel.release, ready.contents.inspections
        slot = (release.source, release.slot)
        is_added = release.slot.startswith(ADDED)
        is_report = len(inspections) == 1 and release.slot and not release.is_snapshot and not is_added
        given: list[Given] | None = None
        if (known := ready.parcel.identities) is not None:
            given = [known.get(number) for number in range(1, len(inspections) + 1)]
        ready.found = list(self._identities.find_all(inspections, slot if is_report else None, given))
        if given is None:
            ready.warnings += of_nobody(ready.found)

    def _prepare(self, ready: Ready) -> None:
        self._find(ready)
        ready.totals = [total_row(record, number) for number, record in enumerate(ready.contents.totals, 1)]
        for position, (record, found) in enumerate(
            zip(ready.contents.inspections, ready.found, strict=True), 1
        ):
            rows = statement_rows(record, position, found.problems)
            rows.statement.inspection = found.inspection
            ready.rows.append(rows)
            ready.count(rows)

    def _flush(self) -> Iterator[Published]:
        """Write all that waits, in one transaction."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        results = []
        with one_of_many():
            self._changes.learn(each for ready in waiting for each in ready.new)
            add(Inspection, [inspection for ready in waiting for inspection, _ in ready.new])
            for ready in waiting:
                ready.row.save()
            for ready in waiting:
                for rows in ready.rows:
                    rows.statement.release = ready.row
            write([rows for ready in waiting for rows in ready.rows])
            new = {inspection.public_id for ready in waiting for inspection, _ in ready.new}
            groups = groups_of(
                inspection
                for ready in waiting
                for inspection in ready.spoken_of
                if inspection.public_id not in new
            )
            for ready in waiting:
                _write_totals(ready)
                changelog.keep(ready.row, ready.parcel.events or ())
                outcome = self._settle(ready)
                if outcome.state is State.LIVE and ready.parcel.events is None:
                    self._log(ready, replacements(ready.row, outcome, ready.spoken_of))
                    theirs = {inspection.public_id for inspection, _ in ready.new}
                    replaced = [pk for pk, _ in outcome.replaces]
                    self._log(ready, self._changes.tell(ready.row, ready.rows, theirs, replaced, groups))
                    self._log(ready, self._changes.of_grades())
                results.append(self._flip(ready, outcome))
        for ready, result in zip(waiting, results, strict=True):
            self._progress(_records(ready))
            yield result

    def _publish_large(self, ready: Ready, subjects: Subjects) -> Published:
        """Write a large release lot by lot; only one lot's rows are made at a time."""
        contents, row = ready.contents, ready.row
        ready.totals = [total_row(record, number) for number, record in enumerate(contents.totals, 1)]
        with transaction.atomic():
            row.save()
            _write_totals(ready)
        if contents.bodies:
            is_whole = not ready.parcel.release.is_partial
            unplaced = places_actions.load_bodies(
                contents.bodies, row.public_id, row.as_at, is_whole=is_whole
            )
            ready.warnings += [
                f"no area is known by “{name}”: bodies there stand in none" for name in unplaced
            ]
            self._progress(len(contents.bodies))
        for directory in contents.postcodes:
            places_actions.load_postcodes(directory)
        self._find(ready)
        outcome = self._foresee(ready)
        is_told = outcome.state is State.LIVE and ready.parcel.events is None
        replaced = [pk for pk, _ in outcome.replaces]
        if is_told:
            self._changes.learn(ready.new)
            self._log_in_lots(ready, replacements(row, outcome, ready.spoken_of))
        coming = Coming(row, replaced, ready.spoken_of) if is_told and _is_compared(ready) else None
        unsaved = {id(inspection) for inspection, _ in ready.new}
        lots = Lots(ROWS_A_TRANSACTION)
        for lot in _cut(contents.inspections, ready.found, lots):
            # All is made before the database is held, so that others find it free half of the time.
            made = self._make(ready, lot, coming)
            new = [
                found.inspection
                for _, found in lot
                if found.inspection is not None and id(found.inspection) in unsaved
            ]
            new = list({id(inspection): inspection for inspection in new}.values())
            unsaved.difference_update(map(id, new))
            changes = self._tell(ready, made, new, replaced) if is_told else []
            if made:
                with lots.one(len(new) + sum(1 + len(each) for each in made)):
                    add(Inspection, new)
                    write(made)
                    self._log(ready, changes)
            self._progress(len(lot))
        self._log_in_lots(ready, self._changes.of_grades())
        if coming is not None:
            coming.restore_what_follows()
        self._write_values(ready, subjects)
        kept = ready.parcel.events or ()
        for start in range(0, len(kept), ROWS_A_TRANSACTION):
            with one_of_many():
                changelog.keep(row, kept[start : start + ROWS_A_TRANSACTION])
        with one_of_many():
            if coming is not None:
                coming.keep()
            if contents.measures and is_told:
                figures = f"{len(contents.measures)} {contents.periods}"
                on = row.as_at or row.published
                self._log(ready, [Change(kind=FIGURES, after=figures, on=on)])
            result = self._flip(ready, self._settle(ready))
        self._progress(
            len(contents.areas) + len(ready.totals) + len(contents.similar) + len(contents.geography)
        )
        return result

    def _make(
        self, ready: Ready, lot: Sequence[tuple[InspectionRecord, Found]], coming: Coming | None
    ) -> list[StatementRows]:
        made = []
        for record, found in lot:
            hashed = coming.take(record, found.inspection) if coming is not None else None
            if coming is not None and hashed is None:
                ready.tally["unchanged"] += 1
                continue
            rows = statement_rows(record, ready.tally["statements"] + 1, found.problems, hashed)
            relate(rows.statement, "inspection", found.inspection)
            relate(rows.statement, "release", ready.row)
            ready.count(rows)
            made.append(rows)
        return made

    def _tell(
        self, ready: Ready, made: Sequence[StatementRows], new: Sequence[Inspection], replaced: Sequence[int]
    ) -> list[Change]:
        names = {inspection.public_id for inspection in new}
        about = (each.statement.inspection for each in made)
        groups = groups_of(each for each in about if each is not None and each.public_id not in names)
        return self._changes.tell(ready.row, made, names, replaced, groups)

    def _write_values(self, ready: Ready, subjects: Subjects) -> None:
        contents, row = ready.contents, ready.row
        if not contents.measures:
            return
        indicators.begin(row.public_id, row.source, contents.measures, row.retrieved_at, contents.of_periods)
        self._progress(len(contents.measures))
        for start in range(0, len(contents.values), VALUES_A_TRANSACTION):
            some = contents.values[start : start + VALUES_A_TRANSACTION]
            indicators.add(row.public_id, some, subjects)
            self._progress(len(some))
        for lot in () if contents.kept is None else contents.kept.iter_slices(VALUES_A_TRANSACTION):
            indicators.add_kept(row.public_id, lot.rows())
            self._progress(lot.height)

    def _foresee(self, ready: Ready) -> Outcome:
        if State(ready.parcel.state) is not State.LIVE:
            return Outcome(State(ready.parcel.state))
        return self._supersession.foresee(ready.row, ready.spoken_of, ready.arriving)

    def _settle(self, ready: Ready) -> Outcome:
        return self._supersession.settle(
            ready.row,
            ready.spoken_of,
            State(ready.parcel.state),
            ready.parcel.superseded_by,
            ready.arriving,
        )

    def _log(self, ready: Ready, changes: Sequence[Change]) -> None:
        is_first = self._first_loads.is_first(ready.row.source)
        ready.events = changelog.write(ready.row, changes, ready.events, is_first)
        if not is_first:
            ready.changed.update(each.kind for each in changes)
        ready.gone += [each.inspection for each in changes if each.kind == WITHDRAWN]

    def _log_in_lots(self, ready: Ready, changes: Sequence[Change]) -> None:
        for start in range(0, len(changes), ROWS_A_TRANSACTION):
            with one_of_many():
                self._log(ready, changes[start : start + ROWS_A_TRANSACTION])

    def _flip(self, ready: Ready, outcome: Outcome) -> Published:
        """Move the pointer: the last thing that happens to a release, in one transaction with its areas."""
        now = timezone.now()
        itself = Release.objects.filter(pk=ready.row.pk)
        if outcome.state is State.LIVE:
            self._first_loads.is_first(ready.row.source)
            if ready.contents.areas:
                places_actions.load_areas(ready.contents.areas, ready.row.public_id)
                self._identities.forget_bodies()
            if ready.contents.similar:
                places_actions.load_similar(ready.contents.similar, ready.row.public_id)
            if ready.contents.geography:
                ready.warnings += places_actions.load_geography(ready.contents.geography, ready.row.public_id)
            if ready.contents.measures:
                indicators.go_live(ready.row.public_id, [public_id for _, public_id in outcome.replaces])
            itself.update(state=State.LIVE, published_at=now)
            if replaced := [pk for pk, _ in outcome.replaces]:
                Release.objects.filter(pk__in=replaced).update(
                    state=State.SUPERSEDED, superseded_at=now, superseded_by=ready.row
                )
        else:
            # Never held true here: the interval in which it was is empty.
            itself.update(
                state=outcome.state, published_at=now, superseded_at=now, superseded_by_id=outcome.behind
            )
            if ready.contents.measures:
                is_withdrawn = outcome.state is State.WITHDRAWN
                (indicators.withdraw if is_withdrawn else indicators.keep_behind)(ready.row.public_id)
        return Published(
            release_id=ready.row.public_id,
            already_known=False,
            counts=ready.counts,
            superseded=tuple(public_id for _, public_id in outcome.replaces),
            is_older=outcome.state is State.SUPERSEDED,
            days=outcome.days,
            changed=dict(ready.changed),
            warnings=(*ready.warnings, *no_longer_held(ready.gone)),
        )


def _as_edition(parcel: Parcel) -> Parcel:
    release = parcel.release
    if not release.is_snapshot:
        return parcel
    if release.as_at is None:
        raise InvalidRelease(
            f"{release.title}: an edition of a table of the latest state must say which day it describes"
        )
    return (
        parcel if release.slot else replace(parcel, release=replace(release, slot=release.as_at.isoformat()))
    )


def _goes_alone(ready: Ready) -> bool:
    """Whether it is written by itself: a large one, or one that others may depend on."""
    contents = ready.contents
    depended_on = (
        contents.areas or contents.bodies or contents.measures or contents.similar or contents.postcodes
        or contents.geography
    )  # fmt: skip
    return bool(depended_on) or ready.row.is_snapshot or len(ready) > ROWS_A_TRANSACTION


def _is_compared(ready: Ready) -> bool:
    """Whether only what it says anew is written. What a pack holds was chosen so when it was made."""
    return ready.row.is_snapshot and ready.parcel.identities is None


def _write_totals(ready: Ready) -> None:
    for total in ready.totals:
        total.release = ready.row
    RatingTotal.objects.bulk_create(ready.totals)


def _cut(
    records: Sequence[InspectionRecord], found: Sequence[Found], lots: Lots
) -> Iterator[list[tuple[InspectionRecord, Found]]]:
    lot: list[tuple[InspectionRecord, Found]] = []
    rows = 0
    for record, each in zip(records, found, strict=True):
        if lot and rows + size(record) > lots.size:
            yield lot
            lot, rows = [], 0
        lot.append((record, each))
        rows += size(record)
    if lot:
        yield lot


def _records(ready: Ready) -> int:
    """How many records it carries, for progress."""
    return len(ready.rows) + len(ready.totals)
