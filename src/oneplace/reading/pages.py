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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from oneplace.records import Box

# PDFium joins the two halves of a word broken at a hyphen with U+FFFE; a soft hyphen in the file is U+00AD.
BROKEN_WORD = "\ufffe"
# NUL and STX stand where a font maps a glyph to nothing; zero-width marks come from the publisher's tools.
# Control characters and marks that turn the direction of writing have no place in a report, nor in a terminal.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = {
    **dict.fromkeys((*_CONTROLS, 0x200B, 0x200C, 0x200D, 0xFEFF)),
    **dict.fromkeys((0x09, 0x0B, 0x0C), " "),
    0x00A0: " ",
    **dict.fromkeys((0x00AD, 0x2010, 0x2011), "-"),
}
_SPACES = re.compile(r"[ \t\u2000-\u200a\u202f\u3000]+")
_UNCLEAN_SIGNS = (
    "\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u2000-\u200d\u2010\u2011\u202a-\u202f\u2066-\u2069\u3000\ufeff"
)
_UNCLEAN = re.compile(f"[\n\r{_UNCLEAN_SIGNS}]|  ")
# A whole page's text has line ends; nearly every page has nothing else to clean.
_UNCLEAN_PAGE = re.compile(f"[{_UNCLEAN_SIGNS}]|  ")
# Bullets in the publisher's layouts: Symbol's and Wingdings' private-use glyphs and the usual signs.
_BULLET = re.compile(
    r"^(?:[\uf000-\uf0ff\u2022\u25aa\u25a0\u25cf\u25fc\u25fe\u25e6\u2043\u2219\u00b7\u2212\u25ab\u27a2\u2756\u2b1b\u25cb\u25c6\u25ba\u25b6\u25fb\u2023\u26ab\u2713\u2714]|o(?=\s)|[-\u2013](?=\s))\s*"
)


_BULLET_SIGNS = frozenset(
    "\u2022\u25aa\u25a0\u25cf\u25fc\u25fe\u25e6\u2043\u2219\u00b7\u2212\u25ab\u27a2\u2756\u2b1b\u25cb\u25c6\u25ba\u25b6\u25fb\u2023\u26ab\u2713\u2714o-\u2013"
) | {chr(c) for c in range(0xF000, 0xF100)}
_LINE_END = re.compile("(\r\n|\ufffe|\r|\n)")
# PDF's font weight of a bold face; semi-bold is 600.
_BOLD = 600


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


_NUMBER_ALONE = re.compile(r"^\d{1,3}[.)]$")
# Points between a mark and the text that it belongs to: list indents are 14 to 36.
_MARK_REACH = 60.0


@dataclass(slots=True)
class Page:
    """One page: its number from 1, its size in points, and its lines in reading order."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)


def clean(text: str) -> str:
    """White space folded, invisible characters removed, non-breaking forms made plain."""
    if _UNCLEAN.search(text):
        text = _SPACES.sub(" ", text.translate(_INVISIBLE))
    return text.strip()


def read_pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Each page of the document with its lines, one page in memory at a time."""
    for index in range(len(document)):
        raw_page = document[index]
        try:
            page = read_page(raw_page, index + 1)
        finally:
            raw_page.close()
        yield page


def read_page(raw_page: pdfium.PdfPage, number: int) -> Page:
    """One open page with its lines in reading order, each mark before its text."""
    text_page = raw_page.get_textpage()
    try:
        width, height = raw_page.get_size()
        lines = list(_lines(text_page.raw, number))
    finally:
        text_page.close()
    return Page(number, width, height, with_their_marks(in_reading_order(lines)))


