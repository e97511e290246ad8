"""Bodies other than councils: editions in any order, areas served and stood in, names of many kinds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from oneplace.places import queries
from oneplace.places.actions import load_areas, load_bodies
from oneplace.places.models import Body, BodyArea, BodyCode, BodyName, Listing
from oneplace.records import Address, AreaRecord, AreaRef, BodyRecord, BodyRef

pytestmark = pytest.mark.usefixtures("places")

MARCH_2023, MARCH_2024, MARCH_2025 = (dt.date(year, 3, 31) for year in (2023, 2024, 2025))


def _home(name: str = "The Willows", **more: object) -> BodyRecord:
    said: dict[str, object] = {
        "stands_in": AreaRef(gss_code="E09000014"), "address": Address(row=7), **more
    }  # fmt: skip
    return BodyRecord(body_id="urn-1", name=name, kind="social_care_provider", **said)  # type: ignore[arg-type]


def _fire(**more: object) -> BodyRecord:
    return BodyRecord(
        body_id="fen-fire", name="Fen & Marsh Fire and Rescue Service", kind="fire_service", **more  # type: ignore[arg-type]
    )  # fmt: skip


def _everything() -> list[object]:
    return [
        sorted(
            model.objects.values_list(*[f.attname for f in model._meta.fields if f.name != "id"]), key=repr
        )
        for model in (Body, BodyName, BodyCode, BodyArea, Listing)
    ]


def test_a_body_says_everything_that_its_edition_says_of_it() -> None:
    record = _home(
        postcode="N17 6AA", latitude=51.6, longitude=-0.07, opened=dt.date(2019, 5, 1),
        details=(("Provision type", "Children's home"), ("Places", "4")), codes=(("ofsted_urn", "1"),),
        parent="company-1",
    )  # fmt: skip
    assert load_bodies([record], "homes/abc", MARCH_2025) == ()
    view = queries.body("urn-1")
    assert view is not None
    assert view.details == (("Provision type", "Children's home"), ("Places", "4"))
    assert (view.stands_in, view.serves, view.postcode) == ("haringey", (), "N17 6AA")
    assert (view.release_id, view.row, view.as_at) == ("homes/abc", 7, MARCH_2025)
    assert view.code("ofsted_urn") == "1"
    assert queries.bodies_in("haringey") == ("urn-1",)
    assert queries.bodies_serving("haringey") == ("haringey",)
    assert queries.existing_bodies(["urn-1", "urn-2", "haringey"]) == {"urn-1", "haringey"}
    assert queries.body("urn-2") is None


def test_editions_in_any_order_leave_the_same() -> None:
    editions = [
        (_home("Old Willows", codes=(("ofsted_urn", "1"),)), "homes/3", MARCH_2023),
        (_home("The Willows", stands_in=AreaRef(name="Gateshead")), "homes/4", MARCH_2024),
        (_home("New Willows", closed=dt.date(2025, 1, 1)), "homes/5", MARCH_2025),
        (_home("Willows of the list"), "other_list/5", MARCH_2025),
    ]
    left = []
    for order in permutations(editions):
        Body.objects.filter(body_id="urn-1").delete()
        Listing.objects.all().delete()
        for record, release_id, as_at in order:
            load_bodies([record], release_id, as_at)
        left.append(_everything())
    assert all(each == left[0] for each in left)
    view = queries.body("urn-1")
    assert view is not None
    assert (view.name, view.listed_first, view.listed_last) == ("Willows of the list", MARCH_2023, MARCH_2025)
    assert view.names == ("New Willows", "Old Willows", "The Willows")


def test_what_a_newer_edition_of_another_source_leaves_out_stays() -> None:
    directory = _home(
        latitude=51.6, longitude=-0.07, opened=dt.date(2019, 5, 1), parent="company-1",
        details=(("Type", "Home"), ("Beds", "30")), closed=dt.date(2024, 1, 1), postcode="N17 6AA",
    )  # fmt: skip
    load_bodies([directory], "directory/1", MARCH_2024)
    load_bodies([_home("Willows", details=(("Type", "Care home"),))], "ratings/1", MARCH_2025)
    body = Body.objects.get(pk="urn-1")
    assert (body.name, body.source, body.as_at) == ("Willows", "ratings", MARCH_2025)
    assert (body.latitude, body.longitude, body.opened) == (51.6, -0.07, dt.date(2019, 5, 1))
    assert (body.parent, body.details) == ("company-1", [["Type", "Care home"], ["Beds", "30"]])
    # That it is open is what a list of open ones says; its postcode may be left out because it is a home.
    assert (body.closed, body.postcode) == (None, None)


def test_what_the_same_source_leaves_out_in_a_newer_edition_goes() -> None:
    full = _home(latitude=51.6, longitude=-0.07, opened=dt.date(2019, 5, 1), details=(("Beds", "30"),))
    load_bodies([full], "directory/1", MARCH_2023)
    load_bodies([_home()], "ratings/1", MARCH_2025)
    load_bodies([_home(opened=dt.date(2019, 6, 1))], "directory/2", MARCH_2024)
    body = Body.objects.get(pk="urn-1")
    assert (body.latitude, body.opened, body.details) == (None, dt.date(2019, 6, 1), [])


def test_editions_of_several_sources_in_any_order_leave_the_same() -> None:
    editions = [
        (_home(latitude=51.1, longitude=-0.1, details=(("Beds", "30"),)), "directory/3", MARCH_2023),
        (_home(latitude=51.2, longitude=-0.2, opened=dt.date(2019, 5, 1)), "directory/4", MARCH_2024),
        (_home("The Willows", details=(("Type", "Home"),)), "ratings/4", MARCH_2024),
        (_home("New Willows", parent="company-1"), "ratings/5", MARCH_2025),
        (_home(latitude=51.3, longitude=-0.3, details=(("Beds", "4"),)), "another/3", MARCH_2023),
    ]
    left = []
    for order in permutations(editions):
        Body.objects.filter(body_id="urn-1").delete()
        Listing.objects.all().delete()
        for record, release_id, as_at in order:
            load_bodies([record], release_id, as_at)
        left.append(_everything())
    assert all(each == left[0] for each in left)
    body = Body.objects.get(pk="urn-1")
    assert (body.name, body.latitude, body.opened, body.details) == (
        "New Willows", 51.2, dt.date(2019, 5, 1), [["Beds", "4"]],
    )  # fmt: skip


def test_loading_an_edition_again_changes_nothing() -> None:
    load_bodies([_home(), _fire(serves=(AreaRef(name="Haringey"),))], "homes/1", MARCH_2024)
    before = _everything()
    load_bodies([_home(), _fire(serves=(AreaRef(name="Haringey"),))], "homes/1", MARCH_2024)
    assert _everything() == before


def test_a_body_that_no_edition_lists_any_more_stays_and_says_since_when() -> None:
    load_bodies([_home()], "homes/3", MARCH_2023)
    load_bodies([replace(_home(), body_id="urn-2")], "homes/5", MARCH_2025)
    load_bodies([replace(_home(), body_id="urn-2")], "homes/4", MARCH_2024)
    gone, there = queries.body("urn-1"), queries.body("urn-2")
    assert gone is not None
    assert there is not None
    assert (gone.listed_last, gone.gone_since) == (MARCH_2023, MARCH_2024)
    assert there.gone_since is None


def test_a_body_that_an_edition_of_changes_leaves_out_has_not_gone() -> None:
    load_bodies([_home()], "homes/3", MARCH_2023)
    load_bodies([replace(_home(), body_id="urn-2")], "homes/4", MARCH_2024, is_whole=False)
    left_out = queries.body("urn-1")
    assert left_out is not None
    assert (left_out.listed_last, left_out.gone_since) == (MARCH_2023, None)


def test_an_area_that_nobody_knows_is_told_and_refuses_nothing() -> None:
    bodies = [_home(stands_in=AreaRef(name="Atlantis")), _fire(serves=(AreaRef(gss_code="E99"),))]
    assert load_bodies(bodies, "homes/1") == ("Atlantis", "E99")
    assert queries.existing_bodies(["urn-1", "fen-fire"]) == {"urn-1", "fen-fire"}


def test_a_region_is_no_area_to_stand_in() -> None:
    assert load_bodies([_home(stands_in=AreaRef(name="North East"))], "homes/1") == ("North East",)


def test_a_register_loaded_again_leaves_other_bodies_alone(places: tuple[AreaRecord, ...]) -> None:
    load_bodies([_home(), _fire(serves=(AreaRef(name="Gateshead"),))], "homes/1")
    load_areas(places, "register/2")
    assert queries.existing_bodies(["urn-1", "fen-fire"]) == {"urn-1", "fen-fire"}
    assert queries.bodies_in("haringey") == ("urn-1",)
    assert queries.bodies_serving("gateshead") == ("gateshead", "fen-fire")


def test_a_county_serves_its_districts_and_so_does_who_serves_the_county(
    register: tuple[AreaRecord, ...],
) -> None:
    there = [replace(each, end=None, successors=()) for each in register]
    load_areas(there, "register/3")
    assert queries.bodies_serving("taunton-deane") == ("taunton-deane", "somerset-county")
    assert set(queries.areas_served("somerset-county")) == {
        "somerset-county", "taunton-deane", "somerset-west-and-taunton",
    }  # fmt: skip
    load_bodies([_fire(serves=(AreaRef(area_id="somerset-county"),))], "bodies/1")
    assert queries.bodies_serving("taunton-deane", "fire_service") == ("fen-fire",)
    of_districts = _fire(serves=(AreaRef(name="Taunton Deane"), AreaRef(name="Somerset West and Taunton")))
    load_bodies([of_districts], "bodies/2")
    assert "fen-fire" in queries.bodies_serving("somerset-county")
    load_bodies([_fire(serves=(AreaRef(name="Taunton Deane"),))], "bodies/3")
    assert "fen-fire" not in queries.bodies_serving("somerset-county")


@pytest.mark.parametrize(
    "name", ["Fen and Marsh", "FEN & MARSH", "Fen and Marsh Fire & Rescue Service", "Fenland", "Fenland Fire"]
)
def test_publications_name_a_body_in_many_ways(name: str) -> None:
    load_bodies([_fire(names=("Fenland",))], "bodies/1")
    assert queries.body_for(BodyRef(name=name, kind="fire_service")) == "fen-fire"
    assert queries.body_for(BodyRef(name=name, kind="police_force")) is None


def test_of_two_bodies_of_one_name_the_one_that_was_open_is_meant() -> None:
    april = dt.date(2021, 4, 1)
    old = replace(_fire(), body_id="old-fire", closed=april)
    new = replace(_fire(), body_id="new-fire", opened=april)
    load_bodies([old, new], "bodies/1")
    named = BodyRef(name="Fen and Marsh", kind="fire_service")
    assert queries.body_for(named, dt.date(2020, 1, 1)) == "old-fire"
    assert queries.body_for(named, dt.date(2022, 1, 1)) == "new-fire"
    assert queries.body_for(named) == "new-fire"


def test_a_body_is_found_by_its_own_identifier_first() -> None:
    load_bodies([_home()], "homes/1")
    assert queries.body_for(BodyRef(body_id="urn-1", kind="social_care_provider")) == "urn-1"
    assert queries.body_for(BodyRef(body_id="urn-9", kind="social_care_provider")) is None


def test_many_bodies_are_written_in_several_transactions(django_capture_on_commit_callbacks: object) -> None:
    homes = [replace(_home(), body_id=f"urn-{number}") for number in range(3_000)]
    load_bodies(homes, "homes/1", MARCH_2024)
    assert len(queries.bodies_in("haringey", "social_care_provider")) == 3_000
