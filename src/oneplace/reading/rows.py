"""The rows of a table of judgements: a question and its grade, in whatever order the cells' lines were drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oneplace.reading.grades import GRADE, PRINTED, grade_key
from oneplace.reading.pages import Line
from oneplace.reading.words import address
from oneplace.records import JudgementRecord

# No cell of these tables takes more lines than this, with its grade.
_MOST_LINES = 5
# Points from the left edge of a question within which its own lines begin, and beyond which the grades' column is.
_SECOND_COLUMN = 100.0
_GRADE_CELL = re.compile(
    rf"(?:{PRINTED}|requires?|improvement(?: to be)?|improvement to be good|to be good|be good|good)$",
    re.IGNORECASE,
)
_ROW_NUMBER = re.compile(r"^\d(?:\.\d)?\.?\s*")
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
    """The lines cut where a question begins; lines before the first are left out.

    Where the file draws a grade's cell apart from its question's, the row is put together by height on the page.
    """
    found: list[list[Line]] = []
    before: list[Line] = []
    for line in lines:
        if starts.match(line.text):
            found.append([line])
        elif found:
            found[-1].append(line)
        else:
            before.append(line)
    if not any(_astray(line, row) for row in found for line in row[1:]):
        return found
    return _by_height(found, before)


def _is_grade_cell(line: Line, start: Line) -> bool:
    return line.left > start.left + _SECOND_COLUMN and bool(_GRADE_CELL.match(line.text))


def _question_lines(row: Sequence[Line]) -> list[Line]:
    """The lines of the question that begins a row: one close below the other, at the table's left."""
    found = [row[0]]
    for line in row[1:]:
        # The line that shares its height with the grade may reach a little into the one above.
        close = abs(found[-1].bottom - line.top) < line.height * 0.75
        if line.page == row[0].page and close and line.left < row[0].left + _SECOND_COLUMN:
            found.append(line)
    return found


def _band(row: Sequence[Line]) -> tuple[float, float]:
    return _question_lines(row)[-1].bottom, row[0].top


def _astray(line: Line, row: Sequence[Line]) -> bool:
    """Whether a grade's cell stands beside another question than the one it was drawn after."""
    if not _is_grade_cell(line, row[0]):
        return False
    bottom, top = _band(row)
    return line.page == row[0].page and not bottom - 10 < (line.bottom + line.top) / 2 < top + 10


def _by_height(found: Sequence[Sequence[Line]], before: Sequence[Line]) -> list[list[Line]]:
    cells = [
        line
        for line in (*before, *(one for row in found for one in row[1:]))
        if _is_grade_cell(line, found[0][0])
    ]
    taken = {id(cell) for cell in cells}
    made = [[line for line in row if id(line) not in taken] for row in found]
    middles = [sum(_band(row)) / 2 for row in made]
    for cell in sorted(cells, key=lambda line: -line.top):
        middle = (cell.bottom + cell.top) / 2
        beside = [i for i, row in enumerate(made) if row[0].page == cell.page]
        if beside:
            nearest = min(beside, key=lambda i: abs(middles[i] - middle))
            at = 1 + sum(1 for line in made[nearest][1:] if id(line) in taken)
            made[nearest].insert(at, cell)
    return made


def row_judgement(row: Sequence[Line], questions: Sequence[Question]) -> JudgementRecord | None:
    """The judgement in one row, or None where the row has no grade or no known question."""
    # What follows the table stands at its left too, but apart: a grade's word there is no grade of the table's.
    own = {id(line) for line in _question_lines(row)}
    cells = [
        line for line in row[:_MOST_LINES] if id(line) in own or line.left > row[0].left + _SECOND_COLUMN
    ]
    text = " ".join(line.text for line in cells)
    grade, rest, end = _grade_in(text, cells)
    if not grade:
        return None
    asked = " ".join(rest.split())
    question = question_of(asked, questions)
    if question is None:
        return None
    # The wording with the capitals that this report gives it, where it has the form's words.
    words = _ROW_NUMBER.sub("", asked, count=1)[: len(question.wording)]
    wording = words if words.lower() == question.wording.lower() else question.wording
    return JudgementRecord(
        question=wording,
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
