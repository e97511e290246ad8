"""The one error of the sources: an input that is not what its publisher usually sends."""

from __future__ import annotations

from pathlib import Path


class SourceError(ValueError):
    """What is wrong with a file, where, and what was expected. Nothing of the file was loaded.

    `row` counts from 1 with the header lines, as a spreadsheet shows it; each part is None where the
    fault is the whole file's.
    """

    def __init__(
        self,
        file: Path,
        expected: str,
        *,
        found: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file, self.sheet, self.row, self.column = file, sheet, row, column
        self.expected, self.found = expected, found
        places = [
            file.name,
            f"sheet {sheet}" if sheet else "",
            f"row {row}" if row else "",
            f"column “{column}”" if column else "",
        ]
        # On one line, whatever the cell has in it.
        seen = " ".join(found.split()) if found is not None else None
        saying = f"{expected} was expected" + (f", but it has “{seen}”" if seen is not None else "")
        super().__init__(", ".join(place for place in places if place) + f": {saying}. Nothing was loaded.")
