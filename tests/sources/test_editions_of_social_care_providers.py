"""Small editions in the older layouts of Ofsted's table of children's homes and agencies, and what is said of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import AreaRef, BodyRecord, InspectionRecord, Record
from oneplace.sources import SourceError, sources
from tests.sources.making import write
from tests.sources.publications import PUBLICATIONS

NAME = "ofsted_social_care_providers"

OF_2015 = """Web link,URN,Provision type,Reg Status,Setting Name,Address 1,Address 2,Town,County,Postcode,Region,\
Local authority,Sector,Inspection type,Inspection Date,Inspection ID,Overall effectiveness,\
Outcomes for children and young people,Quality of care,The safety of children and young people,\
Leadership and management,Outcomes in education and related learning activities,Linked ED URN,Short breaks only
Page,SC900001,Children's Home,Active,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,London,Haringey,Private,\
Full inspection,26/03/2015,390001,Adequate,Good,Satisfactory,Adequate,Requires Improvement,,,Yes
Page,900002,Residential special school (>295 days/year),Active,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,\
London,Camden,Local authority,Full inspection,20/02/2015,,Good,Good,Good,Good,Good,,900123,
,,,,,,,,,,,,,,,,,,,,,,,"""
OF_2017 = """Provider information,,,,,,,,,,,,,,,,,,Latest Full Inspection,,,,,,,,,
Web link,URN,Linked education URN,Provision type,Registration status,Name,Address 1,Address 2,Town,County,Postcode,\
Ofsted Region,Government Office Region,Local authority,Parliamentary constituency,Sector,Places,Short breaks only,\
Event type,Inspection date,Publication date,Event number,Overall effectiveness,Outcomes for children and young people,\
Quality of care,Safeguarding children and young people,Leadership and management,
Page,SC900001,,Children's home,Active,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,London,London,Haringey,\
Tottenham,Private,6,Short breaks only,Full inspection,07/02/2017,01/03/2017,10090001,Requires improvement,,,Good,\
Requires improvement,"""
OF_2024 = """A made-up table \u2013 Provider level as at 31 March 2024,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
It has one table.,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
Some cells are empty.,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
Web link,URN,Linked Education URN,Provision type,Registration date,Registration status,Name,Address 1,Address 2,Town,\
County,Postcode,Ofsted region,Government Office Region,Local authority,Parliamentary constituency,Sector,Premises,\
Places,Short-break-only children's home,Multi-building children's home,Organisation which owns the provider,\
Latest full inspection event type,Latest full inspection date,Latest full inspection publication date,\
Latest full inspection event number,Overall experiences and progress of children and young people,\
Outcomes in education and related learning activities,Health services,\
How well children and young people are helped and protected,The effectiveness of leaders and managers,\
Previous full inspection event type,Previous full inspection event date,Previous full inspection publication date,\
Previous full inspection event number,Previous overall experiences and progress of children and young people,\
Previous outcomes in education and related learning activities,Previous health services,\
Previous how well children and young people are helped and protected,Previous effectiveness of leaders and managers
Page,SC900001,,Children's home,01/05/2004,Active,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,REDACTED,London,London,\
Haringey,Tottenham,Private,,6,Short-break-only children's home,,Somebody Ltd,Full inspection,08/11/2023,12/12/2023,\
10390001,Good,,,Good,Good,Full inspection,05/07/2022,11/08/2022,10320001,Inadequate,,,Inadequate,\
Requires improvement to be good"""


def _read(text: str, year: int, folder: Path, encoding: str = "utf-8-sig") -> list[Record]:
    path = folder / f"social_care_providers_{year}-03-31.csv"
    path.write_bytes(text.encode(encoding))
    return list(sources()[NAME].parse(path))


def _said(record: Record) -> dict[str, tuple[str, str]]:
    assert isinstance(record, InspectionRecord)
    return {each.question_key: (each.grade_printed, each.grade) for each in record.judgements}


