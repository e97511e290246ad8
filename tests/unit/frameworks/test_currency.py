"""How old a rating is against its framework's own rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.frameworks import Cadence, Framework, GradeCadence, framework, frameworks
from oneplace.frameworks.currency import Currency, currency

EDITIONS = list(frameworks().values())
TODAY = dt.date(2026, 11, 22)

editions = st.sampled_from(EDITIONS)
days = st.dates(dt.date(2000, 1, 1), dt.date(2045, 12, 31))
grades = st.one_of(st.none(), st.sampled_from(sorted({g.key for each in EDITIONS for g in each.grades})))

# No state is left for one to the left of it while nothing new happens.
ORDER = ("never_inspected", "current", "overdue", "no_current_rating", "ended_framework", "withdrawn")


def _state(key: str, inspected: dt.date | None, grade: str | None = None, **more: dt.date) -> Currency:
    return currency(framework(key), inspected, TODAY, grade, more.get("closed"))


@pytest.mark.parametrize(
    ("key", "inspected", "grade", "state", "expected"),
    [
        ("ILACS", dt.date(2024, 5, 20), "good", "current", (dt.date(2026, 11, 20), dt.date(2027, 11, 20))),
        ("ILACS", dt.date(2021, 3, 31), "good", "overdue", (dt.date(2023, 9, 30), dt.date(2024, 9, 30))),
        ("ILACS", dt.date(2021, 3, 31), "inadequate", "current", (None, None)),
        ("area-SEND", dt.date(2023, 6, 1), "positive", "current", (dt.date(2028, 6, 1),) * 2),
        ("area-SEND", dt.date(2023, 12, 1), "inconsistent", "current", (dt.date(2026, 12, 1),) * 2),
        ("area-SEND", dt.date(2023, 6, 1), "widespread_failings", "overdue", (dt.date(2024, 12, 1),) * 2),
        ("SIF", dt.date(2017, 6, 1), "good", "ended_framework", (None, None)),
        ("SIF", dt.date(2017, 6, 1), "not_judged", "ended_framework", (None, None)),
        ("PEEL-2023", dt.date(2025, 2, 28), None, "current", (dt.date(2027, 2, 28),) * 2),
        ("FRS-2018", dt.date(2018, 12, 20), None, "overdue", (dt.date(2020, 12, 20),) * 2),
        (
            "healthy-prison",
            dt.date(2024, 2, 29),
            "poor",
            "current",
            (dt.date(2026, 2, 28), dt.date(2029, 2, 28)),
        ),
        (
            "healthy-prison",
            dt.date(2016, 12, 31),
            None,
            "overdue",
            (dt.date(2018, 12, 31), dt.date(2021, 12, 31)),
        ),
        ("probation-2021", dt.date(2022, 10, 31), "inadequate", "current", (None, None)),
        ("youth-justice-2018", dt.date(2019, 1, 1), "good", "overdue", (dt.date(2025, 1, 1),) * 2),
        ("CPA", dt.date(2008, 2, 7), "3", "ended_framework", (None, None)),
        ("CAA-2009", dt.date(2009, 12, 9), "red_flag", "ended_framework", (None, None)),
        ("section-114", dt.date(2018, 2, 2), "issued", "current", (None, None)),
        ("focused-visit", dt.date(2026, 1, 15), None, "no_current_rating", (None, None)),
        ("CQC-local-authority", dt.date(2024, 1, 15), "good", "current", (None, None)),
        ("ILACS", None, None, "never_inspected", (None, None)),
    ],
)
def test_a_rating_is_judged_by_its_own_frameworks_rule(
    key: str,
    inspected: dt.date | None,
    grade: str | None,
    state: str,
    expected: tuple[dt.date | None, dt.date | None],
) -> None:
    found = _state(key, inspected, grade)
    assert (found.state, (found.expected_from, found.expected_until)) == (state, expected)


def test_the_rating_of_a_closed_body_is_withdrawn_from_the_day_it_closed() -> None:
    closed = dt.date(2025, 1, 1)
    inspected = dt.date(2024, 1, 1)
    before = currency(framework("ILACS"), inspected, dt.date(2024, 12, 31), closed=closed)
    after = currency(framework("ILACS"), inspected, closed, closed=closed)
    assert (before.state, after.state) == ("current", "withdrawn")
    assert (after.months_ago, after.expected_until) == (12, None)


def test_what_was_given_and_is_no_level_is_no_current_rating() -> None:
    found = _state("ILACS", dt.date(2025, 5, 1), "not_judged")
    assert found.state == "no_current_rating"
    assert found.expected_until == dt.date(2028, 11, 1)


@pytest.mark.parametrize(
    ("inspected", "on", "months"),
    [
        (dt.date(2024, 1, 31), dt.date(2024, 2, 28), 0),
        (dt.date(2024, 1, 31), dt.date(2024, 2, 29), 1),
        (dt.date(2024, 1, 31), dt.date(2024, 3, 30), 1),
        (dt.date(2023, 12, 1), dt.date(2024, 11, 30), 11),
        (dt.date(2024, 5, 5), dt.date(2024, 5, 5), 0),
    ],
)
def test_months_are_whole_months(inspected: dt.date, on: dt.date, months: int) -> None:
    assert currency(framework("ILACS"), inspected, on).months_ago == months


@given(editions, days, days, days, grades)
def test_a_rating_only_ages(
    each: Framework, inspected: dt.date, one: dt.date, two: dt.date, grade: str | None
) -> None:
    sooner, later = sorted((one, two))
    before = currency(each, inspected, sooner, grade)
    after = currency(each, inspected, later, grade)
    assert ORDER.index(before.state) <= ORDER.index(after.state)
    assert (before.months_ago or 0) <= (after.months_ago or 0)
    if (
        before.expected_until
        and after.expected_until
        and each.cadence.rule(grade) is before.rule is after.rule
    ):
        assert before.expected_until == after.expected_until


@given(editions, days, days, grades)
def test_the_next_is_expected_after_the_last_and_it_is_overdue_after_that(
    each: Framework, inspected: dt.date, on: dt.date, grade: str | None
) -> None:
    found = currency(each, inspected, on, grade)
    if found.expected_from:
        assert inspected < found.expected_from
    if found.expected_until:
        assert inspected < found.expected_until
        assert not found.expected_from or found.expected_from <= found.expected_until
    if found.state == "overdue":
        assert found.expected_until
        assert found.expected_until < on
    if found.state == "current" and found.expected_until:
        assert on <= found.expected_until
    if found.state == "never_inspected":
        assert inspected > on
        assert (found.months_ago, found.expected_from, found.expected_until) == (None, None, None)


@pytest.mark.parametrize("each", EDITIONS, ids=lambda each: each.key)
def test_every_rule_says_where_it_was_read(each: Framework) -> None:
    rules: tuple[Cadence | GradeCadence, ...] = (each.cadence, *each.cadence.by_grade)
    for rule in rules:
        assert rule.source
        assert rule.text.strip().endswith(".")
