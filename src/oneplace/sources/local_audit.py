"""Auditors' opinions on councils' accounts, and those that were disclaimed because time ran out.

Data source
    Public Sector Audit Appointments publishes which opinions were given, and each council its own accounts with
    the opinion in them. The kinds of opinion, the backstop dates and that the two kinds of disclaimer are told apart
    are in that body's monitoring report. It has no table of councils that is known here, so whoever makes one gives
    it the headings.
Format
    A CSV file, one row a council and financial year: name, GSS code, year, opinion, its date, address.
Cadence
    Yearly, after the backstop date of the year.
What needs care
    "Disclaimed at the backstop" is no judgement of the accounts: the auditor had not finished. An opinion that
    was not given yet is a fact with a date of its own, the day of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRef, InspectionRecord
from oneplace.sources.periods import year_period
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

COLUMNS = ("Council", "GSS code", "Financial year", "Opinion", "Date of opinion", "Address")


class LocalAudit(Source):
    # The data source
    name = "local_audit"
    publisher = "local-auditors"
    title = "Auditors' opinions on councils' accounts"
    licence = "Facts, from the publications named in each row"
    cadence = "yearly, after the backstop date"

    # Its format
    media_type = "text/csv"
    filename = "local_audit_opinions.csv"

    # How it is reached
    url = "https://www.psaa.co.uk/"
    access = "manual"
    how = (
        "From the list of opinions that Public Sector Audit Appointments publishes, or from the councils' accounts, "
        "make a spreadsheet with the headings "
        + ", ".join(f"“{name}”" for name in COLUMNS)
        + ". The opinion is one of: unmodified, qualified, adverse, disclaimed for want of evidence, disclaimed at "
        "the backstop, not given yet; years are like 2023-24 and dates like 28/02/2025. Save it as "
        "local_audit_opinions.csv and run `oneplace ingest local_audit local_audit_opinions.csv`."
    )
    months = 14

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One opinion a council and year, in the order of the file."""
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("GSS code", "Financial year"), "a council's year once")
        for row in rows:
            yield _opinion(row)


def _opinion(row: Row) -> InspectionRecord:
    year = year_period(row.text("Financial year"), "financial")
    if year is None or len(year[0]) != len("2023-24"):
        raise row.fault("Financial year", "a financial year like 2023-24")
    given = row.date("Date of opinion", ("%d/%m/%Y", "%Y-%m-%d"))
    if given <= year[1]:
        raise row.fault("Date of opinion", f"a date after the end of the year on {year[1]}")
    framework = edition("local-audit", given)
    return InspectionRecord(
        publisher="local-auditors",
        framework=framework.family,
        body=BodyRef(name=row.text("Council"), gss_code=row.gss_code("GSS code")),
        title=f"{framework.name} of {year[0]}",
        published=given,
        published_source="list",
        report_url=row.optional("Address"),
        reference=year[0],
        judgements=(row.judgement("Opinion", framework, framework.questions[0].key),),
        address=row.address,
    )
