"""Everything that places keep but areas, row by row: for the pack. Councils come from the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from oneplace.places.lines import read as points_of
from oneplace.places.models import (
    Body,
    BodyArea,
    BodyCode,
    BodyName,
    Boundary,
    CodeName,
    Line,
    Listing,
    Similar,
)
from oneplace.places.queries.bodies import COUNCIL

__all__ = [
    "bodies",
    "body_areas",
    "body_codes",
    "body_names",
    "boundaries",
    "code_names",
    "likenesses",
    "listings",
    "map_lines",
    "points_of",
]

Row = tuple[Any, ...]

_LOT = 5_000


def bodies() -> Iterator[Row]:
    """Identifier, name, kind, parent, postcode, latitude, longitude, opened, closed, details (as JSON),

    day first listed and last listed, release, sheet, row, what each source says (as JSON; None: one speaks of it).
    """
    rows = Body.objects.exclude(kind=COUNCIL).order_by("body_id")
    for *first, details, listed_first, listed_last, release, sheet, row, words in rows.values_list(
        "body_id", "name", "kind", "parent", "postcode", "latitude", "longitude", "opened", "closed",
        "details", "listed_first", "listed_last", "release_id", "sheet", "row", "words",
    ).iterator(_LOT):  # fmt: skip
        said = None if words is None else _json(words, in_order=True)
        yield (*first, _json(details), listed_first, listed_last, release, sheet, row, said)


def _json(value: Any, *, in_order: bool = False) -> str:
    """`in_order`: keys by name, as not every database keeps them in the order in which they came."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=in_order)


def body_names() -> Iterator[Row]:
    """Body and each of its other names."""
    rows = BodyName.objects.exclude(body__kind=COUNCIL).order_by("body_id", "name")
    for body, name, own in rows.values_list("body_id", "name", "body__name").distinct().iterator(_LOT):
        if name != own:
            yield body, name


def body_codes() -> Iterator[Row]:
    """Body, scheme and code."""
    rows = BodyCode.objects.exclude(body__kind=COUNCIL).order_by("body_id", "scheme", "code")
    yield from rows.values_list("body_id", "scheme", "code").iterator(_LOT)


def body_areas() -> Iterator[Row]:
    """Body, area and role ("serves" or "stands_in")."""
    rows = BodyArea.objects.exclude(body__kind=COUNCIL).order_by("body_id", "role", "area_id")
    yield from rows.values_list("body_id", "area_id", "role").iterator(_LOT)


def listings() -> Iterator[Row]:
    """Source, kind of body and the day that an edition lists them for."""
    yield from Listing.objects.order_by("source", "kind", "as_at").values_list("source", "kind", "as_at")


def likenesses() -> Iterator[Row]:
    """Measure, area, rank, the other area, closeness, release, sheet and row."""
    rows = Similar.objects.order_by("measure", "area_id", "rank")
    yield from rows.values_list(
        "measure", "area_id", "rank", "other_id", "closeness", "release_id", "sheet", "row"
    ).iterator(_LOT)


def boundaries() -> Iterator[Row]:
    """Tier, code, name, polygons (as JSON), first and last year, release, sheet and row."""
    yield from Boundary.objects.order_by("tier", "code").values_list(
        "tier", "code", "name", "polygons", "first_year", "last_year", "release_id", "sheet", "row"
    )


def map_lines() -> Iterator[Row]:
    """Number, points as `places.lines` writes them, and release."""
    yield from Line.objects.order_by("number").values_list("number", "points", "release_id")


def code_names() -> Iterator[Row]:
    """Code, name, first and last year, release, sheet and row."""
    yield from CodeName.objects.order_by("code", "release_id").values_list(
        "code", "name", "first_year", "last_year", "release_id", "sheet", "row"
    )
