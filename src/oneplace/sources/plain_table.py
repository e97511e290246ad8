"""The one source of every plain table: a TOML file in `plain` says what a class would, and this runs it.

A table is plain where each row is of one area and each number stands in a cell of its own, under a heading.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.gov_uk import Edition
from oneplace.sources.numbers import number_in
from oneplace.sources.periods import Period, quarter_period, year_ending, year_period
from oneplace.sources.plain_definition import Condition, Definition, Measure, Table, When, Whose, definitions
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_beginning, csv_rows, sheet_rows, unique

# A value with what tells it from every other, and what adds up: its key, number and row.

Key = tuple[str, str, str, str]


class PlainTable(Source):
    """A source that a definition makes: `plain_source` gives its class."""

    definition: ClassVar[Definition]

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                whose.column
                for table in self.definition.tables
                if sheet is None or table.sheet in (None, sheet)
                for whose in table.areas
            )
        )

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        """The measures, then the values of each table in the order of its rows."""
        yield from self.definition.measures()
        for table in self.definition.tables:
            rows = _rows(self.definition, table, path)
            titled = _titled(self.definition, table, path) if table.period.titled else None
            yield from _values(self.definition, table, rows, titled)


def plain_sources() -> list[type[PlainTable]]:
    """A class for each TOML file in `plain`."""
    return [plain_source(definition) for definition in definitions()]


# What a definition says in the words of `Source`.
_SAID = (
    "name", "publisher", "title", "licence", "cadence", "compiled_by", "media_type", "filename", "personal",
    "version", "url", "access", "how", "months",
)  # fmt: skip


def plain_source(found: Definition) -> type[PlainTable]:
    """The class that a definition makes."""
    attributes = {
        **{name: getattr(found, name) for name in _SAID},
        "definition": found,
        "facts": (f"plain/{found.name}.toml",),
        "__module__": f"{PlainTable.__module__}.{found.name}",
        "__doc__": found.title,
        **({"fetch": _fetch} if found.gov_uk else {}),
    }
    return type("".join(word.capitalize() for word in found.name.split("_")), (PlainTable,), attributes)


def _fetch(self: PlainTable, client: Client, held: Held) -> Iterator[Fetched]:
    """How a source fetches whose definition says where on GOV.UK it is."""
    where, found = self.definition.gov_uk, self.definition
    assert where is not None
    zipped = found.media_type.startswith("application/vnd.o")  # both kinds of workbook are zip archives
    yield Edition(
        page=where.page,
        document=where.document,
        file=where.file,
        saved_as=where.saved_as,
        expect="PK" if zipped else found.media_type,
    ).fetch(client, held)


def _rows(found: Definition, table: Table, path: Path) -> Sequence[Row]:
    if table.sheet:
        return sheet_rows(path, table.sheet, table.header_row, table.columns())
    return csv_rows(path, table.columns(), header_row=table.header_row, encodings=found.encodings)


def _titled(found: Definition, table: Table, path: Path) -> Period:
    """The period that a line above the header says."""
    above = csv_beginning(path, table.header_row - 1, encodings=found.encodings)
    for number, line in enumerate(above, 1):
        if period := year_ending(" ".join(line)):
            return period
        first = line[0] if number == 1 and line else ""
    raise SourceError(path, "a title that says the year, like “year ending June 2025”,", found=first, row=1)


def _values(
    found: Definition, table: Table, rows: Sequence[Row], titled: Period | None
) -> Iterator[ValueRecord]:
    if table.once:
        unique(rows, table.once, "each row once")
    values: dict[Key, ValueRecord] = {}
    added: Counter[Key] = Counter()
    for row in rows:
        if table.notes_below and sum(map(bool, row.cells.values())) <= 1:
            continue
        if any(condition.holds(row.cells[condition.column]) for condition in table.leave_out):
            continue
        for condition in table.expect:
            if not condition.holds(row.cells[condition.column]):
                raise row.fault(condition.column, _wanted(condition))
        whose, areas = _areas(table, row)
        period = titled or _period(row, table.period.column, table.period)
        for measure in _measures(table, row):
            for column, (label, ends) in _columns(measure, table.period, period):
                value, marker = _value(found, measure, row, column)
                for area in areas:
                    key = (measure.key, whose.scheme, area, label)
                    shared = "joint" if len(areas) > 1 and value is not None else marker
                    new = ValueRecord(*key, ends, value, shared, row.cells[column], row.sheet, row.number)
                    if (first := values.setdefault(key, new)) is new:
                        continue
                    added[key] += 1
                    if added[key] >= _most_rows(table, area):
                        expected = f"an area once for each period and measure (row {first.row} has it too)"
                        raise row.fault(whose.column, expected)
                    values[key] = _together(first, new)
    yield from values.values()


def _most_rows(table: Table, area: str) -> float:
    """How many rows of one area, period and measure may be parts of one value."""
    if table.several == "refuse":
        return 1
    return math.inf if table.parts is None else table.parts.get(area, 1)


def _areas(table: Table, row: Row) -> tuple[Whose, Sequence[str]]:
    """Which cell says whose the row is, and the codes, names or identifiers that it gives."""
    for whose in table.areas:
        if whose.when and not whose.when.holds(row.cells[whose.when.column]):
            continue
        printed = row.text(whose.column)
        if whose.known is not None:
            if printed not in whose.known:
                raise row.fault(whose.column, f"one of {', '.join(whose.known)}")
            printed = whose.known[printed]
        areas = [each.strip() for each in printed.split(whose.split)] if whose.split else [printed]
        if whose.scheme == "gss" and not all(map(_is_code, areas)):
            raise row.fault(whose.column, "an area's code like E09000014")
        return whose, areas
    conditions = [whose.when for whose in table.areas if whose.when]
    raise row.fault(conditions[0].column, " or ".join(dict.fromkeys(map(_wanted, conditions))))


def _is_code(text: str) -> bool:
    return len(text) == 9 and text[0] == "E" and text[1:].isascii() and text[1:].isdigit()


def _wanted(condition: Condition) -> str:
    begun = [f"something that begins with {each}" for each in condition.begins]
    return " or ".join([*condition.equals, *begun])


def _period(row: Row, column: str | None, when: When) -> Period | None:
    """The row's period, or None where its columns have one each."""
    if column is None and when.fixed is None:
        return None
    printed = when.fixed or row.text(column or "")
    if found := _read_period(printed, when):
        return found
    raise row.fault(column or "", "a quarter like 2025Q2" if when.quarters_from else "a year like 2022-23")


