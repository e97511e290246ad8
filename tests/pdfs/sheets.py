"""Sheets of A4 on which lines of type are set where the real reports have them.

What is set is remembered line by line and drawn only when the file is made, so that a test may have it drawn
in another order than a person reads it, as some real files are.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN = 72.0
# From one line to the next within a paragraph, and between paragraphs, as in the real reports.
LEADING = 14.5
TOP, BOTTOM = 755.0, 85.0
PLAIN, BOLD, SIGNS = "Helvetica", "Helvetica-Bold", "ZapfDingbats"
# What the square that stands for a bullet is said to be: real files say a private-use sign of Wingdings'.
WINGDINGS_SQUARE = "\uf06e"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of one line: its words, where its baseline begins, and its type."""

    text: str
    x: float
    y: float
    size: float = 12.0
    font: str = PLAIN

    @property
    def is_sign(self) -> bool:
        return self.font == SIGNS


Order = Callable[[list[Mark]], list[Mark]]


def signs_first(marks: list[Mark]) -> list[Mark]:
    """All bullets drawn before any text, as one of the publisher's tools does."""
    return sorted(marks, key=lambda mark: not mark.is_sign)


@dataclass(slots=True)
class Sheets:
    """Pages in the making: `y` is the baseline of the next line, from the bottom of the sheet."""

    y: float = TOP
    # Page numbers: "last" or "first" of what is drawn on a page, or "" for none.
    numbers: str = "last"
    head: str = ""
    foot: str = ""
    sign: str = WINGDINGS_SQUARE
    order: Order = list
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    rules: list[list[tuple[float, float, float, float]]] = field(default_factory=lambda: [[]])
    notes: list[str] = field(default_factory=list)
    _noted: dict[int, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def page(self) -> int:
        """The number of the page that is being set, from 1."""
        return len(self.pages)

    def new_page(self) -> None:
        """Go on at the top of a new sheet."""
        self.pages.append([])
        self.rules.append([])
        self.y = TOP

    def skip(self, points: float = LEADING) -> None:
        """Leave some space."""
        self.y -= points

    def set(self, text: str, x: float = MARGIN, *, size: float = 12.0, bold: bool = False) -> None:
        """One piece of type on the present line, without going on to the next."""
        self.pages[-1].append(Mark(text, x, self.y, size, BOLD if bold else PLAIN))

    def line(
        self,
        text: str,
        x: float = MARGIN,
        *,
        size: float = 12.0,
        bold: bool = False,
        leading: float | None = None,
    ) -> None:
        """One line, and on to the next."""
        if self.y < BOTTOM:
            self.new_page()
        self.set(text, x, size=size, bold=bold)
        self.y -= leading if leading is not None else LEADING * max(size, 12.0) / 12.0

    def lines(self, *texts: str, x: float = MARGIN, size: float = 12.0, bold: bool = False) -> None:
        """Lines one below the other, broken where the caller broke them."""
        for text in texts:
            self.line(text, x, size=size, bold=bold)

    def heading(self, *texts: str, size: float = 14.0, bold: bool = True, before: float = 14.0) -> None:
        """A heading, perhaps over several lines, apart from what stands above and below it."""
        self.skip(before)
        if self.y < BOTTOM + 60:
            self.new_page()
        for text in texts:
            self.line(text, size=size, bold=bold)
        self.skip(6)

    def paragraph(
        self, text: str, x: float = MARGIN, *, width: float = 450.0, size: float = 12.0, bold: bool = False
    ) -> None:
        """A paragraph, wrapped at `width`, and space below it."""
        for piece in wrapped(text, width - (x - MARGIN), size, bold):
            self.line(piece, x, size=size, bold=bold)
        self.skip(10)

    def item(
        self,
        text: str,
        *,
        number: str = "",
        sign: str = "",
        x: float = MARGIN,
        indent: float = 18.0,
        size: float = 12.0,
    ) -> None:
        """A bullet, or a numbered item where `number` is given; `\\n` in the text breaks the line there."""
        if self.y < BOTTOM:
            self.new_page()
        if number:
            self.set(number, x, size=size)
            indent = max(indent, 28.0)
        elif sign in ("-", "–", "•", "o"):
            self.set(sign, x, size=size)
        else:
            self.pages[-1].append(Mark("n", x, self.y, size * 0.75, SIGNS))
        for forced in text.split("\n"):
            for piece in wrapped(forced, 450.0 - indent - (x - MARGIN), size, False):
                self.line(piece, x + indent, size=size)
        self.skip(10)

    def note(self, number: int, text: str) -> None:
        """A footnote at the foot of the present page."""
        self._noted.setdefault(self.page, []).append((str(number), text))

    def raised(
        self, number: int, after: str, x: float = MARGIN, *, size: float = 12.0, bold: bool = False
    ) -> None:
        """A footnote's mark, small and raised, after words that were set at `x` on the present line."""
        width = stringWidth(after, BOLD if bold else PLAIN, size)
        self.pages[-1].append(Mark(str(number), x + width, self.y + size * 0.35, size * 0.6))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rule of a table, from one point to another."""
        self.rules[-1].append((x0, y0, x1, y1))

    def row(
        self, cells: list[list[str]], lefts: list[float], *, right: float = 520.0, bold: tuple[bool, ...] = ()
    ) -> None:
        """A ruled row of a table: each cell's lines from the left edge given."""
        height = max(len(cell) for cell in cells) * LEADING + 12
        if self.y - height < BOTTOM - 10:
            self.new_page()
        top = self.y + 14
        for number, (cell, left) in enumerate(zip(cells, lefts, strict=True)):
            heavy = bold[number] if number < len(bold) else False
            for index, text in enumerate(cell):
                self.pages[-1].append(
                    Mark(text, left + 6, self.y - index * LEADING, 12.0, BOLD if heavy else PLAIN)
                )
        self.y -= height
        self._box(lefts, right, top, self.y + 14)

    def _box(self, lefts: list[float], right: float, top: float, bottom: float) -> None:
        for height in (top, bottom):
            self.rule(lefts[0], height, right, height)
        for edge in [*lefts, right]:
            self.rule(edge, bottom, edge, top)

    def bytes(self) -> bytes:
        """The PDF."""
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, pageCompression=0, invariant=1)
        for number, marks in enumerate(self.pages, 1):
            for mark in self._all(number, self.order(marks)):
                canvas.setFont(mark.font, mark.size)
                canvas.drawString(mark.x, mark.y, mark.text)
            canvas.setLineWidth(0.5)
            for rule in self.rules[number - 1]:
                canvas.line(*rule)
            canvas.showPage()
        canvas.save()
        return with_sign(out.getvalue(), self.sign)

    def save(self, path: Path) -> Path:
        """Write the PDF and give its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.bytes())
        return path

    def _all(self, number: int, marks: list[Mark]) -> list[Mark]:
        around: list[Mark] = []
        if self.head:
            around.append(Mark(self.head.replace("#", str(number)), MARGIN, 800, 8.0))
        foot = [Mark(self.foot.replace("#", str(number)), MARGIN, 30, 9.0)] if self.foot else []
        numeral = [Mark(str(number), 514, 32, 20.0)] if self.numbers else []
        noted: list[Mark] = []
        low = 60.0 + 10 * len(self._noted.get(number, []))
        for mark, text in self._noted.get(number, []):
            noted += [Mark(mark, MARGIN, low + 3, 5.0), Mark(text, MARGIN + 6, low, 8.0)]
            low -= 10
        if self.numbers == "first":
            return [*numeral, *around, *marks, *noted, *foot]
        return [*around, *marks, *noted, *foot, *numeral]


def wrapped(text: str, width: float, size: float, bold: bool) -> list[str]:
    """The text in lines no wider than `width`; a line may end after a word's hyphen, as the real ones do."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        tried = f"{current} {word}".strip()
        if stringWidth(tried, BOLD if bold else PLAIN, size) <= width or not current:
            current = tried
            continue
        stem, hyphen, rest = word.rpartition("-")
        if hyphen and stem and stringWidth(f"{current} {stem}-", BOLD if bold else PLAIN, size) <= width:
            lines.append(f"{current} {stem}-")
            current = rest
        else:
            lines.append(current)
            current = word
    return [*lines, current]


