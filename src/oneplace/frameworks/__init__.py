"""Inspection frameworks: what each asks, the grades it gives, and what may be compared with what.

Each edition is one file in `editions/`; adding a framework is adding a file. Plain Python, no Django.

    from oneplace.frameworks import compare, edition, frameworks, grade_of

    ilacs = edition("ILACS", dt.date(2018, 10, 29))
    grade_of(ilacs, "Requires improvement to be good")  # "requires_improvement"
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from oneplace.frameworks.definitions import (
    Cadence,
    Comparability,
    Framework,
    Grade,
    GradeCadence,
    Kind,
    Question,
    Service,
    Tone,
    folded,
)
from oneplace.frameworks.errors import (
    FrameworkError,
    InvalidFramework,
    NotComparable,
    UnknownFramework,
    UnknownGrade,
)
from oneplace.frameworks.loading import load_editions

__all__ = [
    "Cadence",
    "Comparability",
    "Framework",
    "FrameworkError",
    "Grade",
    "GradeCadence",
    "InvalidFramework",
    "Kind",
    "NotComparable",
    "Question",
    "Service",
    "Tone",
    "UnknownFramework",
    "UnknownGrade",
    "compare",
    "edition",
    "families",
    "framework",
    "frameworks",
    "grade_label",
    "grade_of",
    "why_not_compared",
]


@cache
def frameworks() -> Mapping[str, Framework]:
    """Every edition by its key, oldest first."""
    return MappingProxyType(load_editions())


def framework(key: str) -> Framework:
    """The edition with this key. `UnknownFramework` says which there are."""
    if found := frameworks().get(key):
        return found
    raise UnknownFramework(f"there is no framework {key!r}; there are {', '.join(frameworks())}")


def edition(family: str, on: dt.date | None) -> Framework:
    """The edition of a family that an inspection begun on this date came under.

    A date outside every edition (a misprint, a pilot) gets the nearest; no date gets the latest edition.
    """
    editions = sorted(
        (found for found in frameworks().values() if found.family == family), key=lambda e: e.starts
    )
    if not editions:
        families = dict.fromkeys(found.family for found in frameworks().values())
        raise UnknownFramework(f"there is no framework family {family!r}; there are {', '.join(families)}")
    if on is None:
        return editions[-1]
    begun = [found for found in editions if found.starts <= on]
    return begun[-1] if begun else editions[0]


def families(service: Service | None = None, inspects: str | None = None) -> frozenset[str]:
    """The families of a service's frameworks, or of every one; with `inspects`, those of a kind of body."""
    return frozenset(
        each.family
        for each in frameworks().values()
        if (service is None or each.service == service) and (inspects is None or each.inspects == inspects)
    )


def grade_of(framework: Framework, printed: str) -> str:
    """The key of the grade that a report prints. `UnknownGrade` says what was expected."""
    text = folded(printed)
    for grade in framework.grades:
        if text == folded(grade.key) or any(text == folded(form) for form in grade.printed):
            return grade.key
    meant = [
        grade.key for grade in framework.grades if any(folded(phrase) in text for phrase in grade.phrases)
    ]
    if len(meant) == 1:
        return meant[0]
    expected = ", ".join(f'"{grade.label}"' for grade in framework.grades) or "no grade at all"
    raise UnknownGrade(f'"{printed}" is not a grade of {framework.name}; expected {expected}')


def grade_label(framework: Framework, grade: str) -> str:
    """A grade as pages print it: "Requires improvement to be good"."""
    if found := framework.grade(grade):
        return found.label
    raise UnknownGrade(
        f"{framework.name} has no grade {grade!r}; it has {', '.join(g.key for g in framework.grades)}"
    )


def compare(
    earlier: Framework, earlier_grade: str, later: Framework, later_grade: str, question_key: str
) -> Literal["better", "worse", "same"]:
    """How the later grade for a question stands to the earlier one: "better" is an improvement.

    `NotComparable` where the frameworks do not measure the same thing, where one of them does not ask
    the question, or where no grade was given; its message is the reason in plain words.
    """
    _refuse_unlike(earlier, later)
    for side in (earlier, later):
        if side.question(question_key) is None:
            other = later if side is earlier else earlier
            asked = other.question(question_key)
            raise NotComparable(
                f"{side.name}: there is no grade for “{asked.label if asked else question_key}”."
            )
    before, after = _rank(earlier, earlier_grade), _rank(later, later_grade)
    if before == after:
        return "same"
    return "better" if after < before else "worse"


def why_not_compared(earlier: Framework, later: Framework) -> str:
    """Why grades of two editions are not compared, as a sentence; "" where they may be."""
    if later.key in earlier.comparability.editions or earlier.key in later.comparability.editions:
        return ""
    if earlier.key == later.key:
        return "" if not earlier.is_visit else f"{earlier.comparability.otherwise}."
    if earlier.family == later.family:
        # Of two rounds of one inspection the newer brought the change.
        telling = max(earlier, later, key=lambda each: each.starts)
    else:
        # The side that compares with nothing gives the reason: it is the narrower of the two.
        telling = later if earlier.comparability.editions and not later.comparability.editions else earlier
    return f"{telling.comparability.otherwise}."


def _refuse_unlike(earlier: Framework, later: Framework) -> None:
    if why := why_not_compared(earlier, later):
        raise NotComparable(f"{earlier.name} and {later.name} are not compared. {why}")


def _rank(side: Framework, grade_key: str) -> int:
    grade = side.grade(grade_key)
    if grade is None:
        expected = ", ".join(each.key for each in side.grades)
        raise UnknownGrade(f"{side.name} has no grade {grade_key!r}; it has {expected}")
    if not grade.ranked:
        raise NotComparable(f"No grade was given: “{grade.label}”.")
    return side.grades.index(grade)
