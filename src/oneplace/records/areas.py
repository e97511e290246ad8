"""Areas: what they are, how publications name them, where they end, which are alike, and their postcodes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oneplace.records.releases import NOWHERE, Address


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """An English authority's area, past or present.

    `area_id` is the public identifier in URLs ("haringey"). `kind` is the register's type:
    "london_borough", "city_corporation", "metropolitan_district", "unitary", "county", "district",
    "isles_of_scilly", "combined_authority". `childrens_services` says whether the authority is
    (or was) responsible for children's social care: 152 of them in 2009, 153 now.
    `start` is None where the area is older than the register's dates; `end` None while it exists.
    """

    area_id: str
    name: str
    official_name: str
    kind: str
    region: str
    gss_codes: tuple[str, ...]
    start: dt.date | None = None
    end: dt.date | None = None
    childrens_services: bool = False
    county: str | None = None
    successors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    # Identifiers that publishers use for the authority: "ofsted_urn", "dfe_code", "register_code".
    codes: tuple[tuple[str, str], ...] = ()
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRef:
    """An area as a publication names it: by code where it has one, else by name.

    `area_id` is our own public identifier, for tables that we wrote ourselves. `dfe_code` is the
    three-figure number of the Department for Education ("309" for Haringey).
    """

    name: str = ""
    gss_code: str | None = None
    dfe_code: str | None = None
    area_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRecord:
    """That one area is like another: `rank` 1 is the most like. `measure` says by whose reckoning

    ("dfe-statistical-neighbours", "ons-similar-areas"); `closeness` is in the publisher's words.
    """

    measure: str
    area: AreaRef
    other: AreaRef
    rank: int
    closeness: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodesRecord:
    """A directory of millions of postcodes, which is not told row by row: `path` is the file itself.

    `councils`: how many are in each, by GSS code; `ended`: how many were, None where it does not say.
    """

    path: str
    postcodes: int
    ended: int | None
    councils: tuple[tuple[str, int], ...]


# What a map divides England into. "lower": districts, and the councils that have none; "upper": counties, and
# the same councils; the others as they are called.
Tier = Literal["lower", "upper", "combined_authority", "region", "country"]

# A polygon's rings, the outer one first; a ring's lines in order, each an `ArcRecord.number`, or ~number where
# the line is walked from its end to its beginning.
Rings = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcRecord:
    """A line of a map, from one place where lines meet to the next.

    Two neighbours have the line between them in common: whatever is done to it, no gap opens. `points` are
    easting and northing on the British National Grid, in whole metres.
    """

    number: int
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryRecord:
    """Where an area of a `tier` ends, as lines of the same release.

    `first_year` and `last_year` are the years for which the publication says that the area's code holds, both
    inclusive; it gives no days.
    """

    tier: Tier
    area: AreaRef
    polygons: tuple[Rings, ...]
    first_year: int | None = None
    last_year: int | None = None
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNameRecord:
    """What a publication calls an area by its code, and the years, both inclusive, for which it says so."""

    area: AreaRef
    first_year: int | None = None
    last_year: int | None = None
    address: Address = NOWHERE
