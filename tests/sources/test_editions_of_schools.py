"""Small editions of Ofsted's table of schools, in both its forms, and what is said of each inspection."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.frameworks import NotComparable, compare, framework
from oneplace.records import AreaRef, BodyRecord, InspectionRecord, Record
from oneplace.sources import SourceError, sources
from tests.sources.making import Table, write
from tests.sources.publications import PUBLICATIONS

NAME = "ofsted_schools"
FILE = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Aug_2025.csv"

_SCHOOL = {
    "Web link": "Page", "URN": "900001", "LAESTAB": "3094001", "School name": "Marsh Academy",
    "Ofsted phase": "Secondary", "Type of education": "Academy Converter", "School open date": "01/09/2011",
    "Local authority": "Haringey", "Postcode": "N15 4AA", "Total number of pupils": "812",
}  # fmt: skip
_UNGRADED = {
    "Latest ungraded inspection number since last graded inspection": "10300001",
    "URN at time of the ungraded inspection": "900001",
    "School name at time of the ungraded inspection": "Marsh Academy",
    "Date of latest ungraded inspection": "14/05/2024",
    "Ungraded inspection publication date": "11/06/2024",
    "Ungraded inspection overall outcome": "School remains Good (Improving) - S5 Next",
}
_GRADED = {
    "Inspection number of latest graded inspection": "10020001", "Inspection type": "S5 Inspection",
    "Inspection start date": "26/11/2019", "Publication date": "10/01/2020",
    "URN at time of latest graded inspection": "900001",
    "School name at time of latest graded inspection": "Marsh Academy", "Overall effectiveness": "2",
    "Category of concern": "NULL", "Quality of education": "2", "Behaviour and attitudes": "1",
    "Personal development": "2", "Effectiveness of leadership and management": "2",
    "Safeguarding is effective?": "Yes", "Early years provision (where applicable)": "9",
    "Sixth form provision (where applicable)": "3",
}  # fmt: skip
_BEFORE = {
    "Previous graded inspection number": "381001", "Previous inspection start date": "13/03/2012",
    "Previous publication date": "02/05/2012", "URN at time of previous graded inspection": "900009",
    "School name at time of previous graded inspection": "Marsh School",
    "Previous graded inspection overall effectiveness": "3", "Previous category of concern": "NTI",
    "Previous quality of education": "NULL", "Previous behaviour and attitudes": "NULL",
    "Previous personal development": "NULL", "Previous effectiveness of leadership and management": "3",
    "Previous safeguarding is effective?": "9", "Previous early years provision (where applicable)": "NULL",
    "Previous sixth form provision (where applicable)": "0",
}  # fmt: skip
OF_2025 = {**_SCHOOL, **_UNGRADED, **_GRADED, **_BEFORE}


def _table(**cells: str) -> Table:
    row = {**OF_2025, **cells}
    return [list(row), list(row.values())]


def _read(table: Table, folder: Path, name: str = FILE) -> list[Record]:
    return list(sources()[NAME].parse(write({(name, ""): table}, name, folder)))


def _since_2025(folder: Path) -> list[Record]:
    publication = PUBLICATIONS[NAME]
    return list(sources()[NAME].parse(write(publication.tables, publication.main, folder)))


def _inspections(records: list[Record]) -> list[InspectionRecord]:
    return [record for record in records if isinstance(record, InspectionRecord)]


def _grades(record: InspectionRecord) -> dict[str, str]:
    return {each.question_key: each.grade for each in record.judgements}


def test_before_report_cards_a_school_has_two_graded_inspections_and_an_ungraded_one(tmp_path: Path) -> None:
    school, latest, older_school, before, ungraded = _read(_table(), tmp_path)
    assert isinstance(school, BodyRecord)
    assert isinstance(older_school, BodyRecord)
    assert (school.body_id, school.stands_in) == ("school-900001", AreaRef(name="Haringey"))
    assert (school.opened, school.postcode) == (dt.date(2011, 9, 1), "N15 4AA")
    assert school.details == (("Phase", "Secondary"), ("Type", "Academy Converter"), ("Pupils", "812"))
    assert (older_school.body_id, older_school.name) == ("school-900009", "Marsh School")
    assert older_school.details == (("Followed by", "Marsh Academy"),)
    assert isinstance(latest, InspectionRecord)
    assert isinstance(before, InspectionRecord)
    assert isinstance(ungraded, InspectionRecord)
    assert (latest.framework, latest.title, latest.reference) == (
        "school-inspection",
        "S5 Inspection",
        "10020001",
    )
    assert _grades(latest) == {
        "overall": "good",
        "quality_of_education": "good",
        "behaviour_and_attitudes": "outstanding",
        "personal_development": "good",
        "leadership": "good",
        "safeguarding": "effective",
        "sixth_form": "requires_improvement",
    }
    assert before.body.body_id == "school-900009"
    assert ungraded.framework == "school-ungraded"
    assert ungraded.title == "Ungraded inspection: School remains Good (Improving) - S5 Next"
    assert ungraded.judgements == ()


def test_a_three_of_before_september_2012_was_satisfactory(tmp_path: Path) -> None:
    _, _, _, before, _ = _read(_table(), tmp_path)
    assert isinstance(before, InspectionRecord)
    assert _grades(before) == {
        "overall": "satisfactory",
        "category_of_concern": "notice_to_improve",
        "leadership": "satisfactory",
    }
    later = _read(_table(**{"Previous inspection start date": "13/11/2012", "Previous publication date": "02/12/2012",
                            "Previous category of concern": "SWK"}), tmp_path)[3]  # fmt: skip
    assert isinstance(later, InspectionRecord)
    assert _grades(later)["overall"] == "requires_improvement"


def test_from_2_september_2024_there_is_no_single_word(tmp_path: Path) -> None:
    days = {"Inspection start date": "02/09/2024", "Publication date": "03/10/2024"}
    (graded,) = [
        each
        for each in _inspections(_read(_table(**days, **{"Overall effectiveness": "Not judged"}), tmp_path))
        if each.reference == "10020001"
    ]
    assert "overall" not in _grades(graded)
    assert _grades(graded)["quality_of_education"] == "good"
    with pytest.raises(
        SourceError, match="nothing, as “Graded inspection of a school, 2024 to 2025” has no such grade"
    ):
        _read(_table(**days), tmp_path)
    with pytest.raises(SourceError, match="Overall effectiveness"):
        _read(_table(**{"Overall effectiveness": "5"}), tmp_path)


def test_a_report_card_has_its_own_scale_and_a_later_grade_its_own_day(tmp_path: Path) -> None:
    card, later = [
        each for each in _inspections(_since_2025(tmp_path)) if each.body.body_id == "school-900001"
    ]
    assert _grades(card) == {
        "safeguarding": "met",
        "inclusion": "strong_standard",
        "curriculum_and_teaching": "expected_standard",
        "attendance_and_behaviour": "needs_attention",
        "personal_development_and_wellbeing": "expected_standard",
        "post_16": "expected_standard",
        "leadership_and_governance": "expected_standard",
    }
    assert (later.inspection_start, later.reference, later.published) == (dt.date(2026, 1, 20), "", None)
    assert _grades(later) == {"achievement": "expected_standard"}


def test_schools_that_followed_one_school_share_its_inspections(tmp_path: Path) -> None:
    records = _since_2025(tmp_path)
    shared = [each for each in _inspections(records) if each.body.body_id == "school-900003"]
    assert [each.reference for each in shared] == ["10200002"]
    assert _grades(shared[0])["category_of_concern"] == "special_measures"
    before = [each for each in records if isinstance(each, BodyRecord) and each.body_id == "school-900003"]
    assert [each.name for each in before] == ["Fen School"]


def test_frameworks_of_schools_are_only_compared_where_the_scale_is_one() -> None:
    report_card, eif, eif_2024 = (framework(key) for key in ("school-report-card", "EIF", "EIF-2024"))
    assert compare(eif, "good", eif_2024, "outstanding", "quality_of_education") == "better"
    with pytest.raises(NotComparable, match="no grade for “Overall effectiveness”"):
        compare(eif, "good", eif_2024, "good", "overall")
    with pytest.raises(NotComparable, match="cannot be set beside those of before"):
        compare(eif_2024, "good", report_card, "expected_standard", "early_years")
    with pytest.raises(NotComparable, match="'satisfactory'"):
        compare(framework("school-2005"), "satisfactory", framework("school-2012"), "good", "overall")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (FILE, dt.date(2025, 8, 31)),
        ("state-funded schools - latest inspections as at 28 Feb 2026.csv", dt.date(2026, 2, 28)),
        ("state-funded_schools_-_latest_inspections_as_at_31_August_2026.csv", dt.date(2026, 8, 31)),
        ("state-funded_schools_-_latest_inspections_as_at_31_Feb_2026.csv", None),
        ("schools.csv", None),
    ],
)  # fmt: skip
def test_the_day_of_an_edition_is_in_its_name(name: str, day: dt.date | None) -> None:
    assert sources()[NAME].as_at(Path(name)) == day


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        (FILE, True),
        ("Management information - state-funded schools - latest inspections as at 28 Feb 2026.csv", True),
        ("Management_information_-_state-funded_schools_-_all_inspections_2026.csv", False),
        ("Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Aug_2025.ods", False),
    ],
)
def test_an_edition_is_known_by_the_publishers_own_name(name: str, is_one: bool) -> None:
    assert sources()[NAME].accepts(Path(name)) == is_one


def test_an_edition_that_does_not_say_its_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the day of the table in its name"):
        _read(_table(), tmp_path, "schools.csv")
