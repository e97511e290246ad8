"""The real publications, where they are beside the checkout: how many rows, and known facts of them."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from oneplace.places import queries
from oneplace.places.actions import load_areas
from oneplace.records import AreaRecord, InspectionRecord, RatingTotal, Record
from oneplace.sources import sources

pytestmark = pytest.mark.shared

FILES = {
    "mysociety_register": "data/places/uk_local_authorities.csv",
    "ofsted_la_outcomes": "data/ofsted/la_inspection_outcomes_2025-03-31.ods",
    "datatoinsight_ilacs_overview": "data/ofsted/ilacs_latest_overview_2026-06.csv",
    "ofsted_annual_ratings": "data/inspections/ofsted_annual_ratings.csv",
    "ofsted_report_facts": "reports/truth/all_inspections.csv",
}


def _records(shared: Path, name: str) -> list[Record]:
    return list(sources()[name].parse(shared / FILES[name]))


def _inspections(shared: Path, name: str) -> list[InspectionRecord]:
    return [record for record in _records(shared, name) if isinstance(record, InspectionRecord)]


@pytest.fixture
def register(shared: Path, db: None) -> list[AreaRecord]:
    records = [r for r in _records(shared, "mysociety_register") if isinstance(r, AreaRecord)]
    load_areas(records, "mysociety_register/test")
    return records


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (dt.date(2009, 12, 9), 152),
        (dt.date(2018, 12, 20), 152),
        (dt.date(2019, 4, 1), 151),  # Bournemouth, Poole and the county of Dorset became two
        (dt.date(2020, 4, 1), 151),  # Buckinghamshire changed its council
        (dt.date(2021, 4, 1), 152),  # Northamptonshire became two
        (dt.date(2023, 3, 31), 152),
        (dt.date(2023, 4, 1), 153),  # Cumbria became two
        (dt.date(2026, 11, 22), 153),
    ],
)
@pytest.mark.usefixtures("register")
def test_the_register_has_the_councils_responsible_for_children_on_a_date(on: dt.date, count: int) -> None:
    assert len(queries.areas_responsible_for_children(on)) == count


@pytest.mark.usefixtures("register")
def test_london_had_33_authorities_of_which_32_are_boroughs() -> None:
    london = [
        view.kind
        for view in queries.areas_responsible_for_children(dt.date(2009, 12, 9))
        if view.region == "London"
    ]
    assert Counter(london) == {"london_borough": 32, "city_corporation": 1}


@pytest.mark.usefixtures("register")
def test_every_area_is_in_one_of_the_nine_regions() -> None:
    assert {view.region for view in queries.areas()} == set(queries.REGIONS)


@pytest.mark.usefixtures("register")
def test_cumbria_is_before_cumberland_and_furness() -> None:
    cumbria = queries.area("cumbria")
    assert cumbria is not None
    assert cumbria.end == dt.date(2023, 4, 1)
    assert cumbria.successors == ("cumberland", "westmorland-and-furness")
    assert "cumbria" in {view.area_id for view in queries.predecessors("cumberland")}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("typed", "area_id"),
    [
        ("haringey", "haringey"),
        ("hull", "kingston-upon-hull"),
        ("bristol", "bristol"),
        ("durham", "county-durham"),
        ("st. helens", "st-helens"),
        ("London Borough of Hackney", "hackney"),
        ("Royal Borough of Kensington and Chelsea", "kensington-and-chelsea"),
        ("kensington & chelsea", "kensington-and-chelsea"),
        ("Medway Towns", "medway"),
        ("bournemouth, christchurch & poole", "bournemouth-christchurch-and-poole"),
        ("city of london", "city-of-london"),
        ("scilly", "isles-of-scilly"),
        ("telford", "telford-and-wrekin"),
        ("dorset", "dorset"),
        ("london", "city-of-london"),  # its own name has the word, the boroughs' official ones do
        ("barow", "barrow-in-furness"),
        ("E08000020", "gateshead"),
        ("E06000048", "northumberland"),
    ],
)
def test_people_find_councils_by_the_names_they_use(typed: str, area_id: str) -> None:
    assert queries.find(typed)[0].area_id == area_id


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("name", [name for name in FILES if name != "mysociety_register"])
def test_every_inspection_finds_its_council(shared: Path, name: str) -> None:
    for record in _inspections(shared, name):
        on = record.inspection_start or record.published
        body = queries.body_for(record.body, on)
        assert body is not None, record.body
        view = queries.area(body)
        assert view is not None
        assert view.childrens_services
        assert on is not None
        assert view.existed(on), (record.body, on)


@pytest.mark.usefixtures("register")
def test_numbers_names_and_codes_of_a_council_agree(shared: Path) -> None:
    for record in _inspections(shared, "datatoinsight_ilacs_overview"):
        on = record.inspection_start or record.published
        by_number = queries.body_for(type(record.body)(urn=record.body.urn), on)
        assert by_number == queries.body_for(type(record.body)(gss_code=record.body.gss_code), on) or (
            # The overview has the old county's code for both councils that replaced it.
            record.body.gss_code == "E10000006"
        )
        assert by_number == queries.body_for(type(record.body)(name=record.body.name), on)


@pytest.mark.usefixtures("register")
def test_an_inspection_from_before_a_reorganisation_stays_with_the_council_inspected(shared: Path) -> None:
    bodies: dict[str, set[int]] = {}
    for record in _inspections(shared, "ofsted_report_facts"):
        body = queries.body_for(record.body, record.inspection_start)
        assert record.published is not None
        bodies.setdefault(body or "", set()).add(record.published.year)
    assert bodies["somerset-county"] == {2015, 2018, 2019, 2022}
    assert bodies["north-yorkshire-county"] == {2014, 2018, 2021}
    assert min(bodies["north-yorkshire"]) == 2023


def test_official_outcomes_have_every_row_of_the_three_sheets(shared: Path) -> None:
    records = _inspections(shared, "ofsted_la_outcomes")
    assert Counter(record.address.sheet for record in records) == {
        "Inspections_as_at_31_March": 153,
        "ILACS_inspection_history": 271,
        "In-year_inspections": 112,
    }
    assert Counter(record.framework for record in records) == {
        "ILACS": 153 + 271 + 52,
        "focused-visit": 36,
        "monitoring-visit": 24,
    }


def test_the_overview_has_every_council_and_two_without_an_overall_grade(shared: Path) -> None:
    records = _inspections(shared, "datatoinsight_ilacs_overview")
    assert len(records) == 153
    without = [r.body.name for r in records if "overall" not in {j.question_key for j in r.judgements}]
    assert without == ["brent", "somerset"]


def test_the_annual_ratings_name_the_best_and_worst_of_2009(shared: Path) -> None:
    records = _records(shared, "ofsted_annual_ratings")
    named = Counter(
        (record.published, record.judgements[0].grade)
        for record in records
        if isinstance(record, InspectionRecord)
    )
    assert named[dt.date(2009, 12, 9), "performs_poorly"] == 9
    assert named[dt.date(2009, 12, 9), "performs_excellently"] == 10
    assert named[dt.date(2010, 12, 9), "performs_poorly"] == 12
    assert named[dt.date(2011, 11, 8), "performs_poorly"] == 14
    for total in (record for record in records if isinstance(record, RatingTotal)):
        assert named[total.published, total.grade] <= total.count


def test_every_row_of_the_report_facts_is_in_a_release(shared: Path) -> None:
    releases = list(sources()["ofsted_report_facts"].releases(shared / FILES["ofsted_report_facts"]))
    truth = shared / "reports/truth"

    def rows(name: str) -> int:
        with (truth / name).open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))

    records = [record for _, records in releases for record in records]
    assert len(releases) == len(records) == rows("all_inspections.csv")
    inspections = [record for record in records if isinstance(record, InspectionRecord)]
    assert sum(len(record.judgements) for record in inspections) == rows("all_judgements.csv")
    assert sum(len(record.improve) for record in inspections) == rows("all_recommendation_places.csv")
    assert not any(item.text for record in inspections for item in record.improve)
