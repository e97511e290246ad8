"""What the record says is told again."""

from __future__ import annotations

from typing import Any

import pytest

from oneplace.evidence import actions
from oneplace.improvement import queries
from oneplace.records import Address, InspectionRecord, RecommendationRecord
from tests.unit.evidence.making import day, inspection, register, report, visit

pytestmark = pytest.mark.django_db

FOSTERED = "Find the children who are privately fostered, and visit them in time."
FOSTERING = "How private fostering is found out about."
DENTISTS = "More children in care should see a dentist."


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def points(*texts: str | None) -> dict[str, Any]:
    return {
        "improve": tuple(
            RecommendationRecord(
                ordinal=n, list_kind="area_for_improvement", text=text, address=Address(page=n + 1)
            )
            for n, text in enumerate(texts, start=1)
        )
    }


def publish(*inspections: InspectionRecord) -> None:
    for each in inspections:
        actions.publish_release(report(f"{each.body.name}-{each.published}.pdf", str(each.published)), [each])


def three_reports() -> None:
    publish(
        inspection("2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", **points(DENTISTS, FOSTERED)),
        inspection("2018-12-14", **points(FOSTERING)),
        inspection("2023-04-11", "2023-02-13", "2023-02-24", **points("The work of one team.", FOSTERING)),
    )


def test_a_point_told_three_times_is_three_links_with_pages_and_one_thread() -> None:
    three_reports()
    found = queries.retold("alder")
    assert [(each.earlier.path, each.later.path) for each in found.told_again] == [
        (
            "/inspections/ofsted/alder/2014-07-18/#improve-2",
            "/inspections/ofsted/alder/2018-12-14/#improve-1",
        ),
        (
            "/inspections/ofsted/alder/2014-07-18/#improve-2",
            "/inspections/ofsted/alder/2023-04-11/#improve-2",
        ),
        (
            "/inspections/ofsted/alder/2018-12-14/#improve-1",
            "/inspections/ofsted/alder/2023-04-11/#improve-2",
        ),
    ]
    assert queries.told_again("alder") == found.told_again
    first = found.told_again[0]
    assert (first.earlier.item.text, first.earlier.item.source.page) == (FOSTERED, 3)
    assert first.reason == "both are about private fostering"
    (thread,) = found.threads
    assert [point.published for point in thread.points] == [
        day("2014-07-18"),
        day("2018-12-14"),
        day("2023-04-11"),
    ]
    assert thread.subject == "private fostering"


def test_nothing_later_than_the_day_asked_about_is_in_it() -> None:
    three_reports()
    found = queries.retold("alder", day("2018-12-20"))
    assert [each.later.inspection for each in found.told_again] == ["ofsted/alder/2018-12-14"]
    assert found.compared == ("ofsted/alder/2014-07-18", "ofsted/alder/2018-12-14")
    assert queries.told_again("alder", day("2018-12-13")) == ()


def test_a_visit_tells_again_too() -> None:
    publish(
        inspection("2018-12-14", **points(DENTISTS, FOSTERED)),
        visit("2020-01-21", "2019-12-10", **points(FOSTERING)),
    )
    (link,) = queries.told_again("alder")
    assert link.later.inspection == "ofsted/alder/2020-01-21-focused-visit"


def test_an_inspection_of_other_bodies_is_not_compared() -> None:
    publish(
        inspection("2018-12-14", **points(FOSTERED)),
        inspection(
            "2020-01-21", "2019-12-10", "2019-12-11", framework="area-SEND", grade=None, **points(FOSTERED)
        ),
    )
    found = queries.retold("alder")
    assert found.told_again == ()
    assert found.compared == ("ofsted/alder/2018-12-14",)


def test_where_only_the_places_of_points_are_held_nothing_is_said_of_them() -> None:
    publish(inspection("2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", **points(None, None)))
    publish(inspection("2018-12-14", **points(FOSTERING)))
    found = queries.retold("alder")
    assert found.told_again == ()
    assert found.unread == ("ofsted/alder/2014-07-18",)
    assert found.compared == ("ofsted/alder/2018-12-14",)


def test_a_successor_is_not_told_again_what_its_predecessor_was_told() -> None:
    publish(
        inspection("2018-12-14", body="Cumbria", **points(FOSTERED)),
        inspection("2024-04-11", "2024-02-13", "2024-02-24", body="Cumberland", **points(FOSTERED)),
    )
    found = queries.retold("cumberland")
    assert found.compared == ("ofsted/cumbria/2018-12-14", "ofsted/cumberland/2024-04-11")
    assert found.told_again == ()


def test_an_area_that_nobody_knows_is_told_nothing() -> None:
    assert queries.retold("nowhere") == queries.Retold(told_again=(), threads=(), compared=(), unread=())
