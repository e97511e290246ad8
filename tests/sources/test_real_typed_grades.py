"""The tables of grades typed from public pages, where they are beside the checkout, counted with the csv module."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from oneplace.frameworks import NotComparable, compare, edition, framework
from oneplace.places.actions import load_areas, load_bodies
from oneplace.places.queries import body_for
from oneplace.records import AreaRecord, BodyRecord, InspectionRecord
from oneplace.sources import sources
from oneplace.sources.oneplace_bodies import lists

pytestmark = pytest.mark.shared

FILES = {
    "hmicfrs_peel": "inspections/peel.csv",
    "hmicfrs_fire": "inspections/fire.csv",
    "hmi_prisons": "inspections/prisons.csv",
    "hmi_probation": "inspections/probation.csv",
    "hmi_probation_youth_justice": "probation/youth_justice_ratings_2025-07.csv",
    "audit_commission_cpa": "inspections/cpa2006.csv",
    "audit_commission_caa": "inspections/caa2009_flags.csv",
    "councils_section_114": "finance/section_114_notices.csv",
}
WELSH_FORCES = {"Dyfed-Powys", "Gwent", "North Wales", "South Wales"}


def _inspections(shared: Path, name: str) -> list[InspectionRecord]:
    records = sources()[name].parse(shared / "data" / FILES[name])
    return [record for record in records if isinstance(record, InspectionRecord)]


def _rows(shared: Path, name: str, file: str | None = None) -> list[dict[str, str]]:
    path = shared / "data" / FILES[name]
    with (path.with_name(file) if file else path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(
    ("name", "column", "rows", "bodies"),
    [("hmicfrs_peel", "force", 711, 40), ("hmicfrs_fire", "service", 478, 45)],
)
def test_every_grade_of_a_round_is_told_once(
    shared: Path, name: str, column: str, rows: int, bodies: int
) -> None:
    table = _rows(shared, name)
    assert len(table) == rows
    english = [row for row in table if row[column] not in WELSH_FORCES]
    assert len({row[column] for row in english}) == bodies
    told = Counter(
        (each.body.name, each.reference.split(",")[0], judgement.question_key)
        for each in _inspections(shared, name)
        for judgement in each.judgements
    )
    assert set(told.values()) == {1}
    assert {(body, round_) for body, round_, _ in told} == {(row[column], row["round"]) for row in english}
    grades = {
        (each.body.name, judgement.question, judgement.grade)
        for each in _inspections(shared, name)
        for judgement in each.judgements
    }
    # A second page may word the question otherwise: its grade is then the one that is kept.
    missing = [row for row in english if (row[column], row["question"], row["grade"]) not in grades]
    assert all(
        any(body == row[column] and grade == row["grade"] for body, _, grade in grades) for row in missing
    )


@pytest.mark.parametrize("name", ["hmicfrs_peel", "hmicfrs_fire"])
def test_a_round_is_never_compared_with_another(shared: Path, name: str) -> None:
    keys = {
        edition(each.framework, each.inspection_start or each.published).key
        for each in _inspections(shared, name)
    }
    assert len(keys) == {"hmicfrs_peel": 6, "hmicfrs_fire": 3}[name]
    for earlier in keys:
        for later in keys - {earlier}:
            with pytest.raises(NotComparable, match=r"round|five"):
                compare(framework(earlier), "good", framework(later), "good", "responding")


def test_a_force_without_a_dated_page_has_its_round_and_no_day(shared: Path) -> None:
    cheshire = [each for each in _inspections(shared, "hmicfrs_peel") if each.body.name == "Cheshire"]
    by_round = {each.reference: each for each in cheshire}
    dated = by_round["2016, 2017-03-02"]
    assert (dated.published, dated.date_precision) == (dt.date(2017, 3, 2), "day")
    assert {judgement.question_key for judgement in dated.judgements} == {"effectiveness"}
    undated = by_round["2018/19"]
    assert (undated.published, undated.date_precision) == (None, "round")
    assert edition("PEEL", undated.inspection_start).key == "PEEL-2018"


def test_every_outcome_of_a_prison_is_kept_with_as_much_of_its_date_as_the_page_tells(shared: Path) -> None:
    table, inspections = _rows(shared, "hmi_prisons"), _inspections(shared, "hmi_prisons")
    assert sum(len(each.judgements) for each in inspections) == len(table) == 563
    months = {row["inspection_date_or_year"] for row in table if len(row["inspection_date_or_year"]) == 7}
    assert {each.reference for each in inspections if each.date_precision == "month"} == months
    assert not any(each.published for each in inspections)
    bedford = next(e for e in inspections if e.body.name == "Bedford" and e.reference == "2018-08")
    assert (bedford.inspection_start, bedford.inspection_end) == (dt.date(2018, 8, 1), dt.date(2018, 8, 31))
    assert {j.grade for j in bedford.judgements} == {"poor", "not_sufficiently_good"}
    undated = [each for each in inspections if each.problems]
    assert {each.body.name for each in undated} == {"Guys Marsh", "Lincoln"}


def test_probation_outside_wales_is_kept_with_its_scores(shared: Path) -> None:
    english = [row for row in _rows(shared, "hmi_probation") if row["region"] != "Wales"]
    inspections = _inspections(shared, "hmi_probation")
    assert len(inspections) == len(english) == 63
    scores = {
        each.body.name: judgement.score
        for each in inspections
        for judgement in each.judgements
        if judgement.score is not None
    }
    assert scores == {
        "Hammersmith, Fulham, Kensington, Chelsea and Westminster": 0,
        "Lambeth": 3,
        "Ealing and Hillingdon": 3,
        "Leicester, Leicestershire and Rutland": 2,
        "Staffordshire and Stoke": 2,
    }
    regions = {each.body.name for each in inspections if each.body.kind == "probation_region"}
    assert regions >= {"Kent Surrey and Sussex", "East of England", "North East", "East Midlands"}


def test_youth_justice_services_of_england_are_kept_and_a_footnote_is_no_rating(shared: Path) -> None:
    table, inspections = (
        _rows(shared, "hmi_probation_youth_justice"),
        _inspections(shared, "hmi_probation_youth_justice"),
    )
    assert (len(table), len(inspections)) == (83, 73)
    portsmouth = next(each for each in inspections if each.body.name == "Portsmouth")
    assert "overall" not in {each.question_key for each in portsmouth.judgements}
    assert len(portsmouth.judgements) == 9
    assert [problem.kind for problem in portsmouth.problems] == ["grade_unseen"]
    # The one service whose rating is not that of its score.
    sussex = next(each for each in inspections if each.body.name == "West Sussex")
    assert [problem.kind for problem in sussex.problems] == ["grades_disagree"]
    assert sum(len(each.problems) for each in inspections) == 2


def test_scores_of_the_audit_commission_are_kept_council_by_council(shared: Path) -> None:
    inspections = _inspections(shared, "audit_commission_cpa")
    tables = [_rows(shared, "audit_commission_cpa", f"cpa{year}.csv") for year in ("2006", "2007", "2008")]
    assert [len(table) for table in tables] == [73, 44, 61]
    scores = [each for each in inspections if each.framework == "CPA"]
    assert len(scores) == 73 + 44 + 61
    cells = [
        row[column]
        for table in tables
        for row in table
        for column in list(row)
        if column in {question.key for question in framework("CPA").questions}
    ]
    assert sum(len(each.judgements) for each in scores) == sum(bool(cell) for cell in cells)
    told = Counter(judgement.grade_printed for each in scores for judgement in each.judgements)
    assert told["not applicable"] == cells.count("not applicable") > 0
    haringey = {
        (each.framework, each.published): {j.question_key: j.grade for j in each.judgements}
        for each in inspections
        if each.body.name == "Haringey"
    }
    assert haringey["CPA", dt.date(2007, 2, 22)]["children_young_people"] == "3"
    assert haringey["CPA-direction", dt.date(2007, 2, 22)] == {"direction_of_travel": "well"}
    assert haringey["CPA", dt.date(2009, 3, 5)] == {"children_young_people": "1"}
    assert haringey["CPA-stars", dt.date(2009, 3, 5)] == {"stars": "1"}
    assert not any(each.problems for each in inspections)


def test_flags_of_2009_are_kept_area_by_area(shared: Path) -> None:
    flags = [
        (each.body.name, judgement.grade, judgement.subject)
        for each in _inspections(shared, "audit_commission_caa")
        for judgement in each.judgements
    ]
    assert len(flags) == 28
    assert sum(grade == "red_flag" and subject == "housing" for _, grade, subject in flags) == 17
    assert sum(subject == "children's services" for _, _, subject in flags) == 6
    assert ("Haringey", "red_flag", "children's services") in flags
    warrington = [e for e in _inspections(shared, "audit_commission_caa") if e.body.name == "Warrington"]
    assert [finding.section[:26] for finding in warrington[0].findings] == ["Three red flags in total ("]


def test_notices_are_dated_to_the_day_only_where_the_day_is_known(shared: Path) -> None:
    table, notices = _rows(shared, "councils_section_114"), _inspections(shared, "councils_section_114")
    assert len(notices) == len(table) == 15
    assert sum(each.date_precision == "day" for each in notices) == sum(
        row["date_confirmed"] == "exact" for row in table
    )
    croydon = [each for each in notices if each.body.name == "Croydon"]
    assert [(each.published, each.date_precision) for each in croydon] == [
        (dt.date(2020, 11, 11), "day"),
        (dt.date(2022, 1, 31), "month"),
        (dt.date(2022, 11, 22), "day"),
    ]


@pytest.fixture
def bodies(shared: Path, db: None) -> None:
    register = shared / "data/places/uk_local_authorities.csv"
    areas = [r for r in sources()["mysociety_register"].parse(register) if isinstance(r, AreaRecord)]
    load_areas(areas, "mysociety_register/test")
    own = sources()["oneplace_bodies"]
    for path in lists():
        load_bodies([r for r in own.parse(path) if isinstance(r, BodyRecord)], f"oneplace_bodies/{path.stem}")
    forces = sources()["ons_police_force_areas"]
    found = [
        r for r in forces.parse(shared / "data/places/la_to_police_force.csv") if isinstance(r, BodyRecord)
    ]
    load_bodies(found, "ons_police_force_areas/test")


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.usefixtures("bodies")
def test_every_inspected_body_of_england_is_known(shared: Path, name: str) -> None:
    unknown = {
        (each.body.kind, each.body.name)
        for each in _inspections(shared, name)
        if body_for(each.body, each.inspection_start or each.published) is None
    }
    # Two counties ended in April 2009, before the register begins.
    gone = {("local_authority", "Bedfordshire"), ("local_authority", "Cheshire")}
    assert unknown == (gone if name == "audit_commission_cpa" else set())
