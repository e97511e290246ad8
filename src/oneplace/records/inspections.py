"""Inspections: what was judged, found and asked for, of whom and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oneplace.records.bodies import BodyRef
from oneplace.records.releases import NOWHERE, Address

# Where a publication date was found. "text": printed in the report itself. "filename": the date in
# the publisher's file name. "list": a column of the publisher's (or compiler's) table.
PublishedSource = Literal["text", "filename", "list"]

ListKind = Literal["recommendation", "priority_action", "area_for_improvement", "lscb_recommendation"]

# How much of a record's dates the publication tells. Where it is not "day", `inspection_start` is the first
# and `inspection_end` the last day of the month, year or round that it gives, and `published` the last day
# of the month or year: by then it was out. Pages print "July 2019", "2016", "2018/19", never such a day.
DatePrecision = Literal["day", "month", "year", "round"]

# What an inspector's look back says became of an earlier point. "unclear" is effort without a result.
LookBackStatus = Literal["addressed", "partly", "not_addressed", "unclear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord:
    """One printed judgement. `question` and `grade_printed` as printed, the others as keyed.

    `subject` is what it is of, where that is a part of the body: a hospital's "Maternity"; "" for the whole.
    `score` is a number printed with the grade (the CQC's 0–100, probation's out of 27 or 36).
    """

    question: str
    question_key: str
    grade_printed: str
    grade: str
    subject: str = ""
    score: float | None = None
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRecord:
    """One thing to improve. `ordinal` runs over the whole report in reading order, from 1.

    `text` is None where only the fact and place of the item are known (the bundled pack).
    """

    ordinal: int
    list_kind: ListKind
    text: str | None = None
    heading: str = ""
    subheading: str = ""
    printed_number: str = ""
    responsible_body: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """One paragraph of findings. `paragraph` is the number printed, where one is."""

    ordinal: int
    section: str
    text: str | None = None
    paragraph: int | None = None
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackRecord:
    """A sentence in which the inspector looks back at an earlier inspection."""

    ordinal: int
    text: str | None
    status: LookBackStatus | None
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that a person should look at: it goes to the review queue, it never stops the reading.

    `kind` is one of: "grades_disagree" (the table and a section heading differ), "grade_unseen"
    (a grade that the framework does not have), "date_unreadable", "date_implausible",
    "field_missing", "body_unknown".
    """

    kind: str
    message: str
    field: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRecord:
    """What one release says of one inspection.

    `framework` is a framework family as printed in `frameworks/*.toml` ("ILACS", "SIF",
    "SIF-reinspection", "LAC-2013", "LSCB-review only", "focused-visit", "area-SEND",
    "annual-rating", "PEEL", …). `form` names the layout that the reading recognised. `reference` is the
    publisher's own number for the inspection: two of one day with different numbers are two.
    """

    publisher: str
    framework: str
    body: BodyRef
    form: str = ""
    title: str = ""
    inspection_start: dt.date | None = None
    inspection_end: dt.date | None = None
    published: dt.date | None = None
    published_source: PublishedSource | None = None
    lead_inspector: str = ""
    pages: int | None = None
    report_url: str | None = None
    reference: str = ""
    date_precision: DatePrecision = "day"
    judgements: tuple[JudgementRecord, ...] = ()
    improve: tuple[RecommendationRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    looks_back: tuple[LookBackRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTotal:
    """How many authorities a publication put at a grade, named or not (the 2009 review: 93 "performs well").

    `grade` is "not_published" for authorities whose rating was withheld that year.
    """

    framework: str
    published: dt.date
    grade: str
    count: int
    note: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one PDF says. `path` is the file as the caller named it."""

    path: str
    sha256: str
    inspection: InspectionRecord
