"""What is particular to each publication, read from its small edition."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import AreaRecord, InspectionRecord, RatingTotal, Record, ValueRecord
from oneplace.sources import sources
from tests.sources.making import write
from tests.sources.publications import PUBLICATIONS


def _small(name: str, folder: Path) -> Path:
    return write(PUBLICATIONS[name].tables, PUBLICATIONS[name].main, folder)


def _records(name: str, folder: Path) -> list[Record]:
    return list(sources()[name].parse(_small(name, folder)))


def _inspections(name: str, folder: Path) -> list[InspectionRecord]:
    return [record for record in _records(name, folder) if isinstance(record, InspectionRecord)]


def _grades(inspection: InspectionRecord) -> dict[str, str]:
    return {judgement.question_key: judgement.grade for judgement in inspection.judgements}


@pytest.fixture
def areas(tmp_path: Path) -> dict[str, AreaRecord]:
    records = _records("mysociety_register", tmp_path)
    return {record.area_id: record for record in records if isinstance(record, AreaRecord)}


def test_the_register_keeps_english_authorities_that_stood_in_december_2009(
    areas: dict[str, AreaRecord],
) -> None:
    assert set(areas) == {
        "marsh",
        "fen",
        "fen-county",
        "dike",
        "isles-of-scilly",
        "marshland-mayoral-combined-authority",
    }


def test_an_authority_has_the_name_people_use_and_keeps_the_others(areas: dict[str, AreaRecord]) -> None:
    marsh = areas["marsh"]
    assert (marsh.name, marsh.official_name) == ("Marsh", "City of Marsh Council")
    assert marsh.names == ("City of Marsh", "Marsh, City of", "marsh city council")
    assert areas["marshland-mayoral-combined-authority"].name == "Marshland"


def test_codes_are_newest_first_and_the_onss_region_counts(areas: dict[str, AreaRecord]) -> None:
    assert areas["marsh"].gss_codes == ("E08000902", "E08000901", "E08000900")
    assert areas["marsh"].region == "North East"


def test_a_council_that_replaced_one_of_its_name_takes_the_plain_identifier(
    areas: dict[str, AreaRecord],
) -> None:
    old, new = areas["fen-county"], areas["fen"]
    assert (old.name, new.name) == ("Fen County", "Fen")
    assert old.successors == ("fen",)
    assert (old.end, new.start) == (dt.date(2023, 4, 1), dt.date(2023, 4, 1))


def test_an_authoritys_end_is_the_first_day_without_it(areas: dict[str, AreaRecord]) -> None:
    assert areas["dike"].end == dt.date(2019, 4, 1)


def test_the_day_of_the_registers_own_entry_is_no_authoritys_start(areas: dict[str, AreaRecord]) -> None:
    assert areas["marsh"].start is None


def test_an_abolished_district_is_in_its_county_and_in_the_region_of_what_replaced_it(
    areas: dict[str, AreaRecord],
) -> None:
    dike = areas["dike"]
    assert (dike.county, dike.region, dike.childrens_services) == ("fen-county", "North East", False)


def test_the_isles_of_scilly_are_of_their_own_kind_and_have_ofsteds_number(
    areas: dict[str, AreaRecord],
) -> None:
    scilly = areas["isles-of-scilly"]
    assert (scilly.kind, scilly.childrens_services) == ("isles_of_scilly", True)
    assert dict(scilly.codes) == {"register_code": "IOS", "ofsted_urn": "80455", "dfe_code": "420"}


def test_official_outcomes_before_2023_grade_care_and_care_leavers_together(tmp_path: Path) -> None:
    haringey, bedford, *_ = _inspections("ofsted_la_outcomes", tmp_path)
    assert _grades(haringey) == {
        "overall": "requires_improvement",
        "leadership": "good",
        "help_and_protection": "good",
        "care": "good",
        "care_leavers": "outstanding",
    }
    assert set(_grades(bedford)) == {"overall", "leadership", "help_and_protection", "care_and_leavers"}


def test_official_outcomes_say_sheet_row_dates_and_code(tmp_path: Path) -> None:
    cumbria = _inspections("ofsted_la_outcomes", tmp_path)[2]
    assert (cumbria.body.name, cumbria.body.gss_code) == ("Cumbria", "E10000006")
    assert (cumbria.inspection_start, cumbria.published) == (dt.date(2022, 9, 20), dt.date(2022, 11, 15))
    assert cumbria.published_source == "list"
    assert (cumbria.address.sheet, cumbria.address.row) == ("ILACS_inspection_history", 4)


def test_visits_of_the_year_have_no_grades_and_say_their_theme(tmp_path: Path) -> None:
    focused, monitoring, short = _inspections("ofsted_la_outcomes", tmp_path)[3:]
    assert [each.framework for each in (focused, monitoring, short)] == [
        "focused-visit",
        "monitoring-visit",
        "ILACS",
    ]
    assert (focused.title, focused.judgements) == ("ILACS Focused Visit: Children in care", ())
    assert len(short.judgements) == 5


def test_official_outcomes_say_when_they_were_published(tmp_path: Path) -> None:
    release = sources()["ofsted_la_outcomes"].release(_small("ofsted_la_outcomes", tmp_path))
    assert release.published == dt.date(2025, 9, 25)


def test_the_overview_is_marked_as_a_third_partys(tmp_path: Path) -> None:
    name = "datatoinsight_ilacs_overview"
    assert sources()[name].release(_small(name, tmp_path)).compiled_by == "Data to Insight"


def test_the_overview_leaves_blank_what_is_blank(tmp_path: Path) -> None:
    barnsley, brent, nottingham, barnet = _inspections("datatoinsight_ilacs_overview", tmp_path)
    assert "overall" not in _grades(brent)
    assert _grades(barnet)["overall"] == "good"
    assert (nottingham.inspection_start, nottingham.inspection_end) == (None, None)
    assert nottingham.report_url is None
    assert _grades(nottingham) == {
        "overall": "inadequate",
        "leadership": "inadequate",
        "help_and_protection": "inadequate",
        "care_and_leavers": "inadequate",
    }
    assert (barnsley.inspection_end, barnsley.published) == (dt.date(2023, 9, 15), dt.date(2023, 10, 27))
    assert _grades(barnsley)["help_and_protection"] == "requires_improvement"


def test_annual_ratings_are_published_on_the_day_of_their_year(tmp_path: Path) -> None:
    ratings = _inspections("ofsted_annual_ratings", tmp_path)
    assert {(each.body.name, each.published) for each in ratings} == {
        ("Haringey", dt.date(2009, 12, 9)),
        ("York", dt.date(2009, 12, 9)),
        ("Cornwall", dt.date(2011, 2, 28)),
        ("Kent", dt.date(2010, 12, 9)),
        ("Hammersmith and Fulham", dt.date(2011, 11, 8)),
    }
    assert all(each.report_url for each in ratings)


def test_a_rating_that_was_withheld_at_first_says_so(tmp_path: Path) -> None:
    cornwall = _inspections("ofsted_annual_ratings", tmp_path)[2]
    assert "withheld in December 2010" in cornwall.title


def test_the_totals_of_each_year_are_of_all_152_councils(tmp_path: Path) -> None:
    totals = [t for t in _records("ofsted_annual_ratings", tmp_path) if isinstance(t, RatingTotal)]
    sums: dict[dt.date, int] = {}
    for total in totals:
        sums[total.published] = sums.get(total.published, 0) + total.count
        assert total.note
    assert sums == {dt.date(2009, 12, 9): 152, dt.date(2010, 12, 9): 152, dt.date(2011, 11, 8): 152}
    of_2009 = {total.grade: total.count for total in totals if total.published.year == 2009}
    assert of_2009 == {
        "performs_excellently": 10,
        "performs_well": 93,
        "performs_adequately": 40,
        "performs_poorly": 9,
    }


def test_the_worst_rating_of_2009_says_why_it_was_given(tmp_path: Path) -> None:
    totals = [t for t in _records("ofsted_annual_ratings", tmp_path) if isinstance(t, RatingTotal)]
    notes = {(total.published.year, total.grade): total.note for total in totals}
    assert "weaknesses in safeguarding" in notes[2009, "performs_poorly"]
    assert "safeguarding" not in notes[2009, "performs_well"]


def test_what_was_weak_in_haringey_in_2009_is_a_fact_with_its_page_and_no_sentence(tmp_path: Path) -> None:
    haringey, york, *_ = _inspections("ofsted_annual_ratings", tmp_path)
    (finding,), (look_back,) = haringey.findings, haringey.looks_back
    assert finding.section.startswith("What was weak: safeguarding children (https://")
    assert (finding.text, look_back.text, look_back.status) == (None, None, "partly")
    assert (york.findings, york.looks_back) == ((), ())


def test_each_reports_facts_are_a_release_in_the_slot_of_the_report(tmp_path: Path) -> None:
    releases = list(sources()["ofsted_report_facts"].releases(_small("ofsted_report_facts", tmp_path)))
    (first, (inspection,)), *_ = releases
    assert isinstance(inspection, InspectionRecord)
    assert (first.source, first.slot) == ("ofsted_reports", "80498-haringey/2018-12-14-inspection.pdf")
    assert (first.url, first.published) == ("https://example.org/r", dt.date(2018, 12, 14))
    assert first.media_type == "text/csv"  # the report itself was not read
    assert len({release.sha256 for release, _ in releases}) == len(releases)
    assert (inspection.body.urn, inspection.pages, inspection.lead_inspector) == ("80498", 12, "A Person")


def test_facts_of_a_report_have_places_and_no_sentences(tmp_path: Path) -> None:
    full, visit, older = _inspections("ofsted_report_facts", tmp_path)
    assert [(item.ordinal, item.address.page, item.text) for item in full.improve] == [
        (1, 2, None),
        (2, 3, None),
    ]
    assert [judgement.address.page for judgement in full.judgements] == [1, 1]
    assert (visit.framework, visit.judgements, visit.improve) == ("focused-visit", (), ())
    assert [item.list_kind for item in older.improve] == ["priority_action"]


def test_where_a_council_reports_no_register_nobody_is_said_to_wait(tmp_path: Path) -> None:
    values = [each for each in _records("mhclg_waiting_lists", tmp_path) if isinstance(each, ValueRecord)]
    told = {(each.area, each.period): (each.value, each.marker, each.printed) for each in values}
    assert told["E06000020", "2023"] == (None, "not_available", "0")
    # A part that is not known leaves the whole unknown.
    assert told["E06000063", "2021"] == (None, "not_available", "0 + 700")
    assert told["E06000063", "2022"] == (123, "", "100 + 23")
