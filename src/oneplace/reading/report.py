"""What a form of report is, and the report as a form sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pypdfium2 as pdfium

from oneplace.reading.pages import Line, Page
from oneplace.reading.tables import TableRow, table_rows
from oneplace.reading.words import Vocabulary
from oneplace.records import InspectionRecord


@dataclass(slots=True)
class Report:
    """A whole report in memory: its pages, lines in reading order."""

    pages: Sequence[Page]
    vocabulary: Vocabulary
    # The open file, for what costs time and few forms need. None where the lines were made by hand.
    document: pdfium.PdfDocument | None = None

    # The text of the first pages by their number: each form asks for it.
    _heads: dict[int, str] = field(default_factory=dict)

    @property
    def first(self) -> Page:
        return self.pages[0]

    def lines(self, start: int = 1, end: int | None = None) -> Iterator[Line]:
        """The lines of pages `start` to `end` (both from 1, both included)."""
        for page in self.pages[start - 1 : end]:
            yield from page.lines

    def table_rows(self, page_number: int) -> list[TableRow]:
        """The rows of the tables on a page (from 1), from the top down; [] where there is no open file."""
        return table_rows(self.document, page_number) if self.document is not None else []

    def head(self, pages: int = 2) -> str:
        """The text of the first pages, for a form to recognise itself by."""
        if pages not in self._heads:
            self._heads[pages] = "\n".join(line.text for line in self.lines(1, pages))
        return self._heads[pages]


class Form(Protocol):
    """One layout of report. A module in `oneplace.reading.forms` has one or more, in its `FORMS`."""

    name: str

    def recognises(self, report: Report) -> bool:
        """Whether the report says that it is of this form: by its own words, never by a file's name."""

    def read(self, report: Report) -> InspectionRecord:
        """Everything that the report says. What it does not say stays empty; doubts go in `problems`."""
