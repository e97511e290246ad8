"""The annual review of services that are not a council's own, and of inspections without a grade for the whole."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from oneplace.evidence import actions, queries
from oneplace.evidence.reviewed import children_services_families, reviews, reviews_of
from oneplace.evidence.views import AnnualReview
from oneplace.frameworks import frameworks
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord
from tests.unit.evidence.making import day, inspection, judgement, register, release

pytestmark = pytest.mark.django_db


def force(name: str, *areas: str, closed: str | None = None) -> BodyRecord:
    return BodyRecord(
        body_id=name.lower().replace(" ", "-"),
        name=name,
        kind="police_force",
        serves=tuple(AreaRef(area_id=area) for area in areas),
        closed=day(closed) if closed else None,
    )


def peel(name: str, published: str | None, begun: str, **grades: str) -> InspectionRecord:
    return replace(
        inspection(published, begun, begun, publisher="hmicfrs", framework="PEEL"),
        body=BodyRef(kind="police_force", name=name),
        judgements=tuple(judgement(key, grade) for key, grade in grades.items()),
    )


def prison(name: str, area: str) -> BodyRecord:
    return BodyRecord(
        body_id=name.lower().replace(" ", "-"), name=name, kind="prison", stands_in=AreaRef(area_id=area)
    )


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    actions.publish_release(
        release(source="hmicfrs_peel"),
        [
            force("Timber Police", "alder", "birch"),
            force("Old Police", "alder", closed="2018-01-01"),
            force("Dale Police", "cumbria"),
            peel(
                "Timber Police", "2022-01-10", "2021-11-01", investigating_crime="good", workforce="adequate"
            ),
            peel("Timber Police", "2019-05-02", "2019-02-01", effectiveness="good"),
            peel(
                "Dale Police", "2022-03-10", "2021-11-01", investigating_crime="inadequate", workforce="good"
            ),
            peel("Dale Police", "2022-12-10", "2022-10-01", investigating_crime="good", workforce="adequate"),
        ],
    )


def police(on: str) -> AnnualReview:
    return queries.annual_review(day(on), service="police")


def test_forces_are_those_of_the_day_each_for_itself() -> None:
    assert [line.area_id for line in police("2017-01-01").authorities] == [
        "dale-police",
        "old-police",
        "timber-police",
    ]
    (_, timber) = police("2022-06-01").authorities
    assert (timber.kind, timber.region, timber.areas) == ("police_force", "North West", ("alder", "birch"))
    assert timber.path == "/bodies/timber-police/"
    assert timber.current is not None
    assert timber.current.published == day("2022-01-10")


def test_what_has_no_grade_for_the_whole_is_given_none_and_counted_by_question() -> None:
    review = police("2022-06-01")
    assert [(each.grade, each.count) for each in review.counts] == [("no_overall_grade", 2)]
    asked = {
        (each.question_key, each.grade): each.named
        for each in review.by_question
        if each.framework == "PEEL-2021"
    }
    assert asked == {
        ("investigating_crime", "good"): ("timber-police",),
        ("investigating_crime", "inadequate"): ("dale-police",),
        ("workforce", "good"): ("dale-police",),
        ("workforce", "adequate"): ("timber-police",),
    }


def test_a_change_without_a_grade_for_the_whole_is_by_question_and_may_be_mixed() -> None:
    changes = {line.area_id: line.change for line in police("2023-06-01").authorities}
    assert changes["timber-police"] == "not_again"  # the same inspection as a year before
    assert changes["dale-police"] == "mixed"
    earlier = {line.area_id: line.change for line in police("2022-02-01").authorities}
    assert earlier["timber-police"] == "not_comparable"


def test_an_inspection_of_unknown_publication_is_not_told_before_it_was_held() -> None:
    actions.publish_release(
        release(source="hmi_prisons"),
        [
            prison("HMP Oak", "alder"),
            replace(
                inspection(
                    None, "2020-01-10", "2020-01-20", publisher="hmi-prisons", framework="healthy-prison"
                ),
                body=BodyRef(kind="prison", name="HMP Oak"),
                judgements=(judgement("safety", "good"),),
            ),
        ],
    )
    (earlier,) = queries.annual_review(day("2021-01-01"), service="prisons").authorities
    assert earlier.current is None
    assert earlier.undated
    (today,) = queries.annual_review(dt.date(2024, 6, 1), service="prisons").authorities
    assert today.current is not None
    assert not today.undated


def test_only_a_service_that_somebody_grades_body_by_body_has_a_review() -> None:
    for service in ("waste", "schools"):
        with pytest.raises(queries.NoSuchReview, match=service):
            queries.annual_review(day("2022-01-01"), service=service)
    assert [each.key for each in reviews_of("children")][:2] == ["children", "area-SEND"]


def test_every_family_that_grades_on_a_round_has_one_review_of_each_kind_of_body() -> None:
    graded = {each.family for each in frameworks().values() if each.kind in ("inspection", "rating")}
    listed = [(family, each.kinds) for each in reviews() for family in each.families]
    assert len(listed) == len(set(listed))
    twice = [family for family, count in Counter(family for family, _ in listed).items() if count > 1]
    assert twice == ["probation"]  # of units, and of the regions that they are parts of
    assert {
        family for family, _ in listed
    } - children_services_families() == graded - children_services_families() - {"LSCB-review only"}


def test_the_questions_asked_of_the_record_do_not_grow_with_the_bodies(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    names = [f"Force {number}" for number in range(12)]
    more = [peel(name, "2022-01-10", "2021-11-01", investigating_crime="good") for name in names]
    actions.publish_release(
        release("more", "b", source="hmicfrs_peel"), [*(force(name, "alder") for name in names), *more]
    )
    with django_assert_max_num_queries(15):
        assert len(police("2022-06-01").authorities) > len(names)
