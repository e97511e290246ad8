"""Area SEND inspections: how a local area partnership serves children with special needs or disabilities, from 2023.

Ofsted and the Care Quality Commission inspect together. Page 1 has the dates and the outcome in prose, one of three;
what must improve stands in tables, with the responsible body beside each priority action; Ofsted's lead inspector is in
the inspection team on the last page but one. No date of publication is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from oneplace.reading.findings import findings
from oneplace.reading.front import inspection_dates, name_alone
from oneplace.reading.lookback import looks_back
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.tables import TableRow, text_within
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
    r"^(?:The next\b|A monitoring\b|As a result\b|Ofsted and\b|Ofsted\b|HMCI\b|(?:His|Her) Majesty[’']s Chief)",
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
_LEAD = re.compile(
    r"^(?P<name>[^,]+?)[,\s]+(?:(?:Ofsted|Senior HMI|S?HMI|(?:His|Her) Majesty[’']s Inspector)\b[,\s–-]*)+lead\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(\d{1,2})\s?[.)]\s+(?=\S)")
_BULLETED = {"-": "-", "–": "–", "\u2212": "–"}  # a square or round bullet inside an item is told as "•"


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
            message=f"The outcome on page {judgement.address.page} is {judgement.grade!r}; the next steps below it "
            f"({(sentences(following) or [''])[0]!r}) are those of {implied!r}.",
            address=judgement.address,
        )
    priorities = [item for item in improve if item.list_kind == "priority_action"]
    if improve and bool(priorities) != (judgement.grade == "widespread_failings"):
        told = f"{len(priorities)} areas for priority action" if priorities else "no area for priority action"
        yield Problem(
            kind="grades_disagree",
            field="send_outcome",
            message=f"The outcome on page {judgement.address.page} is {judgement.grade!r}, yet the report has {told}.",
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
    return ""


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


@dataclass(slots=True)
class _Item:
    """One row of a list's table: the item's lines, and those of the responsible body beside it."""

    lines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    number: str = ""


def _improve(lines: Sequence[Line], report: Report) -> Iterator[RecommendationRecord]:
    ordinal = 0
    for kind, heading, listed in _lists(lines):
        for item in _items(listed, report):
            text = _text(item, report)
            if not text or re.match(r"There are no\b", text):
                continue
            ordinal += 1
            yield RecommendationRecord(
                ordinal=ordinal,
                list_kind=kind,
                text=text,
                heading=heading,
                printed_number=item.number,
                responsible_body=join(item.body, report.vocabulary) if kind == "priority_action" else "",
                address=address(item.lines),
            )


def _lists(lines: Sequence[Line]) -> Iterator[tuple[ListKind, str, list[Line]]]:
    """Each list with its lines. Its name stands above the table, again in the table's first row, perhaps again overleaf."""
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


def _items(lines: Sequence[Line], report: Report) -> list[_Item]:
    """The items: a row each, or a number each where one cell holds several; a row may go on overleaf."""
    found: list[_Item] = []
    for page in sorted({line.page for line in lines}):
        on_page = [line for line in lines if line.page == page]
        rows = report.table_rows(page)
        cells = _by_row(on_page, rows, report) if rows else _by_spacing(on_page)
        for index, row in enumerate(cells):
            numbered = list(_by_number(row, found))
            if index == 0 and found and numbered and _goes_on(found[-1], numbered[0]):
                found[-1].lines.extend(numbered[0].lines)
                found[-1].body.extend(numbered[0].body)
                del numbered[0]
            found.extend(numbered)
    return found


def _by_row(lines: Sequence[Line], rows: Sequence[TableRow], report: Report) -> Iterator[_Item]:
    for row in rows:
        inside = [line for line in lines if row.bottom - 1 <= (line.top + line.bottom) / 2 <= row.top + 1]
        if not inside:
            continue
        item = _Item()
        # The last cell holds the item; those before it say whose it is.
        edge = row.cells[-1] if len(row.cells) > 1 else None
        for line in inside:
            if edge is None or line.left >= edge - 2:
                item.lines.append(line)
            elif line.box[2] <= edge + 2:
                item.body.append(line)
            else:
                own, others = _cut(line, edge, report)
                item.body.append(own)
                item.lines.append(others)
        yield item


def _cut(line: Line, edge: float, report: Report) -> tuple[Line, Line]:
    """A line that runs through two cells, because each has a line at that height, as two."""
    left, bottom, right, top = line.box
    own = (
        text_within(report.document, line.page, (left - 1, bottom, edge, top))
        if report.document is not None
        else ""
    )
    rest = line.text[len(own) :].strip() if line.text.startswith(own) else line.text
    return (
        Line(own, line.page, (left, bottom, edge, top), line.size, line.bold),
        Line(rest, line.page, (edge, bottom, right, top), line.size, line.bold, line.broken),
    )


def _by_spacing(lines: Iterable[Line]) -> Iterator[_Item]:
    """Without rules, an item ends where a sentence does and a wider space follows."""
    item = _Item()
    for line in lines:
        if item.lines:
            last = item.lines[-1]
            if not line.bullet and _ended(last) and last.bottom - line.top > 0.5 * line.height:
                yield item
                item = _Item()
        item.lines.append(line)
    if item.lines:
        yield item


def _by_number(row: _Item, before: Sequence[_Item]) -> Iterator[_Item]:
    """A row cut at the numbers that count on from the last item's."""
    item = _Item(body=row.body)
    last = int(before[-1].number) if before and before[-1].number else 0
    for line in row.lines:
        number = _NUMBER.match(line.text) if not line.bullet else None
        if number and int(number[1]) == last + 1:
            if item.lines:
                yield item
            item = _Item(body=row.body, number=number[1])
            last += 1
        item.lines.append(line)
    if item.lines or item.body:
        yield item


def _goes_on(item: _Item, overleaf: _Item) -> bool:
    """Whether a page's first row is the rest of the page's before: its text had not ended, or it names no one anew."""
    if overleaf.number:
        return False
    if not overleaf.lines or not item.lines:
        return True
    if item.body and not overleaf.body:
        return True
    first = overleaf.lines[0]
    return not _ended(item.lines[-1]) or bool(first.bullet) or first.text[:1].islower()


def _text(item: _Item, report: Report) -> str:
    """The item's words. Bullets stay inside it, set off by their sign."""
    parts: list[str] = []
    run: list[Line] = []
    for line in item.lines:
        if line.bullet and run:
            parts.append(join(run, report.vocabulary))
            run = []
        if line.bullet and parts:
            parts.append(_BULLETED.get(line.bullet, "•"))
        run.append(line)
    parts.append(join(run, report.vocabulary))
    text = " ".join(parts).strip()
    return _NUMBER.sub("", text, count=1) if item.number else text


FORMS = (AreaSend(),)
