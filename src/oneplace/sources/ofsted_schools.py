"""Ofsted's management information of state-funded schools: every open school with its latest inspections.

Data source
    Each state-funded school in England that was open on the day, and the outcomes of its latest inspections:
    report cards since 10 November 2025, graded and ungraded inspections before.
Format
    A CSV file, one row a school. Two forms of it are read, by their headings: that of July 2022 to October
    2025, some seventy columns with the graded inspection before the last, and that of report cards since. No
    edition was at hand when this was written. The headings were checked against three independent public
    readers of the real files: a loader that lists every heading of the form since November 2025, a cleaner in
    R that lists every heading of the form before, and a builder that reads both side by side; the grades "1"
    to "4", the codes "0" and "9", "NULL", "Not judged" and the outcomes of ungraded inspections against
    several others.
Cadence
    Monthly, as at the last day of the month before.
What needs care
    The single word for the whole school ended with inspections from 2 September 2024: overall effectiveness is
    then "Not judged". A school that became an academy has a new number and the inspections of the school
    before it: they stay those of the school that was inspected. A grade on a report card may be of a later day
    than the report card, after inspectors came back: it is an inspection of its own. Sponsors of academies are
    left out, as some are people.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from oneplace.frameworks import Framework, edition
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord, JudgementRecord
from oneplace.sources.days import day_in_words
from oneplace.sources.errors import SourceError
from oneplace.sources.facts import facts_in
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.gov_uk import Edition
from oneplace.sources.ofsted_layouts import DATES, ENCODINGS, nearest
from oneplace.sources.source import Source, date_in_name
from oneplace.sources.tables import Row, csv_rows, unique

LAYOUTS = "ofsted_schools.toml"
INSPECTION, UNGRADED = "school-inspection", "school-ungraded"
# "0" and "9" are for what a school does not have, such as a sixth form.
NOT_GIVEN = ("", "NULL", "0", "9")
NOT_JUDGED = "Not judged"
# What an ungraded inspection may end in: the first five until 1 September 2024, the others since.
OUTCOMES = (
    "School remains Outstanding",
    "School remains Outstanding (Concerns) - S5 Next",
    "School remains Good",
    "School remains Good (Improving) - S5 Next",
    "School remains Good (Concerns) - S5 Next",
    "Improved significantly",
    "Standards maintained",
    "Some aspects not as strong",
)
_NAME = re.compile(r"as[ _]at[ _](\d{1,2})[ _]([A-Z][a-z]{2})[a-z]*[ _](20\d\d)")

# One page has the file of each month, "… state-funded schools - latest inspections as at 31 August 2026".
NEWEST = Edition(
    page="/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes",
    file=r"state-funded schools\W+latest inspections as at.*\.csv$",
    saved_as="Management_information_-_state-funded_schools_-_latest_inspections_as_at_{day}.csv",
    expect="text/csv",
)


@dataclass(frozen=True, slots=True)
class Inspections:
    """Where a table has one inspection of each school."""

    kind: str  # "graded", "ungraded" or "card"
    columns: dict[str, str]
    questions: dict[str, str] = field(default_factory=dict)  # heading → question
    days: dict[str, str] = field(default_factory=dict)  # heading → heading of the day of that grade

    @property
    def headings(self) -> tuple[str, ...]:
        return (*self.columns.values(), *self.questions, *self.days.values())


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings of one form of the table, by our names for them."""

    columns: dict[str, str]
    inspections: tuple[Inspections, ...]
    header_row: int = 1

    @property
    def headings(self) -> tuple[str, ...]:
        return (*self.columns.values(), *(name for each in self.inspections for name in each.headings))


class OfstedSchools(Source):
    # The data source
    name = "ofsted_schools"
    publisher = "ofsted"
    title = "State-funded schools and their latest inspections, management information"
    cadence = "monthly"

    # Its format
    media_type = "text/csv"
    filename = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Jan_2026.csv"
    facts = (LAYOUTS,)
    personal = ("Academy sponsor name",)
    is_snapshot = True

    # How it is reached
    url = (
        "https://www.gov.uk/government/statistical-data-sets/"
        "monthly-management-information-ofsteds-school-inspections-outcomes"
    )
    access = "open"
    how = "Open the page and save the newest “state-funded schools: latest inspections” (CSV) under its own name."
    months = 3

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        yield NEWEST.fetch(client, held)

    def records(self, path: Path) -> Iterator[BodyRecord | InspectionRecord]:
        """Each school, followed by its inspections and the schools before it that had them."""
        layout = nearest(path, _layouts())
        if self.as_at(path) is None:
            raise SourceError(path, "the day of the table in its name, “as_at_31_Jan_2026”,")
        rows = csv_rows(path, layout.headings, encodings=ENCODINGS)
        number = layout.columns["urn"]
        unique(rows, (number,), "a school once")
        told: set[object] = {row.cells[number] for row in rows}
        for row in rows:
            yield _school(row, layout.columns)
            for part in layout.inspections:
                for record in _inspections(row, layout.columns, part):
                    # Two schools that followed one school share its inspections.
                    if (key := _key(record)) not in told:
                        told.add(key)
                        yield record

    def as_at(self, path: Path) -> dt.date | None:
        """The day in the file's name, in words or figures: the table does not say it."""
        if not (found := _NAME.search(path.name)):
            return date_in_name(path)
        return day_in_words(" ".join(found.groups()))

    def accepts(self, path: Path) -> bool:
        """Whether the name is that of an edition: the publisher's own, whatever the day."""
        name = path.name.replace(" ", "_")
        return path.suffix == ".csv" and "state-funded_schools_-_latest_inspections" in name


