"""The lines that are drawn around a table's cells.

Text alone does not say where one row of a table ends and the next begins when both are set at the same spacing; the
rules between them do. Asking for them costs about a millisecond a page, so a form asks only for the pages of its tables.
"""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from oneplace.records import Box

# A rule is thinner than this, in points, and longer than a tick or an underline of a word.
_THIN = 2.0
_LONG = 40.0


def horizontal_rules(document: pdfium.PdfDocument, page_number: int) -> list[Box]:
    """The horizontal rules of a page (from 1), from the top of the page down."""
    page = document[page_number - 1]
    found: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    try:
        for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
            drawn = pdfium_c.FPDFPage_GetObject(page.raw, index)
            if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
                continue
            pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
            if top.value - bottom.value <= _THIN and right.value - left.value >= _LONG:
                found.append((left.value, bottom.value, right.value, top.value))
    finally:
        page.close()
    return sorted(found, key=lambda box: -box[3])
