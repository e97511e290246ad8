"""A chart as a file by itself: under its own heading, on white paper, with where it came from beneath it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oneplace.charts.drawing import element, escaped, number, picture, rect, text, wrapped

_MARGIN, _HEAD, _NOTE, _NOTE_LEADING = 16.0, 20.0, 13.0, 18.0
# A small chart is drawn larger, so that its heading has room.
_NARROWEST = 520.0
_DRAWN = re.compile(
    r"<svg[^>]* viewBox=\"0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)\"[^>]*>"
    r"(?:<title[^>]*>.*?</title>)?(?:<desc[^>]*>.*?</desc>)?(?P<content>.*)</svg>",
    re.DOTALL,
)
# A file has no stylesheet: what the site's says of charts where a reader has colours of their own.
_RULES = (
    "@media(forced-colors:active){.paper{fill:Canvas}text{fill:CanvasText}"
    ".chart__panel,.chart__blank,.chart__held{fill:Canvas;stroke:CanvasText}"
    ".chart__strong,.chart__urgent{fill:CanvasText;stroke:CanvasText}.chart__on-strong{fill:Canvas}}"
)


class NoChart(ValueError):
    """What should be framed is no chart of ours."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a drawing, in px."""

    width: float
    height: float


def size_of(svg: str) -> Size:
    """How large a chart is drawn. Raises `NoChart`."""
    found = _parts(svg)
    return Size(float(found["width"]), float(found["height"]))


def standing_alone(
    svg: str, *, chart_id: str, kind: str, title: str, description: str, notes: Sequence[str]
) -> str:
    """`svg`, as `drawing.picture` makes it, with its title above and `notes` below, a line or more each."""
    found = _parts(svg)
    inner = Size(float(found["width"]), float(found["height"]))
    scale = max(1.0, _NARROWEST / inner.width)
    width = inner.width * scale + 2 * _MARGIN
    headings = wrapped(title, width - 2 * _MARGIN, _HEAD, bold=True)
    top = _MARGIN + len(headings) * _HEAD * 1.25 + 10
    beneath = top + inner.height * scale + 26
    lines = [line for note in notes for line in wrapped(note, width - 2 * _MARGIN, _NOTE)]
    height = beneath + len(lines) * _NOTE_LEADING
    words = [
        text(_MARGIN, _MARGIN + _HEAD * 0.8 + place * _HEAD * 1.25, line, size=_HEAD, weight=700)
        for place, line in enumerate(headings)
    ]
    words += [
        text(_MARGIN, beneath + place * _NOTE_LEADING, line, size=_NOTE, ink="quiet")
        for place, line in enumerate(lines)
    ]
    moved = f"translate({number(_MARGIN)} {number(top)})" + (f" scale({scale:.4f})" if scale > 1 else "")
    return picture(
        chart_id=chart_id,
        kind=kind,
        title=title,
        description=description,
        width=width,
        height=height,
        content=element("style", {}, escaped(_RULES))
        + rect(0, 0, width, height, fill="#ffffff", class_="paper")
        + "".join(words)
        + element("g", {"transform": moved}, found["content"]),
    )


def _parts(svg: str) -> re.Match[str]:
    found = _DRAWN.fullmatch(svg.strip())
    if found is None:
        raise NoChart("only a chart of Oneplace's own can be framed")
    return found
