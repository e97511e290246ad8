"""Complaints about councils to the Local Government and Social Care Ombudsman, from its annual letters.

Data source
    The Ombudsman writes to each council once a year and publishes the letters, and the numbers in them on a map
    of all councils. What the letters count is in the Ombudsman's manual for councils, part 11. The headings of its
    own spreadsheet are not known here, so whoever makes one gives it some, in the words of the manual.
Format
    A CSV file a year, with the year in its name, one row a council.
Cadence
    Yearly, from May to July, for the financial year before.
What needs care
    Many complaints do not mean a bad council: it may be one that tells people where to complain, and large ones
    have more. So the numbers have no good side, but for keeping to what the Ombudsman recommends. A council
    with no investigations has no rate, which is not nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from oneplace.records import MeasureRecord, Polarity, ReleaseRecord, ValueRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.numbers import number_in
from oneplace.sources.periods import Period, year_period
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

MANUAL = (
    "https://www.lgo.org.uk/information-centre/information-for-organisations-we-investigate/councils/"
    "information-for-link-officers?chapter=11"
)
NONE_GIVEN = ("", "N/A", "n/a", "-")


class Count(NamedTuple):
    """A column: the short name and title of its measure, its unit and what it counts."""

    key: str
    title: str
    unit: str
    definition: str
    polarity: Polarity = "none"


COUNTS = {
    "Complaints dealt with": Count(
        "dealt-with",
        "Complaints to the Ombudsman",
        "number",
        "Complaints and enquiries about the council that the Ombudsman dealt with in the year.",
    ),
    "Not for us": Count(
        "not-for-us",
        "Complaints that were not for the Ombudsman",
        "number",
        "Complaints brought before the council had its chance to answer, or to the wrong ombudsman.",
    ),
    "Assessed and closed": Count(
        "closed",
        "Complaints closed after a first look",
        "number",
        "Complaints that the law keeps the Ombudsman from investigating, or that it would not have been right to "
        "spend public money on.",
    ),
    "Investigated": Count(
        "investigated",
        "Complaints investigated",
        "number",
        "Complaints on which the Ombudsman finished an investigation and decided whether there was fault.",
    ),
    "Complaints upheld": Count(
        "upheld",
        "Complaints upheld",
        "number",
        "Complaints in which the Ombudsman found fault, or that the council put right early on.",
    ),
    "Upheld (%)": Count(
        "upheld-rate",
        "Share of investigated complaints that were upheld",
        "percent",
        "Complaints upheld, of those investigated.",
    ),
    "Satisfactory remedies (%)": Count(
        "remedied",
        "Share of upheld complaints that the council had put right itself",
        "percent",
        "Upheld complaints in which the Ombudsman agreed with what the council had already offered.",
    ),
    "Compliance (%)": Count(
        "compliance",
        "Share of the Ombudsman's recommendations that the council kept to",
        "percent",
        "Recommendations that the council carried out, of those that were due in the year. Not to do so is rare.",
        "high",
    ),
}


class OmbudsmanAnnualLetters(Source):
    # The data source
    name = "ombudsman_annual_letters"
    publisher = "ombudsman"
    title = "Complaints about councils to the Local Government and Social Care Ombudsman"
    cadence = "yearly, from May to July"

    # Its format
    media_type = "text/csv"
    filename = "ombudsman_annual_letters_2024-25.csv"

    # How it is reached
    url = "https://www.lgo.org.uk/your-councils-performance"
    access = "manual"
    how = (
        "From the numbers of the year that the Ombudsman publishes for all councils, make a spreadsheet with the "
        "headings “Council”, "
        + ", ".join(f"“{name}”" for name in COUNTS)
        + ". Leave a cell empty where there is no rate. Save it as ombudsman_annual_letters_2024-25.csv, with the "
        "year that it is of, and run `oneplace ingest ombudsman_annual_letters FILE`."
    )
    months = 16

    def release(self, path: Path) -> ReleaseRecord:
        """A release a year: a newer year leaves the others as they are."""
        record = super().release(path)
        return replace(record, slot=_year(path)[0], title=f"{record.title}, {_year(path)[0]}")

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        return ("Council",)

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        """The measures, then every council's numbers in the order of the file."""
        year = _year(path)
        rows = csv_rows(path, ("Council", *COUNTS))
        unique(rows, ("Council",), "a council once")
        for count in COUNTS.values():
            yield _measure(count)
        for row in rows:
            for column, count in COUNTS.items():
                yield _value(row, column, count, year)


def _year(path: Path) -> Period:
    found = re.search(r"(20\d\d-\d\d)(?!\d)", path.name)
    period = year_period(found[1], "financial") if found else None
    if period is None:
        raise SourceError(path, "a financial year in the file's name, like 2024-25,", found=path.name)
    return period


def _measure(count: Count) -> MeasureRecord:
    return MeasureRecord(
        key=f"ombudsman-{count.key}",
        title=count.title,
        service="council",
        unit=count.unit,
        polarity=count.polarity,
        definition=count.definition,
        kind="rate" if count.unit == "percent" else "count",
        decimals=0,
        topic="Complaints",
        publisher="Local Government and Social Care Ombudsman",
        polarity_source=f"Ombudsman, manual for councils, part 11, {MANUAL}"
        if count.polarity != "none"
        else "",
    )


def _value(row: Row, column: str, count: Count, year: Period) -> ValueRecord:
    printed = row.cells[column]
    value = number_in(printed.removesuffix("%"))
    if printed in NONE_GIVEN and count.unit == "percent":
        value = None
    elif value is None or value < 0 or (count.unit == "percent" and value > 100):
        raise row.fault(column, "a share from 0 to 100" if count.unit == "percent" else "a number from 0 on")
    return ValueRecord(
        measure=f"ombudsman-{count.key}",
        scheme="name",
        area=row.text("Council"),
        period=year[0],
        ends=year[1],
        value=value,
        marker="" if value is not None else "not_applicable",
        printed=printed,
        sheet=None,
        row=row.number,
    )
