"""Every real report of a full inspection is read as it is printed, and agrees with itself."""

from __future__ import annotations

import csv

import pytest

from oneplace.reading import read_report
from tests.conftest import SHARED
from tests.integration.reading.truth import Truth, mismatches, of_framework

INSPECTIONS = (
    of_framework("ILACS", "SIF", "SIF-reinspection", "LAC-2013", "LSCB-review only")
    if SHARED.is_dir()
    else []
)

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("truth", INSPECTIONS, ids=lambda truth: truth.path)
def test_every_field_is_read_as_printed(truth: Truth) -> None:
    assert [str(one) for one in mismatches(truth, read_report(truth.file).inspection)] == []


@pytest.mark.parametrize("truth", INSPECTIONS, ids=lambda truth: truth.path)
def test_every_judgement_point_and_finding_has_its_place(truth: Truth) -> None:
    said = read_report(truth.file).inspection
    places = [
        *(judgement.address for judgement in said.judgements),
        *(point.address for point in said.improve),
        *(finding.address for finding in said.findings),
        *(back.address for back in said.looks_back),
    ]
    for place in places:
        assert place.page in range(1, int(truth.inspection["pages"]) + 1)
        assert place.box is not None
        x0, y0, x1, y1 = place.box
        assert 0 <= x0 < x1 <= 700
        assert 0 <= y0 < y1 <= 900
    assert len(said.findings) > 10
    assert all(finding.section and finding.text for finding in said.findings)
    points = {point.text for point in said.improve}
    assert not [finding for finding in said.findings if finding.text in points]


def test_the_two_ways_of_reading_a_grade_agree_on_every_real_report() -> None:
    disagree = [
        f"{truth.path}: {problem.message}"
        for truth in INSPECTIONS
        for problem in read_report(truth.file).inspection.problems
        if problem.kind == "grades_disagree"
    ]
    assert disagree == []


@pytest.mark.parametrize("urn", ["80533", "80569"])
def test_where_the_sectors_table_is_wrong_or_blank_the_reading_is_right(urn: str) -> None:
    """The two councils of that list whose reports are here; `peer_errors.csv` says what is wrong with each row."""
    with (SHARED / "reports" / "truth" / "peer_errors.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["urn"] == urn]
    newest = max(
        (t for t in INSPECTIONS if t.framework == "ILACS" and t.path.startswith(urn)),
        key=lambda truth: truth.path,
    )
    said = read_report(newest.file).inspection
    assert rows
    for row in rows:
        if row["field"] == "inspector_name":
            assert said.lead_inspector == row["true_value"]
        elif row["field"] in ("inspection_start_date", "inspection_end_date"):
            day = said.inspection_start if "start" in row["field"] else said.inspection_end
            assert str(day) == row["true_value"]
        else:
            assert row["field"] == "care_leavers_grade"
            grades = {judgement.question_key: judgement.grade for judgement in said.judgements}
            assert "care_leavers" not in grades
            assert grades["care_and_leavers"] == "requires_improvement"
