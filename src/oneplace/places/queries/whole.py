"""Everything that places keep of bodies and likenesses, row by row: for the pack. Councils come from the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from oneplace.places.models import Body, BodyArea, BodyCode, BodyName, Listing, Similar
from oneplace.places.queries.bodies import COUNCIL

Row = tuple[Any, ...]

_LOT = 5_000


def bodies() -> Iterator[Row]:
    """Identifier, name, kind, parent, postcode, latitude, longitude, opened, closed, details (as JSON),

    day first listed and last listed, release, sheet, row.
    """
    rows = Body.objects.exclude(kind=COUNCIL).order_by("body_id")
    for *first, details, listed_first, listed_last, release, sheet, row in rows.values_list(
        "body_id", "name", "kind", "parent", "postcode", "latitude", "longitude", "opened", "closed",
        "details", "listed_first", "listed_last", "release_id", "sheet", "row",
    ).iterator(_LOT):  # fmt: skip
        kept = json.dumps(details, ensure_ascii=False, separators=(",", ":"))
        yield (*first, kept, listed_first, listed_last, release, sheet, row)


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
