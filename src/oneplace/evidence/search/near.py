"""Words of the record that are near a word which it does not have: a slip of the keys, mostly."""

from __future__ import annotations

import difflib
from functools import lru_cache

from oneplace.evidence.models import Finding, LookBack, Passage, Recommendation
from oneplace.evidence.search import engines
from oneplace.evidence.search.catalogue import Catalogue
from oneplace.evidence.search.index import FINDING, LOOK_BACK, POINT, Part
from oneplace.evidence.search.typed import Query
from oneplace.evidence.search.words import stem, words_of

# `difflib`'s likeness of two stems, from 0 to 1. At 0.75 "safegaurding" finds "safeguarding" and "fosterring"
# "fostering", and letters at random find nothing.
NEAR = 0.75
MOST = 3
_SHORTEST = 4


def nearly(query: Query, catalogue: Catalogue) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each word typed that no passage has: words that some have, the nearest first."""
    known = _vocabulary(catalogue)
    missing = dict.fromkeys(
        word
        for term in query.wanted
        for number, word in enumerate(term.words)
        if stem(word) not in known and not (term.begins and number == len(term.words) - 1)
    )
    return tuple((word, found) for word in missing if (found := _near(word, known)))


@lru_cache(maxsize=1)
def _vocabulary(catalogue: Catalogue) -> dict[str, int]:
    """The stems of the index, which change when the catalogue does."""
    return engines.vocabulary()


def _near(word: str, known: dict[str, int]) -> tuple[str, ...]:
    if len(word) < _SHORTEST:
        return ()
    wanted = stem(word)
    # Most slips leave the first letter and nearly the length, and comparing with every word takes ten times as long.
    close = difflib.get_close_matches(
        wanted,
        [each for each in known if each[0] == wanted[0] and abs(len(each) - len(wanted)) < _SHORTEST],
        n=MOST,
        cutoff=NEAR,
    )
    if not close:
        close = difflib.get_close_matches(wanted, known, n=MOST, cutoff=NEAR)
    return tuple(dict.fromkeys(each for found in close if (each := _written(found))))


def _written(found_stem: str) -> str:
    """A word with this stem as some report has it."""
    key = engines.a_passage_with(found_stem)
    place = Passage.objects.filter(pk=key).first() if key is not None else None
    if place is None:
        return ""
    models: dict[int, type[Part]] = {FINDING: Finding, POINT: Recommendation, LOOK_BACK: LookBack}
    rows = models[place.kind]._default_manager.filter(statement=place.statement_id, ordinal=place.ordinal)
    texts = (row.text or "" for row in rows)
    return next((word for text in texts for word in words_of(text) if stem(word) == found_stem), "")
