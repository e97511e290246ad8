"""How one figure went over the years, with another place's beside it as a thinner, dashed line.

A period without a figure is a gap in the line and a small cross on the axis: never a zero, never bridged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.charts.drawing import RULE, circle, path, picture, text, text_width

_WIDTH, _HEIGHT = 300.0, 118.0
_TOP, _BOTTOM = 20.0, 84.0
_STRONG, _BESIDE = "#1d4f91", "#4a5560"
_SIZE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A period's figure: `at` its last day, `label` the period and `shown` the figure as people read them.

    `value` is None where the publication gives no figure for the period.
    """

    at: dt.date
    label: str
    value: float | None
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A place's figures, in any order."""

    label: str
    points: Sequence[Point]


def trend(*, chart_id: str, title: str, description: str, line: Line, beside: Line | None = None) -> str:
    """Draw the line as SVG for any width from 290 px. `description` says in words what the picture shows.

    The scale runs from the lowest to the highest figure of both lines, not from zero: the two ends of the
    main line carry their figures, so that nobody has to read a height.
    """
    both = (line, beside) if beside else (line,)
    known = [point for each in both for point in each.points if point.value is not None]
    content = _axis(line) if not known else _drawn(line, beside, known)
    return picture(
        chart_id=chart_id,
        kind="trend",
        title=title,
        description=description,
        width=_WIDTH,
        height=_HEIGHT,
        content=content,
    )


def _drawn(line: Line, beside: Line | None, known: Sequence[Point]) -> str:
    values = [point.value for point in known if point.value is not None]
    days = [point.at.toordinal() for each in (line, beside) if each for point in each.points]
    scale = _Scale(min(days), max(days), min(values), max(values), _margin(line))
    parts = [_axis(line)]
    if beside:
        parts.append(_path(beside, scale, main=False))
    parts += [_path(line, scale, main=True), _crosses(line, scale), _ends(line, scale)]
    if beside and any(point.value is not None for point in beside.points):
        parts.append(_name(beside, scale, line))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    low: float
    high: float
    margin: float

    def x(self, at: dt.date) -> float:
        span = self.last - self.first
        along = (at.toordinal() - self.first) / span if span else 0.5
        return self.margin + along * (_WIDTH - 2 * self.margin)

    def y(self, value: float) -> float:
        span = self.high - self.low
        up = (value - self.low) / span if span else 0.5
        return _BOTTOM - up * (_BOTTOM - _TOP)


def _margin(line: Line) -> float:
    """Room for half of the wider of the two end labels."""
    ends = [
        text_width(words, _SIZE, bold=True) for point in line.points for words in (point.shown, point.label)
    ]
    return min(max([8.0, *(width / 2 + 3 for width in ends)]), 60.0)


def _axis(line: Line) -> str:
    """The ground line, with the first and the last period under it."""
    ordered = sorted(line.points, key=lambda point: point.at)
    parts = [
        path(f"M0 {_BOTTOM + 9:g}H{_WIDTH:g}", fill="none", stroke=RULE, stroke_width=1, class_="chart__rule")
    ]
    if ordered:
        parts.append(text(1, _HEIGHT - 8, ordered[0].label, size=_SIZE, ink="quiet"))
    if len(ordered) > 1:
        parts.append(text(_WIDTH - 1, _HEIGHT - 8, ordered[-1].label, size=_SIZE, ink="quiet", anchor="end"))
    return "".join(parts)


def _path(line: Line, scale: _Scale, *, main: bool) -> str:
    """One stroke for each run of periods that have a figure; a run of one is a short dash."""
    steps: list[str] = []
    alone: list[str] = []
    run: list[tuple[float, float]] = []

    def close() -> None:
        if len(run) == 1:
            alone.append(f"M{run[0][0] - 2:.1f} {run[0][1]:.1f}h4")
        elif run:
            steps.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run))
        run.clear()

    for point in sorted(line.points, key=lambda each: each.at):
        if point.value is None:
            close()
        else:
            run.append((scale.x(point.at), scale.y(point.value)))
    close()
    if not (steps or alone):
        return ""
    return path(
        "".join((*steps, *alone)),
        fill="none",
        stroke=_STRONG if main else _BESIDE,
        stroke_width=2.5 if main else 1.5,
        stroke_dasharray=None if main else "5 3",
        stroke_linejoin="round",
        class_="chart__line" if main else "chart__line-beside",
    )


def _crosses(line: Line, scale: _Scale) -> str:
    """A cross on the ground for each period without a figure."""
    marks = [
        f"M{x - 3:.1f} {_BOTTOM + 6:g}l6 6m0 -6l-6 6"
        for point in line.points
        if point.value is None
        for x in (scale.x(point.at),)
    ]
    return path("".join(marks), fill="none", stroke=_BESIDE, stroke_width=1.2) if marks else ""


def _ends(line: Line, scale: _Scale) -> str:
    """A dot and the figure at the first and the last period that has one."""
    known = sorted((point for point in line.points if point.value is not None), key=lambda point: point.at)
    if not known:
        return ""
    parts = []
    for point in dict.fromkeys((known[0], known[-1])):
        assert point.value is not None
        x, y = scale.x(point.at), scale.y(point.value)
        parts.append(circle(x, y, 3.5, fill=_STRONG, class_="chart__dot"))
        half = text_width(point.shown, _SIZE, bold=True) / 2
        middle = min(max(x, half + 1), _WIDTH - half - 1)
        parts.append(text(middle, y - 8, point.shown, size=_SIZE, weight=700, anchor="middle", halo=True))
    return "".join(parts)


def _name(beside: Line, scale: _Scale, line: Line) -> str:
    """The other line's name, in the middle of the axis' own line of words."""
    return text(_WIDTH / 2, _HEIGHT - 8, f"- - {beside.label}", size=_SIZE, ink="quiet", anchor="middle")
