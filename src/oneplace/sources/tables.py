"""Rows of a published table, each knowing where it stands, so that every fault can say so.

Two formats: CSV with the header on the first line, and OpenDocument sheets with title lines above it.
Everything is text until a source asks for more.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import fastexcel

from oneplace.records import Address
from oneplace.sources.errors import SourceError

# Children's services, their inspections and the registers of them are all later than this and, for a
# printed date, none is more than a year ahead: anything else is a slip of the keys.
EARLIEST = dt.date(1965, 4, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column heading, as text without the white space around it."""

    file: Path
    sheet: str | None
    number: int
    cells: dict[str, str]

    @property
    def address(self) -> Address:
        return Address(sheet=self.sheet, row=self.number)

    def fault(self, column: str, expected: str) -> SourceError:
        """An error about one cell, ready to raise."""
        return SourceError(
            self.file,
            expected,
            found=self.cells.get(column),
            sheet=self.sheet,
            row=self.number,
            column=column,
        )

    def optional(self, column: str) -> str | None:
        return self.cells[column] or None

    def text(self, column: str) -> str:
        if value := self.cells[column]:
            return value
        raise self.fault(column, "a value")

    def whole_number(self, column: str) -> int:
        value = self.text(column)
        if not value.isascii() or not value.isdigit() or int(value) < 1:
            raise self.fault(column, "a whole number from 1 on")
        return int(value)

    def decimal(self, column: str) -> float | None:
        if not (value := self.cells[column]):
            return None
        try:
            return float(value)
        except ValueError:
            raise self.fault(column, "a number or an empty cell") from None

    def one_of(self, column: str, choices: Sequence[str]) -> str:
        value = self.text(column)
        if value not in choices:
            raise self.fault(column, f"one of {', '.join(choices)}")
        return value

    def date(self, column: str, layouts: Sequence[str]) -> dt.date:
        self.text(column)
        found = self.optional_date(column, layouts)
        assert found is not None
        return found

    def optional_date(self, column: str, layouts: Sequence[str]) -> dt.date | None:
        """A date in the first of `layouts` (as `strptime` has them) that fits, or None for an empty cell."""
        if not (value := self.cells[column]):
            return None
        for layout in layouts:
            try:
                found = dt.datetime.strptime(value, layout).replace(tzinfo=dt.UTC).date()
            except ValueError:
                continue
            latest = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=366)
            if not EARLIEST <= found <= latest:
                raise self.fault(column, f"a date from {EARLIEST} to {latest}")
            return found
        example = dt.date(2024, 3, 31).strftime(layouts[0])
        raise self.fault(column, f"a date like {example}")


def csv_rows(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Every row of a CSV file whose first line names at least `columns`. UTF-8, with or without a mark."""
    text = _text_of(path)
    if not text.endswith("\n"):
        raise SourceError(path, "a whole file that ends with its last line", found=text[-40:])
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        raise SourceError(path, "a CSV table with its quotes closed", found=str(fault)) from fault
    header = [cell.strip() for cell in lines[0]] if lines else []
    _check_header(path, None, 1, header, columns)
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(header):
            expected = f"{len(header)} cells, as in the header,"
            raise SourceError(path, expected, found=f"{len(line)} cells", row=number)
        cells = {name: cell.strip() for name, cell in zip(header, line, strict=True)}
        rows.append(Row(path, None, number, cells))
    if not rows:
        raise SourceError(path, "at least one row under the header")
    return tuple(rows)


def ods_rows(path: Path, sheet: str, header_row: int, columns: Sequence[str]) -> tuple[Row, ...]:
    """Every row of a sheet under its header, which must be exactly `columns` in that order.

    Dates come as "2024-03-31T00:00:00", the way that the sheet's own date cells are written out.
    """
    book = _workbook(path)
    if sheet not in book.sheet_names:
        expected = f"a sheet “{sheet}”"
        raise SourceError(path, expected, found=", ".join(book.sheet_names))
    table = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars().rows()
    as_text = [[str(cell).strip() if cell is not None else "" for cell in line] for line in table]
    header = as_text[header_row - 1] if len(as_text) >= header_row else []
    _check_header(path, sheet, header_row, header, columns)
    rows = [
        Row(path, sheet, number, dict(zip(header, line, strict=True)))
        for number, line in enumerate(as_text[header_row:], header_row + 1)
        if any(line)
    ]
    if not rows:
        raise SourceError(path, "at least one row under the header", sheet=sheet)
    return tuple(rows)


def _workbook(path: Path) -> fastexcel.ExcelReader:
    content = _bytes_of(path)
    if not content.startswith(b"PK"):
        raise SourceError(path, "an OpenDocument spreadsheet", found=_beginning(content))
    try:
        return fastexcel.read_excel(content)
    except Exception as fault:  # calamine raises its own kinds, one for each broken part
        raise SourceError(path, "a whole OpenDocument spreadsheet", found=str(fault)[:80]) from fault


def _text_of(path: Path) -> str:
    content = _bytes_of(path)
    if content.lstrip()[:1] == b"<":
        raise SourceError(path, "a CSV table, not a web page,", found=_beginning(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise SourceError(path, "text in UTF-8", row=line) from fault


def _bytes_of(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    if not content.strip():
        raise SourceError(path, "a table, not an empty file,")
    return content


def _beginning(content: bytes) -> str:
    return " ".join(content[:40].decode("ascii", "replace").split())


def _check_header(
    path: Path, sheet: str | None, row: int, header: Sequence[str], columns: Sequence[str]
) -> None:
    if repeated := next((name for name in header if name and list(header).count(name) > 1), None):
        raise SourceError(path, "each heading once", sheet=sheet, row=row, column=repeated)
    if missing := next((name for name in columns if name not in header), None):
        raise SourceError(
            path, f"a column “{missing}”", found=", ".join(header)[:300], sheet=sheet, row=row, column=missing
        )


def by_key(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows gathered by a key, both in the order of the file."""
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(key(row), []).append(row)
    return gathered
