"""Area SEND reports: the outcome and what must follow from it, and tables that run over pages, from made PDFs."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from oneplace.reading.forms.area_send import FORMS
from oneplace.reading.furniture import strip_furniture
from oneplace.reading.pages import read_pages
from oneplace.reading.report import Report
from oneplace.reading.words import Vocabulary
from oneplace.records import InspectionRecord

(AREA_SEND,) = FORMS

INCONSISTENT = [
    "The local area partnership's arrangements lead to inconsistent experiences and outcomes",
    "for children. The local area partnership must work jointly to make improvements.",
]
WIDESPREAD = [
    "There are widespread and/or systemic failings leading to significant concerns about the",
    "experiences of children, which the local area partnership must address urgently.",
]
POSITIVE = [
    "The local area partnership's arrangements typically lead to positive experiences and",
    "outcomes for children. The local area partnership is taking action.",
]
IN_3_YEARS = ["The next full area SEND inspection will be within approximately three years."]
IN_5_YEARS = ["The next full area SEND inspection will be within approximately 5 years."]
MONITORED = ["A monitoring inspection will be carried out within approximately 18 months."]
# A row: the responsible body's lines, and the item's.
Row = tuple[Sequence[str], Sequence[str]]


class Made:
    """Draws a report of the form on a canvas."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        self.canvas = Canvas(self.bytes, pagesize=(595, 842), invariant=1)
        self.top = 800.0

    def write(self, *lines: str, size: float = 12, bold: bool = False, left: float = 57) -> None:
        for line in lines:
            self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            self.canvas.drawString(left, self.top - size, line)
            self.top -= size * 1.2
        self.top -= 12

    def next_page(self) -> None:
        self.canvas.showPage()
        self.top = 800.0

    def table(self, rows: Sequence[Row], *, bodies: bool) -> None:
        edges = [57.0, 218.0, 530.0] if bodies else [57.0, 530.0]
        for body, item in rows:
            height = 14.5 * max(len(body), len(item)) + 2
            for left, lines in ((62.0, body), (224.0 if bodies else 62.0, item)):
                for index, line in enumerate(lines):
                    self.canvas.setFont("Helvetica", 12)
                    self.canvas.drawString(left, self.top - 11 - 14.5 * index, line)
            for left, right in pairwise(edges):
                self.canvas.rect(left, self.top - height, right - left, height, stroke=1, fill=0)
                for side in (left, right):
                    self.canvas.rect(side, self.top - height, 0.4, height, stroke=0, fill=1)
                for edge in (self.top, self.top - height):
                    self.canvas.rect(left, edge, right - left, 0.4, stroke=0, fill=1)
            self.top -= height

    def read(self) -> InspectionRecord:
        self.canvas.save()
        document = pdfium.PdfDocument(self.bytes.getvalue())
        try:
            pages = list(read_pages(document))
            strip_furniture(pages)
            report = Report(pages, Vocabulary(pages), document)
            assert AREA_SEND.recognises(report)
            return AREA_SEND.read(report)
        finally:
            document.close()


def _front(made: Made, outcome: Sequence[str], following: Sequence[str]) -> None:
    made.write("Area SEND inspection of Borsetshire", "Local Area Partnership", size=26)
    made.write("Inspection dates: 11 to 15 March 2024", "Date of previous inspection: 1 June 2018")
    made.write("Inspection outcome", size=14, bold=True)
    made.write(*outcome)
    made.write(*following)
    made.write("Information about the local area partnership", size=14, bold=True)
    made.write("Borsetshire Council plans the services.")
    made.next_page()
    made.write("What is the area partnership doing that is effective?", size=14, bold=True)
    made.write("Leaders know their area.")


def _back(made: Made, *team: str) -> None:
    made.next_page()
    made.write("Local area partnership details", size=14, bold=True)
    made.write("Borsetshire Council")
    made.write("Inspection team", size=14, bold=True)
    made.write(
        *(
            team
            or (
                "Ann Example, Ofsted HMI Lead inspector Bob Sample, CQC Lead inspector",
                "Cy Third, Ofsted HMI",
            )
        )
    )


def _made(
    outcome: Sequence[str], following: Sequence[str], priorities: Sequence[Row] = (), *team: str
) -> InspectionRecord:
    made = Made()
    _front(made, outcome, following)
    if priorities:
        made.write("Areas for priority action", size=14, bold=True)
        made.table([(["Responsible body"], ["Areas for priority action"]), *priorities], bodies=True)
    made.write("Areas for improvement", size=14, bold=True)
    made.table([((), ["Areas for improvement"]), ((), ["Leaders should plan sooner."])], bodies=False)
    _back(made, *team)
    return made.read()


@pytest.mark.parametrize(
    ("outcome", "following", "grade"),
    [(INCONSISTENT, IN_3_YEARS, "inconsistent"), (POSITIVE, IN_5_YEARS, "positive")],
)
def test_the_outcome_is_read_from_its_words(outcome: list[str], following: list[str], grade: str) -> None:
    read = _made(outcome, following)

    (judgement,) = read.judgements
    assert (judgement.question, judgement.question_key, judgement.grade) == (
        "Inspection outcome",
        "send_outcome",
        grade,
    )
    assert judgement.grade_printed == " ".join(outcome)
    assert judgement.address.page == 1
    assert read.problems == ()


