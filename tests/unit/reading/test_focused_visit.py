"""Focused-visit letters, in the layouts of 2018 to now, from lines made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from oneplace.reading.forms.focused_visit import FORMS
from oneplace.reading.pages import Line, Page
from oneplace.reading.report import Report
from oneplace.reading.words import Vocabulary
from oneplace.records import InspectionRecord

(LETTER,) = FORMS

HEAD = [
    "4 March 2022",
    "Director of Children’s Services",
    "Town Hall",
    "Dear Director",
    "",
]
SUMMARY = [
    "This letter summarises the findings of the focused visit to Borsetshire children’s",
    "services on 1 and 2 February 2022. Her Majesty’s Inspectors for this visit were Ann Example",
    "and Bob Sample.",
]
END = [
    "",
    "Ofsted will take the findings from this focused visit into account when planning your",
    "next inspection or visit.",
    "",
    "Yours sincerely",
    "",
    "Ann Example",
    "Her Majesty’s Inspector",
]
HEADINGS = (
    "Focused visit",
    "What needs",
    "Areas for",
    "Areas of",
    "Headline",
    "Main findings",
    "Findings",
    "Overview",
)


def _letter(*parts: Sequence[str]) -> Report:
    """A letter of one page: an empty text is a blank line, a bullet is drawn as ◼, headings are bold."""
    lines: list[Line] = []
    top = 780.0
    for text in (text for part in parts for text in part):
        if text:
            bullet = "◼" if text.startswith("◼") else ""
            words = text.removeprefix("◼").strip()
            left = 90.0 if text.startswith("  ") else 72.0
            bold = text.startswith(HEADINGS) and not text.endswith(".")
            lines.append(
                Line(words, 1, (left, top - 11, left + 5 * len(words), top), 12.0, bold, False, bullet)
            )
        top -= 14.5
    pages = [Page(1, 595, 842, lines)]
    return Report(pages, Vocabulary(pages))


def _read(*parts: Sequence[str]) -> InspectionRecord:
    report = _letter(*parts)
    assert LETTER.recognises(report)
    return LETTER.read(report)


TITLE = ["Focused visit to Borsetshire children’s services", ""]
LIST = [
    "",
    "What needs to improve in this area of social work practice?",
    "",
    "◼The quality of plans.",
    "◼Supervision, so that",
    "  it is regular.",
    "",
]
FINDINGS = [
    "Main findings",
    "",
    "Children are seen often. Their views",
    "are heard.",
    "",
    "Plans are late.",
    "",
]


def test_a_letter_gives_its_title_dates_signatory_and_council() -> None:
    read = _read(HEAD, TITLE, SUMMARY, LIST, FINDINGS, END)

    assert read.framework == "focused-visit"
    assert read.title == "Focused visit to Borsetshire children’s services"
    assert read.body.name == "Borsetshire"
    assert (read.inspection_start, read.inspection_end) == (dt.date(2022, 2, 1), dt.date(2022, 2, 2))
    assert (read.published, read.published_source) == (dt.date(2022, 3, 4), "text")
    assert read.lead_inspector == "Ann Example"
    assert read.judgements == ()
    assert read.problems == ()


def test_the_list_is_items_and_the_rest_findings() -> None:
    read = _read(HEAD, TITLE, SUMMARY, LIST, FINDINGS, END)

    assert [(item.ordinal, item.list_kind, item.text) for item in read.improve] == [
        (1, "area_for_improvement", "The quality of plans."),
        (2, "area_for_improvement", "Supervision, so that it is regular."),
    ]
    assert {item.heading for item in read.improve} == {
        "What needs to improve in this area of social work practice?"
    }
    assert [(finding.section, finding.text) for finding in read.findings] == [
        ("Main findings", "Children are seen often. Their views are heard."),
        ("Main findings", "Plans are late."),
    ]


def test_priority_actions_and_areas_for_improvement_are_two_lists_with_one_count() -> None:
    lists = [
        "",
        "Areas for priority action:",
        "The local authority should act at once to improve the following:",
        "",
        "◼The timeliness of visits.",
        "",
        "Areas for improvement:",
        "",
        "◼The quality of plans.",
        "",
    ]
    read = _read(HEAD, TITLE, SUMMARY, lists, FINDINGS, END)

    assert [(item.ordinal, item.list_kind, item.text) for item in read.improve] == [
        (1, "priority_action", "The timeliness of visits."),
        (2, "area_for_improvement", "The quality of plans."),
    ]


def test_items_may_be_paragraphs() -> None:
    lists = [
        "",
        "What needs to improve in this area of social work practice",
        "",
        "Plans should be written sooner.",
        "",
        "There is no plan for some children.",
        "",
    ]
    read = _read(HEAD, TITLE, SUMMARY, lists, FINDINGS, END)

    assert [item.text for item in read.improve] == [
        "Plans should be written sooner.",
        "There is no plan for some children.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "There are no areas for priority action.",
        "The areas for improvement set at the last focused visit in May 2020 remain.",
        "The areas for improvement continue to be those of the inspection in July 2018.",
    ],
)
def test_a_heading_over_words_that_there_is_nothing_new_gives_no_item(words: str) -> None:
    lists = ["", "What needs to improve in this area of social work practice", "", words, ""]
    read = _read(HEAD, TITLE, SUMMARY, lists, FINDINGS, END)

    assert read.improve == ()
    assert words in {finding.text for finding in read.findings}


def test_words_about_what_needs_to_improve_are_not_a_heading() -> None:
    prose = ["", "Headline findings", "", "Leaders know", "what needs to improve. They have plans.", ""]
    read = _read(HEAD, TITLE, SUMMARY, prose, LIST, FINDINGS, END)

    assert len(read.improve) == 2
    assert read.findings[0].text == "Leaders know what needs to improve. They have plans."


def test_a_title_may_take_two_lines() -> None:
    title = [
        "Focused visit to the Royal Borough of Borchester local authority children’s",
        "Focused visit services",
        "",
    ]
    report = _letter(HEAD, title, SUMMARY, FINDINGS, END)
    next(line for line in report.first.lines if line.text == "Focused visit services").text = "services"
    read = LETTER.read(report)

    assert (
        read.title == "Focused visit to the Royal Borough of Borchester local authority children’s services"
    )
    assert read.body.name == "Royal Borough of Borchester"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Focused visit to Borsetshire County Council local authority children’s services", "Borsetshire"),
        ("Focused visit to Felpersham’s children’s services.", "Felpersham"),
        ("Focused visit to the City of Felpersham children’s services", "City of Felpersham"),
        ("Focused visit to Borchester MBC children’s services", "Borchester"),
        ("Focused visit to children’s services", "Borsetshire"),
    ],
)
def test_the_council_is_named_without_its_office(title: str, name: str) -> None:
    assert _read(HEAD, [title, ""], SUMMARY, FINDINGS, END).body.name == name


def test_a_year_left_out_is_the_letters_or_the_one_before() -> None:
    summary = [
        "This letter summarises the findings of a focused visit to Borsetshire on 13 and 14 December.",
        "Her Majesty’s Inspector was Ann Example.",
    ]
    read = _read(["11 January 2022", "Dear Director", ""], TITLE, summary, FINDINGS, END)

    assert (read.inspection_start, read.inspection_end) == (dt.date(2021, 12, 13), dt.date(2021, 12, 14))


def test_a_misprinted_letter_date_is_a_problem_and_no_date() -> None:
    read = _read(["6 November 20225", "Dear Director", ""], TITLE, SUMMARY, FINDINGS, END)

    assert read.published is None
    assert read.published_source is None
    assert [(problem.kind, problem.field) for problem in read.problems] == [("date_unreadable", "published")]


def test_a_letter_without_a_date_says_so() -> None:
    read = _read(["Dear Director", ""], TITLE, SUMMARY, FINDINGS, END)

    assert read.published is None
    assert [(problem.kind, problem.field) for problem in read.problems] == [("field_missing", "published")]


def test_a_letter_dated_before_its_visit_is_kept_as_printed_and_doubted() -> None:
    read = _read(["4 March 2021", "Dear Director", ""], TITLE, SUMMARY, FINDINGS, END)

    assert read.published == dt.date(2021, 3, 4)
    assert [problem.kind for problem in read.problems] == ["date_implausible"]


@pytest.mark.parametrize(
    ("end", "name"),
    [
        (["Your sincerely", "", "Ann Example HMI", "Her Majesty’s Inspector"], "Ann Example"),
        (
            ["Yours sincerely,", "Ann-Marie O’Example", "Senior His Majesty’s Inspector"],
            "Ann-Marie O’Example",
        ),
        (["", "Ann Example", "Her Majesty = ’s Inspector"], "Ann Example"),
        (
            [
                "Yours sincerely",
                "Ann Example",
                "Her Majesty’s Inspector",
                "Bob Sample",
                "Her Majesty’s Inspector",
            ],
            "Ann Example; Bob Sample",
        ),
    ],
)
def test_the_signatory_is_found_under_every_close(end: list[str], name: str) -> None:
    assert _read(HEAD, TITLE, SUMMARY, FINDINGS, end).lead_inspector == name


def test_the_letters_own_paragraphs_look_back_too() -> None:
    summary = [*SUMMARY, "", "Supervision was an area for improvement at the last inspection in May 2019."]
    read = _read(HEAD, TITLE, summary, FINDINGS, END)

    assert [found.text for found in read.looks_back] == [
        "Supervision was an area for improvement at the last inspection in May 2019."
    ]


def test_a_report_of_another_kind_is_not_a_letter() -> None:
    report = _letter(
        ["Inspection of Borsetshire children’s services", "Focused visit to Borsetshire in 2019 found drift."]
    )

    assert not LETTER.recognises(report)


def test_a_heading_may_take_two_lines() -> None:
    lists = [
        "",
        "What needs to improve in this area of social work",
        "Focused visit practice?",
        "",
        "◼The quality of plans.",
        "",
    ]
    report = _letter(HEAD, TITLE, SUMMARY, lists, FINDINGS, END)
    next(line for line in report.first.lines if line.text == "Focused visit practice?").text = "practice?"

    (item,) = LETTER.read(report).improve
    assert item.heading == "What needs to improve in this area of social work practice?"


def test_the_days_may_stand_in_the_next_sentence() -> None:
    summary = [
        "This letter summarises the findings of a focused visit to Borsetshire children’s services.",
        "The visit took place from 29 November to 1 December 2021.",
    ]
    read = _read(HEAD, TITLE, summary, FINDINGS, END)

    assert (read.inspection_start, read.inspection_end) == (dt.date(2021, 11, 29), dt.date(2021, 12, 1))


def test_who_gets_a_copy_did_not_sign() -> None:
    end = ["Yours sincerely", "Ann Example", "His Majesty’s Inspector", "Copied to the Department", "Page 4"]

    assert _read(HEAD, TITLE, SUMMARY, FINDINGS, end).lead_inspector == "Ann Example"


def test_headings_need_not_be_bold() -> None:
    report = _letter(HEAD, TITLE, SUMMARY, LIST, FINDINGS, END)
    for line in report.first.lines:
        line.bold = False
    read = LETTER.read(report)

    assert read.title == TITLE[0]
    assert [item.text for item in read.improve] == [
        "The quality of plans.",
        "Supervision, so that it is regular.",
    ]
    assert {finding.section for finding in read.findings} == {"Main findings"}
