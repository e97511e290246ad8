"""A small register that has every kind of succession, in our own words."""

from __future__ import annotations

import datetime as dt

import pytest

from oneplace.places.actions import load_areas
from oneplace.records import Address, AreaRecord

APRIL_2019 = dt.date(2019, 4, 1)
APRIL_2023 = dt.date(2023, 4, 1)


def _council(area_id: str, name: str, official: str, kind: str, **more: object) -> AreaRecord:
    settled: dict[str, object] = {"region": "South West", "gss_codes": (), "childrens_services": True, **more}
    return AreaRecord(area_id=area_id, name=name, official_name=official, kind=kind, **settled)  # type: ignore[arg-type]


@pytest.fixture
def register() -> tuple[AreaRecord, ...]:
    """Two boroughs, counties replaced by one and by two councils, a merger of two, a district."""
    return (
        _council(
            "haringey", "Haringey", "London Borough of Haringey", "london_borough", region="London",
            gss_codes=("E09000014",), codes=(("ofsted_urn", "80498"),), address=Address(row=189),
        ),
        _council(
            "kensington-and-chelsea", "Kensington and Chelsea", "Royal Borough of Kensington and Chelsea",
            "london_borough", region="London", names=("Kensington & Chelsea",),
        ),
        _council(
            "gateshead", "Gateshead", "Gateshead Metropolitan Borough Council", "metropolitan_district",
            region="North East", gss_codes=("E08000037", "E08000020"),
        ),
        _council(
            "somerset-county", "Somerset County", "Somerset County Council", "county",
            gss_codes=("E10000027",), end=APRIL_2023, successors=("somerset",), names=("Somerset",),
        ),
        _council(
            "somerset", "Somerset", "Somerset Council", "unitary",
            gss_codes=("E06000066",), start=APRIL_2023, codes=(("ofsted_urn", "80555"),),
        ),
        _council(
            "taunton-deane", "Taunton Deane", "Taunton Deane Borough Council", "district",
            childrens_services=False, county="somerset-county", end=APRIL_2019,
            successors=("somerset-west-and-taunton",),
        ),
        _council(
            "somerset-west-and-taunton", "Somerset West and Taunton", "Somerset West and Taunton Council",
            "district", childrens_services=False, county="somerset-county", start=APRIL_2019, end=APRIL_2023,
            successors=("somerset",),
        ),
        _council(
            "cumbria", "Cumbria", "Cumbria County Council", "county", region="North West",
            end=APRIL_2023, successors=("cumberland", "westmorland-and-furness"),
        ),
        _council(
            "cumberland", "Cumberland", "Cumberland Council", "unitary", region="North West", start=APRIL_2023
        ),
        _council(
            "westmorland-and-furness", "Westmorland and Furness", "Westmorland and Furness Council",
            "unitary", region="North West", start=APRIL_2023,
        ),
        _council("poole", "Poole", "Borough of Poole", "unitary", end=APRIL_2019, successors=("bcp",)),
        _council(
            "bournemouth", "Bournemouth", "Bournemouth Borough Council", "unitary",
            end=APRIL_2019, successors=("bcp",),
        ),
        _council(
            "bcp", "Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole Council",
            "unitary", start=APRIL_2019, gss_codes=("E06000058",),
        ),
        _council(
            "county-durham", "County Durham", "Durham County Council", "unitary", region="North East",
            names=("Durham",),
        ),
        _council("st-helens", "St Helens", "St Helens Council", "metropolitan_district", region="North West"),
    )  # fmt: skip


@pytest.fixture
def places(db: None, register: tuple[AreaRecord, ...]) -> tuple[AreaRecord, ...]:
    """The small register, loaded."""
    load_areas(register, "register/0123456789ab")
    return register
