"""Places in schools by their Ofsted grade, and whether there are enough: the Department's school places scorecards.

Data source
    The Department for Education's scorecards: for each council, places in state schools by the grade of the
    school, places added since the year before, spare and planned places, and offers of the school preferred.
Format
    A CSV file, one row a council and year, with England; codes for headings, which the Department's
    metadata file (not read here) explains. The meanings below are from it, in our words.
Cadence
    Yearly, in the spring or summer, on the year before.
What needs care
    The file joins three years, and a column is "NA" all through a year that did not have it: the grades
    overall end with 2023/24, as schools had no single grade from September 2024, and the grades for each area
    begin with 2024/25. "z" is not applicable, "Low" a number that rounds to nothing. Shares are printed as
    fractions but for two that are percentages; both are given in percent, and nothing else is reckoned.
    Left out: projects, costs and places of building programmes, which are one figure for England on every
    council's row; places by progress measures; growth between years that the metadata does not name; and the
    columns that the metadata does not explain. A school without a grade is "0" in the overall columns and
    "NA" in those of an area, though the metadata calls both "0".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from oneplace.records import MeasureRecord, ValueRecord
from oneplace.sources.numbers import number_in
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

PUBLISHER = "Department for Education"
PHASES = {"P": "primary", "S": "secondary"}
GRADES = {"1": "outstanding", "2": "good", "3": "requires improvement", "4": "inadequate"}
AREAS = {
    "QE": "quality of education",
    "BA": "behaviour and attitudes",
    "PD": "personal development",
    "LM": "leadership and management",
}
# The Department's own signs, the same in all its statistics.
MARKERS = {"z": "not_applicable", "c": "suppressed", "x": "not_available", "low": "rounds_to_zero"}
NOT_THAT_YEAR = "NA"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it counts. `times`: 100 where a share is printed as a fraction."""

    name: str
    key: str
    title: str
    unit: str
    definition: str
    topic: str
    times: int = 1

    @property
    def measure(self) -> MeasureRecord:
        """What the column counts; nobody has said which way is good."""
        kind: Literal["count", "rate"] = "count" if self.unit in ("number", "pounds") else "rate"
        return MeasureRecord(
            key=self.key,
            title=self.title,
            service="schools",
            unit=self.unit,
            polarity="none",
            definition=self.definition,
            kind=kind,
            decimals=0 if kind == "count" else 1,
            topic=self.topic,
            publisher=PUBLISHER,
            source_note="School places scorecards, with their metadata",
        )


def _columns() -> Iterator[Column]:
    for letter, phase in PHASES.items():
        yield from _supply(letter, phase)
        yield from _by_grade(letter, phase, "", "")
        for code, area in AREAS.items():
            yield from _by_grade(letter, phase, f"_{code}", area)
    yield Column(
        "Funding",
        "school-places-funding",
        "Basic need funding for school places",
        "pounds",
        "All the basic need money that the Department has given the council to make enough places in schools.",
        "Enough places",
    )


def _supply(letter: str, phase: str) -> Iterator[Column]:
    """Whether there are enough places: unfilled, spare, needed, planned; how good forecasts were; offers."""
    years = "three school years after the survey"
    for name, key, title, unit, definition, times in (
        (f"Quan_{letter}_UP", "unfilled", f"Unfilled {phase} places", "percent",
         f"The share of places in {phase} schools that had no pupil, in the school year of the survey.", 1),
        (f"Quan_{letter}_Su", "spare", f"Spare {phase} places expected", "percent",
         f"The share of {phase} places that the council expects to be spare {years}.", 100),
        (f"Quan_{letter}_In", "created", f"{phase.capitalize()} places made since 2009/10", "number",
         f"The change in the number of {phase} places between 2009/10 and the school year of the survey.", 1),
        (f"Quan_{letter}_RP", "needed", f"More {phase} places needed", "number",
         f"How many more {phase} places the council expects to need to meet demand {years}.", 1),
        (f"Quan_{letter}_PP", "planned", f"{phase.capitalize()} places planned", "number",
         f"How many {phase} places are planned to be ready {years}.", 1),
        (f"For_1_{letter}", "forecast-1-year", f"Forecast of {phase} pupils, a year ahead: how far off", "percent",
         f"How far the council's forecast of {phase} pupils a year ahead was from the number there were.", 100),
        (f"For_3_{letter}", "forecast-3-years", f"Forecast of {phase} pupils, three years ahead: how far off",
         "percent", f"How far the council's forecast of {phase} pupils three years ahead was from the number "
         "there were.", 100),
        (f"Pref_{letter}_1_CY", "first-preference", f"First choice of {phase} school", "percent",
         f"The share of applicants offered their first choice of {phase} school, for entry in the September "
         "after the survey.", 1),
        (f"Pref_{letter}_T3_CY", "one-of-three", f"One of the first three choices of {phase} school", "percent",
         f"The share of applicants offered one of their first three choices of {phase} school, for entry in the "
         "September after the survey.", 1),
    ):  # fmt: skip
        yield Column(name, f"school-places-{phase}-{key}", title, unit, definition, "Enough places", times)


