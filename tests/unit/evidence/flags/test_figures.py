"""Flags of statistics: a rate in the worst tenth three years running, and getting worse; nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from oneplace.evidence import actions, queries
from oneplace.places.actions import load_areas
from oneplace.records import MeasureRecord, ValueRecord
from tests.unit.evidence.making import area, release

pytestmark = pytest.mark.django_db

KEY = "lait-totperabnew"
MEASURE = MeasureRecord(
    key=KEY,
    title="Pupils often away",
    service="schools",
    unit="percent",
    polarity="low",
    definition="Share away.",
)
COUNCILS = [f"council-{number:02d}" for number in range(60)]
WORST, BEST = "council-59", "council-00"


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    load_areas([area(each) for each in COUNCILS], "register/1")


def rate(number: int, year: int) -> float | None:
    """The last is the worst and gets worse, the first the best and gets better."""
    return 10.0 + number + (year - 2023) * (1 if number > 30 else -0.5)


def publish(
    measure: MeasureRecord = MEASURE, years: tuple[int, ...] = (2023, 2024, 2025), **given: Any
) -> None:
    numbers = given.pop("numbers", rate)
    values = [
        ValueRecord(
            measure=measure.key,
            scheme="gss",
            area=area(name).gss_codes[0],
            period=str(year),
            ends=dt.date(year, 8, 31),
            value=numbers(place, year),
            marker="" if numbers(place, year) is not None else "suppressed",
            printed=str(numbers(place, year)),
            sheet="Absence",
            row=place + 2,
        )
        for place, name in enumerate(COUNCILS)
        for year in years
    ]
    made = release(source="dfe_lait", **{"published": dt.date(2026, 4, 30), **given})
    actions.publish_release(made, [measure, *values])


def up(area_id: str) -> list[str]:
    return [each.rule.key for each in queries.flags(area_id, dt.date(2026, 5, 1))]


def test_the_worst_and_the_best_tenth_are_flagged_on_the_day_of_the_edition_with_their_rows() -> None:
    publish()
    assert up(WORST) == ["school-absence-worst-tenth"]
    assert up(BEST) == ["school-absence-best-tenth"]
    flagged = queries.flags_raised(dt.date(2026, 5, 1), colour="red")
    assert {each.body_id for each in flagged} == {f"council-{number}" for number in range(54, 60)}
    one = queries.flags(WORST, dt.date(2026, 5, 1))[0]
    assert one.raised_on == dt.date(2026, 4, 30)
    assert [(each.period, each.within, each.of, each.address.row) for each in one.evidence] == [
        ("2023", 1, 60, 61),
        ("2024", 1, 60, 61),
        ("2025", 1, 60, 61),
    ]


def test_one_that_is_bad_and_gets_no_worse_is_not_flagged() -> None:
    publish(numbers=lambda number, year: 10.0 + number)
    assert up(WORST) == []


@pytest.mark.parametrize(
    "measure",
    [
        replace(MEASURE, polarity="none"),
        replace(MEASURE, kind="count", unit="number"),
    ],
)
def test_a_count_and_a_rate_of_which_nobody_says_what_is_good_raise_nothing(measure: MeasureRecord) -> None:
    publish(measure)
    assert queries.flags_raised(dt.date(2026, 5, 1)) == ()


def test_a_suppressed_number_raises_nothing() -> None:
    publish(numbers=lambda number, year: None if (number, year) == (59, 2024) else rate(number, year))
    assert up(WORST) == []


def test_years_with_a_gap_are_not_in_a_row() -> None:
    publish(years=(2022, 2024, 2025))
    assert up(WORST) == []


def test_of_too_few_areas_none_is_flagged() -> None:
    publish(numbers=lambda number, year: rate(number, year) if number > 12 else None)
    assert up(WORST) == []


def test_a_number_that_many_share_is_not_in_the_tenth() -> None:
    publish(numbers=lambda number, year: 50.0 + year if number > 40 else 10.0)
    assert up(WORST) == []


def test_a_newer_edition_that_says_otherwise_lowers_it() -> None:
    publish()
    publish(
        numbers=lambda number, year: 10.0 + number,
        content="b",
        published=dt.date(2026, 9, 30),
        retrieved_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    )
    assert up(WORST) == ["school-absence-worst-tenth"]
    (down,) = queries.flag_history(WORST, dt.date(2026, 9, 30))
    assert (down.raised_on, down.lowered_on, down.lowered_why) == (
        dt.date(2026, 4, 30),
        dt.date(2026, 9, 30),
        "newer",
    )
