"""Which releases the record knows, and which of them a new one replaces."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.evidence.models import Inspection, Release, State, Statement
from oneplace.evidence.standing import standing
from oneplace.records import ReleaseRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of a new release, the (key, public id) it replaces, the key of the newer one it is behind."""

    state: State
    replaces: tuple[tuple[int, str], ...] = ()
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class _Live:
    pk: int
    public_id: str
    source: str
    slot: str
    sha256: str
    standing: int
    retrieved_at: dt.datetime


class Supersession:
    """Every release of the record.

    A release replaces the live one of its source and slot, and a live one made from the very same file.
    Only one of its own standing: a report's facts that were copied out by hand stay beside the reading of
    the report, so that a difference between the two can be seen.
    Two different reports under one path (two archives, each with a "report.pdf") are the exception: a
    report only replaces another about the same body's same kind of inspection. A release that was
    fetched before the live one of its slot is kept behind it, so an old pack never takes the record back.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, str], str] = {}
        self._names: set[str] = set()
        self._by_slot: dict[tuple[str, str], list[_Live]] = defaultdict(list)
        self._by_file: dict[tuple[str, str], list[_Live]] = defaultdict(list)
        for row in Release.objects.exclude(state=State.PENDING):
            self._known[row.source, row.slot, row.sha256, row.reader] = row.public_id
            self._names.add(row.public_id)
            if row.state == State.LIVE:
                self._remember(row)

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
    ) -> Outcome:
        """Where the new release stands. `inspections` are those it speaks of.

        `wanted` and `superseded_by` (a public id) are what a pack says of it.
        """
        self._known[row.source, row.slot, row.sha256, row.reader] = row.public_id
        if wanted is not State.LIVE:
            newer = Release.objects.filter(public_id=superseded_by).first() if superseded_by else None
            return Outcome(wanted, behind=newer.pk if newer else None)
        rivals, behind = self._rivals(row, inspections)
        if behind is not None:
            return Outcome(State.SUPERSEDED, behind=behind)
        for live in rivals:
            self._by_slot[live.source, live.slot].remove(live)
            self._by_file[live.source, live.sha256].remove(live)
        self._remember(row)
        return Outcome(State.LIVE, tuple((live.pk, live.public_id) for live in rivals))

    def foresee(self, row: Release, inspections: Sequence[Inspection]) -> Outcome:
        """The same for a release that is to be live, ahead of time: nothing is remembered yet."""
        rivals, behind = self._rivals(row, inspections)
        if behind is not None:
            return Outcome(State.SUPERSEDED, behind=behind)
        return Outcome(State.LIVE, tuple((live.pk, live.public_id) for live in rivals))

    def _rivals(self, row: Release, inspections: Sequence[Inspection]) -> tuple[list[_Live], int | None]:
        """The live releases that it would replace, or the key of the newer one that it is behind."""
        rivals = {
            live.pk: live
            for live in (*self._by_slot[row.source, row.slot], *self._by_file[row.source, row.sha256])
            if live.standing == _standing(row)
            and (row.is_snapshot or live.sha256 == row.sha256 or _is_about_the_same(live, inspections))
        }
        newer = [live for live in rivals.values() if live.retrieved_at > row.retrieved_at]
        behind = max(newer, key=lambda live: live.retrieved_at).pk if newer else None
        return list(rivals.values()), behind

    def _remember(self, row: Release) -> None:
        live = _Live(
            row.pk, row.public_id, row.source, row.slot, row.sha256, _standing(row), row.retrieved_at
        )
        self._by_slot[row.source, row.slot].append(live)
        self._by_file[row.source, row.sha256].append(live)


def _standing(row: Release) -> int:
    return standing(row.source, row.reader, row.compiled_by)


def _is_about_the_same(live: _Live, inspections: Sequence[Inspection]) -> bool:
    """False for two single reports about different bodies or kinds of inspection; true for any table."""
    before = list(
        Statement.objects.filter(release=live.pk).values_list("inspection__body_id", "inspection__family")[:2]
    )
    if len(before) != 1 or len(inspections) != 1 or not live.slot:
        return True
    return before[0] == (inspections[0].body_id, inspections[0].family)
