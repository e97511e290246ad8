"""Periods of statistics: however a publication writes them, one way for people and the right last day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.sources.periods import (
    LAST_DAY,
    Year,
    month_period,
    quarter_period,
    year_ending,
    year_period,
)


@pytest.mark.parametrize(
    ("text", "year", "label", "ends"),
    [
        ("2023", "calendar", "2023", dt.date(2023, 12, 31)),
        ("2023", "financial", "2023", dt.date(2023, 3, 31)),
        ("2023", "academic", "2023", dt.date(2023, 8, 31)),
        ("2023", "to_september", "2023", dt.date(2023, 9, 30)),
        ("2024", "january", "2024", dt.date(2024, 1, 31)),
        ("2022-23", "financial", "2022-23", dt.date(2023, 3, 31)),
        ("2022/23", "financial", "2022-23", dt.date(2023, 3, 31)),
        ("1999-00", "financial", "1999-00", dt.date(2000, 3, 31)),
        ("2014-16", "calendar", "2014 to 2016", dt.date(2016, 12, 31)),
        ("2013/14-15/16", "financial", "2013-14 to 2015-16", dt.date(2016, 3, 31)),
    ],
)
def test_a_year_is_written_one_way_and_ends_when_its_kind_does(
    text: str, year: Year, label: str, ends: dt.date
) -> None:
    assert year_period(text, year) == (label, ends)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "23",
        "2022-",
        "2022-22",
        "2022-95",
        "2022-23-24",
        "2013/15-15/17",
        "soon",
        "1900",
        "1900-01",
        "2099",
    ],
)
def test_what_is_no_year_is_none(text: str) -> None:
    assert year_period(text, "financial") is None


@given(st.integers(1965, dt.datetime.now(dt.UTC).year), st.sampled_from(sorted(LAST_DAY)))
def test_years_follow_each_other_as_their_last_days_do(first: int, year: Year) -> None:
    one, next_one = year_period(str(first), year), year_period(f"{first}/{(first + 1) % 100:02}", year)
    assert one is not None
    assert next_one is not None
    assert (next_one[1] - one[1]).days in (365, 366)
    assert next_one[0] == f"{first}-{(first + 1) % 100:02}"


@pytest.mark.parametrize(
    ("text", "first_month", "label", "ends"),
    [
        ("2025Q2", 1, "2025 Q2", dt.date(2025, 6, 30)),
        ("2025 Q4", 1, "2025 Q4", dt.date(2025, 12, 31)),
        ("2025Q2", 4, "2025-26 Q2", dt.date(2025, 9, 30)),
        ("2025Q4", 4, "2025-26 Q4", dt.date(2026, 3, 31)),
    ],
)
def test_a_quarter_of_a_year_from_april_says_both_years(
    text: str, first_month: int, label: str, ends: dt.date
) -> None:
    assert quarter_period(text, first_month=first_month) == (label, ends)


def test_what_is_no_quarter_month_or_title_is_none() -> None:
    assert quarter_period("2025Q5") is None
    assert month_period("2025-13") is None
    assert year_ending("Crime, year ending Juni 2025") is None


def test_a_month_and_a_title_end_on_their_last_days() -> None:
    assert month_period("2024-02") == ("2024-02", dt.date(2024, 2, 29))
    assert month_period("2025-12") == ("2025-12", dt.date(2025, 12, 31))
    assert year_ending("Crimes by area, year ending June 2025 [note 1]") == (
        "year to June 2025",
        dt.date(2025, 6, 30),
    )
