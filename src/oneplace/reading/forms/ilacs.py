"""ILACS: inspections of local authority children's services, from 2018.

Page 1 carries the dates, the lead inspector and a table of judgements; the inspectors' summary and "What needs to
improve" follow; then a section for each judgement, its heading ending in the grade: the second place to read it.
Until July 2021 the council's name stood above the title; until 2022 care and care leavers were judged together; from
April 2026 there is no overall grade.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from oneplace.reading.findings import findings
from oneplace.reading.front import body_name, front_title, inspection_dates, lead_inspector
from oneplace.reading.grades import GRADE, grade_key
from oneplace.reading.lists import items, records
from oneplace.reading.lookback import looks_back
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.rows import Question, question_of, row_judgement, rows
from oneplace.reading.words import address
from oneplace.records import (
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    Problem,
    RecommendationRecord,
)

_TITLE = re.compile(
    r"\bInspection of (?:children[’']s social care services"
    r"|(?:.{0,80}? )?local authority children[’']s (?:social care )?services|.{3,80}? children[’']s services)",
    re.IGNORECASE,
)
_OVERALL_ENDED = dt.date(
    2026, 4, 1
)  # Ofsted gives no overall effectiveness grade in inspections from this date

QUESTIONS = (
    Question(
        re.compile(
            r"The impact of leaders on social work practice(?: with children(?: and families)?)?",
            re.IGNORECASE,
        ),
        "leadership",
        "The impact of leaders on social work practice with children and families",
    ),
    Question(
        re.compile(
            r"The experiences and progress of children (?:who need|in need of) help and protection",
            re.IGNORECASE,
        ),
        "help_and_protection",
        "The experiences and progress of children who need help and protection",
    ),
    Question(
        re.compile(r"The experiences and progress of children in care and care leavers", re.IGNORECASE),
        "care_and_leavers",
        "The experiences and progress of children in care and care leavers",
    ),
    Question(
        re.compile(r"The experiences and progress of children in care", re.IGNORECASE),
        "care",
        "The experiences and progress of children in care",
    ),
    Question(
        re.compile(r"The experiences and progress of care leavers", re.IGNORECASE),
        "care_leavers",
        "The experiences and progress of care leavers",
    ),
    Question(re.compile(r"Overall effectiveness", re.IGNORECASE), "overall", "Overall effectiveness"),
)
_START = re.compile(
    r"^(?:\d\.\s*)?(?:The impact of leaders|The experiences and progress of|Overall effectiveness)\b",
    re.IGNORECASE,
)
_IMPROVE = re.compile(
    r"^(?:What needs to (?:improve|be improved)\b.{0,45}|Areas? for improvement:?)$", re.IGNORECASE
)
_BACK_MATTER = re.compile(
    r"^(?:If you would like a copy of this document|The Office for Standards in Education"
    r"|You may reuse this information|Any complaints about the inspection|If you are not happy with)",
    re.IGNORECASE,
)
# A heading of a section is its question, perhaps "is" or "are", a colon or dash, and the grade.
_HEADING_TAIL = re.compile(
    r"^\s*(?:is|are)?\s*[:–-]?\s*(?:is|are)?\s*:?\s*(?P<grade>.*?)\.?\s*$", re.IGNORECASE
)


class Ilacs:
    """The standard and the short inspection share one layout."""

    name = "ilacs"

    def recognises(self, report: Report) -> bool:
        title, _ = front_title(report.first.lines)
        if not title.startswith("Inspection") or not _TITLE.search(title):
            return False
        head = list(report.lines(1, 2))
        # A letter may name this framework and its questions in its text.
        return any(_START.match(line.text) for line in head) and not any(
            line.text.startswith("Dear ") for line in head
        )

    def read(self, report: Report) -> InspectionRecord:
        lines = list(report.lines())
        front = report.first.lines
        title, organisation = front_title(front)
        start, end = inspection_dates(front)
        headings = _section_headings(lines)
        body_end = next((i for i, line in enumerate(lines) if _BACK_MATTER.match(line.text)), len(lines))
        judgements, problems = _judgements(lines, headings, end)
        improve, improve_range = _improve(lines, headings, report)
        found = list(_findings(lines[:body_end], headings, improve_range, report))
        lead = lead_inspector(front)
        if not lead:
            problems.append(
                Problem(
                    kind="field_missing",
                    field="lead_inspector",
                    message="No lead inspector is printed on page 1.",
                )
            )
        if start is None:
            problems.append(
                Problem(
                    kind="field_missing",
                    field="inspection_start",
                    message="No inspection dates are printed on page 1.",
                )
            )
        return InspectionRecord(
            publisher="ofsted",
            framework="ILACS",
            form=self.name,
            body=BodyRef(name=body_name(title, organisation)),
            title=title,
            inspection_start=start,
            inspection_end=end,
            lead_inspector=lead,
            pages=len(report.pages),
            judgements=tuple(judgements),
            improve=tuple(improve),
            findings=tuple(found),
            looks_back=looks_back([*found, *improve], report),
            problems=tuple(problems),
        )


class _Heading:
    """A section's heading: which lines it is made of, its question, and the grade printed in it."""

    def __init__(self, index: int, count: int, key: str, grade: str, text: str) -> None:
        self.index, self.count, self.key, self.grade, self.text = index, count, key, grade, text


def _section_headings(lines: Sequence[Line]) -> list[_Heading]:
    """Headings by their wording, not their weight: some reports do not set them in bold."""
    found = _worded_as_headings(lines)
    # A row of the table that runs over on to page 2 reads like the heading of the section that comes later.
    return [
        heading
        for place, heading in enumerate(found)
        if lines[heading.index].page > 2 or heading.key not in {later.key for later in found[place + 1 :]}
    ]


