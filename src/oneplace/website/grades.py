"""The record's grades as the charts draw them: their place among the grades of their own framework."""

from __future__ import annotations

from functools import cache

from oneplace.charts.grades import Grade
from oneplace.evidence.views import JudgementView
from oneplace.frameworks import framework

# What fits a square of the timeline.
_SHORT = {
    "outstanding": "O",
    "good": "G",
    "requires_improvement": "RI",
    "adequate": "A",
    "inadequate": "I",
    "performs_excellently": "E",
    "performs_well": "W",
    "performs_adequately": "A",
    "performs_poorly": "P",
    "positive": "+",
    "inconsistent": "~",
    "widespread_failings": "!",
}

_TONES = {"best": "best", "good": "good", "concern": "weak", "worst": "worst", "neutral": "none"}


def question_label(framework_key: str, judgement: JudgementView) -> str:
    """What was asked, for a heading: as the edition calls it, as a report's own words may be half a sentence."""
    known = framework(framework_key).question(judgement.question_key)
    return known.label if known else judgement.question


@cache
def chart_grade(framework_key: str, grade_key: str) -> Grade:
    """The grade with its rank in its framework; outside the scale where the framework has no such grade."""
    edition = framework(framework_key)
    ranked = edition.ranked_grades
    found = edition.grade(grade_key)
    rank = next((place for place, each in enumerate(ranked, 1) if each.key == grade_key), None)
    label = found.label if found else grade_key.replace("_", " ").capitalize()
    # A scale of one grade has no best and worst: its framework says how it is meant.
    said = _TONES[found.tone] if found and len(ranked) == 1 else ""
    return Grade(
        label=label, short=_SHORT.get(grade_key, label[:2]), rank=rank, ranks=max(len(ranked), 1), said=said
    )
