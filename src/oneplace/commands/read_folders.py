"""Folders of reports into the record: read over all cores, written by this process, a table at the end."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from oneplace.commands.record import open_record, said_plainly
from oneplace.reading.archive import as_published, read_all, report_files, sha256_of
from oneplace.reading.read import READER_VERSION, UnreadableReport

if TYPE_CHECKING:
    from oneplace.records import InspectionRecord, ReleaseRecord


@dataclass(slots=True)
class Tally:
    """What became of the files, for the table at the end."""

    read: int = 0
    known: int = 0
    to_look_at: int = 0
    new_inspections: int = 0
    failed: list[UnreadableReport] = field(default_factory=list)


def record_folders(folders: list[Path], workers: int | None, *, again: bool) -> None:
    """Read every new report of the folders into the record and say what was read, known and failed.

    Stopped at any moment, what was written stays and the next run goes on from there. Raises `click.ClickException`
    where a folder holds no PDF.
    """
    files = [file for folder in folders for file in report_files(folder)]
    if not files:
        named = ", ".join(str(folder) for folder in folders)
        raise click.ClickException(f"{named}: there is no file here whose name ends in .pdf")
    open_record()
    refuse_without_councils()
    started = time.monotonic()
    console = Console(stderr=True, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    from oneplace.evidence.errors import EvidenceError

    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=len(files))
        try:
            with said_plainly(EvidenceError):
                tally = read_into_record(
                    files, workers, again=again, done=lambda more: bar.advance(task, more)
                )
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. What was written stays; run it again and it goes on from there.", err=True)
            raise SystemExit(130) from None
    _show(tally, time.monotonic() - started)


def refuse_without_councils() -> None:
    """Raise `click.ClickException` where the record knows no councils yet whose reports these could be."""
    from oneplace.places import queries as places

    if not places.areas_responsible_for_children(dt.datetime.now(dt.UTC).date()):
        raise click.ClickException(
            "the record has no councils yet: load the bundled pack first, with `oneplace load`"
        )


def read_into_record(
    files: list[Path],
    workers: int | None = None,
    *,
    again: bool = False,
    done: Callable[[int], None] = lambda more: None,
    urls: Mapping[Path, str] | None = None,
) -> Tally:
    """Read the reports that the record does not have yet, and publish what they say. The record is open.

    `done` is called with how many more files are dealt with. `urls` says where files were fetched from. One that
    cannot be read stops nothing and is in the tally. Stopped at any moment, what was written stays.
    """
    from oneplace.archive.actions import remember_files
    from oneplace.evidence import actions, queries

    tally = Tally()
    known = frozenset() if again else queries.known_shas("ofsted_reports", READER_VERSION)
    hashed = dict(_hashed(files, tally))
    remember_files((sha256, path) for path, sha256 in hashed.items())
    new = [path for path, sha256 in hashed.items() if sha256 not in known]
    tally.known = len(hashed) - len(new)
    done(tally.known + len(tally.failed))

    def readings() -> Iterator[tuple[ReleaseRecord, list[InspectionRecord]]]:
        for outcome in read_all(new, workers):
            done(1)
            if isinstance(outcome, UnreadableReport):
                tally.failed.append(outcome)
                continue
            release, reading = as_published(outcome)
            tally.to_look_at += bool(reading.inspection.problems)
            url = (urls or {}).get(Path(outcome.path))
            yield (replace(release, url=url) if url else release), [reading.inspection]

    for published in actions.publish_many(readings()):
        if published.already_known:
            tally.known += 1
        else:
            tally.read += 1
            tally.new_inspections += published.counts.new_inspections
    return tally


def _hashed(files: list[Path], tally: Tally) -> Iterator[tuple[Path, str]]:
    """Each file with its SHA-256. One that cannot be opened has failed already."""
    for path in files:
        try:
            yield path, sha256_of(path)
        except OSError as error:
            tally.failed.append(
                UnreadableReport(str(path), "", "missing", f"the file cannot be opened: {error.strerror}")
            )


def _show(tally: Tally, seconds: float) -> None:
    out = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    reports = "report" if tally.read == 1 else "reports"
    table.add_row(str(tally.read), f"{reports} read into the record, in {seconds:.1f} seconds")
    table.add_row(str(tally.known), "already known")
    table.add_row(str(len(tally.failed)), "failed")
    if tally.new_inspections:
        table.add_row(str(tally.new_inspections), "inspections that the record did not have")
    if tally.to_look_at:
        table.add_row(str(tally.to_look_at), "with something to look at: see `oneplace review`")
    out.print(table)
    if tally.failed:
        why = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="Failed, and why", title_justify="left")
        why.add_column("File", no_wrap=True, overflow="fold")
        why.add_column("Why")
        for unreadable in tally.failed:
            path = Path(unreadable.path)
            reason = Text(f"{unreadable.kind}: ", style="bold") + Text(unreadable.message)
            why.add_row(Text(f"{path.parent.name}/{path.name}"), reason)
        out.print(why)
    kinds = Counter(unreadable.kind for unreadable in tally.failed)
    if kinds["reader_fault"]:
        out.print("Where the kind is reader_fault the fault is ours: please report it with the file.")
