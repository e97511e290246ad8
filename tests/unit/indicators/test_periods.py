"""What sort of period a way of writing is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.indicators.periods import kind, plain, same_number


@pytest.mark.parametrize(
    ("period", "ends", "expected"),
    [
        ("2023", "2023-12-31", "year to 31 December"),
        ("2023", "2023-03-31", "year to 31 March"),
        ("2022-23", "2023-03-31", "year to 31 March"),
        ("2022-23 (OT)", "2023-03-31", "year to 31 March"),
        ("2022/23", "2023-08-31", "year to 31 August"),
        ("2009-10", "2010-03-31", "year to 31 March"),
        ("2009-10", "2009-10-31", "month"),
        ("2025-02", "2025-02-28", "month"),
        ("2015-17", "2017-12-31", "3 years to 31 December"),
        ("2015 to 2017", "2017-12-31", "3 years to 31 December"),
        ("2013/14-15/16", "2016-03-31", "3 years to 31 March"),
        ("2013-14 to 2015-16", "2016-08-31", "3 years to 31 August"),
        ("1999-00", "2000-03-31", "year to 31 March"),
        ("2025 Q2", "2025-06-30", "quarter"),
        ("2025-26 Q2", "2025-09-30", "quarter"),
        ("2024-11-15", "2024-11-15", "day"),
        ("2024", "2024-02-29", "year to the end of February"),
        ("2023", "2023-02-28", "year to the end of February"),
        ("ever", "2024-03-31", "ever"),
    ],
)
def test_the_kind_of_a_period_is_its_length_and_when_it_ends(period: str, ends: str, expected: str) -> None:
    assert kind(period, dt.date.fromisoformat(ends)) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_plain_number_is_the_number_again(value: float) -> None:
    assert float(plain(value)) == value
    assert same_number(plain(value), value)


def test_a_cell_with_more_than_the_number_is_not_the_number() -> None:
    assert not same_number("12.0", 12.0)
    assert not same_number("1,000", 1000.0)
    assert not same_number("c", None)
