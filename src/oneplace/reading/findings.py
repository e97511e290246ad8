"""Findings: the report's paragraphs under their section headings, each with its number, page and box."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from oneplace.reading.pages import Line
from oneplace.reading.words import Vocabulary, address, join
from oneplace.records import FindingRecord

# The space after the number is not always drawn: "39.Senior leaders".
_PARAGRAPH_NUMBER = re.compile(r"^(\d{1,3})\s?[.)](?:\s+(?=\S)|(?=[A-Z‘“]))")
# A gap of more than this share of a line's height between two lines begins a new paragraph.
_GAP = 0.75


def findings(
    lines: Iterable[Line],
    heading_of: Callable[[Line], str | None],
    vocabulary: Vocabulary,
    *,
    first_section: str = "",
    first_ordinal: int = 1,
) -> list[FindingRecord]:
    """The paragraphs of `lines`.

    `heading_of` answers with the section that a line opens ("" closes the findings until the next section), or None
    for a line of text.
    """
    made: list[FindingRecord] = []
    section = first_section
    paragraph: list[Line] = []
    number: int | None = None

    def close() -> None:
        nonlocal paragraph, number
        if paragraph:
            text = join(paragraph, vocabulary)
            if number is not None:
                text = _PARAGRAPH_NUMBER.sub("", text, count=1)
            if len(text) > 2:
                ordinal = first_ordinal + len(made)
                made.append(
                    FindingRecord(
                        ordinal=ordinal,
                        section=section,
                        text=text,
                        paragraph=number,
                        address=address(paragraph),
                    )
                )
        paragraph, number = [], None

    for line in lines:
        opened = heading_of(line)
        if opened is not None:
            close()
            section = opened
            continue
        if not section:
            continue
        # A number in the middle of a sentence ("aged 12 to / 24) following …") is not a paragraph's.
        begins = line.text[:1].isdigit() and not (paragraph and _open(paragraph[-1]))
        printed = _PARAGRAPH_NUMBER.match(line.text) if begins else None
        if printed or line.bullet or (paragraph and _breaks(paragraph[-1], line, number is not None)):
            close()
        if printed and not paragraph:
            number = int(printed[1])
        paragraph.append(line)
    close()
    return made


def _breaks(previous: Line, line: Line, numbered: bool) -> bool:
    if line.page != previous.page:
        # A numbered paragraph ends at the next number; any other where its sentence does.
        return not numbered and previous.text[-1:] in ".!?" and not previous.broken
    box = line.box
    gap, height = previous.box[1] - box[3], box[3] - box[1]
    if -3 * height <= gap <= height * _GAP:
        return False
    # The line may be low, not far: "concerns." has no letter that rises.
    return not (0 < gap < 2 * line.size and line.text[:1].islower() and _open(previous))


def _open(line: Line) -> bool:
    """Whether the line ends within a sentence."""
    return line.broken or line.text[-1:].isalnum() or line.text[-1:] in ",–-"
