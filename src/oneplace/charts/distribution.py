"""How many authorities stand at each grade of one framework: one square for each authority.

Filled squares are authorities that the record can name. Outlined ones are counted in a published total
that names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.charts.drawing import Picture, column, path, picture, rect, text, wrapped
from oneplace.charts.grades import COLOURS, Grade, meter_bars

_SIDE, _STEP = 11.0, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A grade, and the authorities at it: `named` of the `count` are known by name."""

    grade: Grade
    count: int
    named: int


def distribution(*, chart_id: str, title: str, description: str, shares: Sequence[Share]) -> Picture:
    """Draw one framework's grades, best first, as they come. Never hand in two frameworks at once."""
    return Picture(
        wide=_draw(f"{chart_id}-wide", title, description, shares, width=800.0, label_width=236.0),
        narrow=_draw(f"{chart_id}-narrow", title, description, shares, width=290.0, label_width=0.0),
    )


def _draw(
    chart_id: str, title: str, description: str, shares: Sequence[Share], *, width: float, label_width: float
) -> str:
    parts: list[str] = []
    y = 2.0
    beside = label_width > 0
    for share in shares:
        squares_left = label_width + 52 if beside else 1.0
        across = max(int((width - squares_left) // _STEP), 1)
        down = -(-share.count // across)
        parts.append(_label(share, y, width=label_width if beside else width, beside=beside))
        squares_top = y + 4 if beside else y + 32
        parts.append(_squares(share, squares_left, squares_top, across))
        taken = down * _STEP
        y += max(taken + 14, 34) if beside else 32 + taken + 12
    return picture(
        chart_id=chart_id,
        kind="distribution",
        title=title,
        description=description,
        width=width,
        height=max(y, 20.0),
        content="".join(parts),
    )


def _label(share: Share, y: float, *, width: float, beside: bool) -> str:
    strong, _ = COLOURS[share.grade.tone]
    tone = f"tone-{share.grade.tone} chart__strong"
    # On a phone the count stands at the end of the same line: the words leave it room.
    lines = wrapped(share.grade.label, width - (36 if beside else 80), 14)[:2]
    count_at = width + 36 if beside else width - 1
    return (
        rect(0.5, y, 24, 24, class_=tone, rx=4, fill=strong)
        + meter_bars(share.grade, 5.0, y + 4.5, 15.0, colour="#ffffff")
        + column(33, y + 12, lines, size=14)
        + text(count_at, y + 18, str(share.count), size=17, weight=700, anchor="end")
    )


def _squares(share: Share, left: float, top: float, across: int) -> str:
    """All the squares of a kind in one path: 150 elements would be ten times the bytes."""
    strong, _ = COLOURS[share.grade.tone]
    tone = f"tone-{share.grade.tone}"
    filled, outlined = [], []
    inner = _SIDE - 2
    for index in range(share.count):
        x, y = left + (index % across) * _STEP, top + (index // across) * _STEP
        if index < share.named:
            filled.append(f"M{x:g} {y:g}h{_SIDE:g}v{_SIDE:g}h-{_SIDE:g}z")
        else:
            outlined.append(f"M{x + 1:g} {y + 1:g}h{inner:g}v{inner:g}h-{inner:g}z")
    parts = []
    if filled:
        parts.append(path("".join(filled), class_=f"{tone} chart__strong", fill=strong))
    if outlined:
        shape = "".join(outlined)
        kind = f"{tone} chart__unnamed"
        parts.append(path(shape, class_=kind, fill="none", stroke=strong, stroke_width=1.5))
    return "".join(parts)
