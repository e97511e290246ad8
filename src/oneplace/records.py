"""The vocabulary: everything that a source or a reading may say, as frozen records.

Plain Python, no Django. A source yields these from a publication, a reading yields one
`InspectionRecord` from one report, and `evidence` is the only room that stores them.

Units and conventions, throughout:

- dates are `datetime.date`; times are `datetime.datetime` in UTC;
- a box is (x0, y0, x1, y1) in PDF points, origin at the bottom left of the page;
- pages and rows count from 1, as a reader of the PDF or the sheet would count them: title lines
  count, and a line break within a quoted cell begins no row;
- `None` means that the publication does not say, never that the answer is "no".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]

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
class Address:
    """Where in a release a fact stands: page and box of a PDF, or sheet and row of a table."""

    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    row: int | None = None


NOWHERE = Address()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRecord:
    """One thing that was fetched or read: a file, at a moment, from a publisher.

    `source` names the module that understands it; `slot` says which of the source's publications it
    is, so that a newer file in the same slot supersedes the older (a table's slot is "", a report's
    is its path in the publisher's list: "80498-haringey/2018-12-14-inspection.pdf").
    `compiled_by` is set where a third party made the table: such facts are shown as theirs.
    """

    source: str
    slot: str
    publisher: str
    title: str
    sha256: str
    licence: str
    retrieved_at: dt.datetime
    url: str | None = None
    published: dt.date | None = None
    media_type: str = ""
    compiled_by: str | None = None
    # Which version of our reader made the records: a new version re-reads and supersedes.
    reader: str = ""
    # The day that the table describes, where it is a picture of a day ("as at 31 March 2025").
    as_at: dt.date | None = None
    # A table of the latest state of many bodies, one edition after the other. Its slot is its `as_at`, its
    # editions stay beside each other, and only what an edition says anew is written.
    is_snapshot: bool = False
    # An edition of what has changed alone: a body that it leaves out has not gone.
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """An English authority's area, past or present.

    `area_id` is the public identifier in URLs ("haringey"). `kind` is the register's type:
    "london_borough", "city_corporation", "metropolitan_district", "unitary", "county", "district",
    "isles_of_scilly", "combined_authority". `childrens_services` says whether the authority is
    (or was) responsible for children's social care: 152 of them in 2009, 153 now.
    `start` is None where the area is older than the register's dates; `end` None while it exists.
    """

    area_id: str
    name: str
    official_name: str
    kind: str
    region: str
    gss_codes: tuple[str, ...]
    start: dt.date | None = None
    end: dt.date | None = None
    childrens_services: bool = False
    county: str | None = None
    successors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    # Identifiers that publishers use for the authority: "ofsted_urn", "dfe_code", "register_code".
    codes: tuple[tuple[str, str], ...] = ()
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRef:
    """An area as a publication names it: by code where it has one, else by name.

    `area_id` is our own public identifier, for tables that we wrote ourselves. `dfe_code` is the
    three-figure number of the Department for Education ("309" for Haringey).
    """

    name: str = ""
    gss_code: str | None = None
    dfe_code: str | None = None
    area_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """A body that is inspected, other than a council: a force, a prison, a care home, a school.

    `body_id` is the public identifier, a slug: "metropolitan-police", "hmp-bedford", Ofsted's number with
    a prefix ("urn-1027076", "sc037454"), the CQC's location number ("1-125856395"), a school's URN
    ("school-101234"). `kind` is one of `BODY_KINDS`. `serves`: the areas whose public service it is (a
    force's councils). `stands_in`: the area in which it is found, where it serves whoever comes (a prison,
    a care home). `parent` is the body it is part of. `details` are facts that pages show, in order:
    ("Provision type", "Children's home"), ("Places", "4"). Never a person's name or telephone number.
    """

    body_id: str
    name: str
    kind: str
    serves: tuple[AreaRef, ...] = ()
    stands_in: AreaRef | None = None
    parent: str | None = None
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opened: dt.date | None = None
    closed: dt.date | None = None
    details: tuple[tuple[str, str], ...] = ()
    address: Address = NOWHERE


# Kind of body → what one of them is called.
BODY_KINDS = {
    "local_authority": "council",
    "police_force": "police force",
    "fire_service": "fire and rescue service",
    "prison": "prison",
    "probation_unit": "probation delivery unit",
    "probation_region": "probation region",
    "youth_justice_service": "youth justice service",
    "community_safety_partnership": "community safety partnership",
    "waste_authority": "waste disposal authority",
    "social_care_provider": "children's social care provider",
    "school": "school",
    "care_location": "health or care service",
    "care_provider": "health or care provider",
    "housing_provider": "social housing landlord",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRef:
    """The inspected body as a publication names it.

    A council: any of name, Ofsted's `urn` and `gss_code` may be missing. Another body: its `body_id`, where
    the source makes the `BodyRecord` itself, or its name among those of its `kind`.
    """

    name: str = ""
    urn: str | None = None
    gss_code: str | None = None
    kind: str = "local_authority"
    body_id: str | None = None


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


# Which way is good: "high" (more is better), "low", or "none" (neither, or nobody has said).
Polarity = Literal["high", "low", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecord:
    """Something that official statistics count, by area and period.

    `key` is the public identifier: the source's prefix and its own short name, "lait-infmort",
    "waste-recycling-rate". `unit` is "percent", "per_1000", "per_10000", "pounds", "number", "days",
    "weeks", "score", "rate" or what the publication says. `decimals` is how many it prints. `kind` says
    what happens in a sum: a "count" may be added up, a "rate" may not.
    """

    key: str
    title: str
    service: str
    unit: str
    polarity: Polarity
    definition: str
    kind: Literal["count", "rate"] = "rate"
    decimals: int | None = None
    topic: str = ""
    publisher: str = ""
    source_note: str = ""  # the publication that the compiler took it from, with its next update
    polarity_source: str = ""  # who says which way is good


class ValueRecord(NamedTuple):
    """One cell of statistics. A named tuple, as a release may hold millions.

    `scheme` and `area` say whose it is: ("gss", "E09000014"), ("dfe", "309"), ("name", "Haringey"),
    ("body", "north-london-waste-authority"); England is ("gss", "E92000001"), a region its code or name.
    ("oneplace", "haringey") is this store's own identifier, out of a pack.
    `period` is as people write it: "2023", "2022-23", "2025 Q2", "2025-10"; `ends` is its last day, for
    order. `value` is None where the publication gives no number, and `marker` says why: "suppressed",
    "not_available", "not_applicable", "not_collected", "low_reliability", "provisional", "estimated",
    "rounds_to_zero", "joint" (one figure that several areas share, so that it must not be added up); the
    last four come with a value. `printed` is the cell as it stands there.
    """

    measure: str
    scheme: str
    area: str
    period: str
    ends: dt.date
    value: float | None
    marker: str
    printed: str
    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRecord:
    """That one area is like another: `rank` 1 is the most like. `measure` says by whose reckoning

    ("dfe-statistical-neighbours", "ons-similar-areas"); `closeness` is in the publisher's words.
    """

    measure: str
    area: AreaRef
    other: AreaRef
    rank: int
    closeness: str = ""
    address: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodesRecord:
    """A directory of millions of postcodes, which is not told row by row: `path` is the file itself.

    `councils`: how many are in each, by GSS code; `ended`: how many were, None where it does not say.
    """

    path: str
    postcodes: int
    ended: int | None
    councils: tuple[tuple[str, int], ...]


Record = (
    AreaRecord | BodyRecord | InspectionRecord | RatingTotal | MeasureRecord | ValueRecord | SimilarRecord
    | PostcodesRecord
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one PDF says. `path` is the file as the caller named it."""

    path: str
    sha256: str
    inspection: InspectionRecord
