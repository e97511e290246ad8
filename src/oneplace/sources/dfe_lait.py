"""The Department for Education's Local Authority Interactive Tool: 434 series of children's services and schools.

Data source
    The tool that brings together what the Department for Education and others publish of each council
    responsible for children, the regions and England, up to ten years of each series.
Format
    A Parquet table of all values, one a row, with the series' short name, the years, the area's number and
    the value as text; a CSV dictionary of the series beside it; and an Excel list of the areas' numbers.
    Rows are counted as if the table were written out under its headings: its first value stands in row 2.
Cadence
    Every month or two; each series is brought up to date when its own publication is.
What needs care
    The tool has one sign, “-”, for whatever has no number: suppressed, not collected, not yet there. It is
    kept as “not available”. What “2023” means is in the dictionary: a school year is named by the year in
    which it ends. A year of “0” stands where a series has no tenth year yet: its rows say nothing, and are
    left out. Three councils that are no more (“Pre LG”), Cumbria and Northamptonshire have numbers of
    their own. Which way is good is the dictionary's word; where it says “-” or “NA” nobody has said. The
    titles, years and units are the dictionary's; its descriptions, which others wrote, are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import repeat
from pathlib import Path

import polars as pl

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.lait_dictionary import OWNER, Series, read_dictionary
from oneplace.sources.periods import Period, year_period
from oneplace.sources.source import Source
from oneplace.sources.tables import sheet_rows
from oneplace.sources.whole_files import whole_file

DICTIONARY = "lait_data_dictionary.csv"
AREAS = "la_code_list.xlsx"

COLUMNS = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
NO_NUMBER = "-"
NO_YEAR = "0"

# Numbers of the tool that are no council's: England, the regions, Inner and Outer London.
WIDER = {
    970: "E92000001", 980: "E12000001", 981: "E12000002", 982: "E12000003", 983: "E12000004", 984: "E12000005",
    985: "E12000006", 986: "E12000007", 987: "E13000001", 988: "E13000002", 989: "E12000008", 990: "E12000009",
}  # fmt: skip
# Numbers of authorities that are no more, of which registers keep only the code.
ENDED = {835: "E10000009", 836: "E06000029", 837: "E06000028", 909: "E10000006", 928: "E10000021"}
# What stands behind a year: an outturn, a revised, final or provisional edition of the figures.
EDITIONS = {" (OT)": "", " (Rev)": "", " (Final)": "", " (prov)": "provisional"}

# The real table has 641,070 rows; ten times as many are not the tool.
MOST = 3_000_000

Area = tuple[str, str]  # scheme and code


class DfeLait(Source):
    # The data source
    name = "dfe_lait"
    publisher = "dfe"
    title = "Local Authority Interactive Tool: children's services and schools, by council"
    cadence = "every month or two"

    # Its format
    media_type = "application/vnd.apache.parquet"
    filename = "lait_2026-04.parquet"
    companions = (DICTIONARY, AREAS)
    personal = (OWNER,)

    # How it is reached
    url = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
    access = "manual"
    how = (
        "Follow the page to the tool, and save the three files that it reads from its repository: the table of "
        f"values (Parquet), {DICTIONARY} and {AREAS}, side by side in one folder."
    )
    months = 6

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        return ("LA Number",)

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        """The measures in the dictionary's order, then the values in the order of the table."""
        series = read_dictionary(path.with_name(DICTIONARY))
        areas = _areas(path.with_name(AREAS))
        table = _table(path)
        yield from (each.measure for each in series.values())
        yield from _values(path, table, series, areas)


def _areas(path: Path) -> dict[tuple[int, str], Area]:
    """The tool's number and name of an area → how a value names it."""
    found: dict[tuple[int, str], Area] = {}
    for row in sheet_rows(path, "Sheet1", 1, ("LA Number", "LA Name")):
        number = row.whole_number("LA Number")
        code = WIDER.get(number) or ENDED.get(number)
        area = ("gss", code) if code else ("dfe", str(number))
        if area in found.values():
            raise row.fault("LA Number", "each area's number once")
        found[number, row.text("LA Name")] = area
    return found


def _table(path: Path) -> pl.DataFrame:
    """The columns of the table that are read, numbered from row 2 on, checked but for what they say."""
    content = whole_file(path)
    if content[:4] != b"PAR1" or content[-4:] != b"PAR1":
        beginning = " ".join(content[:40].decode("ascii", "replace").split())
        raise SourceError(path, "a whole Parquet table", found=beginning)
    try:
        lazy = pl.scan_parquet(io.BytesIO(content))
        header, rows = lazy.collect_schema(), lazy.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise SourceError(path, "a whole Parquet table", found=str(fault)[:80]) from fault
    if missing := next((name for name in COLUMNS if name not in header), None):
        found = ", ".join(header)
        raise SourceError(path, f"a column “{missing}”", found=found, row=1, column=missing)
    if not rows:
        raise SourceError(path, "at least one row under the header")
    if rows > MOST:
        raise SourceError(path, f"a table of at most {MOST:,} rows", row=MOST + 1)
    try:
        return (
            lazy.select(*(pl.col(name).cast(pl.String) for name in COLUMNS[:-1]), pl.col(COLUMNS[-1]))
            .with_row_index("row", offset=2)
            .collect()
        )
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise SourceError(path, "a whole Parquet table", found=str(fault)[:80]) from fault


