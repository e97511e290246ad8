"""The real lists of places: every body and every likeness is of an area that the register has."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from oneplace.places import queries
from oneplace.places.actions import load_areas, load_bodies, load_similar
from oneplace.places.queries.towns import _listed
from oneplace.records import AreaRecord, BodyRecord, BodyRef, SimilarRecord
from oneplace.sources.dfe_similar import DfeSimilar
from oneplace.sources.mysociety_register import MysocietyRegister
from oneplace.sources.oneplace_bodies import OneplaceBodies, lists
from oneplace.sources.ons_areas import OnsAreas
from oneplace.sources.ons_police_force_areas import OnsPoliceForceAreas
from tests.conftest import SHARED

# Marked as using the database, so that the test database is made where these tests run by themselves.
pytestmark = [pytest.mark.shared, pytest.mark.django_db]
PLACES = SHARED / "data/places"
UNPLACED: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def england(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The real register, and all bodies and likenesses, loaded once for the tests of this module."""
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real tables, is absent")
    with django_db_blocker.unblock(), transaction.atomic():
        register = MysocietyRegister().parse(PLACES / "uk_local_authorities.csv")
        load_areas([each for each in register if isinstance(each, AreaRecord)], "register/1")
        forces = list(OnsPoliceForceAreas().parse(PLACES / "la_to_police_force.csv"))
        for path in lists():
            UNPLACED.extend(load_bodies(_bodies(OneplaceBodies(), path), "oneplace_bodies/1"))
        UNPLACED.extend(
            load_bodies([each for each in forces if isinstance(each, BodyRecord)], "ons_police_force_areas/1")
        )
        load_similar(_similar(DfeSimilar(), SHARED / "data/dfe/statistical_neighbours_2025.csv"), "dfe/1")
        load_similar(_similar(OnsAreas(), PLACES / "areas_similar.json"), "ons/1")
        yield
        transaction.set_rollback(True)
        UNPLACED.clear()


def _bodies(source: OneplaceBodies, path: Path) -> list[BodyRecord]:
    return [each for each in source.parse(path) if isinstance(each, BodyRecord)]


def _similar(source: DfeSimilar | OnsAreas, path: Path) -> list[SimilarRecord]:
    return [each for each in source.parse(path) if isinstance(each, SimilarRecord)]


def _column(file: str, column: str) -> set[str]:
    with (SHARED / "data" / file).open(encoding="utf-8-sig") as table:
        return {row[column] for row in csv.DictReader(table)}


def test_every_area_of_the_lists_is_in_the_register() -> None:
    assert UNPLACED == []


@pytest.mark.parametrize(
    ("file", "column", "kind", "welsh"),
    [
        ("inspections/peel.csv", "force", "police_force", 4),
        ("inspections/fire.csv", "service", "fire_service", 0),
        ("inspections/prisons.csv", "prison", "prison", 0),
        ("inspections/probation.csv", "unit", "probation_unit", 6),
        ("probation/youth_justice_ratings_2025-07.csv", "la_name", "youth_justice_service", 10),
    ],
)
def test_every_name_of_an_english_body_is_a_body(file: str, column: str, kind: str, welsh: int) -> None:
    names = _column(file, column)
    unknown = {name for name in names if queries.body_for(BodyRef(name=name, kind=kind)) is None}
    assert len(unknown) == welsh, sorted(unknown)


def test_every_council_with_districts_or_without_has_one_force_and_one_fire_service() -> None:
    there = [
        area
        for area in queries.areas()
        if area.end is None and area.kind not in ("combined_authority", "regional_authority")
    ]
    assert len(there) == 317
    for kind in ("police_force", "fire_service"):
        served = {area.area_id: queries.bodies_serving(area.area_id, kind) for area in there}
        assert {area_id: ids for area_id, ids in served.items() if len(ids) != 1} == {}


def test_every_town_of_the_list_is_in_a_council_of_today() -> None:
    towns = [town for name in _listed() for town in queries.find_towns(name)]
    assert len(towns) > 4_000
    assert [town.name for town in towns if town.area.end] == []
    assert {town.area.name for town in queries.find_towns("Whitehaven")} == {"Cumberland"}
    assert {town.area.area_id for town in queries.find_towns("Tottenham")} == {"haringey"}


def test_every_council_is_in_a_community_safety_partnership() -> None:
    there = [
        area for area in queries.areas() if area.end is None and area.kind in ("london_borough", "district")
    ]
    assert all(queries.bodies_serving(area.area_id, "community_safety_partnership") for area in there)


