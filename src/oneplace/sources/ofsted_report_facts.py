"""Facts read from Ofsted's reports on paper, so to speak: judgements, dates and where each item stands.

Data source
    The reports of all councils, 2013 to 2026, checked by hand against their pages. Facts only: what must
    improve is known by its place in the report, without the inspectors' sentences.
Format
    Three CSV files in one folder, joined by `report`, the report's path in the archive: inspections,
    judgements, and places of recommendations.
Cadence
    As reports are checked.
What needs care
    The facts of a report stand until the report itself is read: what was read, with the inspectors' sentences, then
    takes their place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from oneplace.frameworks import Framework, edition, frameworks
from oneplace.records import (
    Address,
    BodyRef,
    InspectionRecord,
    JudgementRecord,
    ListKind,
    PublishedSource,
    RecommendationRecord,
    Record,
    ReleaseRecord,
)
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, by_key, csv_rows, unique

INSPECTION_COLUMNS = (
    "urn", "la_name", "framework", "title", "inspection_start", "inspection_end", "published",
    "published_source", "lead_inspector", "pages", "report", "report_url", "provider_url",
)  # fmt: skip
JUDGEMENT_COLUMNS = ("question", "question_key", "grade", "page", "grade_printed", "urn", "report")
PLACE_COLUMNS = ("urn", "report", "ordinal", "list_kind", "page")
DATES = ("%Y-%m-%d",)

# The source whose slots are reports, however they came to be known.
REPORTS = "ofsted_reports"


class OfstedReportFacts(Source):
    # The data source
    name = "ofsted_report_facts"
    publisher = "ofsted"
    title = "Facts of inspection reports, checked by hand"
    cadence = "as reports are checked"

    # Its format
    media_type = "text/csv"
    filename = "all_inspections.csv"
    companions = ("all_judgements.csv", "all_recommendation_places.csv")

    # How it is reached
    access = "manual"
    how = (
        "Save the three tables of facts, all_inspections.csv, all_judgements.csv and all_recommendation_places.csv, in "
        "one folder."
    )

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a report."""
        for _, record in self._reports(path):
            yield record

    def releases(self, path: Path) -> Iterator[tuple[ReleaseRecord, tuple[Record, ...]]]:
        """One release a report, with the one inspection in it."""
        whole = self.release(path)
        for row, record in tuple(self._reports(path)):
            yield _release_of(row, record, whole), (record,)

    def _reports(self, path: Path) -> Iterator[tuple[Row, InspectionRecord]]:
        inspections = csv_rows(path, INSPECTION_COLUMNS)
        judgements = csv_rows(path.with_name(self.companions[0]), JUDGEMENT_COLUMNS)
        places = csv_rows(path.with_name(self.companions[1]), PLACE_COLUMNS)
        for row in inspections:
            row.ofsted_number("urn")
        of_report = by_key(inspections, lambda row: row.text("report"))
        for rows in of_report.values():
            if len(rows) > 1:
                raise rows[1].fault("report", "a report only once")
        unique(judgements, (*JUDGEMENT_COLUMNS[1:], "question"), "a judgement once")
        unique(places, ("report", "ordinal"), "a number once a report")
        for row in (*judgements, *places):
            if row.text("report") not in of_report:
                raise row.fault("report", f"a report that {path.name} has")
            urn = of_report[row.cells["report"]][0].cells["urn"]
            if row.cells["urn"] != urn:
                raise row.fault("urn", f"{urn}, as {path.name} has for this report,")
        judged = by_key(judgements, lambda row: row.cells["report"])
        listed = by_key(places, lambda row: row.cells["report"])
        for report, (row,) in of_report.items():
            yield row, _inspection(row, judged.get(report, ()), listed.get(report, ()))


def _inspection(row: Row, judged: Sequence[Row], listed: Sequence[Row]) -> InspectionRecord:
    theirs = (
        each for each in frameworks().values() if (each.publisher, each.service) == ("ofsted", "children")
    )
    families = tuple(dict.fromkeys(each.family for each in theirs))
    start = row.date("inspection_start", DATES)
    end = row.date("inspection_end", DATES)
    framework = edition(row.one_of("framework", families), start)
    places = sorted((_recommendation(each) for each in listed), key=lambda item: item.ordinal)
    if [item.ordinal for item in places] != list(range(1, len(places) + 1)):
        raise listed[0].fault("ordinal", f"1 to {len(places)}, each once, for this report")
    return InspectionRecord(
        publisher="ofsted",
        framework=framework.family,
        body=BodyRef(name=row.text("la_name"), urn=row.text("urn")),
        title=row.text("title"),
        inspection_start=start,
        inspection_end=end,
        published=row.date("published", DATES),
        published_source=cast(PublishedSource, row.one_of("published_source", get_args(PublishedSource))),
        lead_inspector=row.cells["lead_inspector"],
        pages=row.whole_number("pages"),
        report_url=row.optional("report_url"),
        judgements=tuple(_judgement(each, framework) for each in judged),
        improve=tuple(places),
    )


def _judgement(row: Row, framework: Framework) -> JudgementRecord:
    question = framework.question(row.text("question_key"))
    if question is None:
        asked = ", ".join(each.key for each in framework.questions) or "no judgement"
        raise row.fault("question_key", f"{asked} ({framework.name})")
    told = row.judgement("grade_printed", framework, question.key, wording=row.text("question"))
    if row.text("grade") != told.grade:
        raise row.fault("grade", f"“{told.grade}”, for “{told.grade_printed}” in the next column,")
    return replace(told, address=Address(page=row.whole_number("page")))


def _recommendation(row: Row) -> RecommendationRecord:
    return RecommendationRecord(
        ordinal=row.whole_number("ordinal"),
        list_kind=cast(ListKind, row.one_of("list_kind", get_args(ListKind))),
        address=Address(page=row.whole_number("page")),
    )


def _release_of(row: Row, record: InspectionRecord, whole: ReleaseRecord) -> ReleaseRecord:
    """A report's release. Its hash is of these facts, for the report itself was not read here."""
    return replace(
        whole,
        source=REPORTS,
        slot=row.text("report"),
        title=f"{record.title}{_council(record)}, {_day(record.published)}",
        sha256=hashlib.sha256(repr(record).encode()).hexdigest(),
        url=row.optional("report_url") or row.optional("provider_url"),
        published=record.published,
        reader=OfstedReportFacts.name,
    )


def _council(record: InspectionRecord) -> str:
    """The council, where the title does not name it."""
    name = record.body.name
    return (
        ""
        if name.lower() in record.title.lower()
        else f", {name.title().replace(' And ', ' and ').replace(' Of ', ' of ')}"
    )


def _day(date: dt.date | None) -> str:
    return f"{date.day} {date:%B %Y}" if date else "undated"
