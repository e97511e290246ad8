"""`oneplace read`: what reports say, printed, as JSON, or a whole folder into the record.

Printing needs no database and no Django; only a folder without `--json` goes into the record.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from oneplace.reading.archive import Outcome, read_all, report_files
from oneplace.reading.as_json import as_json
from oneplace.reading.read import UnreadableReport

# Fewer files than this are read sooner in one process than two can be started.
_WORTH_A_SECOND_PROCESS = 3


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="REPORT.pdf… | FOLDER"
)
@click.option(
    "--json", "to_json", is_flag=True, help="One JSON object a line for each report; nothing is recorded."
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes to read with.  [default: one a core]")
@click.option("--again", is_flag=True, help="Read a folder's files again although the record has them.")
def read(paths: tuple[Path, ...], to_json: bool, workers: int | None, again: bool) -> None:
    """Read inspection reports.

    A report's PDF is read and what it says is printed; several are printed one after the other. A FOLDER is read into
    the record, over all cores: what the record already knows is skipped, and a table at the end says what was read,
    what was known and what failed, and why.

    Exit status: 1 where a report named here could not be read; a folder's unreadable files are listed and do not stop
    the rest.
    """
    folders = [path for path in paths if path.is_dir()]
    if folders and not to_json:
        if len(folders) < len(paths):
            raise click.UsageError("give either reports to print or folders to record, not both at once")
        from oneplace.commands.read_folders import record_folders

        record_folders(folders, workers, again=again)
        return
    files = [file for path in paths for file in (report_files(path) if path.is_dir() else [path])]
    if not files:
        named = ", ".join(str(path) for path in paths)
        raise click.ClickException(f"{named}: there is no file here whose name ends in .pdf")
    failed = 0
    for outcome in _outcomes(files, workers):
        failed += isinstance(outcome, UnreadableReport)
        if to_json:
            sys.stdout.write(as_json(outcome) + "\n")
        elif isinstance(outcome, UnreadableReport):
            click.echo(f"{outcome.path}: {outcome.kind}: {outcome.message}", err=True)
        else:
            from oneplace.commands.reading_in_a_terminal import show

            show(outcome)
    sys.stdout.flush()
    if failed:
        raise SystemExit(1)


def _outcomes(files: list[Path], workers: int | None) -> Iterator[Outcome]:
    if len(files) < _WORTH_A_SECOND_PROCESS:
        workers = 1
    yield from read_all(files, workers)
