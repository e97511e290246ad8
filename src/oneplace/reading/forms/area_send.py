"""Area SEND inspections: how a local area serves children with special needs or disabilities, from 2023.

Ofsted and the Care Quality Commission inspect a local area partnership together. Page 1 has the dates and
the outcome in prose, one of three; what must improve stands in tables, with the responsible body beside
each priority action; Ofsted's lead inspector is in the inspection team on the last page but one. No date of
publication is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oneplace.reading.findings import findings
from oneplace.reading.front import inspection_dates, name_alone
from oneplace.reading.lookback import looks_back
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.table_lists import item_text, table_items
from oneplace.reading.words import address, join, sentences
from oneplace.records import (
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    ListKind,
    Problem,
    RecommendationRecord,
)

_TITLE = re.compile(r"^Area SEND (?:full |re)?\s?inspection of\b", re.IGNORECASE)
_BODY = re.compile(r"inspection of (?:the )?(?P<name>.+?)(?:\s+Local Area(?: Partnership)?)?$", re.IGNORECASE)
_OUTCOME = re.compile(r"^Inspection outcome\s*:?$", re.IGNORECASE)
# What the inspection leads to, which follows the outcome.
_NEXT_STEPS = re.compile(
    r"^(?:The next|A monitoring|As a result|Ofsted|HMCI|(?:His|Her) Majesty[’']s Chief)\b",
    re.IGNORECASE,
)
# The wording of each outcome, and what follows from it alone (Area SEND framework and handbook, 2022).
_GRADES = (
    (re.compile(r"\bwidespread and/?\s?(?:or)? systemic failings\b", re.IGNORECASE), "widespread_failings"),
    (re.compile(r"\binconsistent experiences and outcomes\b", re.IGNORECASE), "inconsistent"),
    (re.compile(r"\btypically leads? to positive experiences and outcomes\b", re.IGNORECASE), "positive"),
)
_MONITORED = re.compile(r"\bmonitoring inspection will\b|\bpriority action plan\b", re.IGNORECASE)
_YEARS = re.compile(r"\bapproximately (three|3|five|5)\s+years\b", re.IGNORECASE)

_LIST = re.compile(
    r"^(?:Responsible bod(?:y|ies)\s+)?Areas? for (?P<kind>priority actions?|improvements?)\s*:?$",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(r"^Responsible bod(?:y|ies)\s*:?$", re.IGNORECASE)
# Sections whose paragraphs are findings, and sections that are not.
_FINDINGS = re.compile(
    r"^What (?:is it like to be a child|(?:is|does) the (?:local )?area partnership)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"^(?:Inspection outcome|Information about the local area partnership|Local area partnership details"
    r"|Information about this inspection|Inspection team)\s*:?$",
    re.IGNORECASE,
)
_TEAM = re.compile(r"^Inspection team\s*:?$", re.IGNORECASE)
_BACK_MATTER = re.compile(
    r"^(?:If you are not happy with|The Office for Standards in Education)\b", re.IGNORECASE
)
_INSPECTORATE = r"(?:Ofsted|Senior HMI|S?HMI|(?:His|Her) Majesty[’']s Inspector)"
_LEAD = re.compile(
    rf"^(?P<name>[^,]+?)[,\s]+(?:{_INSPECTORATE}\b[,\s–-]*)+lead\b",
    re.IGNORECASE,
)
_INSPECTOR = re.compile(rf"^(?P<name>[^,]+?)[,\s]+{_INSPECTORATE}\b")


class AreaSend:
    """The report of a full inspection of a local area partnership."""

    name = "area-send"

    def recognises(self, report: Report) -> bool:
        front = report.first.lines
        return any(_TITLE.match(line.text) for line in front) and any(
            _OUTCOME.match(line.text) for line in front
        )

    def read(self, report: Report) -> InspectionRecord:
        lines = [line for line in report.lines() if line.text]
        front = report.first.lines
        title = _title(front)
        start, end = inspection_dates(front)
        improve = list(_improve(lines, report))
        judgements, problems = _outcome(lines, improve, report)
        lead = _lead(lines)
        found = _findings(lines, report)
        if start is None:
            problems.append(
                Problem(
                    kind="field_missing",
                    field="inspection_start",
                    message="No inspection dates are printed on page 1.",
                )
            )
        if not lead:
            problems.append(
                Problem(
                    kind="field_missing",
                    field="lead_inspector",
                    message="The inspection team names no lead inspector of Ofsted's.",
                )
            )
        body = _BODY.search(title)
        return InspectionRecord(
            publisher="ofsted",
            framework="area-SEND",
            form=self.name,
            body=BodyRef(name=body["name"] if body else ""),
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


def _title(front: Sequence[Line]) -> str:
    """The title, over as many lines as are set in its size."""
    start = next(index for index, line in enumerate(front) if _TITLE.match(line.text))
    parts = [front[start].text]
    for line in front[start + 1 :]:
        if abs(line.size - front[start].size) > 0.6 or re.match(r"(?:Inspection|Dates?)\b", line.text):
            break
        parts.append(line.text)
    return " ".join(parts)


def _outcome(
    lines: Sequence[Line], improve: Sequence[RecommendationRecord], report: Report
) -> tuple[list[JudgementRecord], list[Problem]]:
    """The judgement in its own words, compared with what the report says must follow from it."""
    at = next(index for index, line in enumerate(lines) if _OUTCOME.match(line.text))
    section: list[Line] = []
    for line in lines[at + 1 :]:
        if _is_heading(line) or line.page > lines[at].page + 1:
            break
        section.append(line)
    first_step = next(
        (
            i
            for i, line in enumerate(section)
            if i and _NEXT_STEPS.match(line.text) and _ended(section[i - 1])
        ),
        None,
    )
    stated = section[:first_step]
    printed = join(stated, report.vocabulary)
    grade = next((key for pattern, key in _GRADES if pattern.search(printed)), None)
    if not stated or grade is None:
        shown = (sentences(printed) or ["nothing"])[0]
        message = (
            f"The outcome is none of the three that area SEND inspections have; the report says {shown!r}."
        )
        return [], [
            Problem(
                kind="grade_unseen",
                field="send_outcome",
                message=message,
                address=address(lines[at : at + 1]),
            )
        ]
    judgement = JudgementRecord(
        question=lines[at].text.rstrip(" :"),
        question_key="send_outcome",
        grade_printed=printed,
        grade=grade,
        address=address(stated),
    )
    following = join(section[first_step:], report.vocabulary) if first_step is not None else ""
    return [judgement], list(_disagreements(judgement, following, improve))


def _disagreements(
    judgement: JudgementRecord, following: str, improve: Sequence[RecommendationRecord]
) -> Iterator[Problem]:
    """Where the next steps, or the lists, are those of another outcome than the one that is stated."""
    stated = f"The outcome on page {judgement.address.page} is {judgement.grade!r}"
    years = _YEARS.search(following)
    implied = None
    if _MONITORED.search(following):
        implied = "widespread_failings"
    elif years:
        implied = "positive" if years[1].lower() in ("five", "5") else "inconsistent"
    if implied and implied != judgement.grade:
        yield Problem(
            kind="grades_disagree",
            field="send_outcome",
            message=f"{stated}; the next steps below it ({(sentences(following) or [''])[0]!r}) are those of "
            f"{implied!r}.",
            address=judgement.address,
        )
    priorities = [item for item in improve if item.list_kind == "priority_action"]
    if improve and bool(priorities) != (judgement.grade == "widespread_failings"):
        told = f"{len(priorities)} areas for priority action" if priorities else "no area for priority action"
        yield Problem(
            kind="grades_disagree",
            field="send_outcome",
            message=f"{stated}, yet the report has {told}.",
            address=(priorities or list(improve))[0].address,
        )


def _lead(lines: Sequence[Line]) -> str:
    """Ofsted's lead inspector: the first in the inspection team who is called lead."""
    at = next((index for index in range(len(lines) - 1, -1, -1) if _TEAM.match(lines[index].text)), None)
    if at is None:
        return ""
    team = lines[at + 1 : at + 16]
    for index, line in enumerate(team):
        following = team[index + 1].text if index + 1 < len(team) else ""
        text = f"{line.text} {following}" if following.lower().startswith("lead") else line.text
        if named := _LEAD.match(text):
            return name_alone(named["name"])
    # The lead stands first where no one is called so.
    first = next((named for line in team if (named := _INSPECTOR.match(line.text))), None)
    return name_alone(first["name"]) if first else ""


