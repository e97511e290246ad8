"""A passage's sentences, and which of them read as praise or as criticism. Plain Python, no Django.

No inspectorate says which sentence is which, but where a form has a list of strengths. The standing words of
inspectors (`sentences.toml`) tell most of the others; a sentence with both, or with neither, reads as neither.
How often that is right was measured: docs/reference/search.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oneplace.evidence.search.sections import Stance

# A full stop, then a space and what begins a sentence. "e.g. a" and "i.e. the" begin none, nor does "(Recommendation)".
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"']?[A-Z0-9•–])")
# Of a sentence that opens so, what is said stands after the comma: "Although training is good, few attend."
_CONCEDING = re.compile(r"^ (?:although|while|whilst|despite|even though|notwithstanding)\b[^,]*, ")
# What stands between words, but for what ends a clause, is a space.
_SPACED = ("-", "‑", "‘", "“", "”", '"', "(", "/", "\n")
_CLAUSE = (",", ";", ":", "–", " but ", " although ", " though ", " however ")
# So many different words that may be plain telling are praise together.
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class _Lexicon:
    praise: re.Pattern[str]
    half_praise: re.Pattern[str]
    criticism: re.Pattern[str]
    in_clause: frozenset[str]
    soon_after: frozenset[str]
    within: int
    harmless: re.Pattern[str]


def sentences_of(text: str) -> list[tuple[str, Stance]]:
    """The sentences in order, each with how it reads."""
    return [(each, reads(each)) for each in split(text)]


def split(text: str) -> list[str]:
    """The sentences of a text, with nothing lost but the space between them."""
    found, start = [], 0
    for end in _END.finditer(text):
        found.append(text[start : end.start()].strip() + end.group().rstrip())
        start = end.end()
    found.append(text[start:].strip())
    return [each for each in found if each]


def reads(sentence: str) -> Stance:
    """How a sentence reads to us: praise, criticism, or neither (or both)."""
    lexicon = _lexicon()
    text = " " + sentence.lower()
    for mark in _SPACED:
        text = text.replace(mark, " ")
    text = _CONCEDING.sub(" ", text.replace("’", "'"))
    if lexicon.criticism.search(text) and lexicon.criticism.search(text := lexicon.harmless.sub(" ", text)):
        return "" if _is_praise(lexicon, text) else "weakness"
    return "strength" if _is_praise(lexicon, text) else ""


def _is_praise(lexicon: _Lexicon, text: str) -> bool:
    """Whether a word of praise is meant as such, or several that may be plain telling."""
    if any(_is_meant(lexicon, text, each) for each in lexicon.praise.finditer(text)):
        return True
    half = {each.group() for each in lexicon.half_praise.finditer(text) if _is_meant(lexicon, text, each)}
    return len(half) >= _SEVERAL


def _is_meant(lexicon: _Lexicon, text: str, found: re.Match[str]) -> bool:
    at = found.start()
    before = text[:at].split()
    if lexicon.in_clause.isdisjoint(before) and lexicon.soon_after.isdisjoint(before[-lexicon.within :]):
        return True
    begins = max(place + len(mark) if (place := text.rfind(mark, 0, at)) >= 0 else 0 for mark in _CLAUSE)
    before = text[begins:at].split()
    return lexicon.in_clause.isdisjoint(before) and lexicon.soon_after.isdisjoint(before[-lexicon.within :])


@cache
def _lexicon() -> _Lexicon:
    said = tomllib.loads(files("oneplace.evidence.search").joinpath("sentences.toml").read_text("utf-8"))
    return _Lexicon(
        praise=_any(said["praise"]["whole"]),
        half_praise=_any(said["praise"]["half"]),
        criticism=_any(said["criticism"]["whole"]),
        in_clause=frozenset(said["refusal"]["in_clause"]),
        soon_after=frozenset(said["refusal"]["soon_after"]),
        within=said["refusal"]["within"],
        harmless=_any(said["harmless"]["patterns"]),
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of them at a word's beginning, which a space stands before; those that begin with one letter share it.

    Both make it several times as fast: a report has a few hundred sentences, and all are read.
    """
    by_letter: dict[str, list[str]] = {}
    for pattern in patterns:
        first = pattern[0] if pattern[0].isalpha() and pattern[1:2] != "|" else ""
        by_letter.setdefault(first, []).append(pattern[len(first) :].replace("[’']", "'"))
    return re.compile(rf" (?:{'|'.join(f'{first}(?:{_or(rest)})' for first, rest in by_letter.items())})")


def _or(patterns: list[str]) -> str:
    return "|".join(patterns)
