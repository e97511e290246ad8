"""What a search is asked and what it answers: frozen, ready to print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oneplace.evidence.search.sections import Stance
from oneplace.evidence.search.typed import Query
from oneplace.evidence.search.words import Span
from oneplace.evidence.views import JudgementView, SourceRef

Order = Literal["best", "newest"]
# Whether a grade is the whole inspection's, or that of the part of the report in which the passage stands.
GradeOf = Literal["overall", "section"]
# How a stance is known: the report puts the passage under such a heading, or we read the sentence so.
Basis = Literal["", "place", "reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a passage must be besides having the words. "" and None are no filter; all that are set must hold.

    `area` is an area and those it came from; `like` the areas like it, by `places.similar`'s measure; `body` one
    body itself. `grade` is "SIF:good": a framework's family and a grade of it, for one word is not the same in two.
    """

    service: str = ""
    publisher: str = ""
    area: str = ""
    like: str = ""
    region: str = ""
    kind: str = ""  # the type of the council
    body: str = ""
    framework: str = ""  # a family
    grade: str = ""
    grade_of: GradeOf = "overall"
    section: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    stance: Stance = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An inspection of which passages are held, as known on the day asked about."""

    inspection: str  # public_id
    publisher: str
    framework: str  # an edition's key
    framework_name: str
    family: str
    service: str
    is_visit: bool
    body_id: str
    title: str
    published: dt.date | None
    date_precision: str
    known_since: dt.date  # the day of publication; where nobody tells it, the day by which it was out
    judgements: tuple[JudgementView, ...]
    overall: JudgementView | None  # the only one, where an inspection gives one by another name

    @property
    def path(self) -> str:
        return f"/inspections/{self.inspection}/"

    def judgement(self, *keys: str) -> JudgementView | None:
        """The first of these judgements that was given, of the body as a whole."""
        given = {each.question_key: each for each in self.judgements if not each.subject}
        return next((given[key] for key in keys if key in given), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a passage: `marks` are where words that were looked for stand in its text."""

    text: str
    marks: tuple[Span, ...]
    stance: Stance = ""
    basis: Basis = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A passage that was found. `before` and `after` are the paragraphs beside it in the same list of the report."""

    report: Report
    kind: str  # "finding", "improve", "looks_back"
    ordinal: int
    section: str  # a key of sections.toml
    heading: str  # as the report prints it
    place: Stance  # what standing there says of it
    sentences: tuple[Sentence, ...]
    before: str
    after: str
    source: SourceRef

    @property
    def text(self) -> str:
        return " ".join(each.text for each in self.sentences)

    @property
    def anchor(self) -> str:
        """Its place on the inspection's page."""
        return "looks-back" if self.kind == "looks_back" else f"{self.kind}-{self.ordinal}"

    @property
    def path(self) -> str:
        return f"{self.report.path}#{self.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTally:
    """Passages by the grade of their inspection; `grade` "" where none was given."""

    family: str
    framework_name: str
    grade: str
    grade_label: str
    passages: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """How many passages were found, by what filters ask for. Years without any are told as 0."""

    years: tuple[tuple[int, int], ...]
    grades: tuple[GradeTally, ...]  # the newest framework first, its best grade first
    bodies: tuple[tuple[str, int], ...]  # most first
    sections: tuple[tuple[str, int], ...]  # in the order of reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of what was found. `nearly` are words of the record, for those typed that it does not have."""

    query: Query
    filters: Filters
    total: int
    reports: int
    passages: tuple[PassageView, ...]
    tallies: Tallies
    page: int
    pages: int
    unfiltered: int  # how many there are without any filter; told where nothing was found
    held: Held
    nearly: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """A body that inspectors praised for what was asked about, in a part that they judged good or better."""

    body_id: str
    report: Report
    judgement: JudgementView
    passages: tuple[PassageView, ...]
    more: int  # passages of the same inspection that are not among these


@dataclass(frozen=True, slots=True, kw_only=True)
class Praised:
    """Who does it well, the newest first, each body once. `more`: how many bodies beyond those told."""

    query: Query
    filters: Filters
    bodies: tuple[Praise, ...]
    more: int
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the search has: how many passages of how many inspections, and what the filters may be set to."""

    passages: int
    reports: int
    bodies: tuple[str, ...]
    kinds: tuple[str, ...]  # types of the councils among them
    services: tuple[str, ...]
    publishers: tuple[str, ...]
    families: tuple[tuple[str, str], ...]  # with the name
    grades: tuple[tuple[str, str, str], ...]  # family, grade, label; each family's best first
    first: dt.date | None
    last: dt.date | None