def _is_heading(line: Line) -> bool:
    return not line.bullet and bool(
        _LIST.match(line.text) or _FINDINGS.match(line.text) or _OTHER.match(line.text)
    )


def _ended(line: Line) -> bool:
    return line.text.endswith((".", "!", "?", ".’", ".”"))


def _findings(lines: Sequence[Line], report: Report) -> list[FindingRecord]:
    """The paragraphs of the sections that begin "What …"; a heading may take two lines."""
    sections: dict[int, str] = {}
    for index, line in enumerate(lines):
        if line.bullet or id(line) in sections:
            continue
        if _FINDINGS.match(line.text):
            heading = [line]
            while (
                not heading[-1].text.endswith("?") and index + len(heading) < len(lines) and len(heading) < 3
            ):
                heading.append(lines[index + len(heading)])
            whole = join(heading, report.vocabulary)
            sections |= {id(part): whole for part in heading}
        elif _LIST.match(line.text) or _OTHER.match(line.text) or _BACK_MATTER.match(line.text):
            sections[id(line)] = ""
    return findings(lines, lambda line: sections.get(id(line)), report.vocabulary)


def _improve(lines: Sequence[Line], report: Report) -> Iterator[RecommendationRecord]:
    ordinal = 0
    for kind, heading, listed in _lists(lines):
        for item in table_items(listed, report):
            text = item_text(item, report)
            if not text or re.match(r"There are no\b", text):
                continue
            ordinal += 1
            yield RecommendationRecord(
                ordinal=ordinal,
                list_kind=kind,
                text=text,
                heading=heading,
                printed_number=item.number,
                responsible_body=join(item.body, report.vocabulary),
                address=address(item.lines),
            )


def _lists(lines: Sequence[Line]) -> Iterator[tuple[ListKind, str, list[Line]]]:
    """Each list with its lines. Its name stands above the table, in its first row, perhaps overleaf."""
    kind: ListKind | None = None
    heading = ""
    listed: list[Line] = []
    for line in lines:
        named = _LIST.match(line.text) if not line.bullet else None
        if named:
            found: ListKind = (
                "priority_action" if named["kind"].lower().startswith("priority") else "area_for_improvement"
            )
            if found != kind:
                if kind is not None:
                    yield kind, heading, listed
                kind, heading, listed = found, "Areas for " + named["kind"], []
        elif kind is not None and (_OTHER.match(line.text) or _BACK_MATTER.match(line.text)):
            break
        elif kind is not None and not _RESPONSIBLE.match(line.text):
            listed.append(line)
    if kind is not None:
        yield kind, heading, listed


FORMS = (AreaSend(),)
