"""The history of one authority across frameworks, as one picture.

Wide: time runs to the right, one row for each question, and each framework is a panel of its own with a
gap before the next, so that the eye does not read across from one framework into another. Narrow: the same,
as a list that runs down the page, newest first (`timeline_narrow`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oneplace.charts.drawing import (
    PANEL,
    RULE,
    Picture,
    column,
    element,
    escaped,
    fitted,
    path,
    picture,
    rect,
    text,
    wrapped,
)
from oneplace.charts.grades import COLOURS, Grade, meter_bars
from oneplace.charts.marks import Era, Mark, Row, visit_sign
from oneplace.charts.timeline_narrow import draw_narrow

_WIDTH, _LEFT, _RIGHT = 800.0, 148.0, 796.0
# A row has room for three lines of the longest grade.
_ROW, _ROW_GAP, _HEAD, _AXIS = 50.0, 5.0, 46.0, 26.0
_BOX = 24.0  # the square at the start of a judgement, with its meter


@dataclass(frozen=True, slots=True)
class _Scale:
    start: dt.date
    end: dt.date

    def x(self, day: dt.date) -> float:
        span = max((self.end - self.start).days, 1)
        share = min(max((day - self.start).days / span, 0.0), 1.0)
        return _LEFT + share * (_RIGHT - _LEFT)


def timeline(
    *,
    chart_id: str,
    title: str,
    description: str,
    start: dt.date,
    end: dt.date,
    eras: Sequence[Era] = (),
    rows: Sequence[Row] = (),
    other_rows: Sequence[Row] = (),
) -> Picture:
    """Draw the history from `start` to `end`.

    `rows` are cut into the panels of `eras`; `other_rows` (visits, inspections under frameworks of their own
    that run beside the eras) stand below. Marks outside the dates are drawn at the edge.
    """
    scale = _Scale(start, max(end, start + dt.timedelta(days=1)))
    head = _HEAD if eras else 0.0
    body = len(rows) * (_ROW + _ROW_GAP)
    others = head + body + (14.0 if rows and other_rows else 0.0)
    bottom = others + len(other_rows) * (_ROW + _ROW_GAP)

    parts = [_years(scale, head, bottom)]
    for index, era in enumerate(eras):
        following = eras[index + 1].start if index + 1 < len(eras) else None
        parts.append(_panel(scale, era, following, head + body))
    for index, row in enumerate(rows):
        top = head + index * (_ROW + _ROW_GAP)
        parts += [_row_label(row.label, top), _bars(scale, row, eras, top)]
    for index, row in enumerate(other_rows):
        top = others + index * (_ROW + _ROW_GAP)
        parts += [_lane(top), _row_label(row.label, top)]
        graded = any(mark.grade for mark in row.marks)
        parts.append(_bars(scale, row, (), top) if graded else _visits(scale, row, top))

    wide = picture(
        chart_id=f"{chart_id}-wide",
        kind="timeline",
        title=title,
        description=description,
        width=_WIDTH,
        height=bottom + _AXIS,
        content="".join(parts),
    )
    narrow = draw_narrow(f"{chart_id}-narrow", title, description, eras, rows, other_rows)
    ungraded = [row for row in other_rows if not any(mark.grade for mark in row.marks)]
    graded_rows = [
        *((row, eras) for row in rows),
        *((row, ()) for row in other_rows if row not in ungraded),
    ]
    return Picture(wide=wide, narrow=narrow, signs=_signs(scale, graded_rows, ungraded))


def _years(scale: _Scale, top: float, bottom: float) -> str:
    parts = []
    first, last = scale.start.year + (scale.start > dt.date(scale.start.year, 1, 1)), scale.end.year
    step = 1 if last - first < 12 else 2
    for year in range(first, last + 1):
        x = scale.x(dt.date(year, 1, 1))
        parts.append(path(f"M{x:.1f} {top:.1f}V{bottom:.1f}", class_="chart__rule", stroke=RULE))
        if (last - year) % step == 0 and x < _RIGHT - 12:
            parts.append(text(x, bottom + 18, str(year), size=13, ink="quiet", anchor="middle"))
    return "".join(parts)


def _panel(scale: _Scale, era: Era, following: dt.date | None, bottom: float) -> str:
    left = scale.x(era.start) - 3
    right = _RIGHT
    if following:
        # A panel of a year is hardly wider than its one judgement: it gives up some of the gap to hold it.
        nearest = scale.x(following) - 5
        right = max(nearest - 4, min(left + _BOX + 10, nearest))
    width = max(right - left, 4.0)
    parts = [
        rect(
            left,
            0.5,
            width,
            bottom - 0.5,
            class_="chart__blank" if era.blank else "chart__panel",
            rx=5,
            fill="none" if era.blank else PANEL,
            stroke=RULE,
            stroke_dasharray="4 4" if era.blank else None,
        )
    ]
    weight = None if era.blank else 700
    for size, most_lines in ((13.0, 2), (11.5, 3), (10.5, 3)):
        lines = fitted(era.name, width - 8, size, most_lines, bold=not era.blank)
        if lines:
            ink = "quiet" if era.blank else "ink"
            centre = left + width / 2
            parts.append(column(centre, 23.0, lines, size=size, ink=ink, weight=weight, anchor="middle"))
            break
    else:
        parts.append(_upright_name(era, left + width / 2, width))
    return "".join(parts)


def _upright_name(era: Era, centre: float, width: float) -> str:
    """The name of a panel that is narrower than its words, reading upwards; nothing where that fits no better."""
    lines = fitted(era.name, _HEAD - 4, 10.5, int((width - 4) // 12.4), bold=not era.blank)
    if not lines:
        return ""
    ink, weight = ("quiet", None) if era.blank else ("ink", 700)
    words = column(0, 0, lines, size=10.5, ink=ink, weight=weight, anchor="middle")
    return element("g", {"transform": f"translate({centre:.1f} 23) rotate(-90)"}, words)


def _row_label(label: str, top: float) -> str:
    lines = wrapped(label, _LEFT - 14, 14, bold=True)[:3]
    return column(0, top + _ROW / 2, lines, size=14, leading=1.12, weight=600)


def _lane(top: float) -> str:
    return rect(
        _LEFT - 3, top, _RIGHT - _LEFT + 3, _ROW, class_="chart__panel", rx=5, fill=PANEL, stroke=RULE
    )


def _bars(scale: _Scale, row: Row, eras: Sequence[Era], top: float) -> str:
    return "".join(_bar(mark, left, right, top) for mark, left, right in _stretches(scale, row, eras))


def _stretches(scale: _Scale, row: Row, eras: Sequence[Era]) -> Iterator[tuple[Mark, float, float]]:
    """Each judgement from its day until the next of its era, the end of its era, or the end of the chart."""
    marks = [mark for mark in row.marks if mark.grade]
    lefts: list[float] = []
    for mark in marks:
        left = min(scale.x(mark.at), _RIGHT - _BOX - 4)
        # Two judgements within months of each other stand side by side rather than on top of each other.
        lefts.append(max(left, lefts[-1] + _BOX + 6) if lefts else left)
    for index, mark in enumerate(marks):
        stop = _RIGHT - 3
        if mark.era is not None and mark.era < len(eras):
            era = eras[mark.era]
            if era.end is not None:
                stop = min(stop, scale.x(era.end))
            if mark.era + 1 < len(eras):
                stop = min(stop, scale.x(eras[mark.era + 1].start) - 12)
        if index + 1 < len(marks):
            stop = min(stop, lefts[index + 1] - 3)
        yield mark, lefts[index], max(stop, lefts[index] + _BOX + 4)


def _bar(mark: Mark, left: float, right: float, top: float) -> str:
    grade = mark.grade
    if grade is None:
        return ""
    strong, tint = COLOURS[grade.tone]
    tone = f"tone-{grade.tone}"
    y, height = top + 3, _ROW - 6
    middle = y + height / 2
    corner = f"q-4 0-4-4v-{height - 8:.0f}q0-4 4-4z"
    box = f"M{left + 4:.1f} {y:.1f}h{_BOX:.0f}v{height:.0f}h-{_BOX:.0f}{corner}"
    parts = [
        element("title", {}, escaped(mark.label)),
        rect(left, y, right - left, height, class_=f"{tone} chart__held", rx=4, fill=tint, stroke=strong),
        path(box, class_=f"{tone} chart__strong", fill=strong),
    ]
    lines, size = _label(grade, left, right)
    if lines:
        parts.append(meter_bars(grade, left + 5, middle - 9, 18.0, colour="#ffffff"))
        parts.append(column(left + _BOX + 9, middle, lines, size=size, weight=600))
    else:
        parts.append(meter_bars(grade, left + 6.5, y + 4, 15.0, colour="#ffffff"))
        parts.append(
            text(
                left + 14,
                y + height - 5,
                grade.short,
                size=11,
                ink="on-strong",
                weight=700,
                anchor="middle",
            )
        )
    return element("g", {}, "".join(parts))


def _label(grade: Grade, left: float, right: float) -> tuple[list[str], float]:
    """The grade's words as lines of a size; no lines where its stretch has no room for them."""
    room = right - left - _BOX - 4 - 8
    for size, most_lines in ((13.0, 2), (11.5, 2), (11.0, 3)):
        if lines := fitted(grade.label, room, size, most_lines, bold=True):
            return lines, size
    return [], 0.0


def _signs(scale: _Scale, graded: Sequence[tuple[Row, Sequence[Era]]], visits: Sequence[Row]) -> str:
    """What the letters that stand for grades mean, and the signs of visits: of those that are in the picture."""
    letters = {
        mark.grade.short: mark.grade
        for row, eras in graded
        for mark, left, right in _stretches(scale, row, eras)
        if mark.grade and mark.grade.short and not _label(mark.grade, left, right)[0]
    }
    said = [f"{short}: {grade.label}" for short, grade in letters.items()]
    marks = [mark for row in visits for mark in row.marks]
    if any(not mark.urgent for mark in marks):
        said.append("ring: a visit that gives no grade")
    if any(mark.urgent for mark in marks):
        said.append("triangle: a visit that found something to be put right at once")
    return f"{'; '.join(said)}." if said else ""


def _visits(scale: _Scale, row: Row, top: float) -> str:
    parts = []
    last = 0.0
    for mark in row.marks:
        x = min(max(scale.x(mark.at), last + 19, _LEFT + 10), _RIGHT - 12)
        last = x
        sign = visit_sign(x, top + _ROW / 2, urgent=mark.urgent)
        parts.append(element("g", {}, element("title", {}, escaped(mark.label)) + sign))
    return "".join(parts)
