"""Ofsted's official statistics of the inspection of local authority children's services.

Data source
    Each authority's latest judgements, every ILACS inspection since 2018, and a year's inspections and
    visits, as Ofsted's own administrative system has them.
Format
    An OpenDocument workbook; three sheets, each with two title lines and the header in row 3.
Cadence
    Yearly, in the autumn, as at 31 March.
What needs care
    The same inspection can be on all three sheets. An inspection before 2023 judged children in care and
    care leavers together; the sheets print that grade under "children in care" and leave the other blank.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from oneplace.frameworks import Framework, edition
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.gov_uk import Edition
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, sheet_rows, unique

CARE = "The experiences and progress of children in care"
QUESTIONS = {
    "Overall effectiveness": "overall",
    "The impact of leaders on social work practice with children and families": "leadership",
    "The experiences and progress of children who need help and protection": "help_and_protection",
    CARE: "care",
    "The experiences and progress of care leavers": "care_leavers",
}
HEADER_ROW = 3
DATES = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")

# Inspection type → framework family.
TYPES = {
    "ILACS Standard Inspection": "ILACS",
    "ILACS Short Inspection": "ILACS",
    "ILACS Focused Visit": "focused-visit",
    "LA Monitoring visit": "monitoring-visit",
}

# Each edition has a page of its own, "Local authority inspection outcomes as at 31 March 2025", with the tables.
NEWEST = Edition(
    page="/government/collections/childrens-social-care-statistics",
    document=r"local authority inspection outcomes as at",
    file=r"(underlying data|inspection outcomes).*\.ods$",
    saved_as="la_inspection_outcomes_{edition}.ods",
    expect="PK",
)


class OfstedLaOutcomes(Source):
    # The data source
    name = "ofsted_la_outcomes"
    publisher = "ofsted"
    title = "Local authority inspection outcomes, official statistics"
    cadence = "yearly, in the autumn, as at 31 March"

    # Its format
    media_type = "application/vnd.oasis.opendocument.spreadsheet"
    filename = "la_inspection_outcomes_2025-03-31.ods"

    # How it is reached
    url = "https://www.gov.uk/government/collections/childrens-social-care-statistics"
    access = "open"
    how = "Open the page, choose the newest release and save “Local authority inspection outcomes” (ODS)."
    months = 14

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        yield NEWEST.fetch(client, held)

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """The rows of the three sheets, in the order of the sheets below."""
        latest = ("Inspection date", "Publication date")
        rows = sheet_rows(path, "Inspections_as_at_31_March", HEADER_ROW, (*_WHO, *latest, *QUESTIONS))
        unique(rows, _WHO[:1], "a council once")
        for row in rows:
            yield _inspection(row, "Inspection date", None)
        history = (*latest, "Inspection type")
        rows = sheet_rows(path, "ILACS_inspection_history", HEADER_ROW, (*_WHO, *history, *QUESTIONS))
        unique(rows, (_WHO[0], "Inspection type", "Inspection date"), "an inspection once")
        for row in rows:
            yield _inspection(row, "Inspection date", "Inspection type")
        year = ("Inspection/Visit date", "Publication date", "Inspection/Visit type", "Visit Theme")
        rows = sheet_rows(path, "In-year_inspections", HEADER_ROW, (*_WHO, *year, *QUESTIONS))
        unique(rows, (_WHO[0], "Inspection/Visit type", "Inspection/Visit date"), "an inspection once")
        for row in rows:
            yield _inspection(row, "Inspection/Visit date", "Inspection/Visit type")

    def published(self, path: Path) -> dt.date | None:
        """From the cover sheet."""
        cover = sheet_rows(path, "Cover", 2, ("Section", "Detail"))
        for row in cover:
            if row.cells["Section"] == "Published on:":
                return row.date("Detail", DATES)
        return None


_WHO = ("Local authority area code", "Local authority name")


def _inspection(row: Row, date_column: str, type_column: str | None) -> InspectionRecord:
    begun = row.date(date_column, DATES)
    published = row.date("Publication date", DATES)
    if published < begun:
        raise row.fault("Publication date", f"a date on or after the inspection of {begun}")
    kind = row.one_of(type_column, tuple(TYPES)) if type_column else "ILACS Standard Inspection"
    framework = edition(TYPES[kind], begun)
    theme = row.cells.get("Visit Theme", "")
    title = kind if type_column else ""
    return InspectionRecord(
        publisher="ofsted",
        framework=framework.family,
        body=BodyRef(
            name=row.text("Local authority name"),
            gss_code=row.gss_code(_WHO[0]),
        ),
        title=f"{title}: {theme}" if theme else title,
        inspection_start=begun,
        published=published,
        published_source="list",
        judgements=tuple(_judgements(row, framework, begun)),
        address=row.address,
    )


def _judgements(row: Row, framework: Framework, begun: dt.date) -> Iterator[JudgementRecord]:
    for question, key in _questions(begun).items():
        if row.optional(question):
            yield row.judgement(question, framework, key, wording=question)


def _questions(begun: dt.date) -> Mapping[str, str]:
    together = edition("ILACS", begun).question("care_and_leavers")
    return {**QUESTIONS, CARE: "care_and_leavers"} if together and together.asked(begun) else QUESTIONS
