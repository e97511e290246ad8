"""The vocabulary: everything that a source or a reading may say, as frozen records.

Plain Python, no Django. A source yields these from a publication, a reading yields one
`InspectionRecord` from one report, and `evidence` is the only room that stores them.

Units and conventions, throughout:

- dates are `datetime.date`; times are `datetime.datetime` in UTC;
- a box is (x0, y0, x1, y1) in PDF points, origin at the bottom left of the page;
- pages and rows count from 1, as a reader of the PDF or the sheet would count them;
- `None` means that the publication does not say, never that the answer is "no".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Box = tuple[float, float, float, float]

# Where a publication date was found. "text": printed in the report itself. "filename": the date in
# the publisher's file name. "list": a column of the publisher's (or compiler's) table.
PublishedSource = Literal["text", "filename", "list"]

ListKind = Literal["recommendation", "priority_action", "area_for_improvement", "lscb_recommendation"]

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
class BodyRef:
    """The inspected body as a publication names it. Any one of the three may be missing."""

    name: str = ""
    urn: str | None = None
    gss_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord:
    """One printed judgement. `question` and `grade_printed` as printed, the others as keyed."""

    question: str
    question_key: str
    grade_printed: str
    grade: str
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
    "annual-rating"). `form` names the layout that the reading recognised.
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


Record = AreaRecord | InspectionRecord | RatingTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one PDF says. `path` is the file as the caller named it."""

    path: str
    sha256: str
    inspection: InspectionRecord
