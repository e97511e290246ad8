"""Days as publications write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.sources.days import day_in_words, end_of_month


@given(st.dates(dt.date(1965, 1, 1), dt.date(2040, 12, 31)))
def test_a_month_ends_on_the_day_before_the_next_begins(day: dt.date) -> None:
    last = end_of_month(day.year, day.month)
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + dt.timedelta(days=1)).day == 1
    assert end_of_month(day.year - 1, day.month + 12) == last


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 March 2025", dt.date(2025, 3, 31)),
        ("31 Mar 2025", dt.date(2025, 3, 31)),
        ("1 May 2024", dt.date(2024, 5, 1)),
        ("31 June 2025", None),
        ("31 Marsh 2025", None),
        ("March 2025", None),
        ("", None),
    ],
)
def test_a_day_in_words_is_read_and_nothing_else_is(text: str, day: dt.date | None) -> None:
    assert day_in_words(text) == day
