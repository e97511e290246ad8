"""Rows of a published table, each knowing where it stands, so that every fault can say so.

Two formats: CSV, and the sheets of OpenDocument and Excel workbooks; title lines may stand above the header.
Everything is text until a source asks for more.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import fastexcel

from oneplace.frameworks import Framework, UnknownGrade, grade_of
from oneplace.records import Address, JudgementRecord
from oneplace.sources.days import EARLIEST, latest_day
from oneplace.sources.errors import SourceError
from oneplace.sources.numbers import number_in
from oneplace.sources.text_files import beginning_of, text_of
from oneplace.sources.whole_files import LARGEST, whole_file

# The longest of the tables that are read as a whole has 641,770 rows. Longer ones are streamed.
MOST_ROWS = 1_000_000
_CHUNK = 1 << 20
_MOST_TITLE_LINES = 1_000
# How far below its place a header is looked for, so that the reader of an error need not.
_AROUND = 20
# Where a row of a workbook ends; an OpenDocument row may say that it stands for several.
_ROW_ENDS = {".ods": (b"</table:table-row>", "content.xml"), ".xlsx": (b"</row>", "xl/worksheets/")}
_REPEATED = re.compile(rb"<table:table-row\s[^>]*?number-rows-repeated=[\"'](\d{1,12})[\"']")
# A cell with something in it that stands for several: empty ones, to the end of a sheet, are nothing.
_WIDE = re.compile(
    rb"<table:table-cell\s(?=[^>]*office:value-type)[^>]*?number-columns-repeated=[\"'](\d{1,12})[\"']"
)
# What repeated cells may come to in one file: real ones have thousands.
_MOST_REPEATED = 5_000_000


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

    def like(self, column: str, pattern: str, expected: str) -> str:
        """The text of a cell that a pattern fits: a code or a number that names something."""
        value = self.text(column)
        if not re.fullmatch(pattern, value, re.ASCII):
            raise self.fault(column, expected)
        return value

    def gss_code(self, column: str) -> str:
        """The code of an English area."""
        return self.like(column, r"E\d{8}", "an area's code like E09000014")

    def ofsted_number(self, column: str) -> str:
        """What Ofsted knows a council by."""
        return self.like(column, r"\d{5,7}", "a council's number with Ofsted, like 80426")

    def whole_number(self, column: str) -> int:
        value = self.text(column)
        if not value.isascii() or not value.isdigit() or int(value) < 1:
            raise self.fault(column, "a whole number from 1 on")
        return int(value)

    def decimal(self, column: str) -> float | None:
        if not (value := self.cells[column]):
            return None
        if (number := number_in(value)) is None:
            raise self.fault(column, "a number or an empty cell")
        return number

    def one_of(self, column: str, choices: Sequence[str]) -> str:
        value = self.text(column)
        if value not in choices:
            raise self.fault(column, f"one of {', '.join(choices)}")
        return value

    def grade(self, column: str, framework: Framework) -> str:
        """The key of the grade that a cell prints."""
        try:
            return grade_of(framework, self.text(column))
        except UnknownGrade as unknown:
            raise self.fault(column, a_grade_of(framework)) from unknown

    def judgement(
        self,
        column: str,
        framework: Framework,
        key: str,
        *,
        wording: str = "",
        subject: str = "",
        score: float | None = None,
    ) -> JudgementRecord:
        """The grade in a cell for the framework's question `key`. `wording`: the question as it is printed."""
        question = framework.question(key)
        if question is None:
            raise self.fault(column, f"nothing, as “{framework.name}” has no such grade,")
        return JudgementRecord(
            question=wording or question.label,
            question_key=question.key,
            grade_printed=self.text(column),
            grade=self.grade(column, framework),
            subject=subject,
            score=score,
            address=self.address,
        )

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
            latest = latest_day()
            if not EARLIEST <= found <= latest:
                raise self.fault(column, f"a date from {EARLIEST} to {latest}")
            return found
        example = dt.date(2024, 3, 31).strftime(layouts[0])
        raise self.fault(column, f"a date like {example}")


def a_grade_of(framework: Framework) -> str:
    """The grades that a cell may print, as people read them."""
    return "one of " + ", ".join(f"“{grade.label}”" for grade in framework.grades)


