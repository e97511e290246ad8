"""The review of the Local Safeguarding Children Board: where its part of a report begins, and its judgement.

The boards were reviewed with the council from 2013 to 2017, within the same report, once in a report of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneplace.reading.grades import PRINTED, grade_key
from oneplace.reading.pages import Line
from oneplace.reading.words import Run, address
from oneplace.records import JudgementRecord, Problem

_BOARD = r"Local Safeguarding Children(?:[’']?s)? Board(?: \(LSCB\))?"
_ALONE = re.compile(rf"^The {_BOARD}$", re.IGNORECASE)
_PART = re.compile(
    rf"^(?:Section (?:2|two)\b.{{0,4}}\s*(?:The )?(?:effectiveness of the )?local safeguarding|The {_BOARD}$"
    r"|The effectiveness of the Local Safeguarding Children Board"
    r"|Review of the effectiveness of the Local Safeguarding)",
    re.IGNORECASE,
)
_ON_PAGE_1 = re.compile(
    rf"(?P<question>The (?:judge?ment (?:for|on|of) the )?effectiveness of the (?:{_BOARD}|LSCB))"
    rf"\s+(?:is\s+)?(?P<grade>{PRINTED})\b",
    re.IGNORECASE,
)
# "Board" may be missing: one report misprints its heading so.
_HEADING = re.compile(
    rf"(?P<question>The Local Safeguarding Children(?:[’']?s)?(?: Board)?(?: \(LSCB\))?)"
    rf"\s+(?:is\s+)?(?P<grade>{PRINTED})\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"The effectiveness of the (?:LSCB|{_BOARD})\s+(?:is\s+)?(?P<grade>{PRINTED})\b"
    rf"|The LSCB\s+(?:is\s+)?(?P<because>{PRINTED})\s+because",
    re.IGNORECASE,
)


def lscb_starts(lines: Sequence[Line], after: int) -> int | None:
    """Where the board's part begins: the position of its heading, or None where the report has no such part."""
    for index in range(after, len(lines)):
        line = lines[index]
        # The heading alone on its line may be no larger than the text; the other wordings also begin sub-headings.
        if (
            not line.bullet
            and _PART.match(line.text)
            and (line.size > 13.5 or (line.bold and _ALONE.match(line.text)))
        ):
            return index
    return None


def lscb_judgement(
    front: Sequence[Line], lines: Sequence[Line], starts: int | None, problems: list[Problem]
) -> JudgementRecord | None:
    """The board's judgement, from page 1 or from the heading of its part; a second place is compared."""
    found = _first(front, _ON_PAGE_1)
    part = lines[starts : starts + 60] if starts is not None else []
    headings = [line for line in part if line.bold or line.size > 13]
    judgement = _made(found) if found else None
    if judgement is None and part:
        heading = _first(part, _HEADING, set(map(id, headings)))
        judgement = _made(heading) if heading else None
    if judgement is None:
        if starts is not None:
            problems.append(
                Problem(
                    kind="field_missing",
                    field="lscb",
                    message="The report has a part on the safeguarding board (LSCB) and no grade was found for it.",
                    address=address([lines[starts]]),
                )
            )
        return None
    bold = set(map(id, headings))
    for again in (_first(part, _AGAIN, bold), _first(part, _HEADING, bold)):
        if again is None:
            continue
        words = again[0].groupdict()
        printed = words["grade"] or words["because"]
        if grade_key(printed) != judgement.grade:
            problems.append(
                Problem(
                    kind="grades_disagree",
                    field="lscb",
                    message=f"{judgement.question}: page {judgement.address.page} says {judgement.grade_printed!r}, "
                    f"page {again[1][0].page} says {printed!r}.",
                    address=address(again[1]),
                )
            )
            break
    return judgement


def _first(
    lines: Sequence[Line], pattern: re.Pattern[str], among: set[int] | None = None
) -> tuple[re.Match[str], list[Line]] | None:
    for index, line in enumerate(lines):
        if (
            line.bullet
            or (among is not None and id(line) not in among)
            or not line.text.startswith(("The ", "the "))
        ):
            continue
        run = Run(lines[index : index + 4])
        found = pattern.match(run.text)
        if not found:
            continue
        used = run.between(
            found.start(), found.end("grade") if found.groupdict().get("grade") else found.end()
        )
        if pattern is _HEADING and not _ends_heading(run, found):
            continue
        return found, used
    return None


def _ends_heading(run: Run, found: re.Match[str]) -> bool:
    """Whether the grade ends its line: prose that begins in the same words goes on."""
    last = run.between(found.start(), found.end("grade"))[-1]
    tail = last.text.rstrip(" .:")
    return tail.lower().endswith(found["grade"].split()[-1].lower()) or tail.lower().endswith("because")


def _made(found: tuple[re.Match[str], list[Line]]) -> JudgementRecord:
    match, used = found
    printed = " ".join(match["grade"].split())
    return JudgementRecord(
        question=match["question"],
        question_key="lscb",
        grade_printed=printed,
        grade=grade_key(printed),
        address=address(used),
    )