def test_the_force_of_every_council_is_the_tables() -> None:
    known = queries.subjects()
    with (PLACES / "la_to_police_force.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 296
    for row in rows:
        (force,) = queries.bodies_serving(known["gss", row["lad24cd"]], "police_force")
        assert queries.body_for(BodyRef(name=row["pfa_name"], kind="police_force")) == force


@pytest.mark.parametrize(
    ("area_id", "expected"),
    [
        ("haringey", {"metropolitan-police", "london-fire", "north-london-waste-authority", "csp-e22000199"}),
        ("city-of-london", {"city-of-london-police", "london-fire"}),
        ("isles-of-scilly", {"devon-and-cornwall-police", "isles-of-scilly-fire"}),
        ("dover", {"kent", "kent-police", "kent-fire", "yjs-kent"}),
        ("kent", {"kent-police", "kent-fire", "yjs-kent"}),
        ("medway", {"kent-police", "kent-fire"}),
        ("wiltshire", {"wiltshire-police", "dorset-and-wiltshire-fire"}),
        ("salford", {"greater-manchester-police", "greater-manchester-waste-disposal-authority"}),
        (
            "winchester",
            {"hampshire", "hampshire-and-isle-of-wight-police", "hampshire-and-isle-of-wight-fire"},
        ),
    ],
)
def test_who_serves_an_area(area_id: str, expected: set[str]) -> None:
    assert expected <= set(queries.bodies_serving(area_id))


def test_a_prison_stands_in_one_area_and_serves_none() -> None:
    assert set(queries.bodies_in("wandsworth", "prison")) == {"hmp-wandsworth"}
    assert "hmp-wandsworth" not in queries.bodies_serving("wandsworth")
    prisons = [each for path in lists() for each in _bodies(OneplaceBodies(), path) if each.kind == "prison"]
    assert {each.body_id for each in prisons if each.stands_in is None} == {"hmp-new-hall"}


TODAY = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("area_id", "key", "provider", "bodies"),
    [
        ("haringey", "waste_disposal", "joint", {"north-london-waste-authority"}),
        ("haringey", "police", "joint", {"metropolitan-police"}),
        ("haringey", "youth_justice", "own", {"haringey"}),
        ("camden", "children", "own", {"camden"}),
        ("westminster", "waste_disposal", "own", {"westminster"}),
        ("city-of-london", "police", "joint", {"city-of-london-police"}),
        ("city-of-london", "waste_disposal", "own", {"city-of-london"}),
        ("city-of-london", "youth_justice", "joint", {"yjs-tower-hamlets-and-city-of-london"}),
        ("isles-of-scilly", "fire", "joint", {"isles-of-scilly-fire"}),
        ("isles-of-scilly", "children", "own", {"isles-of-scilly"}),
        ("wigan", "waste_disposal", "own", {"wigan"}),
        ("bolton", "waste_disposal", "joint", {"greater-manchester-waste-disposal-authority"}),
        ("leeds", "waste_disposal", "own", {"leeds"}),
        ("dover", "children", "county", {"kent"}),
        ("dover", "housing", "own", {"dover"}),
        ("dover", "youth_justice", "joint", {"yjs-kent"}),
        ("dover", "waste_disposal", "county", {"kent"}),
        ("kent", "waste_disposal", "own", {"kent"}),
        ("south-hams", "community_safety", "joint", {"csp-e22000364"}),
        ("cornwall", "housing", "own", {"cornwall"}),
        ("wandsworth", "prisons", "elsewhere", {"hmp-wandsworth"}),
    ],
)
def test_who_provides_what(area_id: str, key: str, provider: str, bodies: set[str]) -> None:
    (found,) = (each for each in queries.provision(area_id, TODAY) if each.key == key)
    assert (found.provider, set(found.bodies)) == (provider, bodies)


def test_every_council_has_somebody_for_every_service() -> None:
    for area in queries.areas():
        if not area.existed(TODAY) or area.kind in ("combined_authority", "regional_authority"):
            assert queries.provision(area.area_id, TODAY) == ()
            continue
        for each in queries.provision(area.area_id, TODAY):
            if each.provider == "elsewhere":
                continue
            # Who these are is somebody's, and the record does not say whose.
            not_held = {
                ("probation", "north-northamptonshire"),
                ("probation", "west-northamptonshire"),
                ("youth_justice", "isles-of-scilly"),
            }
            assert bool(each.bodies) != ((each.key, area.area_id) in not_held), (area.area_id, each.key)


def test_every_authority_has_its_ten_statistical_neighbours() -> None:
    with (SHARED / "data/dfe/statistical_neighbours_2025.csv").open(encoding="utf-8-sig") as table:
        rows = list(csv.DictReader(table))
    known = queries.subjects()
    assert len(rows) == 153
    for row in rows:
        found = queries.similar(known["dfe", row["old_la_code"]], "dfe-statistical-neighbours")
        assert [each.area_id for each in found] == [known["dfe", row[f"SN_{n}"]] for n in range(1, 11)]
        assert [each.closeness for each in found] == [row[f"SN_{n}P"].strip() for n in range(1, 11)]


def test_the_onss_similar_areas_are_the_files_english_ones() -> None:
    similar = json.loads((PLACES / "areas_similar.json").read_text("utf-8"))
    known = queries.subjects()
    kept = ("E06", "E07", "E08", "E09", "E10")
    counted: Counter[int] = Counter()
    for code, likenesses in similar.items():
        if code.startswith(kept):
            found = queries.similar(known["gss", code], "ons-similar-areas")
            expected = [
                (n, known["gss", o]) for n, o in enumerate(likenesses["global"], 1) if o.startswith(kept)
            ]
            assert [(each.rank, each.area_id) for each in found] == expected
            counted[len(likenesses["global"])] += 1
    assert counted == {20: 317}


def test_every_district_is_of_a_county_in_its_own_region() -> None:
    areas = {each.area_id: each for each in MysocietyRegister().records(PLACES / "uk_local_authorities.csv")}
    districts = [each for each in areas.values() if each.kind == "district"]
    # The register files Forest Heath under Surrey.
    assert areas["forest-heath"].county == "suffolk"
    assert {each.area_id for each in districts if each.county is None} == set()
    assert [each.area_id for each in districts if areas[each.county or ""].region != each.region] == []
