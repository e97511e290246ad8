"""The letter that follows a focused visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.pdfs.sheets import Mark, Order, Sheets

ITEMS = (
    "How soon children who have moved are seen by the multi-agency team.",
    "The record of what managers decide, and why, so that the next worker can follow it without having to ask.",
)
INTRODUCTION = (
    "This letter summarises the findings of the focused visit to {council} children’s services on {dates}. His "
    "Majesty’s Inspectors for this visit were Monica Lindley and Christine Kenner."
)


@dataclass(slots=True)
class Letter:
    """What the letter is to say, and how it is to be set; the defaults are what most letters do."""

    council: str = "Thornmere"
    title: tuple[str, ...] = ()
    date: str = "14 March 2025"
    dates: str = "11 and 12 February 2025"
    introduction: str = INTRODUCTION
    improve_heading: str = "What needs to improve in this area of social work practice?"
    improve: Sequence[str] = ITEMS
    priority_heading: str = ""
    priority: Sequence[str] = ()
    prose: Sequence[str] = ()
    mark: str = "square"
    sign: str = "\u25fc"
    sign_off: str = "Yours sincerely"
    signature: tuple[str, ...] = ("Monica Lindley", "His Majesty’s Inspector")
    findings_heading: str = "Headline findings"
    order: Order = list

    def sheets(self) -> Sheets:
        """The letter, set."""
        sheets = Sheets(sign=self.sign, order=self.order, numbers="")
        sheets.y = 797
        for text in ("Ofsted", "Piccadilly Gate", "Store Street", "Manchester", "M1 2WD"):
            sheets.line(text, size=9, leading=11)
        sheets.y = 787
        for text in ("T 0300 000 0000", "enquiries@example.org", "www.example.org"):
            sheets.line(text, 169, size=9, leading=11)
        sheets.y = 704
        sheets.line(self.date)
        sheets.skip()
        sheets.lines(
            "Avery Marlowe",
            "Director of Children’s Services",
            f"{self.council} Council",
            "1 Mill Lane",
            self.council,
        )
        sheets.skip(30)
        sheets.line("Dear Avery Marlowe")
        sheets.skip()
        sheets.lines(*(self.title or (f"Focused visit to {self.council} children’s services",)), bold=True)
        sheets.skip()
        if self.introduction:
            sheets.paragraph(self.introduction.format(council=self.council, dates=self.dates))
        sheets.paragraph("Inspectors looked at how children are helped when they first come to notice.")
        if self.findings_heading:
            sheets.heading(self.findings_heading, size=12)
        sheets.paragraph(
            "At the last inspection, in February 2023, visits to children were an area for improvement. They are now "
            "made when they are due."
        )
        if self.priority_heading:
            sheets.heading(self.priority_heading, size=12)
            self._list(sheets, self.priority)
        if self.improve_heading:
            sheets.heading(self.improve_heading, size=12)
            self._list(sheets, self.improve)
            for text in self.prose:
                sheets.paragraph(text)
        if self.findings_heading:
            sheets.heading("Main findings", size=12)
        for _ in range(6):
            sheets.paragraph(
                "Workers know the children whom they visit and write down clearly what they have seen and heard. "
                "Managers read what they write and say what should be done next, and in most cases it is."
            )
        sheets.paragraph(
            "Ofsted will take the findings from this focused visit into account when planning the next one."
        )
        if self.sign_off:
            sheets.line(self.sign_off)
            sheets.skip(40)
        sheets.lines(*self.signature, bold=True)
        return sheets

    def _list(self, sheets: Sheets, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            sheets.item(text, number=f"{number}." if self.mark == "number" else "", sign=self.mark)


def address_last(marks: list[Mark]) -> list[Mark]:
    """The date and the address drawn after the body of the first page."""
    return sorted(marks, key=lambda mark: 590 < mark.y <= 704)
