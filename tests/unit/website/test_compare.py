"""Areas side by side: only like beside like, whose service it is, and what the address may ask for."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from oneplace.evidence import actions
from oneplace.places.actions import load_areas
from tests.unit.evidence.making import area, areas, inspection, judgement, release
from tests.unit.website.test_every_service import FORCE, HOME, PEEL, RATE, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    more = [
        area("wood", kind="county"),
        area("copse", kind="district", county="wood", childrens_services=False),
        *(area(f"ash-{number}") for number in range(4)),
    ]
    load_areas([*areas(), *more], "register/1")
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, HOME, PEEL])
    actions.publish_release(
        release(),
        [
            inspection(
                judgements=(judgement("overall", "good", 1), judgement("leadership", "outstanding", 2))
            ),
            inspection("2019-03-01", "2019-01-10", None, body="Birch", grade="inadequate"),
            inspection("2018-06-01", "2018-04-10", None, body="Wood", grade="requires_improvement"),
            inspection(
                "2009-12-09", None, None, body="Ash 1", framework="annual-rating", grade="performs_poorly"
            ),
            inspection(
                "2010-01-09", None, None, body="Cumbria", framework="annual-rating", grade="performs_well"
            ),
        ],
    )
    figures = [
        value("alder", 2022, 31.0, row=6),
        value("alder", 2023, 33.25, row=7),
        value("birch", 2023, 61.0, row=9),
        value("england", 2023, 44.0, row=8),
    ]
    actions.publish_release(
        release(source="defra_waste", publisher="defra", content="waste"), [RATE, *figures]
    )


def page(client: Client, query: str) -> str:
    answer = client.get(f"/compare/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client: Client, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/compare.csv{query}").content.decode())))


def test_grades_stand_question_by_question_with_their_place(client: Client) -> None:
    text = page(client, "?areas=alder,birch")
    assert "<h1" in text
    assert "Alder and Birch, side by side" in text
    assert "Outstanding" in text
    assert "No grade for this question" in text  # Birch has no grade for leadership
    grade = next(
        row for row in rows(client, "?areas=alder,birch") if row["question_or_measure"] == "leadership"
    )
    assert (grade["area"], grade["grade_or_value"], grade["page"]) == ("alder", "outstanding", "2")
    assert grade["release"].startswith("ofsted_la_outcomes/")


def test_what_came_under_other_rules_is_grey_with_the_reason(client: Client) -> None:
    text = page(client, "?areas=alder,birch,ash-1")
    assert "compare__apart" in text
    assert "are not compared" in text
    found = {
        row["area"]: row
        for row in rows(client, "?areas=alder,birch,ash-1")
        if row["question_or_measure"] == "overall"
    }
    assert found["alder"]["compared"] == "yes"
    assert found["ash-1"]["compared"] == "no"
    assert "are not compared" in found["ash-1"]["why_not"]
    assert found["ash-1"]["grade_or_value"] == "performs_poorly"


def test_a_district_shows_whose_service_it_is(client: Client) -> None:
    text = page(client, "?areas=alder,copse")
    assert "Provided by Wood" in text
    found = next(row for row in rows(client, "?areas=alder,copse") if row["area"] == "copse")
    assert (found["grade_or_value"], found["whose"]) == ("requires_improvement", "Wood")


def test_a_force_is_shown_to_each_council_that_it_serves(client: Client) -> None:
    assert page(client, "?areas=alder,birch").count("Timber Police") == 2


def test_figures_stand_with_england_and_the_better_of_the_two(client: Client) -> None:
    text = page(client, "?areas=alder,birch")
    assert re.search(r"61%.{0,400}Better of the two", text, re.DOTALL)
    assert "England 44%" in text
    figure = next(row for row in rows(client, "?areas=alder,birch") if row["what"] == "figure")
    assert (figure["grade_or_value"], figure["sheet"], figure["row"]) == ("33.25", "Table_3", "7")
    assert len(re.findall(r'id="trend-alder-waste-recycling-rate', text)) >= 1


def test_as_at_a_day_nothing_later_is_told(client: Client) -> None:
    text = page(client, "?areas=alder,birch&as-at=2018-12-31")
    assert "Inadequate" not in text
    assert "61%" not in text
    assert "is not known" in text
    assert "compare/?areas=alder&amp;as-at=2018-12-31" in text


def test_an_area_that_has_ended_says_what_came_after(client: Client) -> None:
    text = page(client, "?areas=cumbria,cumberland")
    assert "ended on 1 April 2023" in text
    assert "Performs well" in text
    assert "What was said of those before it is theirs" in text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?areas=nowhere,alder", "is no area in the record"),
        ("?areas=alder,alder", "asked for twice"),
        (
            "?areas=alder,birch,ash-0,ash-1,ash-2,ash-3",
            "At most five areas fit side by side. One more was left out.",
        ),
        ("?areas=alder&add=zzzzzz", "No area is called"),
        ("?areas=alder&add=Alder", "Alder is already here"),
        ("?areas=alder,birch,ash-0,ash-1,ash-2&add=Wood", "Take one away first"),
        ("?areas=%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_shown_is_said(client: Client, query: str, message: str) -> None:
    assert message in page(client, query)


def test_without_areas_the_page_says_how_to_begin(client: Client) -> None:
    text = page(client, "")
    assert "Begin with an area" in text
    assert "alert" not in text
    assert rows(client, "") == []


def test_a_slip_of_the_keys_is_understood_and_several_are_offered(client: Client) -> None:
    assert client.get("/compare/?areas=alder&add=birhc").headers["Location"] == "/compare/?areas=alder,birch"
    text = page(client, "?areas=alder&add=ash")
    assert "/compare/?areas=alder,ash-2" in text
    assert "may be" in text


@pytest.mark.parametrize("group", ["neighbours", "similar", "region", "type", "england"])
def test_one_area_stands_among_a_group(client: Client, group: str) -> None:
    text = page(client, f"?areas=alder&with={group}")
    if group in ("neighbours", "similar"):
        assert "Nobody whose reckoning is loaded" in text
        return
    assert "1 inadequate" in text
    assert "judged by other rules: not compared" in text
    assert "Copse" not in text  # a district has other duties


def test_five_areas_cost_as_many_questions_as_two(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "?areas=alder,birch")
    with django_assert_max_num_queries(20):
        page(client, "?areas=alder,birch,ash-0,ash-1,copse")