def csv_rows(
    path: Path,
    columns: Sequence[str],
    *,
    header_row: int = 1,
    encodings: Sequence[str] = ("utf-8-sig",),
    most: int | None = None,
    ended: bool = True,
) -> tuple[Row, ...]:
    """Every row of a CSV file under its header, which names at least `columns`.

    Title lines stand above the header where `header_row` is not 1. The first of `encodings` that fits all of
    the file is its own; one that has letters in UTF-8 is in no other. A heading over several lines is one with
    spaces. Empty lines are left out. A file whose last line has no end was cut off, but for editions that were
    published so (`ended` is false). A file of more than `most` rows (`MOST_ROWS`) is refused, and not read beyond
    them.
    """
    most = MOST_ROWS if most is None else most
    content, is_whole = _lines_of(path, header_row + most)
    if not is_whole:
        raise _too_long(path, None, most)
    text = text_of(path, content, encodings)
    if ended and not text.endswith("\n"):
        raise SourceError(path, "a whole file that ends with its last line", found=text[-40:])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[Row] = []
    try:
        for number, line in enumerate(reader, 1):
            if number == header_row:
                header = [" ".join(cell.split()) for cell in line]
                _check_header(
                    path,
                    None,
                    header_row,
                    header,
                    columns,
                    lambda: csv_beginning(path, header_row + _AROUND, encodings=encodings),
                )
            elif number > header_row and line:
                rows.append(_row(path, number, header, line))
    except csv.Error as fault:
        raise SourceError(path, "a CSV table with its quotes closed", found=str(fault)) from fault
    if not header:
        _check_header(path, None, header_row, header, columns, tuple)
    if not rows:
        raise SourceError(path, "at least one row under the header")
    return tuple(rows)


def csv_beginning(
    path: Path, lines: int, *, encodings: Sequence[str] = ("utf-8-sig",)
) -> tuple[tuple[str, ...], ...]:
    """The first lines of a CSV file, cell by cell: its title, and which of its publication's headers it has."""
    content, _ = _lines_of(path, lines + _MOST_TITLE_LINES)
    reader = csv.reader(io.StringIO(text_of(path, content, encodings), newline=""))
    try:
        return tuple(tuple(" ".join(cell.split()) for cell in line) for line in islice(reader, lines))
    except csv.Error as fault:
        raise SourceError(path, "a CSV table", found=str(fault)) from fault


def _row(path: Path, number: int, header: list[str], line: list[str]) -> Row:
    if len(line) != len(header):
        expected = f"{len(header)} cells, as in the header,"
        raise SourceError(path, expected, found=f"{len(line)} cells", row=number)
    return Row(path, None, number, {name: cell.strip() for name, cell in zip(header, line, strict=True)})


def sheet_rows(
    path: Path, sheet: str, header_row: int, columns: Sequence[str], *, most: int | None = None
) -> tuple[Row, ...]:
    """Every row of a sheet of an OpenDocument or Excel workbook under its header, which names at least `columns`.

    Dates come as "2024-03-31T00:00:00", the way that the sheet's own date cells are written out. Numbers
    come as they are stored: "12.3", "7". Empty rows are left out, and `row` is the sheet's own number.
    """
    most = MOST_ROWS if most is None else most
    book = _workbook(path, header_row, most)
    if sheet not in book.sheet_names:
        expected = f"a sheet “{sheet}”"
        raise SourceError(path, expected, found=", ".join(book.sheet_names))
    # Calamine starts a sheet at its first row that is not empty; with the header row given it does not.
    table = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
    if len(table) > header_row + most:
        raise _too_long(path, sheet, most)
    as_text = [[str(cell).strip() if cell is not None else "" for cell in line] for line in table]
    header = (
        [" ".join(cell.split()) for cell in as_text[header_row - 1]] if len(as_text) >= header_row else []
    )
    _check_header(path, sheet, header_row, header, columns, lambda: as_text[: header_row + _AROUND])
    rows = [
        Row(path, sheet, number, dict(zip(header, line, strict=True)))
        for number, line in enumerate(as_text[header_row:], header_row + 1)
        if any(line)
    ]
    if not rows:
        raise SourceError(path, "at least one row under the header", sheet=sheet)
    return tuple(rows)


