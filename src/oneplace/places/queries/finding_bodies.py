"""Bodies by what a person types: any words of a name, a former name, a number, a postcode; a slip is forgiven.

The names are held in memory, word by word, and read anew when the record has another generation: a question
takes some milliseconds among sixty thousand bodies, on either database. Councils are left out: they are areas.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from string import ascii_lowercase

from oneplace.places.models import Body, BodyArea, BodyCode, BodyName
from oneplace.places.names import bare_body, fold
from oneplace.places.queries.bodies import COUNCIL

# What people put beside a name to say what they mean, though the name may be written without it.
_SAID_OF_A_KIND = {
    "prison": "prison hmp hm yoi jail young offender institution",
    "police_force": "police force constabulary service",
    "fire_service": "fire and rescue service brigade authority",
    "probation_unit": "probation service delivery unit pdu",
    "probation_region": "probation service region",
    "youth_justice_service": "youth justice offending service team yot yos",
    "community_safety_partnership": "community safety partnership csp",
    "school": "school academy",
    "care_location": "care home service nhs hospital gp surgery practice",
    "care_provider": "care provider service nhs trust",
    "social_care_provider": "care provider childrens home",
    "waste_authority": "waste disposal authority",
    "housing_provider": "housing association social landlord",
}
_SHORTEST_BEGINNING = 2
_SHORTEST_WITH_A_SLIP = 4
_MOST_WORDS = 8
# Ranking takes about three microseconds a name.
_MANY = 1_000
# Weights of a match, best first.
_WHOLE, _BEGINNING, _IN_ORDER, _EVERY_WORD, _SLIP = 0, 2, 4, 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBody:
    """A body that was meant, perhaps. `matched` is the former or other name that was met, if not its own.

    `areas` are those it serves, else the one that it stands in. `is_exact`: the whole name, or a number.
    """

    body_id: str
    name: str
    kind: str
    postcode: str | None
    closed: dt.date | None
    matched: str
    areas: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBodies:
    """The best matches of each kind, kinds with the best match first; `totals` has how many each kind has in all.

    `by_slip`: nothing is called quite so; these are near it.
    """

    bodies: tuple[FoundBody, ...]
    totals: tuple[tuple[str, int], ...]
    by_slip: bool


class _Names:
    """Every name of every body, and where each word of them stands."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self.bodies = list(
            Body.objects.exclude(kind=COUNCIL)
            .order_by("name", "body_id")
            .values_list("body_id", "name", "kind", "folded", "postcode", "closed")
        )
        place_of = {row[0]: place for place, row in enumerate(self.bodies)}
        # A name is the place of its body, how it is written, and how it is folded; a body's own come first.
        self.names: list[tuple[int, str, str]] = [
            (place, "", folded or fold(name)) for place, (_, name, _, folded, _, _) in enumerate(self.bodies)
        ]
        others = BodyName.objects.exclude(kind=COUNCIL).values_list("body_id", "name", "folded")
        for body_id, name, folded in others.order_by("body_id", "folded"):
            place = place_of.get(body_id)
            if place is not None and folded != self.names[place][2]:
                self.names.append((place, name, folded))
        self.having: dict[str, list[int]] = defaultdict(list)
        self.of_kind: dict[str, list[int]] = defaultdict(list)
        for number, (place, _, folded) in enumerate(self.names):
            for word in dict.fromkeys(folded.split()):
                self.having[word].append(number)
            self.of_kind[self.bodies[place][2]].append(number)
        self.vocabulary = sorted(self.having)
        self.at: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.bodies):
            if row[4]:
                self.at[_squeezed(row[4])].append(place)

    def with_word(self, word: str) -> set[int]:
        """The names that have the word or one that begins with it, and those of kinds that are called so."""
        found = self._begun(word) if len(word) >= _SHORTEST_BEGINNING else set(self.having.get(word, ()))
        for kind, numbers in self.of_kind.items():
            if word in _SAID_OF_A_KIND.get(kind, "").split():
                found.update(numbers)
        return found

    def _begun(self, word: str) -> set[int]:
        """The names that have the word or one that begins with it."""
        start, end = bisect_left(self.vocabulary, word), bisect_left(self.vocabulary, word + "{")
        return {number for each in self.vocabulary[start:end] for number in self.having[each]}

    def near_word(self, word: str) -> set[int]:
        """The names that have a word which is this one, or begins with it, but for a slip of the keys."""
        if len(word) < _SHORTEST_WITH_A_SLIP or not word.isalpha():
            return set()
        slips = _one_slip(word)
        near = {each for each in slips if each in self.having}
        of_kinds = {
            number
            for kind, numbers in self.of_kind.items()
            if not slips.isdisjoint(_SAID_OF_A_KIND.get(kind, "").split())
            for number in numbers
        }
        if not near and not of_kinds:
            start, end = bisect_left(self.vocabulary, word[0]), bisect_left(self.vocabulary, word[0] + "{")
            alike = [each for each in self.vocabulary[start:end] if abs(len(each) - len(word)) <= 2]
            near = set(get_close_matches(word, alike, n=3, cutoff=0.8))
        return of_kinds | {number for each in near for number in self._begun(each)}

    def found(self, words: list[str]) -> tuple[set[int], bool]:
        """The names that have every word; where there are none, those that have every word or one near it."""
        sets = [self.with_word(word) for word in words]
        both = set.intersection(*sets)
        if both:
            return both, False
        return set.intersection(
            *(some | self.near_word(word) for some, word in zip(sets, words, strict=True))
        ), True

    def likely(self, numbers: list[int], wanted: str, limit: int) -> list[int]:
        """Of very many, those worth ranking: what begins with the words, else what comes first by name."""
        if len(numbers) <= _MANY:
            return numbers
        begun = [each for each in numbers if self.names[each][2].startswith(wanted)]
        return [*begun[:_MANY], *nsmallest(limit * 2, numbers)] if len(begun) < _MANY else begun[:_MANY]

    def rank(self, number: int, wanted: str, padded: str) -> tuple[int, bool, int]:
        """How well a name matches, the best first; the own name before others, who is open before who closed."""
        place, other, folded = self.names[number]
        row = self.bodies[place]
        if folded == wanted or bare_body(row[2], folded) == bare_body(row[2], wanted):
            rank = _WHOLE
        elif folded.startswith(wanted):
            rank = _BEGINNING
        elif padded in f" {folded} ":
            rank = _IN_ORDER
        else:
            rank = _EVERY_WORD
        return rank + bool(other), row[5] is not None, place


