"""Ratings of probation: HM Inspectorate of Probation's inspections of delivery units and regions.

Data source
    The inspectorate prints each rating on a page of its own site. Each row was typed from the page that it
    names: the inspectorate's, or a newspaper's that repeats what it said.
Format
    A CSV file, one row an inspection: unit, region, date of publication (often the month or the year only),
    overall rating, score where one was seen ("3/27" or "3"), address.
Cadence
    None: rows are added when someone types them. Since October 2025 inspections of how the public is
    protected are going on in place of rated ones.
What needs care
    The file is incomplete. Units in Wales are left out. "… region" in the first column is the region's own
    rating. A unit may be there twice, with an inspection of which nobody has typed the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRef, InspectionRecord
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import TypedTable, by_hand, period

COLUMNS = ("unit", "region", "published", "overall", "score", "url")
MOST = 27  # nine standards, of which each gives up to three points
# What the column "region" may say: eleven regions of England, by the names of the Probation Service, and Wales.
REGIONS = (
    "East Midlands", "East of England", "Greater Manchester", "Kent Surrey and Sussex", "London", "North East",
    "North West", "South Central", "South West", "Wales", "West Midlands", "Yorkshire and the Humber",
)  # fmt: skip


class HmiProbation(TypedTable):
    # The data source
    name = "hmi_probation"
    publisher = "hmi-probation"
    title = "Ratings of probation delivery units and regions, 2021 to 2025, typed from public pages"

    # Its format
    filename = "probation.csv"

    # How it is reached
    url = "https://hmiprobation.justiceinspectorates.gov.uk/our-reports/"
    how = by_hand(name, COLUMNS, "the rating of a unit, from its report on the inspectorate's site,")

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a row, in the order of the file, but for Wales."""
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("unit", "published"), "a unit once on a date")
        for row in rows:
            inspection = _inspection(row)
            if row.text("region") != "Wales":
                yield inspection


def _inspection(row: Row) -> InspectionRecord:
    when = period(row, "published")
    framework = edition("probation", when.last if when else None)
    return InspectionRecord(
        publisher="hmi-probation",
        framework=framework.family,
        body=_body(row),
        title=framework.name,
        published=when.last if when else None,
        published_source="list" if when else None,
        date_precision=when.precision if when else "day",
        report_url=row.text("url"),
        judgements=(row.judgement("overall", framework, "overall", score=_score(row)),),
        address=row.address,
    )


def _body(row: Row) -> BodyRef:
    region, unit = row.one_of("region", REGIONS), row.text("unit")
    if re.search(r"\bregion\)?$", unit):
        return BodyRef(name=region, kind="probation_region")
    if unit.endswith("National Probation Service division"):
        return BodyRef(name=unit, kind="probation_region")
    return BodyRef(name=unit, kind="probation_unit")


def _score(row: Row) -> float | None:
    if not (printed := row.optional("score")):
        return None
    found = re.fullmatch(rf"(\d+)(?:/{MOST})?", printed)
    if not found or int(found[1]) > MOST:
        raise row.fault("score", f"a number from 0 to {MOST}, like “3/{MOST}”,")
    return float(found[1])
