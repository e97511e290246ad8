"""Grades of social landlords by the Regulator of Social Housing: consumer, governance and viability.

Data source
    The regulator's list of its current judgements, on GOV.UK. The grades, whom they are given to and when are in the
    regulator's own account of its judgements. The headings of the list are not known here, so whoever copies it gives
    it some.
Format
    A CSV file with the day of the list in its name, one row a landlord: name, code of registration, type of
    landlord, the three grades (empty where it has none), date of publication, address of the judgement.
Cadence
    None: the list changes as judgements are published, and is always the latest.
What needs care
    Councils have a consumer grade alone, and only since 2024. A landlord that is not in the list has not been
    judged, which is no grade. The three grades are three scales and become three ratings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRecord, BodyRef, InspectionRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

# Column → family of the framework.
GRADES = {
    "Consumer grade": "housing-consumer",
    "Governance grade": "housing-governance",
    "Viability grade": "housing-viability",
}
COUNCIL, ASSOCIATION = "Local authority", "Private registered provider"
COLUMNS = ("Landlord", "Registration code", "Landlord type", *GRADES, "Date of publication", "Address")


class SocialHousingRegulator(Source):
    # The data source
    name = "social_housing_regulator"
    publisher = "social-housing-regulator"
    title = "Current grades of social landlords"
    cadence = "as judgements are published"

    # Its format
    media_type = "text/csv"
    filename = "social_housing_gradings_2025-03-31.csv"
    is_snapshot = True

    # How it is reached
    url = "https://www.gov.uk/government/collections/regulatory-judgements-and-regulatory-notices"
    access = "manual"
    how = (
        "Open the page, copy the list of landlords and grades into a spreadsheet, give its columns the headings "
        + ", ".join(f"“{name}”" for name in COLUMNS)
        + f" (the type is “{COUNCIL}” or “{ASSOCIATION}”, dates like 31/03/2025) and save it as "
        "social_housing_gradings_2025-03-31.csv, with the day on which you did. Then run `oneplace ingest "
        "social_housing_regulator FILE`."
    )
    months = 3

    def records(self, path: Path) -> Iterator[BodyRecord | InspectionRecord]:
        """Each landlord that is no council, followed by its grades."""
        if self.as_at(path) is None:
            raise SourceError(
                path, "the day of the list in the file's name, like 2025-03-31,", found=path.name
            )
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("Registration code",), "a landlord once")
        for row in rows:
            body = _body(row)
            if body.body_id:
                yield BodyRecord(
                    body_id=body.body_id,
                    name=body.name,
                    kind="housing_provider",
                    codes=(("rsh_code", row.text("Registration code")),),
                    address=row.address,
                )
            yield from _gradings(row, body)


def _body(row: Row) -> BodyRef:
    code = row.like("Registration code", r"[A-Z0-9]{3,8}", "a code of registration like L4240")
    name = row.text("Landlord")
    if row.one_of("Landlord type", (COUNCIL, ASSOCIATION)) == COUNCIL:
        return BodyRef(name=name)
    return BodyRef(name=name, kind="housing_provider", body_id=f"rsh-{code.lower()}")


def _gradings(row: Row, body: BodyRef) -> Iterator[InspectionRecord]:
    published = row.date("Date of publication", ("%d/%m/%Y", "%Y-%m-%d"))
    given = [column for column in GRADES if row.optional(column)]
    if not given:
        raise row.fault("Consumer grade", "at least one of the three grades")
    for column in given:
        if not body.body_id and column != "Consumer grade":
            raise row.fault(column, "nothing, as councils have a consumer grade alone,")
        yield _grading(row, body, column, published)


def _grading(row: Row, body: BodyRef, column: str, published: dt.date) -> InspectionRecord:
    framework = edition(GRADES[column], published)
    if published < framework.starts:
        raise row.fault(
            "Date of publication", f"a date from {framework.starts}, when {framework.name} began,"
        )
    return InspectionRecord(
        publisher="social-housing-regulator",
        framework=framework.family,
        body=body,
        title=framework.name,
        published=published,
        published_source="list",
        report_url=row.optional("Address"),
        judgements=(row.judgement(column, framework, framework.questions[0].key),),
        address=row.address,
    )