_held: _Names | None = None
_reading = threading.Lock()


def _names(generation: str) -> _Names:
    global _held  # one for the process: it is the record's, and nobody changes it
    held = _held
    if held is None or held.generation != generation:
        with _reading:
            held = _held
            if held is None or held.generation != generation:
                held = _held = _Names(generation)
    return held


def find_bodies(text: str, generation: str, limit: int = 10, *, kind: str = "", skip: int = 0) -> FoundBodies:
    """The bodies that a text may mean, at most `limit` of each kind. `generation` names the record's state.

    With `kind`, of that kind alone, and without the first `skip` of them.

    A number of a publisher's (a school's URN or LAESTAB, CQC's, the ONS's code) is one body's; then a full
    postcode, where bodies stand there; then words.
    """
    names = _names(generation)
    if places := _by_number(text, names):
        return _answer(names, [(each, "", True) for each in _of_kind(names, places, kind)], by_slip=False)
    if places := names.at.get(_squeezed(text), []):
        return _answer(names, [(each, "", False) for each in _of_kind(names, places, kind)], by_slip=False)
    wanted = fold(text)
    words = list(dict.fromkeys(wanted.split()))[:_MOST_WORDS]
    if not words or all(len(word) == 1 for word in words):
        return FoundBodies(bodies=(), totals=(), by_slip=False)
    numbers, by_slip = names.found(words)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        found_kind = names.bodies[names.names[number][0]][2]
        if not kind or found_kind == kind:
            by_kind[found_kind].append(number)
    padded = f" {wanted}"
    chosen: list[tuple[tuple[int, bool, int], int]] = []
    totals: dict[str, int] = {}
    for each_kind, some in by_kind.items():
        totals[each_kind] = len({names.names[number][0] for number in some})
        # Pages of one kind leave nobody out: there every one is ranked.
        likely = some if kind else names.likely(some, wanted, limit)
        # A body may be found by two of its names.
        ranked = nsmallest((skip + limit) * 2, ((names.rank(each, wanted, padded), each) for each in likely))
        best: dict[int, tuple[tuple[int, bool, int], int]] = {}
        for rank, number in ranked:
            best.setdefault(names.names[number][0], (rank, number))
        chosen += list(best.values())[skip : skip + limit]
    chosen.sort()
    found = [
        (names.names[number][0], names.names[number][1], rank[0] < _BEGINNING and not by_slip)
        for rank, number in chosen
    ]
    return _answer(names, found, by_slip=by_slip and bool(found), totals=totals)


