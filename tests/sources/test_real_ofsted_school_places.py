"""The real school places scorecards, counted apart with the csv module."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources import sources

pytestmark = pytest.mark.shared

FILE = "data/ofsted/school_places_scorecards_2025.csv"


@cache
def _read(path: Path) -> tuple[tuple[MeasureRecord, ...], tuple[ValueRecord, ...]]:
    records = list(sources()["ofsted_school_places"].parse(path))
    measures = tuple(record for record in records if isinstance(record, MeasureRecord))
    values = tuple(record for record in records if isinstance(record, ValueRecord))
    assert len(measures) + len(values) == len(records)
    return measures, values


def _rows(shared: Path) -> list[dict[str, str]]:
    with (shared / FILE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_council_and_england_have_values_for_three_years(shared: Path) -> None:
    measures, values = _read(shared / FILE)
    assert len(measures) == len({measure.key for measure in measures}) == 129
    assert Counter(value.period for value in values if value.measure == "school-places-primary-unfilled") == {
        "2022-23": 154,
        "2023-24": 154,
        "2024-25": 154,
    }
    assert len({value.area for value in values}) == 154
    assert len({(value.measure, value.area, value.period) for value in values}) == len(values)


def test_every_cell_of_a_year_that_has_the_column_is_a_value(shared: Path) -> None:
    """129 columns; the grades overall are of two years, those of an area of one."""
    _, values = _read(shared / FILE)
    supply, overall, areas = 2 * 9 + 1, 2 * 11, 2 * 4 * 11
    assert len(values) == 154 * (3 * supply + 2 * overall + 1 * areas)
    columns = {
        "school-places-primary-outstanding": "Qual_P_1_E",
        "school-places-secondary-added-no-grade": "Qual_S_0_N",
        "school-places-secondary-requires-improvement-personal-development": "Qual_S_3_E_PD",
        "school-places-secondary-no-grade-leadership-and-management": "Qual_S_NA_E_LM",
        "school-places-primary-unfilled": "Quan_P_UP",
        "school-places-primary-added-good-or-outstanding-quality-of-education": "Qual_P_Prop_QE",
        "school-places-funding": "Funding",
    }
    for measure, column in columns.items():
        printed = {
            (row["new_la_code"] or row["country_code"], row["Year"].replace("/", "-")): row[column]
            for row in _rows(shared)
        }
        read = {(value.area, value.period): value.printed for value in values if value.measure == measure}
        assert read == {key: cell for key, cell in printed.items() if key in read}
        assert {cell for key, cell in printed.items() if key not in read} <= {"NA"}


def test_known_figures_of_haringey_and_england(shared: Path) -> None:
    _, values = _read(shared / FILE)
    found = {(value.measure, value.area, value.period): value for value in values}
    haringey = next(row for row in _rows(shared) if row["LA_name"] == "Haringey" and row["Year"] == "2024/25")
    spare = found["school-places-primary-spare", "E09000014", "2024-25"]
    assert spare.printed == haringey["Quan_P_Su"]
    assert spare.value == pytest.approx(float(haringey["Quan_P_Su"]) * 100)
    england = found["school-places-primary-good-quality-of-education", "E92000001", "2024-25"]
    assert (england.value, england.marker) == (4120995.0, "")
    assert found["school-places-primary-good", "E92000001", "2023-24"].value == 3994578.0
    assert ("school-places-primary-good", "E92000001", "2024-25") not in found


def test_signs_are_kept_as_such(shared: Path) -> None:
    _, values = _read(shared / FILE)
    signs = Counter((value.printed.casefold(), value.marker) for value in values if value.marker)
    assert signs == {("z", "not_applicable"): 882, ("low", "rounds_to_zero"): 18, ("na", "not_available"): 4}
    assert {value.value for value in values if value.marker == "not_applicable"} == {None}
    assert {value.value for value in values if value.marker == "rounds_to_zero"} == {0.0}


def test_councils_places_by_grade_add_up_to_englands(shared: Path) -> None:
    """The columns are what we say they are: the councils' places of a grade are England's."""
    measures, values = _read(shared / FILE)
    checked = 0
    for measure in measures:
        if measure.kind != "count" or not measure.topic.startswith("Places by"):
            continue
        for year in ("2023-24", "2024-25"):
            of_year = [each for each in values if each.measure == measure.key and each.period == year]
            if not of_year:
                continue
            (england,) = (each.value for each in of_year if each.area == "E92000001")
            councils = sum(each.value or 0 for each in of_year if each.area != "E92000001")
            assert england == pytest.approx(councils, abs=1), (measure.key, year)
            checked += 1
    assert checked == 20 + 80