def test_title_dates_lead_and_body_are_read_and_no_publication_date_is_made_up() -> None:
    read = _made(INCONSISTENT, IN_3_YEARS)

    assert read.title == "Area SEND inspection of Borsetshire Local Area Partnership"
    assert read.body.name == "Borsetshire"
    assert (read.inspection_start, read.inspection_end) == (dt.date(2024, 3, 11), dt.date(2024, 3, 15))
    assert read.lead_inspector == "Ann Example"
    assert (read.published, read.published_source) == (None, None)
    assert [(finding.section, finding.text) for finding in read.findings] == [
        ("What is the area partnership doing that is effective?", "Leaders know their area.")
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "Ann Example HMI, Ofsted Lead inspector",
        "Ann Example, HMI, Ofsted Lead inspector",
        "Ann Example, Ofsted HMI, lead inspector",
        "Ann Example, His Majesty’s Inspector, lead",
        "Ann Example, Ofsted HMI",
    ],
)
def test_the_lead_inspector_is_ofsteds_however_the_office_is_printed(printed: str) -> None:
    assert (
        _made(INCONSISTENT, IN_3_YEARS, (), printed, "Bob Sample, CQC inspector").lead_inspector
        == "Ann Example"
    )


def test_next_steps_of_another_outcome_are_a_disagreement() -> None:
    read = _made(INCONSISTENT, IN_5_YEARS)

    assert [judgement.grade for judgement in read.judgements] == ["inconsistent"]
    assert [(problem.kind, problem.field) for problem in read.problems] == [
        ("grades_disagree", "send_outcome")
    ]


def test_failings_without_a_priority_action_are_a_disagreement() -> None:
    read = _made(WIDESPREAD, MONITORED)

    assert [problem.kind for problem in read.problems] == ["grades_disagree"]
    assert "no area for priority action" in read.problems[0].message


def test_an_outcome_in_unknown_words_is_not_guessed() -> None:
    read = _made(["The partnership is middling."], IN_3_YEARS)

    assert read.judgements == ()
    assert read.problems[0].kind == "grade_unseen"
    assert "middling" in read.problems[0].message


def test_a_priority_action_has_the_body_beside_it() -> None:
    priorities: list[Row] = [
        (["Borsetshire", "Council and NHS"], ["Leaders must act.", "They must act soon."]),
        (["NHS Borsetshire"], ["Leaders must listen."]),
    ]
    read = _made(WIDESPREAD, MONITORED, priorities)

    assert [(item.ordinal, item.list_kind, item.responsible_body, item.text) for item in read.improve] == [
        (1, "priority_action", "Borsetshire Council and NHS", "Leaders must act. They must act soon."),
        (2, "priority_action", "NHS Borsetshire", "Leaders must listen."),
        (3, "area_for_improvement", "", "Leaders should plan sooner."),
    ]
    assert [item.heading for item in read.improve] == ["Areas for priority action"] * 2 + [
        "Areas for improvement"
    ]
    assert read.problems == ()


def _two_pages(before: Sequence[Row], after: Sequence[Row]) -> list[str | None]:
    made = Made()
    _front(made, INCONSISTENT, IN_3_YEARS)
    made.write("Areas for improvement", size=14, bold=True)
    made.table([((), ["Areas for improvement"]), *before], bodies=False)
    made.next_page()
    made.table(after, bodies=False)
    _back(made)
    return [item.text for item in made.read().improve]


def test_rows_at_the_same_spacing_are_told_apart_by_the_rules() -> None:
    rows: list[Row] = [
        ((), ["Leaders should act.", "They should act soon."]),
        ((), ["Leaders should listen."]),
    ]

    assert _two_pages(rows, [((), ["Leaders should plan."])]) == [
        "Leaders should act. They should act soon.",
        "Leaders should listen.",
        "Leaders should plan.",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("Leaders should plan for", "all children."), ("Leaders should plan.", "This includes young children.")],
)
def test_a_row_goes_on_overleaf_without_a_header(before: str, after: str) -> None:
    assert _two_pages([((), [before])], [((), [after])]) == [f"{before} {after}"]


def test_one_cell_may_hold_numbered_items_that_count_on_overleaf() -> None:
    before: list[Row] = [
        ((), ["1. Leaders should act.", "2. Leaders should listen to", "children aged", "12. to 24."])
    ]

    assert _two_pages(before, [((), ["3. Leaders should plan."])]) == [
        "Leaders should act.",
        "Leaders should listen to children aged 12. to 24.",
        "Leaders should plan.",
    ]


def test_bullets_stay_inside_their_item() -> None:
    rows: list[Row] = [
        ((), ["Leaders should improve:", "• plans; and", "• reviews.", "They should start now."])
    ]

    assert _two_pages(rows, []) == ["Leaders should improve: • plans; and • reviews. They should start now."]