def _by_grade(letter: str, phase: str, suffix: str, area: str) -> Iterator[Column]:
    """Places there and places added, by the grade of the school overall or for one area of its inspection."""
    of = f" for {area}" if area else ""
    end = f"-{area.replace(' ', '-')}" if area else ""
    topic = f"Places by Ofsted grade{of}"
    for figure, grade in {**GRADES, "NA" if suffix else "0": "no grade"}.items():
        slug = grade.replace(" ", "-")
        school = f"{phase} schools with {'no grade' if grade == 'no grade' else f'the grade ‘{grade}’'}{of}"
        yield Column(
            f"Qual_{letter}_{figure}_E{suffix}",
            f"school-places-{phase}-{slug}{end}",
            f"Places in {school}",
            "number",
            f"Places that there already were in {school}, by the school's latest Ofsted inspection.",
            topic,
        )
        yield Column(
            f"Qual_{letter}_{figure}_N{suffix}",
            f"school-places-{phase}-added-{slug}{end}",
            f"New places in {school}",
            "number",
            f"Places added in {school}, by the school's latest Ofsted inspection.",
            topic,
        )
    yield Column(
        f"Qual_{letter}_Prop{suffix}",
        f"school-places-{phase}-added-good-or-outstanding{end}",
        f"New {phase} places that are in schools graded good or outstanding{of}",
        "percent",
        f"Of the {phase} places added, the share in schools that Ofsted graded good or outstanding{of}.",
        topic,
        100,
    )


COLUMNS = tuple(_columns())


class OfstedSchoolPlaces(Source):
    # The data source
    name = "ofsted_school_places"
    publisher = "dfe"
    title = "School places scorecards: places by Ofsted grade, spare and planned places"
    cadence = "yearly, on the year before"

    # Its format
    media_type = "text/csv"
    filename = "school_places_scorecards_2025.csv"

    # How it is reached
    url = "https://explore-education-statistics.service.gov.uk/find-statistics/local-authority-school-places-scorecards"
    access = "manual"
    how = (
        "Open the page, choose “Download all data (ZIP)”, take the table of the scorecards out of it and save it "
        "as school_places_scorecards_YYYY.csv by the year in which its latest school year ends."
    )
    months = 18

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        return ("new_la_code",)

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        """Every measure, then the values of each row in the order of the columns above."""
        columns = (
            "Year",
            "geographic_level",
            "country_code",
            "new_la_code",
            *(each.name for each in COLUMNS),
        )
        rows = csv_rows(path, columns)
        for row in rows:
            level = row.one_of("geographic_level", ("Local authority", "National"))
            if level == "National" and row.cells["new_la_code"]:
                raise row.fault("new_la_code", "an empty cell in England's row")
        unique(rows, ("Year", "geographic_level", "new_la_code"), "a council once a year")
        yield from (each.measure for each in COLUMNS)
        absent = _absent(rows)
        for row in rows:
            year, ends = _year(row)
            for column in COLUMNS:
                if (row.cells["Year"], column.name) not in absent:
                    yield _value(row, column, year, ends)


def _area(row: Row) -> str:
    if row.cells["geographic_level"] == "National":
        return row.one_of("country_code", ("E92000001",))
    return row.gss_code("new_la_code")


def _year(row: Row) -> tuple[str, dt.date]:
    """The school year as people write it, and its last day."""
    printed = row.text("Year")
    found = re.fullmatch(r"(20\d\d)/(\d\d)", printed)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        raise row.fault("Year", "a school year like 2024/25")
    return f"{found[1]}-{found[2]}", dt.date(int(found[1]) + 1, 8, 31)


def _absent(rows: tuple[Row, ...]) -> frozenset[tuple[str, str]]:
    """The columns that a year's scorecards did not have: "NA" for every council and England."""
    there = {
        (row.cells["Year"], each.name)
        for row in rows
        for each in COLUMNS
        if row.cells[each.name] != NOT_THAT_YEAR
    }
    years = {row.cells["Year"] for row in rows}
    return frozenset((year, each.name) for year in years for each in COLUMNS) - there


def _value(row: Row, column: Column, year: str, ends: dt.date) -> ValueRecord:
    printed = row.text(column.name)
    marker = "not_available" if printed == NOT_THAT_YEAR else MARKERS.get(printed.casefold(), "")
    value = 0.0 if marker == "rounds_to_zero" else None
    if not marker:
        number = number_in(printed)
        if number is None:
            raise row.fault(column.name, f"a number, or one of NA, {', '.join(MARKERS)},")
        # A fraction as a percentage, to as many figures as are printed.
        value = round(number * column.times, 10)
    return ValueRecord(
        measure=column.key,
        scheme="gss",
        area=_area(row),
        period=year,
        ends=ends,
        value=value,
        marker=marker,
        printed=printed,
        sheet=None,
        row=row.number,
    )
