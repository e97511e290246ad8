"""Outcomes of area SEND inspections, read out of Ofsted's and the CQC's joint reports by Data to Insight.

Data source
    A third party's table, made by a programme from the PDFs: each area's latest inspection since 2023 of how
    council, health service and partners serve children with special educational needs or disabilities. Ofsted
    and the Care Quality Commission inspect together. It is shown as theirs and gives way to a reading of the report.
Format
    An Excel workbook with one sheet, one row an area; days first in its dates, as text, two figures for the year.
Cadence
    Daily.
What needs care
    The programme writes 01/01/1900 where it found no date of the inspection before: for about a third of the
    areas. That is a known fault of the publication and not of one edition, so such a date is unknown, with a
    problem at its row for a person to see, and the rest of the row is used; any other impossible date refuses
    the file. Where it found no outcome it says "nan", and where no dates it leaves blanks. The outcome is a
    number, 1 the best; it is checked against the sentence beside it, which is not carried. The councils that
    followed Cumbria have its code, so areas are known by Ofsted's number and by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import UnknownGrade, edition, grade_label, grade_of
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, sheet_rows, unique

SHEET = "ofsted_cs_send_inspections"
COLUMNS = (
    "urn", "local_authority", "inspection_link", "outcome_grade", "previous_inspection_date",
    "inspection_start_date", "inspection_end_date", "publication_date", "inspection_outcome_text",
)  # fmt: skip
DATES = ("%d/%m/%Y", "%d/%m/%y")
NO_DATE = "01/01/1900"
OUTCOMES = {"1": "positive", "2": "inconsistent", "3": "widespread_failings"}
NOT_FOUND = "nan"


class OfstedAreaSend(Source):
    # The data source
    name = "ofsted_area_send"
    publisher = "ofsted"
    title = "Area SEND inspections: each area's latest outcome"
    cadence = "daily"
    compiled_by = "Data to Insight"

    # Its format
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    filename = "area_send_overview_2026-06.xlsx"

    # How it is reached
    url = "https://data-to-insight.github.io/ofsted-send-scrape-tool/"
    access = "manual"
    how = (
        "Open the page, choose the summary as an Excel file and save it as area_send_overview_YYYY-MM.xlsx, with the "
        "month it was made in."
    )
    months = 2

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection an area."""
        rows = sheet_rows(path, SHEET, 1, COLUMNS)
        unique(rows, ("urn",), "an area once")
        for row in rows:
            yield _inspection(row)


def _inspection(row: Row) -> InspectionRecord:
    problems: list[Problem] = []
    _date(row, "previous_inspection_date", problems)
    start = _date(row, "inspection_start_date", problems)
    end = _date(row, "inspection_end_date", problems)
    published = _date(row, "publication_date", problems)
    if start and end and end < start:
        raise row.fault("inspection_end_date", f"a date on or after the start of {start}")
    if end and published and published < end:
        raise row.fault("publication_date", f"a date on or after the end of {end}")
    judgements = tuple(_outcome(row, start or published, problems))
    return InspectionRecord(
        publisher="ofsted",
        framework="area-SEND",
        body=BodyRef(
            name=row.text("local_authority"),
            urn=row.ofsted_number("urn"),
        ),
        title="Area SEND inspection, by Ofsted and the Care Quality Commission together",
        inspection_start=start,
        inspection_end=end,
        published=published,
        published_source="list" if published else None,
        report_url=row.optional("inspection_link"),
        judgements=judgements,
        problems=tuple(problems),
        address=row.address,
    )


def _date(row: Row, column: str, problems: list[Problem]) -> dt.date | None:
    """The date in a cell; where the programme found none it is unknown, and a person should look."""
    if row.cells[column] != NO_DATE:
        return row.optional_date(column, DATES)
    problems.append(
        Problem(
            kind="date_implausible",
            message=f"The table has {NO_DATE} as {column.replace('_', ' ')}: no such date was read from the report",
            field=column,
            address=row.address,
        )
    )
    return None


def _outcome(row: Row, on: dt.date | None, problems: list[Problem]) -> Iterator[JudgementRecord]:
    framework = edition("area-SEND", on)
    (question,) = framework.questions
    number = row.text("outcome_grade").removesuffix(".0")
    if number == NOT_FOUND:
        problems.append(
            Problem(
                kind="field_missing",
                message="The table has no outcome: none was read from the report",
                field="outcome_grade",
                address=row.address,
            )
        )
        return
    if number not in OUTCOMES:
        raise row.fault("outcome_grade", f"one of {', '.join(OUTCOMES)} or {NOT_FOUND}")
    grade = OUTCOMES[number]
    try:
        said = grade_of(framework, row.text("inspection_outcome_text"))
    except UnknownGrade:
        said = None
    if said != grade:
        outcome = grade_label(framework, grade)
        raise row.fault("inspection_outcome_text", f"the sentence of outcome {number}, “{outcome}”,")
    yield JudgementRecord(
        question=question.printed[0],
        question_key=question.key,
        grade_printed=grade_label(framework, grade),
        grade=grade,
        address=row.address,
    )
