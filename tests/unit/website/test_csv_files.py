"""Every CSV file that the site gives: no cell of it is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.test import Client

import oneplace.website
from oneplace.evidence import actions
from oneplace.places.actions import load_areas
from oneplace.records import MeasureRecord, ValueRecord
from oneplace.website.csv_files import csv_file, inert
from tests.unit.evidence.making import area, areas, inspection, release

EVIL = '=HYPERLINK("https://example.org")'


@pytest.mark.parametrize(
    "cell",
    [
        EVIL, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "--1", "-A1", "+44 20 7946 0123", "＝1",
    ],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "Haringey", "-", "-0.3", "+5%", "-1,200", "a=b", "1-2", -4, 2.5, None, dt.date(2024, 3, 31)]
)
def test_any_other_cell_is_as_it_was(cell: object) -> None:
    assert inert(cell) == cell


def test_every_cell_of_a_file_is_inert() -> None:
    written = csv_file("a.csv", ("one", "two"), [(EVIL, 1), ("b", "@c")])
    assert list(csv.reader(io.StringIO(written.content.decode()))) == [
        ["one", "two"], [f"'{EVIL}", "1"], ["b", "'@c"],
    ]  # fmt: skip
    assert written["Content-Disposition"] == 'attachment; filename="a.csv"'


def test_no_other_module_of_the_site_writes_csv() -> None:
    folder = Path(oneplace.website.__file__).parent
    writes = [
        file.name for file in folder.rglob("*.py") if re.search(r"csv\.(Dict)?[wW]riter", file.read_text())
    ]
    assert writes == ["csv_files.py"]


def _rows(path: str) -> dict[str, dict[str, str]]:
    text = Client().get(path).content.decode()
    return {row["area"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.django_db
def test_the_annual_review_as_a_file_has_no_formula() -> None:
    load_areas([area("alder", name=EVIL), *areas()[1:]], "register/1")
    said = inspection(body=EVIL)
    actions.publish_release(release(), [said])
    rows = _rows("/review/annual.csv?as-at=2019-01-14")
    assert rows["alder"]["name"] == f"'{EVIL}"
    assert rows["alder"]["grade"] == "good"
    assert rows["birch"]["name"] == "Birch"


@pytest.mark.django_db
def test_a_measure_as_a_file_has_no_formula() -> None:
    load_areas([area("alder", name="@Alder"), *areas()[1:]], "register/1")
    measure = MeasureRecord(
        key="rate", title="Rate", service="waste", unit="percent", polarity="none", definition="A rate."
    )
    codes = {each.area_id: each.gss_codes[0] for each in areas()}
    values = [
        ValueRecord(
            "rate", "gss", codes[name], "2024", dt.date(2024, 12, 31), number, marker, printed, None, row
        )
        for row, (name, number, marker, printed) in enumerate(
            [("alder", None, "not_available", EVIL), ("birch", -0.5, "", "-0.5")], 2
        )
    ]
    actions.publish_release(release(source="defra_waste", publisher="defra"), [measure, *values])
    rows = _rows("/measures/rate.csv")
    assert (rows["alder"]["name"], rows["alder"]["printed"]) == ("'@Alder", f"'{EVIL}")
    assert (rows["birch"]["value"], rows["birch"]["printed"]) == ("-0.5", "-0.5")
