"""Who serves an area, what stands in it, what may be held side by side; and what is not mixed up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oneplace.evidence import actions, queries
from oneplace.evidence.errors import UnknownInspection
from oneplace.frameworks import NotComparable
from oneplace.places.actions import load_areas, load_bodies
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord
from tests.unit.evidence.making import area, areas, day, edition, inspection, release
from tests.unit.evidence.test_every_kind_of_record import home, rating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_county_with_a_force(db: None) -> None:
    """Larch is a district of the county of Heath; Wood Police serve it, and Alder."""
    load_areas(
        [
            *areas(),
            area("heath", kind="county"),
            area("larch", kind="district", county="heath", childrens_services=False),
        ],
        "register/1",
    )
    serves = (AreaRef(area_id="larch"), AreaRef(area_id="alder"), AreaRef(area_id="heath"))
    load_bodies(
        [BodyRecord(body_id="wood-police", name="Wood Police", kind="police_force", serves=serves)],
        "bodies/1",
    )


def of_force(published: str = "2024-05-01", **changes: Any) -> InspectionRecord:
    return replace(
        inspection(published, None, None, publisher="hmicfrs", framework="PEEL", grade=None, **changes),
        body=BodyRef(name="Wood Police", kind="police_force"),
    )


def everything() -> None:
    actions.publish_release(
        release(),
        [
            inspection(grade="good"),
            inspection("2020-02-03", "2020-01-06", "2020-01-10", body="Heath", grade="inadequate"),
            of_force(),
        ],
    )
    actions.publish_release(edition(1), [home(), home(2), home(3), rating(), rating(2, "inadequate")])


def bodies(found: Any) -> list[str]:
    return [each.body_id for each in found]


def test_the_history_of_an_area_is_of_its_own_services_for_children_unless_it_is_asked_for_more() -> None:
    everything()
    assert bodies(queries.history("alder")) == ["alder"]
    assert bodies(queries.history("larch")) == []
    assert bodies(queries.history("alder", service="police")) == ["wood-police"]
    assert sorted(bodies(queries.history("alder", service=None))) == ["alder", "wood-police"]


def test_neither_police_nor_county_is_an_areas_current_grade_or_in_the_annual_review() -> None:
    everything()
    current = queries.current("alder")
    assert current is not None
    assert current.public_id == "ofsted/alder/2018-12-14"
    assert queries.current("larch") is None
    review = queries.annual_review(day("2024-12-31"))
    assert {each.area_id for each in review.authorities if each.current} == {"alder", "heath"}
    assert all(each.framework == "ILACS" for each in review.counts)
    assert queries.children_services_families() >= {"ILACS", "SIF"}
    assert not queries.children_services_families() & {"PEEL", "CQC-adult-social-care"}


def test_what_was_published_last_is_of_services_for_children_unless_it_is_asked_for_more() -> None:
    everything()
    assert bodies(queries.recent()) == ["heath", "alder"]
    assert set(bodies(queries.recent(service=None))) == {"heath", "alder", "wood-police", "1-1", "1-2"}


def test_who_serves_a_district_is_told_by_service_and_the_countys_as_the_countys() -> None:
    everything()
    found = queries.serving("larch")
    assert {service: bodies(some) for service, some in found.items()} == {
        "children": ["heath"],
        "police": ["wood-police"],
    }
    assert queries.serving("larch", day("2019-01-01")) == {}


def test_bodies_that_stand_in_an_area_are_counted_by_grade_and_edition() -> None:
    everything()
    found = queries.in_area("alder", "care_location")
    assert [(each.grade, each.count, each.named) for each in found.counts] == [
        ("good", 1, ("1-1",)),
        ("inadequate", 1, ("1-2",)),
    ]
    assert (found.bodies, found.not_inspected) == (3, ("1-3",))
    assert queries.in_area("birch", "care_location").bodies == 0


def test_only_the_newest_inspection_of_a_body_counts_and_none_later_than_the_day() -> None:
    opened = home(opened=day("2010-01-01"))
    actions.publish_release(edition(1), [opened, rating(), rating(on="2025-02-01", grade="outstanding")])
    assert [each.grade for each in queries.in_area("alder", "care_location").counts] == ["outstanding"]
    then = queries.in_area("alder", "care_location", day("2024-06-01"))
    assert [each.grade for each in then.counts] == ["good"]
    assert queries.in_area("alder", "care_location", day("2020-06-01")).not_inspected == ("1-1",)
    newest = queries.of_body("1-1")[0].public_id
    because = {"reason": "a slip", "evidence": "the report, page 1", "decided_by": "A. Person"}
    actions.correct(newest, "published", "2025-04-01", **because)
    for on, grade in (("2025-03-01", "good"), ("2025-04-01", "outstanding")):
        found = queries.in_area("alder", "care_location", day(on))
        assert [each.grade for each in found.counts] == [grade]


def questions_asked(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    return len(asked)


def test_as_many_questions_go_to_the_database_for_many_bodies_as_for_few() -> None:
    everything()
    few = questions_asked(lambda: queries.in_area("alder", "care_location"))
    serving = questions_asked(lambda: queries.serving("alder"))
    more = [record for n in range(10, 60) for record in (home(n), rating(n))]
    list(actions.publish_many([(edition(2), more)], insists=True))
    assert questions_asked(lambda: queries.in_area("alder", "care_location")) == few <= 8
    assert questions_asked(lambda: queries.serving("alder")) == serving <= 6


def test_inspections_of_one_framework_stand_side_by_side_in_the_order_asked_for() -> None:
    everything()
    names = ["ofsted/heath/2020-02-03", "ofsted/alder/2018-12-14"]
    found = queries.side_by_side(names)
    assert [each.inspection.public_id for each in found] == names
    assert [each.judgement.grade for each in found if each.judgement] == ["inadequate", "good"]


def test_areas_stand_side_by_side_by_their_own_newest() -> None:
    everything()
    found = queries.side_by_side(area_ids=["heath", "alder", "birch"], family="ILACS")
    assert [(each.area_id, each.judgement.grade) for each in found if each.judgement] == [
        ("heath", "inadequate"),
        ("alder", "good"),
    ]


def test_frameworks_that_may_not_be_compared_are_refused_with_the_reason() -> None:
    everything()
    rated = inspection(
        "2009-12-09", None, None, framework="annual-rating", body="Birch", grade="performs_well"
    )
    actions.publish_release(release("x", "x"), [rated])
    with pytest.raises(NotComparable, match="are not compared"):
        queries.side_by_side(["ofsted/alder/2018-12-14", "ofsted/birch/2009-12-09-annual-rating"])
    with pytest.raises(NotComparable):
        queries.side_by_side(["ofsted/alder/2018-12-14", "cqc/1-1/2024-03-01"])
    with pytest.raises(NotComparable, match="no grade for"):
        queries.side_by_side(["ofsted/alder/2018-12-14"], question="send_outcome")
    with pytest.raises(UnknownInspection):
        queries.side_by_side(["ofsted/alder/1999-01-01"])
