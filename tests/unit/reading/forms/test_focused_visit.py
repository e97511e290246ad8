"""Letters that follow a focused visit, with every trap that the real ones have."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.pdfs.letters import INTRODUCTION, ITEMS, Letter, address_last
from tests.pdfs.sheets import signs_first
from tests.unit.reading.conftest import Read


def test_it_gives_every_field(read: Read) -> None:
    said = read(Letter().sheets())
    assert (said.framework, said.form, said.body.name) == (
        "focused-visit",
        "focused-visit-letter",
        "Thornmere",
    )
    assert said.title == "Focused visit to Thornmere children’s services"
    assert (said.inspection_start, said.inspection_end) == (dt.date(2025, 2, 11), dt.date(2025, 2, 12))
    assert (said.published, said.published_source) == (dt.date(2025, 3, 14), "text")
    assert said.lead_inspector == "Monica Lindley"
    assert said.judgements == ()
    assert [(i.list_kind, i.text) for i in said.improve] == [("area_for_improvement", text) for text in ITEMS]
    assert said.problems == ()


def test_its_sentences_that_look_back_are_found(read: Read) -> None:
    said = read(Letter().sheets())
    assert [(back.text, back.address.page) for back in said.looks_back] == [
        ("At the last inspection, in February 2023, visits to children were an area for improvement.", 1)
    ]


def test_the_date_and_address_may_be_drawn_after_the_body(read: Read) -> None:
    said = read(Letter(order=address_last).sheets())
    assert said.published == dt.date(2025, 3, 14)
    assert tuple(i.text for i in said.improve) == ITEMS
    assert said.findings[0].text is not None
    assert "Mill Lane" not in " ".join(finding.text or "" for finding in said.findings)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("14 March 2025", dt.date(2025, 3, 14)),
        ("14th March 2025", dt.date(2025, 3, 14)),
        ("Date: 14 March 2025", dt.date(2025, 3, 14)),
        ("Friday 14 March 2025", dt.date(2025, 3, 14)),
    ],
)
def test_the_letters_own_date_is_its_publication(read: Read, date: str, day: dt.date) -> None:
    assert read(Letter(date=date).sheets()).published == day


@pytest.mark.parametrize(("date", "kind"), [("14 March 20255", "date_unreadable"), ("", "field_missing")])
def test_a_letter_without_a_date_that_can_be_is_a_problem_and_not_a_guess(
    read: Read, date: str, kind: str
) -> None:
    said = read(Letter(date=date).sheets())
    assert said.published is None
    assert ("published", kind) in [(problem.field, problem.kind) for problem in said.problems]


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        ("11 and 12 February 2025", (2025, 2, 11), (2025, 2, 12)),
        ("11 to 12 February 2025", (2025, 2, 11), (2025, 2, 12)),
        ("11–12 February 2025", (2025, 2, 11), (2025, 2, 12)),
        ("11 and 12 February", (2025, 2, 11), (2025, 2, 12)),
        ("17 and 18 December", (2024, 12, 17), (2024, 12, 18)),
        ("28 January and 3 February 2025", (2025, 1, 28), (2025, 2, 3)),
        ("12 February 2025", (2025, 2, 12), (2025, 2, 12)),
        ("Tuesday 11 and Wednesday 12 February 2025", (2025, 2, 11), (2025, 2, 12)),
    ],
)
def test_the_days_of_the_visit_are_in_the_first_sentence(
    read: Read, dates: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    said = read(Letter(dates=dates).sheets())
    assert (said.inspection_start, said.inspection_end) == (dt.date(*start), dt.date(*end))


def test_days_that_are_a_year_apart_are_told_as_printed_and_doubted(read: Read) -> None:
    said = read(Letter(date="20 November 2023", dates="24 October 2022 to 25 October 2023").sheets())
    assert (said.inspection_start, said.inspection_end) == (dt.date(2022, 10, 24), dt.date(2023, 10, 25))
    assert [problem.kind for problem in said.problems] == ["date_implausible"]


@pytest.mark.parametrize("sign_off", ["Yours sincerely", "Your sincerely", "Yours faithfully", ""])
@pytest.mark.parametrize(
    "office",
    [
        "His Majesty’s Inspector",
        "Her Majesty’s Inspector",
        "Her Majesty = ’s Inspector",
        "Senior His Majesty’s Inspector",
        "HMI",
        "Ofsted Inspector",
    ],
)
def test_who_signed_led(read: Read, sign_off: str, office: str) -> None:
    assert (
        read(Letter(sign_off=sign_off, signature=("Monica Lindley", office)).sheets()).lead_inspector
        == "Monica Lindley"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (("Focused visit to Thornmere Metropolitan Borough Council", "children’s services"), "Thornmere"),
        (("Focused visit to children’s services",), "Thornmere"),
        (("Focused visit to Thornmere Children’s Services",), "Thornmere"),
        (("Focused visit to Thornmere children’s services.",), "Thornmere"),
        (("Focused visit to Thornmere local authority children’s services",), "Thornmere"),
    ],
)
def test_the_title_names_the_council(read: Read, title: tuple[str, ...], name: str) -> None:
    said = read(Letter(title=title).sheets())
    assert said.title == " ".join(title)
    assert said.body.name == name


def test_a_letter_need_not_have_a_list(read: Read) -> None:
    said = read(Letter(improve_heading="").sheets())
    assert said.improve == ()
    assert said.problems == ()


@pytest.mark.parametrize(
    "heading", ["Area for priority action", "Areas for priority action", "Priority action"]
)
def test_priority_actions_are_told_from_the_rest(read: Read, heading: str) -> None:
    said = read(
        Letter(priority_heading=heading, priority=("Every late visit, and who must make it.",)).sheets()
    )
    assert [i.list_kind for i in said.improve] == [
        "priority_action",
        "area_for_improvement",
        "area_for_improvement",
    ]


def test_that_there_are_none_or_that_the_old_ones_remain_is_not_an_item(read: Read) -> None:
    said = read(
        Letter(
            priority_heading="Areas for priority action",
            priority=("There are no areas for priority action.",),
            improve=(),
            prose=("The areas for improvement identified at the last inspection remain the same.",),
        ).sheets()
    )
    assert said.improve == ()


def test_a_list_may_be_paragraphs_of_prose(read: Read) -> None:
    prose = (
        "How soon children are seen by someone who can help.",
        "What managers write about why they decided.",
    )
    assert tuple(i.text for i in read(Letter(improve=(), prose=prose).sheets()).improve) == prose


@pytest.mark.parametrize("mark", ["square", "number", "•", "-", "–"])
@pytest.mark.parametrize("sign", ["\uf06e", "\uf0a7", "\u25fc"])
def test_items_may_have_any_mark_and_bullets_be_drawn_first(read: Read, mark: str, sign: str) -> None:
    assert (
        tuple(i.text for i in read(Letter(mark=mark, sign=sign, order=signs_first).sheets()).improve) == ITEMS
    )


def test_a_letter_in_other_words_is_still_a_letter(read: Read) -> None:
    said = read(
        Letter(
            introduction=INTRODUCTION.replace("summarises the findings", "sets out what we found")
        ).sheets()
    )
    assert said.framework == "focused-visit"
    assert said.inspection_start == dt.date(2025, 2, 11)


def test_a_letter_may_have_no_heading_at_all(read: Read) -> None:
    said = read(Letter(findings_heading="", improve_heading="").sheets())
    assert said.inspection_start == dt.date(2025, 2, 11)
    assert said.improve == ()
