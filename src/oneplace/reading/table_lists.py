"""A list of things to improve that is set as a table: an item a row, perhaps with the responsible body
beside it.

A row may go on overleaf, one cell may hold several numbered items, and where a table has no rules the space
between items must do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.tables import TableRow, text_within
from oneplace.reading.words import join

_NUMBER = re.compile(r"^(\d{1,2})\s?[.)]\s+(?=\S)")
_SIGNS = {"-": "-", "–": "–", "\u2212": "–"}  # a square or round bullet inside an item is told as "•"
_SENTENCE_ENDS = (".", "!", "?", ".’", ".”")
# How a sentence begins that goes on from the one before it: a new item names who should act.
_GOES_ON = re.compile(
    r"^(?:This|These|They|It|Such|Also|In addition|Additionally|Furthermore|However|(?:\w+ ){1,5}also)\b"
)


@dataclass(slots=True)
class TableItem:
    """One row of a list's table: the item's lines, and those of the responsible body beside it."""

    lines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    number: str = ""


def table_items(lines: Sequence[Line], report: Report) -> list[TableItem]:
    """The items: a row each, or a number each where one cell holds several; a row may go on overleaf."""
    found: list[TableItem] = []
    for page in sorted({line.page for line in lines}):
        on_page = [line for line in lines if line.page == page]
        rows = report.table_rows(page)
        cells = _by_row(on_page, rows, report) if rows else _by_spacing(on_page)
        for index, row in enumerate(cells):
            numbered = list(_by_number(row, found))
            if index == 0 and found and numbered and _goes_on(found[-1], numbered[0]):
                found[-1].lines.extend(numbered[0].lines)
                found[-1].body.extend(numbered[0].body)
                del numbered[0]
            found.extend(numbered)
    return found


def _by_row(lines: Sequence[Line], rows: Sequence[TableRow], report: Report) -> Iterator[TableItem]:
    for row in rows:
        inside = [line for line in lines if row.bottom - 1 <= (line.top + line.bottom) / 2 <= row.top + 1]
        if not inside:
            continue
        item = TableItem()
        # The last cell holds the item; those before it say whose it is.
        edge = row.cells[-1] if len(row.cells) > 1 else None
        for line in inside:
            if edge is None or line.left >= edge - 2:
                item.lines.append(line)
            elif line.box[2] <= edge + 2:
                item.body.append(line)
            else:
                own, others = _cut(line, edge, report)
                item.body.append(own)
                item.lines.append(others)
        yield item


def _cut(line: Line, edge: float, report: Report) -> tuple[Line, Line]:
    """A line that runs through two cells, because each has a line at that height, as two."""
    left, bottom, right, top = line.box
    own = (
        text_within(report.document, line.page, (left - 1, bottom, edge, top))
        if report.document is not None
        else ""
    )
    rest = line.text[len(own) :].strip() if line.text.startswith(own) else line.text
    return (
        Line(own, line.page, (left, bottom, edge, top), line.size, line.bold),
        Line(rest, line.page, (edge, bottom, right, top), line.size, line.bold, line.broken),
    )


def _by_spacing(lines: Iterable[Line]) -> Iterator[TableItem]:
    """Without rules, an item ends where a sentence does and a wider space follows."""
    item = TableItem()
    for line in lines:
        if item.lines:
            last = item.lines[-1]
            if (
                not line.bullet
                and last.text.endswith(_SENTENCE_ENDS)
                and last.bottom - line.top > 0.5 * line.height
            ):
                yield item
                item = TableItem()
        item.lines.append(line)
    if item.lines:
        yield item


def _by_number(row: TableItem, before: Sequence[TableItem]) -> Iterator[TableItem]:
    """A row cut at the numbers that count on from the last item's."""
    item = TableItem(body=row.body)
    last = int(before[-1].number) if before and before[-1].number else 0
    for line in row.lines:
        number = _NUMBER.match(line.text) if not line.bullet else None
        if number and int(number[1]) == last + 1:
            if item.lines:
                yield item
            item = TableItem(body=row.body, number=number[1])
            last += 1
        item.lines.append(line)
    if item.lines or item.body:
        yield item


def _goes_on(item: TableItem, overleaf: TableItem) -> bool:
    """Whether a page's first row is the rest of the row before: that had not ended, or this names no one."""
    if overleaf.number:
        return False
    if not overleaf.lines or not item.lines:
        return True
    if item.body and not overleaf.body:
        return True
    first = overleaf.lines[0]
    if not item.lines[-1].text.endswith(_SENTENCE_ENDS) or first.bullet:
        return True
    return first.text[:1].islower() or bool(_GOES_ON.match(first.text))


def item_text(item: TableItem, report: Report) -> str:
    """The item's words. Bullets stay inside it, set off by their sign."""
    parts: list[str] = []
    run: list[Line] = []
    for line in item.lines:
        if line.bullet and run:
            parts.append(join(run, report.vocabulary))
            run = []
        if line.bullet and parts:
            parts.append(_SIGNS.get(line.bullet, "•"))
        run.append(line)
    parts.append(join(run, report.vocabulary))
    text = " ".join(parts).strip()
    return _NUMBER.sub("", text, count=1) if item.number else text
