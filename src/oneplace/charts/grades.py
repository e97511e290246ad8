"""A grade as a picture: a meter of bars whose filled number says the grade, in a tone that repeats it.

The meter is the shape that must be readable without colour: of four bars, "good" fills three. A meter says
where a grade stands among the grades of its own framework, and nothing about another framework's.
"""

from __future__ import annotations

from dataclasses import dataclass

from oneplace.charts.drawing import element

# Tones from the best of a scale to the worst, by how many grades the scale has.
_TONES: dict[int, tuple[str, ...]] = {
    1: ("good",),
    2: ("good", "worst"),
    3: ("good", "weak", "worst"),
    4: ("best", "good", "weak", "worst"),
    5: ("best", "good", "middling", "weak", "worst"),
}

# (strong, tint): white on strong and near-black on tint are both above 4.5:1.
COLOURS: dict[str, tuple[str, str]] = {
    "best": ("#12436d", "#d9e6f2"),
    "good": ("#0f6b52", "#d6eee5"),
    "middling": ("#6b5900", "#f6efc4"),
    "weak": ("#8a4b00", "#fdeacb"),
    "worst": ("#942514", "#f8dbd6"),
    "none": ("#505a5f", "#eceeef"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade in words and in its place: `rank` 1 is the best of `ranks`.

    `rank` None is outside the scale ("not judged"). `short` is what fits a square: "RI". `said` is the tone's
    name where the place alone does not tell it: a notice is the only grade of its scale, and no good one.
    """

    label: str
    short: str = ""
    rank: int | None = None
    ranks: int = 4
    said: str = ""

    @property
    def tone(self) -> str:
        """The tone's name: a class in the stylesheet and a key of COLOURS."""
        if self.said:
            return self.said
        if self.rank is None or not 1 <= self.rank <= self.ranks:
            return "none"
        return _TONES[self.ranks][self.rank - 1] if self.ranks in _TONES else "none"


def meter_bars(grade: Grade, x: float, y: float, size: float, *, colour: str = "currentColor") -> str:
    """The bars of the meter inside a square of `size` at (x, y): filled up to the grade, outlined beyond."""
    if grade.rank is None:
        middle = y + size / 2
        return element(
            "path",
            {"d": f"M{x:.1f} {middle:.1f}h{size:.1f}", "stroke": colour, "stroke-width": 2, "fill": "none"},
        )
    count = max(grade.ranks, 1)
    filled = count - grade.rank + 1
    gap = size * 0.10
    width = (size - gap * (count - 1)) / count
    bars = []
    for index in range(count):
        height = size * (index + 1.4) / (count + 0.4)
        left, top = x + index * (width + gap), y + size - height
        inset = 0.5 if index >= filled else 0.0
        bars.append(
            element(
                "rect",
                {
                    "x": left + inset,
                    "y": top + inset,
                    "width": width - 2 * inset,
                    "height": height - 2 * inset,
                    "fill": colour if index < filled else "none",
                    "stroke": None if index < filled else colour,
                    "stroke-opacity": None if index < filled else 0.65,
                },
            )
        )
    return "".join(bars)


def meter(grade: Grade, size: int = 16) -> str:
    """The meter as a small picture beside words that say the grade: hidden from screen readers."""
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "meter",
            "viewBox": f"0 0 {size} {size}",
            "width": size,
            "height": size,
            "aria-hidden": "true",
            "focusable": "false",
        },
        meter_bars(grade, 0.0, 0.0, float(size)),
    )
