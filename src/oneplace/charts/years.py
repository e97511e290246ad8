"""How many of something there are in each year: bars, each with its number, the years beneath.

A year without any has no bar and a "0": it is told, not left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from oneplace.charts.drawing import RULE, Picture, path, picture, rect, text, text_width

_BAR = "#12436d"
_TOP, _HEIGHT, _BELOW = 20.0, 72.0, 22.0
_SIZE = 12.0
_WIDEST_BAR = 34.0


def years(*, chart_id: str, title: str, description: str, counts: Sequence[tuple[int, int]]) -> Picture:
    """Draw (year, how many) pairs, one for each year in order. `description` says in words what is seen."""
    return Picture(
        wide=_draw(f"{chart_id}-wide", title, description, counts, 800.0),
        narrow=_draw(f"{chart_id}-narrow", title, description, counts, 290.0),
    )


def _draw(
    chart_id: str, title: str, description: str, counts: Sequence[tuple[int, int]], width: float
) -> str:
    step = min(width / max(len(counts), 1), _WIDEST_BAR * 1.6)
    most = max((count for _, count in counts), default=0)
    floor = _TOP + _HEIGHT
    bars, words = [], []
    numbers_fit = all(text_width(str(count), _SIZE) <= step - 2 for _, count in counts)
    every = next(n for n in (1, 2, 5, 10, 50) if text_width("2000", _SIZE) + 6 <= step * n or n == 50)
    for place, (year, count) in enumerate(counts):
        left, middle = place * step, place * step + step / 2
        high = count / most * _HEIGHT if most else 0.0
        if count:
            bars.append(
                rect(
                    left + step * 0.14,
                    floor - max(high, 1.5),
                    step * 0.72,
                    max(high, 1.5),
                    fill=_BAR,
                    class_="chart__bar",
                )
            )
        if numbers_fit or count in (most, 0):
            ink = "ink" if count else "quiet"
            x = _within(middle, str(count), width)
            words.append(text(x, floor - high - 5, str(count), size=_SIZE, ink=ink, anchor="middle"))
        if (place - (len(counts) - 1)) % every == 0:
            x = _within(middle, str(year), width)
            words.append(text(x, floor + 16, str(year), size=_SIZE, ink="quiet", anchor="middle"))
    axis = path(f"M0 {floor:g}h{step * len(counts):g}", fill="none", stroke=RULE, stroke_width=1)
    return picture(
        chart_id=chart_id,
        kind="years",
        title=title,
        description=description,
        width=width,
        height=floor + _BELOW,
        content="".join((*bars, axis, *words)),
    )


def _within(middle: float, words: str, width: float) -> float:
    """The middle of words that stand within the picture."""
    half = text_width(words, _SIZE) / 2
    return min(max(middle, half), width - half)
