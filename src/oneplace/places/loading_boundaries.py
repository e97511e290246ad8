"""Boundaries and names by code into the record: an edition takes the place of the one before it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction

from oneplace.large_loads import add_rows
from oneplace.places.errors import RegisterError
from oneplace.places.lines import joined, middle, simplified, write
from oneplace.places.models import Boundary, CodeName, Line
from oneplace.places.queries.differences import codes_without_area
from oneplace.records import ArcRecord, AreaNameRecord, BoundaryRecord

# A map of all England on a phone or a page has a point for each kilometre or so; what is nearer is not seen.
COARSE_METRES = 400

_LINE = ("number", "points", "coarse", "release_id")
_BOUNDARY = (
    "tier", "code", "name", "polygons", "easting", "northing", "first_year", "last_year", "release_id", "sheet", "row",
)  # fmt: skip
_NAME = ("source", "code", "name", "first_year", "last_year", "release_id", "sheet", "row")


def load_geography(
    records: Sequence[ArcRecord | BoundaryRecord | AreaNameRecord], release_id: str
) -> tuple[str, ...]:
    """Replace the boundaries, if there are any among `records`, and this source's names by code.

    Returns a sentence for each code that no area of the register has: what has it is kept, and shown by nobody.
    All or nothing (`RegisterError`).
    """
    lines = {record.number: record for record in records if isinstance(record, ArcRecord)}
    boundaries = [record for record in records if isinstance(record, BoundaryRecord)]
    names = [record for record in records if isinstance(record, AreaNameRecord)]
    if len(lines) != sum(isinstance(record, ArcRecord) for record in records):
        raise RegisterError("a line of the map is there twice; nothing was changed")
    shapes = {number: record.points for number, record in lines.items()}
    source = release_id.partition("/")[0]
    line_rows = [
        (number, write(points), write(simplified(points, COARSE_METRES)), release_id)
        for number, points in sorted(shapes.items())
    ]
    boundary_rows = []
    for each in boundaries:
        try:
            east, north = middle(joined(each.polygons, shapes))
        except KeyError as fault:
            raise RegisterError(
                f"the boundary of {each.area.name} has the line {fault}, which is not there"
            ) from None
        boundary_rows.append(
            (
                each.tier, _code(each), each.area.name, json.dumps(each.polygons, separators=(",", ":")), east, north,
                each.first_year, each.last_year, release_id, each.address.sheet, each.address.row,
            )
        )  # fmt: skip
    name_rows = [
        (
            source, _code(each), each.area.name, each.first_year, each.last_year, release_id, each.address.sheet,
            each.address.row,
        )
        for each in names
    ]  # fmt: skip
    with transaction.atomic():
        if boundaries or lines:
            Boundary.objects.all().delete()
            Line.objects.all().delete()
            add_rows(Line, _LINE, line_rows)
            add_rows(Boundary, _BOUNDARY, boundary_rows)
        if names:
            CodeName.objects.filter(source=source).delete()
            add_rows(CodeName, _NAME, name_rows)
    return tuple(
        f"no area of the register has the code {code}, “{name}”: what the release says of it is kept, not shown"
        for code, name in codes_without_area(release_id)
    )


def _code(record: BoundaryRecord | AreaNameRecord) -> str:
    if not record.area.gss_code:
        raise RegisterError(f"{record.area.name or 'an area'} has no code; nothing was changed")
    return record.area.gss_code
