"""Briefings: what changed, what must improve, and questions that rest on facts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.evidence.brief.contents import BriefSource
from oneplace.records import Address, BodyRef, InspectionRecord, JudgementRecord
from oneplace.website.questions import forms, ground, questions
from tests.unit.evidence.making import inspection, register, release
from tests.unit.website.test_stories import plain

pytestmark = pytest.mark.django_db

BRIEFING = "/areas/alder/briefing/?service=children&as-at=2019-01-01"


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    earlier = inspection("2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", grade="good", points=1)
    later = inspection(grade="inadequate", points=2, text="Keep <i>zebra</i> records.")
    actions.publish_release(release(), [earlier, later])


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_a_briefing_tells_what_changed_what_must_improve_and_what_to_ask(client: Client) -> None:
    told = plain(page(client, BRIEFING))
    assert "Changes since 1 January 2018" in told
    assert "published 14 December 2018: “Inadequate” overall. It lists two points to improve." in told
    assert (
        "went down from “Good” (published 18 July 2014) to “Inadequate” (published 14 December 2018" in told
    )
    assert (
        "Alder: overall effectiveness went from “Good” to “Inadequate” (published 14 December 2018). "
        "What were the reasons, and what is the plan?" in told
    )
    assert "“Keep &lt;i&gt;zebra&lt;/i&gt; records”. What has changed since, who answers for it" in told


def test_every_number_leads_to_a_source_at_the_end_and_every_source_is_used(client: Client) -> None:
    text = page(client, BRIEFING)
    used = set(re.findall(r'href="#(source-\d+)"', text))
    assert used == set(re.findall(r'id="(source-\d+)"', text))
    assert used


def test_changes_are_told_since_the_day_that_is_asked_for(client: Client) -> None:
    told = plain(page(client, f"{BRIEFING}&since=2018-12-20"))
    assert "No inspection of this service was published between 20 December 2018 and 1 January 2019" in told
    told = plain(page(client, f"{BRIEFING}&since=2014-01-01"))
    assert "published 18 July 2014: “Good” overall" in told


@pytest.mark.parametrize("typed", ["soon", "2019-02-01", "1999-01-01"])
def test_a_day_that_cannot_be_is_told_and_a_year_is_shown(client: Client, typed: str) -> None:
    text = page(client, f"{BRIEFING}&since={typed}")
    assert 'role="alert"' in text
    assert "Changes since 1 January 2018" in plain(text)


def test_its_own_address_stands_at_its_end_once(client: Client) -> None:
    told = plain(page(client, BRIEFING))
    assert told.count("http://testserver/areas/alder/briefing/?service=children&amp;as-at=2019-01-01") == 1
    assert "This page: http://testserver/areas/alder/briefing/" in told


def test_nothing_later_than_the_day_is_in_it(client: Client) -> None:
    told = plain(page(client, "/areas/alder/briefing/?as-at=2017-01-01"))
    for later in ("Inadequate", "December 2018", "zebra"):
        assert later not in told


def test_the_title_on_every_printed_page_is_the_only_style_that_the_policy_lets_in(client: Client) -> None:
    answer = client.get(BRIEFING)
    assert "sha256-" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<style>(.*?)</style>", answer.content.decode()) == [
        '@page{@top-left{content:"Alder: children’s services. Briefing as at 1 January 2019"}}'
    ]


def test_where_only_places_are_held_the_question_is_about_the_list(client: Client) -> None:
    actions.publish_release(release("2"), [inspection(body="Birch", grade="good", points=3, text=None)])
    told = plain(page(client, "/areas/birch/briefing/?service=children"))
    assert (
        "lists three points to improve, on page 2. Who answers for each, by when, and which are done?" in told
    )


def test_a_question_about_an_older_list_says_which_and_what_has_been_judged_since(client: Client) -> None:
    newer = inspection("2022-03-01", "2022-01-10", "2022-01-21", grade="good")
    actions.publish_release(release("2", source="ofsted_reports"), [newer])
    told = plain(page(client, "/areas/alder/briefing/?service=children&as-at=2023-01-01"))
    assert "The report published 14 December 2018 says that this must improve: “Keep" in told
    assert "Since then a newer inspection (published 1 March 2022) gave “Good” overall." in told


SOURCE = BriefSource(
    release_id="a/b", publisher="ofsted", title="A report", url=None, sha256="0" * 64, licence="OGL",
    compiled_by=None, page=2, box=None, sheet=None, row=None,
)  # fmt: skip


def test_questions_come_in_the_order_of_the_forms_and_no_more_than_each_allows() -> None:
    points = [
        ground("point", (SOURCE,), f"/p/{n}", words=f"point {n}", report="report", since="")
        for n in range(20)
    ]
    urgent = ground("priority", (SOURCE,), "/p/x", words="act at once", report="report", since="")
    asked = questions([*points, urgent])
    assert asked[0].anchor == "/p/x"
    assert len(asked) == forms()["point"].most + 1
    assert all(each.sources == (SOURCE,) for each in asked)


def test_every_form_is_a_plain_question_and_says_when_it_is_used() -> None:
    for form in forms().values():
        assert form.text.endswith("?")
        assert form.when
        assert form.most > 0
        assert not re.search(r"\b(shame|scandal|fail(ed|ing)|crisis)\b", form.text)


@pytest.mark.parametrize("path", ["/areas/nowhere/briefing/", "/areas/alder/briefing/?service=magic"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    page(client, path, 404)


def judged(framework: str, publisher: str, *answers: tuple[str, str, str]) -> InspectionRecord:
    """An inspection of Alder: (question, grade, what it is of) of each answer."""
    return InspectionRecord(
        publisher=publisher,
        framework=framework,
        body=BodyRef(name="Alder"),
        published=dt.date(2018, 9, 5),
        published_source="list",
        judgements=tuple(
            JudgementRecord(
                question=key.replace("_", " ").capitalize(),
                question_key=key,
                grade_printed=grade,
                grade=grade,
                subject=subject,
                address=Address(row=row),
            )
            for row, (key, grade, subject) in enumerate(answers, 2)
        ),
        address=Address(row=2),
    )


def test_the_lowest_grades_of_an_inspection_are_one_question(client: Client) -> None:
    low = judged(
        "ILACS",
        "ofsted",
        ("overall", "inadequate", ""),
        ("help_and_protection", "inadequate", ""),
        ("care_leavers", "good", ""),
    )
    actions.publish_release(
        release("3", source="ofsted_reports", content="low"), [replace(low, published=dt.date(2018, 12, 30))]
    )
    told = plain(page(client, BRIEFING))
    assert told.count("the lowest grade there is in this kind of inspection (Inspection") == 1
    assert (
        "overall effectiveness and help and protection were judged “Inadequate”, the lowest grade there is"
        in told
    )


def test_a_notice_about_money_is_asked_about_with_its_reason(client: Client) -> None:
    notice = judged("section-114", "councils", ("notice", "issued", "Equal pay liability"))
    actions.publish_release(release("4", source="councils_section_114", content="notice"), [notice])
    told = plain(page(client, "/areas/alder/briefing/?as-at=2019-01-01"))
    assert "published 5 September 2018 (equal pay liability). What did the council do in answer" in told
    assert "notice was judged" not in told
