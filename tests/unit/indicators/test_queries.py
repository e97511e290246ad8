"""Reading statistics: trends, areas beside each other, and what is not there said for what it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oneplace.indicators import queries
from tests.unit.indicators.making import COUNCILS, across, measure, publish, register, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    register()


def test_a_trend_is_in_the_order_of_time_with_gaps_told_by_their_marker() -> None:
    publish(
        [
            value(number=3.0, period="2023-24", ends="2024-03-31"),
            value(number=None, period="2022-23", ends="2023-03-31", marker="suppressed"),
            value(number=1.0, period="2021-22", ends="2022-03-31"),
        ]
    )
    (series,) = queries.series("ash", ["t-visits"])
    assert [(each.period, each.value, each.marker) for each in series.values] == [
        ("2021-22", 1.0, ""),
        ("2022-23", None, "suppressed"),
        ("2023-24", 3.0, ""),
    ]
    assert series.values[1].printed == "c"
    assert series.latest is series.values[-1]


def test_what_is_not_there_says_which_kind_of_absence_it_is() -> None:
    publish(
        [
            value("Ash", None, marker="suppressed"),
            value("Beech", None, marker="not_available"),
            value("Cedar", 1.0),
        ]
    )

    def said(subject: str, key: str = "t-visits") -> tuple[str | None, str | None]:
        (series,) = queries.series(subject, [key])
        return (series.latest.marker if series.latest else None), series.absence

    assert said("ash") == ("suppressed", None)
    assert said("beech") == ("not_available", None)
    assert said("elm") == (None, "not_published")
    assert said("willow") == (None, "not_provided")
    assert said("ash", "t-nothing") == (None, "not_loaded")


def test_series_come_in_the_order_asked_for() -> None:
    measures = [measure("t-a"), measure("t-b")]
    publish([value(key="t-a", number=1), value(key="t-b", number=2)], measures)
    asked = queries.series("ash", ["t-b", "t-none", "t-a"])
    assert [(each.key, each.measure is not None, each.absence) for each in asked] == [
        ("t-b", True, None),
        ("t-none", False, "not_loaded"),
        ("t-a", True, None),
    ]


def test_measures_are_by_topic_and_title_and_can_be_of_one_service() -> None:
    listed = [
        measure("t-1", topic="B", title="A"),
        measure("t-2", topic="A", title="B"),
        measure("t-3", topic="A", title="A"),
        measure("t-4", service="waste"),
    ]
    publish([value(key="t-1")], listed)
    assert [each.key for each in queries.measures("children")] == ["t-3", "t-2", "t-1"]
    assert [each.key for each in queries.measures("waste")] == ["t-4"]
    assert len(queries.measures()) == 4


def test_latest_gives_what_the_area_has_cells_of_up_to_the_limit() -> None:
    listed = [measure(f"t-{number}", topic=str(number)) for number in range(4)]
    publish(
        [value(key=f"t-{number}", number=number) for number in (0, 1, 3)] + [value("Beech", key="t-2")],
        listed,
    )
    assert [each.key for each in queries.latest("ash")] == ["t-0", "t-1", "t-3"]
    assert [each.key for each in queries.latest("ash", "children", limit=2)] == ["t-0", "t-1"]
    assert queries.latest("ash", "waste") == ()


def test_the_latest_period_is_one_that_enough_areas_have_in_common() -> None:
    early = {name.title(): float(place) for place, name in enumerate(COUNCILS)}
    publish(across(early) + across({"Ash": 5.0, "Beech": 6.0}, period="2023-24", ends="2024-03-31"))
    found = queries.across("t-visits")
    assert found is not None
    assert (found.period, len(found.values)) == ("2022-23", len(COUNCILS))
    of_two = queries.across("t-visits", subjects=["ash", "beech"])
    assert of_two is not None
    assert (of_two.period, [each.value for each in of_two.values]) == ("2023-24", [5.0, 6.0])
    asked = queries.across("t-visits", "2023-24")
    assert asked is not None
    assert len(asked.values) == 2
    assert queries.across("t-visits", "1999") is None
    assert queries.across("t-none") is None


def test_one_way_of_writing_a_period_is_never_two_periods_at_once() -> None:
    publish([value("Ash", 1.0, ends="2023-03-31"), value("Ash", 2.0, ends="2023-08-31"), value("Beech", 3.0)])
    found = queries.across("t-visits", "2022-23")
    assert found is not None
    assert {each.ends.isoformat() for each in found.values} == {"2023-08-31"}


def test_a_page_of_many_measures_takes_a_few_statements() -> None:
    listed = [measure(f"t-{number}") for number in range(60)]
    publish([value(key=each.key) for each in listed], listed)
    for question in (
        lambda: queries.latest("ash", "children"),
        lambda: queries.series("ash", [each.key for each in listed]),
        lambda: queries.across("t-7"),
    ):
        with CaptureQueriesContext(connection) as statements:
            question()
        assert len(statements) <= 3


def test_a_dataset_is_read_back_whole() -> None:
    publish([value(number=None, marker="suppressed"), value("Beech", 2.5, printed="2.50")])
    (dataset,) = queries.datasets()
    assert (dataset.release_id, dataset.state, dataset.measures, dataset.values) == ("stats/1", "live", 1, 2)
    assert sorted(queries.dataset_values("stats/1"), key=str)[0][:2] == ("t-visits", "ash")
    assert {row[6] for row in queries.dataset_values("stats/1")} == {"c", "2.50"}
    (defined,) = queries.dataset_definitions("stats/1")
    assert defined.key == "t-visits"
