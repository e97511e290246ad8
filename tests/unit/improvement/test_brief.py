"""What a brief says about points told again."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from oneplace.cli import oneplace
from oneplace.evidence import actions
from oneplace.evidence.brief import Brief, Section, as_json, as_markdown, brief
from oneplace.improvement.brief import HOW, with_told_again
from oneplace.records import InspectionRecord, RecommendationRecord
from tests.unit.evidence.making import day, inspection, register, report

pytestmark = pytest.mark.django_db

FOSTERED = "Find the children who are privately fostered, and visit them in time."
FOSTERING = "How private fostering is found out about."
DENTISTS = "More children in care should see a dentist."


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def publish(published: str, start: str, *texts: str | None, body: str = "Alder") -> None:
    points = tuple(
        RecommendationRecord(ordinal=n, list_kind="area_for_improvement", text=text)
        for n, text in enumerate(texts, start=1)
    )
    made: InspectionRecord = inspection(published, start, start, body=body, improve=points)
    actions.publish_release(report(f"{body}-{published}.pdf", f"{body}{published}"), [made])


def told(area: str = "alder", as_at: str = "2024-01-01") -> Brief:
    return with_told_again(brief(area, day(as_at)))


def section(made: Brief) -> Section:
    found = made.section("told_again")
    assert found is not None
    return found


def test_each_telling_is_a_fact_with_its_words_its_source_and_its_place() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    publish("2023-04-11", "2023-02-13", FOSTERING)
    found = section(told())
    assert found.title == "Told again: one point"
    assert [(fact.text, fact.quote) for fact in found.facts] == [
        (
            "Private fostering: told again on 14 December 2018 and 11 April 2023. First on 18 July 2014, point 2:",
            FOSTERED,
        ),
        ("Again on 14 December 2018, point 1:", FOSTERING),
        ("Again on 11 April 2023, point 1:", FOSTERING),
        (HOW, None),
    ]
    assert found.facts[0].anchor == "/inspections/ofsted/alder/2014-07-18/#improve-2"
    assert all(fact.sources for fact in found.facts[:-1])
    assert found.absence == ""


def test_the_section_comes_after_what_must_improve_and_is_in_every_form() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    made = told()
    keys = [each.key for each in made.sections]
    assert keys.index("told_again") == max(keys.index("improve"), keys.index("looks_back")) + 1
    assert "## Told again: one point" in as_markdown(made)
    assert "told_again" in {each["key"] for each in json.loads(as_json(made))["sections"]}


def test_nothing_that_came_back_after_the_briefs_day_is_in_it() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    assert section(told(as_at="2018-12-13")).absence == (
        "Alder has one report that lists points: there is no other to compare it with."
    )


def test_that_nothing_came_back_is_said_of_the_reports_compared() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    found = section(told())
    assert found.facts == ()
    assert found.absence == "No point of Alder's two reports compared was found to come back in a later one."


def test_where_the_words_are_not_held_the_brief_says_that_it_cannot_tell() -> None:
    publish("2014-07-18", "2014-06-11", None)
    publish("2018-12-14", "2018-10-29", None, None)
    found = section(told())
    assert found.facts == ()
    assert found.absence.startswith("Whether a point of one report comes back in a later one cannot be said.")
    assert "two reports" in found.absence
    assert "until whoever runs it reads the report into it" in found.absence


def test_a_report_that_could_not_be_compared_is_said_beside_what_was_found() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    publish("2023-04-11", "2023-02-13", None)
    found = section(told())
    assert found.title == "Told again: one point"
    assert "one report of which" in found.absence


def test_what_a_predecessor_was_told_again_is_not_told_of_its_successor() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED, body="Cumbria")
    publish("2018-12-14", "2018-10-29", FOSTERING, body="Cumbria")
    assert section(told("cumbria")).title == "Told again: one point"
    assert told("cumberland").section("told_again") is None


def test_the_command_prints_the_section() -> None:
    publish("2014-07-18", "2014-06-11", DENTISTS, FOSTERED)
    publish("2018-12-14", "2018-10-29", FOSTERING)
    for form in ([], ["--markdown"], ["--json"]):
        done = CliRunner().invoke(oneplace, ["brief", "alder", *form])
        assert done.exit_code == 0, done.output
        assert "Told again: one point" in done.output
