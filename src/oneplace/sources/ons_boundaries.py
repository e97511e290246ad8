"""Where England's areas end: councils that there are and were, combined authorities, regions.

Data source
    The boundaries on the maps of the Office for National Statistics' Explore Local Statistics, which are its ultra
    generalised ones.
Format
    `uk_areas_topo.json`, a TopoJSON: lines (`arcs`) that neighbours have in common, as steps on a grid of which
    `transform` gives scale and origin in degrees (WGS84); `objects` by kind of area, each a list of polygons made of
    lines, with code, name and sometimes the years of its start and end.
Cadence
    When areas change, usually each April.
What needs care
    A year of an end is the last for which the code holds: a council that ended on 1 April 2023 has 2022. Many older
    starts are not given at all. The object of counties repeats what is among the upper tier, and metropolitan counties
    are no authorities: both are left out, with all that is outside England. Points are rounded to about ten metres, so
    small things are drawn roughly; nothing here says in whose area a house is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oneplace.records import Address, ArcRecord, AreaRef, BoundaryRecord, Rings, Tier
from oneplace.sources.errors import SourceError
from oneplace.sources.json_files import json_object
from oneplace.sources.national_grid import to_grid
from oneplace.sources.source import OGL, Source

# The publication's object → what the record calls it, and the codes that an English area in it may have.
TIERS: dict[str, tuple[Tier, re.Pattern[str]]] = {
    "ltla": ("lower", re.compile(r"E0[6789]\d{6}")),
    "utla": ("upper", re.compile(r"E(06|08|09|10)\d{6}")),
    "cauth": ("combined_authority", re.compile(r"E47\d{6}")),
    "rgn": ("region", re.compile(r"E12\d{6}")),
    "ctry": ("country", re.compile(r"E92\d{6}")),
}
ELSEWHERE = re.compile(r"[WSN]\d{8}")
YEARS = range(1950, 2101)
# Degrees within which all of the United Kingdom lies.
LONGITUDES, LATITUDES = (-9.0, 2.5), (49.5, 61.5)
MOST_POINTS = 1_000_000  # the published file has 58,885

Step = tuple[int, int]
Arcs = list[list[Step]]


class OnsBoundaries(Source):
    # The data source
    name = "ons_boundaries"
    publisher = "ons"
    title = "Boundaries of areas, past and present"
    licence = f"{OGL}; contains OS data © Crown copyright and database right"
    cadence = "when areas change, usually each April"

    # Its format
    media_type = "application/json"
    filename = "uk_areas_topo.json"

    # How it is reached
    url = "https://www.ons.gov.uk/explore-local-statistics/"
    access = "manual"
    how = "Save the site's file of boundaries as uk_areas_topo.json."
    months = 18

    def records(self, path: Path) -> Iterator[ArcRecord | BoundaryRecord]:
        """The boundaries of England's areas by tier, then each line that one of them has."""
        topology = json_object(path)
        if topology.get("type") != "Topology":
            raise SourceError(path, "“Topology”", found=str(topology.get("type")), column="type")
        scale, origin = _transform(path, topology)
        arcs = _arcs(path, topology)
        used: set[int] = set()
        for boundary in _boundaries(path, topology, arcs):
            used.update(
                arc if arc >= 0 else ~arc for rings in boundary.polygons for ring in rings for arc in ring
            )
            yield boundary
        for number in sorted(used):
            yield ArcRecord(number=number, points=_on_the_grid(path, number, arcs[number], scale, origin))