def _read_period(printed: str, when: When) -> Period | None:
    if when.quarters_from:
        return quarter_period(printed, first_month=when.quarters_from)
    return year_period(printed, when.year)


def _measures(table: Table, row: Row) -> Sequence[Measure]:
    """Those whose value the row has."""
    found = [each for each in table.measures if not each.when or each.when.holds(row.cells[each.when.column])]
    if not found:
        conditions = [each.when for each in table.measures if each.when]
        wanted = dict.fromkeys(_wanted(condition) for condition in conditions)
        raise row.fault(conditions[0].column, " or ".join(wanted))
    return found


def _columns(measure: Measure, when: When, period: Period | None) -> Iterator[tuple[str, Period]]:
    """Each column that has a value of the measure, with its period."""
    if measure.column is not None:
        assert period is not None
        yield measure.column, period
    for printed, column in measure.columns.items():
        found = _read_period(printed, when)
        assert found is not None
        yield column, found


def _value(found: Definition, measure: Measure, row: Row, column: str) -> tuple[float | None, str]:
    printed = row.cells[column]
    if printed in found.markers:
        marker = found.markers[printed]
        return (0.0 if marker == "rounds_to_zero" else None), marker
    number = number_in(printed, thousands=found.thousands)
    if number is None:
        known = "".join(f" or “{marker}”" for marker in found.markers if marker)
        raise row.fault(column, f"a number{known}{' or an empty cell' if '' in found.markers else ''}")
    return (number if measure.times == 1 else float(Decimal(str(number)) * measure.times)), ""


def _together(first: ValueRecord, other: ValueRecord) -> ValueRecord:
    """Two parts of one area's value as one, which stands at the first: what is missing leaves all unknown."""
    printed = f"{first.printed or 'nothing'} + {other.printed or 'nothing'}"
    if first.value is None or other.value is None:
        return first._replace(value=None, marker=first.marker or other.marker, printed=printed)
    return first._replace(value=first.value + other.value, printed=printed)
