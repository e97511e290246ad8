"""`oneplace ingest SOURCE FILE…`: publish a source's files into the record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oneplace.commands.older_editions import told_of_older
from oneplace.commands.progress import loading
from oneplace.commands.record import open_record, said_plainly
from oneplace.commands.unplaced import told_of_unplaced

if TYPE_CHECKING:
    from oneplace.records import Record, ReleaseRecord


@click.command()
@click.argument("source")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--retrieved",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the files were fetched.  [default: when each was last written]",
)
@click.option(
    "--replace",
    "insists",
    is_flag=True,
    help="The publisher did take out what FILES leave out: they replace what the record has.",
)
@click.option(
    "--add",
    "adds",
    is_flag=True,
    help="FILES have new rows alone, of a table that people type: they stand beside the rows that the record has.",
)
def ingest(
    source: str, files: tuple[Path, ...], retrieved: dt.datetime | None, insists: bool, adds: bool
) -> None:
    """Publish FILES of SOURCE into the record. A file that the record has already is left alone.

    A file that is not as its publisher usually sends it is refused as a whole, with the row and column. So is one that
    leaves out much of what the edition before it has (a tenth of the bodies in it, a twentieth of anything else), as
    it may have been cut short: the edition before it stays. Inspections that a newer edition leaves out are named. A
    file that describes an earlier day than the one that the record has is kept behind it. With --replace it is loaded
    all the same.

    With --add a file of new rows stands beside what is there; one of the same name takes the place of what it said
    before.
    """
    from oneplace.records import ADDED
    from oneplace.sources import SourceError, sources

    if source not in sources():
        raise click.UsageError(f"there is no source {source!r}; there are {', '.join(sources())}")
    if adds and insists:
        raise click.UsageError(
            "--add leaves what is there and --replace takes its place: give one of the two"
        )
    if adds and not sources()[source].grows:
        growing = ", ".join(name for name, each in sources().items() if each.grows)
        raise click.UsageError(
            f"the editions of {source} are whole: give the whole file, without --add. People add rows to {growing}"
        )
    when = retrieved.replace(tzinfo=dt.UTC) if retrieved else None
    open_record()
    from oneplace.evidence import actions, queries
    from oneplace.evidence.errors import EvidenceError, LeavesMuchOut, UnplacedValue
    from oneplace.places.actions import RegisterError

    names: dict[str, str] = {}  # of the files that hold the releases, by SHA-256

    def parcels() -> Iterator[tuple[ReleaseRecord, tuple[Record, ...]]]:
        for file in files:
            for release, records in sources()[source].releases(file):
                names[release.sha256] = file.name
                if adds:
                    release = replace(release, slot=f"{ADDED}{file.name}")
                yield (replace(release, retrieved_at=when) if when else release), records

    with said_plainly(SourceError, RegisterError, EvidenceError):
        read = list(parcels())
        with loading(source, sum(len(records) for _, records in read)) as progress:
            try:
                results = list(actions.publish_many(read, progress, insists=insists))
            except LeavesMuchOut as fault:
                raise EvidenceError(f"{names[fault.release.sha256]}: {fault}") from fault
            except UnplacedValue as fault:
                told = told_of_unplaced(fault, sources()[source], names[fault.release.sha256])
                raise EvidenceError(told) from fault
    kinds = Counter(
        "already known" if each.already_known else "kept behind a newer one" if each.is_older else "published"
        for each in results
    )
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    brought = ", ".join(
        f"{number:,} {what if number != 1 else what.replace('things', 'thing')}"
        for what, name in _COUNTED
        if (number := sum(getattr(each.counts, name) for each in results))
    )
    click.echo(f"{source}: releases {said}; {brought or 'nothing new'}")
    changed = sum((Counter(each.changed) for each in results), Counter[str]())
    if found := [f"{changed[kind]:,} {words}" for kind, words in _CHANGED.items() if changed[kind]]:
        click.echo(f"  against what the record had: {', '.join(found)}")
    for (release, _), each in zip(read, results, strict=True):
        if each.already_known and (held := queries.release(each.release_id)) and held.state != "live":
            click.echo(
                f"  {names[release.sha256]}: the record has had this very file, and it is {held.state} since: "
                "what is shown stays"
            )
        if each.is_older:
            click.echo(f"  {names[release.sha256]}: {told_of_older(each)}")
    for warning in dict.fromkeys(warning for each in results for warning in each.warnings):
        click.echo(f"  {warning}", err=True)


# What it changed in the record, by the kinds of the change log.
_CHANGED = {
    "new": "new",
    "changed_grade": "with another grade than the body had",
    "corrected": "corrected",
    "withdrawn": "no longer listed",
}
# What a release brought, as it is told, and the name of its count.
_COUNTED = (
    ("areas", "areas"),
    ("bodies", "bodies"),
    ("inspections", "statements"),
    ("said before", "unchanged"),
    ("things for review", "problems"),
    ("totals", "totals"),
    ("measures", "measures"),
    ("figures", "values"),
    ("likenesses", "similar"),
    ("boundaries", "boundaries"),
    ("names of areas", "names"),
    ("postcodes", "postcodes"),
)