def _transform(path: Path, topology: Mapping[str, Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    found = topology.get("transform")
    pairs = [found.get(key) if isinstance(found, dict) else None for key in ("scale", "translate")]
    for pair in pairs:
        if (
            not isinstance(pair, list)
            or len(pair) != 2
            or not all(type(each) in (int, float) and math.isfinite(each) for each in pair)
        ):
            expected = "“scale” and “translate”, each two numbers,"
            raise SourceError(path, expected, found=str(found)[:60], column="transform")
    scale, origin = pairs
    assert scale is not None
    assert origin is not None
    if min(scale) <= 0:
        raise SourceError(path, "a scale above 0", found=str(scale), column="transform")
    return (scale[0], scale[1]), (origin[0], origin[1])


def _arcs(path: Path, topology: Mapping[str, Any]) -> Arcs:
    """The lines in steps of the grid, as places and no more as differences."""
    listed = topology.get("arcs")
    if not isinstance(listed, list) or not listed:
        raise SourceError(path, "a list of lines", found=str(listed)[:60], column="arcs")
    if (points := sum(len(arc) for arc in listed if isinstance(arc, list))) > MOST_POINTS:
        raise SourceError(path, f"at most {MOST_POINTS:,} points", found=f"{points:,}", column="arcs")
    arcs: Arcs = []
    for row, steps in enumerate(listed, 1):
        x = y = 0
        line: list[Step] = []
        for step in steps if isinstance(steps, list) else ():
            if (
                not isinstance(step, list)
                or len(step) != 2
                or not (type(step[0]) is int and type(step[1]) is int)
            ):
                raise SourceError(
                    path, "points of two whole numbers", found=str(step)[:60], row=row, column="arcs"
                )
            x, y = x + step[0], y + step[1]
            line.append((x, y))
        if len(line) < 2:
            raise SourceError(
                path, "a line of two points or more", found=str(steps)[:60], row=row, column="arcs"
            )
        arcs.append(line)
    return arcs


def _on_the_grid(
    path: Path, number: int, line: list[Step], scale: tuple[float, float], origin: tuple[float, float]
) -> tuple[tuple[int, int], ...]:
    points = []
    for x, y in line:
        longitude, latitude = origin[0] + x * scale[0], origin[1] + y * scale[1]
        if not (LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]):
            expected = "points in the United Kingdom"
            raise SourceError(
                path, expected, found=f"{latitude:.4f}, {longitude:.4f}", row=number + 1, column="arcs"
            )
        easting, northing = to_grid(latitude, longitude)
        points.append((round(easting), round(northing)))
    return tuple(points)


def _boundaries(path: Path, topology: Mapping[str, Any], arcs: Arcs) -> Iterator[BoundaryRecord]:
    objects = topology.get("objects")
    for name, (tier, english) in TIERS.items():
        found = objects.get(name) if isinstance(objects, dict) else None
        geometries = found.get("geometries") if isinstance(found, dict) else None
        if not isinstance(geometries, list) or not geometries:
            raise SourceError(
                path, "an object with “geometries”", found=str(found)[:60], sheet=name, column=name
            )
        seen: set[str] = set()
        for row, geometry in enumerate(geometries, 1):
            properties = geometry.get("properties") if isinstance(geometry, dict) else None
            code = properties.get("areacd") if isinstance(properties, dict) else None
            if not isinstance(code, str) or not (english.fullmatch(code) or ELSEWHERE.fullmatch(code)):
                expected = f"the code of an area of “{name}”"
                raise SourceError(path, expected, found=str(code)[:60], sheet=name, row=row, column="areacd")
            if code in seen:
                raise SourceError(path, "each code once", found=code, sheet=name, row=row, column="areacd")
            seen.add(code)
            if english.fullmatch(code):
                yield _boundary(path, name, tier, row, geometry, arcs)
        if not any(english.fullmatch(code) for code in seen):
            raise SourceError(path, "areas of England", sheet=name, column="areacd")


def _boundary(
    path: Path, sheet: str, tier: Tier, row: int, geometry: Mapping[str, Any], arcs: Arcs
) -> BoundaryRecord:
    def fault(expected: str, found: object, column: str) -> SourceError:
        return SourceError(path, expected, found=str(found)[:60], sheet=sheet, row=row, column=column)

    properties = geometry["properties"]
    name = properties.get("areanm")
    if not isinstance(name, str) or not name.strip():
        raise fault("the area's name", name, "areanm")
    years = properties.get("start"), properties.get("end")
    for column, year in zip(("start", "end"), years, strict=True):
        if year is not None and (type(year) is not int or year not in YEARS):
            raise fault("a year like 2023, or none", year, column)
    first, last = years
    if first is not None and last is not None and last < first:
        raise fault(f"a year from {first} on", last, "end")
    kind, listed = geometry.get("type"), geometry.get("arcs")
    if kind not in ("Polygon", "MultiPolygon"):
        raise fault("a Polygon or a MultiPolygon", kind, "type")
    polygons = [listed] if kind == "Polygon" else listed
    if not isinstance(polygons, list) or not polygons:
        raise fault("a list of polygons", polygons, "arcs")
    return BoundaryRecord(
        tier=tier,
        area=AreaRef(name=name.strip(), gss_code=properties["areacd"]),
        polygons=tuple(_rings(polygon, arcs, fault) for polygon in polygons),
        first_year=first,
        last_year=last,
        address=Address(sheet=sheet, row=row),
    )


def _rings(polygon: Any, arcs: Arcs, fault: Any) -> Rings:
    """The rings of a polygon, each a line that ends where it began."""
    if not isinstance(polygon, list) or not polygon:
        raise fault("a polygon of one ring or more", polygon, "arcs")
    for ring in polygon:
        if not isinstance(ring, list) or not ring or not all(type(each) is int for each in ring):
            raise fault("rings of numbers of lines", ring, "arcs")
        if outside := [each for each in ring if not -len(arcs) <= each < len(arcs)]:
            raise fault(f"numbers of the {len(arcs):,} lines", outside[0], "arcs")
        lines = [arcs[each] if each >= 0 else arcs[~each][::-1] for each in ring]
        before = lines[-1]
        for line in lines:
            if before[-1] != line[0]:
                raise fault(
                    "rings that close, each line beginning where the one before it ends,", ring, "arcs"
                )
            before = line
        if len(lines) == 1 and len(lines[0]) < 4:
            raise fault("a ring of three sides or more", ring, "arcs")
    return tuple(tuple(ring) for ring in polygon)
