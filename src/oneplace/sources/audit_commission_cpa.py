"""The Audit Commission's Comprehensive Performance Assessment of councils, 2006 to 2008.

Data source
    The Commission was closed in 2015, and its site with it. The scores were typed from tables that newspapers
    printed on the day, each row with its page.
Format
    Four CSV files that belong together: the service scores of 2006 and of 2007 (one row a council, from 1 to
    4, with the direction of travel), for 2008 the score of children's services and the stars, and a few stars
    of each year. When each year was published is in `audit_commission_cpa.toml` beside this module.
Cadence
    Finished: the assessment ended with the results of March 2009.
What needs care
    The files hold part of the alphabet: a council that is not there had scores all the same. "Not applicable"
    is a fact (a county runs no housing), a blank says nothing. Scores, direction of travel and stars are three
    scales, and become three ratings. Marks of footnotes, of which the meaning was not kept, are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import Address, BodyRef, InspectionRecord, JudgementRecord, Problem
from oneplace.sources.facts import facts_in
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import COMPILED_BY, LICENCE, told_once

SERVICES = (
    "corporate_assessment", "use_of_resources", "children_young_people", "adult_social_care", "housing",
    "environment", "culture", "benefits", "fire", "value_for_money",
)  # fmt: skip


class AuditCommissionCpa(Source):
    # The data source
    name = "audit_commission_cpa"
    publisher = "audit-commission"
    title = "Comprehensive Performance Assessment 2006 to 2008, as newspapers printed it"
    licence = LICENCE
    cadence = "finished in 2009"
    compiled_by = COMPILED_BY

    # Its format
    media_type = "text/csv"
    filename = "cpa2006.csv"
    companions = ("cpa2007.csv", "cpa2008.csv", "cpa_stars_extra.csv")
    facts = ("audit_commission_cpa.toml",)

    # How it is reached
    access = "closed"

    def accepts(self, path: Path) -> bool:
        """The first of the files; the others come with it."""
        return path.name == self.filename

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """Year by year: the scores, directions of travel and stars of each council."""
        facts = _facts()
        told: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
        for each in self._told(path):
            told[each.family, each.year, _folded(each.row.text("council"))].append(each)
        for (family, year, _), rows in told.items():
            council = rows[0].row.text("council")
            published = facts.published[year]
            yield _rating(family, year, published, facts.names.get(council, council), rows)

    def _told(self, path: Path) -> Iterator[Told]:
        """Everything that the four files say, in their order."""
        scores, later, stars = (path.with_name(name) for name in self.companions)
        for year, file in (("2006", path), ("2007", scores)):
            for row in _rows(file, ("council", "direction_of_travel", *SERVICES, "url")):
                yield from _service_scores(row, year)
        for row in _rows(later, ("council", "children_young_people", "overall_stars", "url", "notes")):
            yield from _of_2008(row)
        for row in _rows(stars, ("year", "council", "stars", "url"), once=("year", "council")):
            yield Told(*_star(row, "stars", row.one_of("year", tuple(_facts().published))))


@dataclass(frozen=True, slots=True)
class Told:
    """One cell: a rating of a council in a year."""

    family: str
    year: str
    row: Row
    judgement: JudgementRecord


def _rows(path: Path, columns: tuple[str, ...], once: tuple[str, ...] = ("council",)) -> tuple[Row, ...]:
    rows = csv_rows(path, columns)
    unique(rows, once, "a council once")
    for row in rows:
        row.text("url")
    return rows


@dataclass(frozen=True, slots=True)
class Facts:
    """When each year's results came out, and names that a newspaper abbreviated."""

    published: dict[str, dt.date]
    names: dict[str, str]


@cache
def _facts() -> Facts:
    told = facts_in(AuditCommissionCpa.facts[0])
    return Facts({each["year"]: each["published"] for each in told["years"]}, told["names"])


def _service_scores(row: Row, year: str) -> Iterator[Told]:
    for column in ("direction_of_travel", *SERVICES):
        family = "CPA" if column in SERVICES else "CPA-direction"
        if row.optional(column):
            yield Told(family, year, row, _judgement(row, column, family, column))


def _of_2008(row: Row) -> Iterator[Told]:
    yield Told("CPA", "2008", row, _judgement(row, "children_young_people", "CPA", "children_young_people"))
    if row.optional("overall_stars"):
        yield Told(*_star(row, "overall_stars", "2008"))
    elif row.cells["notes"].startswith("not rated"):
        yield Told(
            "CPA-stars", "2008", row, _judgement(row, "notes", "CPA-stars", "stars", grade="not_rated")
        )
    else:
        raise row.fault("overall_stars", "a number of stars from 0 to 4")


def _star(row: Row, column: str, year: str) -> tuple[str, str, Row, JudgementRecord]:
    found = re.fullmatch(r"([0-4])(?: \(provisional\))?", row.text(column))
    if not found:
        raise row.fault(column, "a number of stars from 0 to 4")
    return "CPA-stars", year, row, _judgement(row, column, "CPA-stars", "stars", grade=found[1])


def _judgement(row: Row, column: str, family: str, key: str, grade: str | None = None) -> JudgementRecord:
    framework = edition(family, None)
    address = Address(sheet=row.file.name, row=row.number)  # there are four files
    if grade is None:
        return replace(row.judgement(column, framework, key), address=address)
    asked = framework.question(key)
    assert asked
    return JudgementRecord(
        question=asked.label,
        question_key=key,
        grade_printed=row.text(column),
        grade=grade,
        address=address,
    )


def _folded(council: str) -> str:
    return council.replace("&", "and").casefold()


def _rating(family: str, year: str, published: dt.date, council: str, rows: list[Told]) -> InspectionRecord:
    framework = edition(family, published)
    judgements, otherwise = told_once(each.judgement for each in rows)
    return InspectionRecord(
        publisher="audit-commission",
        framework=family,
        body=BodyRef(name=council),
        title=f"{framework.name}, {year}",
        published=published,
        published_source="list",
        report_url=rows[0].row.text("url"),
        reference=year,
        judgements=judgements,
        problems=tuple(
            Problem(
                kind="grades_disagree",
                message=(
                    f"Another page says “{each.grade_printed}” for “{each.question}” ({each.address.sheet}, row "
                    f"{each.address.row}): which of them was given has to be looked up"
                ),
                field=f"judgement:{each.question_key}",
                address=each.address,
            )
            for each in otherwise
        ),
        address=judgements[0].address,
    )
