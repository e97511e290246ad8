"""SIF: the single inspection framework, November 2013 to 2017, and its re-inspections.

Page 1 carries the overall judgement as a sentence and a table of the other five. Three layouts: until mid-2014 "The
overall judgement is …", the LSCB's judgement on page 1 too, and lists of priority actions and areas for improvement;
until March 2015 "… is that children's services …", with lists that start again at 1; then "Children's services in X
are …", with one list of recommendations. A section heading or a sentence further on gives each grade again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneplace.reading.findings import findings
from oneplace.reading.front import (
    front_title,
    inspection_dates,
    lead_inspector,
    report_published,
    without_contents,
)
from oneplace.reading.grades import PRINTED, grade_key
from oneplace.reading.improvement_lists import improvement_lists
from oneplace.reading.lookback import looks_back
from oneplace.reading.lscb import lscb_judgement, lscb_starts
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.rows import Question, row_judgement, rows
from oneplace.reading.sections import section_of_headings
from oneplace.reading.words import Run, address
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem

_TITLE = re.compile(
    r"\b(?P<re>re-?)?inspection of services for children in need of help and protection", re.IGNORECASE
)

QUESTIONS = (
    Question(
        re.compile(r"(?:\d\.?\s*)?Children who need help and protection", re.IGNORECASE),
        "help_and_protection",
        "Children who need help and protection",
    ),
    Question(
        re.compile(r"(?:\d\.?\s*)?Children looked after and achieving permanence", re.IGNORECASE),
        "care",
        "Children looked after and achieving permanence",
    ),
    Question(
        re.compile(r"(?:\d\.\d\.?\s*)?Adoption performance", re.IGNORECASE),
        "adoption",
        "Adoption performance",
    ),
    Question(
        re.compile(r"(?:\d\.\d\.?\s*)?Experiences? and progress of care leavers", re.IGNORECASE),
        "care_leavers",
        "Experiences and progress of care leavers",
    ),
    Question(
        re.compile(r"(?:\d\.?\s*)?Leadership,? management and governance", re.IGNORECASE),
        "leadership",
        "Leadership, management and governance",
    ),
)
_ROW = re.compile(
    r"^(?:\d(?:\.\d)?\.?\s*)?(?:Children who need help|Children looked after and|Adoption performance"
    r"|Experiences? and progress of care|Leadership,? management)",
    re.IGNORECASE,
)
_OVERALL = re.compile(
    r"(?P<question>The overall judgement is(?: that children[’']s services?(?: are)?)?"
    rf"|Children[’']s services(?:\s(?:[^.;:]|\bSt\.){{2,110}}?)??)\s+(?P<grade>{PRINTED})\b",
    re.IGNORECASE,
)


def _again(words: str, verb: str = r"(?:(?:is|are) )?:?\s*") -> re.Pattern[str]:
    return re.compile(rf"{words} {verb}({PRINTED})\b", re.IGNORECASE)


_THAT_IT_IS = r"is (?:that it )?(?:is )?"
# Where each grade stands a second time. The words between are the form's own.
_AGAIN = (
    ("help_and_protection", _again("The experiences and progress of children who need help and protection")),
    ("care", _again("The experiences and progress of children looked after and achieving permanence")),
    ("adoption", _again("The graded judge?ment (?:for|about|of) adoption(?: performance)?", _THAT_IT_IS)),
    (
        "care_leavers",
        _again(
            "The graded judge?ment (?:for|about|of) the experiences? and progress of care leavers",
            _THAT_IT_IS,
        ),
    ),
    ("leadership", _again("Leadership, management and governance")),
)


class Sif:
    """Full inspections and re-inspections: one layout but for the title and the LSCB's part."""

    name = "sif"

    def recognises(self, report: Report) -> bool:
        head = " ".join(report.head(1).split())
        return bool(_TITLE.search(head)) and bool(
            re.search(r"Children who need help and protection", head, re.IGNORECASE)
        )

    def read(self, report: Report) -> InspectionRecord:
        lines = list(report.lines())
        front = report.first.lines
        title, organisation = front_title(front)
        again = bool((found := _TITLE.search(title)) and found["re"])
        problems: list[Problem] = []
        overall = _overall(front)
        layout = _layout(overall)
        lines = without_contents(lines)
        body_from = next((i for i, line in enumerate(lines) if line.page > 1), len(lines))
        lscb_from = None if again else lscb_starts(lines, body_from)
        judgements = [judgement for judgement in (overall, *_table(lines)) if judgement]
        # The first layout has the board's judgement below the table, which may run over.
        beside = [line for line in lines if line.page <= 2] if layout == "2013" else front
        if not again and (board := lscb_judgement(beside, lines, lscb_from, problems)):
            judgements.append(board)
        body = lines[body_from:]
        sections = section_of_headings(body)
        authority = lines[body_from : lscb_from or len(lines)]
        problems += _compared(judgements, authority)
        problems += _missing(judgements)
        start, end = inspection_dates(front)
        published = report_published(front)
        lead = lead_inspector(lines)
        if not lead:
            problems.append(
                Problem(kind="field_missing", field="lead_inspector", message="No lead inspector is printed.")
            )
        paragraphs = findings(body, lambda line: sections.get(id(line)), report.vocabulary)
        improve = improvement_lists(body, lines[lscb_from] if lscb_from else None, report.vocabulary)
        return InspectionRecord(
            publisher="ofsted",
            framework="SIF-reinspection" if again else "SIF",
            form=f"{self.name}-reinspection" if again else f"{self.name}-{layout}",
            body=BodyRef(name=organisation),
            title=title,
            inspection_start=start,
            inspection_end=end,
            published=published,
            published_source="text" if published else None,
            lead_inspector=lead,
            pages=len(report.pages),
            judgements=tuple(judgements),
            improve=tuple(improve),
            findings=tuple(paragraphs),
            looks_back=looks_back([*paragraphs, *improve], report),
            problems=tuple(problems),
        )


