"""The register is replaced whole, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from oneplace.places import queries
from oneplace.places.actions import RegisterError, load_areas
from oneplace.places.models import Area, AreaCode, AreaName, Body, BodyArea, Succession
from oneplace.records import AreaRecord

Register = tuple[AreaRecord, ...]


def _everything() -> list[object]:
    return [
        sorted(
            model.objects.values_list(*[f.attname for f in model._meta.fields if f.name != "id"]), key=repr
        )
        for model in (Area, AreaName, AreaCode, Succession, Body, BodyArea)
    ]


@pytest.mark.django_db
def test_loading_says_how_many_areas_there_are(register: Register) -> None:
    assert load_areas(register, "register/1") == len(register)
    assert len(queries.areas()) == len(register)


def test_loading_the_same_register_again_changes_nothing(places: Register) -> None:
    before = _everything()
    load_areas(places, "register/0123456789ab")
    assert _everything() == before


def test_a_new_register_changes_ends_and_removes_what_it_leaves_out(places: Register) -> None:
    ended = dt.date(2026, 4, 1)
    newer = [
        replace(record, end=ended) if record.area_id == "haringey" else record
        for record in places
        if record.area_id != "st-helens"
    ]
    load_areas(newer, "register/2")
    haringey = queries.area("haringey")
    assert haringey is not None
    assert (haringey.end, haringey.release_id) == (ended, "register/2")
    assert queries.area("st-helens") is None
    assert queries.body_name("st-helens") is None


def test_a_county_that_a_new_register_leaves_out_goes_from_its_districts(places: Register) -> None:
    newer = [
        replace(record, county=None, successors=())
        for record in places
        if record.area_id not in ("somerset-county", "somerset")
    ]
    load_areas(newer, "register/2")
    district = queries.area("taunton-deane")
    assert district is not None
    assert district.county is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda areas: (*areas, areas[0]), "haringey"),
        (lambda areas: (replace(areas[0], gss_codes=("E08000020",)), *areas[1:]), "E08000020"),
        (lambda areas: (replace(areas[0], successors=("atlantis",)), *areas[1:]), "atlantis"),
        (lambda areas: (replace(areas[0], county="atlantis"), *areas[1:]), "atlantis"),
        (lambda areas: (), "no areas"),
    ],
    ids=["an area twice", "a code of two areas", "an unknown successor", "an unknown county", "no areas"],
)
def test_a_register_that_contradicts_itself_changes_nothing(
    places: Register, change: Callable[[Register], Register], said: str
) -> None:
    before = _everything()
    with pytest.raises(RegisterError, match=said):
        load_areas(change(places), "register/2")
    assert _everything() == before


def test_a_fault_half_way_through_loading_leaves_the_register_as_it_was(
    places: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everything()

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("oneplace.places.actions._upsert_bodies", fail)
    with pytest.raises(OSError, match="disk full"):
        load_areas([replace(record, region="Elsewhere") for record in places], "register/2")
    assert _everything() == before
