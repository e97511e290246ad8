"""A page's figures in context: the same answers as one by one, in as many questions however many there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oneplace.indicators import queries
from oneplace.indicators.queries import among
from tests.unit.indicators.making import COUNCILS, across, measure, publish, register, value

pytestmark = pytest.mark.django_db

NUMBERS = {
    "Ash": 10.0, "Cedar": 20.0, "Elm": 20.0, "Beech": 30.0, "Fir": 40.0, "Larch": 50.0, "Maple": 60.0,
    "Hazel": 70.0, "Oak": None,
}  # fmt: skip
AMONG = {"t-visits": COUNCILS, "t-care": COUNCILS}


@pytest.fixture(autouse=True)
def _register(monkeypatch: pytest.MonkeyPatch) -> None:
    register()
    # A release's public id tells its content; the small ones of these tests are all called alike.
    monkeypatch.setattr(among, "_reckoned", among._Reckoned())


def test_in_context_says_what_each_question_alone_says() -> None:
    rates = [measure("t-visits", polarity="low"), measure("t-care", polarity="high")]
    figures = [
        *across(NUMBERS, key="t-visits"),
        *across({**NUMBERS, "Ash": 55.0}, key="t-care"),
        value("England", 33.0, key="t-visits"),
        value("England", 330.0, key="t-care"),
    ]
    publish(figures, rates)
    found = queries.in_context("ash", ["t-visits", "t-care", "t-none"], AMONG)
    assert set(found) == {"t-visits", "t-care"}
    for key, one in found.items():
        assert one.standing == queries.standing(key, "ash", COUNCILS)
        assert one.series == queries.series("ash", [key])[0]
    beside = found["t-visits"].england
    assert beside is not None
    assert [each.value for each in beside.values] == [33.0]
    assert found["t-care"].england is None, "it lies outside its areas' range"


def test_a_count_has_neither_a_rank_nor_england_beside_it() -> None:
    publish([*across(NUMBERS), value("England", 300.0)], [measure(kind="count")])
    one = queries.in_context("ash", ["t-visits"], AMONG)["t-visits"]
    assert (one.standing, one.england) == (None, None)


def test_a_suppressed_figure_stands_nowhere() -> None:
    publish(across({**NUMBERS, "Ash": None}))
    assert queries.in_context("ash", ["t-visits"], AMONG)["t-visits"].standing is None


def test_however_many_measures_are_asked_of_there_are_three_questions() -> None:
    keys = [f"t-{number}" for number in range(6)]
    publish(
        [one for key in keys for one in (*across(NUMBERS, key=key), value("England", 33.0, key=key))],
        [measure(key) for key in keys],
    )
    queries.in_context("ash", keys[:1], dict.fromkeys(keys, COUNCILS))
    queries.in_context("cedar", keys, dict.fromkeys(keys, COUNCILS))
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.in_context("elm", keys, dict.fromkeys(keys, COUNCILS))) == 6
    assert len(asked) == 3


def test_newer_statistics_are_seen_at_once() -> None:
    publish([*across(NUMBERS), value("England", 33.0)], [measure(title="Before")])
    assert queries.in_context("ash", ["t-visits"], AMONG)["t-visits"].england is not None
    publish(
        [*across(NUMBERS), value("England", 3300.0)], [measure(title="After")], "stats/2", ["stats/1"], days=1
    )
    one = queries.in_context("ash", ["t-visits"], AMONG)["t-visits"]
    assert one.series.measure is not None
    assert one.series.measure.title == "After"
    assert one.england is None
