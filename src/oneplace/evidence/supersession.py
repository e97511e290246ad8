"""Which releases the record knows, and which of them a new one replaces."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from oneplace.evidence.described import Described, described
from oneplace.evidence.models import Inspection, Release, State, Statement
from oneplace.evidence.standing import standing
from oneplace.indicators import queries as indicators
from oneplace.records import ADDED, ReleaseRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of a new release, the (key, public id) it replaces, the key of the newer one it is behind.

    `days`: which day it describes, and which day that newer one, where that is what tells them apart.
    """

    state: State
    replaces: tuple[tuple[int, str], ...] = ()
    behind: int | None = None
    days: tuple[dt.date, dt.date] | None = None


class Arriving(NamedTuple):
    """What tells where a new release stands: the day it describes, the periods of its figures.

    `insists`: a person says that it takes the place of what is live, whatever it leaves out or describes.
    """

    described: Described = Described()
    periods: frozenset[tuple[str, dt.date]] = frozenset()
    insists: bool = False


PLAIN = Arriving()


@dataclass(frozen=True, slots=True)
class _Live:
    pk: int
    public_id: str
    source: str
    slot: str
    sha256: str
    standing: int
    retrieved_at: dt.datetime
    as_at: dt.date | None
    is_snapshot: bool
    periods: frozenset[tuple[str, dt.date]]


