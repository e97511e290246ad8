"""The National Grid, against what Ordnance Survey publishes of known places."""

from __future__ import annotations

import csv
from math import hypot, radians

import pytest

from oneplace.sources.national_grid import project, to_grid
from tests.conftest import SHARED

Degrees = tuple[int, int, float]


def _degrees(degrees: int, minutes: int, seconds: float) -> float:
    return degrees + minutes / 60 + seconds / 3600


def test_the_projection_is_the_guides_worked_example_to_a_millimetre() -> None:
    # "A guide to coordinate systems in Great Britain", annex C.1: Caister water tower, in OSGB36.
    easting, northing = project(radians(_degrees(52, 39, 27.2531)), radians(_degrees(1, 43, 4.5177)))
    assert easting == pytest.approx(651409.903, abs=0.001)
    assert northing == pytest.approx(313177.270, abs=0.001)


@pytest.mark.parametrize(
    ("latitude", "longitude", "easting", "northing"),
    [
        # Caister water tower, and St Mary's on Scilly: ETRS89 and OSTN15 of Ordnance Survey's test points.
        (52.658007833, 1.716073973, 651409.804, 313177.450),
        (49.92226393730, -6.29977752014, 91492.146, 11318.804),
    ],
)
def test_a_place_known_by_satellite_is_within_five_metres_of_its_survey(
    latitude: float, longitude: float, easting: float, northing: float
) -> None:
    east, north = to_grid(latitude, longitude)
    assert hypot(east - easting, north - northing) < 5


@pytest.mark.shared
def test_the_registers_points_are_where_the_register_has_them_on_the_grid() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real tables, is absent")
    with (SHARED / "data/places/uk_local_authorities.csv").open(encoding="utf-8-sig") as table:
        rows = [
            row for row in csv.DictReader(table) if row["nation"] == "England" and row["x"] and row["lat"]
        ]
    off = {}
    for row in rows:
        east, north = to_grid(float(row["lat"]), float(row["long"]))
        if hypot(east - float(row["x"]), north - float(row["y"])) > 5:
            off[row["nice-name"]] = row["start-date"]
    assert len(rows) > 300
    # Of the councils of 2023, and of a combined authority after them, the register's two points are two places.
    assert len(off) == 5
    assert min(off.values()) == "2023-04-01"
