"""A PDF's pages as lines of text, each with its box, in the order in which a person reads them.

PDFium gives text in the order in which the file draws it. That is nearly always reading order, but a
letter's address block or a list's last lines may be drawn after what follows them, so a run of lines
drawn later and standing wholly higher is moved up (`in_reading_order`).

One pass over a page costs one call for its text and a few a line for the box: asking PDFium for the box
of every character would take longer than the extraction itself.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from oneplace.records import Box

# PDFium joins the two halves of a word broken at a hyphen with U+FFFE; a soft hyphen in the file is U+00AD.
BROKEN_WORD = "\ufffe"
# Zero-width and byte-order marks that some of the publisher's tools leave in headings.
_INVISIBLE = {0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x00AD: "-", 0x00A0: " ", 0x2011: "-", 0x2010: "-"}
_SPACES = re.compile(r"[ \t\u2000-\u200a\u202f\u3000]+")
# Bullets in the publisher's layouts: Symbol's and Wingdings' private-use glyphs and the usual signs.
_BULLET = re.compile(r"^(?:[\uf000-\uf0ff\u2022\u25aa\u25a0\u25cf\u25fc\u25fe\u25e6\u2043\u2219\u00b7\u2212\u25ab\u27a2\u2756]|o(?=\s)|[-\u2013](?=\s))\s*")


@dataclass(slots=True)
class Line:
    """One line of a page as drawn. `text` is clean; `broken` says that its last word goes on in the next."""

    text: str
    page: int
    box: Box
    size: float  # of the first character, in points
    bold: bool
    broken: bool = False
    bullet: str = ""  # the bullet sign that was drawn before the text, removed from `text`

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[3]

    @property
    def bottom(self) -> float:
        return self.box[1]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(slots=True)
class Page:
    """One page: its number from 1, its size in points, and its lines in reading order."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    images: int = 0


def clean(text: str) -> str:
    """White space folded, invisible characters removed, non-breaking forms made plain."""
    return _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()


def read_pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Each page of the document with its lines, one page in memory at a time."""
    for index in range(len(document)):
        raw_page = document[index]
        text_page = raw_page.get_textpage()
        try:
            width, height = raw_page.get_size()
            page = Page(index + 1, width, height)
            page.lines = in_reading_order(list(_lines(text_page.raw, page.number)))
        finally:
            text_page.close()
            raw_page.close()
        yield page


def _lines(raw: object, number: int) -> Iterator[Line]:
    count = pdfium_c.FPDFText_CountChars(raw)
    if count <= 0:
        return
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    # "surrogatepass" and the fixed length keep text positions equal to PDFium's character indices.
    text = bytes(buffer)[: count * 2].decode("utf-16-le", "replace")
    box = _BoxReader(raw)
    start = 0
    for piece in re.split("(\r\n|\ufffe|\r|\n)", text):
        if piece in ("\r\n", BROKEN_WORD, "\r", "\n") or not piece.strip():
            start += len(piece)
            continue
        end = start + len(piece)
        broken = text[end : end + 1] == BROKEN_WORD
        lead = len(piece) - len(piece.lstrip())
        yield from box.line(piece, number, start + lead, broken)
        start = end


class _BoxReader:
    """Asks PDFium for the boxes of one page's lines, reusing its out-parameters."""

    def __init__(self, raw: object) -> None:
        self._raw = raw
        self._out = tuple(ctypes.c_double() for _ in range(4))

    def line(self, piece: str, number: int, start: int, broken: bool) -> Iterator[Line]:
        raw = self._raw
        text = clean(piece.replace("\x00", "").replace("\x02", ""))
        if not text:
            return
        box = self._box(start, len(piece.strip()))
        bullet = ""
        matched = _BULLET.match(text)
        first = start
        if matched:
            bullet, text = matched[0].strip(), text[matched.end() :]
            first = start + min(matched.end(), len(piece) - 1)
        size = pdfium_c.FPDFText_GetFontSize(raw, first)
        weight = pdfium_c.FPDFText_GetFontWeight(raw, first)
        yield Line(text, number, box, size, weight >= 600, broken, bullet)

    def _box(self, start: int, length: int) -> Box:
        left, top, right, bottom = self._out
        rects = pdfium_c.FPDFText_CountRects(self._raw, start, length)
        boxes = []
        # A line is drawn as many runs; the first and the last bound it, and a few between catch superscripts.
        for index in {0, rects // 2, rects - 1} if rects > 3 else range(rects):
            pdfium_c.FPDFText_GetRect(self._raw, index, left, top, right, bottom)
            boxes.append((left.value, bottom.value, right.value, top.value))
        if not boxes:
            return (0.0, 0.0, 0.0, 0.0)
        return around(boxes)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them, to a tenth of a point."""
    return (
        round(min(b[0] for b in boxes), 1),
        round(min(b[1] for b in boxes), 1),
        round(max(b[2] for b in boxes), 1),
        round(max(b[3] for b in boxes), 1),
    )


def in_reading_order(lines: list[Line]) -> list[Line]:
    """The lines with every run that was drawn late, but stands wholly higher, moved up to its place.

    Runs that stand beside each other (the cells of a table's row) keep the order in which they were drawn.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.top <= runs[-1][-1].top + 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    if len(runs) < 2:
        return lines
    ordered: list[list[Line]] = []
    for run in runs:
        bottom = min(line.bottom for line in run)
        place = len(ordered)
        while place and max(line.top for line in ordered[place - 1]) <= bottom + 2:
            place -= 1
        ordered.insert(place, run)
    return [line for run in ordered for line in run]
