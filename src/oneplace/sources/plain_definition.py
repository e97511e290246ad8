"""What a TOML file in `plain` says of a publication: everything that a source's class would say, and its tables.

The form, by example, is in `docs/reference/plain-tables.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

import msgspec

from oneplace.records import MeasureRecord, Polarity
from oneplace.sources.periods import Year
from oneplace.sources.source import OGL, Access

# Why a cell has no number: see `ValueRecord`.
Marker = Literal[
    "suppressed",
    "not_available",
    "not_applicable",
    "not_collected",
    "low_reliability",
    "rounds_to_zero",
]


class BadDefinition(ValueError):
    """A TOML file in `plain` that does not say what it must: which, where in it, and what is wrong."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"plain/{file}: {why}")


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key that is not known is a slip of the keys, and is refused."""


class Condition(_Strict, frozen=True):
    """A test of one cell: its text is one of `equals`, or begins with one of `begins`."""

    column: str
    equals: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()

    def holds(self, text: str) -> bool:
        """Whether a cell of this text passes."""
        return text in self.equals or any(text.startswith(each) for each in self.begins)


class Whose(_Strict, frozen=True):
    """Which cell names a row's area, in which scheme; `known` gives an identifier for what is printed.

    `split`: what stands between the areas of a row (or in `known`) that is of several: its figures are one for all.
    """

    scheme: Literal["gss", "dfe", "name", "body"]
    column: str
    when: Condition | None = None
    known: dict[str, str] | None = None
    split: str = ""


class When(_Strict, frozen=True):
    """The period: a column's text or the same for the whole table, and which year "2023" is.

    `titled`: a title line above the header says it, "year ending June 2025".
    """

    column: str | None = None
    fixed: str | None = None
    titled: bool = False
    year: Year = "calendar"
    quarters_from: int | None = None  # the month in which the year of "2025Q2" begins


class Measure(_Strict, frozen=True):
    """One measure. `column` has its values; or `columns` has one for each period, where a table is wide.

    `times`: what a share of one (0.367) is multiplied by to be in the measure's unit (36.7 percent).
    """

    key: str
    title: str
    unit: str
    definition: str
    column: str | None = None
    columns: dict[str, str] = {}
    when: Condition | None = None
    service: str = ""
    topic: str = ""
    polarity: Polarity = "none"
    polarity_source: str = ""
    kind: Literal["count", "rate"] = "rate"
    decimals: int | None = None
    times: int = 1


class Table(_Strict, frozen=True):
    """One table, and how its rows become values.

    `leave_out`: rows that are none of ours. `expect`: what every row must say, so that another edition is
    not taken for this one. `notes_below`: a row with one filled cell or none is a note. `once`: columns that
    together no two rows share. `several`: what to do with rows of one area, period and measure. `parts`, where
    they are added: of how many councils an area was made, by its code; any other has one row.
    """

    measures: tuple[Measure, ...]
    areas: tuple[Whose, ...]
    period: When = When()
    sheet: str | None = None
    header_row: int = 1
    notes_below: bool = False
    leave_out: tuple[Condition, ...] = ()
    expect: tuple[Condition, ...] = ()
    once: tuple[str, ...] = ()
    several: Literal["refuse", "add"] = "refuse"
    parts: dict[str, int] | None = None

    def columns(self) -> tuple[str, ...]:
        """Every heading that the table must have, once each, in the order of its use."""
        return tuple(dict.fromkeys(self._columns()))

    def _columns(self) -> Iterator[str]:
        conditions = [*self.leave_out, *self.expect]
        for area in self.areas:
            conditions += [area.when] if area.when else []
            yield area.column
        if self.period.column:
            yield self.period.column
        for measure in self.measures:
            conditions += [measure.when] if measure.when else []
            yield from [measure.column] if measure.column else measure.columns.values()
        yield from (condition.column for condition in conditions)
        yield from self.once


class GovUk(_Strict, frozen=True):
    """Where on GOV.UK the newest edition is: see `gov_uk.Edition`, whose words these are."""

    page: str
    file: str
    saved_as: str
    document: str = ""


class Definition(_Strict, frozen=True):
    """A whole file. `data_source`, `format`, `new_editions` and `needs_care` are its documentation."""

    name: str
    publisher: str
    title: str
    cadence: str
    media_type: str
    filename: str
    data_source: str
    format: str
    new_editions: str
    needs_care: str
    tables: tuple[Table, ...]
    service: str
    topic: str = ""
    source_note: str = ""
    licence: str = OGL
    compiled_by: str | None = None
    personal: tuple[str, ...] = ()
    version: str = "1"
    url: str | None = None
    access: Access = "manual"
    how: str = ""
    gov_uk: GovUk | None = None  # for access "open"
    months: int | None = None
    encodings: tuple[str, ...] = ("utf-8-sig",)
    thousands: bool = False  # whether numbers are written 1,234
    markers: dict[str, Marker] = {}

    def measures(self) -> Iterator[MeasureRecord]:
        """Each measure once, in the order of the tables."""
        for measure in (each for table in self.tables for each in table.measures):
            yield MeasureRecord(
                key=measure.key,
                title=measure.title,
                service=measure.service or self.service,
                unit=measure.unit,
                polarity=measure.polarity,
                definition=" ".join(measure.definition.split()),
                kind=measure.kind,
                decimals=measure.decimals,
                topic=measure.topic or self.topic,
                publisher=self.publisher,
                source_note=self.source_note,
                polarity_source=measure.polarity_source,
            )


def definitions() -> tuple[Definition, ...]:
    """Every file in `plain`, in the order of their names."""
    folder = files("oneplace.sources").joinpath("plain")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda p: p.name)
    return tuple(definition(path.name, path.read_bytes()) for path in paths)


def definition(file: str, content: bytes) -> Definition:
    """A file's content, checked. Raises `BadDefinition`."""
    try:
        found = msgspec.toml.decode(content, type=Definition)
    except msgspec.DecodeError as fault:
        raise BadDefinition(file, str(fault)) from fault
    for why in _faults(file, found):
        raise BadDefinition(file, why)
    return found


def _faults(file: str, found: Definition) -> Iterator[str]:
    if file != f"{found.name}.toml":
        yield f"it is named “{found.name}”"
    keys = [measure.key for table in found.tables for measure in table.measures]
    if repeated := next((key for key in keys if keys.count(key) > 1), None):
        yield f"the measure {repeated} is there twice"
    if not found.tables or not all(table.measures and table.areas for table in found.tables):
        yield "each table needs measures and areas"
    for table in found.tables:
        said = sum(map(bool, (table.period.column, table.period.fixed, table.period.titled)))
        if said > 1 or (table.period.titled and (table.sheet or table.header_row == 1)):
            yield "a period is a column's, fixed, or in a line above the header of a CSV file"
        if table.several == "add" and not table.once and table.parts is None:
            yield "rows that are added up need “parts” or “once”, or a row that is there twice would count twice"
        for measure in table.measures:
            if bool(measure.column) == bool(measure.columns):
                yield f"{measure.key} needs one of “column” and “columns”"
            if not measure.columns and not said:
                yield f"{measure.key} has no period"
            if (measure.polarity == "none") == bool(measure.polarity_source):
                yield f"{measure.key}: which way is good needs a source, and only then"
