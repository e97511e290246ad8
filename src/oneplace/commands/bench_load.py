"""`oneplace bench load`: how long large publications take, beside bare reading of the same file."""

from __future__ import annotations

import importlib
import pkgutil
import statistics
import tempfile
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from oneplace.commands import load_benchmarks
from oneplace.commands.load_benchmarks import NotMeasured, Result, Setting


def parts() -> tuple[str, ...]:
    """The names of the parts: the modules of `load_benchmarks`."""
    return tuple(sorted(each.name for each in pkgutil.iter_modules(load_benchmarks.__path__)))


@click.command()
@click.argument("part", nargs=-1, type=click.Choice(parts()))
@click.option(
    "--rounds",
    default=3,
    show_default=True,
    type=click.IntRange(1, 20),
    help="Passes of each, one after the other in turn.",
)
@click.option(
    "--publications",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with real publications; without it files in the real layout are made.",
)
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    help="Make files of so many rows; without it as long as the goal says.",
)
def load(part: tuple[str, ...], rounds: int, publications: Path | None, rows: int | None) -> None:
    """Our loading against bare reading of the same file; every PART, or those that are named."""
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, title=f"{rounds} rounds, one process each; seconds are medians")
    for column in ("", "rows", "ours s", "reference s", "ratio", "ours MB", "reference MB"):
        table.add_column(column, justify="right" if column else "left")
    notes: list[str] = []
    for name in part or parts():
        module = importlib.import_module(f"{load_benchmarks.__name__}.{name}")
        with tempfile.TemporaryDirectory(prefix=f"oneplace-bench-{name}-") as folder:
            try:
                result: Result = module.measure(Setting(Path(folder), rounds, publications, rows))
            except NotMeasured as why:
                notes.append(f"{name}: not measured: {why}")
                continue
        table.add_row(*_row(name, result))
        notes += _notes(name, result)
    if table.row_count:
        console.print(table)
    for note in notes:
        console.print(note)


def _row(name: str, result: Result) -> tuple[str, ...]:
    ours = statistics.median(each.seconds for each in result.ours)
    reference = statistics.median(each.seconds for each in result.reference)
    return (
        name,
        f"{result.rows:,}",
        f"{ours:.2f}",
        f"{reference:.2f}",
        f"{ours / reference:.2f}",
        f"{max(each.memory for each in result.ours):.0f}",
        f"{max(each.memory for each in result.reference):.0f}",
    )


def _notes(name: str, result: Result) -> list[str]:
    ratios = sorted(o.seconds / r.seconds for o, r in zip(result.ours, result.reference, strict=True))
    goal = f"; goal {result.goal}" if result.goal else ""
    return [
        f"{name}: {result.title}",
        f"    ours / {result.reference_name}, pair by pair: median {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f}){goal}",
        *(f"    {note}" for note in result.notes),
    ]
