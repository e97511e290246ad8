"""Grades as the reports print them, and the grade that each means."""

from __future__ import annotations

import re

# Longest first, so that "requires improvement to be good" is not read as "requires improvement" and then "good".
PRINTED = r"requires?\s+improvement(?:\s+to\s+be\s+good)?|outstanding|inadequate|good|adequate|not\s+judged"
GRADE = re.compile(rf"\b({PRINTED})\b", re.IGNORECASE)
# The 2013 framework for looked-after children numbered its grades.
NUMBERED_GRADE = re.compile(r"\bGrade\s+([1-4])\s*\((outstanding|good|adequate|inadequate)\)", re.IGNORECASE)


def grade_key(printed: str) -> str:
    """The grade's key: "requires_improvement" for "Requires improvement to be good".

    Raises ValueError for words that are no grade.
    """
    words = " ".join(printed.lower().split())
    if numbered := NUMBERED_GRADE.search(words):
        words = numbered[2]
    if words.startswith(("requires improvement", "require improvement")):
        return "requires_improvement"
    if words in ("outstanding", "good", "adequate", "inadequate"):
        return words
    if words == "not judged":
        return "not_judged"
    raise ValueError(
        f"{printed!r} is no grade: expected outstanding, good, requires improvement, adequate, inadequate or not judged"
    )
