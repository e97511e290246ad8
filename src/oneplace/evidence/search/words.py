"""Words and stems as the indexes have them, and where they stand in a text. Plain Python, no Django.

A word is letters and digits without their accents. An apostrophe is left out and parts nothing: "children's",
"childrens" and "children’s" are one word, in the index as in what people type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer

_APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(r"[^\W_]+")
_WRITTEN = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}]+[^\W_]+)*")
_porter = snowballstemmer.stemmer("porter")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, or several that follow each other; with `begins` the last may be the beginning of a longer one.

    `typed` is how a person wrote it.
    """

    words: tuple[str, ...]
    begins: bool = False
    typed: str = field(default="", compare=False)


def without_apostrophes(text: str) -> str:
    """The text as FTS5 is given it: that takes words and accents apart itself, as `words_of` does."""
    for mark in _APOSTROPHES:
        text = text.replace(mark, "")  # ten times as fast as to translate them
    return text


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(_folded(without_apostrophes(text)))


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A folded word without its ending, by Porter's rules as both databases know them."""
    found: str = _porter.stemWord(word)
    return found


def places(text: str, terms: Iterable[Term]) -> list[Span]:
    """Where the terms stand in a text: (start, end) of each, in order, none within another."""
    written = list(_WRITTEN.finditer(text))
    stems = [_stem_of(each.group()) for each in written]
    found = [span for term in terms for span in _stands(term, stems, written)]
    found.sort(key=lambda span: (span[0], -span[1]))
    apart: list[Span] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart


@lru_cache(maxsize=32_768)
def _stem_of(written: str) -> str:
    return stem("".join(words_of(written)))


def _stands(term: Term, stems: Sequence[str], written: Sequence[re.Match[str]]) -> Iterable[Span]:
    *before, last = (stem(word) for word in term.words)
    long = len(before)
    for end, found in enumerate(stems[long:], long):
        if (found.startswith(last) if term.begins else found == last) and stems[end - long : end] == before:
            yield written[end - long].start(), written[end].end()


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()
