"""What the tests of these reports ask of a reading: its grades by question, its lists by kind."""

from __future__ import annotations

from oneplace.records import InspectionRecord
from tests.pdfs.sif import ROWS, Sif

LAYOUTS = ("2013", "2014", "2015")
KEYED = {
    "Good": "good",
    "Outstanding": "outstanding",
    "Inadequate": "inadequate",
    "Requires improvement": "requires_improvement",
    "Not judged": "not_judged",
    "Not Judged": "not_judged",
}


def grades(said: InspectionRecord) -> dict[str, str]:
    return {judgement.question_key: judgement.grade for judgement in said.judgements}


def rows_of(report: Sif) -> dict[str, str]:
    return {key: KEYED[report.grade(key)] for key in ROWS}


def listed(said: InspectionRecord, kind: str) -> tuple[str | None, ...]:
    return tuple(item.text for item in said.improve if item.list_kind == kind)


def kinds(said: InspectionRecord) -> list[tuple[str, str]]:
    return [(problem.kind, problem.field) for problem in said.problems]
