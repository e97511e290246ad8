"""A map's legend, and the sheet that a map is drawn on: named, described, and able to stand alone as a file."""

from __future__ import annotations

from collections.abc import Sequence

from oneplace.charts.drawing import element, escaped, number, rect, text, wrapped
from oneplace.charts.scales import Entry

_BOX, _LINE = 26.0, 19.0
_HEAD, _NOTE = 20.0, 13.0


def legend(entries: Sequence[Entry], x: float, y: float, width: float) -> tuple[str, float]:
    """The lines of a legend from (x, y) downwards, those that say why there is nothing last; and where it ends."""
    parts = []
    for entry in sorted(entries, key=lambda one: one.absent):
        words = f"{entry.label} ({entry.count})"
        lines = wrapped(words, width - _BOX - 10, 15)
        parts.append(_box(entry, x, y))
        for place, line in enumerate(lines):
            parts.append(text(x + _BOX + 10, y + 18 + place * _LINE, line, size=15))
        y += max(_BOX + 8, len(lines) * _LINE + 13)
    return "".join(parts), y


def legend_below(entries: Sequence[Entry], y: float, width: float) -> tuple[str, float]:
    """The same over the whole width of a phone."""
    return legend(entries, 1.0, y, width - 2)


def _box(entry: Entry, x: float, y: float) -> str:
    shade = entry.shade
    small = len(entry.sign) > 2
    sign = element(
        "text",
        {
            "x": float(x + _BOX / 2),
            "y": float(y + _BOX / 2 + 5),
            "font-size": 10 if small else 14,
            "font-weight": 700,
            "text-anchor": "middle",
            "fill": shade.ink,
            "class": f"on {shade.name}",
        },
        escaped(entry.sign),
    )
    box = rect(x, y, _BOX, _BOX, rx=3, fill=shade.fill, stroke="#4a5560", class_=f"shade {shade.name}")
    return box + (sign if entry.sign else "")


def sheet(
    *,
    chart_id: str,
    kind: str,
    title: str,
    description: str,
    width: float,
    height: float,
    content: str,
    linked: bool,
    note: str,
    entries: Sequence[Entry],
    alone: bool,
) -> str:
    """The outer <svg>. With links in it it is a group of things to reach, without an image."""
    names = f"{chart_id}-title {chart_id}-desc"
    top = 0.0
    words = ""
    if alone:
        words, top = _heading(title, width)
        lines = wrapped(note, width - 4, _NOTE)
        for place, line in enumerate(lines):
            words += text(2, top + height + 22 + place * 17, line, size=_NOTE, ink="quiet")
        # White paper: a picture that is shared is seen on any background.
        paper = rect(
            0, 0, width, top + height + (len(lines) * 17 + 16 if lines else 8), fill="#ffffff", class_="paper"
        )
        height = top + height + (len(lines) * 17 + 16 if lines else 8)
        content = paper + words + element("g", {"transform": f"translate(0 {number(top)})"}, content)
    inside = (
        element("title", {"id": f"{chart_id}-title"}, escaped(title) or " ")
        + element("desc", {"id": f"{chart_id}-desc"}, escaped(description) or " ")
        + (element("style", {}, rules(entries)) if alone else "")
        + content
    )
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"chart chart--{kind}",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": number(width),
            "height": number(height),
            "role": "group" if linked else "img",
            "aria-labelledby": names,
            "font-family": "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Arial, sans-serif",
        },
        inside,
    )


def _heading(title: str, width: float) -> tuple[str, float]:
    size = _HEAD if width > 500 else 16.0
    lines = wrapped(title, width - 8, size, bold=True)
    drawn = "".join(
        text(2, size + 2 + place * size * 1.25, line, size=size, weight=700)
        for place, line in enumerate(lines)
    )
    return drawn, len(lines) * size * 1.25 + 14


def rules(entries: Sequence[Entry]) -> str:
    """The rules of a file that stands alone: greys in print, the reader's own colours where these are forced."""
    printed = "".join(
        f".shade.{shade.name}{{fill:{shade.print_fill};stroke:#14202b}}.on.{shade.name}{{fill:{shade.print_ink}}}"
        for shade in dict.fromkeys(entry.shade for entry in entries)
    )
    forced = (
        ".shade{fill:Canvas;stroke:CanvasText}text{fill:CanvasText}"
        ".shade.shade--worst{fill:CanvasText}.on.shade--worst{fill:Canvas}"
        ".paper{fill:Canvas}"
    )
    return f"@media print{{{printed}}}@media (forced-colors:active){{{forced}}}"
