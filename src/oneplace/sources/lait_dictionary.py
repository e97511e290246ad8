"""The dictionary of the Local Authority Interactive Tool: what each of its series counts, and which way is good."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from oneplace.records import MeasureRecord, Polarity
from oneplace.sources.periods import Year
from oneplace.sources.tables import Row, csv_rows

# One column more, the data owner's, may name people to write to: it is not read.
COLUMNS = (
    "Topic", "Chart_title", "Measure_short", "Polarity", "y_axis_name", "state_funded_flag", "Last Update",
    "Next Update", "Hyperlink(s)", "dps", "Year_Type",
)  # fmt: skip
OWNER = "Data Owner (DO) /Supplier and Contact Details"

POLARITIES: dict[str, Polarity] = {"High": "high", "Low": "low", "-": "none", "NA": "none"}
YEARS: dict[str, Year] = {
    "Academic Year": "academic",
    "Financial Year": "financial",
    "Calendar Year": "calendar",
    "Annual (end of Sept)": "to_september",
    "Annual - January": "january",
    "Annual": "calendar",
}
# How the dictionary's years are said under a measure.
_YEARS_SAID: dict[Year, str] = {
    "academic": "Years are school years, named by the year in which they end.",
    "financial": "Years end on 31 March of the year named.",
    "calendar": "Years are calendar years.",
    "to_september": "Years end on 30 September.",
    "january": "As at January.",
}

_CHILDREN, _SCHOOLS = "children", "schools"
SERVICES = {
    "Adoption": _CHILDREN,
    "All Pupil Absence & Exclusions": _SCHOOLS,
    "Attainment by age 19": _SCHOOLS,
    "Child Protection": _CHILDREN,
    "Children Looked After": _CHILDREN,
    "Children in Need": _CHILDREN,
    "Children with SEN": _CHILDREN,
    "Children's Service Finance": _CHILDREN,
    "Children's Services Workforce": _CHILDREN,
    "Contextual\\Other": _CHILDREN,
    "Early Years": _CHILDREN,
    "Economic Factors": "council",
    "Foundation Stage": _SCHOOLS,
    "Further & Higher Education": _SCHOOLS,
    "Health and Wellbeing": "health",
    "Key Stage 1 and Phonics": _SCHOOLS,
    "Key Stage 2": _SCHOOLS,
    "Key Stage 4": _SCHOOLS,
    "Key Stage 5": _SCHOOLS,
    "Youth Offending": "youth_justice",
}

# What the axis of a chart says → the unit; the first that is found. What is none of these stays as it is.
_UNITS = (
    (r"^%|\(%\)$|^Turnover rate$|^Absence Rate$", "percent"),
    (r"^Rate per 100,000", "per_100000"),
    (r"^Rate per 10,000", "per_10000"),
    (r"^Rate per 1000 ", "per_1000"),
    (r"^(Spend|Unit Cost)$", "pounds"),
    (r"FTE$|^Social Workers$", "full-time equivalents"),
    (r"^Number|^Total cases$", "number"),
    (r"[Ss]core|^Average$", "score"),
    (r"^Case Load$", "cases a worker"),
)
_COUNTED = ("number", "full-time equivalents")
_SERIAL = dt.date(1899, 12, 30)  # the day from which a spreadsheet counts dates


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the tool: its measure, and which year its "2023" is."""

    measure: MeasureRecord
    year: Year


def read_dictionary(path: Path) -> dict[str, Series]:
    """The tool's short name → series, in the dictionary's order. Raises `SourceError`.

    A series that stands under two topics is told by its first row; both must agree on what matters.
    """
    found: dict[str, Series] = {}
    keys: dict[str, str] = {}
    for row in csv_rows(path, COLUMNS):
        name = row.text("Measure_short")
        new = _series(row)
        if (first := found.setdefault(name, new)) is not new:
            for column, of_first, of_new in (
                ("Polarity", first.measure.polarity, new.measure.polarity),
                ("Year_Type", first.year, new.year),
            ):
                if of_first != of_new:
                    raise row.fault(column, f"what the series “{name}” says further up")
        elif keys.setdefault(new.measure.key, name) != name:
            raise row.fault("Measure_short", f"a short name unlike “{keys[new.measure.key]}”")
    return found


def key_of(short_name: str) -> str:
    """The public identifier of a series: "%_of LAC Adopted" is "lait-percent-of-lac-adopted"."""
    said = short_name.casefold()
    for sign, word in (("%", " percent "), ("&", " and "), ("<", " under "), ("+", " plus ")):
        said = said.replace(sign, word)
    return "-".join(("lait", *re.findall(r"[a-z0-9]+", said)))


def _series(row: Row) -> Series:
    topic = row.one_of("Topic", tuple(SERVICES))
    polarity = POLARITIES[row.one_of("Polarity", tuple(POLARITIES))]
    year = YEARS[row.one_of("Year_Type", tuple(YEARS))]
    title, axis = (" ".join(row.text(column).split()) for column in ("Chart_title", "y_axis_name"))
    # A number of cases stands on an axis that says "% of deaths": the title tells what the figures are.
    unit = "number" if re.match(r"Number of\b(?!.*%)", title) else _unit(title, axis)
    decimals = row.one_of("dps", ("NA", "0", "1", "2", "3"))
    state = row.one_of("state_funded_flag", ("State Funded", "NA")) == "State Funded"
    spent = axis == "Spend"
    words = (
        f"{title}, measured as {axis}.",
        _YEARS_SAID[year],
        "State-funded schools only." if state else "",
    )
    return Series(
        MeasureRecord(
            key=key_of(row.text("Measure_short")),
            title=title,
            service=SERVICES[topic],
            unit=unit,
            polarity=polarity,
            definition=" ".join(word for word in words if word),
            kind="count" if spent or unit in _COUNTED else "rate",
            decimals=None if decimals == "NA" else int(decimals),
            topic=topic.replace("\\", " and ").lower().capitalize(),
            publisher="dfe",
            source_note=_taken_from(row),
            polarity_source=(
                "Department for Education, data dictionary of the Local Authority Interactive Tool"
                if polarity != "none"
                else ""
            ),
        ),
        year,
    )


def _unit(title: str, axis: str) -> str:
    for pattern, unit in _UNITS:
        if re.search(pattern, axis) or (unit == "percent" and title.endswith("(%)")):
            return unit
    return axis


def _taken_from(row: Row) -> str:
    """Where the tool has the series from, and when it was and will be brought up to date."""
    link = next((word for word in row.cells["Hyperlink(s)"].split() if word.startswith("http")), "")
    dates = [
        f"{what} {_day(row.cells[column])}"
        for what, column in (("last updated", "Last Update"), ("next update", "Next Update"))
        if row.cells[column] not in ("", "NA")
    ]
    return "; ".join(part for part in (link, *dates) if part)


def _day(text: str) -> str:
    """A spreadsheet's number for a day as that day; words ("TBC", "Discontinued") as they are."""
    if not re.fullmatch(r"4\d{4}", text):
        return text
    return (_SERIAL + dt.timedelta(days=int(text))).isoformat()