def _values(
    path: Path,
    table: pl.DataFrame,
    series: Mapping[str, Series],
    areas: Mapping[tuple[int, str], Area],
) -> Iterator[ValueRecord]:
    """Every value. The few hundred different areas, series and years are understood once each."""
    _refuse(path, table, pl.any_horizontal(pl.col(*COLUMNS).is_null()), "a value", None)
    is_number = pl.col("Values").str.contains(r"^-?\d+(\.\d+)?([eE]-?\d+)?$")
    _refuse(path, table, ~is_number & (pl.col("Values") != NO_NUMBER), "a number or “-”", "Values")
    whose = _whose(path, table, areas)
    periods = _periods(path, table, series)
    table = table.filter((pl.col("Years") != NO_YEAR) | (pl.col("Values") != NO_NUMBER))
    repeated = ~pl.struct("Short Desc", "Years", "LA Number").is_first_distinct()
    _refuse(path, table, repeated, "an area once for each series and year", "LA Number")
    said = [periods[each] for each in zip(table["Short Desc"], table["Years"], strict=True)]
    of = [whose[each] for each in zip(table["LA Number"], table["LA and Regions"], strict=True)]
    numbers = table["Values"].cast(pl.Float64, strict=False).to_list()
    yield from map(
        ValueRecord,
        (each[0] for each in said),
        (each[0] for each in of),
        (each[1] for each in of),
        (each[1] for each in said),
        (each[2] for each in said),
        numbers,
        ("not_available" if number is None else each[3] for number, each in zip(numbers, said, strict=True)),
        table["Values"].to_list(),
        repeat(None),
        table["row"].to_list(),
    )


def _whose(
    path: Path, table: pl.DataFrame, areas: Mapping[tuple[int, str], Area]
) -> dict[tuple[float, str], Area]:
    """The number and name of each area in the table → how a value names it."""
    found: dict[tuple[float, str], Area] = {}
    first = table.group_by("LA Number", "LA and Regions").agg(pl.col("row").min()).sort("row")
    for number, name, row in first.iter_rows():
        whole = isinstance(number, float | int) and number == int(number)
        if not whole or (int(number), name) not in areas:
            expected = f"a number of {AREAS} with its name, “{name}”,"
            raise SourceError(path, expected, found=_said(number), row=row, column="LA Number")
        found[number, name] = areas[int(number), name]
    return found


def _periods(
    path: Path, table: pl.DataFrame, series: Mapping[str, Series]
) -> dict[tuple[str, str], tuple[str, *Period, str]]:
    """Series and years as printed → the measure's key, the period, its last day, and what marks the edition."""
    found: dict[tuple[str, str], tuple[str, *Period, str]] = {}
    seen: dict[tuple[str, str], str] = {}
    first = table.group_by("Short Desc", "Years").agg(
        pl.col("row").min(), (pl.col("Values") == NO_NUMBER).all().alias("empty")
    )
    for name, years, row, empty in first.sort("row").iter_rows():
        if name not in series:
            expected = f"a series of {DICTIONARY}"
            raise SourceError(path, expected, found=name, row=row, column="Short Desc")
        if years == NO_YEAR and empty:
            continue
        edition = next((each for each in EDITIONS if years.endswith(each)), "")
        period = year_period(years.removesuffix(edition), series[name].year)
        key = series[name].measure.key
        if period is None:
            raise SourceError(path, "a year like 2022-23", found=years, row=row, column="Years")
        if seen.setdefault((key, period[0]), years) != years:
            expected = f"each year of a series once (it has “{seen[key, period[0]]}” too)"
            raise SourceError(path, expected, found=years, row=row, column="Years")
        found[name, years] = (key, *period, EDITIONS.get(edition, ""))
    return found


def _refuse(path: Path, table: pl.DataFrame, wrong: pl.Expr, expected: str, column: str | None) -> None:
    """Name the first row that is wrong; in `column`, or in the first that is empty."""
    if (bad := table.filter(wrong).head(1)).is_empty():
        return
    row = bad.row(0, named=True)
    where = column or next(name for name in COLUMNS if row[name] is None)
    raise SourceError(path, expected, found=_said(row[where]), row=row["row"], column=where)


def _said(value: object) -> str:
    """A cell of the table, as people write it."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
