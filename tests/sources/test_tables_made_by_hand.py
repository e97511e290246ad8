"""Sources of which a person makes the table: what the suite of every source does not ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.frameworks import framework
from oneplace.records import BodyRecord, InspectionRecord, ValueRecord
from oneplace.sources import SourceError, sources
from tests.sources.making import write
from tests.sources.publications import PUBLICATIONS


def _written(name: str, folder: Path) -> Path:
    publication = PUBLICATIONS[name]
    return write(publication.tables, publication.main, folder)


def test_a_landlord_that_is_no_council_is_a_body_and_its_three_grades_are_three_ratings(
    tmp_path: Path,
) -> None:
    path = _written("social_housing_regulator", tmp_path)
    records = list(sources()["social_housing_regulator"].parse(path))
    bodies = [record for record in records if isinstance(record, BodyRecord)]
    assert [(body.body_id, body.kind) for body in bodies] == [
        ("rsh-l9999", "housing_provider"),
        ("rsh-lh0001", "housing_provider"),
    ]
    graded = {
        (each.body.name, each.framework, each.judgements[0].grade)
        for each in records
        if isinstance(each, InspectionRecord)
    }
    assert ("Haringey Council", "housing-consumer", "c3") in graded
    assert ("Hearth and Home Limited", "housing-viability", "v2") in graded
    council = next(each for each in records if isinstance(each, InspectionRecord))
    assert (council.body.kind, council.body.body_id) == ("local_authority", None)


def test_a_list_of_grades_is_of_a_day_and_says_which(tmp_path: Path) -> None:
    source, path = sources()["social_housing_regulator"], _written("social_housing_regulator", tmp_path)
    release = source.release(path)
    assert (release.slot, release.as_at, release.is_snapshot) == ("2025-03-31", dt.date(2025, 3, 31), True)
    undated = path.rename(path.with_name("social_housing_gradings.csv"))
    with pytest.raises(SourceError, match="the day of the list in the file's name"):
        source.parse(undated)


def test_each_year_of_annual_letters_is_a_release_of_its_own(tmp_path: Path) -> None:
    source, path = sources()["ombudsman_annual_letters"], _written("ombudsman_annual_letters", tmp_path)
    assert source.release(path).slot == "2024-25"
    values = [record for record in source.parse(path) if isinstance(record, ValueRecord)]
    assert {(value.period, value.ends) for value in values} == {("2024-25", dt.date(2025, 3, 31))}
    rates = {
        value.area: (value.value, value.marker)
        for value in values
        if value.measure == "ombudsman-upheld-rate"
    }
    assert rates == {"Haringey": (85.0, ""), "Isles of Scilly": (None, "not_applicable")}
    other = path.rename(path.with_name("ombudsman_annual_letters_2022-23.csv"))
    assert source.release(other).slot == "2022-23"
    with pytest.raises(SourceError, match="a financial year in the file's name"):
        source.parse(other.rename(other.with_name("ombudsman_annual_letters.csv")))


def test_an_opinion_disclaimed_at_the_backstop_is_no_level(tmp_path: Path) -> None:
    path = _written("local_audit", tmp_path)
    opinions = [each for each in sources()["local_audit"].parse(path) if isinstance(each, InspectionRecord)]
    grades = {(each.body.name, each.reference): each.judgements[0].grade for each in opinions}
    assert grades["Haringey", "2022-23"] == "disclaimed_backstop"
    disclaimed = framework("local-audit").grade("disclaimed_backstop")
    assert disclaimed
    assert not disclaimed.ranked


def test_pages_that_disagree_are_both_kept_and_the_second_has_a_problem(tmp_path: Path) -> None:
    path = _written("hmicfrs_peel", tmp_path)
    told = [each for each in sources()["hmicfrs_peel"].parse(path) if isinstance(each, InspectionRecord)]
    found = {
        each.reference: (judgement.grade, bool(each.problems))
        for each in told
        for judgement in each.judgements
        if judgement.question_key == "preventing_crime"
    }
    assert found == {
        "2023-25, 2024-02-29": ("inadequate", False),
        "2023-25, 2024-02-29, page 2": ("good", True),
    }


@pytest.mark.parametrize(
    "name",
    [
        "hmicfrs_peel", "hmicfrs_fire", "hmi_prisons", "hmi_probation", "hmi_probation_youth_justice",
        "councils_section_114", "social_housing_regulator", "local_audit", "ombudsman_annual_letters",
    ],
)  # fmt: skip
def test_whoever_makes_a_table_is_told_the_command_that_takes_it(name: str) -> None:
    assert f"`oneplace ingest {name} " in sources()[name].how


@pytest.mark.parametrize(
    "name",
    [
        "hmicfrs_peel", "hmicfrs_fire", "hmi_prisons", "hmi_probation", "councils_section_114",
        "social_housing_regulator", "local_audit", "ombudsman_annual_letters",
    ],
)  # fmt: skip
def test_whoever_makes_a_table_is_told_its_headings(name: str) -> None:
    publication = PUBLICATIONS[name]
    for _, _, heading in publication.headers():
        assert f"“{heading}”" in sources()[name].how
