"""Areas by name, code, date and region, and through reorganisations. Every answer is frozen."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from oneplace.places.models import Area, AreaCode, AreaName, Register, Succession
from oneplace.places.names import bare, fold

REGIONS = (
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)

# `difflib`'s likeness of two names, from 0 to 1, for a name that nobody has. At 0.8 "harringay" is Haringey,
# "hackny" Hackney and "barow" Barrow, and gibberish is nobody.
NEAR = 0.8
MOST_NEAR_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """An area as pages show it. `end` is the first day on which it no longer is, None while it exists."""

    area_id: str
    name: str
    official_name: str
    kind: str
    region: str
    start: dt.date | None
    end: dt.date | None
    childrens_services: bool
    county: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    latitude: float | None
    longitude: float | None
    release_id: str
    row: int | None

    @property
    def path(self) -> str:
        return f"/areas/{self.area_id}/"

    @property
    def gss_codes(self) -> tuple[str, ...]:
        """Newest first."""
        return tuple(code for scheme, code in self.codes if scheme == "gss")

    def code(self, scheme: str) -> str | None:
        return next((code for of, code in self.codes if of == scheme), None)

    def existed(self, on: dt.date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def area(area_id: str) -> AreaView | None:
    """One area, past or present, by its public identifier."""
    return register().by_id.get(area_id)


def areas(area_ids: Iterable[str] | None = None) -> tuple[AreaView, ...]:
    """The areas asked for, or all of them past and present, by name."""
    found = register()
    if area_ids is None:
        return found.by_name
    wanted = frozenset(area_ids)
    return _by_name(each for area_id in wanted if (each := found.by_id.get(area_id)))


def areas_responsible_for_children(on: dt.date) -> tuple[AreaView, ...]:
    """The authorities that ran children's social care on a date, by name."""
    return tuple(each for each in register().by_name if each.childrens_services and each.existed(on))


def areas_in_region(region: str, on: dt.date) -> tuple[AreaView, ...]:
    """Every authority of a region on a date, of any kind, by name."""
    wanted = region.casefold()
    return tuple(each for each in register().by_name if each.region.casefold() == wanted and each.existed(on))


def districts(county_id: str, on: dt.date) -> tuple[AreaView, ...]:
    """The districts of a county on a date; a district's county is its view's `county`."""
    return tuple(each for each in register().by_name if each.county == county_id and each.existed(on))


def predecessors(area_id: str) -> tuple[AreaView, ...]:
    """Everything that the area wholly or partly came from, however long ago, the latest to end first."""
    return _lineage(area_id, lambda each: each.predecessors)


def successors(area_id: str) -> tuple[AreaView, ...]:
    """Everything that came of the area, however much later."""
    return _lineage(area_id, lambda each: each.successors)


def _lineage(area_id: str, step: Callable[[AreaView], tuple[str, ...]]) -> tuple[AreaView, ...]:
    known = register().by_id
    seen: set[str] = set()
    frontier = {area_id}
    while frontier:
        found = {other for each in frontier if each in known for other in step(known[each])}
        frontier = found - seen - {area_id}
        seen |= frontier
    there = (known[each] for each in seen if each in known)
    return tuple(sorted(there, key=lambda each: (-(each.end or dt.date.max).toordinal(), each.name)))


