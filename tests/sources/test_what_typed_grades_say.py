"""What comes of the small editions of grades typed from public pages, record by record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import InspectionRecord
from oneplace.sources import sources
from tests.sources.making import write
from tests.sources.publications import PUBLICATIONS

Grades = dict[str, str]


@pytest.fixture
def said(request: pytest.FixtureRequest, tmp_path: Path) -> list[InspectionRecord]:
    """Everything that the small edition of the source says."""
    publication = PUBLICATIONS[request.param]
    path = write(publication.tables, publication.main, tmp_path)
    return [each for each in sources()[request.param].parse(path) if isinstance(each, InspectionRecord)]


def _grades(record: InspectionRecord) -> Grades:
    return {each.question_key: each.grade for each in record.judgements}


def _dates(record: InspectionRecord) -> tuple[str | None, str | None, str | None, str]:
    start, end, published = (
        day.isoformat() if day else None
        for day in (record.inspection_start, record.inspection_end, record.published)
    )
    return start, end, published, record.date_precision


@pytest.mark.parametrize("said", ["hmicfrs_peel"], indirect=True)
def test_a_force_has_one_inspection_a_round_and_date(said: list[InspectionRecord]) -> None:
    assert [(each.body.name, each.reference, _dates(each), _grades(each)) for each in said] == [
        (
            "Mercia Moors",
            "2016, 2017-03-02",
            (None, None, "2017-03-02", "day"),
            {"effectiveness": "good"},
        ),
        # Efficiency was published on another day, which no page gives.
        (
            "Mercia Moors",
            "2016",
            ("2016-04-01", "2017-04-30", None, "round"),
            {"efficiency": "outstanding"},
        ),
        (
            "Mercia Moors",
            "2018/19",
            ("2018-05-01", "2020-12-31", None, "round"),
            {"investigating_crime": "requires_improvement"},
        ),
        (
            "Port Authority",
            "2021/22",
            (None, None, "2022-10-14", "day"),
            {"resources": "adequate", "recording_crime": "good"},
        ),
        (
            "Port Authority",
            "2023-25, 2024-02-29",
            (None, None, "2024-02-29", "month"),
            {"preventing_crime": "inadequate"},
        ),
        (
            "Port Authority",
            "2023-25, 2024-02-29, page 2",
            (None, None, "2024-02-29", "month"),
            {"preventing_crime": "good"},
        ),
        (
            "Port Authority",
            "2023-25, 2024-08-08",
            (None, None, "2024-08-08", "day"),
            {"recording_crime": "adequate"},
        ),
    ]
    moors = said[0]
    assert moors.report_url == "https://example.org/all"
    assert [each.address.row for one in said[:2] for each in one.judgements] == [2, 4]
    assert {each.body.kind for each in said} == {"police_force"}
    assert said[3].judgements[0].question == "Value for money"
    assert "row 9" in said[5].problems[0].message


@pytest.mark.parametrize("said", ["hmicfrs_fire"], indirect=True)
def test_a_fire_service_has_pillars_until_2023_and_areas_since(said: list[InspectionRecord]) -> None:
    assert [(each.body.name, each.reference, _dates(each), _grades(each)) for each in said] == [
        (
            "Fenland",
            "2018/19",
            (None, None, "2018-12-31", "month"),
            {"people": "inadequate", "national_risks": "good"},
        ),
        (
            "Fenland",
            "2021/22",
            ("2021-01-01", "2023-01-31", None, "round"),
            {"people": "requires_improvement", "affordability": "good"},
        ),
        ("Fenland", "2023-25", (None, None, "2024-09-18", "day"), {"preventing": "adequate"}),
        ("Seaside", "2023-25", ("2023-02-01", None, None, "round"), {"resources": "outstanding"}),
    ]


@pytest.mark.parametrize("said", ["hmi_prisons"], indirect=True)
def test_a_prison_has_one_inspection_a_date_however_much_of_it_is_known(said: list[InspectionRecord]) -> None:
    assert [(each.body.name, _dates(each), _grades(each)) for each in said] == [
        (
            "Grimdale",
            ("2023-11-01", "2023-11-30", None, "month"),
            {"safety": "poor", "respect": "not_sufficiently_good"},
        ),
        ("Grimdale", ("2018-01-01", "2018-12-31", None, "year"), {"safety": "reasonably_good"}),
        ("Grimdale", ("2012-01-01", "2013-12-31", None, "year"), {"purposeful_activity": "good"}),
        (
            "Twinmoor (closed site)",
            ("2019-07-01", "2019-07-31", None, "month"),
            {"rehabilitation_and_release": "good"},
        ),
        (
            "Twinmoor (open site)",
            ("2019-07-01", "2019-07-31", None, "month"),
            {"rehabilitation_and_release": "poor"},
        ),
        ("Foggy Hall", (None, None, None, "day"), {"respect": "good"}),
        ("Foggy Hall", (None, None, None, "day"), {"respect": "poor"}),
    ]
    assert [problem.kind for each in said for problem in each.problems] == ["field_missing"] * 2
    # Two inspections without a date stay two: their references differ.
    assert len({(each.body.name, each.reference) for each in said}) == len(said)


@pytest.mark.parametrize("said", ["hmi_probation"], indirect=True)
def test_probation_has_units_regions_and_scores_and_no_wales(said: list[InspectionRecord]) -> None:
    assert [
        (each.body.kind, each.body.name, each.published, each.date_precision, each.judgements[0].score)
        for each in said
    ] == [
        ("probation_unit", "Fens and Broads", dt.date(2022, 10, 31), "month", 3.0),
        ("probation_unit", "Fens and Broads", None, "day", None),
        ("probation_unit", "Old Docks", dt.date(2024, 12, 31), "year", 21.0),
        ("probation_region", "North East", dt.date(2025, 3, 4), "day", None),
        ("probation_region", "East Midlands", None, "day", None),
        (
            "probation_region",
            "South West National Probation Service division",
            dt.date(2021, 7, 31),
            "month",
            None,
        ),
    ]


@pytest.mark.parametrize("said", ["hmi_probation_youth_justice"], indirect=True)
def test_youth_justice_has_an_overall_rating_with_its_score_and_the_standards_found(
    said: list[InspectionRecord],
) -> None:
    assert [each.body.name for each in said] == ["Northam", "Eastham and Westham", "Sutham", "Marsham"]
    north, east, south, marsh = said
    assert (north.judgements[0].grade, north.judgements[0].score) == ("requires_improvement", 44.44)
    assert _grades(north)["assessment"] == "inadequate"
    assert "reviewing" not in _grades(north)
    assert _grades(east) == {
        "overall": "inadequate",
        "staff": "inadequate",
        "governance_and_leadership": "inadequate",
    }
    assert _grades(south) == {
        "overall": "outstanding",
        "policy_and_provision": "good",
        "joint_working": "outstanding",
    }
    assert _grades(marsh) == {"staff": "good"}
    assert "61.11 per cent" in marsh.problems[0].message


@pytest.mark.parametrize("said", ["audit_commission_cpa"], indirect=True)
def test_a_council_has_scores_direction_and_stars_of_a_year_apart(said: list[InspectionRecord]) -> None:
    told = {(each.framework, each.body.name, each.reference): each for each in said}
    assert len(told) == len(said)
    kent = _grades(told["CPA", "Kent", "2006"])
    assert (kent["fire"], kent["use_of_resources"], len(kent)) == ("not_applicable", "4", 10)
    york = _grades(told["CPA", "York", "2006"])
    assert (york["adult_social_care"], "fire" in york) == ("subject_to_review", False)
    assert _grades(told["CPA-direction", "York", "2006"]) == {"direction_of_travel": "subject_to_review"}
    provisional = told["CPA-stars", "York", "2006"].judgements[0]
    assert (provisional.grade, provisional.grade_printed) == ("1", "1 (provisional)")
    assert _grades(told["CPA-stars", "Isles of Scilly", "2008"]) == {"stars": "not_rated"}
    once = told["CPA-stars", "Hammersmith and Fulham", "2008"]
    assert [each.address.sheet for each in once.judgements] == ["cpa2008.csv"]
    assert {each.published for each in said} == {
        dt.date(2007, 2, 22),
        dt.date(2008, 2, 7),
        dt.date(2009, 3, 5),
    }


@pytest.mark.parametrize("said", ["audit_commission_caa"], indirect=True)
def test_an_area_has_its_flags_by_theme_and_a_count_of_them_is_a_note(said: list[InspectionRecord]) -> None:
    assert [(each.body.name, [(j.subject, j.grade) for j in each.judgements]) for each in said] == [
        ("Kent", [("housing", "red_flag"), ("beaches, all year", "green_flag")]),
        ("York", [("children's services", "red_flag")]),
    ]
    assert [finding.section for finding in said[1].findings] == [
        "Two red flags in total (themes not named here) (https://example.org/all)"
    ]


NOTICE = "Warning about a council's money (section 114 notice)"


@pytest.mark.parametrize("said", ["councils_section_114"], indirect=True)
def test_a_notice_is_of_a_day_or_of_a_month(said: list[InspectionRecord]) -> None:
    assert [(each.title, each.published, each.date_precision) for each in said] == [
        (f"{NOTICE}, 2017-18: overspend", dt.date(2018, 2, 2), "day"),
        (f"{NOTICE}, 2018-19: overspend", dt.date(2018, 7, 31), "month"),
        (f"{NOTICE}, 2023-24: costly statues", dt.date(2024, 2, 29), "month"),
    ]
