"""The sector's table of each council's latest inspection, read out of Ofsted's reports by Data to Insight.

Data source
    A third party's table, made by a programme from the PDFs: newer than any official statistics, and
    wrong or blank for a few councils. It is shown as theirs and gives way to a reading of the report.
Format
    A CSV file, one row a council; days first in its dates, and two figures for the year of publication.
Cadence
    Daily.
What needs care
    Blanks stay unknown. Codes are of before 2020 for councils that have since been replaced. Where the
    inspection was before 2023, the grade under "in care" is for care leavers too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

QUESTIONS = {
    "overall_effectiveness_grade": "overall",
    "impact_of_leaders_grade": "leadership",
    "help_and_protection_grade": "help_and_protection",
    "in_care_grade": "care",
    "care_leavers_grade": "care_leavers",
}
BEFORE_THE_QUESTION = "inspection_pre_dates_judgement"
DATES = ("%d/%m/%Y", "%d/%m/%y")


class DatatoinsightIlacsOverview(Source):
    # The data source
    name = "datatoinsight_ilacs_overview"
    publisher = "ofsted"
    title = "ILACS overview: each council's latest inspection"
    cadence = "daily"
    compiled_by = "Data to Insight"

    # Its format
    media_type = "text/csv"
    filename = "ilacs_latest_overview_2026-06.csv"

    # How it is reached
    url = "https://data-to-insight.github.io/ofsted-ilacs-scrape-tool/"
    access = "manual"
    how = (
        "Open the page, choose “Download as CSV” and save the file as ilacs_latest_overview_YYYY-MM.csv, with the "
        "month it was made in."
    )
    months = 2

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a council."""
        columns = (
            "urn", "ltla23cd", "local_authority", "inspection_link", "inspection_start_date",
            "inspection_end_date", "publication_date", *QUESTIONS,
        )  # fmt: skip
        rows = csv_rows(path, columns)
        unique(rows, ("urn",), "a council once")
        for row in rows:
            yield _inspection(row)


def _inspection(row: Row) -> InspectionRecord:
    start = row.optional_date("inspection_start_date", DATES)
    end = row.optional_date("inspection_end_date", DATES)
    published = row.optional_date("publication_date", DATES)
    if start and end and end < start:
        raise row.fault("inspection_end_date", f"a date on or after the start of {start}")
    return InspectionRecord(
        publisher="ofsted",
        framework="ILACS",
        body=BodyRef(
            name=row.text("local_authority"),
            urn=row.ofsted_number("urn"),
            gss_code=row.gss_code("ltla23cd"),
        ),
        inspection_start=start,
        inspection_end=end,
        published=published,
        published_source="list" if published else None,
        report_url=row.optional("inspection_link"),
        judgements=tuple(_judgements(row, start or published)),
        address=row.address,
    )


def _judgements(row: Row, on: dt.date | None) -> Iterator[JudgementRecord]:
    before = row.cells["care_leavers_grade"] == BEFORE_THE_QUESTION
    framework = edition("ILACS", on)
    if row.cells["overall_effectiveness_grade"] and framework.question("overall") is None:
        # Begun before the change of April 2026 and published after it: the grade was given.
        framework = edition("ILACS", framework.starts - dt.timedelta(days=1))
    for column, key in QUESTIONS.items():
        printed = row.optional(column)
        if not printed or printed == BEFORE_THE_QUESTION:
            continue
        key = "care_and_leavers" if before and key == "care" else key
        asked = framework.question(key)
        yield row.judgement(column, framework, key, wording=asked.printed[0] if asked else "")