def with_sign(pdf: bytes, sign: str) -> bytes:
    """The PDF with its square bullet said to be `sign`: fonts of signs in real files map it to many things."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    writer = pypdf.PdfWriter(clone_from=reader)
    said = StreamObject()
    said.set_data(_SAID.replace("SIGN", f"{ord(sign):04X}").encode())
    reference = writer._add_object(said)
    heavy = writer._add_object(DictionaryObject(_HEAVY))
    for page in writer.pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        for named in resources.get("/Font", DictionaryObject()).values():
            font = named.get_object()
            if font["/BaseFont"] == "/ZapfDingbats":
                font[NameObject("/ToUnicode")] = reference
            elif font["/BaseFont"] == f"/{BOLD}":
                font[NameObject("/FontDescriptor")] = heavy
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def joined(*pdfs: bytes) -> bytes:
    """Several PDFs as one file, each with its own page numbers."""
    writer = pypdf.PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def moved(marks: list[Mark], *, up: float = 0.0, right: float = 0.0) -> list[Mark]:
    """The marks at another place."""
    return [replace(mark, x=mark.x + right, y=mark.y + up) for mark in marks]


# PDFium takes a font's weight from the thickness of its stems; the standard fonts are drawn without saying.
_HEAVY = {
    NameObject("/Type"): NameObject("/FontDescriptor"),
    NameObject("/FontName"): NameObject(f"/{BOLD}"),
    NameObject("/Flags"): NumberObject(32),
    NameObject("/StemV"): NumberObject(140),
    NameObject("/ItalicAngle"): NumberObject(0),
    NameObject("/Ascent"): NumberObject(718),
    NameObject("/Descent"): NumberObject(-207),
    NameObject("/CapHeight"): NumberObject(718),
    NameObject("/FontBBox"): ArrayObject(NumberObject(edge) for edge in (-170, -228, 1003, 962)),
}
_SAID = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Said def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfchar <6E> <SIGN> endbfchar
endcmap end end
"""
