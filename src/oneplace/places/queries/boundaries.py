"""Where areas end, as at a date: rings of points on the British National Grid, ready to be drawn."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from django.db.models import OuterRef, QuerySet, Subquery

from oneplace.places.lines import Path, Point, Polygon, joined, read
from oneplace.places.models import Area, Boundary, Line
from oneplace.places.queries.subjects import WIDER
from oneplace.records import Tier

# "full": as the publication has it. "map": enough for a map of England; neighbours fit just as exactly.
Detail = Literal["full", "map"]
# Of an area that has boundaries of several tiers (a unitary council's are the same in both) the first is taken.
_TIERS: tuple[Tier, ...] = ("lower", "upper", "combined_authority", "region", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryView:
    """The shape of an area. Points are (easting, northing) in metres: x to the east, y to the north.

    Each polygon has its outer ring first, then its holes; each ring ends with the point that it began with.
    The years are those for which the publisher says that the code holds, both inclusive.
    """

    area_id: str
    code: str
    tier: Tier
    polygons: tuple[Polygon, ...]
    centre: Point
    first_year: int | None
    last_year: int | None
    release_id: str
    sheet: str | None
    row: int | None

    @property
    def rings(self) -> tuple[Path, ...]:
        """All rings, to be filled by the even-odd rule."""
        return tuple(ring for rings in self.polygons for ring in rings)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east and north in metres."""
        eastings = [x for ring in self.rings for x, _ in ring]
        northings = [y for ring in self.rings for _, y in ring]
        return min(eastings), min(northings), max(eastings), max(northings)


def boundaries(tier: Tier, on: dt.date, detail: Detail = "map") -> Mapping[str, BoundaryView]:
    """Area → its boundary, of every area of a tier that there was on a date. Two statements.

    The register's days decide which areas there were. Regions are called as in `subjects` ("region-london"),
    and England, the one area of tier "country", is "england".
    """
    chosen = _on(_rows(Boundary.objects.filter(tier=tier)), on)
    return MappingProxyType(_views(chosen, _lines(None, detail)))


def boundary(area_id: str, on: dt.date, detail: Detail = "full") -> BoundaryView | None:
    """The boundary of one area as it was on a date, or nearest to it; None where no source has it. Two statements."""
    wider = [code for code, (identifier, _) in WIDER.items() if identifier == area_id]
    codes = wider or Area.objects.filter(area_id=area_id, codes__scheme="gss").values("codes__code")
    found = _rows(Boundary.objects.filter(code__in=codes))
    if not found:
        return None
    row = _nearest(found, on)
    numbers = {each if each >= 0 else ~each for rings in row.rings for ring in rings for each in ring}
    return _views([row], _lines(numbers, detail))[row.area_id]


def centres(tier: Tier, on: dt.date) -> Mapping[str, Point]:
    """Area → the middle of it, (easting, northing) in metres, of every area of a tier on a date. One statement."""
    return MappingProxyType(
        {each.area_id: each.centre for each in _on(_rows(Boundary.objects.filter(tier=tier)), on)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A boundary as stored, with the area that it is of, and the days of that in the register."""

    area_id: str
    start: dt.date | None
    end: dt.date | None
    is_wider: bool
    code: str
    tier: Tier
    rings: tuple[tuple[tuple[int, ...], ...], ...]
    centre: Point
    first_year: int | None
    last_year: int | None
    release_id: str
    sheet: str | None
    row: int | None

    def of_year(self, year: int) -> int:
        """How many years away from those for which it holds: 0 within them."""
        if self.first_year is not None and year < self.first_year:
            return self.first_year - year
        if self.last_year is not None and year > self.last_year:
            return year - self.last_year
        return 0

    def holds(self, on: dt.date) -> bool:
        if self.is_wider:
            return self.of_year(on.year) == 0
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def _rows(found: QuerySet[Boundary]) -> list[_Row]:
    """The boundaries whose area is known: by the register, or as wider than a council's."""
    owner = Area.objects.filter(codes__scheme="gss", codes__code=OuterRef("code"))
    told = found.annotate(
        owner=Subquery(owner.values("area_id")[:1]),
        owner_start=Subquery(owner.values("start")[:1]),
        owner_end=Subquery(owner.values("end")[:1]),
    ).values_list(
        "owner", "owner_start", "owner_end", "code", "tier", "polygons", "easting", "northing", "first_year",
        "last_year", "release_id", "sheet", "row",
    )  # fmt: skip
    rows = []
    for owner_id, start, end, code, tier, polygons, east, north, first, last, release, sheet, row in told:
        area_id = owner_id or WIDER.get(code, (None,))[0]
        if area_id is not None:
            rows.append(
                _Row(
                    area_id=area_id, start=start, end=end, is_wider=owner_id is None, code=code,
                    tier=cast(Tier, tier), rings=json.loads(polygons), centre=(east, north),
                    first_year=first, last_year=last, release_id=release, sheet=sheet, row=row,
                )
            )  # fmt: skip
    return rows


def _on(rows: Iterable[_Row], on: dt.date) -> list[_Row]:
    """One boundary of each area that there was: of several, as an area's code changed, the one of the year."""
    by_area: dict[str, list[_Row]] = {}
    for row in rows:
        if row.holds(on):
            by_area.setdefault(row.area_id, []).append(row)
    return [_nearest(by_area[area_id], on) for area_id in sorted(by_area)]


def _nearest(rows: Iterable[_Row], on: dt.date) -> _Row:
    return min(rows, key=lambda row: (row.of_year(on.year), _TIERS.index(row.tier), row.code))


def _lines(numbers: set[int] | None, detail: Detail) -> dict[int, Path]:
    lines = Line.objects.all() if numbers is None else Line.objects.filter(number__in=numbers)
    column = "points" if detail == "full" else "coarse"
    return {number: read(text) for number, text in lines.values_list("number", column)}


def _views(rows: Iterable[_Row], lines: Mapping[int, Path]) -> dict[str, BoundaryView]:
    return {
        row.area_id: BoundaryView(
            area_id=row.area_id,
            code=row.code,
            tier=row.tier,
            polygons=joined(row.rings, lines),
            centre=row.centre,
            first_year=row.first_year,
            last_year=row.last_year,
            release_id=row.release_id,
            sheet=row.sheet,
            row=row.row,
        )
        for row in rows
    }
