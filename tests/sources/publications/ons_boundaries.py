"""A small edition of what `ons_boundaries` reads: two areas side by side, an island, and a square in Wales."""

from __future__ import annotations

import json
from typing import Literal

from tests.sources.making import Kind, Publication, RawFault

FILE = "uk_areas_topo.json"
MADE = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [-2.0, 52.0]},
    # In steps of the grid: what the two have in common, the rest of the western, the rest of the eastern, an
    # island, and a square in Wales.
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
        [[30, 0], [2, 0], [0, 2], [-2, 0], [0, -2]],
        [[-200, 0], [9, 0], [0, 9], [-9, 0], [0, -9]],
    ],
    "objects": {
        "ltla": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "arcs": [[0, 1]],
                    "type": "Polygon",
                    "properties": {"areacd": "E06000901", "areanm": "Fen", "start": 2023},
                },
                {
                    "arcs": [[[2, -1]], [[3]]],
                    "type": "MultiPolygon",
                    "properties": {"areacd": "E07000902", "areanm": "Marsh", "start": 2009, "end": 2022},
                },
                {
                    "arcs": [[4]],
                    "type": "Polygon",
                    "properties": {"areacd": "W06000903", "areanm": "Far Off"},
                },
            ],
        },
        "utla": {
            "type": "GeometryCollection",
            "geometries": [
                {"arcs": [[0, 1]], "type": "Polygon", "properties": {"areacd": "E06000901", "areanm": "Fen"}},
                {
                    "arcs": [[[2, -1]], [[3]]],
                    "type": "MultiPolygon",
                    "properties": {"areacd": "E10000904", "areanm": "Marshland"},
                },
            ],
        },
        "cauth": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "arcs": [[2, 1]],
                    "type": "Polygon",
                    "properties": {"areacd": "E47000905", "areanm": "Flats"},
                }
            ],
        },
        "rgn": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "arcs": [[[2, 1]], [[3]]],
                    "type": "MultiPolygon",
                    "properties": {"areacd": "E12000001", "areanm": "North East"},
                }
            ],
        },
        "ctry": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "arcs": [[[2, 1]], [[3]]],
                    "type": "MultiPolygon",
                    "properties": {"areacd": "E92000001", "areanm": "England"},
                },
                {"arcs": [[4]], "type": "Polygon", "properties": {"areacd": "W92000004", "areanm": "Wales"}},
            ],
        },
    },
}


def _fault(
    was: str,
    value: str,
    row: int | None,
    column: str,
    expected: str,
    kind: Kind | Literal["column"] = "other",
) -> RawFault:
    return RawFault(FILE, was, value, row, column, expected, kind=kind)


PUBLICATION = Publication(
    main=FILE,
    tables={},
    raw={FILE: json.dumps(MADE)},
    records=7 + 4,
    faults=(),
    raw_faults=(
        _fault('"E06000901"', '"E12000901"', 1, "areacd", "the code of an area of “ltla”", "code"),
        _fault('"E07000902"', '"Marsh"', 2, "areacd", "the code of an area of “ltla”", "code"),
        _fault('"E07000902"', '"E06000901"', 2, "areacd", "each code once", "duplicate"),
        _fault('"start": 2009', '"start": 1900', 2, "start", "a year like 2023", "date"),
        _fault('"end": 2022', '"end": 2001', 2, "end", "a year from 2009 on"),
        _fault("[[[2, -1]], [[3]]]", "[[[2, -1]], [[5]]]", 2, "arcs", "numbers of the 5 lines", "number"),
        _fault("[[[2, -1]], [[3]]]", "[[[2, -9]], [[3]]]", 2, "arcs", "numbers of the 5 lines", "number"),
        _fault("[[[2, -1]], [[3]]]", "[[[2, 0]], [[3]]]", 2, "arcs", "rings that close"),
        _fault("[[[2, -1]], [[3]]]", '[[["2", -1]], [[3]]]', 2, "arcs", "rings of numbers of lines"),
        _fault("[[[2, -1]], [[3]]]", "[]", 2, "arcs", "a list of polygons"),
        _fault("[[[2, -1]], [[3]]]", "[[], [[3]]]", 2, "arcs", "a polygon of one ring or more"),
        _fault('"MultiPolygon"', '"LineString"', 2, "type", "a Polygon or a MultiPolygon"),
        _fault('"Marsh"', "7", 2, "areanm", "the area's name"),
        _fault("[10, 0], [0, 10]]", "[10, 0], [0, 1.5]]", 1, "arcs", "points of two whole numbers", "number"),
        _fault("[[10, 0], [0, 10]]", "[[10, 0]]", 1, "arcs", "a line of two points or more"),
        _fault("[30, 0], [2, 0]", "[9000, 0], [2, 0]", 4, "arcs", "points in the United Kingdom"),
        _fault('"arcs": [[[10', '"lines": [[[10', None, "arcs", "a list of lines", "column"),
        _fault('"scale"', '"scales"', None, "transform", "“scale” and “translate”", "column"),
        _fault("0.01, 0.01", "0.01, NaN", None, "transform", "“scale” and “translate”", "number"),
        _fault("0.01, 0.01", "0.01, -0.01", None, "transform", "a scale above 0", "number"),
        _fault('"Topology"', '"FeatureCollection"', None, "type", "Topology"),
        _fault('"utla"', '"upper"', None, "utla", "an object with “geometries”", "column"),
        _fault('"areacd"', '"code"', 1, "areacd", "the code of an area", "column"),
        _fault('"E47000905"', '"S47000905"', None, "areacd", "areas of England"),
    ),
    without={"grade": "shapes of areas, no judgements"},
)
