"""Loading a pack, through the same door as every other release.

All of it is checked before anything is written: a pack that is not as it should be leaves the store as
it was. Killed on the way, what was loaded stays, and the next run goes on with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction

from oneplace.evidence import actions, changelog
from oneplace.evidence.changes import Change
from oneplace.evidence.models import Correction, Release, ReviewDecision, State
from oneplace.evidence.pack.checking import check_tables, checked, read_description
from oneplace.evidence.pack.of_figures import Figures
from oneplace.evidence.pack.of_places import Places, by
from oneplace.evidence.pack.tables import CORRECTIONS, DECISIONS, EVENTS, RELEASES, TABLES
from oneplace.evidence.publishing import Parcel, Progress
from oneplace.evidence.writer import only_writer
from oneplace.records import (
    Address,
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    LookBackRecord,
    Problem,
    RatingTotal,
    RecommendationRecord,
    Record,
    ReleaseRecord,
)

Row = Mapping[str, Any]
StatementKey = tuple[str, int]
# Opens a progress bar: what is loaded and how many records, to what to call with each number more.
Bar = Callable[[str, int], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: releases published, known before, kept behind newer ones; corrections added."""

    releases: int
    already_known: int
    older: int
    statements: int
    corrections: int
    values: int = 0


def bundled_pack() -> Path:
    """The folder of the pack that comes with Oneplace."""
    return Path(__file__).parents[2] / "pack"


def load_pack(folder: Path, bar: Bar | None = None) -> Loaded:
    """Load a pack into the record. Raises `PackError`, which names file and column, before any write.

    Quick where the record has every release of it: only the lists of releases and corrections are read.
    """
    resources = read_description(folder)
    releases = checked(folder, RELEASES, resources)
    known = set(
        Release.objects.exclude(state=State.PENDING).values_list("source", "slot", "sha256", "reader")
    )
    new = releases.filter(
        [key not in known for key in releases.select("source", "slot", "sha256", "reader").iter_rows()]
    )
    if new.is_empty():
        tables = {table.name: checked(folder, table, resources) for table in (CORRECTIONS, DECISIONS)}
        added = _add_decisions(tables)
        actions.raise_flags()
        return Loaded(0, releases.height, 0, 0, added)
    tables = {table.name: checked(folder, table, resources) for table in TABLES}
    check_tables(tables)
    parcels = _Parcels(tables, new, logs=EVENTS.name in resources)
    tally: Counter[str] = Counter()
    with (bar or _no_bar)("Loading the evidence pack", _size(tables, new)) as progress:
        distinct = frozenset(tables["inspections"]["inspection"].to_list())
        for published in actions.publish_parcels(parcels.all(_in_order(new, tables)), progress, distinct):
            tally["known" if published.already_known else "older" if published.is_older else "new"] += 1
            tally["statements"] += published.counts.statements
            tally["values"] += published.counts.values
    parcels.places.restore()
    known_before = releases.height - new.height + tally["known"]
    added = _add_decisions(tables)
    actions.raise_flags()
    return Loaded(tally["new"], known_before, tally["older"], tally["statements"], added, tally["values"])


def _no_bar(what: str, total: int) -> AbstractContextManager[Progress]:
    return nullcontext(lambda more: None)


def _size(tables: Mapping[str, pl.DataFrame], new: pl.DataFrame) -> int:
    """How many records the new releases bring, as publishing counts them."""
    return sum(
        tables[name].join(new, on="release", how="semi").height
        for name in (
            "areas", "bodies", "similar_areas", "boundaries", "map_lines", "code_names", "statements", "rating_totals",
            "measures", "values",
        )
    )  # fmt: skip


