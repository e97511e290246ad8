"""The sections of a report of the single inspection framework, by their headings, which take one line or four.

A heading is a run of bold lines. A section goes by its question without the grade, so that it has one name whether the
report prints "Leadership, management and governance" or "Leadership, management and governance are good".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oneplace.reading.grades import PRINTED
from oneplace.reading.improvement_lists import list_heading
from oneplace.reading.pages import Line

_GRADE_AT_END = re.compile(
    rf"\s*(?:\b(?:is|are)\b)?:?\s*(?:that it)?\s*(?:is)?\s*\b{PRINTED}\b\.?$", re.IGNORECASE
)
# The questions, wherever in the run they stand: a table's head ("Key judgement") may be drawn before them.
_QUESTIONS = (
    (re.compile(r"graded judge?ment (?:for|about|of) adoption", re.IGNORECASE), "Adoption performance"),
    (
        re.compile(
            r"graded judge?ment (?:for|about|of) the experiences? and progress of care leavers", re.IGNORECASE
        ),
        "Experiences and progress of care leavers",
    ),
    (
        re.compile(r"experiences and progress of children who need help", re.IGNORECASE),
        "The experiences and progress of children who need help and protection",
    ),
    (
        re.compile(r"experiences and progress of children looked after", re.IGNORECASE),
        "The experiences and progress of children looked after and achieving permanence",
    ),
    (
        re.compile(r"Leadership,? management and governance", re.IGNORECASE),
        "Leadership, management and governance",
    ),
)
_NAMED = re.compile(
    r"^(?:Executive summary|Summary of (?:key )?findings|Summary for children and young people|Progress since"
    r"|The (?:local authority|LSCB)(?:[’']?s?[’']?) (?:has the following )?strengths|Key strengths and weaknesses"
    r"|Main findings)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"^(?:Section 2\b.*|The (?:effectiveness of the )?(?:LSCB|Local Safeguarding Children))", re.IGNORECASE
)
_BOARD_FINDINGS = re.compile(r"^(?:Inspection|Review) (?:findings|judge?ments?)\b", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"Key judge?ment", re.IGNORECASE)
_ROW_LINES = 5
# About the inspection or the place, not what inspectors found; lists of recommendations are kept as such.
_NO_FINDINGS = re.compile(
    r"^(?:Information about|What the inspection judge?ments|What does the|The inspection team|Contents|Section 1\b"
    r"|The local authority$|The LSCB$)",
    re.IGNORECASE,
)
_BOARD_SECTION = "The Local Safeguarding Children Board"


def section_of_headings(lines: Sequence[Line]) -> dict[int, str]:
    """For each line of a heading, by its id: the section it opens; "" where what follows holds no findings.

    A heading within a section (a theme, "Summary", "Inspection findings") goes on with the section.
    """
    found: dict[int, str] = {}
    section = ""
    in_board = False
    for run in _bold_runs(lines):
        text = " ".join(line.text for line in run)
        if len(text) > 220 or text[-1:] in ",;" or (text.endswith(".") and not _GRADE_AT_END.search(text)):
            continue  # a sentence set in bold
        in_board = in_board or (run[0].size > 13 and bool(_BOARD.match(text)))
        section = _section(text, run, section, in_board)
        found.update((id(line), section) for line in run)
    return found


def _section(text: str, run: Sequence[Line], current: str, in_board: bool) -> str:
    for pattern, name in _QUESTIONS:
        if pattern.search(text):
            return name
    if in_board and _BOARD_FINDINGS.match(text):
        return _BOARD_SECTION
    if _NAMED.match(text):
        name = _GRADE_AT_END.sub("", text)
        return (
            f"{_BOARD_SECTION}: {name[0].lower()}{name[1:]}"
            if in_board and "lscb" not in name.lower()
            else name
        )
    if _NO_FINDINGS.match(text) or list_heading(run[0]):
        return ""
    if in_board and _BOARD.match(text):
        return _BOARD_SECTION
    return current


def _bold_runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for index, line in enumerate(lines):
        joins = (
            bool(run)
            and line.page == run[-1].page
            and -line.size < run[-1].bottom - line.top < line.size * 0.9
        )
        if line.bullet or not line.bold:
            if run and _TABLE_HEAD.search(run[-1].text):
                # The row below a table's head is set in ordinary type in some reports.
                run.extend(_up_to_a_grade(lines[index : index + _ROW_LINES]))
            if run:
                yield run
            run = []
        elif joins and abs(line.size - run[-1].size) < 1:
            run.append(line)
        else:
            if run:
                yield run
            run = [line]
    if run:
        yield run


def _up_to_a_grade(lines: Sequence[Line]) -> list[Line]:
    for count, line in enumerate(lines, 1):
        if _GRADE_AT_END.search(f" {line.text}"):
            return list(lines[:count])
    return []
