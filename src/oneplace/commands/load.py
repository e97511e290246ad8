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
        click.echo(
            f"Loaded {loaded.releases:,} releases with {loaded.statements:,} statements and "
            f"{loaded.values:,} values; "
            f"{loaded.already_known:,} were known, {loaded.older:,} are kept behind newer ones."
        )
    else:
        click.echo(f"The record has all {loaded.already_known:,} releases of this pack.")
    if loaded.corrections:
        click.echo(f"Added {loaded.corrections:,} corrections and decisions.")
