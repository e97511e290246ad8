"""The lists of what must improve in a report of the single inspection framework, and of what came before it.

A list stands under its printed heading and ends at the next heading of the report. Bold lines of the text's own size
within it are themes. Whatever stands in the LSCB's part is for the LSCB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneplace.reading.lists import items, records
from oneplace.reading.pages import Line
from oneplace.reading.words import Vocabulary
from oneplace.records import ListKind, RecommendationRecord

_HEADINGS: tuple[tuple[re.Pattern[str], ListKind], ...] = (
    (re.compile(r"^Recommendations?:?$", re.IGNORECASE), "recommendation"),
    (re.compile(r"^(?:Areas for )?Priority(?: and immediate)? actions?:?$", re.IGNORECASE), "priority_action"),
    (re.compile(r"^(?:The )?areas for (?:further )?improvement:?(?: are:?)?$", re.IGNORECASE), "area_for_improvement"),
    (
        re.compile(
            r"^What does the (?:local authority|LSCB|Local Safeguarding Children Board|Board)(?: \(LSCB\))?"
            r" need to improve\??$",
            re.IGNORECASE,
        ),
        "area_for_improvement",
    ),
)  # fmt: skip
_END = re.compile(
    r"^(?:Summary for children|Summary of|Information about|Inspection (?:findings|judge?ments?)|Key strengths"
    r"|Key judge?ment|What the inspection|The (?:local authority|LSCB)(?:[’']?s?[’']?) (?:has the following )?strengths"
    r"|Progress since|Section \d|Executive summary|The Local Safeguarding|The experiences and progress"
    r"|Leadership, management and governance (?:is|are|requires?)|The effectiveness of the|The graded judge?ment"
    r"|The inspection team|Children living in this area|The LSCB (?:is|requires)|Main findings|Strengths?\b)",
    re.IGNORECASE,
)


def list_heading(line: Line) -> ListKind | None:
    """The kind of list that the line is the heading of."""
    if line.bullet or len(line.text) > 80:
        return None
    return next((kind for pattern, kind in _HEADINGS if pattern.match(line.text)), None)


def is_end(line: Line) -> bool:
    """Whether the line is a heading of the report that a list cannot reach across."""
    return not line.bullet and line.bold and bool(_END.match(line.text))


def improvement_lists(
    lines: Sequence[Line], lscb_from: Line | None, vocabulary: Vocabulary
) -> list[RecommendationRecord]:
    """Every item of every list, ordinals over the whole report.

    `lscb_from` is the line with which the LSCB's part begins, None where the report has none.
    """
    made: list[RecommendationRecord] = []
    in_lscb = False
    index = 0
    while index < len(lines):
        line = lines[index]
        in_lscb = in_lscb or line is lscb_from
        kind = list_heading(line)
        if kind is None or not (line.bold or line.size > 13):
            index += 1
            continue
        end = index + 1
        while end < len(lines) and not _closes(lines[end], line, lscb_from):
            end += 1
        found = items(lines[index + 1 : end])
        listed: ListKind = "lscb_recommendation" if in_lscb else kind
        made += records(found, listed, line.text.strip(" :"), len(made) + 1, vocabulary)
        index = end
    return made


def _closes(line: Line, heading: Line, lscb_from: Line | None) -> bool:
    if line is lscb_from or is_end(line):
        return True
    if line.bullet:
        return False
    if list_heading(line) and (line.bold or line.size > 13):
        return True
    # Headings are set larger than the text; a theme within the list is not.
    return line.bold and line.size >= max(heading.size, 13.0)
