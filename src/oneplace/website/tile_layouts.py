"""Where each council, force and service has its tile, from `tile_layout.toml`, which script/lay-out-tiles makes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`places`: whoever has a tile, of whatever day → (column, row). Odd rows stand half a tile to the right.

    Who replaced another may have its place: no two that were there on one day have the same.
    """

    key: str
    about: str
    quality: Mapping[str, float]
    places: Mapping[str, Cell]


@cache
def layouts() -> Mapping[str, Layout]:
    """Every layout by its key."""
    found = tomllib.loads(files("oneplace.website").joinpath("tile_layout.toml").read_text("utf-8"))
    return {
        key: Layout(
            key=key,
            about=each["about"],
            quality=each["quality"],
            places={name: (column, row) for name, (column, row) in each["places"].items()},
        )
        for key, each in found.items()
    }


def cells_of(layout: Layout, who: Collection[str]) -> Mapping[str, Cell]:
    """Everybody's cell. Who is not in the layout, a council that is newer than it, stands in a row beneath."""
    known = {one: layout.places[one] for one in who if one in layout.places}
    left = min((column for column, _ in known.values()), default=0)
    across = max((column for column, _ in known.values()), default=9) - left + 1
    first = max((row for _, row in known.values()), default=-2) + 2
    unknown = sorted(one for one in who if one not in known)
    return {
        **known,
        **{one: (left + place % across, first + place // across) for place, one in enumerate(unknown)},
    }


def layout_for(tier: str, who: Collection[str]) -> Layout:
    """The layout of a tier that has most of these, and of several the one with fewest others: that of their day."""
    fitting = [each for key, each in layouts().items() if key == tier or key.startswith(f"{tier}-")]
    if not fitting:
        raise KeyError(f"there is no layout of {tier}: {', '.join(layouts())}")
    return max(fitting, key=lambda each: (sum(one in each.places for one in who), -len(each.places)))
