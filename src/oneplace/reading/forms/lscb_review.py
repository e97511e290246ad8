"""A review of a Local Safeguarding Children Board published on its own, apart from the council's inspection."""

from __future__ import annotations

import re

from oneplace.reading.findings import findings
from oneplace.reading.front import (
    front_title,
    inspection_dates,
    lead_inspector,
    report_published,
    without_contents,
)
from oneplace.reading.improvement_lists import improvement_lists, is_end, list_heading
from oneplace.reading.lscb import lscb_judgement
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.records import BodyRef, InspectionRecord, Problem

_TITLE = re.compile(r"Review of the effectiveness of the Local Safeguarding Children", re.IGNORECASE)
_SECTION = re.compile(
    r"^(?:Executive summary|Summary of findings|Inspection findings|Review findings|Key strengths)",
    re.IGNORECASE,
)


class LscbReview:
    name = "lscb-review"

    def recognises(self, report: Report) -> bool:
        head = " ".join(report.head(1).split())
        return bool(_TITLE.search(head)) and "children in need of help and protection" not in head

    def read(self, report: Report) -> InspectionRecord:
        lines = without_contents(list(report.lines()))
        front = report.first.lines
        title, organisation = front_title(front)
        problems: list[Problem] = []
        board = lscb_judgement(front, lines, 0, problems)
        start, end = inspection_dates(front)
        published = report_published(front)
        return InspectionRecord(
            publisher="ofsted",
            framework="LSCB-review only",
            form=self.name,
            body=BodyRef(name=organisation),
            title=title,
            inspection_start=start,
            inspection_end=end,
            published=published,
            published_source="text" if published else None,
            lead_inspector=lead_inspector(lines),
            pages=len(report.pages),
            judgements=(board,) if board else (),
            improve=tuple(improvement_lists(lines, lines[0], report.vocabulary)),
            findings=tuple(findings(lines, _heading, report.vocabulary)),
            problems=tuple(problems),
        )


def _heading(line: Line) -> str | None:
    if line.bullet or not line.bold:
        return None
    if _SECTION.match(line.text):
        return line.text
    return "" if is_end(line) or list_heading(line) else None


FORMS = (LscbReview(),)
