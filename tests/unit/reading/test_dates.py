"""Dates in every way in which the reports print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.reading.dates import first_date, period

DAYS = st.dates(dt.date(2009, 1, 1), dt.date(2027, 12, 31))
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def printed(
    day: dt.date, *, ordinal: bool = False, month: bool = True, year: bool = True, weekday: bool = False
) -> str:
    words = [f"{day:%A}"] if weekday else []
    words.append(f"{day.day}{ENDINGS.get(day.day, 'th') if ordinal else ''}")
    if month:
        words.append(f"{day:%B}")
    if year:
        words.append(str(day.year))
    return " ".join(words)


@given(
    start=DAYS,
    length=st.integers(1, 40),
    joint=st.sampled_from([" to ", " – ", "–", "-", " - ", " and ", "\u2013 ", " until "]),
    ordinal=st.booleans(),
    weekday=st.booleans(),
    shorter=st.booleans(),
)
def test_a_period_is_read_back_from_any_printing_of_it(
    start: dt.date, length: int, joint: str, ordinal: bool, weekday: bool, shorter: bool
) -> None:
    end = start + dt.timedelta(days=length)
    first = printed(
        start,
        ordinal=ordinal,
        weekday=weekday,
        month=not shorter or start.month != end.month,
        year=not shorter,
    )
    text = f"Inspection dates: {first}{joint}{printed(end, ordinal=ordinal, weekday=weekday)}"
    assert period(text) == (start, end)


@given(
    day=DAYS,
    ordinal=st.booleans(),
    before=st.text("abc .:", max_size=10),
    after=st.text("xyz .,", max_size=10),
)
def test_a_full_date_is_found_within_any_text(day: dt.date, ordinal: bool, before: str, after: str) -> None:
    assert first_date(f"{before} {printed(day, ordinal=ordinal)} {after}") == day


@given(text=st.text(max_size=200))
def test_any_text_gives_a_period_that_does_not_end_before_it_starts_or_none(text: str) -> None:
    start, end = period(text)
    assert (start is None) == (end is None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("17 and 18 May 2023", (2023, 5, 17), (2023, 5, 18)),
        ("5, 6 and 12 May 2021", (2021, 5, 5), (2021, 5, 12)),
        ("8 to 12 July 2019 and 7 to 8 August 2019", (2019, 7, 8), (2019, 8, 8)),
        ("19 November 2013 – 11 December 2013 and 28 – 30 January 2014", (2013, 11, 19), (2014, 1, 30)),
        ("12 December to 6 January 2020", (2019, 12, 12), (2020, 1, 6)),
        ("24 October 2022 to 25 October 2023", (2022, 10, 24), (2023, 10, 25)),
        ("28 July 2016", (2016, 7, 28), (2016, 7, 28)),
        ("the 3rd of May 2018 to the 11th of May 2018", (2018, 5, 3), (2018, 5, 11)),
        ("29 Sept to 3 Oct 2014", (2014, 9, 29), (2014, 10, 3)),
        ("31/10/2016 – 04/11/2016", (2016, 10, 31), (2016, 11, 4)),
    ],
)
def test_odd_printings_are_read(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert period(text) == (dt.date(*start), dt.date(*end))


def test_a_year_that_is_left_out_is_the_one_given() -> None:
    assert period("11 and 12 June", 2019) == (dt.date(2019, 6, 11), dt.date(2019, 6, 12))
    assert period("11 and 12 June") == (None, None)


@pytest.mark.parametrize(
    "text", ["", "no date", "31 February 2020", "2018", "32 May 2019", "6 November 20205", "99/99/2020"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert first_date(text) is None
    assert period(text) == (None, None)
