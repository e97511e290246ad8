"""The real overview of area SEND inspections, beside what was read from the reports by hand."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from oneplace.evidence import queries
from oneplace.evidence.actions import publish_release
from oneplace.places.actions import load_areas
from oneplace.records import AreaRecord, InspectionRecord
from oneplace.sources import sources

pytestmark = pytest.mark.shared

FILE = "data/ofsted/area_send_overview_2026-06.xlsx"


def _read(shared: Path) -> list[InspectionRecord]:
    records = list(sources()["ofsted_area_send"].parse(shared / FILE))
    assert all(isinstance(record, InspectionRecord) for record in records)
    return [record for record in records if isinstance(record, InspectionRecord)]


def _truth(shared: Path) -> dict[str, dict[str, str]]:
    """Each area SEND inspection that was read by hand, by Ofsted's number of the council."""
    with (shared / "reports/truth/all_inspections.csv").open(encoding="utf-8-sig", newline="") as file:
        reports = {row["report"]: row for row in csv.DictReader(file) if row["framework"] == "area-SEND"}
    with (shared / "reports/truth/all_judgements.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["report"] in reports:
                reports[row["report"]]["grade"] = row["grade"]
    assert len({row["urn"] for row in reports.values()}) == len(reports)
    return {row["urn"]: row for row in reports.values()}


def test_72_areas_have_three_outcomes_and_one_has_none(shared: Path) -> None:
    read = _read(shared)
    assert len(read) == 72
    assert Counter(each.grade for record in read for each in record.judgements) == {
        "inconsistent": 36,
        "widespread_failings": 20,
        "positive": 15,
    }
    assert [record.body.name for record in read if not record.judgements] == ["slough"]


def test_26_dates_of_1900_are_unknown_and_told_at_their_row(shared: Path) -> None:
    problems = [
        each for record in _read(shared) for each in record.problems if each.kind == "date_implausible"
    ]
    assert Counter(each.field for each in problems) == {"previous_inspection_date": 26}
    assert len({each.address.row for each in problems}) == 26
    assert not any(
        day and day.year < 2023
        for record in _read(shared)
        for day in (record.inspection_start, record.inspection_end, record.published)
    )


def test_dates_and_outcomes_are_those_read_from_the_reports_by_hand(shared: Path) -> None:
    truth, both = _truth(shared), 0
    for record in _read(shared):
        known = truth.get(record.body.urn or "")
        if known is None or known["published"] != str(record.published):
            continue
        both += 1
        if record.inspection_start:
            assert str(record.inspection_start) == known["inspection_start"]
            assert str(record.inspection_end) == known["inspection_end"]
        assert [each.grade for each in record.judgements] == [known["grade"]]
    assert both == 55


@pytest.mark.django_db
def test_an_inspection_that_is_known_from_its_report_stays_one(shared: Path) -> None:
    """The 55 that the reports have too become no second inspection; the 17 others are newer than any report."""
    register = sources()["mysociety_register"]
    areas = shared / "data/places/uk_local_authorities.csv"
    load_areas(
        [each for each in register.parse(areas) if isinstance(each, AreaRecord)], "mysociety_register/test"
    )
    facts = sources()["ofsted_report_facts"]
    for release, records in facts.releases(shared / "reports/truth/all_inspections.csv"):
        if any(isinstance(each, InspectionRecord) and each.framework == "area-SEND" for each in records):
            publish_release(release, records)
    before = _public_ids()
    source = sources()["ofsted_area_send"]
    publish_release(source.release(shared / FILE), source.parse(shared / FILE))
    new = _public_ids() - before
    assert (len(before), len(new)) == (55, 17)
    assert all(dt.date.fromisoformat(name[-20:-10]) > dt.date(2025, 3, 11) for name in new)


def _public_ids() -> set[str]:
    return {name for name in queries.inspection_ids() if name.endswith("-area-send")}
