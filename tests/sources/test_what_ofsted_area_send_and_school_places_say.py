"""What is said of the small editions of area SEND outcomes and of the school places scorecards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from oneplace.records import InspectionRecord, MeasureRecord, Record, ValueRecord
from oneplace.sources import sources
from tests.sources.making import write
from tests.sources.publications import PUBLICATIONS


def _records(name: str, folder: Path) -> list[Record]:
    publication = PUBLICATIONS[name]
    return list(sources()[name].parse(write(publication.tables, publication.main, folder)))


def _inspections(folder: Path) -> dict[str, InspectionRecord]:
    records = _records("ofsted_area_send", folder)
    return {record.body.name: record for record in records if isinstance(record, InspectionRecord)}


def _values(folder: Path) -> dict[tuple[str, str, str], ValueRecord]:
    records = _records("ofsted_school_places", folder)
    return {
        (value.measure, value.area, value.period): value
        for value in records
        if isinstance(value, ValueRecord)
    }


def test_an_area_inspection_is_said_to_be_of_two_inspectorates_and_the_table_a_third_partys(
    tmp_path: Path,
) -> None:
    for record in _inspections(tmp_path).values():
        assert "Ofsted and the Care Quality Commission together" in record.title
    source = sources()["ofsted_area_send"]
    release = source.release(tmp_path / source.filename)
    assert (release.publisher, release.compiled_by) == ("ofsted", "Data to Insight")


@pytest.mark.parametrize(
    ("area", "outcome"),
    [
        ("haringey", ["positive"]),
        ("birmingham", ["inconsistent"]),
        ("derbyshire", ["widespread_failings"]),
        ("slough", []),
    ],
)
def test_there_are_three_outcomes_and_none_where_none_was_found(
    area: str, outcome: list[str], tmp_path: Path
) -> None:
    assert [each.grade for each in _inspections(tmp_path)[area].judgements] == outcome


def test_a_date_of_1900_is_unknown_and_the_rest_of_its_row_is_used(tmp_path: Path) -> None:
    haringey = _inspections(tmp_path)["haringey"]
    assert [(each.kind, each.field, each.address.row) for each in haringey.problems] == [
        ("date_implausible", "previous_inspection_date", 2)
    ]
    assert (haringey.inspection_start, haringey.inspection_end, haringey.published) == (
        dt.date(2024, 1, 29),
        dt.date(2024, 2, 2),
        dt.date(2024, 4, 3),
    )
    publication = PUBLICATIONS["ofsted_area_send"]
    (where,) = publication.tables
    column = publication.column(where, "inspection_start_date")
    tables = publication.changed(where, 3, column, "01/01/1900")
    path = write(tables, publication.main, tmp_path)
    birmingham = list(sources()["ofsted_area_send"].parse(path))[1]
    assert isinstance(birmingham, InspectionRecord)
    assert birmingham.inspection_start is None
    assert [each.field for each in birmingham.problems] == ["inspection_start_date"]


def test_no_sentence_of_a_report_is_carried(tmp_path: Path) -> None:
    publication = PUBLICATIONS["ofsted_area_send"]
    (rows,) = publication.tables.values()
    said = repr(_inspections(tmp_path))
    for row in rows[1:]:
        assert row[-1] not in said


def test_a_share_is_given_in_percent_beside_what_is_printed(tmp_path: Path) -> None:
    values = _values(tmp_path)
    spare = values["school-places-primary-spare", "E09000014", "2024-25"]
    assert (spare.value, spare.printed, spare.ends) == (6.25, "0.0625", dt.date(2025, 8, 31))
    unfilled = values["school-places-primary-unfilled", "E09000014", "2024-25"]
    assert (unfilled.value, unfilled.printed) == (6.5, "6.5")
    wrong = values["school-places-secondary-forecast-3-years", "E92000001", "2024-25"]
    assert (wrong.value, wrong.printed) == (-0.5, "-0.005")


def test_a_year_without_a_column_has_no_value_and_a_single_absence_has_a_sign(tmp_path: Path) -> None:
    values = _values(tmp_path)
    assert ("school-places-primary-good", "E09000014", "2024-25") not in values
    assert ("school-places-primary-good-quality-of-education", "E09000014", "2023-24") not in values
    added = "school-places-secondary-added-good-or-outstanding-leadership-and-management"
    absent = values[added, "E09000014", "2024-25"]
    assert (absent.value, absent.marker) == (None, "not_available")
    nothing = values["school-places-primary-added-good-or-outstanding", "E09000014", "2023-24"]
    assert (nothing.value, nothing.marker) == (None, "not_applicable")
    low = values["school-places-primary-forecast-1-year", "E09000014", "2024-25"]
    assert (low.value, low.marker, low.printed) == (0.0, "rounds_to_zero", "Low")


def test_a_measure_says_what_it_counts_and_that_nobody_said_which_way_is_good(tmp_path: Path) -> None:
    records = _records("ofsted_school_places", tmp_path)
    measures = {record.key: record for record in records if isinstance(record, MeasureRecord)}
    good = measures["school-places-primary-good-behaviour-and-attitudes"]
    assert good.title == "Places in primary schools with the grade ‘good’ for behaviour and attitudes"
    assert (good.kind, good.unit, good.polarity, good.service) == ("count", "number", "none", "schools")
    assert {record.polarity for record in measures.values()} == {"none"}
    assert all(record.definition.endswith(".") for record in measures.values())
