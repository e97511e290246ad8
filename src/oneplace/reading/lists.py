"""A list of things to improve: from lines to items, each whole, across pages.

The items are bullets or numbered paragraphs. A bullet of another sign, or further in, belongs to the item above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oneplace.reading.pages import Line
from oneplace.reading.words import Vocabulary, address, join
from oneplace.records import ListKind, RecommendationRecord

NUMBER = re.compile(r"^(\d{1,3})\s?[.)]\s*(?=[^\d\s])|^(\d{1,3})[.)]?$")
# Points by which a sub-bullet stands further in than its item's.
_FURTHER_IN = 9.0
# Sub-bullets drawn as a dash: hyphen, en dash, minus, and Symbol's minus.
_DASHES = "-–\u2212\uf02d"
# How an item begins that tells someone to do something.
_TELLS_TO = re.compile(
    r"(?:accelerate|act|address|agree|consider|continue|develop|embed|ensure|establish|evaluate|give|implement|improve"
    r"|increase|introduce|make|monitor|prioritise|promote|provide|put|reduce|review|secure|see|set|strengthen|take|use"
    r"|work)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:and|are|by|for|has|have|in|including|is|must|of|on|should|that|to|will|with)$", re.IGNORECASE
)
_NOTHING = re.compile(
    r"^(?:there (?:are|were|is) no (?:\w+ ){0,2}(?:areas?|priority|recommendations?)\b|none\b"
    r"|no (?:areas|priority|recommendations)\b"
    r"|(?:this|the) (?:inspection|review) (?:did not|has not) (?:find|found|identif))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Item:
    """An item as its lines; `number` is the number printed before it, "" for a bullet."""

    lines: list[Line] = field(default_factory=list)
    number: str = ""
    subheading: str = ""

    def text(self, vocabulary: Vocabulary) -> str:
        """The item's words. Sub-bullets stay inside it, set off by their sign."""
        parts: list[str] = []
        run: list[Line] = []
        for index, line in enumerate(self.lines):
            if index and line.bullet:
                parts.append(join(run, vocabulary))
                parts.append("–" if line.bullet in _DASHES else "•")
                run = []
            run.append(line)
        parts.append(join(run, vocabulary))
        text = " ".join(part for part in parts if part)
        return NUMBER.sub("", text, count=1).strip() if self.number else text


def items(lines: Iterable[Line], *, numbered: bool | None = None) -> list[Item]:
    """The items of a list's lines, from below its heading to the end of the list.

    `numbered` says which style starts an item; None takes that of the first item found. Bold lines between items are
    sub-headings. Lines before the first item (an introduction) belong to none; so does a paragraph after the last
    that stands back at the margin.
    """
    found: list[Item] = []
    subheading: list[str] = []
    previous: Line | None = None
    margin = 0.0
    sign = ""
    for line in lines:
        number = NUMBER.match(line.text) if not line.bullet else None
        if numbered is None and (line.bullet or (number and _plausible_first(number))):
            numbered = not line.bullet
        # A line of an item that begins with an age or a year stands further in than the numbers do.
        if (
            numbered
            and number
            and _follows(number, found)
            and (not found or line.left < margin + _FURTHER_IN)
        ):
            found.append(Item([line], number[1] or number[2], " ".join(subheading)))
            margin, previous = line.left, line
            continue
        if not numbered and line.bullet and (not found or not _is_sub_bullet(line, margin, sign)):
            if not found:
                margin, sign = line.left, line.bullet
            found.append(Item([line], "", " ".join(subheading)))
            previous = line
            continue
        if (
            not line.bold
            and _is_theme(line, previous, margin if found else line.left, bool(found))
            and numbered is not False
        ):
            subheading = [line.text]
            previous = line
            continue
        if line.bold and not line.bullet and _is_heading(line, found, previous):
            subheading = (
                [*subheading, line.text]
                if previous is not None and previous.bold and not found_since(found, previous)
                else [line.text]
            )
            previous = line
            continue
        if not found:
            subheading = []
        if found and previous is not None and (line.bullet or _continues(line, previous, margin)):
            found[-1].lines.append(line)
            previous = line
        elif found and numbered is False:
            break
    return _under_themes(found) if numbered else found