def _key(record: BodyRecord | InspectionRecord) -> object:
    """What makes a school or an inspection that one."""
    if isinstance(record, BodyRecord):
        return record.codes[0][1]
    return record.body.body_id, record.inspection_start, record.reference


@cache
def _layouts() -> tuple[Layout, ...]:
    return tuple(
        Layout(each["columns"], tuple(Inspections(**part) for part in each["inspections"]))
        for each in facts_in(LAYOUTS)["layouts"]
    )


def _given(row: Row, column: str) -> str:
    """A cell, or "" where the table says that there is nothing."""
    value = row.cells[column]
    return "" if value == "NULL" else value


def _day(row: Row, column: str) -> dt.date | None:
    return row.date(column, DATES) if _given(row, column) else None


def _urn(row: Row, column: str) -> str:
    return row.like(column, r"\d{6}", "a school's number, of six figures")


def _school(row: Row, columns: dict[str, str]) -> BodyRecord:
    urn = _urn(row, columns["urn"])
    laestab = _given(row, columns["laestab"])
    pupils = _given(row, columns["pupils"])
    if pupils and not re.fullmatch(r"\d{1,5}", pupils):
        raise row.fault(columns["pupils"], "a number of at most five figures, NULL or an empty cell")
    details = (
        ("Phase", _given(row, columns["phase"])),
        ("Type", _given(row, columns["type"])),
        ("Pupils", pupils),
    )
    return BodyRecord(
        body_id=f"school-{urn}",
        name=row.text(columns["name"]),
        kind="school",
        stands_in=AreaRef(name=row.text(columns["council"])),
        codes=(("urn", urn), *((("laestab", laestab),) if laestab else ())),
        postcode=_given(row, columns["postcode"]) or None,
        opened=_day(row, columns["opened"]),
        details=tuple(detail for detail in details if detail[1]),
        address=row.address,
    )


def _inspections(
    row: Row, school: dict[str, str], part: Inspections
) -> Iterator[BodyRecord | InspectionRecord]:
    """The inspection in one group of columns, with the school that it was of where that is another."""
    columns = part.columns
    filled = [name for name in part.headings if row.cells[name] not in NOT_GIVEN]
    if not filled:
        return
    if columns["day"] not in filled:
        raise row.fault(filled[0], "nothing, as no day of an inspection is given,")
    day = row.date(columns["day"], DATES)
    published = _day(row, columns["published"])
    if published and published < day:
        raise row.fault(columns["published"], f"a date on or after the inspection of {day}")
    inspected = BodyRef(
        name=row.text(school["name"]), kind="school", body_id=f"school-{row.text(school['urn'])}"
    )
    if columns["was"] in filled and (was := _urn(row, columns["was"])) != row.text(school["urn"]):
        name = _given(row, columns["was_name"]) or f"School {was}"
        inspected = BodyRef(name=name, kind="school", body_id=f"school-{was}")
        yield BodyRecord(
            body_id=f"school-{was}",
            name=name,
            kind="school",
            stands_in=AreaRef(name=row.text(school["council"])),
            codes=(("urn", was),),
            details=(("Followed by", row.text(school["name"])),),
            address=row.address,
        )
    framework = edition(UNGRADED if part.kind == "ungraded" else INSPECTION, day)
    if "outcome" in columns:
        outcome = f": {row.one_of(columns['outcome'], OUTCOMES)}" if columns["outcome"] in filled else ""
        title = f"Ungraded inspection{outcome}"
    else:
        title = _given(row, columns["type"]) if "type" in columns else ""
    by_day: dict[dt.date, list[JudgementRecord]] = {day: []}
    for question, key in part.questions.items():
        if judgement := _judgement(row, framework, question, key):
            on = (_day(row, part.days[question]) if question in part.days else None) or day
            if on < day:
                raise row.fault(part.days[question], f"a date on or after the inspection of {day}")
            by_day.setdefault(on, []).append(judgement)
    for on, judgements in by_day.items():
        is_first = on == day
        yield InspectionRecord(
            publisher="ofsted",
            framework=framework.family,
            body=inspected,
            title=title if is_first else "Monitoring inspection that changed a grade of the report card",
            inspection_start=on,
            published=published if is_first else None,
            published_source="list" if is_first and published else None,
            reference=_given(row, columns["number"]) if is_first else "",
            judgements=tuple(judgements),
            address=row.address,
        )


def _judgement(row: Row, framework: Framework, question: str, key: str) -> JudgementRecord | None:
    printed = row.cells[question]
    if printed in NOT_GIVEN:
        return None
    if printed == NOT_JUDGED and framework.question(key) is None:
        return None
    return row.judgement(question, framework, key, wording=question)
