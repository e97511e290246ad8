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


def layout_for(tier: str, who: Collection[str]) -> Layout:
    """The layout of a tier that has most of these: that of their own day, where the councils of a tier changed."""
    fitting = [each for key, each in layouts().items() if key == tier or key.startswith(f"{tier}-")]
    if not fitting:
        raise KeyError(f"there is no layout of {tier}: {', '.join(layouts())}")
    return max(fitting, key=lambda each: sum(one in each.places for one in who))