def _under_themes(found: list[Item]) -> list[Item]:
    """Where every number stands before a theme and the items are the bullets below it, those bullets."""
    if not found or not all(_is_theme_with_bullets(item) for item in found):
        return found
    bullets: list[Item] = []
    for item in found:
        first = next(i for i, line in enumerate(item.lines) if line.bullet)
        theme = NUMBER.sub("", " ".join(line.text for line in item.lines[:first]), count=1).strip()
        margin, sign = item.lines[first].left, item.lines[first].bullet
        for line in item.lines[first:]:
            if line.bullet and not _is_sub_bullet(line, margin, sign):
                bullets.append(Item([line], "", theme))
            else:
                bullets[-1].lines.append(line)
    return bullets


def _is_theme_with_bullets(item: Item) -> bool:
    before: list[str] = []
    for line in item.lines:
        if line.bullet:
            break
        before.append(line.text)
    text = NUMBER.sub("", " ".join(before), count=1).strip()
    # "Leadership and governance" over bullets is a theme; "Ensure that plans have:" is the item that they belong to.
    said = text.rstrip(":")
    return (
        len(item.lines) - len(before) > 1
        and len(said) <= 100
        and said[-1:] not in ".;,"
        and not _TELLS_TO.match(said)
        and not _GOES_ON.search(said)
        and (text == said or len(said) <= 60)
    )


def found_since(found: Sequence[Item], previous: Line) -> bool:
    """Whether the line is part of the last item."""
    return bool(found) and previous in found[-1].lines


def _plausible_first(number: re.Match[str]) -> bool:
    return int(number[1] or number[2]) < 200


def _follows(number: re.Match[str], found: Sequence[Item]) -> bool:
    value = int(number[1] or number[2])
    if not found:
        return True
    last = int(found[-1].number)
    # Lists go on by one, or start again under a sub-heading; a year or a count at a line's start does neither.
    return value in (last + 1, last + 2, 1)


def _is_sub_bullet(line: Line, margin: float, sign: str) -> bool:
    return line.left > margin + _FURTHER_IN or (line.bullet != sign and line.left > margin + 2)


def _is_heading(line: Line, found: Sequence[Item], previous: Line | None) -> bool:
    if not found or previous is None:
        return True
    if previous.bold and found_since(found, previous):
        return False  # an item set in bold throughout
    return line.page != previous.page or previous.bottom - line.top > 4 or not _ends_open(previous)


def _is_theme(line: Line, previous: Line | None, margin: float, after_item: bool) -> bool:
    """Whether a line between numbered items is the theme of those that follow: at the margin, apart, no sentence."""
    if (
        line.bullet
        or line.left > margin + 6
        or len(line.text) > 90
        or line.text[-1:] in ".;,:"
        or NUMBER.match(line.text)
    ):
        return False
    if not line.text[:1].isupper():
        return False
    if not after_item or previous is None:
        return True
    return line.page != previous.page or previous.bottom - line.top > line.height * 0.75


def _ends_open(line: Line) -> bool:
    return line.broken or line.text[-1:] not in ".;:!?"


def _continues(line: Line, previous: Line, margin: float) -> bool:
    if line.left >= margin + 6:
        return True
    if line.page != previous.page:
        return _ends_open(previous)
    return previous.bottom - line.top < line.height * 0.75 and _ends_open(previous)


def records(
    found: Sequence[Item], kind: ListKind, heading: str, first_ordinal: int, vocabulary: Vocabulary
) -> list[RecommendationRecord]:
    """The items as records, ordinals from `first_ordinal`; "there are no …" is not an item."""
    made: list[RecommendationRecord] = []
    for item in found:
        text = item.text(vocabulary)
        if not text or _NOTHING.match(text):
            continue
        made.append(
            RecommendationRecord(
                ordinal=first_ordinal + len(made),
                list_kind=kind,
                text=text,
                heading=heading,
                subheading=item.subheading.strip(" :"),
                printed_number=item.number,
                address=address(item.lines),
            )
        )
    return made