def _in_order(releases: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> Iterator[Row]:
    """The register first, then bodies, whom the others speak of; a release before those it superseded."""
    with_areas = set(tables["areas"]["release"].to_list())
    with_bodies = set(tables["bodies"]["release"].to_list())
    rows = {row["release"]: row for row in releases.iter_rows(named=True)}
    done: set[str] = set()

    def with_successor(row: Row) -> Iterator[Row]:
        chain = []
        each: Row | None = row
        while each is not None and each["release"] not in done:
            done.add(each["release"])
            chain.append(each)
            each = rows.get(each["superseded_by"])
        yield from reversed(chain)

    for row in sorted(
        rows.values(), key=lambda row: (row["release"] not in with_areas, row["release"] not in with_bodies)
    ):
        yield from with_successor(row)


class _Parcels:
    """The tables of a pack, in reach by release and statement."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], new: pl.DataFrame, logs: bool) -> None:
        """`new`: the releases that the record does not have yet. `logs`: whether the pack has a change log."""
        self._logs = logs
        coming = tables["events"].join(new, on="release", how="semi")
        self._numbers = changelog.numbers(coming["sequence"].to_list())
        self._events = by(coming, "release")
        self.places = Places(tables)
        self._figures = Figures(tables)
        self._statements = by(tables["statements"], "release")
        self._totals = by(tables["rating_totals"], "release")
        self._bodies = dict(tables["inspections"].select("inspection", "body").iter_rows())
        self._parts = {
            name: by(tables[name], "release", "statement")
            for name in ("judgements", "recommendations", "findings", "looks_back", "problems")
        }

    def all(self, rows: Iterable[Row]) -> Iterator[Parcel]:
        """Made one at a time, as they are asked for: a release may hold a million values.

        What bodies were is restored before the last release, too: killed after that one, nobody would come back.
        """
        left = list(rows)
        for row in left[:-1]:
            yield self.parcel(row)
        self.places.restore()
        yield from (self.parcel(row) for row in left[-1:])

    def parcel(self, row: Row) -> Parcel:
        release = row["release"]
        statements = self._statements.get((release,), [])
        return Parcel(
            release=ReleaseRecord(
                source=row["source"], slot=row["slot"], publisher=row["publisher"], title=row["title"],
                sha256=row["sha256"], licence=row["licence"], retrieved_at=row["retrieved_at"],
                url=row["url"], published=row["published"], media_type=row["media_type"],
                compiled_by=row["compiled_by"], reader=row["reader"], as_at=row["as_at"],
                is_snapshot=row["is_snapshot"],
            ),
            records=self._records(release, statements),
            public_id=release,
            identities={
                each["statement"]: (
                    (each["inspection"], self._bodies[each["inspection"]]) if each["inspection"] else None
                )
                for each in statements
            },
            state=row["state"],
            superseded_by=row["superseded_by"],
            events=[self._event(each) for each in self._events.get((release,), [])] if self._logs else None,
            values=self._figures.values(release),
        )  # fmt: skip

    def _event(self, row: Row) -> changelog.Kept:
        return changelog.Kept(
            sequence=self._numbers[row["sequence"]],
            position=row["position"],
            at=row["at"],
            change=Change(
                kind=row["kind"], inspection=row["inspection"], body_id=row["body"], field=row["field"],
                before=row["before"], after=row["after"], direction=row["direction"], on=row["on"],
            ),
            first_load=row["first_load"],
        )  # fmt: skip

    def _records(self, release: str, statements: Sequence[Row]) -> Iterator[Record]:
        """Made as they are asked for: those of one release at a time are enough to hold."""
        yield from self.places.of(release)
        yield from (self._inspection(each) for each in statements)
        yield from (_total(each) for each in self._totals.get((release,), []))
        yield from self._figures.measures(release)

    def _inspection(self, row: Row) -> InspectionRecord:
        def part(name: str) -> Sequence[Row]:
            return self._parts[name].get((row["release"], row["statement"]), [])

        return InspectionRecord(
            publisher=row["publisher"],
            framework=row["framework"],
            body=BodyRef(
                name=row["body_name"], urn=row["body_urn"], gss_code=row["body_gss"], kind=row["body_kind"],
                body_id=row["body_ref"],
            ),
            form=row["form"],
            title=row["title"],
            inspection_start=row["inspection_start"],
            inspection_end=row["inspection_end"],
            published=row["published"],
            published_source=row["published_source"],
            lead_inspector=row["lead_inspector"],
            pages=row["pages"],
            report_url=row["report_url"],
            reference=row["reference"],
            date_precision=row["date_precision"],
            judgements=tuple(
                JudgementRecord(
                    question=each["question"], question_key=each["question_key"],
                    grade_printed=each["grade_printed"], grade=each["grade"], subject=each["subject"],
                    score=each["score"], address=_address(each),
                )
                for each in part("judgements")
            ),
            improve=tuple(
                RecommendationRecord(
                    ordinal=each["ordinal"], list_kind=each["list_kind"], text=each["text"],
                    heading=each["heading"], subheading=each["subheading"],
                    printed_number=each["printed_number"], responsible_body=each["responsible_body"],
                    address=_address(each),
                )
                for each in part("recommendations")
            ),
            findings=tuple(
                FindingRecord(
                    ordinal=each["ordinal"], section=each["section"], text=each["text"],
                    paragraph=each["paragraph"], address=_address(each),
                )
                for each in part("findings")
            ),
            looks_back=tuple(
                LookBackRecord(
                    ordinal=each["ordinal"], text=each["text"], status=each["status"], address=_address(each)
                )
                for each in part("looks_back")
            ),
            problems=tuple(
                Problem(
                    kind=each["kind"], message=each["message"], field=each["field"], address=_address(each)
                )
                for each in part("problems")
            ),
            address=_address(row),
        )  # fmt: skip


def _total(row: Row) -> RatingTotal:
    return RatingTotal(
        framework=row["framework"],
        published=row["published"],
        grade=row["grade"],
        count=row["count"],
        note=row["note"],
        address=_address(row),
    )


def _address(row: Row) -> Address:
    box = None if row["x0"] is None else (row["x0"], row["y0"], row["x1"], row["y1"])
    return Address(page=row["page"], box=box, sheet=row["sheet"], row=row["row"])


def _add_decisions(tables: Mapping[str, pl.DataFrame]) -> int:
    """Add the corrections and decisions that the record does not have. Returns how many."""
    with only_writer(), transaction.atomic():  # another load may add the same
        return _add_what_is_new(tables)


def _add_what_is_new(tables: Mapping[str, pl.DataFrame]) -> int:
    had = set(Correction.objects.values_list("target", "field", "decided_at"))
    corrections = [
        Correction(target=row.pop("inspection"), **row)
        for row in tables["corrections"].iter_rows(named=True)
        if (row["inspection"], row["field"], row["decided_at"]) not in had
    ]
    decided = set(ReviewDecision.objects.values_list("item_key", "decided_at"))
    decisions = [
        ReviewDecision(item_key=row.pop("item"), **row)
        for row in tables["review_decisions"].iter_rows(named=True)
        if (row["item"], row["decided_at"]) not in decided
    ]
    Correction.objects.bulk_create(corrections)
    ReviewDecision.objects.bulk_create(decisions)
    return len(corrections) + len(decisions)
