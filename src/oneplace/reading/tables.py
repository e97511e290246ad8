"""The rows of a table, from the rules that are drawn around its cells.

Text alone does not say where one row of a table ends and the next begins when both are set at the same
spacing; the rules between them do. Asking for them costs about a millisecond a page, so a form asks only
for the pages of its tables.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from oneplace.reading.pages import clean
from oneplace.records import Box

# A rule is thinner than this, in points; an underline or a tick is shorter than a cell is wide or high.
_THIN = 2.0
_LONG = 40.0
_HIGH = 8.0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its bottom and top edges, and the left edges of its cells, in points."""

    bottom: float
    top: float
    cells: tuple[float, ...]


def table_rows(document: pdfium.PdfDocument, page_number: int) -> list[TableRow]:
    """The rows of the tables on a page (from 1), from the top down; one that goes on overleaf is on both."""
    across: list[Box] = []
    down: list[Box] = []
    for box in _paths(document, page_number):
        if box[3] - box[1] <= _THIN and box[2] - box[0] >= _LONG:
            across.append(box)
        elif box[2] - box[0] <= _THIN and box[3] - box[1] >= _HIGH:
            down.append(box)
    return rows_between(across, down)


def rows_between(across: Sequence[Box], down: Sequence[Box]) -> list[TableRow]:
    """The rows that rules across and down a page enclose. A rule at a page's foot has none down beside it."""
    edges: list[float] = []
    for height in sorted(((box[1] + box[3]) / 2 for box in across), reverse=True):
        if not edges or edges[-1] - height > _THIN:
            edges.append(height)
    rows: list[TableRow] = []
    for top, bottom in pairwise(edges):
        middle = (top + bottom) / 2
        sides = sorted(box[0] for box in down if box[1] - 1 <= middle <= box[3] + 1)
        lefts: list[float] = []
        for side in sides:
            if not lefts or side - lefts[-1] > _THIN:
                lefts.append(side)
        if len(lefts) >= 2:
            rows.append(TableRow(bottom, top, tuple(lefts[:-1])))
    return rows


def text_within(document: pdfium.PdfDocument, page_number: int, box: Box) -> str:
    """The text inside a box of a page, cleaned: for a line that runs through two cells."""
    page = document[page_number - 1]
    text_page = page.get_textpage()
    try:
        return clean(" ".join(text_page.get_text_bounded(*box).split()))
    finally:
        text_page.close()
        page.close()


def _paths(document: pdfium.PdfDocument, page_number: int) -> list[Box]:
    page = document[page_number - 1]
    found: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    try:
        for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
            drawn = pdfium_c.FPDFPage_GetObject(page.raw, index)
            if pdfium_c.FPDFPageObj_GetType(drawn) == pdfium_c.FPDF_PAGEOBJ_PATH:
                pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
                found.append((left.value, bottom.value, right.value, top.value))
    finally:
        page.close()
    return found
