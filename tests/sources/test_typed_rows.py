"""What tables typed from public pages have in common."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.records import Address, DatePrecision, JudgementRecord
from oneplace.sources import SourceError
from oneplace.sources.tables import Row
from oneplace.sources.typed_rows import Period, period, precise, told_once


def _row(value: str) -> Row:
    return Row(Path("typed.csv"), None, 7, {"date": value})


def _told(question: str, grade: str, row: int, score: float | None = None) -> JudgementRecord:
    return JudgementRecord(
        question=question,
        question_key=question,
        grade_printed=grade,
        grade=grade,
        score=score,
        address=Address(row=row),
    )


@pytest.mark.parametrize(
    ("printed", "first", "last", "precision"),
    [
        ("2019-07-14", (2019, 7, 14), (2019, 7, 14), "day"),
        ("2019-02", (2019, 2, 1), (2019, 2, 28), "month"),
        ("2020-02", (2020, 2, 1), (2020, 2, 29), "month"),
        ("2016", (2016, 1, 1), (2016, 12, 31), "year"),
        ("2016-2017", (2016, 1, 1), (2017, 12, 31), "year"),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_is_printed(
    printed: str, first: tuple[int, int, int], last: tuple[int, int, int], precision: DatePrecision
) -> None:
    assert period(_row(printed), "date") == Period(dt.date(*first), dt.date(*last), precision)


def test_an_empty_cell_is_no_date() -> None:
    assert period(_row(""), "date") is None


@pytest.mark.parametrize(
    "printed",
    ["2019-00", "2019-13", "2019-7", "1900", "1900-01", "2017-2016", "2019-02-30", "July 2019", "2099"],
)
def test_what_is_no_date_is_named(printed: str) -> None:
    with pytest.raises(SourceError) as refused:
        period(_row(printed), "date")
    assert (refused.value.row, refused.value.column) == (7, "date")


@given(st.dates(dt.date(1970, 1, 1), dt.date(2025, 12, 31)))
def test_a_month_and_a_year_hold_the_days_in_them(day: dt.date) -> None:
    known = [period(_row(day.isoformat()[:length]), "date") for length in (10, 7, 4)]
    exact, month, year = (each for each in known if each)
    assert year.holds(month)
    assert month.holds(exact)
    assert (month.holds(year), exact.holds(month)) == (False, False)
    assert precise([year, None, exact, month, exact]) == [exact]


def test_dates_that_say_different_things_are_kept_apart() -> None:
    dates = [period(_row(each), "date") for each in ("2024-02", "2024-08-08", "2024-08", "")]
    assert [each.first for each in precise(dates)] == [dt.date(2024, 2, 1), dt.date(2024, 8, 8)]


def test_a_question_is_told_once_and_what_another_page_says_otherwise_is_apart() -> None:
    first, again, otherwise = _told("a", "good", 2), _told("a", "good", 3, score=4), _told("a", "poor", 4)
    told, apart = told_once([first, again, _told("b", "poor", 5), otherwise])
    assert [(each.question, each.grade, each.score, each.address.row) for each in told] == [
        ("a", "good", 4, 2),
        ("b", "poor", None, 5),
    ]
    assert apart == (otherwise,)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["good", "poor"])), max_size=12))
def test_no_judgement_is_lost_or_made(pairs: list[tuple[str, str]]) -> None:
    given_in = [_told(question, grade, row) for row, (question, grade) in enumerate(pairs, 2)]
    told, apart = told_once(given_in)
    assert len({each.question for each in told}) == len(told)
    assert {(each.question, each.grade) for each in (*told, *apart)} == set(pairs)
    assert {each.address.row for each in (*told, *apart)} <= {each.address.row for each in given_in}
