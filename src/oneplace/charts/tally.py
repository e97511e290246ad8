"""How many questions were given each grade, as one bar: a companion to words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from oneplace.charts.drawing import element, rect
from oneplace.charts.grades import COLOURS, Grade

_HEIGHT, _GAP = 12.0, 1.5
_NARROWEST = 1.5  # a part no wider than the gap beside it is lost in it


def tally(counts: Sequence[tuple[Grade, int]], width: float = 96.0) -> str:
    """A bar of as many equal parts as there were questions, the best first: hidden from screen readers.

    Where they are too many to be told apart, there is one part for each grade.

    Each part is as high as its grade stands among the grades of its framework, so that the bar steps down
    from the best to the worst and is read without its colours.
    """
    total = sum(count for _, count in counts)
    if not total:
        return ""
    part = (width - _GAP * (total - 1)) / total
    is_fine = part < _NARROWEST
    if is_fine:
        part = (width - _GAP * (len(counts) - 1)) / total
    bars, x = [], 0.0
    for grade, count in counts:
        high = _HEIGHT if grade.rank is None else _HEIGHT * (grade.ranks - grade.rank + 1) / grade.ranks
        for times in [count] if is_fine else [1] * count:
            bars.append(rect(x, _HEIGHT - high, part * times, high, fill=COLOURS[grade.tone][0]))
            x += part * times + _GAP
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "tally",
            "viewBox": f"0 0 {width:g} {_HEIGHT:g}",
            "width": width,
            "height": _HEIGHT,
            "aria-hidden": "true",
            "focusable": "false",
        },
        "".join(bars),
    )
