"""The real boundaries and names: England is divided without gap or overlap at every date, and what differs is known."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from oneplace.places import queries
from oneplace.places.actions import load_areas, load_geography
from oneplace.places.lines import Polygon, size
from oneplace.places.queries.boundaries import Detail
from oneplace.records import ArcRecord, AreaNameRecord, AreaRecord, BoundaryRecord, Tier
from oneplace.sources.mysociety_register import MysocietyRegister
from oneplace.sources.ons_areas import OnsAreas
from oneplace.sources.ons_boundaries import OnsBoundaries
from tests.conftest import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.django_db]
PLACES = SHARED / "data/places"
TOPOLOGY = PLACES / "uk_areas_topo.json"
# The first day of the record, the days on which councils changed with the eves of them, and a day since.
DAYS = [
    dt.date(2009, 12, 9),
    *(dt.date(year, month, day) for year in (2019, 2020, 2021, 2023) for month, day in ((3, 31), (4, 1))),
    dt.date(2026, 1, 1),
]


@pytest.fixture(scope="module", autouse=True)
def england(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real tables, is absent")
    with django_db_blocker.unblock(), transaction.atomic():
        register = MysocietyRegister().parse(PLACES / "uk_local_authorities.csv")
        load_areas([each for each in register if isinstance(each, AreaRecord)], "register/1")
        shapes = OnsBoundaries().parse(TOPOLOGY)
        load_geography(
            [each for each in shapes if isinstance(each, ArcRecord | BoundaryRecord)], "ons_boundaries/1"
        )
        names = OnsAreas().parse(PLACES / "areas_similar.json")
        load_geography([each for each in names if isinstance(each, AreaNameRecord)], "ons_areas/1")
        yield
        transaction.set_rollback(True)


def _square_metres(polygons: tuple[Polygon, ...]) -> float:
    return sum(abs(size(rings[0])) - sum(abs(size(hole)) for hole in rings[1:]) for rings in polygons)


def test_every_english_boundary_of_each_tier_is_there() -> None:
    objects = json.loads(TOPOLOGY.read_text("utf-8"))["objects"]
    counted: Counter[str] = Counter(
        each.tier for each in OnsBoundaries().parse(TOPOLOGY) if isinstance(each, BoundaryRecord)
    )
    for name, tier in {
        "ltla": "lower",
        "utla": "upper",
        "cauth": "combined_authority",
        "rgn": "region",
    }.items():
        english = [e for e in objects[name]["geometries"] if e["properties"]["areacd"].startswith("E")]
        assert counted[tier] == len(english)
    assert counted == {"lower": 340, "upper": 163, "combined_authority": 18, "region": 9, "country": 1}


def test_the_counties_that_are_left_out_are_in_the_upper_tier_with_the_same_lines() -> None:
    objects = json.loads(TOPOLOGY.read_text("utf-8"))["objects"]
    upper = {e["properties"]["areacd"]: e["arcs"] for e in objects["utla"]["geometries"]}
    counties = {e["properties"]["areacd"]: e["arcs"] for e in objects["cty"]["geometries"]}
    assert {code: upper[code] for code in counties} == counties


@pytest.mark.parametrize("detail", ["full", "map"])
@pytest.mark.parametrize("tier", ["lower", "upper", "region"])
def test_at_every_date_the_areas_of_a_tier_are_england_without_gap_or_overlap(
    tier: Tier, detail: Detail
) -> None:
    england = _square_metres(queries.boundaries("country", DAYS[0], detail)["england"].polygons)
    # The land of England is 130,310 square kilometres (ONS, standard area measurements, to mean high water).
    assert england == pytest.approx(130_310e6, rel=0.003)
    for day in DAYS:
        found = queries.boundaries(tier, day, detail)
        assert sum(_square_metres(view.polygons) for view in found.values()) == pytest.approx(
            england, rel=1e-9
        )


@pytest.mark.parametrize("day", DAYS)
def test_every_council_of_a_date_has_a_boundary_of_its_tier(day: dt.date) -> None:
    there = {area.area_id: area for area in queries.areas() if area.existed(day)}
    children = {area_id for area_id, area in there.items() if area.childrens_services}
    assert set(queries.boundaries("upper", day)) == children
    county_or_wider = {"county", "combined_authority", "regional_authority"}
    lower = {area_id for area_id, area in there.items() if area.kind not in county_or_wider}
    assert set(queries.boundaries("lower", day)) == lower


def test_a_place_of_each_council_is_in_the_box_of_its_boundary_and_the_centre_near_the_registers() -> None:
    from oneplace.sources.national_grid import to_grid

    areas = {area.area_id: area for area in queries.areas()}
    far = {}
    for area_id, view in queries.boundaries("lower", DAYS[-1]).items():
        area = areas[area_id]
        if area.latitude is None or area.longitude is None:
            continue
        east, north = to_grid(area.latitude, area.longitude)
        west, south, eastern, northern = view.box
        if not (west <= east <= eastern and south <= north <= northern):
            far[area_id] = (round(east), round(north), view.box)
    assert far == {}


def test_what_the_register_and_the_ons_tell_differently() -> None:
    found = {(each.kind, each.code) for each in queries.differences()}
    assert found == {
        # New since the register's edition.
        ("no_area", "E47000014"), ("no_area", "E47000015"), ("no_area", "E47000018"),
        # Both ended in 2024, when a new North East took their place; the register has no end of them.
        ("end_differs", "E47000010"), ("end_differs", "E47000011"),
        # Ended counties that share their name with the council that followed are told apart here.
        ("name_differs", "E10000002"), ("name_differs", "E10000009"),
        # Of London as a whole there is the region's boundary alone.
        ("no_boundary", "E61000001"),
    }  # fmt: skip


def test_the_years_of_a_code_are_those_of_the_list() -> None:
    listed = json.loads((PLACES / "areas_list.json").read_text("utf-8"))
    code = dict(zip(listed["areacd"], range(len(listed["areacd"])), strict=True))
    for area_id, gss in (("sheffield", "E08000019"), ("cumberland", "E06000063"), ("cumbria", "E10000006")):
        said = next(e for e in queries.names_over_time(area_id) if e.code == gss and e.source == "ons_areas")
        assert said.row == code[gss] + 1
        assert said.first_year == listed["start"].get(str(code[gss]))
        assert said.last_year == listed["end"].get(str(code[gss]))


def test_neither_county_that_ended_in_2009_is_in_the_onss_files() -> None:
    """Bedfordshire and Cheshire: nothing that is held gives them a code, so no area is made of them."""
    objects = json.loads(TOPOLOGY.read_text("utf-8"))["objects"]
    listed = json.loads((PLACES / "areas_list.json").read_text("utf-8"))
    names = {e["properties"]["areanm"] for each in objects.values() for e in each["geometries"]}
    names |= {
        name for code, name in zip(listed["areacd"], listed["areanm"], strict=True) if code.startswith("E10")
    }
    assert not names & {"Bedfordshire", "Cheshire"}
