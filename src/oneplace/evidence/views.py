"""What `evidence.queries` answers with: frozen, resolved, ready to print. No database objects leave.

A view is made from every live statement about one inspection. Where statements differ, the one with
the better standing is shown and the other is kept as a `Difference`, which is also in the review queue.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from oneplace.records import Address, Box, DatePrecision, LookBackStatus, PublishedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where a fact came from: the release, and the place in it."""

    release_id: str  # "ofsted_reports/3f2a9c1b7d20"
    publisher: str
    title: str
    url: str | None
    sha256: str
    licence: str
    retrieved_at: dt.datetime
    compiled_by: str | None  # a third party's name where the table is theirs
    address: Address

    @property
    def page(self) -> int | None:
        return self.address.page

    @property
    def box(self) -> Box | None:
        return self.address.box


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementView:
    question_key: str
    question: str
    grade: str
    grade_label: str
    grade_printed: str
    source: SourceRef
    subject: str = ""  # the part of the body that it is of ("Maternity"); "" for the whole
    score: float | None = None  # a number printed with the grade


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationView:
    ordinal: int
    list_kind: str
    text: str | None  # None: only the pack's facts are loaded; the sentence is in the report
    heading: str
    responsible_body: str
    source: SourceRef

    @property
    def anchor(self) -> str:
        return f"improve-{self.ordinal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    ordinal: int
    section: str
    paragraph: int | None
    text: str | None
    source: SourceRef

    @property
    def anchor(self) -> str:
        return f"finding-{self.ordinal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackView:
    ordinal: int
    text: str | None
    status: LookBackStatus | None
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two statements about one fact that do not agree. Both are kept, as they stand and in words for people."""

    field: str  # "published", "judgement:overall", …
    what: str  # "the day of publication", "Overall effectiveness"
    shown: str
    shown_in_words: str
    shown_source: SourceRef
    other: str
    other_in_words: str
    other_source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionView:
    """One inspection as the record knows it at the time asked about."""

    public_id: str  # "ofsted/haringey/2018-12-14"; the page is /inspections/<public_id>/
    publisher: str
    framework: str  # an edition's key in frameworks/
    framework_name: str
    family: str  # the framework's family: "ILACS" for its editions with and without an overall grade
    is_visit: bool  # no grades are given by this kind of inspection
    body_id: str
    title: str
    inspection_start: dt.date | None
    inspection_end: dt.date | None
    published: dt.date | None
    published_source: PublishedSource | None
    lead_inspector: str
    pages: int | None
    report_url: str | None
    report_sha256: str | None  # of the PDF that was read into this store; None if only facts are held
    judgements: tuple[JudgementView, ...]
    improve: tuple[RecommendationView, ...]
    findings: tuple[FindingView, ...]
    looks_back: tuple[LookBackView, ...]
    differences: tuple[Difference, ...]
    source: SourceRef  # the statement that the header fields were taken from
    other_sources: tuple[SourceRef, ...]
    body_kind: str = "local_authority"  # one of `records.BODY_KINDS`
    service: str = "children"  # of the framework
    reference: str = ""  # the publisher's own number for it
    # Where it is not "day", the dates are ends of the month, year or round that the publication tells.
    date_precision: DatePrecision = "day"

    @property
    def path(self) -> str:
        return f"/inspections/{self.public_id}/"

    def judgement(self, question_key: str, subject: str = "") -> JudgementView | None:
        """The judgement on a question, of the body as a whole unless a part of it is named."""
        return next(
            (j for j in self.judgements if j.question_key == question_key and j.subject == subject), None
        )

    @property
    def overall(self) -> JudgementView | None:
        return self.judgement("overall")

    @property
    def is_typed(self) -> bool:
        """Whether it was typed from public pages, which may not name every grade."""
        return (self.source.compiled_by or "").startswith("Oneplace")

    @property
    def is_third_party(self) -> bool:
        """Whether nothing but a third party's table speaks of the inspection."""
        return self.source.compiled_by is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAuthority:
    """One authority's line in the annual review of a date.

    `area_id` is a council's, which is its area's; of a body that is no council its own. `areas` are those that
    such a body serves, or the one in which it stands; its `region` is that of most of them.
    """

    area_id: str
    name: str
    kind: str
    region: str
    current: InspectionView | None  # the latest graded inspection published by the date
    previous: InspectionView | None  # the latest graded one published a year before
    # "better", "worse", "same"; "mixed" where some questions are better and some worse; "not_comparable" where
    # the frameworks differ in kind; "first"; "none"; "not_again" where no newer inspection is held;
    # "unnamed" where one of the two days' grade was given and no source held names it
    change: str
    # Graded in a review of which the sources held give this authority's place in the totals only, no name.
    unnamed: bool = False
    # Inspected by the day (and later than `current`), and no source tells when that was published.
    undated: bool = False
    is_council: bool = True
    areas: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/areas/{self.area_id}/" if self.is_council else f"/bodies/{self.area_id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCount:
    """How many were given a grade under one edition, for the whole or for one of its questions."""

    framework: str
    grade: str
    grade_label: str
    count: int
    named: tuple[str, ...]  # area_ids that the record can name
    source: SourceRef | None  # for published totals whose authorities are not all named
    question_key: str = "overall"
    question: str = ""  # its words, where it is one of several


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReview:
    """All authorities responsible for a service on a date, never ranked across frameworks.

    Unless another service was asked for, children's social care. `families` are those of the frameworks whose
    grades are reviewed; `by_question` has, of editions that give no grade for the whole, those of each question.

    Its inspections carry their judgements; `improve`, `findings` and `looks_back` are left out (empty) for
    speed: `queries.inspection` has them. An authority's `current` is its own: a council that took over from
    another is "none" until it is inspected itself.
    """

    as_at: dt.date
    authorities: tuple[ReviewAuthority, ...]
    # By framework edition, grades best first. A published total that names nobody is here too.
    counts: tuple[GradeCount, ...]
    service: str = "children"
    key: str = "children"  # of the review among those of the service
    families: frozenset[str] = frozenset()
    by_question: tuple[GradeCount, ...] = ()
    # Bodies of today of which nothing is held by the date, and nobody tells since when they have been there.
    may_not_have_been: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing for a person to decide: statements differ, or a reading disagrees with itself."""

    key: str  # stable, for links and decisions
    kind: str
    message: str
    inspection: str | None  # public_id
    field: str
    sources: tuple[SourceRef, ...]
    decided: str  # "" while open, else the decision in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One inspection that a release speaks of, and where in it."""

    inspection: str | None  # public_id; None where the body was not recognised
    body_name: str
    title: str
    published: dt.date | None
    address: Address
    url: str | None  # of the page or file that this one statement was taken from
    date_precision: DatePrecision = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldGrade:
    """A grade as one row of a release has it: `printed` there, and the framework's word for it."""

    subject: str
    question: str
    grade_label: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """What one row of a release says of one inspection."""

    told: Told
    grades: tuple[ToldGrade, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """How many authorities a release puts at a grade, with its note."""

    framework: str
    published: dt.date
    grade_label: str
    count: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """One release. This store held it true from `published_at` until `superseded_at`."""

    public_id: str
    source: str
    slot: str
    publisher: str
    title: str
    url: str | None
    sha256: str
    licence: str
    media_type: str
    retrieved_at: dt.datetime
    published: dt.date | None
    compiled_by: str | None
    reader: str
    state: str  # "live", "superseded", "withdrawn"
    published_at: dt.datetime | None
    superseded_at: dt.datetime | None
    superseded_by: str | None  # public_id
    statements: int  # how many inspections it speaks of, in words of its own
    as_at: dt.date | None = None  # the day that a table describes
    is_snapshot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One attempt to get what is new of a source: "new", "unchanged", "failed" or "refused"."""

    source: str
    started_at: dt.datetime
    finished_at: dt.datetime
    outcome: str
    message: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindInArea:
    """Where the bodies of a kind that stand in an area stood at their last graded inspections.

    `counts` are by framework edition, grades best first; `named` are bodies' identifiers, as in
    `not_inspected`: those of which no graded inspection is known.
    """

    area_id: str
    kind: str
    bodies: int
    counts: tuple[GradeCount, ...]
    not_inspected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One side of a comparison. `judgement` is None where the inspection does not answer the question."""

    area_id: str | None  # where areas were asked for
    inspection: InspectionView
    judgement: JudgementView | None
