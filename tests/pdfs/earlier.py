"""Reports of 2013, before the single inspection framework, and a safeguarding board's review published alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.pdfs.sheets import Sheets

SECTIONS = {
    "Overall effectiveness of services for looked after children and young people": (
        "Overall effectiveness",
        "overall",
    ),
    "Capacity to improve": ("Capacity to improve", "other"),
    "Outcomes for looked after children and young people": ("Outcomes for looked after children", "other"),
    "Quality of provision": ("Quality of provision", "other"),
    "Leadership and management": ("Leadership and management", "leadership"),
}
BY_TIME = {
    "Immediately:": (
        "Make sure that every child has a plan for health.",
        "See that visits are made when they are due.",
    ),
    "Within three months:": ("Ask children what they think of the places where they live.",),
}


@dataclass(slots=True)
class LookedAfter:
    """An inspection of looked after children services."""

    council: str = "Thornmere County Council"
    dates: str = "8 – 12 July 2013"
    published: str = "Published: 16 August 2013"
    grades: Mapping[str, str] = field(default_factory=dict)
    # Grades in the table on the last page, where they are not those of the sections.
    again: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=lambda: BY_TIME)

    def grade(self, section: str) -> str:
        return self.grades.get(section, "Grade 3 (adequate)")

    def sheets(self) -> Sheets:
        """The report, set."""
        sheets = Sheets(numbers="", head=f"{self.council} Inspection of looked after children services #")
        sheets.y = 650
        sheets.lines("Inspection of looked after children", "services", size=26)
        sheets.line(self.council, size=18)
        sheets.y = 268
        sheets.line(f"Inspection dates: {self.dates}", size=10, bold=True)
        sheets.line("Reporting inspector Robin Fairweather HMI", size=10, bold=True)
        sheets.y = 116
        sheets.line("Age group: All", size=10, bold=True)
        sheets.line(self.published, size=10, bold=True)
        sheets.new_page()
        sheets.line("Contents", bold=True)
        for number, section in enumerate(SECTIONS, 3):
            sheets.line(f"{section} {number}", bold=True)
        sheets.new_page()
        for section in SECTIONS:
            sheets.heading(*_halves(section), size=18)
            sheets.line(self.grade(section), size=14, bold=True)
            sheets.skip(8)
            sheets.paragraph(
                "Children are seen often enough, and their views count for something in this place."
            )
            if section == "Capacity to improve":
                self._improve(sheets)
        self._main_findings(sheets)
        return sheets

    def _improve(self, sheets: Sheets) -> None:
        sheets.heading("Areas for improvement")
        sheets.paragraph("To make services better for looked after children, the local authority should:")
        for when, items in self.lists.items():
            sheets.heading(when, size=12, before=4)
            for item in items:
                sheets.item(item, x=100)

    def _main_findings(self, sheets: Sheets) -> None:
        sheets.new_page()
        sheets.heading("Record of main findings", size=18)
        sheets.heading("Services for looked after children")
        for section, (words, _) in SECTIONS.items():
            grade = self.again.get(section, self.grade(section).split("(")[1].rstrip(")").capitalize())
            sheets.set(words, 91, bold=True)
            sheets.set(grade, 385)
            sheets.skip(27)


def _halves(text: str) -> tuple[str, ...]:
    words = text.split()
    return (" ".join(words[:6]), " ".join(words[6:])) if len(words) > 7 else (text,)


@dataclass(slots=True)
class BoardAlone:
    """A review of a Local Safeguarding Children Board that was published by itself."""

    grade: str = "requires improvement"
    again: str = ""
    items: Sequence[str] = (
        "Ask every partner to report on its own audits twice a year.",
        "Say in the yearly report what the Board has changed.",
    )

    def sheets(self) -> Sheets:
        """The report, set."""
        sheets = Sheets()
        sheets.line("Thornmere", size=26)
        sheets.lines(
            "Review of the effectiveness of the Local Safeguarding", "Children Board", size=14, bold=True
        )
        sheets.line("Review date: 8 June 2015 to 12 June 2015", size=14, bold=True)
        sheets.line("Report published: 3 August 2015", size=14, bold=True)
        sheets.skip(30)
        sheets.line(f"The Local Safeguarding Children Board {self.grade}", size=14, bold=True)
        sheets.new_page()
        sheets.heading("Executive summary")
        sheets.paragraph(
            "The Board meets often and asks good questions of its partners, who answer most of them."
        )
        if self.again:
            sheets.heading(f"The effectiveness of the LSCB {self.again}")
        sheets.heading("Recommendations")
        for number, text in enumerate(self.items, 1):
            sheets.item(text, number=f"{number}.")
        sheets.heading("Inspection findings")
        for number in range(3, 8):
            sheets.item("The Board has a plan, and most of its partners follow it.", number=f"{number}.")
        sheets.heading("Information about this inspection", size=16)
        sheets.heading("The inspection team", size=12)
        sheets.line("Lead inspector: Robin Fairweather HMI")
        return sheets
