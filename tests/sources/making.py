"""What a small edition of a publication is made of, and how it is written out.

A publication is tables of text; tests change a heading or a cell and write the files out. The councils
and grades are made up, except where a source joins names to places.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

Table = list[list[str]]
Where = tuple[str, str]  # file, and sheet ("" in a CSV file)


# What may be wrong with a cell. Each publication has a fault of every kind of KINDS, or says why it can have none.
Kind = Literal["date", "grade", "code", "number", "duplicate", "other"]
KINDS: tuple[Kind, ...] = ("date", "grade", "code", "number", "duplicate")
# In a table each row is tried twice: see `Publication.repeats`.
OF_TABLES: tuple[Kind, ...] = KINDS[:-1]


@dataclass(frozen=True)
class Fault:
    """A cell (row as a spreadsheet counts) changed to something impossible, and what the error must say.

    A fault of kind "date" is a year that nothing published can be of, as 1900 is.
    """

    where: Where
    row: int
    column: str
    value: str
    expected: str
    kind: Kind = "other"


@dataclass(frozen=True)
class RawFault:
    """The same in a file that is no table: `was` becomes `value`, at its first place in the text.

    `row` and `column` are as the error names them.
    """

    file: str
    was: str
    value: str
    row: int | None
    column: str | None
    expected: str
    kind: Kind | Literal["column"] = "other"


@dataclass(frozen=True)
class Publication:
    """`header_row` counts from 1. `spare`: columns that the source does not need."""

    main: str
    tables: Mapping[Where, Table]
    records: int
    faults: tuple[Fault, ...]
    header_row: int = 1
    spare: frozenset[str] = field(default_factory=frozenset)
    untitled: frozenset[Where] = field(default_factory=frozenset)
    # What stands in the columns that tell of people: none of it may come through.
    personal: tuple[str, ...] = ()
    # False for a table that its publisher sends without an end of its last line: a cut there loses nothing.
    ended: bool = True
    # Files that are not tables (JSON, a web page), as they are; the tests of tables leave them alone.
    raw: Mapping[str, str] = field(default_factory=dict)
    raw_faults: tuple[RawFault, ...] = ()
    # Kind of fault → why no cell of the publication can have it.
    without: Mapping[Kind, str] = field(default_factory=dict)
    # Table → why a row that is there twice is no fault.
    repeats: Mapping[Where, str] = field(default_factory=dict)
    # Table → rows (from 1) that the source leaves out, as they are of no place in England or say nothing.
    left_out: Mapping[Where, frozenset[int]] = field(default_factory=dict)
    # Heading → why a cell under it that looks like a date, code or number may be anything.
    free: Mapping[str, str] = field(default_factory=dict)
    # Heading → why a date of 1900 is told as a problem and not refused, as the source's docstring says.
    known_dates: Mapping[str, str] = field(default_factory=dict)
    # Why bytes that are not UTF-8 are read as Windows' Latin letters, where they are.
    latin: str = ""

    def changed(self, where: Where, row: int, column: int, value: str) -> dict[Where, Table]:
        """The tables with one cell changed; `row` counts from 1 and `column` from 0."""
        tables = {key: deepcopy(table) for key, table in self.tables.items()}
        tables[where][row - 1][column] = value
        return tables

    def headers(self) -> list[tuple[Where, int, str]]:
        """Every heading that the source needs: its table, column and name."""
        return [
            (where, column, name)
            for where, table in self.tables.items()
            if where not in self.untitled
            for column, name in enumerate(table[self.header_row - 1])
            if name not in self.spare
        ]

    def column(self, where: Where, name: str) -> int:
        return self.tables[where][self.header_row - 1].index(name)


def write(tables: Mapping[Where, Table], main: str, folder: Path) -> Path:
    """Write the files into a folder and return the main one's path."""
    for name in dict.fromkeys(file for file, _ in tables):
        sheets = {sheet: table for (file, sheet), table in tables.items() if file == name}
        if name.endswith(".ods"):
            _write_ods(folder / name, sheets)
        elif name.endswith(".xlsx"):
            _write_xlsx(folder / name, sheets)
        elif name.endswith(".parquet"):
            _write_parquet(folder / name, sheets[""])
        else:
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(sheets[""])
            (folder / name).write_text(text.getvalue(), "utf-8")
    return folder / main


def _write_xlsx(path: Path, sheets: Mapping[str, Table]) -> None:
    """Cells that read as dates ("2024-03-31") or numbers become such cells, as in the real workbooks."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                        when = dt.datetime.fromisoformat(value)  # a cell has no zone
                        page.write_datetime(number, column, when, day)
                    elif re.fullmatch(r"-?\d+(\.\d+)?", value):
                        page.write_number(number, column, float(value))
                    elif value:
                        page.write_string(number, column, value)


def _write_parquet(path: Path, rows: Table) -> None:
    """Text columns, but for those whose every cell is a number with a point in it."""
    header, *lines = rows
    columns = {name: [line[number] or None for line in lines] for number, name in enumerate(header)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String()))
    numbers = [
        name
        for name, cells in columns.items()
        if any(cells) and all(re.fullmatch(r"-?\d+\.\d+", cell) for cell in cells if cell)
    ]
    frame.with_columns(pl.col(name).cast(pl.Float64()) for name in numbers).write_parquet(path)


def _write_ods(path: Path, sheets: Mapping[str, Table]) -> None:
    def cell(value: str) -> str:
        if not value:
            return "<table:table-cell/>"
        if value[:2] == "20" and value[4:5] == "-":
            kind = f'office:value-type="date" office:date-value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>"

    def row(cells: list[str]) -> str:
        return f"<table:table-row>{''.join(cell(value) for value in cells)}</table:table-row>"

    body = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(row(cells) for cells in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest, compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr("content.xml", content, compress_type=zipfile.ZIP_DEFLATED)


def table(header: str, *rows: str) -> Table:
    return [line.split("|") for line in (header, *rows)]


def sheet(title: str, header: str, *rows: str) -> Table:
    width = header.count("|")
    above = [title + "|" * width, "Made for a test." + "|" * width]
    return [line.split("|") for line in (*above, header, *rows)]