def _lines(raw: object, number: int) -> Iterator[Line]:
    count = pdfium_c.FPDFText_CountChars(raw)
    if count <= 0:
        return
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    # The length is fixed by the count, so that text positions are PDFium's character indices.
    text = bytes(buffer)[: count * 2].decode("utf-16-le", "replace")
    box_of = _box_reader(raw)
    unclean = _UNCLEAN_PAGE.search(text) is not None
    font_size, font_weight = pdfium_c.FPDFText_GetFontSize, pdfium_c.FPDFText_GetFontWeight
    start = 0
    for piece in _LINE_END.split(text):
        length = len(piece)
        bare = piece.strip()
        words = ""
        if bare and piece != BROKEN_WORD:
            words = clean(bare) if unclean else bare
        if words:
            first = start + piece.index(bare[0])
            box = box_of(first, len(bare))
            bullet = ""
            if words[0] in _BULLET_SIGNS and (matched := _BULLET.match(words)):
                bullet, words = matched[0].strip(), words[matched.end() :]
                first += min(matched.end(), len(bare) - 1)
            size = font_size(raw, first)
            bold = font_weight(raw, first) >= _BOLD
            broken = text[start + length : start + length + 1] == BROKEN_WORD
            yield Line(words, number, box, size, bold, broken, bullet)
        start += length


def _box_reader(raw: object) -> Callable[[int, int], Box]:
    """A function from a line's first character and length to its box, on one page."""
    count_rects, get_rect = pdfium_c.FPDFText_CountRects, pdfium_c.FPDFText_GetRect
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    # References made once: making four for each call would take longer than the call.
    out = tuple(ctypes.byref(value) for value in (left, top, right, bottom))

    def box(start: int, length: int) -> Box:
        rects = count_rects(raw, start, length)
        if rects <= 0:
            return (0.0, 0.0, 0.0, 0.0)
        get_rect(raw, 0, *out)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if rects > 1:
            # A line is drawn as many runs from left to right: the first and the last bound it.
            get_rect(raw, rects - 1, *out)
            if left.value < x0:
                x0 = left.value
            if bottom.value < y0:
                y0 = bottom.value
            if right.value > x1:
                x1 = right.value
            if top.value > y1:
                y1 = top.value
        return (x0, y0, x1, y1)

    return box


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them, to a tenth of a point."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (round(min(lefts), 1), round(min(bottoms), 1), round(max(rights), 1), round(max(tops), 1))


# More than the space between two lines of one cell or paragraph, and more than that between two paragraphs.
_APART, _FAR = 12.0, 60.0


def in_reading_order(lines: list[Line]) -> list[Line]:
    """The lines with every run that was drawn late, but stands wholly higher, moved up to its place.

    Runs that stand beside each other (the cells of a table's row) keep the order in which they were drawn.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and -_FAR < line.top - runs[-1][-1].top <= 2:
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
        if place == len(ordered) and (cut := _first_below(ordered[-1], bottom) if ordered else 0):
            # A column drawn after the whole page: what stands below it was drawn before it.
            ordered[-1:] = [ordered[-1][:cut], run, ordered[-1][cut:]]
        else:
            ordered.insert(place, run)
    return [line for run in ordered for line in run]


def _first_below(run: Sequence[Line], height: float) -> int:
    """Where in a run the lines begin that stand well below a height; 0 where all or none do."""
    for index, line in enumerate(run):
        if line.top < height - _APART:
            return index if all(one.top < height - _APART for one in run[index:]) else 0
    return 0


def with_their_marks(lines: list[Line]) -> list[Line]:
    """The lines with each bullet or number that was drawn apart put back before its text."""
    marks = [
        line for line in lines if not line.text or (len(line.text) < 5 and _NUMBER_ALONE.match(line.text))
    ]
    for mark in marks:
        middle = (mark.bottom + mark.top) / 2
        beside = [
            line
            for line in lines
            if line is not mark
            and line.text
            and line.bottom < middle < line.top
            and 0 < line.left - mark.left < _MARK_REACH
        ]
        if beside:
            text = min(beside, key=lambda line: line.left)
            text.bullet = text.bullet or mark.bullet
            text.text = f"{mark.text} {text.text}".strip()
            text.box = around([mark.box, text.box])
            lines.remove(mark)
    return [line for line in lines if line.text]
