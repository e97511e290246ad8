"""Which council a postcode, or a part of one, is in."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from oneplace.places.models import Area, AreaCode, Succession
from oneplace.places.postcodes.index import Index, Unit, opened
from oneplace.places.postcodes.typed import Typed, readings

COUNTRIES = {
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}

# "postcode": one that the directory has, in a council of England. "part": the beginning of several. "elsewhere": in
# another country. "unplaced": one that is of no council any more. "unknown": of a postcode's shape, but nobody's.
# "not_a_postcode": of no such shape.
Kind = Literal["postcode", "part", "elsewhere", "unplaced", "unknown", "not_a_postcode"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of the postcodes that begin so are in a council."""

    area_id: str
    postcodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeAnswer:
    """What is known of a postcode that a person typed.

    `area_id` is the council of a "postcode", the district where there are two; `county` the county council above it
    and `region` its region. `was` is the council by the directory's own code, where that has been replaced since. Where
    several replaced it, or the text is a part, `shares` has the councils, those with most postcodes first; of an
    "unknown" one, the councils of the nearest part that is known. `countries`: where else postcodes that begin so are.
    `ended`: the first day of the month in which the postcode was ended; it means something only where
    `tells_ends`, as the packaged edition does not say. `is_corrected`: a letter was taken for a figure, or a figure
    for a letter.
    `easting` and `northing` are metres of the National Grid. `as_at` is the day of the directory.
    """

    kind: Kind
    typed: str
    text: str = ""
    area_id: str | None = None
    county: str | None = None
    region: str | None = None
    was: str | None = None
    shares: tuple[Share, ...] = ()
    countries: tuple[str, ...] = ()
    is_corrected: bool = False
    ended: dt.date | None = None
    tells_ends: bool = False
    easting: int | None = None
    northing: int | None = None
    as_at: dt.date | None = None

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils of the place: the district and its county, or one for all services."""
        return tuple(each for each in (self.area_id, self.county) if each)


@dataclass(frozen=True, slots=True)
class _Council:
    area_id: str
    county: str | None
    region: str
    successors: tuple[str, ...]  # those that are there now; () where it is itself


def find(text: str) -> PostcodeAnswer:
    """What is known of a postcode, or the beginning of one, in any case and spacing.

    Under a millisecond for a whole postcode. `NoPostcodes` where there is no directory; the first call of all
    may take seconds, as it makes the index of the packaged one.
    """
    index, said = opened(), PostcodeAnswer(kind="not_a_postcode", typed=text)
    ways = list(readings(text))
    for way in ways:
        if (found := _of(way, index, said)) is not None:
            return found
    if not ways or ways[0].part == "area" or ways[0].slips:
        return said
    return _unknown(ways[0], index, said)


def _of(way: Typed, index: Index, said: PostcodeAnswer) -> PostcodeAnswer | None:
    said = replace(
        said, text=way.text, is_corrected=way.slips > 0, as_at=index.as_at, tells_ends=index.tells_ends
    )
    if way.part == "postcode":
        unit = index.unit(f"{way.outward} {way.inward[0]}", way.inward[1:])
        return _postcode(unit, said) if unit else None
    if way.part in ("sector", "unit"):
        units = [
            unit
            for unit in index.units(f"{way.outward} {way.inward[0]}")
            if unit.ended is None and unit.letters.startswith(way.inward[1:])
        ]
        return _part(Counter(unit.council for unit in units), said)
    counted: Counter[str | None] = Counter()
    for outward, council, number in index.counts(way.outward):
        if _begins(outward, way):
            counted[council] += number
    return _part(counted, said)


def _begins(outward: str, way: Typed) -> bool:
    """Whether an outward part is of the district or area typed: W1A is of W1, N15 is not of N1, NW1 not of N."""
    rest = outward.removeprefix(way.outward)
    return rest[:1].isdigit() if way.part == "area" else not rest or rest.isalpha()


def _postcode(unit: Unit, said: PostcodeAnswer) -> PostcodeAnswer:
    said = replace(said, ended=unit.ended, easting=unit.easting, northing=unit.northing)
    if unit.council is None:
        return replace(said, kind="unplaced")
    if unit.council[0] != "E":
        return replace(said, kind="elsewhere", countries=(COUNTRIES[unit.council[0]],))
    council = _councils().get(unit.council)
    if council is None:
        return replace(said, kind="unplaced")
    if len(council.successors) > 1:
        shares = tuple(Share(area_id=each, postcodes=1) for each in council.successors)
        return replace(said, kind="postcode", was=council.area_id, region=council.region, shares=shares)
    now = _named(council.successors[0]) if council.successors else council
    return replace(
        said,
        kind="postcode",
        area_id=now.area_id,
        county=now.county,
        region=now.region,
        was=council.area_id if council.successors else None,
    )


def _part(counted: Mapping[str | None, int], said: PostcodeAnswer) -> PostcodeAnswer | None:
    known = _councils()
    shares: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for code, number in counted.items():
        if code is None:
            continue
        if code[0] != "E":
            elsewhere[COUNTRIES[code[0]]] += number
        elif (council := known.get(code)) is not None:
            for area_id in council.successors or (council.area_id,):
                shares[area_id] += number
    countries = tuple(country for country, _ in elsewhere.most_common())
    if shares:
        ordered = sorted(shares.items(), key=lambda share: (-share[1], share[0]))
        told = tuple(Share(area_id=area_id, postcodes=number) for area_id, number in ordered)
        return replace(said, kind="part", shares=told, countries=countries)
    return replace(said, kind="elsewhere", countries=countries) if countries else None


def _unknown(way: Typed, index: Index, said: PostcodeAnswer) -> PostcodeAnswer:
    """Of a postcode's shape and not in the directory: the councils of its sector, else of its district."""
    said = replace(said, kind="unknown", text=way.text, as_at=index.as_at, tells_ends=index.tells_ends)
    shorter: Iterable[Typed] = (
        Typed("sector", way.outward, way.inward[:1]),
        Typed("district", way.outward, ""),
    )
    for each in shorter:
        if (each.part == "district" or each.inward) and (near := _of(each, index, said)) is not None:
            return replace(said, shares=near.shares, countries=near.countries)
    return said