def _worded_as_headings(lines: Sequence[Line]) -> list[_Heading]:
    headings: list[_Heading] = []
    for index, line in enumerate(lines):
        if line.page == 1 or line.bullet or not _START.match(line.text):
            continue
        text = line.text
        for count in range(1, 5):
            question = question_of(text, QUESTIONS)
            begun = question.pattern.match(text) if question and question.key != "overall" else None
            if question and begun:
                tail = _HEADING_TAIL.match(text[begun.end() :])
                grade = tail["grade"] if tail else ""
                following = lines[index + count] if index + count < len(lines) else None
                more = following is not None and following.size == line.size and following.bold == line.bold
                if GRADE.fullmatch(grade) and not (
                    more
                    and following is not None
                    and following.text.lower().lstrip().startswith(("to be good", "improvement"))
                ):
                    headings.append(_Heading(index, count, question.key, grade, question.wording))
                    break
                if grade == "" and not more:
                    headings.append(_Heading(index, count, question.key, "", question.wording))
                    break
            if index + count >= len(lines) or len(text) > 160:
                break
            text = f"{text} {lines[index + count].text}"
    return headings


def _judgements(
    lines: Sequence[Line], headings: Sequence[_Heading], end: dt.date | None
) -> tuple[list[JudgementRecord], list[Problem]]:
    table = _table(lines)
    problems: list[Problem] = []
    in_headings = {heading.key: heading for heading in headings if heading.grade}
    for judgement in table:
        heading = in_headings.get(judgement.question_key)
        if heading and grade_key(heading.grade) != judgement.grade:
            at = lines[heading.index]
            problems.append(
                Problem(
                    kind="grades_disagree",
                    field=judgement.question_key,
                    message=f"{judgement.question}: the table on page {judgement.address.page} says "
                    f"{judgement.grade_printed!r}, the heading on page {at.page} says {heading.grade!r}.",
                    address=address([at]),
                )
            )
    keys = {judgement.question_key for judgement in table}
    for key, heading in in_headings.items():
        if key not in keys:
            at = lines[heading.index]
            problems.append(
                Problem(
                    kind="grades_disagree",
                    field=key,
                    message=f"{heading.text}: the heading on page {at.page} says {heading.grade!r}; "
                    "the table does not have it.",
                    address=address([at]),
                )
            )
            table.append(
                JudgementRecord(
                    question=heading.text,
                    question_key=key,
                    grade_printed=heading.grade,
                    grade=grade_key(heading.grade),
                    address=address(lines[heading.index : heading.index + heading.count]),
                )
            )
    problems += _missing({judgement.question_key for judgement in table}, end)
    return table, problems


def _missing(keys: set[str], end: dt.date | None) -> list[Problem]:
    wanted = {"leadership", "help_and_protection"}
    wanted |= {"care_and_leavers"} if "care_and_leavers" in keys else {"care", "care_leavers"}
    if end is None or end < _OVERALL_ENDED:
        wanted.add("overall")
    return [
        Problem(
            kind="field_missing",
            field=question.key,
            message=f"The table of judgements has no grade for: {question.wording}.",
        )
        for question in QUESTIONS
        if question.key in wanted - keys
    ]


def _table(lines: Sequence[Line]) -> list[JudgementRecord]:
    """The table of judgements on page 1, which may run on to page 2.

    The grade's cell is drawn before, after or between the lines of its question, so each row is taken as everything
    from one question's first words to the next question's.
    """
    started = next(
        (i for i, line in enumerate(lines) if line.page == 1 and re.match(r"Judge?ment\b", line.text)), 0
    )
    found = rows(
        takewhile(lambda line: line.page <= 2 and not _IMPROVE.match(line.text), lines[started:]), _START
    )
    made: list[JudgementRecord] = []
    for row in found:
        judgement = row_judgement(row, QUESTIONS)
        if judgement and judgement.question_key not in {one.question_key for one in made}:
            made.append(judgement)
    return made


def _improve(
    lines: Sequence[Line], headings: Sequence[_Heading], report: Report
) -> tuple[list[RecommendationRecord], range]:
    start = next((i for i, line in enumerate(lines) if _IMPROVE.match(line.text) and not line.bullet), None)
    if start is None:
        return [], range(0)
    end = next((heading.index for heading in headings if heading.index > start), len(lines))
    found = items(lines[start + 1 : end])
    made = records(found, "area_for_improvement", lines[start].text, 1, report.vocabulary)
    return made, range(start, end)


def _findings(
    lines: Sequence[Line], headings: Sequence[_Heading], improve: range, report: Report
) -> Iterable[FindingRecord]:
    """The summary between the table and "What needs to improve", then the sections."""
    heading_lines = {
        id(lines[h.index + n]): h.text for h in headings for n in range(h.count) if h.index + n < len(lines)
    }
    first_heading = headings[0].index if headings else len(lines)
    summary_end = min([first_heading, *([improve.start] if improve else [])])
    summary_start = _after_table(lines[:summary_end])
    kept = [*lines[summary_start:summary_end], *lines[first_heading:]]
    return findings(
        kept, lambda line: heading_lines.get(id(line)), report.vocabulary, first_section="Summary"
    )


def _after_table(lines: Sequence[Line]) -> int:
    """Where the summary begins: the first line below the last row of the table."""
    last = 0
    for index, line in enumerate(lines):
        if line.page > 2:
            break
        if _START.match(line.text) and (line.page == 1 or GRADE.search(line.text)):
            last = index
    for index in range(last + 1, min(last + 6, len(lines))):
        text = lines[index].text
        if len(text) > 45 and not GRADE.fullmatch(text):
            return index
    return last + 1


FORMS = (Ilacs(),)
