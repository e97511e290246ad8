"""The Local Safeguarding Children Board's part of a report: its grade, where that stands, and its own list."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.pdfs.earlier import BoardAlone
from tests.pdfs.sheets import joined
from tests.pdfs.sif import AUTHORITY_ITEMS, BOARD_ITEMS, Sif
from tests.unit.reading.conftest import Read
from tests.unit.reading.forms.asked_of_sif import LAYOUTS, grades, kinds, listed


def test_a_report_without_the_boards_part_has_no_judgement_of_it_and_no_problem(read: Read) -> None:
    said = read(Sif(with_board=False).sheets())
    assert said.framework == "SIF"
    assert said.title.endswith("care leavers")
    assert "lscb" not in grades(said)
    assert said.problems == ()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        (("The Local Safeguarding Children Board {grade}",), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children Board", "{grade}"), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children Board is", "{grade}"), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children {grade}",), "The Local Safeguarding Children"),
        (("The Local Safeguarding Children is {grade}",), "The Local Safeguarding Children"),
        (("The Local Safeguarding Children’s Board {grade}",), "The Local Safeguarding Children’s Board"),
        (
            ("The Local Safeguarding Children Board (LSCB) is {grade}",),
            "The Local Safeguarding Children Board (LSCB)",
        ),
        (("The Local Safeguarding Children Board {grade}.",), "The Local Safeguarding Children Board"),
    ],
)
@pytest.mark.parametrize(
    "grade", ["requires improvement", "good", "inadequate", "requires improvement to be good"]
)
@pytest.mark.parametrize("layout", ["2014", "2015"])
def test_the_boards_grade_is_in_the_heading_of_its_part(
    read: Read, heading: tuple[str, ...], question: str, grade: str, layout: str
) -> None:
    said = read(Sif(layout=layout, board_heading=heading, board_grade=grade).sheets())
    board = next(judgement for judgement in said.judgements if judgement.question_key == "lscb")
    assert (board.question, board.grade_printed) == (question, grade)
    assert board.address.page == 6
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is good",),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            (
                "The judgement for the effectiveness of the Local Safeguarding Children",
                "Board (LSCB) is good",
            ),
            "The judgement for the effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is", "good."),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) good",),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
    ],
)
def test_until_mid_2014_the_boards_grade_is_on_page_1(
    read: Read, sentence: tuple[str, ...], question: str
) -> None:
    said = read(Sif(layout="2013", board_sentence=sentence, board_grade="good").sheets())
    board = next(judgement for judgement in said.judgements if judgement.question_key == "lscb")
    assert (board.question, board.grade, board.address.page) == (question, "good", 1)
    assert said.problems == ()


def test_a_boards_part_without_a_grade_is_a_problem(read: Read) -> None:
    said = read(Sif(board_heading=("The work of the Board",)).sheets())
    assert kinds(said) == [("field_missing", "lscb")]


def test_the_boards_two_grades_that_disagree_are_both_shown(read: Read) -> None:
    said = read(
        Sif(
            layout="2013",
            board_sentence=("The effectiveness of the Local Safeguarding Children Board (LSCB) is good",),
        ).sheets()
    )
    assert grades(said)["lscb"] == "good"
    assert kinds(said) == [("grades_disagree", "lscb")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_reports_in_one_file_are_read_as_one_inspection_with_the_boards_review(
    read: Read, layout: str
) -> None:
    council = Sif(layout=layout, with_board=False).sheets()
    said = read(joined(council.bytes(), BoardAlone().sheets().bytes()))
    assert said.framework == "SIF"
    assert (said.inspection_start, said.published) == (dt.date(2015, 2, 24), dt.date(2015, 3, 27))
    assert grades(said)["lscb"] == "requires_improvement"
    assert next(j.address.page for j in said.judgements if j.question_key == "lscb") == 6
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BoardAlone().items
