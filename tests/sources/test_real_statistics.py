"""The real statistics: each number counted again here, with the csv module or Polars, by other code than a source's."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from oneplace.places import queries
from oneplace.places.actions import load_areas, load_bodies
from oneplace.places.names import fold
from oneplace.records import AreaRecord, BodyRecord, MeasureRecord, ValueRecord
from oneplace.sources import Source
from oneplace.sources.dfe_lait import DfeLait
from oneplace.sources.mysociety_register import MysocietyRegister
from oneplace.sources.oneplace_bodies import OneplaceBodies, lists
from oneplace.sources.ons_police_force_areas import OnsPoliceForceAreas
from oneplace.sources.plain_table import plain_sources
from oneplace.sources.police_street import PoliceStreet
from tests.conftest import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.django_db]
DATA = SHARED / "data"
FILES = {
    "dfe_lait": "dfe/lait_2026-04.parquet",
    "dfe_workforce": "dfe/children_social_work_workforce_2017_2025.csv",
    "dfe_child_population": "dfe/child_population_2012_2024.csv",
    "defra_waste": "defra/la_collected_waste_2022-23.ods",
    "defra_recycling": "defra/recycling_2015_2024.csv",
    "defra_flytipping": "defra/flytipping_2022-23.ods",
    "police_crime": "police/recorded_crime_by_csp_ye_2025-06.csv",
    "mhclg_imd": "deprivation/imd_2025_la_summary.csv",
    "mhclg_waiting_lists": "housing/lahs_waiting_list_2015_2025.csv",
    "mhclg_rough_sleeping": "housing/rough_sleeping_snapshot_2025.csv",
    "mhclg_homelessness": "housing/statutory_homelessness_2025Q2.csv",
}
STREET = sorted((DATA / "police/street").glob("*.csv"))
SOURCES: dict[str, Source] = {
    source.name: source for source in (DfeLait(), PoliceStreet(), *(cls() for cls in plain_sources()))
}

Key = tuple[str, str, str]  # measure, area, period


def _values(name: str) -> list[ValueRecord]:
    return [record for record in SOURCES[name].parse(DATA / FILES[name]) if isinstance(record, ValueRecord)]


def _by_key(name: str) -> dict[Key, ValueRecord]:
    return {(value.measure, value.area, value.period): value for value in _values(name)}


def _csv(name: str) -> list[dict[str, str]]:
    with (DATA / FILES[name]).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _sheet(name: str, sheet: str) -> list[tuple[str, ...]]:
    table = fastexcel.read_excel(DATA / FILES[name]).load_sheet(sheet, header_row=None, dtypes="string")
    return [tuple((cell or "").strip() for cell in row) for row in table.to_polars().rows()]


@pytest.fixture(scope="module")
def subjects(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[tuple[str, str], str]]:
    """Every way in which a publication may name one of the real areas and bodies."""
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real tables, is absent")
    with django_db_blocker.unblock(), transaction.atomic():
        register = MysocietyRegister().parse(DATA / "places/uk_local_authorities.csv")
        load_areas([each for each in register if isinstance(each, AreaRecord)], "register/1")
        forces = OnsPoliceForceAreas().parse(DATA / "places/la_to_police_force.csv")
        load_bodies([each for each in forces if isinstance(each, BodyRecord)], "forces/1")
        for path in lists():
            bodies = OneplaceBodies().parse(path)
            load_bodies([each for each in bodies if isinstance(each, BodyRecord)], "bodies/1")
        yield dict(queries.subjects())
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *((name, DATA / file) for name, file in FILES.items()),
        *(("police_street", path) for path in STREET),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_every_value_is_of_an_area_or_body_that_is_known_and_no_two_are_one_areas(
    name: str, path: Path, subjects: dict[tuple[str, str], str]
) -> None:
    seen: set[Key] = set()
    for value in SOURCES[name].parse(path):
        if not isinstance(value, ValueRecord):
            continue
        area = fold(value.area) if value.scheme == "name" else value.area
        assert (value.scheme, area) in subjects, value
        key = (value.measure, subjects[value.scheme, area], value.period)
        assert key not in seen, value
        seen.add(key)


def test_the_tool_has_434_series_and_all_its_values_but_those_of_a_year_without_a_name() -> None:
    table = pl.read_parquet(DATA / FILES["dfe_lait"]).with_row_index("row", offset=2)
    assert table.height == 641_070
    records = list(SOURCES["dfe_lait"].parse(DATA / FILES["dfe_lait"]))
    measures = [record for record in records if isinstance(record, MeasureRecord)]
    values = [record for record in records if isinstance(record, ValueRecord)]
    assert len(measures) == table["Short Desc"].n_unique() == 434
    said = table.filter(pl.col("Years") != "0")
    assert set(table.filter(pl.col("Years") == "0")["Values"]) == {"-"}
    assert [value.row for value in values] == said["row"].to_list()
    assert [value.printed for value in values] == said["Values"].to_list()
    assert len(values) == 641_070 - 170
    numbers = [None if cell == "-" else float(cell) for cell in said["Values"]]
    assert [value.value for value in values] == numbers
    assert Counter(value.marker for value in values)["not_available"] == said["Values"].to_list().count("-")


def test_the_tools_series_keep_the_dictionarys_word_on_which_way_is_good() -> None:
    with (DATA / "dfe/lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        first = {row["Measure_short"]: row for row in reversed(list(csv.DictReader(file)))}
    measures = [
        r for r in SOURCES["dfe_lait"].parse(DATA / FILES["dfe_lait"]) if isinstance(r, MeasureRecord)
    ]
    words = Counter({"High": "high", "Low": "low"}.get(row["Polarity"], "none") for row in first.values())
    assert Counter(measure.polarity for measure in measures) == words
    by_title = {measure.title: measure for measure in measures}
    assert len(by_title) == 434
    plans = by_title["Children who are the subject of a Child Protection Plan - rate"]
    assert (plans.unit, plans.service, plans.kind) == ("per_10000", "children", "rate")


def test_the_tool_and_the_workforce_statistics_agree_on_turnover() -> None:
    tool = {
        (value.area, value.period): value
        for value in _values("dfe_lait")
        if value.measure == "lait-work-force-to-rate" and value.area == "E92000001"
    }
    workforce = _by_key("dfe_workforce")
    assert len(tool) >= 9
    for (area, period), value in tool.items():
        if other := workforce.get(("workforce-turnover", area, period)):
            assert value.value == other.value
            assert value.ends == other.ends


def test_social_workers_of_every_council_year_and_measure() -> None:
    rows = _csv("dfe_workforce")
    columns = list(rows[0])[10:]
    joint = [row for row in rows if " / " in row["new_la_code"]]
    values = _by_key("dfe_workforce")
    assert (len(columns), len(joint)) == (22, 9 + 5)
    assert len(values) == 22 * (len(rows) + len(joint))
    printed = Counter(
        value.printed for value in values.values() if not value.printed.replace(".", "").isdigit()
    )
    cells = Counter(
        row[name] for row in (*rows, *joint) for name in columns if not row[name].replace(".", "").isdigit()
    )
    assert printed == cells
    haringey = next(row for row in rows if row["la_name"] == "Haringey" and row["time_period"] == "2025")
    assert values["workforce-caseload", "E09000014", "2025"].value == float(haringey["caseload_fte"])
    kingston = values["workforce-turnover", "E09000021", "2025"]
    assert (kingston.marker, kingston.value) == (
        "joint",
        values["workforce-turnover", "E09000027", "2025"].value,
    )


def test_children_of_every_area_and_year() -> None:
    rows = _csv("dfe_child_population")
    values = _by_key("dfe_child_population")
    assert len(values) == len(rows) == 2132
    numbers = [int(row["population_estimate"]) for row in rows if row["population_estimate"] != "x"]
    assert sum(value.value or 0 for value in values.values()) == sum(numbers)
    assert values["population-0-17", "E92000001", "2024"].ends == dt.date(2024, 6, 30)


def test_recycling_rates_of_english_councils_only() -> None:
    rows = [row for row in _csv("defra_recycling") if row["area_code"].startswith("E")]
    values = _values("defra_recycling")
    assert [(value.area, value.printed) for value in values] == [
        (row["area_code"], row["value"]) for row in rows
    ]
    assert [value.marker for value in values if value.value is None] == ["not_available"]


def test_the_two_tables_of_recycling_agree_wherever_both_have_a_figure() -> None:
    tidy = {(value.area, value.period): value.value for value in _values("defra_recycling")}
    workbook = {
        (value.area, value.period): value.value
        for value in _values("defra_waste")
        if value.measure == "waste-recycling-rate"
    }
    both = tidy.keys() & workbook.keys()
    assert len(both) == 2263
    assert {period for _, period in tidy.keys() - workbook.keys()} == {"2023-24"}
    for key in both:
        assert tidy[key] == pytest.approx(workbook[key], abs=1e-9), key


def test_waste_of_every_authority_and_total() -> None:
    rows = [row for row in _sheet("defra_waste", "Table_3")[4:] if row[2]]
    shared = [row for row in rows if "/" in row[2] or row[2] == "E50000008"]
    values = _by_key("defra_waste")
    assert len(values) == 4 * (len(rows) + len(shared))
    adur = next(row for row in rows if row[0] == "2022-23" and row[2] == "E07000223")
    rate = values["waste-recycling-rate", "E07000223", "2022-23"]
    assert (rate.printed, rate.sheet) == (adur[7], "Table_3")
    assert rate.value == pytest.approx(100 * float(adur[7]))
    assert values["waste-recycling-rate", "England", "2022-23"].value == pytest.approx(
        100 * float(next(row[7] for row in rows if row[0] == "2022-23" and row[1] == "Total England"))
    )
    assert values["waste-residual", "north-london-waste-authority", "2010-11"].value == 626.6
    assert (
        values["waste-residual", "E06000060", "2020-21"].row
        == values["waste-landfill-rate", "E06000060", "2020-21"].row
    )


@pytest.mark.parametrize(
    ("sheet", "measure", "column"),
    [
        ("LA_incidents", "flytipping-incidents", "Total Incidents"),
        ("LA_incidents", "flytipping-tyres", "Tyres Incidents"),
        ("LA_actions", "flytipping-actions", "Total Actions"),
        ("LA_actions", "flytipping-prosecutions", "Prosecution Actions"),
    ],
)
def test_fly_tipping_of_every_council_and_total(sheet: str, measure: str, column: str) -> None:
    header, *rows = _sheet("defra_flytipping", sheet)[2:]
    place = header.index(column)
    rows = [row for row in rows if row[3] != "*Total England (comparable with 2019/20)"]
    values = [value for value in _values("defra_flytipping") if value.measure == measure]
    assert [value.printed for value in values] == [row[place] for row in rows]
    numbers = [float(row[place]) for row in rows if row[place] not in ("", ":")]
    assert sum(value.value or 0 for value in values) == pytest.approx(sum(numbers))


def test_recorded_crime_adds_up_to_each_forces_total_with_what_is_unassigned() -> None:
    with (DATA / FILES["police_crime"]).open(encoding="utf-8-sig", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in list(csv.reader(file))[8:]]
    english = [row for row in rows if row[0].startswith("E")]
    values = _by_key("police_crime")
    councils = {row[4] for row in english if row[4].startswith("E")}
    combined = {f"csp-{row[2].lower()}" for row in english if row[4] == "Combined Local Authorities"}
    assert (len(councils), len(combined)) == (274, 10)
    totals = {value.area: value for value in values.values() if value.measure == "crime-total"}
    assert {area for area in totals if not area.endswith("-police")} == councils | combined
    assert len([area for area in totals if area.endswith("-police")]) == 38
    number = re.compile(r"[\d,]+")
    left_out = [
        row for row in english if row[3].lower().startswith("unassigned") or row[3] == "Manchester Airport"
    ]
    unassigned = sum(int(row[6].replace(",", "")) for row in left_out if number.fullmatch(row[6]))
    forces = sum(value.value or 0 for area, value in totals.items() if area.endswith("-police"))
    rest = sum(value.value or 0 for area, value in totals.items() if not area.endswith("-police"))
    city = totals["E09000001"].value or 0  # the City's force has one row, its partnership's
    assert forces + city == rest + unassigned
    assert {value.period for value in values.values()} == {"year to June 2025"}
    assert totals["E06000061"].printed == "5,946 + 5,262 + 8,277 + 7,302"


def test_deprivation_of_296_councils_in_ten_ways() -> None:
    rows = _csv("mhclg_imd")
    values = _by_key("mhclg_imd")
    assert len(values) == 10 * len(rows) == 2960
    for row in rows:
        of = row["lad24cd"]
        assert values["imd-average-score", of, "2025"].value == float(row["imd_average_score"])
        share = 100 * float(row["imd_proportion_most_deprived_10pct"])
        assert values["imd-most-deprived-tenth", of, "2025"].value == pytest.approx(share)


def test_housing_registers_of_councils_that_became_one_are_added_up() -> None:
    parts: dict[tuple[str, str], list[str]] = {}
    for row in _csv("mhclg_waiting_lists"):
        parts.setdefault((row["lad24cd"], row["reporting_year"]), []).append(row["households_on_register"])
    values = {(value.area, value.period): value for value in _values("mhclg_waiting_lists")}
    assert values.keys() == parts.keys()
    for key, printed in parts.items():
        # A nought is no register: nobody is said to wait on it, or on one that it is a part of.
        expected = None if {"", "0"} & set(printed) else sum(int(part) for part in printed)
        assert (values[key].value, values[key].marker) == (expected, "" if expected else "not_available"), key
    telford = [values["E06000020", year].value for year in ("2021", "2022", "2023", "2024", "2025")]
    assert telford == [2374, None, None, None, None]
    cumberland = values["E06000063", "2018"]
    assert (cumberland.value, cumberland.printed) == (None, "0 + 3961 + 1390")


def test_rough_sleeping_and_homelessness_of_296_councils() -> None:
    rough = _values("mhclg_rough_sleeping")
    rows = _csv("mhclg_rough_sleeping")
    for year in ("2024", "2025"):
        total = sum(int(row[f"rough_sleeping_{year}"]) for row in rows)
        assert sum(value.value or 0 for value in rough if value.period == year) == total
    homeless = _by_key("mhclg_homelessness")
    for row in _csv("mhclg_homelessness"):
        value = homeless["homeless-temporary", row["lad24cd"], "2025-26 Q2"]
        # A nought is no figure: the table has one for Southwark.
        assert (value.value, value.ends) == (int(row["households_in_ta"]) or None, dt.date(2025, 9, 30))


@pytest.mark.parametrize("path", STREET, ids=lambda path: path.stem)
def test_every_street_crime_is_counted_once_or_is_in_wales(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = [value for value in PoliceStreet().parse(path) if isinstance(value, ValueRecord)]
    counted = Counter(value.measure for value in values for _ in range(int(value.value or 0)))
    wales = sum(row["LSOA code"].startswith("W") for row in rows)
    nowhere = sum(not row["LSOA code"] for row in rows)
    together = counted["street-all"] + counted["street-elsewhere"]
    assert counted["street-no-location"] == nowhere
    assert together + nowhere + wales == len(rows)
    kinds = sum(count for measure, count in counted.items() if measure not in _NOT_KINDS)
    assert kinds == counted["street-all"]
    if "cleveland" in path.name:
        burglaries = [
            row["LSOA name"]
            for row in rows
            if row["Crime type"] == "Burglary" and row["LSOA name"].startswith("Middlesbrough ")
        ]
        (middlesbrough,) = (v for v in values if (v.measure, v.area) == ("street-burglary", "E06000002"))
        assert middlesbrough.value == len(burglaries)
        assert rows[middlesbrough.row - 2]["LSOA name"] == burglaries[0]


_NOT_KINDS = ("street-all", "street-elsewhere", "street-no-location")
