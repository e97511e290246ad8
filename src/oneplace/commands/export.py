"""`oneplace export DIR`: the whole record as Parquet files with a `datapackage.json`."""

from __future__ import annotations

from pathlib import Path

import click

from oneplace.commands.record import open_record


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--facts-only", is_flag=True, help="Leave out the inspectorates' sentences.")
def export(folder: Path, facts_only: bool) -> None:
    """Write the whole record into FOLDER: one Parquet file a table, and a datapackage.json about them.

    The same record gives the same files, byte for byte. `oneplace load FOLDER` loads them again.

    What the points that must improve are about, our topics, is not among them: a topic is our reading of a point's
    words, made anew from the words by the software. docs/reference/search.md says where the topics are.
    """
    open_record()
    from oneplace.evidence.pack import export_pack

    exported = export_pack(folder, facts_only=facts_only)
    for table, rows in exported.rows.items():
        click.echo(f"{rows:>9,}  {table}")
    click.echo(f"{exported.size:>9,}  bytes in {exported.folder}")
