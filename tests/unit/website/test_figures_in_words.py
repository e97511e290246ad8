"""Trends, units and periods of a figure, in words."""

from __future__ import annotations

import datetime as dt

from oneplace.indicators.periods import in_words
from oneplace.indicators.views import ValueView
from oneplace.website.figures import plain_number, shown, told, trend_words


def _value(period: str, ends: dt.date, value: float | None) -> ValueView:
    return ValueView(
        measure="m",
        subject="s",
        period=period,
        ends=ends,
        value=value,
        marker="" if value is not None else "suppressed",
        printed="",
        release_id="r",
        sheet=None,
        row=1,
    )


def _years(values: dict[int, float | None]) -> list[ValueView]:
    return [_value(str(year), dt.date(year, 3, 31), value) for year, value in values.items()]


def test_a_trend_is_told_from_the_figure_of_five_years_before_and_not_from_the_oldest() -> None:
    assert trend_words(_years({2015: 1.0, 2020: 24.1, 2024: 90.0, 2025: 30.0}), "percent", 1) == (
        "up from 24.1% five years before"
    )


def test_where_that_year_has_no_number_the_trend_says_from_how_long_before_it_is() -> None:
    assert trend_words(_years({2020: None, 2022: 9.0, 2025: 7.0}), "percent", 0) == (
        "down from 9% three years before"
    )


def test_figures_that_read_the_same_are_the_same() -> None:
    assert trend_words(_years({2020: 9.01, 2025: 9.02}), "percent", 1) == "the same as five years before"


def test_a_quarter_has_no_trend_from_a_year_and_a_figure_without_a_number_has_none() -> None:
    quarter = _value("2025-26 Q4", dt.date(2025, 3, 31), 5.0)
    assert trend_words([*_years({2020: 4.0}), quarter], "number") == ""
    assert trend_words(_years({2020: 4.0, 2025: None}), "number") == ""


def test_a_unit_stands_beside_its_figure_once() -> None:
    assert told(522.7, "kilograms a household", 1, "", "Residual waste a household") == "522.7 kilograms"
    assert told(507, "households", 0, "", "Households on the register") == "507"
    assert told(136, "crimes", 0, "", "Burglary") == "136 crimes"


def test_quarters_and_months_are_told_as_people_do() -> None:
    assert in_words("2025-26 Q2", dt.date(2025, 9, 30)) == "July to September 2025"
    assert in_words("2025-26 Q4", dt.date(2026, 3, 31)) == "January to March 2026"
    assert in_words("2024-25 Q4", dt.date(2025, 1, 31)) == "November 2024 to January 2025"
    assert in_words("2009-10", dt.date(2009, 10, 31)) == "October 2009"
    assert in_words("2022-23", dt.date(2023, 3, 31)) == "2022-23"


def test_a_half_is_rounded_up_as_people_do_it_and_a_file_has_no_noise_of_binary() -> None:
    assert shown(24.115, "score") == "24.12"
    assert shown(24.859, "score") == "24.86"
    assert shown(0.5, "number", 0) == "1"
    assert shown(-1.25, "percent", 1) == "-1.3%"
    assert shown(1234.5, "number", 0) == "1,235"
    assert plain_number(28.499999999999996) == "28.5"
    assert plain_number(641070.0) == "641070"
    assert plain_number(None) == ""
