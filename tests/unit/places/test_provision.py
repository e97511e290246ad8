"""Who provides what: a district's children's services are the county's, a borough's waste a joint authority's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from oneplace.places import queries
from oneplace.places.actions import load_areas, load_bodies
from oneplace.places.queries.provision import _rules
from oneplace.records import BODY_KINDS, AreaRecord, AreaRef, BodyRecord

pytestmark = pytest.mark.usefixtures("places")

TODAY, IN_2018 = dt.date(2025, 6, 1), dt.date(2018, 1, 1)
KINDS = {
    "london_borough", "city_corporation", "metropolitan_district", "unitary", "county", "district", "isles_of_scilly",
}  # fmt: skip


def _of(area_id: str, on: dt.date = TODAY) -> dict[str, queries.Provision]:
    return {each.key: each for each in queries.provision(area_id, on)}


def _body(body_id: str, kind: str, *served: str, **more: object) -> BodyRecord:
    serves = tuple(AreaRef(area_id=each) for each in served)
    return BodyRecord(body_id=body_id, name=body_id, kind=kind, serves=serves, **more)  # type: ignore[arg-type]


@pytest.fixture
def north_london(places: object) -> None:
    load_bodies(
        [
            _body("nlwa", "waste_authority", "haringey"),
            _body("met", "police_force", "haringey", "kensington-and-chelsea"),
            _body("new-fire", "fire_service", "haringey", opened=dt.date(2021, 4, 1)),
            replace(_body("hmp-north", "prison"), stands_in=AreaRef(area_id="haringey")),
        ],
        "bodies/1",
    )


def test_every_service_has_an_answer_for_every_kind_of_council_and_a_law() -> None:
    for rule in _rules():
        assert set(rule["by"]) == KINDS, rule["key"]
        assert rule["rule"].endswith(".")
        assert rule.get("kind", "prison") in BODY_KINDS
        assert ("kind" in rule) == any(way.startswith("joint") for way in rule["by"].values())
        assert ("note" in rule) == ("elsewhere" in rule["by"].values())
    assert len({rule["key"] for rule in _rules()}) == len(_rules())


@pytest.mark.usefixtures("north_london")
def test_a_borough_provides_most_itself_and_shares_some() -> None:
    found = _of("haringey")
    assert (found["children"].provider, found["children"].bodies) == ("own", ("haringey",))
    assert found["children"].is_provided_here
    assert (found["waste_collection"].provider, found["waste_collection"].service) == ("own", "waste")
    assert (found["waste_disposal"].provider, found["waste_disposal"].bodies) == ("joint", ("nlwa",))
    assert (found["police"].provider, found["police"].bodies) == ("joint", ("met",))
    assert (found["prisons"].provider, found["prisons"].bodies) == ("elsewhere", ("hmp-north",))
    assert found["health"].note


@pytest.mark.usefixtures("north_london")
def test_a_borough_outside_every_joint_authority_disposes_of_its_own_waste() -> None:
    assert _of("kensington-and-chelsea")["waste_disposal"].bodies == ("kensington-and-chelsea",)


def test_a_districts_childrens_services_are_the_countys() -> None:
    found = _of("taunton-deane", IN_2018)
    for service in ("children", "schools", "adult_social_care", "waste_disposal", "youth_justice"):
        assert (found[service].provider, found[service].bodies) == ("county", ("somerset-county",))
        assert not found[service].is_provided_here
    for service in ("housing", "waste_collection", "money"):
        assert (found[service].provider, found[service].bodies) == ("own", ("taunton-deane",))


def test_a_countys_housing_is_its_districts_of_the_day() -> None:
    assert _of("somerset-county", IN_2018)["housing"].bodies == ("taunton-deane",)
    later = _of("somerset-county", dt.date(2020, 1, 1))["housing"]
    assert (later.provider, later.bodies) == ("districts", ("somerset-west-and-taunton",))


@pytest.mark.usefixtures("north_london")
def test_a_body_that_was_not_there_yet_is_left_out_and_the_service_is_not_held() -> None:
    assert _of("haringey")["fire"].bodies == ("new-fire",)
    before = _of("haringey", IN_2018)["fire"]
    assert (before.provider, before.bodies) == ("not_held", ())


def test_nothing_is_provided_where_there_is_no_council(register: tuple[AreaRecord, ...]) -> None:
    combined = replace(register[0], area_id="flats", kind="combined_authority", gss_codes=(), codes=())
    load_areas([*register, combined], "register/4")
    assert queries.provision("flats", TODAY) == ()
    assert queries.provision("atlantis", TODAY) == ()
    assert queries.provision("taunton-deane", TODAY) == ()
