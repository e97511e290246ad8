"""The titles that publishers give their measures, as people write them."""

from __future__ import annotations

import re
from functools import cache

# A mark of the unit at the end of a title, which stands beside every figure anyway.
_UNIT_AT_END = {
    "percent": re.compile(r"\s*(?:\(%\)|\(per cent\)|\(percentage\))$", re.IGNORECASE),
    "number": re.compile(r"\s*\((?:num|number)\)$", re.IGNORECASE),
    "pounds": re.compile(r"\s*\(£\)$"),
}
_RATE_AT_END = re.compile(r"(?:\s*\(rate\)|,? (?:rate )?per [\d,]+|\s*\(rate per [\d,]+\))$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
# Such a word is a name wherever it stands ("English", "British"), or is the name of a numbered thing.
_A_PEOPLE = re.compile(r"^[A-Z][a-z]+ish$")
_NUMBERED = re.compile(r"(?:[A-Z][a-z]+ )*[A-Z][a-z]+ \d")


@cache
def in_plain_words(title: str, unit: str) -> str:
    """A title without the unit that its figures carry, and in sentence case where most of its words have capitals.

    Shape: "Total School Absence (%)" of per cent → "Total school absence". Names of numbered things ("Key Stage 2"),
    abbreviations, and what follows a dash stay as they are.
    """
    at_end = _RATE_AT_END if re.fullmatch(r"per_\d+", unit) else _UNIT_AT_END.get(unit)
    words = (at_end.sub("", title) if at_end else title).strip() or title
    return _sentence(words)


def _sentence(title: str) -> str:
    head, dash, tail = title.partition(" - ")
    long = [found for found in _WORD.finditer(head) if found.start() > 0 and len(found[0]) > 3]
    if sum(found[0].istitle() for found in long) * 2 >= max(1, len(long)):
        kept = [(found.start(), found.end()) for found in _NUMBERED.finditer(head)]

        def lowered(found: re.Match[str]) -> str:
            word, at = found[0], found.start()
            is_name = _A_PEOPLE.match(word) or any(start <= at < end for start, end in kept)
            return word if at == 0 or is_name or not word.istitle() or len(word) == 1 else word.lower()

        head = _WORD.sub(lowered, head)
    return f"{head}{dash}{tail}"
