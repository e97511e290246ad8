"""What Ofsted's tables of management information have alike: each form of them has headings of its own, and a file has
those of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from oneplace.sources.tables import csv_beginning

ENCODINGS = ("utf-8-sig", "cp1252")  # of social care, the editions of 2022 and 2024 are not UTF-8
DATES = ("%d/%m/%Y",)


class Headed(Protocol):
    """One form: all of its headings, and the row that they are in."""

    @property
    def header_row(self) -> int: ...

    @property
    def headings(self) -> tuple[str, ...]: ...


Layout = TypeVar("Layout", bound=Headed)


def nearest(path: Path, layouts: Sequence[Layout]) -> Layout:
    """The one whose headings the file has most of, in the row where that one has them; of two alike the first."""
    lines = csv_beginning(path, max(each.header_row for each in layouts), encodings=ENCODINGS)

    def share(layout: Layout) -> float:
        there = lines[layout.header_row - 1] if len(lines) >= layout.header_row else ()
        return sum(heading in there for heading in layout.headings) / len(layout.headings)

    return max(layouts, key=share)
