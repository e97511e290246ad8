"""The interactive tool: what its years, signs and numbers of areas become, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources import SourceError, dfe_lait
from oneplace.sources.dfe_lait import DfeLait
from oneplace.sources.lait_dictionary import key_of
from tests.sources.making import write
from tests.sources.publications.dfe_lait import PUBLICATION

VALUES = ("lait_2026-04.parquet", "")


def _with(folder: Path, *rows: str) -> Path:
    tables = {where: [list(row) for row in table] for where, table in PUBLICATION.tables.items()}
    tables[VALUES] += [row.split("|") for row in rows]
    return write(tables, PUBLICATION.main, folder)


def _values(path: Path) -> list[ValueRecord]:
    return [record for record in DfeLait().parse(path) if isinstance(record, ValueRecord)]


def _measures(path: Path) -> dict[str, MeasureRecord]:
    return {record.key: record for record in DfeLait().parse(path) if isinstance(record, MeasureRecord)}


def test_values_keep_their_cell_row_period_and_area(tmp_path: Path) -> None:
    first, england, missing, provisional, *_ = _values(_with(tmp_path))
    assert first == ValueRecord(
        "lait-cpp-rate", "dfe", "309", "2024", dt.date(2024, 3, 31), 41.5, "", "41.5", None, 2
    )
    assert (england.scheme, england.area) == ("gss", "E92000001")
    assert (missing.value, missing.marker, missing.printed) == (None, "not_available", "-")
    assert (provisional.period, provisional.marker, provisional.value) == ("2025", "provisional", -0.3)


def test_spans_of_years_outturns_and_areas_that_are_no_more(tmp_path: Path) -> None:
    values = {(value.measure, value.area): value for value in _values(_with(tmp_path))}
    assert values["lait-hurt", "E13000001"].period == "2014 to 2016"
    ill = values["lait-ill", "309"]
    assert (ill.period, ill.ends) == ("2013-14 to 2015-16", dt.date(2016, 3, 31))
    assert values["lait-spent", "309"].period == "2024-25"
    assert values["lait-pass-percent", "E06000029"].marker == "not_available"  # Poole


def test_rows_under_a_year_of_nought_are_left_out_while_they_say_nothing(tmp_path: Path) -> None:
    assert {value.row for value in _values(_with(tmp_path))} == set(range(2, 10))


def test_measures_say_unit_service_and_where_they_are_taken_from(tmp_path: Path) -> None:
    measures = _measures(_with(tmp_path))
    plans, passed, hurt, spent = (
        measures[f"lait-{name}"] for name in ("cpp-rate", "pass-percent", "hurt", "spent")
    )
    assert (plans.unit, plans.polarity, plans.polarity_source, plans.decimals) == ("per_10000", "none", "", 1)
    assert plans.source_note == "https://example.org/a; last updated 2025-11-01; next update 2026-11-01"
    assert (passed.unit, passed.polarity, passed.service, passed.kind) == (
        "percent",
        "high",
        "schools",
        "rate",
    )
    assert "State-funded schools only." in passed.definition
    assert (hurt.unit, hurt.polarity, hurt.source_note) == (
        "per_100000",
        "low",
        "last updated New data; next update TBC",
    )
    assert (spent.unit, spent.kind) == ("pounds", "count")
    assert not any("Words" in measure.definition for measure in measures.values())


@pytest.mark.parametrize(
    ("short", "key"),
    [
        ("%_of LAC Adopted", "lait-percent-of-lac-adopted"),
        ("Hosp_Adm_Alc_<18yrs", "lait-hosp-adm-alc-under-18yrs"),
        ("C&YPExpenditure", "lait-c-and-ypexpenditure"),
        ("No_3&4yr_olds", "lait-no-3-and-4yr-olds"),
    ],
)
def test_a_series_has_a_readable_key(short: str, key: str) -> None:
    assert key_of(short) == key


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (
            "CPP_rate||2024|Haringey|40|309.0|Inner London",
            "LA Number",
            "an area once for each series and year",
        ),
        ("CPP_rate||2023/24|Haringey|40|309.0|Inner London", "", ""),
        ("Pass%||2025|Haringey|40|309.0|Inner London", "Years", "each year of a series once"),
        ("Spent||1900|Haringey|40|309.0|Inner London", "Years", "a year like 2022-23"),
        ("CPP_rate||2024|Hackney|40|204.0|Inner London", "LA Number", "a number of la_code_list.xlsx"),
    ],
)
def test_a_value_that_cannot_be_is_named(tmp_path: Path, row: str, column: str, expected: str) -> None:
    path = _with(tmp_path, row)
    if not column:
        assert len(_values(path)) == 9
        return
    with pytest.raises(SourceError, match=expected) as refused:
        DfeLait().parse(path)
    assert refused.value.column == column


def test_a_table_far_longer_than_the_tool_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _with(tmp_path)
    monkeypatch.setattr(dfe_lait, "MOST", 8)
    with pytest.raises(SourceError, match="a table of at most 8 rows was expected"):
        DfeLait().parse(path)


def test_a_parquet_table_damaged_inside_is_refused(tmp_path: Path) -> None:
    path = _with(tmp_path)
    content = bytearray(path.read_bytes())
    content[-20:-8] = b"\xff" * 12
    path.write_bytes(bytes(content))
    with pytest.raises(SourceError, match="a whole Parquet table was expected"):
        DfeLait().parse(path)
