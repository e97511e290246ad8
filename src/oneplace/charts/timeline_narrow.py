"""The timeline for a phone: the same eras and marks as a list that runs down the page, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from oneplace.charts.drawing import INKS, PANEL, RULE, circle, path, picture, rect, text, text_width, wrapped
from oneplace.charts.grades import COLOURS, Grade, meter_bars
from oneplace.charts.marks import Era, Mark, Row, visit_sign

_WIDTH, _RAIL, _INSET = 290.0, 9.0, 28.0
_LINE = 17.0


def draw_narrow(
    chart_id: str,
    title: str,
    description: str,
    eras: Sequence[Era],
    rows: Sequence[Row],
    other_rows: Sequence[Row],
) -> str:
    """Each era under its name, each day under the era, each question under the day."""
    parts: list[str] = []
    y = 0.0
    for index in range(len(eras) - 1, -1, -1):
        y = _heading(parts, eras[index].name, y, blank=eras[index].blank)
        days = {mark.at for row in rows for mark in row.marks if mark.era == index}
        for day in sorted(days, reverse=True):
            marks = [(row.label, m) for row in rows for m in row.marks if m.era == index and m.at == day]
            y = _day(parts, day, marks, y)
    for row in other_rows:
        y = _heading(parts, row.label, y, blank=False)
        for mark in sorted(row.marks, key=lambda m: m.at, reverse=True):
            y = _day(parts, mark.at, [("", mark)], y)
        if not row.marks:
            parts.append(text(_INSET, y + 14, "None in this record", ink="quiet"))
            y += 24
    return picture(
        chart_id=chart_id,
        kind="timeline",
        title=title,
        description=description,
        width=_WIDTH,
        height=max(y, 20.0) + 4,
        content="".join(parts),
    )


def _heading(parts: list[str], name: str, y: float, *, blank: bool) -> float:
    lines = wrapped(name, _WIDTH - 20, 14, bold=True)
    height = 14 + len(lines) * _LINE
    top = y + (10 if y else 0)
    parts.append(
        rect(
            0.5,
            top + 0.5,
            _WIDTH - 1,
            height,
            class_="chart__blank" if blank else "chart__panel",
            rx=5,
            fill="none" if blank else PANEL,
            stroke=RULE,
            stroke_dasharray="4 4" if blank else None,
        )
    )
    for index, line in enumerate(lines):
        baseline = top + 20 + index * _LINE
        ink, weight = ("quiet", None) if blank else ("ink", 700)
        parts.append(text(10, baseline, line, size=14, ink=ink, weight=weight))
    return top + height + 6


def _day(parts: list[str], day: dt.date, marks: list[tuple[str, Mark]], y: float) -> float:
    top = y
    date = marks[0][1].told or f"{day.day} {day:%B} {day.year}"
    parts.append(text(_INSET, y + 18, date, size=14, weight=700))
    y += 26
    for label, mark in marks:
        # The words for one who points at a mark begin with its date, which stands above them here.
        y = (
            _unmarked(parts, mark.label.removeprefix(f"{date}: "), y)
            if mark.grade is None
            else _graded(parts, label, mark.grade, y)
        )
    parts.append(
        path(f"M{_RAIL:.1f} {top + 14:.1f}V{y:.1f}", class_="chart__rule", stroke=RULE, stroke_width=2)
    )
    if all(mark.grade is None for _, mark in marks):
        parts.append(visit_sign(_RAIL, top + 13, urgent=any(m.urgent for _, m in marks), size=7.5))
    else:
        parts.append(circle(_RAIL, top + 13, 6, class_="chart__dot", fill=INKS["ink"]))
    return y + 6


def _unmarked(parts: list[str], words: str, y: float) -> float:
    for line in wrapped(words, _WIDTH - _INSET, 13):
        parts.append(text(_INSET, y + 12, line))
        y += _LINE
    return y


def _graded(parts: list[str], label: str, grade: Grade, y: float) -> float:
    strong, tint = COLOURS[grade.tone]
    tone = f"tone-{grade.tone}"
    room = _WIDTH - _INSET - 36
    lines: list[tuple[str, int | None]]
    together = f"{label}: {grade.label}"
    if label and text_width(together, 13, bold=True) <= room:
        lines = [(together, 700)]
    else:
        lines = [(line, None) for line in wrapped(label, room, 13)]
        lines += [(line, 700) for line in wrapped(grade.label, room, 13, bold=True)]
    height = 10 + _LINE * len(lines)
    width = _WIDTH - _INSET - 0.5
    parts.append(rect(_INSET, y, width, height, class_=f"{tone} chart__held", rx=4, fill=tint, stroke=strong))
    parts.append(rect(_INSET, y, 26, height, class_=f"{tone} chart__strong", rx=4, fill=strong))
    parts.append(meter_bars(grade, _INSET + 5, y + height / 2 - 8, 16.0, colour="#ffffff"))
    for index, (line, weight) in enumerate(lines):
        parts.append(text(_INSET + 33, y + 17.5 + index * _LINE, line, weight=weight))
    return y + height + 4
