"""A map of England for one question: who stands where, what its tile says, and the legend. Drawn by charts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oneplace.charts.boundaries import Shape, boundary_map
from oneplace.charts.drawing import Picture
from oneplace.charts.scales import Entry
from oneplace.charts.tiles import Tile, tile_map
from oneplace.places import queries as places
from oneplace.places.queries import REGIONS
from oneplace.records import Tier
from oneplace.website.tile_layouts import cells_of, layout_for

BOUNDARIES_FROM = "Boundaries: Office for National Statistics, under the Open Government Licence."

# What the tiles of a tier are, in words.
TIERS = {
    "upper": "councils that run children’s services",
    "lower": "district and unitary councils",
    "police": "police forces",
    "fire": "fire and rescue services",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place of the map, and one line of its table. `entry` is the key of its line in the legend.

    `words` is its grade or figure, or why there is none; `detail` what goes with it ("November 2023"), and
    `detail_href` where that leads. `order` sorts by what the map shows: the best, or the highest, first.
    """

    key: str
    name: str
    code: str
    region: str
    entry: str
    words: str
    href: str
    order: float
    detail: str = ""
    detail_href: str = ""
    framework: str = ""
    grade: str = ""
    value: float | None = None
    source_href: str = ""
    source_label: str = ""
    areas: tuple[str, ...] = ()  # whose boundaries together are its own, where it is no area
    served_by: str = ""  # whose grade it is, where that is not the place's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several things that the reader may choose, with how many places it is of."""

    key: str
    label: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Everything that the page, the picture and the file of one map need."""

    what: str  # the address: /map/WHAT/
    title: str
    lead: str
    tier: str
    day: dt.date  # of whose councils it is
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    notes_of: Callable[[Sequence[Line]], tuple[str, ...]] | None = None  # of a part of it, where they count
    source: str = ""  # who published it, for a picture that stands alone
    editions: tuple[Choice, ...] = ()
    edition: str = ""
    questions: tuple[Choice, ...] = ()
    question: str = ""
    periods: Mapping[str, str] = field(default_factory=dict)  # as written → as people say it
    period: str = ""
    tiers: tuple[Choice, ...] = ()
    way: str = ""  # the key of that of `tiers` that is drawn
    nothing: str = "There is nothing to show on this day."

    @property
    def is_of_a_day(self) -> bool:
        """Whether it may be asked as at another day: statistics have periods instead."""
        return not self.period

    @property
    def told_period(self) -> str:
        """The period as people say it."""
        return self.periods.get(self.period, self.period)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of its places, from the north."""
        there = {line.region for line in self.lines}
        return tuple(region for region in REGIONS if region in there)

    @property
    def described(self) -> str:
        """The picture in words: how many places stand at each line of the legend."""
        told = "; ".join(f"{entry.label}: {entry.count}" for entry in self.entries)
        return f"{told}. The table has each by name."


def of_region(mapped: Mapped, region: str) -> Mapped:
    """The same map of one region alone."""
    lines = tuple(line for line in mapped.lines if line.region == region)
    return replace(
        mapped,
        title=f"{mapped.title}: {region}",
        lines=lines,
        entries=counted(mapped.entries, lines),
        notes=mapped.notes_of(lines) if mapped.notes_of else mapped.notes,
    )


def counted(entries: Sequence[Entry], lines: Sequence[Line]) -> tuple[Entry, ...]:
    """The legend with the count of each of its lines; a reason for nothing that nobody has is left out."""
    found = Counter(line.entry for line in lines)
    return tuple(
        replace(entry, count=found[entry.key]) for entry in entries if found[entry.key] or not entry.absent
    )


def tile_picture(mapped: Mapped, *, alone: bool = False) -> Picture:
    """The map in tiles, read out from the north by region. `alone`: for a file by itself, without links."""
    who = [line.key for line in mapped.lines]
    cells = cells_of(layout_for(mapped.tier, who), who)
    return tile_map(
        chart_id=f"map-{mapped.what}",
        title=mapped.title,
        description=mapped.described,
        tiles=[
            Tile(
                column=cells[line.key][0],
                row=cells[line.key][1],
                name=line.name,
                code=line.code,
                said=f"{line.words}, {line.detail}" if line.detail else line.words,
                entry=line.entry,
                href="" if alone else line.href,
                group=line.region,
            )
            for line in from_the_north(mapped.lines)
        ],
        entries=mapped.entries,
        note=f"Each place has one tile of one size. {mapped.source}".strip(),
        alone=alone,
    )


# Tiers of which there are boundaries in the record, where these have been fetched.
# A force's is that of the districts and unitary councils that it serves.
_BOUNDED: dict[str, Tier] = {"upper": "upper", "lower": "lower", "police": "lower", "fire": "lower"}
_INSET = "London"


def boundary_picture(mapped: Mapped, *, alone: bool = False) -> Picture | None:
    """The map of the same places as they lie; None where no boundaries of them are in the record."""
    found = places.boundaries(_BOUNDED[mapped.tier], mapped.day)
    pieces = {
        line.key: [found[area] for area in line.areas or (line.key,) if area in found]
        for line in mapped.lines
    }
    shapes = [
        Shape(
            name=line.name,
            said=f"{line.words}, {line.detail}" if line.detail else line.words,
            entry=line.entry,
            rings=[ring for each in pieces[line.key] for ring in each.rings],
            centre=_middle([each.centre for each in pieces[line.key]]),
            href="" if alone else line.href,
            group=line.region,
            joined=len(pieces[line.key]) > 1,
        )
        for line in from_the_north(mapped.lines)
        if pieces[line.key]
    ]
    if not shapes:
        return None
    return boundary_map(
        chart_id=f"map-{mapped.what}",
        title=mapped.title,
        description=mapped.described,
        shapes=shapes,
        entries=mapped.entries,
        inset=_INSET,
        note=f"{mapped.source} {BOUNDARIES_FROM}".strip(),
        alone=alone,
    )


def _middle(points: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)


def from_the_north(lines: Sequence[Line]) -> list[Line]:
    """In the order in which a map is read out: by region, then by name."""
    order = {region: place for place, region in enumerate(REGIONS)}
    return sorted(lines, key=lambda line: (order.get(line.region, len(order)), line.name))


def in_order(lines: Sequence[Line], order: str) -> list[Line]:
    """The lines of the table by "name", "grade" or "region"."""
    if order == "grade":
        return sorted(lines, key=lambda line: (line.order, line.name))
    if order == "region":
        return from_the_north(lines)
    return sorted(lines, key=lambda line: line.name)
