"""What a timeline is made of: eras, rows and marks, and the sign for a visit that gives no grade."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from oneplace.charts.drawing import INKS, circle, path, text
from oneplace.charts.grades import COLOURS, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A stretch in which one framework was used here.

    `end` is where its last judgement stopped being current. `blank` is a stretch for which there is nothing
    to show, and `name` says so.
    """

    name: str
    start: dt.date
    end: dt.date | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing published on a day. `era` is an index into the eras; None on rows that stand outside them.

    `grade` None is a visit that gives no grade; `urgent` says that it set priority actions. `told` is how its date
    is told where `at` is no more than its place: "2021/22".
    """

    at: dt.date
    label: str
    grade: Grade | None = None
    era: int | None = None
    urgent: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question, or a kind of visit, and what was published on it, in the order of dates."""

    label: str
    marks: tuple[Mark, ...] = ()


def visit_sign(x: float, y: float, *, urgent: bool, size: float = 8.5) -> str:
    """A ring for a visit; a filled triangle with an exclamation mark where it set priority actions."""
    if not urgent:
        ink = INKS["ink"]
        return circle(x, y, size - 1.5, class_="chart__visit", fill="#ffffff", stroke=ink, stroke_width=2.5)
    strong = COLOURS["worst"][0]
    triangle = path(
        f"M{x:.1f} {y - size:.1f}L{x + size:.1f} {y + size - 1:.1f}H{x - size:.1f}z",
        class_="chart__urgent",
        fill=strong,
        stroke=strong,
        stroke_width=2,
        stroke_linejoin="round",
    )
    return triangle + text(x, y + size - 3, "!", size=12, ink="on-strong", weight=700, anchor="middle")
