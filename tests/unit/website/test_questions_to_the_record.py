"""How often a page asks the record: the first reader after each publication waits for every one of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries as AssertQueries

from oneplace.evidence import actions, queries
from oneplace.evidence.reviewed import reviews
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from tests.unit.evidence.making import inspection, register, release

SOON = dt.date(2019, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    earlier = inspection(
        "2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", grade="requires_improvement", points=2
    )
    actions.publish_release(release(), [earlier, inspection(points=3)])
    # Both are kept while the record is the same: whatever was asked before, a page finds them there.
    places.areas()
    indicators.in_context_of(["alder"], ["waste-recycling-rate"])


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 15),
        ("/areas/", 1),
        ("/areas/alder/", 11),
        ("/areas/alder/children/", 12),
        ("/areas/alder/flags/", 7),
        ("/areas/alder/briefing/", 17),
        ("/areas/alder/story/", 18),
        ("/areas/alder/story.csv", 17),
        ("/areas/alder/changes.atom", 15),
        ("/inspections/ofsted/alder/2018-12-14/", 17),
        ("/inspections/ofsted/alder/2018-12-14/story/", 23),
        ("/inspections/ofsted/alder/2018-12-14/improve/1/", 12),
        ("/compare/?areas=alder,birch", 13),
        ("/compare/?areas=alder&with=england", 12),
        ("/compare.csv?areas=alder&with=england", 13),
        ("/review/annual/", 7),
        ("/review/annual.csv", 7),
        ("/review/queue/", 5),
        ("/map/children/", 8),
        ("/map/list/", 1),
        ("/measures/", 1),
        ("/search/?q=zzzz", 12),
        ("/search/words/?q=records", 25),
        ("/flags/", 4),
        ("/flags/rules/", 1),
        ("/changes/", 2),
        ("/changes.atom", 13),
        ("/sources/", 8),
        ("/sources/ofsted_la_outcomes/", 9),
        ("/about/missing/", 20),
        ("/about/corrections/", 8),
        ("/about/grades/", 0),
        ("/charts/areas/alder/children/history.svg", 5),
        ("/embed/areas/alder/children/history/", 5),
    ],
)
def test_a_page_asks_the_record_few_questions(
    path: str, most: int, django_assert_max_num_queries: AssertQueries
) -> None:
    with django_assert_max_num_queries(most):
        assert Client().get(path).status_code == 200


def test_every_review_of_a_day_takes_as_many_questions_as_a_few_and_says_the_same(
    django_assert_max_num_queries: AssertQueries,
) -> None:
    chosen = [each for each in reviews() if not each.is_by_area]
    assert len(chosen) > 5
    with django_assert_max_num_queries(10), places.one_register():
        found = queries.annual_reviews(SOON, chosen)
    alone = tuple(queries.annual_review(SOON, service=each.service, key=each.key) for each in chosen)
    assert found == alone
    assert any(one.current for each in found for one in each.authorities)


def test_several_inspections_take_as_many_questions_as_one_and_are_whole(
    django_assert_max_num_queries: AssertQueries,
) -> None:
    names = ("ofsted/alder/2014-07-18", "ofsted/alder/2018-12-14", "ofsted/alder/1999-01-01")
    with django_assert_max_num_queries(7):
        found = queries.inspections(names)
    assert found == {name: one for name in names if (one := queries.inspection(name))}
    assert len(found) == 2


def test_releases_are_found_by_name_in_one_question(django_assert_max_num_queries: AssertQueries) -> None:
    named = [each.public_id for each in queries.releases()]
    with django_assert_max_num_queries(1):
        found = queries.releases_named([*named, "nobody/000000000000"])
    assert found == {name: queries.release(name) for name in named}
    assert named
