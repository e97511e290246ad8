"""Lines joined into sentences as the inspector wrote them.

A word broken at the end of a line keeps its hyphen when the hyphen is part of it ("multi-agency") and
loses it when the typesetter put it there ("chil-dren"): the rest of the report shows which.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from oneplace.reading.pages import Line, Page, around
from oneplace.records import Address

_LAST_WORD = re.compile(r"([A-Za-z’']+)-?$")
_FIRST_WORD = re.compile(r"^([a-z’']+)")
# Prefixes that make a word with a hyphen, whether or not the same report also writes it without one.
_HYPHENATED_PREFIXES = frozenset(
    (
        "anti", "co", "cross", "de", "ex", "extra", "fore", "high", "in", "inter", "long", "low", "mid", "mis", "multi",
        "no", "non", "off", "on", "out", "over", "part", "post", "pre", "pro", "self", "semi", "short", "sub", "third",
        "under", "well", "year",
    )
)  # fmt: skip


class Vocabulary:
    """The words of one report, to tell a typesetter's hyphen from the author's."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._text: str | None = None
        self._pages = pages

    def is_soft(self, before: str, after: str) -> bool:
        """Whether "chil-" + "dren" is one word that a line end broke."""
        left, right = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if not left or not right:
            return False
        start, end = left[1].lower(), right[1]
        if start in _HYPHENATED_PREFIXES:
            return False
        return self._has(start + end) and not self._has(f"{start}-{end}") and not self._has(start)

    def _has(self, word: str) -> bool:
        """Whether the report has the word, whole."""
        if self._text is None:  # few reports have such a break in a part that is kept
            self._text = "\n".join(line.text for page in self._pages for line in page.lines).lower()
        return word in self._text and bool(
            re.search(rf"(?<![\w’'-]){re.escape(word)}(?![\w’'-])", self._text)
        )


# "short- and longer-term": the hyphen hangs, and the space after it stays.
_HANGING = re.compile(r"^(?:and|or|to|nor)\b")


def join(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """The lines as one text: words broken at a line end mended, white space folded."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        text = line.text
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if line.broken or (text.endswith("-") and not text.endswith(" -") and following[:1].isalpha()):
            stem = text.rstrip("-")
            if _HANGING.match(following):
                parts.append(f"{stem}- ")
            else:
                parts.append(stem if vocabulary.is_soft(stem, following) else f"{stem}-")
        elif text[-1:] in ("-", "–") and text[-2:-1].isdigit() and following[:1].isdigit():
            parts.append(text)  # "2014–" and "15" in the next line
        else:
            parts.append(text + " ")
    return "".join(parts).strip()


def address(lines: Sequence[Line]) -> Address:
    """The page on which the lines begin, and the box around those of them that stand on it."""
    page = lines[0].page
    return Address(page=page, box=around([line.box for line in lines if line.page == page]))


# A full stop that does not end a sentence: initials and the few abbreviations that the reports use.
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|cf|vs)|\b[A-Z])\.$")
_BOUNDARY = re.compile(r"(?<=[.!?])[’”\"')]*\s+(?=[‘“\"'(]?[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """The text cut at the ends of its sentences."""
    found: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        piece = text[start : boundary.start()]
        if _ABBREVIATION.search(piece):
            continue
        found.append(text[start : boundary.end()].strip())
        start = boundary.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


class Run:
    """Lines as one text that can be searched, and the way back from a match to its lines.

    The text is the lines joined by single spaces: what is printed across two lines can be found in one piece.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._starts: list[int] = []
        parts: list[str] = []
        at = 0
        for line in lines:
            self._starts.append(at)
            parts.append(line.text)
            at += len(line.text) + 1
        self.text = " ".join(parts)

    def between(self, start: int, end: int) -> list[Line]:
        """The lines that hold the text from position `start` up to `end`."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return list(self.lines[max(first, 0) : last + 1])
