"""The rows of a table of judgements: a question and its grade, in whatever order the cells' lines were drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oneplace.reading.grades import GRADE, grade_key
from oneplace.reading.pages import Line
from oneplace.reading.words import address
from oneplace.records import JudgementRecord

# No cell of these tables takes more lines than this, with its grade.
_MOST_LINES = 5
_SPLIT_GRADE = re.compile(r"\b(requires?)\s+((?:\S+\s+){1,6}?)(improvement)\b", re.IGNORECASE)
_SECOND_LINE = re.compile(r"(?:^|\s)(to be good|be good)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A judgement's question: how the table begins it, its key, and the whole wording as the form prints it."""

    pattern: re.Pattern[str]
    key: str
    wording: str


def question_of(text: str, questions: Sequence[Question]) -> Question | None:
    """The question that the text begins with, or None."""
    return next((question for question in questions if question.pattern.match(text)), None)


def rows(lines: Iterable[Line], starts: re.Pattern[str]) -> list[list[Line]]:
    """The lines cut where a question begins; lines before the first are left out."""
    found: list[list[Line]] = []
    for line in lines:
        if starts.match(line.text):
            found.append([line])
        elif found:
            found[-1].append(line)
    return found


def row_judgement(row: Sequence[Line], questions: Sequence[Question]) -> JudgementRecord | None:
    """The judgement in one row, or None where the row has no grade or no known question."""
    cells = list(row[:_MOST_LINES])
    text = " ".join(line.text for line in cells)
    grade, rest, end = _grade_in(text, cells)
    if not grade:
        return None
    question = question_of(" ".join(rest.split()), questions)
    if question is None:
        return None
    return JudgementRecord(
        question=question.wording,
        question_key=question.key,
        grade_printed=grade,
        grade=grade_key(grade),
        address=address(_lines_up_to(cells, max(end, len(question.wording)))),
    )


def _grade_in(text: str, cells: Sequence[Line]) -> tuple[str, str, int]:
    """The grade as printed, the row's text without it, and where in the text the grade ends."""
    found = GRADE.search(text)
    split = _SPLIT_GRADE.search(text)
    if split and (found is None or split.start() < found.start()):
        # "… achieving Requires / permanence / improvement": the cells' lines alternate.
        return f"{split[1]} {split[3]}", text[: split.start()] + split[2] + text[split.end() :], split.end()
    if found is None:
        return "", text, 0
    grade, end = " ".join(found[1].split()), found.end()
    rest = text[: found.start()] + " " + text[end:]
    if grade.lower().endswith("improvement"):
        for line in cells[1:]:
            second = _SECOND_LINE.search(line.text)
            # The second line of the grade's cell: alone, or at the end of the question's last line; never of prose.
            if second and len(line.text) <= 60 and not re.search(r"[.;,]|judged", line.text):
                return f"{grade} to be good", rest.replace(second[1], " ", 1), end + len(second[1]) + 1
    return grade, rest, end


def _lines_up_to(lines: Sequence[Line], characters: int) -> list[Line]:
    used: list[Line] = []
    count = 0
    for line in lines:
        if count >= characters:
            break
        used.append(line)
        count += len(line.text) + 1
    return used
