"""Area inspections of what is done for children with special educational needs or disabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.pdfs.sheets import Sheets, wrapped

OUTCOMES = {
    "positive": (
        "The local area partnership’s special educational needs and/or disabilities (SEND) arrangements typically lead "
        "to positive experiences and outcomes for children and young people with SEND. The local area partnership is "
        "taking action where improvements are needed.",
        "The next full area SEND inspection will be within approximately five years.",
    ),
    "inconsistent": (
        "The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children and "
        "young people with special educational needs and/or disabilities (SEND). The local area partnership must work "
        "jointly to make improvements.",
        "The next full area SEND inspection will be within approximately three years.",
    ),
    "widespread_failings": (
        "There are widespread and/or systemic failings leading to significant concerns about the experiences and "
        "outcomes of children and young people with special educational needs and/or disabilities (SEND), which the "
        "local area partnership must address urgently.",
        "A monitoring inspection will be carried out within approximately 18 months.",
    ),
}
IMPROVE = (
    "Leaders should make sure that plans are reviewed each year, and that young people help to write them.",
    "Leaders across education, health and care should shorten the time for which children wait to be seen by those "
    "who know about speech.",
)
PRIORITIES = (
    (
        "Thornmere local authority and the integrated care board",
        "Leaders should see at once to the late plans of children who are out of school.",
    ),
    (
        "Thornmere local authority",
        "Leaders should say who answers for transport, and act on what families say.",
    ),
)


@dataclass(slots=True)
class AreaSend:
    """What the report is to say, and how it is to be set."""

    area: str = "Thornmere"
    dates: str = "29 January 2024 to 2 February 2024"
    outcome: str = "positive"
    words: str = ""
    next_steps: str = ""
    improve: Sequence[str] = IMPROVE
    priorities: Sequence[tuple[str, str]] = ()
    lead: str = "Una Buckland, HMI, Ofsted Lead inspector"
    break_within_list: bool = False
    ruled: bool = True

    def sheets(self) -> Sheets:
        """The report, set."""
        sheets = Sheets(
            numbers="", foot=f"Area SEND inspection report: {self.area} Local Area Partnership {self.dates} #"
        )
        sheets.y = 700
        sheets.lines(f"Area SEND inspection of {self.area}", "Local Area Partnership", size=26, bold=True)
        sheets.skip(10)
        sheets.line(f"Inspection dates: {self.dates}")
        sheets.line("Dates of previous inspection: 5 July 2021 to 9 July 2021")
        sheets.heading("Inspection outcome")
        stated, following = OUTCOMES[self.outcome]
        sheets.paragraph(self.words or stated)
        sheets.paragraph(self.next_steps or following)
        sheets.heading("Information about the local area partnership")
        sheets.paragraph(f"{self.area} Council and its partners plan services together.")
        sheets.new_page()
        sheets.heading("What is it like to be a child or young person with SEND in this area?")
        sheets.paragraph("Children in this area are known well by those who teach and help them.")
        sheets.heading("What is the area partnership doing that is effective?")
        sheets.item("Workers of several services meet each week.")
        sheets.heading("What does the area partnership need to do better?")
        sheets.item("Some children wait too long to be seen.")
        if self.priorities:
            self._priorities(sheets)
        self._improve(sheets)
        sheets.new_page()
        sheets.heading("Local area partnership details")
        sheets.paragraph("Thornmere Council and the Midshire Integrated Care Board.")
        sheets.heading("Inspection team")
        sheets.line("Ofsted", bold=True)
        sheets.lines(self.lead, "Lindsay Harrow, Ofsted Inspector")
        sheets.new_page()
        sheets.paragraph(
            "If you are not happy with the inspection or the report, you can complain to Ofsted.", size=10
        )
        return sheets

    def _priorities(self, sheets: Sheets) -> None:
        sheets.heading("Areas for priority action")
        sheets.row([["Responsible body"], ["Areas for priority action"]], [63, 220], bold=(True, True))
        for number, (body, text) in enumerate(self.priorities):
            if self.break_within_list and number:
                sheets.new_page()
            sheets.row([wrapped(body, 140, 12, False), wrapped(text, 280, 12, False)], [63, 220])

    def _improve(self, sheets: Sheets) -> None:
        sheets.heading("Areas for improvement")
        if self.ruled:
            sheets.row([["Areas for improvement"]], [63], bold=(True,))
        for number, text in enumerate(self.improve):
            if self.break_within_list and number:
                sheets.new_page()
            if self.ruled:
                sheets.row([wrapped(text, 430, 12, False)], [63])
            else:
                sheets.paragraph(text)
