"""Inspections under the single inspection framework, in its three layouts, and re-inspections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.pdfs.sheets import LEADING, Order, Sheets

ROWS = {
    "help_and_protection": ("1. ", "Children who need help and protection"),
    "care": ("2. ", "Children looked after and achieving permanence"),
    "adoption": ("2.1 ", "Adoption performance"),
    "care_leavers": ("2.2 ", "Experiences and progress of care leavers"),
    "leadership": ("3. ", "Leadership, management and governance"),
}
AUTHORITY_ITEMS = (
    "Make sure that every child who is privately fostered is seen within a week, and that someone writes down what "
    "the child says.",
    "Improve the way that the multi-agency team decides who should visit.",
    "Give every care leaver a pathway plan that they have helped to write.",
)
PRIORITY_ITEMS = ("See at once every child who has waited more than ten days for a visit.",)
BOARD_ITEMS = (
    "Ask every partner to report on its own audits twice a year.",
    "Say in the yearly report what the Board has changed.",
)
BOARD = "Review of the effectiveness of the Local Safeguarding Children Board"


@dataclass(slots=True)
class Sif:
    """What the report is to say, and how it is to be set; the defaults are what most reports of its layout do."""

    layout: str = "2015"
    council: str = "Thornmere Borough Council"
    place: str = "Thornmere"
    reinspection: bool = False
    with_board: bool = True
    dates: tuple[str, ...] = ()
    dates_label: str = "Inspection date: "
    published: tuple[str, ...] = ("Report published: 27 March 2015",)
    title: tuple[str, ...] = ()
    overall: tuple[str, ...] = ()
    overall_grade: str = "require improvement to be good"
    grades: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    numbers_of_rows: Mapping[str, str] = field(default_factory=dict)
    wrapped_grades: bool = True
    break_table_at: str = ""
    board_sentence: tuple[str, ...] = ()
    board_grade: str = "requires improvement"
    board_heading: tuple[str, ...] = ("The Local Safeguarding Children Board {grade}",)
    lead: tuple[str, ...] = ("Lead inspector: Robin Fairweather HMI",)
    items: Sequence[str] = AUTHORITY_ITEMS
    priority: Sequence[str] = ()
    board_items: Sequence[str] = BOARD_ITEMS
    mark: str = "number"
    previous: Mapping[str, str] = field(default_factory=dict)
    sign: str = "\uf06e"
    numbers: str = "last"
    order: Order = list
    foot: str = ""

    def grade(self, key: str) -> str:
        return self.grades.get(
            key, {"adoption": "Good", "leadership": "Requires improvement"}.get(key, "Inadequate")
        )

    def sheets(self) -> Sheets:
        """The report, set."""
        sheets = Sheets(sign=self.sign, numbers=self.numbers, order=self.order, foot=self.foot)
        self._front(sheets)
        self._contents(sheets)
        if self.layout == "2015":
            self._body_2015(sheets)
        else:
            self._body_before(sheets)
        return sheets

    def _front(self, sheets: Sheets) -> None:
        sheets.y = 730
        sheets.line(self.council, size=26)
        prefix = "Re-inspection" if self.reinspection else "Inspection"
        sheets.lines(
            *(
                self.title
                or (
                    f"{prefix} of services for children in need of help and",
                    "protection, children looked after and care leavers",
                )
            ),
            size=14,
            bold=True,
        )
        if self.with_board and not self.reinspection and not self.title:
            sheets.line("and", size=14)
            sheets.lines("Review of the effectiveness of the Local Safeguarding Children", size=14, bold=True)
            sheets.set("Board", size=14, bold=True)
            sheets.raised(1, "Board", size=14, bold=True)
            sheets.skip(20)
            sheets.note(1, "Ofsted makes this report under its power to put two reports together.")
        first, *more = self.dates or ("24 February 2015 – 18 March 2015",)
        sheets.lines(self.dates_label + first, *more, size=14, bold=True)
        sheets.lines(*self.published, size=14, bold=True)
        sheets.skip(20)
        sheets.lines(*self._overall(), size=14, bold=self.layout == "2015")
        sheets.skip(8)
        if self.layout != "2015":
            sheets.paragraph("There are no failures here that leave many children in danger of harm.")
        for key in ROWS:
            if key == self.break_table_at:
                sheets.new_page()
            self._row(sheets, key)
        if self.layout == "2013" and self.with_board:
            sheets.skip(10)
            sheets.lines(
                *(
                    self.board_sentence
                    or (
                        f"The effectiveness of the Local Safeguarding Children Board (LSCB) is {self.board_grade}.",
                    )
                ),
                size=12,
            )
            sheets.line("The LSCB does not yet show what a good one shows.")

    def _overall(self) -> tuple[str, ...]:
        if self.overall:
            return self.overall
        return {
            "2013": ("The overall judgement is requires improvement",),
            "2014": ("The overall judgement is that children’s services are inadequate",),
            "2015": (f"Children’s services in {self.place} {self.overall_grade}",),
        }[self.layout]

    def _row(self, sheets: Sheets, key: str) -> None:
        number, question = ROWS[key]
        number = self.numbers_of_rows.get(key, number)
        indent = 55 if "." in number.strip(" .") else 0
        grade = self.grade(key)
        graded = grade.split(" ", 1) if self.wrapped_grades and " " in grade else [grade]
        sheets.set(number + question, 72 + indent, bold=not indent)
        sheets.set(graded[0], 410, bold=True)
        if len(graded) > 1:
            sheets.skip(LEADING)
            sheets.set(graded[1], 410, bold=True)
        sheets.skip(27)

    def _contents(self, sheets: Sheets) -> None:
        sheets.new_page()
        sheets.line("Contents", size=26)
        sheets.line("The local authority 3", bold=True, size=16)
        sheets.line("Recommendations 3", 86, size=14)
        sheets.line("The experiences and progress of children who need help and protection 4", 86, size=12)
        sheets.line("Leadership, management and governance 6", 86, size=14)
        if self.with_board and not self.reinspection:
            sheets.line("The Local Safeguarding Children Board (LSCB) 7", bold=True, size=16)
        sheets.new_page()

    def _list(self, sheets: Sheets, texts: Sequence[str], first: int = 1) -> int:
        for number, text in enumerate(texts, first):
            if self.mark == "number":
                sheets.item(text, number=f"{number}.", x=100 if self.layout == "2013" else 72)
            else:
                sheets.item(text, sign=self.mark)
        return first + len(texts)

    def _again(self, sheets: Sheets, first: int) -> int:
        """The sections, each heading with its grade, then paragraphs."""
        number = first
        texts = {
            "help_and_protection": "The experiences and progress of children who need help and protection {grade}",
            "care": "The experiences and progress of children looked after and achieving permanence {grade}",
            "adoption": "The graded judgement for adoption performance is that it is {grade}",
            "care_leavers": "The graded judgement for the experiences and progress of care leavers is that it is "
            "{grade}",
            "leadership": "Leadership, management and governance {grade}",
        }
        for key, text in texts.items():
            printed = self.headings.get(key, self.grade(key))
            words = text.format(grade=printed.lower() if "graded" in text else printed).split()
            sheets.heading(" ".join(words[:7]), " ".join(words[7:]), size=12 if "graded" in text else 14)
            if "graded" not in text:
                sheets.heading("Inspection findings", size=12)
            for _ in range(3):
                sheets.item(
                    "Most children here have a worker whom they know by name. A few have had four in a year, and their "
                    "plans show it.",
                    number=f"{number}.",
                )
                number += 1
        return number

    def _previous(self, sheets: Sheets) -> None:
        sheets.heading("Information about this local authority area")
        sheets.heading("Previous Ofsted inspections", size=12)
        sheets.item(
            "The last inspection of these services was in May 2014. The judgements for the local authority were:"
        )
        for question, grade in self.previous.items():
            sheets.item(f"{question}: {grade}", sign="-", x=90)
        sheets.heading("Children living in this area", size=12)
        sheets.item("About 40,000 children and young people live in this area.")

    def _body_2015(self, sheets: Sheets) -> None:
        sheets.heading("Executive summary")
        sheets.paragraph("Help comes late to too many children in this place, and its leaders know this.")
        sheets.heading("The local authority", size=16)
        self._previous(sheets)
        sheets.heading("Recommendations")
        following = self._list(sheets, self.items)
        sheets.heading("Summary for children and young people")
        sheets.item("We think that adults should listen to you more often.")
        following = self._again(sheets, following)
        if self.with_board and not self.reinspection:
            sheets.new_page()
            sheets.heading("The Local Safeguarding Children Board (LSCB)", size=16)
            sheets.heading(*(text.format(grade=self.board_grade) for text in self.board_heading))
            sheets.heading("Executive summary")
            sheets.paragraph("The Board meets often and asks good questions of its partners.")
            sheets.heading("Recommendations")
            following = self._list(sheets, self.board_items, following)
            sheets.heading("Inspection findings")
            sheets.item("The Board has a plan, and most of its partners follow it.", number=f"{following}.")
        self._team(sheets)

    def _body_before(self, sheets: Sheets) -> None:
        sheets.heading(
            "Section 1: the local authority" if self.layout == "2013" else "The local authority", size=16
        )
        sheets.heading("Summary of key findings")
        sheets.heading("This local authority requires improvement and is not yet good because", size=12)
        sheets.item("Help comes late to too many children in this place.", number="1.", x=100)
        sheets.heading("What does the local authority need to improve?")
        following = 2 if self.layout == "2013" else 1
        if self.priority:
            sheets.heading("Priority and immediate action", size=12)
            following = self._list(sheets, self.priority, following)
            following = following if self.layout == "2013" else 1
        sheets.heading("Areas for improvement", size=12)
        following = self._list(sheets, self.items, following)
        sheets.heading("Information about this inspection")
        sheets.paragraph("Inspectors read records and talked with children and those who work with them.")
        self._team(sheets)
        sheets.heading("Inspection judgements about the local authority")
        following = self._again(sheets, following)
        if self.with_board:
            sheets.new_page()
            section = (
                "Section 2: The effectiveness of the Local Safeguarding Children Board"
                if self.layout == "2013"
                else "The Local Safeguarding Children Board (LSCB)"
            )
            sheets.heading(section, size=16)
            if self.layout == "2014":
                sheets.heading(*(text.format(grade=self.board_grade) for text in self.board_heading))
            else:
                sheets.heading(f"The effectiveness of the LSCB {self.board_grade}", size=12)
            sheets.heading("What does the LSCB need to improve?")
            sheets.heading("Areas for improvement", size=12)
            following = self._list(sheets, self.board_items, following if self.layout == "2013" else 1)
            sheets.heading("Key strengths and weaknesses of the LSCB", size=12)
            sheets.item(
                "The Board has a plan, and most of its partners follow it.", number=f"{following}.", x=100
            )

    def _team(self, sheets: Sheets) -> None:
        sheets.heading("The inspection team", size=12)
        sheets.lines(*self.lead)
        sheets.skip(12)
        sheets.line("Team inspectors: Jo Redfern HMI, Sam Wetherby HMI.")
