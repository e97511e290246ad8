"""Ratings of youth justice services, read out of HM Inspectorate of Probation's pages by Data to Insight.

Data source
    A third party's table, made by a programme from the inspectorate's web pages: the latest inspection of
    each service under the standards of 2018 to 2024. It is shown as theirs.
Format
    A CSV file, one row a service: overall rating, score in per cent, a rating for each standard that the
    programme found; days first in its dates, and two figures for the year.
Cadence
    None known; this edition was made in July 2025.
What needs care
    A blank is a rating that the programme did not find, or a standard that was not judged: it stays unknown.
    In one row a footnote stands where the overall rating should be: it has no rating, and a problem says so.
    Welsh services are left out. Standards that are judged for two kinds of work have one column here. From
    2025 the inspectorate has other standards, which this table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import Framework, edition
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

DATES = ("%d/%m/%y", "%d/%m/%Y")
STANDARDS = (
    "governance_and_leadership", "staff", "partnerships_and_services", "information_and_facilities",
    "assessment", "planning", "implementation_and_delivery", "reviewing", "joint_working",
    "policy_and_provision", "outofcourt_disposal_policy_and_provision", "resettlement_policy_and_provision",
)  # fmt: skip
# The inspectorate's rule under these standards: points of 36, at most, and the rating that they make. In the table of
# July 2025 all but one of 80 services agree.
BANDS = ((6, "inadequate"), (18, "requires_improvement"), (30, "good"), (36, "outstanding"))
# The page's footnote on resettlement, which the programme took for the overall rating.
FOOTNOTE = re.compile(r"\d The resettlement standard does not contribute to the overall rating")
# The principal areas of Wales, as they are in the names of its services: Local Government (Wales) Act 1994.
WELSH = frozenset({
    "Anglesey", "Blaenau Gwent", "Bridgend", "Caerphilly", "Cardiff", "Carmarthenshire", "Ceredigion", "Conwy",
    "Denbighshire", "Flintshire", "Gwynedd", "Merthyr Tydfil", "Monmouthshire", "Neath Port Talbot", "Newport",
    "Pembrokeshire", "Powys", "Rhondda Cynon Taf", "Swansea", "Torfaen", "Vale of Glamorgan", "Wrexham",
})  # fmt: skip


class HmiProbationYouthJustice(Source):
    # The data source
    name = "hmi_probation_youth_justice"
    publisher = "hmi-probation"
    title = "Ratings of youth justice services, 2021 to 2025"
    cadence = "none known"
    compiled_by = "Data to Insight"

    # Its format
    media_type = "text/csv"
    filename = "youth_justice_ratings_2025-07.csv"

    # How it is reached
    url = "https://www.datatoinsight.org/"
    access = "manual"
    how = (
        "Ask Data to Insight for its summary of youth justice inspections, save it as "
        "youth_justice_ratings_YYYY-MM.csv, with the month it was made in, and run "
        "`oneplace ingest hmi_probation_youth_justice FILE`."
    )

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a service of England, in the order of the file."""
        columns = ("la_name", "score_%", "overall_rating", "publication_date", "report_url", *STANDARDS)
        rows = csv_rows(path, columns)
        unique(rows, ("la_name",), "a service once")
        for row in rows:
            inspection = _inspection(row)
            if not _is_welsh(inspection.body.name):
                yield inspection


def _is_welsh(name: str) -> bool:
    return any(part.strip() in WELSH for part in re.split(r" and |&|,", name)) or name in WELSH


def _name(printed: str) -> str:
    """The service, without the words of the page's title and the mark of a joint inspection ("- JI")."""
    return printed.removeprefix("An inspection of ").removesuffix(" - JI").strip()


def _inspection(row: Row) -> InspectionRecord:
    published = row.date("publication_date", DATES)
    framework = edition("youth-justice", published)
    if framework.key != "youth-justice-2018":
        raise row.fault(
            "publication_date", f"a date before {framework.starts}, when other standards came in,"
        )
    overall, problems = _overall(row, framework)
    return InspectionRecord(
        publisher="hmi-probation",
        framework=framework.family,
        body=BodyRef(name=_name(row.text("la_name")), kind="youth_justice_service"),
        title=framework.name,
        published=published,
        published_source="list",
        report_url=row.text("report_url"),
        judgements=(*overall, *_standards(row, framework)),
        problems=problems,
        address=row.address,
    )


def _overall(row: Row, framework: Framework) -> tuple[tuple[JudgementRecord, ...], tuple[Problem, ...]]:
    score = row.decimal("score_%")
    if score is not None and not 0 <= score <= 100:
        raise row.fault("score_%", "a number from 0 to 100")
    if FOOTNOTE.match(row.text("overall_rating")):
        problem = Problem(
            kind="grade_unseen",
            message=(
                "The table has a footnote of the page where the overall rating should be; the score beside it is "
                f"{row.cells['score_%']} per cent"
            ),
            field="judgement:overall",
            address=row.address,
        )
        return (), (problem,)
    overall = row.judgement("overall_rating", framework, "overall", score=score)
    of_score = _by_score(score) if framework.ends else None
    if of_score is None or of_score == overall.grade:
        return (overall,), ()
    problem = Problem(
        kind="grades_disagree",
        message=(
            f"The table has “{overall.grade_printed}” and a score of {row.cells['score_%']} per cent, at which "
            f"the inspectorate's rule gives “{_label(framework, of_score)}”: one of the two is a slip"
        ),
        field="judgement:overall",
        address=row.address,
    )
    return (overall,), (problem,)


def _label(framework: Framework, key: str) -> str:
    grade = framework.grade(key)
    assert grade is not None
    return grade.label


def _by_score(score: float | None) -> str | None:
    """The rating at a score, until 2025: by the inspectorate's rule."""
    if score is None:
        return None
    points = round(score * 36 / 100)
    return next(grade for most, grade in BANDS if points <= most)


def _standards(row: Row, framework: Framework) -> Iterator[JudgementRecord]:
    for column in STANDARDS:
        if row.optional(column):
            yield row.judgement(column, framework, column)