def _layout(overall: JudgementRecord | None) -> str:
    if overall is None or overall.question.lower().startswith("children"):
        return "2015"
    return "2014" if "children" in overall.question.lower() else "2013"


def _overall(front: Sequence[Line]) -> JudgementRecord | None:
    first = next(
        (
            i
            for i, line in enumerate(front)
            if re.match(r"The overall judgement|Children[’']s services\b", line.text, re.IGNORECASE)
        ),
        None,
    )
    if first is None:
        return None
    run = Run(front[first : first + 5])
    found = _OVERALL.match(run.text)
    if not found:
        return None
    printed = " ".join(found["grade"].split())
    return JudgementRecord(
        question=found["question"],
        question_key="overall",
        grade_printed=printed,
        grade=grade_key(printed),
        address=address(run.between(found.start(), found.end())),
    )


def _table(lines: Sequence[Line]) -> list[JudgementRecord]:
    """The five other judgements: on page 1, perhaps run over on to page 2."""
    made: list[JudgementRecord] = []
    front = [line for line in lines if line.page <= 2]
    for row in rows(front, _ROW):
        judgement = row_judgement(row, QUESTIONS)
        if judgement and judgement.question_key not in {one.question_key for one in made}:
            made.append(judgement)
    return made


def _compared(judgements: Sequence[JudgementRecord], lines: Sequence[Line]) -> list[Problem]:
    """Each grade against the place where the report gives it again."""
    keyed = {judgement.question_key: judgement for judgement in judgements}
    problems: list[Problem] = []
    starts = ("The experiences and progress", "The graded judg", "Leadership, management")
    for index, line in enumerate(lines):
        if not (line.bold or line.size > 13) or not line.text.startswith(starts):
            continue
        run = Run(lines[index : index + 5])
        for key, pattern in _AGAIN:
            found = pattern.match(run.text)
            judgement = keyed.get(key)
            if not found or not judgement or grade_key(found[1]) == judgement.grade:
                continue
            problems.append(
                Problem(
                    kind="grades_disagree",
                    field=key,
                    message=f"{judgement.question}: the table on page {judgement.address.page} says "
                    f"{judgement.grade_printed!r}, page {line.page} says {found[1]!r}.",
                    address=address(run.between(found.start(), found.end())),
                )
            )
    return problems


def _missing(judgements: Sequence[JudgementRecord]) -> list[Problem]:
    found = {judgement.question_key for judgement in judgements}
    wanted = {"overall": "overall judgement"} | {question.key: question.wording for question in QUESTIONS}
    return [
        Problem(kind="field_missing", field=key, message=f"No grade was found on page 1 for: {wording}.")
        for key, wording in wanted.items()
        if key not in found
    ]


FORMS = (Sif(),)
