"""What a person typed, as a postcode or a part of one.

The shapes are those of Royal Mail's Programmers' Guide: an area of one or two letters, a district of one or two
figures or a figure and a letter, then a space, a figure (the sector) and two letters (the unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

Part = Literal["postcode", "unit", "sector", "district", "area"]

# Girobank's and Newport's are older than the rule.
_OUTWARD = r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR|NPT)"
_SHAPES: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("postcode", re.compile(rf"({_OUTWARD})([0-9][A-Z]{{2}})")),
    ("district", re.compile(rf"({_OUTWARD})()")),
    ("unit", re.compile(rf"({_OUTWARD})([0-9][A-Z])")),
    ("sector", re.compile(rf"({_OUTWARD})([0-9])")),
    ("area", re.compile(r"([A-Z]{1,2})()")),
)
# Where a person left a space, it says where the outward part ends: "N1 5" is no "N15".
_SPACED: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("sector", re.compile(rf"({_OUTWARD}) ([0-9])")),
    ("unit", re.compile(rf"({_OUTWARD}) ([0-9][A-Z])")),
)
# Taken for each other by eye, or side by side on the keys.
_SLIPS = str.maketrans("O0I1", "0O1I")
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """`part` says how much of a postcode it is; `slips` how many letters and figures were taken for each other."""

    part: Part
    outward: str
    inward: str
    slips: int = 0

    @property
    def text(self) -> str:
        return f"{self.outward} {self.inward}".strip()


def readings(text: str) -> Iterator[Typed]:
    """Every way to read what was typed, the likeliest first: as it stands, then with one slip set right, with two …

    Nothing where it cannot be a postcode or a part of one.
    """
    spaced = " ".join(re.sub(r"[^A-Z0-9]+", " ", text.upper()).split())
    plain = spaced.replace(" ", "")
    if not 1 <= len(plain) <= LONGEST or not spaced.isascii():
        return
    doubtful = [place for place, letter in enumerate(spaced) if letter in "O0I1"]
    for number in range(min(len(doubtful), 4) + 1):
        for places in combinations(doubtful, number):
            changed = "".join(
                letter.translate(_SLIPS) if place in places else letter for place, letter in enumerate(spaced)
            )
            for part, shape, way in (
                *((part, shape, changed) for part, shape in _SPACED),
                *((part, shape, changed.replace(" ", "")) for part, shape in _SHAPES),
            ):
                if found := shape.fullmatch(way):
                    yield Typed(part, found[1], found[2], number)
