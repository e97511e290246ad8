"""The one source of plain tables: what a TOML file may say, and what each saying does to a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources import SourceError
from oneplace.sources.about import HEADINGS, Undocumented, about
from oneplace.sources.ofsted_la_outcomes import OfstedLaOutcomes
from oneplace.sources.plain_definition import BadDefinition, Definition, definition, definitions
from oneplace.sources.plain_table import PlainTable, plain_source, plain_sources

_TOP = """
name = "made_table"
publisher = "made"
title = "A made table"
cadence = "never"
media_type = "text/csv"
filename = "made.csv"
data_source = "Made for a test."
format = "CSV."
new_editions = "None."
needs_care = "It is made up."
service = "waste"
"""
_TABLE = """
[[tables]]
areas = [{ scheme = "gss", column = "code" }]
period = { column = "year" }
measures = [{ key = "made-bins", column = "bins", title = "Bins", unit = "number", definition = "Bins counted." }]
"""


def _definition(text: str) -> Definition:
    return definition("made_table.toml", text.encode())


def _values(folder: Path, said: str, table: str) -> list[ValueRecord]:
    path = folder / "made.csv"
    path.write_text(table, "utf-8")
    records = list(plain_source(_definition(said))().parse(path))
    assert all(isinstance(record, MeasureRecord | ValueRecord) for record in records)
    return [record for record in records if isinstance(record, ValueRecord)]


def test_each_file_in_plain_makes_a_source_whose_reading_changes_with_the_file() -> None:
    for cls in plain_sources():
        source = cls()
        assert source.facts == (f"plain/{source.name}.toml",)
        assert source.reader.startswith(f"{source.name} {source.version} ")
        assert list(about(source)) == list(HEADINGS)


def test_definitions_have_no_measure_in_common() -> None:
    keys = [measure.key for found in definitions() for measure in found.measures()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (_TOP.replace('publisher = "made"', "") + _TABLE, "missing required field `publisher`"),
        (_TOP + 'colour = "red"\n' + _TABLE, "unknown field `colour`"),
        (_TOP + 'access = "telepathy"\n' + _TABLE, "Invalid enum value 'telepathy'"),
        (_TOP + "tables = []", "each table needs measures and areas"),
        (_TOP.replace("made_table", "another_table") + _TABLE, "it is named “another_table”"),
        (_TOP + _TABLE + _TABLE, "the measure made-bins is there twice"),
        (_TOP + _TABLE.replace('{ column = "year" }', "{}"), "made-bins has no period"),
        (_TOP + _TABLE.replace('column = "bins", ', ""), "made-bins needs one of “column” and “columns”"),
        (_TOP + _TABLE.replace("unit =", 'polarity = "low", unit ='), "which way is good needs a source"),
        (_TOP + _TABLE.replace('"year" }', '"year", fixed = "2025" }'), "a period is a column's, fixed, or"),
        (_TOP + "this is no TOML", "plain/made_table.toml"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused(said: str, why: str) -> None:
    with pytest.raises(BadDefinition) as refused:
        _definition(said)
    assert why in str(refused.value)
    assert str(refused.value).startswith("plain/made_table.toml: ")


def test_a_row_becomes_values_with_their_addresses(tmp_path: Path) -> None:
    (value,) = _values(tmp_path, _TOP + _TABLE, "code,year,bins\nE09000014,2024,12\n")
    assert value == ValueRecord(
        "made-bins", "gss", "E09000014", "2024", dt.date(2024, 12, 31), 12.0, "", "12", None, 2
    )


def test_markers_say_why_there_is_no_number_and_a_low_one_rounds_to_zero(tmp_path: Path) -> None:
    said = _TOP + '[markers]\nc = "suppressed"\nlow = "rounds_to_zero"\n' + _TABLE
    suppressed, low = _values(tmp_path, said, "code,year,bins\nE09000014,2023,c\nE09000014,2024,low\n")
    assert (suppressed.value, suppressed.marker, suppressed.printed) == (None, "suppressed", "c")
    assert (low.value, low.marker, low.printed) == (0.0, "rounds_to_zero", "low")


def test_a_figure_of_two_areas_is_each_ones_and_joint(tmp_path: Path) -> None:
    said = _TOP + _TABLE.replace('"code" }', '"code", split = " / " }')
    values = _values(tmp_path, said, "code,year,bins\nE06000061 / E06000062,2024,12\n")
    assert [(value.area, value.value, value.marker) for value in values] == [
        ("E06000061", 12.0, "joint"),
        ("E06000062", 12.0, "joint"),
    ]


MERGED = 'several = "add"\nparts = { E06000063 = 2 }\n'


def test_parts_of_one_area_are_added_up_and_shown(tmp_path: Path) -> None:
    said = _TOP + '[markers]\n"" = "not_available"\n' + _TABLE + MERGED
    rows = "E06000063,2023,10\nE06000063,2023,3\nE06000063,2024,10\nE06000063,2024,\n"
    whole, part = _values(tmp_path, said, "code,year,bins\n" + rows)
    assert (whole.value, whole.printed, whole.row) == (13.0, "10 + 3", 2)
    assert (part.value, part.marker, part.printed, part.row) == (None, "not_available", "10 + nothing", 4)


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ("E06000014,2023,10\nE06000014,2023,3\n", 3),
        ("E06000063,2023,10\nE06000063,2023,3\nE06000063,2023,4\n", 4),
    ],
    ids=["of one council", "one more than its parts"],
)
def test_a_row_more_than_an_area_has_parts_is_refused(rows: str, row: int, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=rf"row {row}, column “code”: an area once .*\(row 2 has it too\)"):
        _values(tmp_path, _TOP + _TABLE + MERGED, "code,year,bins\n" + rows)


def test_rows_that_no_two_may_share_are_refused_even_where_parts_are_added_up(tmp_path: Path) -> None:
    said = _TOP + _TABLE + 'several = "add"\nonce = ["code", "part"]\n'
    with pytest.raises(SourceError, match=r"row 3, column “part”: each row once \(row 2 has it too\)"):
        _values(tmp_path, said, "code,part,year,bins\nE06000063,a,2023,10\nE06000063,a,2023,3\n")


def test_the_same_area_twice_is_refused_where_nothing_is_added_up(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 3, column “code”: an area once .*\(row 2 has it too\)"):
        _values(tmp_path, _TOP + _TABLE, "code,year,bins\nE06000063,2023,10\nE06000063,2023,3\n")


def test_a_wide_table_has_a_column_for_each_period(tmp_path: Path) -> None:
    said = _TOP + _TABLE.replace('period = { column = "year" }', 'period = { year = "financial" }').replace(
        'column = "bins"', 'columns = { "2022-23" = "before", "2023-24" = "after" }'
    )
    values = _values(tmp_path, said, "code,before,after\nE09000014,1,2\n")
    assert [(value.period, value.ends, value.value) for value in values] == [
        ("2022-23", dt.date(2023, 3, 31), 1.0),
        ("2023-24", dt.date(2024, 3, 31), 2.0),
    ]


def test_a_tidy_table_says_in_a_column_what_a_row_measures(tmp_path: Path) -> None:
    said = _TOP + _TABLE.replace(
        'column = "bins"', 'column = "bins", when = { column = "of", equals = ["bins"] }'
    )
    (value,) = _values(tmp_path, said, "code,year,of,bins\nE09000014,2024,bins,5\n")
    assert value.value == 5.0
    with pytest.raises(SourceError, match="row 3, column “of”: bins was expected, but it has “cans”"):
        _values(tmp_path, said, "code,year,of,bins\nE09000014,2024,bins,5\nE09000014,2024,cans,5\n")


def test_a_share_of_one_becomes_percent_without_dust(tmp_path: Path) -> None:
    said = _TOP + _TABLE.replace('unit = "number"', 'unit = "percent", times = 100')
    (value,) = _values(tmp_path, said, "code,year,bins\nE09000014,2024,0.289\n")
    assert (value.value, value.printed) == (28.9, "0.289")


def test_thousands_are_read_only_where_a_table_writes_them(tmp_path: Path) -> None:
    table = 'code,year,bins\nE09000014,2024,"12,345 "\n'
    (value,) = _values(tmp_path, _TOP + "thousands = true\n" + _TABLE, table)
    assert (value.value, value.printed) == (12345.0, "12,345")
    with pytest.raises(SourceError, match="row 2, column “bins”: a number was expected"):
        _values(tmp_path, _TOP + _TABLE, table)


def test_a_title_says_the_year_or_the_table_is_refused(tmp_path: Path) -> None:
    said = _TOP + _TABLE.replace('{ column = "year" }', "{ titled = true }\nheader_row = 2")
    (value,) = _values(tmp_path, said, '"Bins, year ending March 2025",\ncode,bins\nE09000014,1\n')
    assert (value.period, value.ends) == ("year to March 2025", dt.date(2025, 3, 31))
    with pytest.raises(SourceError, match="a title that says the year"):
        _values(tmp_path, said, "Bins of some year,\ncode,bins\nE09000014,1\n")


def test_notes_below_and_rows_left_out_are_no_values(tmp_path: Path) -> None:
    said = _TOP + _TABLE + 'notes_below = true\nleave_out = [{ column = "code", begins = ["W"] }]\n'
    table = "code,year,bins\nE09000014,2024,1\nW06000001,2024,2\n,,\nA note.,,\n"
    assert [value.area for value in _values(tmp_path, said, table)] == ["E09000014"]


def test_a_source_that_says_too_little_of_itself_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(about(OfstedLaOutcomes())) == set(HEADINGS)
    module = "oneplace.sources.ofsted_la_outcomes.__doc__"
    monkeypatch.setattr(module, "A table.\n\nData source\n    Ofsted.\n\nFormat\n    ODS.\n")
    with pytest.raises(Undocumented, match="ofsted_la_outcomes says nothing under “Cadence”"):
        about(OfstedLaOutcomes())


def test_a_class_made_of_a_definition_is_a_source_like_any_other() -> None:
    cls = plain_source(_definition(_TOP + _TABLE))
    assert issubclass(cls, PlainTable)
    assert (cls.name, cls.filename, cls.access, cls.compiled_by) == ("made_table", "made.csv", "manual", None)
