"""Inspections of local authority children's services, in each layout from 2018 to 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.pdfs.sheets import Order, Sheets

QUESTIONS = {
    "leadership": ("The impact of leaders on social work practice", "with children and families"),
    "help_and_protection": ("The experiences and progress of children", "who need help and protection"),
    "care_and_leavers": ("The experiences and progress of children", "in care and care leavers"),
    "care": ("The experiences and progress of children", "in care"),
    "care_leavers": ("The experiences and progress of care", "leavers"),
    "overall": ("Overall effectiveness",),
}
BY_LAYOUT = {
    "2018": ("leadership", "help_and_protection", "care_and_leavers", "overall"),
    "2021": ("leadership", "help_and_protection", "care_and_leavers", "overall"),
    "2023": ("leadership", "help_and_protection", "care", "care_leavers", "overall"),
    "2026": ("leadership", "help_and_protection", "care", "care_leavers"),
}
DATES = {
    "2018": "3 December 2018 to 14 December 2018",
    "2021": "8 to 19 November 2021",
    "2023": "11 to 22 September 2023",
    "2026": "11 to 22 May 2026",
}
ITEMS = (
    "The timeliness of visits to children who have moved home twice in a year, including those placed a long way "
    "from the town.",
    "How managers in the multi-agency team record why they decided as they did.",
    "The number of foster carers who live near the schools that children go to.",
)
SUMMARY = (
    "Children in this place are mostly well looked after, and their carers say so. Since the last inspection in 2017, "
    "staff have had fewer families each, and they know them better.",
    "Some plans are good on paper and slow in being carried out. Managers see this and are mending it.",
)


@dataclass(slots=True)
class Ilacs:
    """What the report is to say, and how it is to be set; the defaults are what most reports do."""

    layout: str = "2023"
    council: str = "Thornmere"
    title: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    dates_label: str = "Inspection dates: "
    lead: tuple[str, ...] = ("Lead inspector: Rowan Ashgrove, His Majesty’s Inspector",)
    grades: Mapping[str, str] = field(default_factory=dict)
    # Grades in the headings further on, where they are not those of the table.
    headings: Mapping[str, str] = field(default_factory=dict)
    heading: str = "{question}: {grade}"
    heading_bold: bool = True
    table_order: Sequence[str] = ()
    # A grade between the lines of its question, before them, or after them.
    grade_drawn: str = "after"
    break_table_at: str = ""
    improve_heading: str = "What needs to improve?"
    improve: Sequence[str] = ITEMS
    prose_after: str = ""
    mark: str = "square"
    sign: str = "\u25fc"
    numbers: str = "last"
    order: Order = list
    paragraphs: int = 3

    def grade(self, key: str) -> str:
        return self.grades.get(key, "Requires improvement to be good" if key == "leadership" else "Good")

    def sheets(self) -> Sheets:
        """The report, set."""
        sheets = Sheets(sign=self.sign, numbers=self.numbers, order=self.order)
        self._front(sheets)
        self._improve(sheets)
        self._sections(sheets)
        back_matter(sheets)
        return sheets

    def _front(self, sheets: Sheets) -> None:
        sheets.y = 690
        if self.layout == "2018":
            sheets.line(self.council, size=26)
            sheets.lines(
                *(self.title or ("Inspection of children’s social care services",)), size=16, bold=True
            )
        else:
            sheets.lines(
                *(self.title or (f"Inspection of {self.council} local authority", "children’s services")),
                size=26,
            )
        sheets.skip(12)
        first, *more = self.dates or (DATES[self.layout],)
        sheets.lines(self.dates_label + first, *more, bold=True)
        sheets.skip(12)
        sheets.lines(*self.lead, bold=True)
        sheets.skip(22)
        sheets.set("Judgement", 77, bold=True)
        sheets.set("Grade", 302, bold=True)
        sheets.skip(33)
        for key in self.table_order or BY_LAYOUT[self.layout]:
            if key == self.break_table_at:
                sheets.new_page()
            self._row(sheets, key)
        sheets.skip(8)
        for text in SUMMARY:
            sheets.paragraph(text)

    def _row(self, sheets: Sheets, key: str) -> None:
        """A row: the grade may wrap within its cell, and be drawn before, between or after its question's lines."""
        question = QUESTIONS[key]
        grade = self.grade(key)
        graded = ("Requires improvement", "to be good") if grade.endswith("to be good") else (grade,)
        top = sheets.y
        pieces = [(text, 77.0, top - n * 14.5) for n, text in enumerate(question)]
        marks = [(text, 395.0, top - n * 14.5) for n, text in enumerate(graded)]
        if self.grade_drawn == "before":
            drawn = marks + pieces
        elif self.grade_drawn == "between":
            drawn = [one for pair in zip_all(pieces, marks) for one in pair]
        else:
            drawn = pieces + marks
        for text, x, y in drawn:
            sheets.y = y
            sheets.set(text, x)
        sheets.y = top - 42

    def _improve(self, sheets: Sheets) -> None:
        if self.improve_heading:
            sheets.heading(self.improve_heading)
            for number, text in enumerate(self.improve, 1):
                sheets.item(text, number=f"{number}." if self.mark == "number" else "", sign=self.mark)
            if self.prose_after:
                sheets.paragraph(self.prose_after)

    def _sections(self, sheets: Sheets) -> None:
        number = 0
        if sheets.page == 1:
            sheets.new_page()
        order = [key for key in BY_LAYOUT[self.layout] if key != "overall"]
        for key in [*order[1:], order[0]]:
            grade = self.headings.get(key, self.grade(key))
            text = self.heading.format(question=" ".join(QUESTIONS[key]), grade=grade)
            words = text.split()
            sheets.heading(" ".join(words[:8]), " ".join(words[8:]), bold=self.heading_bold)
            for _ in range(self.paragraphs):
                number += 1
                sheets.item(
                    "Workers in this town see children often and write down what they say. Most plans are clear, and "
                    "families know what must happen next and by when.",
                    number=f"{number}.",
                )


def zip_all(
    first: Sequence[tuple[str, float, float]], second: Sequence[tuple[str, float, float]]
) -> list[list[tuple[str, float, float]]]:
    """One of each in turn, and what is left over."""
    longest = max(len(first), len(second))
    return [[*first[n : n + 1], *second[n : n + 1]] for n in range(longest)]


def back_matter(sheets: Sheets) -> None:
    """The last page, which says who the publisher is and how the report may be used."""
    sheets.new_page()
    sheets.paragraph(
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) is named here in small type, "
        "as it is on every last page.",
        size=10,
    )
    sheets.paragraph(
        "If you would like a copy of this document in another format, please telephone.", size=10
    )
