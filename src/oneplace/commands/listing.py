"""A list of sources on a terminal of any width, or, into a pipe or a file, one whole line for each."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

# Where a terminal is wider, lines of prose would be hard to follow.
WIDEST = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One source: its name, its state, and lines beneath; `cells` are the same for machines."""

    name: str
    state: str
    style: str
    aside: str = ""  # at the end of the line of the name
    lines: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def show(entries: Iterable[Entry], headings: Sequence[str]) -> None:
    """Print them: on a terminal as blocks that wrap; elsewhere with tabs between the cells, under `headings`."""
    if not sys.stdout.isatty():
        click.echo("\t".join(headings))
        for one in entries:
            click.echo("\t".join(" ".join(cell.split()) for cell in one.cells))
        return
    out = Console(highlight=False)
    out.width = min(out.width, WIDEST)
    for one in entries:
        left = Text.assemble((one.name, "bold"), "  ", (one.state, one.style))
        gap = max(out.width - left.cell_len - len(one.aside), 2)
        out.print(Text.assemble(left, " " * gap if one.aside else "", one.aside), soft_wrap=True)
        for line in one.lines:
            out.print(Padding(Text(line), (0, 0, 0, 2)))
