"""Sentences that look back: which they are, and what they say became of the point."""

from __future__ import annotations

import pytest

from oneplace.reading.lookback import is_look_back, looks_back, status_of
from oneplace.reading.pages import Line, Page
from oneplace.reading.report import Report
from oneplace.reading.words import Vocabulary
from oneplace.records import Address, FindingRecord


@pytest.mark.parametrize(
    "sentence",
    [
        "The two recommendations of the last inspection have been acted on.",
        "Case recording was an area for improvement at the focused visit in March 2019.",
        "Leaders have been slow to tackle the weaknesses that were identified in the 2018 ILACS inspection.",
        "Supervision has been an area for development since 2017.",
        "In June 2021, a focused visit found that there were areas for priority action.",
        "Visits were late, as was the case at the previous inspection.",
        "All weaknesses previously identified have been tackled.",
    ],
)
def test_a_point_that_an_earlier_inspection_made_is_a_look_back(sentence: str) -> None:
    assert is_look_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Caseloads have come down since the last inspection.",
        "At the last inspection, in May 2017, services were judged to be good.",
        "In 2019, a focused visit resulted in two areas for priority action.",
        "Leaders have a sound understanding of areas for improvement since the last inspection.",
        "Children are visited often, and areas for improvement are known.",
        "Social workers made weekly visits in 2020.",
        "The good practice that was identified at the last inspection goes on.",
        "Core groups rarely weigh previous recommendations.",
        "In 2014, an inspection by the Inspectorate of Constabulary found areas of weakness.",
    ],
)
def test_change_since_and_grades_at_an_earlier_inspection_are_not(sentence: str) -> None:
    assert not is_look_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("All of the areas for improvement from the last inspection have been addressed.", "addressed"),
        ("Leaders have resolved the issues raised at the focused visit in 2019.", "addressed"),
        ("Most of the recommendations made at the last inspection have been acted on.", "partly"),
        ("Progress has been made in the areas identified at the last inspection.", "partly"),
        ("The points raised at the last visit have been addressed but are not yet embedded.", "partly"),
        ("Supervision remains an area for improvement from the last inspection.", "not_addressed"),
        ("Leaders have been too slow to meet the recommendations of the last inspection.", "not_addressed"),
        ("In response to the recommendations of the last inspection, a board was set up.", "unclear"),
    ],
)
def test_the_status_is_what_the_sentence_says_of_the_point(sentence: str, status: str) -> None:
    assert status_of([sentence], 0) == status


@pytest.mark.parametrize(
    ("paragraph", "index", "status"),
    [
        (
            [
                "Care plans are now thorough and timely.",
                "This was an area for improvement at the last inspection.",
            ],
            1,
            "addressed",
        ),
        (
            ["Care plans vary too much.", "This was an area for improvement at the last inspection."],
            1,
            "not_addressed",
        ),
        (
            ["Supervision was a recommendation of the last inspection.", "It is still irregular."],
            0,
            "not_addressed",
        ),
        (["Supervision was a recommendation of the last inspection."], 0, "unclear"),
    ],
)
def test_a_sentence_that_only_recalls_the_point_is_decided_by_its_neighbours(
    paragraph: list[str], index: int, status: str
) -> None:
    assert status_of(paragraph, index) == status


def test_what_the_earlier_inspection_found_is_not_what_became_of_it() -> None:
    sentence = "This is an improvement on the last focused visit, which identified that plans were late."

    assert status_of([sentence], 0) == "addressed"


def _line(text: str, page: int, top: float) -> Line:
    return Line(text, page, (72.0, top - 11, 72 + 5.0 * len(text), top), 12.0, False)


def test_a_sentence_has_the_page_and_box_on_which_it_begins() -> None:
    pages = [
        Page(1, 595, 842, [_line("Plans are better now.", 1, 90)]),
        Page(
            2,
            595,
            842,
            [
                _line("Some areas identified at the last", 2, 760),
                _line("inspection still need work.", 2, 745),
            ],
        ),
    ]
    text = "Plans are better now. Some areas identified at the last inspection still need work."
    finding = FindingRecord(
        ordinal=1, section="Main findings", text=text, address=Address(page=1, box=(72, 79, 177, 90))
    )

    (found,) = looks_back([finding], Report(pages, Vocabulary(pages)))

    assert found.text == "Some areas identified at the last inspection still need work."
    assert found.address.page == 2
    assert found.address.box == (72.0, 734.0, 237.0, 760.0)