def _of_kind(names: _Names, places: Iterable[int], kind: str) -> list[int]:
    return [each for each in places if not kind or names.bodies[each][2] == kind]


def _by_number(text: str, names: _Names) -> list[int]:
    """A publisher's number, however it is broken up: "309/2042", "1-1000210669"."""
    typed = text.strip()
    if not re.fullmatch(r"[A-Za-z]{0,4}[0-9][A-Za-z0-9/ -]{2,19}", typed):
        return []
    ways = {typed, typed.upper(), _squeezed(typed), typed.replace("/", "")}
    wanted = set(
        BodyCode.objects.filter(scheme__in=_schemes(), code__in=ways).values_list("body_id", flat=True)
    )
    return [place for place, row in enumerate(names.bodies) if row[0] in wanted] if wanted else []


def _schemes() -> Iterable[str]:
    # The index is by scheme and then code: each scheme is one look into it.
    return BodyCode.objects.order_by("scheme").values_list("scheme", flat=True).distinct()


def _answer(
    names: _Names,
    found: list[tuple[int, str, bool]],
    *,
    by_slip: bool,
    totals: dict[str, int] | None = None,
) -> FoundBodies:
    rows = [(names.bodies[place], other, exact) for place, other, exact in found]
    serves: dict[str, list[str]] = defaultdict(list)
    for body_id, area_id in (
        BodyArea.objects.filter(body_id__in=[row[0] for row, _, _ in rows])
        .order_by("area_id")
        .values_list("body_id", "area_id")
        if rows
        else ()
    ):
        serves[body_id].append(area_id)
    if totals is None:
        totals = defaultdict(int)
        for row, _, _ in rows:
            totals[row[2]] += 1
    order = list(dict.fromkeys((*(row[2] for row, _, _ in rows), *totals)))
    return FoundBodies(
        bodies=tuple(
            FoundBody(
                body_id=row[0],
                name=row[1],
                kind=row[2],
                postcode=row[4],
                closed=row[5],
                matched=other,
                areas=tuple(serves[row[0]]),
                is_exact=exact,
            )
            for row, other, exact in rows
        ),
        totals=tuple((kind, totals[kind]) for kind in order),
        by_slip=by_slip,
    )


def _one_slip(word: str) -> set[str]:
    """Every word that is one letter more, less, other, or two changed about."""
    pairs = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in pairs if b),
        *(a + b[1] + b[0] + b[2:] for a, b in pairs if len(b) > 1),
        *(a + letter + b[1:] for a, b in pairs if b for letter in ascii_lowercase),
        *(a + letter + b for a, b in pairs for letter in ascii_lowercase),
    } - {word}


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())
