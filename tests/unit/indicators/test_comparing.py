"""Like with like: ranks with ties, quarters, which side is good, and what is refused."""

from __future__ import annotations

import pytest

from oneplace.indicators import queries
from oneplace.indicators.errors import NotComparable
from tests.unit.indicators.making import COUNCILS, across, measure, publish, register, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    register()


# Of eight with a number: ash, then cedar and elm alike, … and hazel last. Oak's is suppressed.
NUMBERS = {
    "Ash": 10.0, "Cedar": 20.0, "Elm": 20.0, "Beech": 30.0, "Fir": 40.0, "Larch": 50.0, "Maple": 60.0,
    "Hazel": 70.0, "Oak": None,
}  # fmt: skip


def stand(subject: str, polarity: str = "low") -> queries.Standing:
    publish(across(NUMBERS), [measure(polarity=polarity)])
    found = queries.standing("t-visits", subject, COUNCILS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("subject", "polarity", "rank", "tied", "quartile", "side"),
    [
        ("ash", "low", 1, 0, 1, "better"),
        ("cedar", "low", 2, 1, 1, "better"),
        ("elm", "low", 2, 1, 1, "better"),
        ("beech", "low", 4, 0, 2, "better"),
        ("fir", "low", 5, 0, 3, "worse"),
        ("hazel", "low", 8, 0, 4, "worse"),
        ("hazel", "high", 1, 0, 1, "better"),
        ("cedar", "high", 6, 1, 3, "worse"),
        ("ash", "high", 8, 0, 4, "worse"),
        ("hazel", "none", 1, 0, 1, None),
    ],
)
def test_a_value_stands_among_the_areas_that_have_a_number(
    subject: str, polarity: str, rank: int, tied: int, quartile: int, side: str | None
) -> None:
    found = stand(subject, polarity)
    assert (found.rank, found.tied, found.quartile, found.side) == (rank, tied, quartile, side)
    assert (found.of, found.left_out, found.median) == (8, 1, 35.0)
    assert found.best_first is (polarity != "none")


def test_a_suppressed_value_stands_nowhere_and_is_still_shown_as_suppressed() -> None:
    found = stand("oak")
    assert found.value is not None
    assert found.value.marker == "suppressed"
    assert (found.rank, found.quartile, found.side, found.tied) == (None, None, None, 0)


def test_among_few_areas_there_is_no_rank() -> None:
    publish(across(NUMBERS))
    found = queries.standing("t-visits", "ash", ["beech", "cedar"])
    assert found is not None
    assert (found.rank, found.quartile, found.of) == (None, None, 3)
    assert found.side == "worse"


def test_nobody_is_ranked_by_a_count() -> None:
    publish(across(NUMBERS), [measure(kind="count")])
    with pytest.raises(NotComparable, match="different size"):
        queries.standing("t-visits", "ash", COUNCILS)


def test_a_value_stands_beside_england_its_region_and_the_median_of_its_neighbours() -> None:
    publish([*across(NUMBERS), value("England", 33.0), value("North West", 31.0)])
    found = queries.comparators("t-visits", "ash")
    assert found is not None
    assert found.value is not None
    assert found.england is not None
    assert found.region is not None
    assert (found.value.value, found.england.value, found.region.value) == (10.0, 33.0, 31.0)
    assert found.neighbours is not None
    assert (found.neighbours.median, found.neighbours.ids) == (20.0, ("beech", "cedar", "elm"))
    assert found.neighbours.wording == "median of 3 statistical neighbours"


def test_a_neighbour_without_a_number_is_named_and_not_counted() -> None:
    publish(across({**NUMBERS, "Cedar": None}))
    found = queries.comparators("t-visits", "ash")
    assert found is not None
    assert found.neighbours is not None
    assert (found.neighbours.median, found.neighbours.without) == (25.0, ("cedar",))
    assert found.england is None


def test_the_comparison_is_of_the_last_period_in_which_the_area_has_a_number() -> None:
    publish(
        [
            *across(NUMBERS),
            value("Ash", None, period="2023-24", ends="2024-03-31", marker="suppressed"),
            value("England", 34.0, period="2023-24", ends="2024-03-31"),
        ]
    )
    found = queries.comparators("t-visits", "ash")
    assert found is not None
    assert found.period == "2022-23"
    later = queries.comparators("t-visits", "ash", "2023-24")
    assert later is not None
    assert later.value is not None
    assert later.value.marker == "suppressed"
    assert queries.comparators("t-visits", "ash", "1999") is None


def test_a_count_is_not_set_beside_englands() -> None:
    publish([*across(NUMBERS), value("England", 300.0)], [measure(kind="count")])
    found = queries.comparators("t-visits", "ash")
    assert found is not None
    assert found.england is None
    assert found.neighbours is None
    assert "another size" in found.why_none


def test_what_is_not_loaded_has_no_standing_and_no_comparators() -> None:
    assert queries.standing("t-none", "ash", COUNCILS) is None
    assert queries.comparators("t-none", "ash") is None


def test_a_change_says_which_way_is_good_only_where_somebody_said_so() -> None:
    publish(
        [value(number=10.0), value(number=7.5, period="2023-24", ends="2024-03-31")],
        [measure(polarity="low")],
    )
    earlier, later = queries.series("ash", ["t-visits"])[0].values
    found = queries.difference(earlier, later)
    assert found is not None
    assert (found.change, found.side) == (-2.5, "better")


def test_values_of_different_measures_are_not_compared() -> None:
    publish(
        [value(key="t-a"), value(key="t-b", period="2023-24", ends="2024-03-31")],
        [measure("t-a"), measure("t-b")],
    )
    one, other = queries.series("ash", ["t-a", "t-b"])
    with pytest.raises(NotComparable, match="t-a, t-b are different measures"):
        queries.difference(one.values[0], other.values[0])


def test_periods_of_different_kinds_are_not_compared() -> None:
    publish([value(ends="2023-03-31"), value(period="2023", ends="2023-12-31")])
    earlier, later = queries.series("ash", ["t-visits"])[0].values
    with pytest.raises(NotComparable, match=r"2022-23 \(year to 31 March\)"):
        queries.difference(earlier, later)


def test_two_areas_do_not_make_a_change() -> None:
    publish([value(), value("Beech", period="2023-24", ends="2024-03-31")])
    (one,), (other,) = (queries.series(each, ["t-visits"])[0].values for each in ("ash", "beech"))
    with pytest.raises(NotComparable, match="ash and beech"):
        queries.difference(one, other)
