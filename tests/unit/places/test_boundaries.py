"""Boundaries: which there were on a date, how they are drawn, and what the register and they tell differently."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from oneplace.places import queries
from oneplace.places.actions import RegisterError, load_areas, load_geography
from oneplace.places.lines import middle, read, simplified, size, write
from oneplace.places.models import Boundary, CodeName, Line
from oneplace.records import Address, ArcRecord, AreaNameRecord, AreaRecord, AreaRef, BoundaryRecord

BEFORE, AFTER = dt.date(2023, 3, 31), dt.date(2023, 4, 1)
RELEASE = "ons_boundaries/0123456789ab"

# A square of ten kilometres, cut in two from south to north; the cut bends a little.
CUT = ((5_000, 0), (5_100, 5_000), (5_000, 10_000))
LINES = (
    ArcRecord(number=7, points=CUT),
    ArcRecord(number=8, points=((5_000, 10_000), (0, 10_000), (0, 0), (5_000, 0))),
    ArcRecord(number=9, points=((5_000, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_000))),
)


def boundary(tier: Any, code: str, name: str, *lines: int, **changes: Any) -> BoundaryRecord:
    return BoundaryRecord(tier=tier, area=AreaRef(name=name, gss_code=code), polygons=((lines,),), **changes)


def shapes() -> list[ArcRecord | BoundaryRecord | AreaNameRecord]:
    """A county that ended in April 2023, the two halves of it since, and its region."""
    return [
        boundary(
            "upper", "E10000027", "Somerset", 9, 8, last_year=2022, address=Address(sheet="utla", row=1)
        ),
        boundary("upper", "E06000066", "Somerset", 7, 8, first_year=2023),
        boundary("upper", "E06000058", "Bournemouth, Christchurch and Poole", 9, ~7, first_year=2019),
        boundary("region", "E12000009", "South West", 9, 8),
        *LINES,
    ]


@pytest.mark.usefixtures("places")
def test_the_registers_days_decide_which_boundaries_there_were(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert load_geography(shapes(), RELEASE) == ()
    with django_assert_num_queries(2):
        before = queries.boundaries("upper", BEFORE)
    after = queries.boundaries("upper", AFTER)
    assert set(before) == {"somerset-county", "bcp"}
    assert set(after) == {"somerset", "bcp"}
    assert set(queries.boundaries("region", AFTER)) == {"region-south-west"}
    assert dict(queries.boundaries("lower", AFTER)) == {}
    whole = before["somerset-county"]
    assert (whole.code, whole.last_year, whole.sheet, whole.row) == ("E10000027", 2022, "utla", 1)
    assert whole.rings == (
        ((5_000, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_000), (0, 10_000), (0, 0), (5_000, 0)),
    )
    assert whole.box == (0, 0, 10_000, 10_000)


@pytest.mark.usefixtures("places")
def test_neighbours_have_every_point_of_their_border_in_common_in_every_detail() -> None:
    load_geography(shapes(), RELEASE)
    full = queries.boundaries("upper", AFTER, "full")
    coarse = queries.boundaries("upper", AFTER, "map")
    for found, border in ((full, set(CUT)), (coarse, {CUT[0], CUT[2]})):
        west, east = (set(found[each].rings[0]) for each in ("somerset", "bcp"))
        assert west & east == border
    assert sum(abs(size(ring)) for view in full.values() for ring in view.rings) == 100_000_000
    assert sum(abs(size(ring)) for view in coarse.values() for ring in view.rings) == 100_000_000


@pytest.mark.usefixtures("places")
def test_one_area_has_its_boundary_and_centre_also_where_its_years_are_others(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_geography(shapes(), RELEASE)
    with django_assert_num_queries(2):
        found = queries.boundary("somerset", dt.date(2012, 1, 1))
    assert found is not None
    assert found.rings[0][1] == CUT[1]
    assert queries.boundary("haringey", AFTER) is None
    region = queries.boundary("region-south-west", AFTER)
    assert region is not None
    assert region.centre == (5_000, 5_000)
    with django_assert_num_queries(1):
        centres = queries.centres("upper", AFTER)
    assert set(centres) == {"somerset", "bcp"}
    assert centres["somerset"][0] < 5_000 < centres["bcp"][0]


def test_of_an_area_whose_code_changed_the_boundary_of_the_year_is_taken(
    places: tuple[AreaRecord, ...],
) -> None:
    load_geography(
        [
            boundary("lower", "E08000020", "Gateshead", 9, 8, last_year=2012),
            boundary("lower", "E08000037", "Gateshead", 7, 8, first_year=2013),
            *LINES,
        ],
        RELEASE,
    )
    codes = [
        queries.boundaries("lower", dt.date(year, 6, 1))["gateshead"].code for year in (2009, 2012, 2013)
    ]
    assert codes == ["E08000020", "E08000020", "E08000037"]
    assert [each.last_year for each in queries.names_over_time("gateshead")] == [2012, None]


@pytest.mark.usefixtures("places")
def test_a_new_edition_takes_the_place_of_the_one_before_and_names_stay_beside_it() -> None:
    load_geography(shapes(), RELEASE)
    name = AreaNameRecord(area=AreaRef(name="Haringey", gss_code="E09000014"), address=Address(row=3))
    load_geography([name], "ons_areas/1")
    load_geography([boundary("upper", "E06000066", "Somerset", 7, 8), *LINES[:2]], "ons_boundaries/2")
    assert list(Boundary.objects.values_list("code", "release_id")) == [("E06000066", "ons_boundaries/2")]
    assert list(Line.objects.order_by("number").values_list("number", flat=True)) == [7, 8]
    assert list(CodeName.objects.values_list("code", "source", "row")) == [("E09000014", "ons_areas", 3)]


@pytest.mark.usefixtures("places")
def test_the_register_may_be_loaded_anew_without_a_boundary_lost(register: tuple[AreaRecord, ...]) -> None:
    load_geography(shapes(), RELEASE)
    load_areas(register, "register/2")
    assert set(queries.boundaries("upper", AFTER)) == {"somerset", "bcp"}


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([boundary("upper", "E06000066", "Somerset", 7, 10), *LINES], "the line 10"),
        ([boundary("upper", "E06000066", "Somerset", 7, 8), *LINES, LINES[0]], "twice"),
        ([boundary("upper", "", "Somerset", 7, 8), *LINES], "has no code"),
    ],
)
def test_boundaries_that_contradict_themselves_change_nothing(records: list[Any], said: str) -> None:
    load_geography(shapes(), RELEASE)
    with pytest.raises(RegisterError, match=said):
        load_geography(records, "ons_boundaries/2")
    assert set(Boundary.objects.values_list("release_id", flat=True)) == {RELEASE}


@pytest.mark.usefixtures("places")
def test_what_the_register_and_the_publisher_tell_differently_is_told_and_nothing_is_overwritten() -> None:
    assert queries.differences() == ()
    warned = load_geography(
        [
            boundary("upper", "E10000027", "Somerset", 9, 8),
            boundary("upper", "E06000066", "Somerset, City of", 7, 8, first_year=2021),
            boundary("upper", "E06000058", "Bournemouth, Christchurch and Poole", 9, ~7, first_year=2019),
            boundary("upper", "E06000999", "Newtown", 9, ~7, first_year=2026),
            *LINES,
        ],
        RELEASE,
    )
    assert [("E06000999" in each, "Newtown" in each) for each in warned] == [(True, True)]
    found = queries.differences()
    assert [(e.kind, e.area_id, e.register, e.other) for e in found if e.kind != "no_boundary"] == [
        ("end_differs", "somerset-county", "2023-04-01", ""),
        ("name_differs", "somerset", "Somerset", "Somerset, City of"),
        ("no_area", None, "", "2026"),
        ("start_differs", "somerset", "2023-04-01", "2021"),
    ]
    without = {e.area_id for e in found if e.kind == "no_boundary"}
    assert {"haringey", "cumbria"} <= without
    assert not without & {"somerset", "somerset-county", "bcp"}
    assert [(each.name, each.area_id) for each in queries.areas(["somerset"])] == [("Somerset", "somerset")]


points = st.lists(
    st.tuples(st.integers(-900_000, 900_000), st.integers(0, 1_300_000)), min_size=2, max_size=30
)


@given(points)
def test_a_line_that_is_written_is_read_as_it_was(line: list[tuple[int, int]]) -> None:
    assert read(write(line)) == tuple(line)


@given(points, st.integers(0, 5_000))
def test_a_simplified_line_keeps_its_ends_and_has_points_of_the_line_alone(
    line: list[tuple[int, int]], tolerance: int
) -> None:
    kept = simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    left = iter(line)
    assert all(point in left for point in kept)


def test_an_island_smaller_than_what_is_seen_keeps_three_sides() -> None:
    island = ((0, 0), (30, 5), (60, 0), (60, 60), (30, 55), (0, 60), (0, 0))
    kept = simplified(island, 400)
    assert len(kept) == 4
    assert size(kept) != 0


def test_the_middle_of_a_ring_with_a_hole_leaves_the_hole_out() -> None:
    outer = ((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
    hole = ((50, 0), (50, 100), (100, 100), (100, 0), (50, 0))
    assert middle(((outer,),)) == (50, 50)
    assert middle(((outer, hole),)) == (25, 50)
    assert middle(((outer[::-1], hole[::-1]),)) == (25, 50)
    assert all(a != b for a, b in pairwise(outer))
