"""Which areas the address of a comparison asks for, what was wrong with it, and the way back from a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from oneplace.places import postcodes
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.as_at import AsAt
from oneplace.wording import listed, many

MOST_AREAS = 5
_LONGEST = 80
# More than so many in an address nobody meant.
_MOST_WRITTEN = 40
MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The areas of the address, in its order, and what was wrong with it in words.

    `added` are the areas of the page to go to, where a name was typed that is one area's. `taken` are the areas
    that were on the page before the last change and are not now; `before` are all that were.
    """

    areas: tuple[AreaView, ...]
    problems: tuple[str, ...] = ()
    typed: str = ""  # a name that is nobody's, or several's
    choices: tuple[AreaView, ...] = ()  # whom it may mean
    is_unknown: bool = False  # whether the name is nobody's
    added: tuple[str, ...] = ()
    taken: tuple[AreaView, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.area_id for each in self.areas)

    @property
    def is_full(self) -> bool:
        return len(self.areas) >= MOST_AREAS


def asked_areas(query: QueryDict) -> Asked:
    """What an address asks for: ?areas=, and with the form ?add=; ?undo= names those of the page before."""
    chosen, problems = _chosen(_written(query, "areas"))
    before = _chosen(_written(query, "undo"))[0]
    taken = tuple(each for each in before if each not in chosen)
    asked = Asked(
        areas=chosen,
        problems=problems,
        taken=taken if set(chosen) < set(before) else (),
        before=tuple(each.area_id for each in before),
    )
    return _with_added(asked, query.get("add", "").strip()[:_LONGEST]) if "add" in query else asked


def address(ids: Sequence[str], on: AsAt, undo: Sequence[str] = ()) -> str:
    """The page of these areas on this day. `undo`: those that it had before, to be put back."""
    return reverse("compare") + query_of(ids, on, undo=",".join(undo))


def query_of(ids: Sequence[str], on: AsAt, **more: str) -> str:
    """The same as a query alone, with more in it; "" where there is nothing to ask."""
    asked = {"areas": ",".join(ids), **more, "as-at": on.day.isoformat() if on.chosen else ""}
    written = urlencode({key: value for key, value in asked.items() if value}, safe=",")
    return f"?{written}" if written else ""


def _written(query: QueryDict, name: str) -> list[str]:
    written = ",".join(query.getlist(name)).casefold().split(",")[:_MOST_WRITTEN]
    return [each.strip()[:_LONGEST] for each in written if each.strip()]


def _chosen(wanted: Iterable[str]) -> tuple[tuple[AreaView, ...], tuple[str, ...]]:
    """The areas of these names, and what was wrong with some."""
    problems = []
    chosen: list[AreaView] = []
    left_out: list[AreaView] = []
    for one in wanted:
        found = places.area(one) or places.called(one)
        if found is None:
            problems.append(f"“{one}” is no area in the record. Type its name below to find it.")
        elif found in chosen:
            problems.append(f"{found.name} was asked for twice. It is shown once.")
        elif len(chosen) == MOST_AREAS:
            left_out.append(found)
        else:
            chosen.append(found)
    if left_out:
        names = listed(list(dict.fromkeys(each.name for each in left_out)))
        problems.append(
            f"At most {many(MOST_AREAS, 'area')} fit side by side. Left out: {names}. "
            "Take one away to make room."
        )
    return tuple(chosen), tuple(problems)


def _with_added(asked: Asked, typed: str) -> Asked:
    """The same with the area that was typed, or with what was wrong with it."""
    if not typed:
        return _wrong(asked, "Type the name of an area, or a postcode. Then choose “Add”.")
    meant, choices, problem = _meant(typed)
    if problem:
        return _wrong(asked, problem, typed)
    if meant and meant in asked.areas:
        return _wrong(asked, f"{meant.name} is already here.")
    if asked.is_full and (meant or choices):
        return _wrong(
            asked,
            f"At most {many(MOST_AREAS, 'area')} fit side by side. Take one away first, then add {typed}.",
            typed,
        )
    if meant:
        return Asked(areas=asked.areas, added=(*asked.ids, meant.area_id))
    if choices:
        return Asked(areas=asked.areas, problems=asked.problems, typed=typed, choices=choices)
    problem = f"No area is called “{typed}”, or anything like it."
    return _wrong(asked, problem, typed, is_unknown=True)


def _wrong(asked: Asked, problem: str, typed: str = "", *, is_unknown: bool = False) -> Asked:
    return Asked(areas=asked.areas, problems=(*asked.problems, problem), typed=typed, is_unknown=is_unknown)


def _meant(typed: str) -> tuple[AreaView | None, tuple[AreaView, ...], str]:
    """The one area of a name or postcode; else those that it may mean, slips of the keys understood; what is wrong."""
    if any(letter.isdigit() for letter in typed) and (found := _of_postcode(typed)) is not None:
        return found
    areas = places.find(typed, MOST_SUGGESTED)
    meant = areas[0] if len(areas) == 1 else places.called(typed)
    return meant, () if meant else areas, ""


def _of_postcode(typed: str) -> tuple[AreaView | None, tuple[AreaView, ...], str] | None:
    """The council of a postcode; where several share a part of one, each. None where it is no postcode."""
    try:
        answer = postcodes.find(typed)
    except postcodes.NoPostcodes:
        return None
    if answer.kind == "not_a_postcode":
        return None
    if answer.kind == "postcode" and answer.area_id:
        return places.area(answer.area_id), (), ""
    shares = places.areas(one.area_id for one in answer.shares[:MOST_SUGGESTED])
    if shares:
        return None, shares, ""
    return None, (), f"No council of England is known for the postcode “{typed}”."
