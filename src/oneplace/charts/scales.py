"""What a map's colours mean: shades for grades and for classes of figures, each with a letter and a grey for print.

A shade is never alone in saying what it says: its sign stands in the tile, its grey tells it in black and
white, and the table beneath has the words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.charts.grades import COLOURS, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A fill, what is written on it, and the same for print: (fill, ink) in grey, the worse the darker."""

    name: str  # a class of the stylesheet: "shade--best"
    fill: str
    ink: str
    print_fill: str
    print_ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a legend. `sign` is what tiles of it carry, at most three letters; `count` how many there are.

    `absent` is for tiles that have nothing to show: the label is the reason.
    """

    key: str
    label: str
    sign: str
    shade: Shade
    count: int = 0
    absent: bool = False


_DARK, _WHITE = "#14202b", "#ffffff"
_PRINTED = {
    "best": (_WHITE, _DARK),
    "good": ("#d4d8db", _DARK),
    "middling": ("#a6adb2", _DARK),
    "weak": ("#6a737a", _WHITE),
    "worst": ("#14202b", _WHITE),
}
# Two orders of lightness: single hues, so that they read the same to those who see fewer colours. White or
# near-black on each is above 4.5:1.
_RAMPS: dict[str, tuple[tuple[str, str], ...]] = {
    "worse": (
        ("#fdf0d9", _DARK), ("#f7c98b", _DARK), ("#e09247", _DARK), ("#a9520f", _WHITE), ("#5f2703", _WHITE),
    ),
    "higher": (
        ("#e6f0f7", _DARK), ("#b3d1e6", _DARK), ("#74aace", _DARK), ("#2f6f9f", _WHITE), ("#0f3557", _WHITE),
    ),
}  # fmt: skip
_GREYS = tuple(_PRINTED.values())

EMPTY = Shade(name="shade--empty", fill="#eceeef", ink="#4a5560", print_fill=_WHITE, print_ink="#4a5560")


def grade_shade(grade: Grade) -> Shade:
    """A grade's own tone, as everywhere on the site; its grey in print tells the tone without colour."""
    tone = grade.tone
    if tone == "none":
        return EMPTY
    grey, ink = _PRINTED[tone]
    return Shade(name=f"shade--{tone}", fill=COLOURS[tone][0], ink=_WHITE, print_fill=grey, print_ink=ink)


def ramp(count: int, kind: str) -> tuple[Shade, ...]:
    """`count` (1 to 5) shades from light to dark. `kind` says what dark means: "worse" or "higher"."""
    if not 1 <= count <= 5:
        raise ValueError(f"a ramp has 1 to 5 shades, not {count}")
    chosen = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}[count]
    return tuple(
        Shade(
            name=f"shade--{kind}-{place + 1}",
            fill=_RAMPS[kind][place][0],
            ink=_RAMPS[kind][place][1],
            print_fill=_GREYS[place][0],
            print_ink=_GREYS[place][1],
        )
        for place in chosen
    )


def quantile_cuts(values: Sequence[float], classes: int = 5) -> tuple[float, ...]:
    """The lowest value of each class but the first, of classes as even as ties allow.

    Equal values are always of one class, so there may be fewer classes than asked for: `len(cuts) + 1`.
    """
    ordered = sorted(values)
    if not ordered:
        return ()
    cuts = {ordered[len(ordered) * place // classes] for place in range(1, classes)}
    return tuple(sorted(cuts - {ordered[0]}))


def class_of(value: float, cuts: Sequence[float]) -> int:
    """The class of a value, 0 the lowest."""
    return bisect_right(cuts, value)