def find(text: str, limit: int = 10) -> tuple[AreaView, ...]:
    """Areas by the name, or the beginning of a name or of a word in it, that a person typed.

    Old names and codes count; areas that exist come before those that do not, and those responsible for
    children's social care before others. A name that nobody has is tried once more for a slip of the keys.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    if owners := set(AreaCode.objects.filter(code__iexact=text.strip()).values_list("area_id", flat=True)):
        return areas(owners)[:limit]
    ranks = _ranks(wanted) or _ranks_of_near(bare(wanted))
    found = areas(ranks)
    return tuple(
        sorted(
            found,
            key=lambda view: (
                ranks[view.area_id],
                view.end is not None,
                not view.childrens_services,
                view.name,
            ),
        )
    )[:limit]


def called(text: str) -> AreaView | None:
    """The one area of this name, style words ("Haringey Council") aside; None where there is none or several."""
    wanted = bare(fold(text))
    named = [
        each
        for each in find(text, limit=5)
        if wanted in {bare(fold(name)) for name in (each.name, *each.names)}
    ]
    return named[0] if len(named) == 1 else None


def _ranks(wanted: str) -> dict[str, int]:
    """Area → how well its best name matches, 0 best: the name, its beginning, within it, every word.

    Of each, the name that pages show comes before the other names.
    """
    short = bare(wanted)
    every_word = Q()
    for word in short.split():
        every_word &= Q(folded__startswith=word) | Q(folded__contains=f" {word}")
    ranks: dict[str, int] = {}
    rows = AreaName.objects.filter(Q(folded=wanted) | Q(bare=short) | every_word)
    for area_id, folded, without_style, position in rows.values_list("area_id", "folded", "bare", "position"):
        if wanted == folded or short == without_style:
            rank = 0
        elif without_style.startswith(short):
            rank = 2
        elif f" {short}" in folded:
            rank = 4
        else:
            rank = 6
        rank += position > 0
        ranks[area_id] = min(rank, ranks.get(area_id, rank))
    return ranks


def _ranks_of_near(short: str) -> dict[str, int]:
    """Areas whose name, or a word of it, is a slip of the keys away; the nearest first."""
    names = list(AreaName.objects.order_by("position").values_list("area_id", "bare"))
    ways = dict.fromkeys(way for _, name in names for way in (name, *name.split()) if len(way) > 3)
    near = {
        way: rank
        for rank, way in enumerate(difflib.get_close_matches(short, ways, n=MOST_NEAR_NAMES, cutoff=NEAR))
    }
    ranks: dict[str, int] = {}
    for area_id, name in names:
        for way in (name, *name.split()):
            if way in near:
                ranks[area_id] = min(near[way], ranks.get(area_id, near[way]))
    return ranks


@dataclass(frozen=True, slots=True)
class Areas:
    """Every area in memory, as one load of the register left them. `by_name` is in the order of names."""

    token: str | None
    by_id: Mapping[str, AreaView]
    by_name: tuple[AreaView, ...]


_held = Areas(None, {}, ())


_pinned: ContextVar[list[Areas] | None] = ContextVar("register", default=None)


@contextmanager
def one_register() -> Iterator[None]:
    """Within it every question about areas is answered from one register, and is asked of the store once."""
    token = _pinned.set([])
    try:
        yield
    finally:
        _pinned.reset(token)


def register() -> Areas:
    """The areas: one question where they are those that this process has, five where they are not."""
    pinned = _pinned.get()
    if pinned is None:
        return _current()
    if not pinned:
        pinned.append(_current())
    return pinned[0]


def _current() -> Areas:
    global _held
    token = Register.objects.values_list("token", flat=True).first()
    if token is None:  # nobody has loaded them in a way that says which they are
        return _read(None)
    held = _held
    if held.token != token:
        held = _held = _read(token)
    return held


def _read(token: str | None) -> Areas:
    names = _gathered(AreaName.objects.values_list("area_id", "name"))
    codes = _gathered(
        (area_id, (scheme, code))
        for area_id, scheme, code in AreaCode.objects.values_list("area_id", "scheme", "code")
    )
    successions = list(
        Succession.objects.order_by("predecessor_id", "successor_id").values_list(
            "predecessor_id", "successor_id"
        )
    )
    before = _gathered((successor, predecessor) for predecessor, successor in successions)
    after = _gathered(successions)
    views = {
        row.area_id: AreaView(
            area_id=row.area_id,
            name=row.name,
            official_name=row.official_name,
            kind=row.kind,
            region=row.region,
            start=row.start,
            end=row.end,
            childrens_services=row.childrens_services,
            county=row.county_id,
            predecessors=before.get(row.area_id, ()),
            successors=after.get(row.area_id, ()),
            names=names.get(row.area_id, ()),
            codes=codes.get(row.area_id, ()),
            latitude=row.latitude,
            longitude=row.longitude,
            release_id=row.release_id,
            row=row.row,
        )
        for row in Area.objects.all()
    }
    return Areas(token, views, _by_name(views.values()))


def _by_name(views: Iterable[AreaView]) -> tuple[AreaView, ...]:
    return tuple(sorted(views, key=lambda each: (each.name, each.area_id)))


T = TypeVar("T")


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    gathered: dict[str, list[T]] = {}
    for area_id, value in pairs:
        gathered.setdefault(area_id, []).append(value)
    return {area_id: tuple(values) for area_id, values in gathered.items()}