def unique(rows: Sequence[Row], columns: Sequence[str], expected: str) -> None:
    """Refuse a table in which two rows say the same in all of `columns`, whatever their capitals.

    The second row is named, with the last of the columns. `expected`: "a council once".
    """
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        said = tuple(row.cells[column].casefold() for column in columns)
        first = seen.setdefault(said, row.number)
        if first != row.number:
            raise row.fault(columns[-1], f"{expected} (row {first} has it too)")


def _too_long(path: Path, sheet: str | None, most: int) -> SourceError:
    return SourceError(path, f"a table of at most {most:,} rows", sheet=sheet, row=most)


def _workbook(path: Path, header_row: int, most: int) -> fastexcel.ExcelReader:
    kind = "an OpenDocument spreadsheet" if path.suffix == ".ods" else "an Excel workbook"
    content = _bytes_of(path)
    if not content.startswith(b"PK"):
        raise SourceError(path, kind, found=beginning_of(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > LARGEST:
                raise SourceError(
                    path, f"{kind} of at most {LARGEST:,} bytes unpacked", found=f"{unpacked:,}"
                )
            for part in parts.infolist():
                if part.filename.startswith(_ROW_ENDS.get(path.suffix, _ROW_ENDS[".xlsx"])[1]):
                    with parts.open(part) as sheets:
                        _count_rows(path, sheets, header_row, most)
        return fastexcel.read_excel(content)
    except SourceError:
        raise
    except Exception as fault:  # calamine raises its own kinds, one for each broken part
        whole = kind.replace("an ", "a whole ", 1)
        raise SourceError(path, whole, found=str(fault)[:80]) from fault


def _count_rows(path: Path, sheets: IO[bytes], header_row: int, most: int) -> None:
    """Refuse sheets of more filled rows than `most`, or of far more cells, before a library makes all in memory."""
    end, found, rest = _ROW_ENDS.get(path.suffix, _ROW_ENDS[".xlsx"])[0], 0, b""
    cells = 0
    while chunk := sheets.read(_CHUNK):
        *rows, rest = (rest + chunk).split(end)
        for row in rows:
            if b"</table:table>" in row or b"<sheetData" in row:
                found = 0
            if b"office:value-type" in row or b"<c" in row:
                repeated = _REPEATED.match(row, max(0, row.rfind(b"<table:table-row")))
                times = int(repeated[1]) if repeated else 1
                found += times
                if b"number-columns-repeated" in row:
                    cells += times * sum(map(int, _WIDE.findall(row)))
                    if cells > _MOST_REPEATED:
                        raise SourceError(path, f"at most {_MOST_REPEATED:,} cells that are repeated")
            if found > header_row + most:
                raise _too_long(path, None, most)


def _lines_of(path: Path, most: int) -> tuple[bytes, bool]:
    """The first lines of a file, and whether that is all of it."""
    parts: list[bytes] = []
    lines = 0
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise SourceError(path, f"a file of at most {LARGEST:,} bytes", found=f"{size:,}")
        with path.open("rb") as file:
            while lines <= most and (chunk := file.read(_CHUNK)):
                lines += chunk.count(b"\n")
                parts.append(chunk)
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    content = b"".join(parts)
    if not content.strip():
        raise SourceError(path, "a table, not an empty file,")
    if lines <= most:
        return content, True
    end = -1
    for _ in range(most):
        end = content.index(b"\n", end + 1)
    return content[: end + 1], False


def _bytes_of(path: Path) -> bytes:
    content = whole_file(path)
    if not content.strip():
        raise SourceError(path, "a table, not an empty file,")
    return content


def _check_header(
    path: Path,
    sheet: str | None,
    row: int,
    header: Sequence[str],
    columns: Sequence[str],
    beginning: Callable[[], Sequence[Sequence[str]]],
) -> None:
    """Refuse a header without one of `columns`, and say where it is if the first lines have it elsewhere."""
    if repeated := next((name for name in header if name and list(header).count(name) > 1), None):
        raise SourceError(path, "each heading once", sheet=sheet, row=row, column=repeated)
    if missing := next((name for name in columns if name not in header), None):
        expected = f"a column “{missing}”"
        for number, line in enumerate(beginning(), 1):
            if set(columns) <= {" ".join(cell.split()) for cell in line}:
                expected += f" (the header has moved to row {number})"
        raise SourceError(path, expected, found=", ".join(header)[:300], sheet=sheet, row=row, column=missing)


def by_key(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows gathered by a key, both in the order of the file."""
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(key(row), []).append(row)
    return gathered