# Councils by their codes. To read them takes milliseconds, and to ask whether the register has changed as long as all
# the rest: another process's change is seen after so many seconds, this one's at once.
SECONDS_KEPT = 5.0
_read: tuple[float, Mapping[str, _Council]] | None = None


def forget_councils() -> None:
    """The register has changed: read it again at the next question."""
    global _read
    _read = None


def _councils() -> Mapping[str, _Council]:
    global _read
    now, read = time.monotonic(), _read
    if read is None or now - read[0] > SECONDS_KEPT:
        read = _read = (now, _read_councils())
    return read[1]


def _named(area_id: str) -> _Council:
    return next(each for each in _councils().values() if each.area_id == area_id)


def _read_councils() -> dict[str, _Council]:
    areas = {
        area_id: (county, region, end)
        for area_id, county, region, end in Area.objects.values_list("area_id", "county_id", "region", "end")
    }
    after: dict[str, list[str]] = {}
    for before, successor in Succession.objects.order_by("successor_id").values_list(
        "predecessor_id", "successor_id"
    ):
        after.setdefault(before, []).append(successor)

    def now(area_id: str) -> list[str]:
        if areas[area_id][2] is None or not after.get(area_id):
            return [area_id]
        return [last for each in after[area_id] for last in now(each)]

    found = {}
    for code, area_id in AreaCode.objects.filter(scheme="gss").values_list("code", "area_id"):
        county, region, _ = areas[area_id]
        successors = tuple(dict.fromkeys(now(area_id)))
        found[code] = _Council(area_id, county, region, () if successors == (area_id,) else successors)
    return found
