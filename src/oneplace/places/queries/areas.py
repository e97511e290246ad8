"""Areas by name, code, date and region, and through reorganisations. Every answer is frozen."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from oneplace.places.models import Area, AreaCode, AreaName, Succession
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
    return next(iter(_views(Area.objects.filter(area_id=area_id))), None)


def areas(area_ids: Iterable[str] | None = None) -> tuple[AreaView, ...]:
    """The areas asked for, or all of them past and present, by name."""
    chosen = Area.objects.all() if area_ids is None else Area.objects.filter(area_id__in=list(area_ids))
    return _views(chosen.order_by("name", "area_id"))


def areas_responsible_for_children(on: dt.date) -> tuple[AreaView, ...]:
    """The authorities that ran children's social care on a date, by name."""
    return _views(
        Area.objects.filter(_existed(on), childrens_services=True).order_by("name", "area_id"),
    )


def areas_in_region(region: str, on: dt.date) -> tuple[AreaView, ...]:
    """Every authority of a region on a date, of any kind, by name."""
    return _views(Area.objects.filter(_existed(on), region__iexact=region).order_by("name", "area_id"))


def districts(county_id: str, on: dt.date) -> tuple[AreaView, ...]:
    """The districts of a county on a date; a district's county is its view's `county`."""
    return _views(Area.objects.filter(_existed(on), county_id=county_id).order_by("name", "area_id"))


def predecessors(area_id: str) -> tuple[AreaView, ...]:
    """Everything that the area wholly or partly came from, however long ago, the latest to end first."""
    return _lineage(area_id, "later__successor__in")


def successors(area_id: str) -> tuple[AreaView, ...]:
    """Everything that came of the area, however much later."""
    return _lineage(area_id, "earlier__predecessor__in")


def _lineage(area_id: str, step: str) -> tuple[AreaView, ...]:
    seen: set[str] = set()
    frontier = {area_id}
    while frontier:
        found = set(Area.objects.filter(**{step: frontier}).values_list("area_id", flat=True))
        frontier = found - seen - {area_id}
        seen |= frontier
    return _views(Area.objects.filter(area_id__in=seen).order_by("-end", "name"))


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


def _existed(on: dt.date) -> Q:
    return (Q(start__isnull=True) | Q(start__lte=on)) & (Q(end__isnull=True) | Q(end__gt=on))


def _views(chosen: QuerySet[Area]) -> tuple[AreaView, ...]:
    """Views in the order of the query: five plain reads, however many areas."""
    rows = list(chosen)
    ids = [row.area_id for row in rows]
    if not ids:
        return ()
    names = _gathered(AreaName.objects.filter(area_id__in=ids).values_list("area_id", "name"))
    codes = _gathered(
        (area_id, (scheme, code))
        for area_id, scheme, code in AreaCode.objects.filter(area_id__in=ids).values_list(
            "area_id", "scheme", "code"
        )
    )
    before = _gathered(
        Succession.objects.filter(successor_id__in=ids)
        .order_by("predecessor_id")
        .values_list("successor_id", "predecessor_id")
    )
    after = _gathered(
        Succession.objects.filter(predecessor_id__in=ids)
        .order_by("successor_id")
        .values_list("predecessor_id", "successor_id")
    )
    return tuple(
        AreaView(
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
        for row in rows
    )


T = TypeVar("T")


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    gathered: dict[str, list[T]] = {}
    for area_id, value in pairs:
        gathered.setdefault(area_id, []).append(value)
    return {area_id: tuple(values) for area_id, values in gathered.items()}
