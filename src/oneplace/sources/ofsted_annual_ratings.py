"""Ofsted's annual ratings of children's services, 2009 to 2011.

Data source
    Ofsted's own site no longer has them. The councils that reports of the day named were typed from those
    pages, each row with its page; how many councils had each rating was published for all 152.
Format
    A CSV file of named councils; the totals, the days of publication and the little that is known of why
    are in `ofsted_annual_ratings.toml` beside this module, each with where it was read.
Cadence
    Finished: the ratings ended with 2011.
What needs care
    A council that is not named had one of the ratings all the same: absence is not a rating.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oneplace.frameworks import edition, grade_label
from oneplace.records import (
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    LookBackRecord,
    RatingTotal,
)
from oneplace.sources.facts import facts_in
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique


class OfstedAnnualRatings(Source):
    # The data source
    name = "ofsted_annual_ratings"
    publisher = "ofsted"
    title = "Annual children's services ratings: councils named in reports of the day, and totals"
    licence = "Facts, typed from the pages named in each row"
    cadence = "finished in 2011"
    compiled_by = "Oneplace, from public pages"

    # Its format
    media_type = "text/csv"
    filename = "ofsted_annual_ratings.csv"
    facts = ("ofsted_annual_ratings.toml",)

    # How it is reached
    access = "closed"

    def records(self, path: Path) -> Iterator[InspectionRecord | RatingTotal]:
        """The named councils in the order of the file, then the totals of each year."""
        years = _years()
        rows = csv_rows(path, ("year", "council", "rating", "url"))
        unique(rows, ("year", "council"), "a council once a year")
        for row in rows:
            yield _rating(row, years)
        for year in years.values():
            yield from _totals(year)


def _years() -> dict[str, dict[str, Any]]:
    return {str(year["year"]): year for year in facts_in(OfstedAnnualRatings.facts[0])["years"]}


def _rating(row: Row, years: dict[str, dict[str, Any]]) -> InspectionRecord:
    year = years[row.one_of("year", tuple(years))]
    council = row.text("council")
    later = next((late for late in year.get("later", ()) if late["council"] == council), None)
    published: dt.date = later["published"] if later else year["published"]
    framework = edition("annual-rating", published)
    grade = row.grade("rating", framework)
    title = f"Annual children's services rating {year['year']}"
    found = [each for each in year.get("found", ()) if each["council"] == council]
    return InspectionRecord(
        publisher="ofsted",
        framework=framework.family,
        body=BodyRef(name=council),
        title=f"{title} ({later['note']})" if later else title,
        published=published,
        published_source="list",
        report_url=row.text("url"),
        judgements=(
            JudgementRecord(
                question=framework.questions[0].label,
                question_key=framework.questions[0].key,
                grade_printed=grade_label(framework, grade),
                grade=grade,
                address=row.address,
            ),
        ),
        findings=tuple(
            FindingRecord(ordinal=number, section=f"What was weak: {each['weak']} ({each['source']})")
            for number, each in enumerate(found, 1)
        ),
        looks_back=tuple(
            LookBackRecord(ordinal=number, text=None, status=each["looking_back"])
            for number, each in enumerate(found, 1)
        ),
        address=row.address,
    )


def _totals(year: dict[str, Any]) -> Iterator[RatingTotal]:
    reasons: dict[str, str] = year.get("reasons", {})
    for grade, count in year["totals"].items():
        parts = (year["note"], reasons.get(grade, ""), year["source"])
        yield RatingTotal(
            framework="annual-rating",
            published=year["published"],
            grade=grade,
            count=count,
            note=" ".join(part for part in parts if part),
        )
