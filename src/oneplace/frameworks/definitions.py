"""What a framework edition is: its questions, its grades in order, and what may be compared with it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

# An "inspection" leads to grades, a "visit" to none; a "rating" is given without one; a "notice" is a
# formal warning or flag, given when something is wrong (or uncommonly right) and not on a round.
Kind = Literal["inspection", "visit", "rating", "notice"]
Service = Literal[
    "children",
    "schools",
    "adult_social_care",
    "health",
    "police",
    "fire",
    "prisons",
    "probation",
    "youth_justice",
    "waste",
    "housing",
    "money",
    "council",  # the council as a whole, or several services at once
]
Tone = Literal["best", "good", "concern", "worst", "neutral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something inspectors judge. `printed`: the wordings that reports use for it.

    `asked_from` and `asked_until` are inspection dates, both included; None where the question was
    asked for as long as the edition ran.
    """

    key: str
    label: str
    asked_from: dt.date | None
    asked_until: dt.date | None
    printed: tuple[str, ...]

    def asked(self, on: dt.date) -> bool:
        """Whether an inspection that began on this date asked the question."""
        return (self.asked_from is None or self.asked_from <= on) and (
            self.asked_until is None or on <= self.asked_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade. `ranked` is false for what is not a level at all ("not judged", "not published").

    `printed`: the whole texts that mean it. `phrases`: words within a longer sentence that mean it.
    """

    key: str
    label: str
    printed: tuple[str, ...]
    phrases: tuple[str, ...]
    explanation: str
    tone: Tone
    ranked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparability:
    """The other editions whose grades may be compared with this one's, and why nothing else may."""

    editions: tuple[str, ...]
    reason: str
    otherwise: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCadence:
    """When those who were given one of these grades are inspected again. Months as in `Cadence`."""

    grades: tuple[str, ...]
    months: int | None
    months_least: int | None
    months_most: int | None
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often it comes round: the rule in words and, where it is a number, in months.

    `months` where it is "about every three years"; `months_least` and `months_most` where it is a range or a
    limit ("at least every five years" has no least). All are None where there is no interval. `by_grade`
    comes before the general rule.
    """

    months: int | None
    text: str
    source: str
    months_least: int | None = None
    months_most: int | None = None
    by_grade: tuple[GradeCadence, ...] = ()

    def rule(self, grade: str | None) -> Cadence | GradeCadence:
        """The rule for those with this grade, else the general one."""
        return next((each for each in self.by_grade if grade in each.grades), self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One edition of a framework. `starts` and `ends` are inspection dates, both included."""

    key: str
    family: str
    name: str
    description: str
    publisher: str
    service: Service
    inspects: (
        str  # the kind of body, a key of `records.BODY_KINDS`: "local_authority" where the file does not say
    )
    kind: Kind
    suffix: str  # of the inspection's public id; "" for a full inspection
    starts: dt.date
    ends: dt.date | None
    source: str
    questions: tuple[Question, ...]
    grades: tuple[Grade, ...]  # best first, unranked last
    comparability: Comparability
    cadence: Cadence

    @property
    def is_visit(self) -> bool:
        return self.kind == "visit"

    @property
    def ranked_grades(self) -> tuple[Grade, ...]:
        return tuple(grade for grade in self.grades if grade.ranked)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def grade(self, key: str) -> Grade | None:
        return next((grade for grade in self.grades if grade.key == key), None)


@lru_cache(maxsize=4096)  # a table of a hundred thousand judgements has a dozen wordings
def folded(printed: str) -> str:
    """Lower case with one space for anything that is not a letter or a digit."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", printed.replace("’", "'").casefold()).split())
