"""The lists of what must improve in a report of the single inspection framework, and of what came before it.

A list stands under its printed heading and ends at the next heading of the report. Bold lines of the text's own size
within it are themes. Whatever stands in the LSCB's part is for the LSCB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneplace.reading.lists import NUMBER, items, records
from oneplace.reading.pages import Line
from oneplace.reading.words import Vocabulary
from oneplace.records import ListKind, RecommendationRecord

# The text is set in 12 points; what is larger is a heading, whatever its weight.
_TEXT_SIZE = 13.0
# "Recommendations", or "Recommendations for the LSCB".
_FOR = (
    r"(?: (?:for|to) (?:the )?(?:local authority|council|LSCB|Board|Local Safeguarding Children Board)"
    r"(?: \(LSCB\))?)?"
)
_HEADINGS: tuple[tuple[re.Pattern[str], ListKind], ...] = (
    (re.compile(rf"^(?:Key )?Recommendations?{_FOR}:?$", re.IGNORECASE), "recommendation"),
    (
        re.compile(
            rf"^(?:Areas? (?:for|requiring) )?(?:Immediate and )?Priority(?: and immediate)? actions?{_FOR}:?$",
            re.IGNORECASE,
        ),
        "priority_action",
    ),
    (
        re.compile(rf"^(?:The |Other )?areas? for (?:further )?improvement{_FOR}:?(?: are:?)?$", re.IGNORECASE),
        "area_for_improvement",
    ),
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


# Of these, the ones that are headings in whatever type, where they are a whole line.
_END_ALONE = re.compile(
    r"^(?:Key strengths and weaknesses(?: of the LSCB)?|Inspection findings|Executive summary"
    r"|Summary for children and young people|Information about this (?:inspection|local authority area)"
    r"|Children living in this area|The inspection team)$"
)


# What any of the headings begins with: nearly every line is told apart by this alone.
_MAY_BE_HEADING = re.compile(
    r"(?:(?:key|the|other) )?(?:recommend|area|priority|immediate|what does)", re.IGNORECASE
)


def list_heading(line: Line) -> ListKind | None:
    """The kind of list that the line is the heading of."""
    if line.bullet or len(line.text) > 80 or not _MAY_BE_HEADING.match(line.text):
        return None
    return next((kind for pattern, kind in _HEADINGS if pattern.match(line.text)), None)


def is_end(line: Line) -> bool:
    """Whether the line is a heading of the report that a list cannot reach across."""
    if line.bullet:
        return False
    return bool((_END if line.bold or line.size > _TEXT_SIZE else _END_ALONE).match(line.text))


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
        if kind is None or not _stands_out(lines, index):
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
    heavy = line.bold or line.size > _TEXT_SIZE
    if list_heading(line) and heavy:
        return True
    # Headings are set larger than the text; a theme within the list is not.
    return heavy and line.size >= max(heading.size, _TEXT_SIZE)


def _stands_out(lines: Sequence[Line], index: int) -> bool:
    """Whether a line worded as a list's heading is one: set apart by its type or, in plain type, above an item."""
    line = lines[index]
    if line.bold or line.size > _TEXT_SIZE:
        return True
    below = lines[index + 1] if index + 1 < len(lines) else None
    return line.text[:1].isupper() and below is not None and bool(below.bullet or NUMBER.match(below.text))