def test_in_2015_adequate_and_satisfactory_are_one_grade_and_requires_improvement_another(
    tmp_path: Path,
) -> None:
    home, inspection, school, _ = _read(OF_2015, 2015, tmp_path)
    assert isinstance(home, BodyRecord)
    assert isinstance(school, BodyRecord)
    assert isinstance(inspection, InspectionRecord)
    assert _said(inspection) == {
        "overall": ("Adequate", "adequate"),
        "outcomes": ("Good", "good"),
        "quality_of_care": ("Satisfactory", "adequate"),
        "help_and_protection": ("Adequate", "adequate"),
        "leadership": ("Requires Improvement", "requires_improvement"),
    }
    assert (inspection.inspection_start, inspection.published, inspection.reference) == (
        dt.date(2015, 3, 26),
        None,
        "",
    )
    assert home.name == "Children's home in Haringey (SC900001)"
    assert home.details == (
        ("Kind", "Children's home"),
        ("Sector", "Private"),
        ("Stays", "Short breaks only"),
        ("Registration", "Active"),
    )
    assert (school.body_id, school.stands_in) == ("urn-900002", AreaRef(name="Camden"))
    assert ("Kind", "Residential special school (registered as a children's home)") in school.details
    assert ("School's number", "900123") in school.details


def test_in_2017_the_day_of_an_inspection_is_its_last(tmp_path: Path) -> None:
    _, inspection = _read(OF_2017, 2017, tmp_path)
    assert isinstance(inspection, InspectionRecord)
    assert (inspection.inspection_start, inspection.inspection_end) == (None, dt.date(2017, 2, 7))
    assert (inspection.published, inspection.reference) == (dt.date(2017, 3, 1), "10090001")
    assert inspection.address.row == 3


def test_in_2024_the_inspection_before_the_last_is_there_too(tmp_path: Path) -> None:
    _, latest, before = _read(OF_2024, 2024, tmp_path, "cp1252")
    assert isinstance(latest, InspectionRecord)
    assert isinstance(before, InspectionRecord)
    assert (latest.reference, before.reference) == ("10390001", "10320001")
    assert _said(latest)["overall"] == ("Good", "good")
    assert _said(before)["leadership"] == ("Requires improvement to be good", "requires_improvement")


def test_one_bad_byte_in_a_file_of_utf_8_is_refused_with_its_row_and_not_read_as_latin_letters(
    tmp_path: Path,
) -> None:
    text = OF_2024.replace("Somebody Ltd", "Families – Ltd")
    content = text.encode("utf-8").replace(b"Tottenham", b"Tott\xe9nham")
    path = tmp_path / "social_care_providers_2024-03-31.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="text in UTF-8 was expected, but it has “the byte E9”") as refused:
        sources()[NAME].parse(path)
    assert refused.value.row == content[: content.index(b"\xe9")].count(b"\n") + 1
    # With nothing in UTF-8 about it, the letter is Windows'.
    path.write_bytes(OF_2024.replace("–", "-").replace("Tottenham", "Totténham").encode("cp1252"))
    assert list(sources()[NAME].parse(path))


def test_the_day_of_an_edition_is_in_its_title_before_its_name(tmp_path: Path) -> None:
    path = tmp_path / "social_care_providers_1.csv"
    path.write_bytes(OF_2024.encode("cp1252"))
    assert sources()[NAME].release(path).slot == "2024-03-31"
    path.write_text(OF_2017, "utf-8")
    with pytest.raises(SourceError, match="its day, “as at 31 March 2025”"):
        sources()[NAME].parse(path)


def test_a_name_that_may_be_a_persons_is_not_shown(tmp_path: Path) -> None:
    publication = PUBLICATIONS[NAME]
    records = sources()[NAME].parse(write(publication.tables, publication.main, tmp_path))
    names = {record.body_id: record.name for record in records if isinstance(record, BodyRecord)}
    assert names == {
        "sc900001": "Children's home in Haringey (SC900001)",
        "urn-2900002": "Supported accommodation in Camden (2900002)",
        "sc900003": "Fen Fostering",
        "sc900004": "Secure children's home in Durham (SC900004)",
        "urn-2900005": "Border Housing Ltd",
    }


def test_a_provider_in_wales_stands_in_no_area_of_england(tmp_path: Path) -> None:
    publication = PUBLICATIONS[NAME]
    records = sources()[NAME].parse(write(publication.tables, publication.main, tmp_path))
    places = {record.body_id: record.stands_in for record in records if isinstance(record, BodyRecord)}
    assert places["urn-2900005"] is None
    assert places["sc900003"] == AreaRef(name="Cambridgeshire")


def test_a_number_that_a_spreadsheet_spoilt_is_unknown_and_told(tmp_path: Path) -> None:
    publication = PUBLICATIONS[NAME]
    records = sources()[NAME].parse(write(publication.tables, publication.main, tmp_path))
    found = [record for record in records if isinstance(record, InspectionRecord) and record.problems]
    assert [(record.reference, record.problems[0].kind, record.address.row) for record in found] == [
        ("", "field_missing", 8)
    ]
