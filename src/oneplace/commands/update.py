"""`oneplace update [SOURCE…]`: fetch what is new of every open publication, and load it into the record."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oneplace.commands.record import open_record

if TYPE_CHECKING:
    from oneplace.sources import Source


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be fetched. The sites are asked what they have; nothing is saved or loaded.",
)
@click.option("--no-fetch", is_flag=True, help="Ask no site: only load the files that are here already.")
def update(names: tuple[str, ...], dry_run: bool, no_fetch: bool) -> None:
    """Fetch what is new and load it: of every publication that is open, or of each SOURCE named.

    Sites are asked one request at a time, with a pause between, and only for what has changed. A file that is not as
    its publisher usually sends it is put aside with the reason, and what the record had stays. One source that fails
    stops no other. Files that you have put into a source's folder (`oneplace sources SOURCE` says where) are loaded
    too.

    Exit status: 0 where all went well, 1 where something failed.
    """
    from oneplace.sources import sources

    if unknown := [name for name in names if name not in sources()]:
        raise click.UsageError(f"there is no source {unknown[0]!r}; `oneplace sources` lists them")
    if dry_run and no_fetch:
        raise click.UsageError("--dry-run asks the sites and --no-fetch asks none: give one of the two")
    chosen: list[Source] = [sources()[name] for name in names] or list(sources().values())
    open_record()
    from django.conf import settings

    from oneplace.commands.updating import Run, show_outcomes

    home = Path(settings.ONEPLACE_HOME)
    run = Run(home, only_named=bool(names), dry_run=dry_run, no_fetch=no_fetch)
    try:
        with only_update(home):
            outcomes = run.update(chosen)
    except KeyboardInterrupt:
        click.echo(
            "Stopped. Whole files are kept and what was loaded stays; run it again and it goes on.", err=True
        )
        raise SystemExit(130) from None
    show_outcomes(outcomes, dry_run=dry_run)
    if any(outcome.failed for outcome in outcomes):
        raise SystemExit(1)


@contextmanager
def only_update(home: Path) -> Iterator[None]:
    """Hold the lock of updates: a second one says so and stops. It is let go when the process ends, however it does."""
    with (home / "updating").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            by = lock.read().strip()
            who = f" (process {by})" if by else ""
            raise click.ClickException(f"another update is running{who}: wait for it, or stop it") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
