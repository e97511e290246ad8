"""Inspections of looked after children services, 2013: the framework before the single inspection framework.

Each section's heading is followed by its grade, "Grade 4 (inadequate)"; the last page has them all again in a table,
the second place to read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneplace.reading.findings import findings
from oneplace.reading.front import inspection_dates, name_alone, report_published
from oneplace.reading.grades import GRADE, NUMBERED_GRADE, grade_key
from oneplace.reading.improvement_lists import list_heading
from oneplace.reading.lists import items, records
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.words import Vocabulary, address
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem, RecommendationRecord

_TITLE = re.compile(
    r"Inspection of looked after children(?: and young people)?(?:[’']s)? services", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:Reporting|Lead) inspector:?\s*", re.IGNORECASE)
_SECTIONS = (
    (re.compile(r"Overall effectiveness\b", re.IGNORECASE), "overall"),
    (re.compile(r"Leadership and management\b", re.IGNORECASE), "leadership"),
    (re.compile(r"Capacity (?:to improve|for improvement)\b", re.IGNORECASE), "other"),
    (re.compile(r"Outcomes for\b", re.IGNORECASE), "other"),
    (re.compile(r"Quality of provision\b", re.IGNORECASE), "other"),
)


class LookedAfterChildren2013:
    name = "lac-2013"

    def recognises(self, report: Report) -> bool:
        return bool(_TITLE.search(" ".join(report.head(1).split())))

    def read(self, report: Report) -> InspectionRecord:
        lines = [line for line in report.lines() if not _contents(line, report)]
        front = report.first.lines
        title_lines = _title_lines(front)
        graded = _graded_headings(lines)
        judgements = [judgement for _, judgement in graded]
        start, end = inspection_dates(front)
        published = report_published(front)
        heading_lines = {id(line): judgement.question for found, judgement in graded for line in found}
        lead = next((name_alone(line.text[m.end() :]) for line in front if (m := _LEAD.match(line.text))), "")
        problems = _compared(judgements, report.pages[-1].lines)
        if not judgements:
            problems.append(
                Problem(
                    kind="field_missing", field="overall", message="No section has a grade under its heading."
                )
            )
        return InspectionRecord(
            publisher="ofsted",
            framework="LAC-2013",
            form=self.name,
            body=BodyRef(name=_council(front, title_lines)),
            title=" ".join(line.text for line in title_lines),
            inspection_start=start,
            inspection_end=end,
            published=published,
            published_source="text" if published else None,
            lead_inspector=lead,
            pages=len(report.pages),
            judgements=tuple(judgements),
            improve=tuple(_improve(lines, set(heading_lines), report.vocabulary)),
            findings=tuple(findings(lines, lambda line: _section(line, heading_lines), report.vocabulary)),
            problems=tuple(problems),
        )


def _section(line: Line, heading_lines: dict[int, str]) -> str | None:
    """The section that a line opens; "" where findings stop: at a list, and at the table on the last page."""
    if line.bold and (list_heading(line) or line.text.startswith("Record of main findings")):
        return ""
    return heading_lines.get(id(line))


def _contents(line: Line, report: Report) -> bool:
    return any(other.text == "Contents" for other in report.pages[line.page - 1].lines[:3])


def _title_lines(front: Sequence[Line]) -> list[Line]:
    first = next((i for i, line in enumerate(front) if line.text.lower().startswith("inspection of")), 0)
    found = [front[first]]
    for line in front[first + 1 :]:
        if abs(line.size - found[0].size) > 0.6:
            break
        found.append(line)
    return found


def _council(front: Sequence[Line], title: Sequence[Line]) -> str:
    """The largest type after the title's is the council's name."""
    rest = [line for line in front if line not in title and line.text.strip()]
    largest = max((line.size for line in rest), default=0.0)
    return next((line.text for line in rest if line.size == largest), "")


def _graded_headings(lines: Sequence[Line]) -> list[tuple[list[Line], JudgementRecord]]:
    made: list[tuple[list[Line], JudgementRecord]] = []
    for index, line in enumerate(lines):
        grade = NUMBERED_GRADE.match(line.text)
        if not grade:
            continue
        heading: list[Line] = []
        for above in reversed(lines[max(0, index - 3) : index]):
            if above.size < line.size or not above.bold:
                break
            heading.insert(0, above)
        text = " ".join(one.text for one in heading)
        key = next((key for pattern, key in _SECTIONS if pattern.match(text)), None)
        if key:
            judgement = JudgementRecord(
                question=text,
                question_key=key,
                grade_printed=grade[0],
                grade=grade_key(grade[0]),
                address=address([*heading, line]),
            )
            made.append(([*heading, line], judgement))
    return made


def _compared(judgements: Sequence[JudgementRecord], last_page: Sequence[Line]) -> list[Problem]:
    """Each section's grade against the table of main findings on the last page."""
    table = " ".join(line.text for line in last_page)
    problems: list[Problem] = []
    for judgement in judgements:
        # The table's wording is shorter; the first two words tell the questions apart.
        words = re.escape(" ".join(judgement.question.split()[:2]))
        row = re.search(words, table, re.IGNORECASE)
        grade = GRADE.search(table, row.end()) if row else None
        if grade and grade_key(grade[1]) != judgement.grade:
            problems.append(
                Problem(
                    kind="grades_disagree",
                    field=judgement.question_key,
                    message=f"{judgement.question}: page {judgement.address.page} says {judgement.grade_printed!r}, "
                    f"the table on the last page says {grade[1]!r}.",
                    address=address(last_page),
                )
            )
    return problems


def _improve(
    lines: Sequence[Line], section_lines: set[int], vocabulary: Vocabulary
) -> list[RecommendationRecord]:
    made: list[RecommendationRecord] = []
    for index, line in enumerate(lines):
        kind = list_heading(line) if line.bold else None
        if not kind:
            continue
        end = next(
            (
                i
                for i in range(index + 1, len(lines))
                if id(lines[i]) in section_lines or (lines[i].bold and lines[i].size >= line.size)
            ),
            len(lines),
        )
        found = items(lines[index + 1 : end], numbered=False)
        made += records(found, kind, line.text.strip(" :"), len(made) + 1, vocabulary)
    return made


FORMS = (LookedAfterChildren2013(),)
