"""What a person typed, as a query. Nothing that can be typed is an error. Plain Python, no Django.

    private fostering      both words, in any form, anywhere in the passage
    "private fostering"    the words one after the other
    -adoption              not this word, or not this phrase
    visits OR contact      either; binds closer than the words beside it
    assess*                every word that begins so, from three letters on

Quotation marks may be curly, a mark without its partner is none, and `AND` is understood and needless.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.evidence.search.words import Term, words_of

MOST_LETTERS = 500
# Nobody means more, and a query of hundreds of words would be an attack.
MOST_TERMS = 24
# Every passage has a word that begins with "a", and to find them all takes half a second.
LEAST_BEGINNING = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"'))
_DASHES = str.maketrans(dict.fromkeys("–—−‑‐", "-"))
# What stands around a word's or phrase's own letters, and is none of it.
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_ITEM = re.compile(r'-?"[^"]*"|[^\s"]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Every one of `all_of` (each of which is met by any of its terms), and none of `none_of`.

    `shortened`: more was typed than is looked for.
    """

    text: str
    all_of: tuple[tuple[Term, ...], ...]
    none_of: tuple[Term, ...]
    shortened: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for: no word, or only words that must not be there."""
        return not self.all_of

    @property
    def wanted(self) -> tuple[Term, ...]:
        """Every term that a passage may be found by."""
        return tuple(term for either in self.all_of for term in either)

    @property
    def in_words(self) -> str:
        """What is looked for: “private fostering”, visits or contact, and plans; without adoption."""
        without = f", without {listed_with('or', self.none_of)}" if self.none_of else ""
        every = [listed_with("or", either) for either in self.all_of]
        is_plain = all(len(either) == 1 for either in self.all_of)
        if len(every) < 2:
            return "".join(every) + without
        return f"{', '.join(every[:-1])}{'' if is_plain else ','} and {every[-1]}{without}"


def listed_with(word: str, terms: Sequence[Term]) -> str:
    """Terms as people list them: visits, contact or calls."""
    *before, last = map(shown, terms)
    return f"{', '.join(before)} {word} {last}" if before else last


def shown(term: Term) -> str:
    """A term as people read it."""
    words = term.typed or " ".join(term.words)
    if len(term.words) > 1:
        return f"“{words}{'…' if term.begins else ''}”"
    return f"words beginning {words}" if term.begins else words


def read(typed: str) -> Query:
    """The query in what was typed."""
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in typed).strip()
    kept = text[:MOST_LETTERS]
    all_of: list[tuple[Term, ...]] = []
    none_of: list[Term] = []
    is_either = is_refused = False
    terms = 0
    for item in _ITEM.findall(kept.translate(_QUOTES)):
        if item in ("OR", "|", "||"):
            is_either = bool(all_of)
            continue
        if item in ("AND", "&", "&&", "+"):
            continue
        if item == "NOT":
            is_refused = True
            continue
        plain = item.translate(_DASHES)
        refused = is_refused or plain.startswith("-")
        words = tuple(words_of(item))
        if not words:
            continue
        terms += 1
        if terms > MOST_TERMS:
            break
        term = Term(
            words=words,
            begins=plain.rstrip('"').endswith("*") and len(words[-1]) >= LEAST_BEGINNING,
            typed=_AROUND.sub("", item.translate(_QUOTES)),
        )
        if refused:
            none_of.append(term)
        elif is_either:
            all_of[-1] = (*all_of[-1], term)
        else:
            all_of.append((term,))
        is_either = is_refused = False
    return Query(
        text=kept,
        all_of=tuple(dict.fromkeys(all_of)),
        none_of=tuple(dict.fromkeys(none_of)),
        shortened=len(text) > MOST_LETTERS or terms > MOST_TERMS,
    )
