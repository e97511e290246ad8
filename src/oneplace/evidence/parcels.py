"""Releases on their way into the record, and what came of them."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oneplace.evidence.changelog import Kept
from oneplace.evidence.contents import Contents
from oneplace.evidence.identities import Found
from oneplace.evidence.models import Inspection, RatingTotal, Release, State
from oneplace.evidence.rows import StatementRows
from oneplace.evidence.supersession import PLAIN, Arriving
from oneplace.records import InspectionRecord, Record, ReleaseRecord

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[int], None]  # called with how many more records have been written


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a release brought. `unchanged`: what an edition said that the one before it said already."""

    areas: int = 0
    bodies: int = 0
    statements: int = 0
    unchanged: int = 0
    judgements: int = 0
    recommendations: int = 0
    findings: int = 0
    looks_back: int = 0
    problems: int = 0
    totals: int = 0
    measures: int = 0
    values: int = 0
    similar: int = 0
    boundaries: int = 0
    names: int = 0
    postcodes: int = 0
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
    # The day that it describes and the day of that newer release, where these tell the two apart.
    days: tuple[dt.date, dt.date] | None = None
    # Kind of change → how many the change log has of it; nothing where its source is loaded for the first time.
    changed: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()  # what a person should know, though it was no reason to refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A release with what it says, on its way in.

    `insists`: a person says that it takes the place of what is live, though it leaves out much of that or
    describes an earlier day. The last six are set where it comes from a pack, and keep what the pack's record had
    decided:
    its public id, the identity of each inspection (by position, from 1: public id and body), its state,
    what superseded it, what the change log says of it (None: what it changes here is told anew), and its values
    as columns in the order of `indicators.actions.KeptValue`.
    """

    release: ReleaseRecord
    records: Iterable[Record]
    insists: bool = False
    public_id: str | None = None
    identities: Mapping[int, tuple[str, str] | None] | None = None
    state: str = State.LIVE
    superseded_by: str | None = None
    events: Sequence[Kept] | None = None
    values: pl.DataFrame | None = None


@dataclass(slots=True)
class Ready:
    """A parcel on its way: what it brings, whose each inspection is, and what became of it so far."""

    parcel: Parcel
    row: Release
    contents: Contents
    arriving: Arriving = PLAIN
    found: list[Found] = field(default_factory=list)
    rows: list[StatementRows] = field(
        default_factory=list
    )  # of a small one; a large one's are never all here
    totals: list[RatingTotal] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    gone: list[str] = field(
        default_factory=list
    )  # inspections that the edition before spoke of, and nobody does now
    events: int = 1  # the next event's position
    seconds: float = field(default_factory=time.monotonic)

    def __len__(self) -> int:
        return self.contents.rows

    @property
    def counts(self) -> Counts:
        """What it brings, as it is told afterwards."""
        contents = self.contents
        return Counts(
            areas=len(contents.areas),
            bodies=len(contents.bodies),
            totals=len(self.totals),
            measures=len(contents.measures),
            values=contents.values_in_all,
            similar=len(contents.similar),
            boundaries=contents.boundaries,
            names=contents.names,
            postcodes=sum(each.postcodes for each in contents.postcodes),
            new_inspections=len(self.new),
            **self.tally,
        )

    @property
    def new(self) -> list[tuple[Inspection, InspectionRecord]]:
        """The inspections first known with it, each with the first record about it."""
        return [
            (found.inspection, record)
            for found, record in zip(self.found, self.contents.inspections, strict=True)
            if found.is_new and found.inspection is not None
        ]

    @property
    def spoken_of(self) -> list[Inspection]:
        """The inspections that it speaks of, as many as it has records of them."""
        return [found.inspection for found in self.found if found.inspection is not None]

    def count(self, rows: StatementRows) -> None:
        self.tally["statements"] += 1
        for name in ("judgements", "recommendations", "findings", "looks_back", "problems"):
            self.tally[name] += len(getattr(rows, name))
