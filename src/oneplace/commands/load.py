"""`oneplace load`: load a pack that `oneplace export` wrote, or the one that comes with Oneplace."""

from __future__ import annotations

from pathlib import Path

import click

from oneplace.commands.progress import loading
from oneplace.commands.record import open_record, said_plainly

BUNDLED = "pack"


@click.command()
@click.argument("folder", default=BUNDLED)
def load(folder: str) -> None:
    """Load the evidence pack in FOLDER; "pack", or nothing, means the one that comes with Oneplace.

    What the record has already is left alone. A pack with a fault is refused before anything is written.
    """
    open_record()
    from oneplace.evidence.errors import EvidenceError
    from oneplace.evidence.pack import bundled_pack, load_pack
    from oneplace.places.actions import RegisterError

    with said_plainly(EvidenceError, RegisterError):
        loaded = load_pack(bundled_pack() if folder == BUNDLED else Path(folder), loading)
    if loaded.releases or loaded.older:
        beside = [
            f"{loaded.already_known:,} were there already" if loaded.already_known else "",
            f"{loaded.older:,} are older than what is there and stay behind it" if loaded.older else "",
        ]
        click.echo(
            f"Loaded {loaded.releases:,} releases with {loaded.statements:,} statements about inspections and "
            f"{loaded.values:,} figures" + "".join(f"; {each}" for each in beside if each) + "."
        )
    else:
        click.echo(f"The record has all {loaded.already_known:,} releases of this pack.")
    if loaded.corrections:
        click.echo(f"Added {loaded.corrections:,} corrections and decisions.")
