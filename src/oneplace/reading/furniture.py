"""What stands on a page beside the report's own text: page numbers, running heads and feet, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from oneplace.reading.pages import Line, Page

# Points from the top or bottom edge within which a repeated line is a running head or foot.
_MARGIN = 75.0
# Within which a number alone on its line is the page's.
_NUMBER_MARGIN = 100.0
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FOOTNOTE = re.compile(r"^(\d{1,2})(?:\s?(?=[A-Z‘“’'\"(]|www|http)|$)")
_MARK = re.compile(r"^\d{1,2}$")


def body_size(pages: Sequence[Page]) -> float:
    """The size of type, in points, in which most of the report is set."""
    exact: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            exact[line.size] = exact.get(line.size, 0) + len(line.text)
    sizes = Counter[float]()
    for size, characters in exact.items():
        sizes[round(size * 2) / 2] += characters
    return sizes.most_common(1)[0][0] if sizes else 12.0


def strip_furniture(pages: Sequence[Page]) -> None:
    """Take page numbers, running heads and feet, footnotes and the marks that point to them out of the pages' lines."""
    in_margins = [_in_margins(page) for page in pages]
    repeated = Counter(_shape(line) for lines in in_margins for line in lines)
    size = body_size(pages)
    for page, lines in zip(pages, in_margins, strict=True):
        furniture = {id(line) for line in lines if _is_furniture(line, page, repeated)}
        kept = [line for line in page.lines if id(line) not in furniture]
        page.lines = _without_footnotes(kept, page, size)


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _in_margins(page: Page) -> list[Line]:
    """The lines that stand near the page's top or bottom."""
    high = page.height - _NUMBER_MARGIN
    return [line for line in page.lines if line.box[3] > high or line.box[1] < _NUMBER_MARGIN]


def _is_furniture(line: Line, page: Page, repeated: Counter[str]) -> bool:
    if line.bullet:
        return False
    if _PAGE_NUMBER.match(line.text):
        return True
    if line.top <= page.height - _MARGIN and line.bottom >= _MARGIN:
        return False
    # A line of running text may recur by chance; a head or foot stands on most pages. The head of later pages may be
    # the first page's title.
    recurs = repeated[_shape(line)] >= 3 and (page.number > 1 or line.bottom < _MARGIN)
    return recurs and len(line.text) > 3 and line.text[-1] not in ".;"


def _without_footnotes(lines: list[Line], page: Page, size: float) -> list[Line]:
    notes: list[Line] = []
    marks: list[str] = []
    kept = list(lines)
    while kept and kept[-1].size <= size - 1.5 and kept[-1].top < page.height * 0.5:
        notes.append(kept.pop())
    for line in reversed(notes):
        if marked := _FOOTNOTE.match(line.text):
            marks.append(marked[1])
    if marks:
        lines = kept
        mark = re.compile(rf"(?<=[a-z.,;:?!’”)\]])(?<!\d\.)(?:{'|'.join(marks)})(?=$|[\s.,;:)’])")
        for line in lines:
            if mark.search(line.text):
                line.text = mark.sub("", line.text)
    # Small type at a page's foot without a number is the report's own (an address, a licence): it stays.
    return [
        line for line in lines if not (_MARK.match(line.text) and line.size <= size - 2 and not line.bullet)
    ]