class Supersession:
    """Every release of the record.

    A release replaces the live one of its source and slot, and a live one made from the very same file.
    Only one of its own standing: a report's facts that were copied out by hand stay beside the reading of
    the report, so that a difference between the two can be seen.
    Two different reports under one path (two archives, each with a "report.pdf") are the exception: a
    report only replaces another about the same body's same kind of inspection. A release of figures replaces
    one that has most of its periods in common with it: editions of one period each are a series, and stand
    beside each other. A release that describes an earlier day than the live one of its slot, or of the same
    day was fetched before it, is kept behind it, so an old file or pack never takes the record back.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, str], str] = {}
        self._names: set[str] = set()
        self._by_slot: dict[tuple[str, str], list[_Live]] = defaultdict(list)
        self._by_file: dict[tuple[str, str], list[_Live]] = defaultdict(list)
        self._snapshots: dict[str, list[_Live]] = defaultdict(list)
        self._described: dict[int, Described] = {}
        periods = indicators.periods_of()
        for row in Release.objects.exclude(state=State.PENDING):
            self._known[row.source, row.slot, row.sha256, row.reader] = row.public_id
            self._names.add(row.public_id)
            if row.state == State.LIVE:
                self._remember(row, periods.get(row.public_id, frozenset()))

    def known(self, record: ReleaseRecord) -> str | None:
        """The public id of the very same release, if the record has it."""
        return self._known.get((record.source, record.slot, record.sha256, record.reader))

    @staticmethod
    def same_file(one: ReleaseRecord, other: ReleaseRecord) -> bool:
        """Whether two releases on their way in cannot be told apart, or replace each other."""
        return one.source == other.source and (one.slot == other.slot or one.sha256 == other.sha256)

    def name(self, record: ReleaseRecord, preferred: str | None = None) -> str:
        """A new release's public id: "source/sha12", with -2 where another reading of the file has it."""
        base = preferred or f"{record.source}/{record.sha256[:12]}"
        name, number = base, 2
        while name in self._names:
            name, number = f"{base}-{number}", number + 1
        self._names.add(name)
        return name

    def settle(
        self,
        row: Release,
        inspections: Sequence[Inspection],
        wanted: State = State.LIVE,
        superseded_by: str | None = None,
        arriving: Arriving = PLAIN,
    ) -> Outcome:
        """Where the new release stands. `inspections` are those it speaks of.

        `wanted` and `superseded_by` (a public id) are what a pack says of it.
        """
        self._known[row.source, row.slot, row.sha256, row.reader] = row.public_id
        if wanted is not State.LIVE:
            newer = Release.objects.filter(public_id=superseded_by).first() if superseded_by else None
            return Outcome(wanted, behind=newer.pk if newer else None)
        outcome, rivals = self._outcome(row, inspections, arriving)
        if outcome.state is State.LIVE:
            for live in rivals:
                self._by_slot[live.source, live.slot].remove(live)
                self._by_file[live.source, live.sha256].remove(live)
                if live in self._snapshots[live.source]:
                    self._snapshots[live.source].remove(live)
            self._described[row.pk] = arriving.described
            self._remember(row, arriving.periods)
        return outcome

    def foresee(self, row: Release, inspections: Sequence[Inspection], arriving: Arriving) -> Outcome:
        """The same for a release that is to be live, ahead of time: nothing is remembered yet."""
        return self._outcome(row, inspections, arriving)[0]

    def edition_before(self, row: Release, arriving: Arriving) -> int | None:
        """The key of the live release that a table's new edition is held against, None where there is none.

        Of a snapshot the edition before it; else the one in its slot that has most periods in common with it, unless
        that says of itself that it is of a later day.
        """
        if row.is_snapshot:
            editions = [each for each in self._snapshots[row.source] if _is_before(each, row)]
            return max(editions, key=lambda each: (each.as_at, each.retrieved_at)).pk if editions else None
        if row.slot and not arriving.periods:  # one report
            return None
        others = [
            live
            for live in self._by_slot[row.source, row.slot]
            if live.standing == _standing(row)
            and live.sha256 != row.sha256
            and not self._is_plainly_newer(live, row, arriving)
        ]
        if not others:
            return None
        return max(
            others, key=lambda live: (len(live.periods & arriving.periods), live.retrieved_at, live.pk)
        ).pk

    def _outcome(
        self, row: Release, inspections: Sequence[Inspection], arriving: Arriving
    ) -> tuple[Outcome, list[_Live]]:
        """Where it stands, and the live releases that it would replace."""
        rivals = {
            live.pk: live
            for live in (*self._by_slot[row.source, row.slot], *self._by_file[row.source, row.sha256])
            if live.standing == _standing(row)
            and (
                live.sha256 == row.sha256
                or (
                    (row.is_snapshot or _is_about_the_same(live, inspections))
                    and self._is_of_its_periods(live, arriving)
                )
            )
        }
        newer = [live for live in rivals.values() if self._is_newer(live, row, arriving)]
        if newer and not arriving.insists:
            newest = max(newer, key=lambda live: live.retrieved_at)
            days = None if newest.sha256 == row.sha256 else self._days(newest, arriving)
            return Outcome(State.SUPERSEDED, behind=newest.pk, days=days), []
        replaces = tuple((live.pk, live.public_id) for live in rivals.values())
        return Outcome(State.LIVE, replaces), list(rivals.values())

    def _is_of_its_periods(self, live: _Live, arriving: Arriving) -> bool:
        """False where both are of figures, and the new one is of other periods: each is then a part of a series."""
        if not live.periods or not arriving.periods:
            return True
        if 2 * len(live.periods & arriving.periods) > len(live.periods):
            return True
        days = self._days(live, arriving)
        return arriving.periods < live.periods and days is not None and days[0] < days[1]

    def _is_newer(self, live: _Live, row: Release, arriving: Arriving) -> bool:
        """By the day that each describes; among equals, and of two readings of one file, by when it was fetched."""
        days = None if live.sha256 == row.sha256 else self._days(live, arriving)
        return days[0] < days[1] if days else live.retrieved_at > row.retrieved_at

    def _is_plainly_newer(self, live: _Live, row: Release, arriving: Arriving) -> bool:
        """The same, but for what a file that was cut short seems to say: that its newest rows are not there."""
        mine, its = arriving.described, self._described_of(live)
        days = Described(as_at=mine.as_at).against(its)
        return days[0] < days[1] if days else live.retrieved_at > row.retrieved_at

    def _days(self, live: _Live, arriving: Arriving) -> tuple[dt.date, dt.date] | None:
        return arriving.described.against(self._described_of(live))

    def _described_of(self, live: _Live) -> Described:
        if live.pk not in self._described:
            if live.slot and not live.periods:  # a report, of which there are thousands
                self._described[live.pk] = Described(as_at=live.as_at)
            else:
                self._described |= described(Release.objects.filter(pk=live.pk))
        return self._described[live.pk]

    def _remember(self, row: Release, periods: frozenset[tuple[str, dt.date]]) -> None:
        live = _Live(
            row.pk, row.public_id, row.source, row.slot, row.sha256, _standing(row), row.retrieved_at,
            row.as_at, row.is_snapshot, periods,
        )  # fmt: skip
        self._by_slot[row.source, row.slot].append(live)
        self._by_file[row.source, row.sha256].append(live)
        if row.is_snapshot:
            self._snapshots[row.source].append(live)


def _standing(row: Release) -> int:
    return standing(row.source, row.reader, row.compiled_by)


def _is_before(live: _Live, row: Release) -> bool:
    return (
        live.standing == _standing(row)
        and live.sha256 != row.sha256
        and live.as_at is not None
        and row.as_at is not None
        and (live.as_at, live.retrieved_at) <= (row.as_at, row.retrieved_at)
    )


def _is_about_the_same(live: _Live, inspections: Sequence[Inspection]) -> bool:
    """False for two single reports about different bodies or kinds of inspection; true for any table."""
    before = list(
        Statement.objects.filter(release=live.pk).values_list("inspection__body_id", "inspection__family")[:2]
    )
    if len(before) != 1 or len(inspections) != 1 or not live.slot or live.slot.startswith(ADDED):
        return True
    return before[0] == (inspections[0].body_id, inspections[0].family)
