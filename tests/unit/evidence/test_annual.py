"""The annual review of a date."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from oneplace.evidence import actions, queries
from oneplace.records import RatingTotal
from tests.unit.evidence.making import day, edition, inspection, rated, register, release, report, visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def changes(on: str) -> dict[str, str]:
    return {line.area_id: line.change for line in queries.annual_review(day(on)).authorities}


def test_authorities_are_those_of_the_day() -> None:
    assert set(changes("2023-03-31")) == {"alder", "birch", "cumbria"}
    assert set(changes("2023-04-01")) == {"alder", "birch", "cumberland", "westmorland"}


def test_a_change_is_against_a_year_before_and_only_between_like_and_like() -> None:
    actions.publish_release(
        release(),
        [
            inspection("2019-03-01", "2019-01-10", None, grade="inadequate"),
            inspection("2021-03-01", "2021-01-10", None, grade="good"),
            inspection(
                "2011-11-08", None, None, body="Birch", framework="annual-rating", grade="performs_poorly"
            ),
            inspection("2014-03-01", "2014-01-10", None, body="Birch", framework="SIF", grade="inadequate"),
            visit("2021-05-01", "2021-04-20"),
        ],
    )
    assert changes("2019-02-28") == {"alder": "none", "birch": "not_again", "cumbria": "none"}
    assert changes("2019-03-01")["alder"] == "first"
    assert changes("2020-12-31")["alder"] == "not_again"
    assert changes("2021-03-01")["alder"] == "better"
    assert changes("2022-06-01")["alder"] == "not_again"
    actions.publish_release(
        report("again.pdf"), [inspection("2022-05-20", "2022-04-10", "2022-04-20", grade="good")]
    )
    assert changes("2022-06-01")["alder"] == "same"  # inspected again, with the same grade
    assert changes("2014-03-01")["birch"] == "not_comparable"
    assert queries.current("alder") == queries.inspection("ofsted/alder/2022-05-20")


def test_poor_is_not_compared_with_inadequate() -> None:
    actions.publish_release(
        release(),
        [
            inspection("2013-11-08", None, None, framework="annual-rating", grade="performs_poorly"),
            inspection("2014-03-01", "2014-01-10", None, framework="SIF", grade="inadequate"),
        ],
    )
    assert changes("2014-11-30")["alder"] == "not_comparable"


def test_published_totals_count_those_that_nobody_names() -> None:
    first, second = day("2009-12-09"), day("2010-12-09")
    rated = inspection("2009-12-09", None, None, framework="annual-rating", grade="performs_poorly")
    totals = [
        RatingTotal(framework="annual-rating", published=published, grade=grade, count=count)
        for published, grade, count in (
            (first, "performs_well", 2), (first, "performs_poorly", 1), (second, "performs_well", 3),
        )
    ]  # fmt: skip
    actions.publish_release(release(), [rated, *totals])
    counts = {each.grade: each for each in queries.annual_review(first).counts}
    assert (counts["performs_well"].count, counts["performs_well"].named) == (2, ())
    assert (counts["performs_poorly"].count, counts["performs_poorly"].named) == (1, ("alder",))
    assert counts["performs_well"].source is not None


def test_an_inspection_without_an_overall_grade_is_counted_as_such() -> None:
    actions.publish_release(release(), [inspection("2026-05-20", "2026-04-10", None, grade=None)])
    (count,) = queries.annual_review(day("2026-06-01")).counts
    assert (count.grade, count.grade_label, count.named) == (
        "no_overall_grade",
        "No overall grade",
        ("alder",),
    )


def test_a_yearly_rating_says_nothing_once_a_whole_round_of_inspections_has_been() -> None:
    rated = inspection("2010-12-09", None, None, framework="annual-rating", grade="performs_well")
    total = RatingTotal(
        framework="annual-rating", published=day("2010-12-09"), grade="performs_poorly", count=1
    )
    actions.publish_release(release(), [rated, total])

    def standing(on: str) -> dict[str, tuple[bool, bool]]:
        found = queries.annual_review(day(on))
        return {line.area_id: (line.current is not None, line.unnamed) for line in found.authorities}

    # Inspections of another kind began in November 2013, and had been to every council by 2018.
    assert (standing("2014-06-01")["alder"], standing("2014-06-01")["birch"]) == (
        (True, False),
        (False, True),
    )
    assert (standing("2018-12-20")["alder"], standing("2018-12-20")["birch"]) == (
        (False, False),
        (False, False),
    )
    assert queries.annual_review(day("2018-12-20")).counts == ()


def test_a_day_that_a_newer_edition_corrects_is_the_one_that_a_review_goes_by() -> None:
    older = rated("a", "inadequate", on="2018-04-01")
    first = rated("b", "good", on="2019-06-01")
    actions.publish_release(edition(1), [older, first])
    actions.publish_release(edition(2), [older, replace(first, published=day("2019-09-01"))])
    for on, expected in (("2019-07-15", "2018-04-01"), ("2019-10-01", "2019-09-01")):
        (line,) = (each for each in queries.annual_review(day(on)).authorities if each.area_id == "alder")
        assert line.current is not None, on
        assert str(line.current.published) == expected
        assert [str(one.published) for one in queries.newest_of(["alder"], day(on))] == [expected]


def test_questions_are_answered_with_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.publish_release(release(), [inspection(points=3), visit()])
    with django_assert_max_num_queries(10):
        queries.history("alder")
    with django_assert_max_num_queries(12):
        queries.annual_review(day("2020-01-01"))


def test_a_later_review_that_names_nobody_leaves_no_one_at_last_years_grade() -> None:
    first, second = day("2009-12-09"), day("2010-12-09")
    rated = inspection("2009-12-09", None, None, framework="annual-rating", grade="performs_poorly")
    totals = [
        RatingTotal(framework="annual-rating", published=published, grade=grade, count=count)
        for published, grade, count in ((first, "performs_poorly", 1), (second, "performs_well", 1))
    ]
    actions.publish_release(release(), [rated, *totals])

    (before,) = (line for line in queries.annual_review(first).authorities if line.area_id == "alder")
    (after,) = (line for line in queries.annual_review(second).authorities if line.area_id == "alder")

    assert before.current is not None
    assert not before.unnamed
    assert after.current is None
    assert after.unnamed
    assert after.change == "unnamed"
    current = queries.current("alder", second)
    assert current is not None
    assert queries.review_since(current, second) == second
    assert queries.review_since(current, first) is None
