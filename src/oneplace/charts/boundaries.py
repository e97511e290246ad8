"""A map of areas as they lie on the ground, with an inset in which small areas are large enough to be seen.

Points are rounded to one grid before anything is drawn, so that what two areas have in common stays in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from oneplace.charts.drawing import Picture, element, escaped, number, rect, text
from oneplace.charts.scales import Entry
from oneplace.charts.scales_legend import legend, legend_below, sheet

Ring = Sequence[tuple[int, int]]
_Point = tuple[int, int]
_Box = tuple[int, int, int, int]  # west, south, east, north

_WIDTH, _INSET, _HEIGHT = 740.0, 252.0, 700.0
_LEGEND_WIDTH = 226.0
# Of the longer side of the map: finer than a screen's pixels, coarse enough for short files.
_GRID = 3_300
# An area has room for its sign where its box is as wide and as high as this, in px.
_ROOM_FOR_SIGN = 19.0
# Fewer areas than this are seen without an inset.
_WORTH_AN_INSET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One area. Rings are of (easting, northing) in metres and filled by the even-odd rule.

    Of a `joined` one they are those of several areas, whose borders among each other are left out.
    The rest is as in `tiles.Tile`. Those of the group that is named as the inset are drawn there once more.
    """

    name: str
    said: str
    entry: str
    rings: Sequence[Ring]
    centre: tuple[int, int]
    href: str = ""
    group: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres to the grid, and from the grid to px."""

    west: float
    north: float
    unit: float  # metres
    scale: float  # px a unit

    def grid(self, easting: float, northing: float) -> tuple[int, int]:
        return round((easting - self.west) / self.unit), round((self.north - northing) / self.unit)


def boundary_map(
    *,
    chart_id: str,
    title: str,
    description: str,
    shapes: Sequence[Shape],
    entries: Sequence[Entry],
    inset: str = "",
    note: str = "",
    alone: bool = False,
) -> Picture:
    """Draw the areas. `inset` is a group that is drawn once more, larger, in the corner where there is sea.

    In a page (`alone` false) the legend is the page's: `wide` and `narrow` are then one drawing, to be shown once.
    """
    drawn, height = _map(chart_id, shapes, entries, inset)
    width = _WIDTH

    def on_a_sheet(name: str, content: str, wide: float, high: float) -> str:
        return sheet(
            chart_id=name,
            kind="boundaries",
            title=title,
            description=description,
            width=wide,
            height=high,
            content=content,
            linked=any(shape.href for shape in shapes),
            note=note,
            entries=entries,
            alone=alone,
        )

    if not alone:
        page = on_a_sheet(chart_id, drawn, width, height)
        return Picture(wide=page, narrow=page)
    keyed, depth = legend(entries, width + 14, 8.0, _LEGEND_WIDTH - 16)
    beneath, end = legend_below(entries, height * 290 / width + 8, 290.0)
    small = element("g", {"transform": f"scale({290 / width:.4f})"}, drawn)
    return Picture(
        wide=on_a_sheet(f"{chart_id}-wide", drawn + keyed, width + _LEGEND_WIDTH, max(height, depth)),
        narrow=on_a_sheet(f"{chart_id}-narrow", small + beneath, 290.0, end),
    )


def _map(chart_id: str, shapes: Sequence[Shape], entries: Sequence[Entry], inset: str) -> tuple[str, float]:
    if not shapes:
        return "", 20.0
    small = sum(shape.group == inset for shape in shapes)
    has_inset = small >= _WORTH_AN_INSET and small < len(shapes)
    frame, height = _framed(shapes, _WIDTH - (135 if has_inset else 0))
    kept = {entry.key: entry for entry in entries}
    drawn = "".join(_shape(shape, kept[shape.entry], frame) for shape in shapes)
    signs = _signs(shapes, kept, frame)
    parts = [_scaled(drawn, frame), _lettered(signs, 13.0)]
    if has_inset:
        # By the same rule again, on a frame of its own: it has its own, finer grid.
        inner = [shape for shape in shapes if shape.group == inset]
        close, depth = _framed(inner, _INSET)
        left = _WIDTH - _INSET - 8
        box = rect(left - 6, 6, _INSET + 12, depth + 32, fill="#ffffff", stroke="#4a5560", class_="paper")
        again = "".join(_shape(shape, kept[shape.entry], close) for shape in inner)
        letters = _signs(inner, kept, close)
        parts += [
            box,
            text(left, 24, inset, size=14, weight=700),
            element(
                "g",
                {"transform": f"translate({number(left)} 32)"},
                _scaled(again, close) + _lettered(letters, 12.0),
            ),
        ]
    return "".join(parts), height


def _framed(shapes: Iterable[Shape], width: float) -> tuple[_Frame, float]:
    """The frame in which all of it has room in the width, and its height in px."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    metres = max((east - west) / width, (north - south) / _HEIGHT, 1e-6)
    unit = max(east - west, north - south) / _GRID or 1.0
    return _Frame(west, north, unit, unit / metres), (north - south) / metres + 2


def _scaled(drawn: str, frame: _Frame) -> str:
    return element(
        "g",
        {
            "transform": f"scale({frame.scale:.5f})",
            "stroke": "#ffffff",
            "stroke-width": round(0.8 / frame.scale, 1),
            "stroke-linejoin": "round",
            "fill-rule": "evenodd",
            "class": "areas",
        },
        drawn,
    )


def _lettered(signs: str, size: float) -> str:
    return element(
        "g",
        {
            "font-size": size,
            "font-weight": 700,
            "text-anchor": "middle",
            "class": "signs",
            "aria-hidden": "true",
        },
        signs,
    )


def _shape(shape: Shape, entry: Entry, frame: _Frame) -> str:
    said = element("title", {}, escaped(f"{shape.name}: {shape.said}"))
    rings = [[frame.grid(x, y) for x, y in ring] for ring in shape.rings]
    d = "".join(_ring(ring) for ring in (_without_inner_lines(rings) if shape.joined else rings))
    area = element("path", {"class": f"shade {entry.shade.name}", "fill": entry.shade.fill, "d": d})
    if shape.href:
        return element("a", {"href": shape.href, "class": "tile"}, said + area)
    return element("g", {"class": "tile"}, said + area)


def _without_inner_lines(rings: Sequence[Sequence[_Point]]) -> list[list[_Point]]:
    """The rings around all of it: a step that two of its areas have in common is left out."""
    steps = Counter(tuple(sorted(step)) for ring in rings for step in pairwise(ring) if step[0] != step[1])
    beside: dict[_Point, list[_Point]] = defaultdict(list)
    for (a, b), count in steps.items():
        if count % 2:
            beside[a].append(b)
            beside[b].append(a)
    found = []
    for start in list(beside):
        while beside[start]:
            ring, here = [start], start
            while beside[here]:
                to = beside[here].pop()
                beside[to].remove(here)
                ring.append(to)
                here = to
            found.append(ring)
    return found


def _ring(points: Sequence[_Point]) -> str:
    """A ring in whole steps of the grid; a speck that falls on one point of it is left a step wide."""
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    if len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    (x0, y0), *rest = kept
    if not rest:
        return f"M{x0} {y0}h1v1z"
    steps = []
    x, y = x0, y0
    for to_x, to_y in rest:
        steps.append(f"{_joined(to_x - x)}{_joined(to_y - y)}")
        x, y = to_x, to_y
    return f"M{x0} {y0}l{''.join(steps).lstrip()}z"


def _joined(step: int) -> str:
    """A step after others: a minus sign parts it from them by itself."""
    return str(step) if step < 0 else f" {step}"


def _signs(shapes: Sequence[Shape], kept: Mapping[str, Entry], frame: _Frame) -> str:
    """The sign of each area that has room for it, not where a smaller area lies within."""
    boxes = [_box(shape) for shape in shapes]
    metre = frame.scale / frame.unit
    found = []
    for shape, own in zip(shapes, boxes, strict=True):
        entry = kept[shape.entry]
        west, south, east, north = own
        if not entry.sign or min(east - west, north - south) * metre < _ROOM_FOR_SIGN:
            continue
        within = [box for box in boxes if box is not own and _is_within(box, own)]
        x, y = next(
            (place for place in _places(shape.centre, own) if not any(_is_in(place, box) for box in within)),
            shape.centre,
        )
        found.append(
            element(
                "text",
                {
                    "x": round((x - frame.west) * metre, 1),
                    "y": round((frame.north - y) * metre + 4.5, 1),
                    "fill": entry.shade.ink,
                    "class": f"on {entry.shade.name}",
                },
                escaped(entry.sign),
            )
        )
    return "".join(found)


def _box(shape: Shape) -> _Box:
    xs = [x for ring in shape.rings for x, _ in ring]
    ys = [y for ring in shape.rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _is_within(inner: _Box, outer: _Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _is_in(place: tuple[float, float], box: _Box) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]


def _places(centre: tuple[int, int], box: _Box) -> list[tuple[float, float]]:
    """The middle, and a quarter of the box away from it to each side."""
    (x, y), wide, high = centre, (box[2] - box[0]) / 4, (box[3] - box[1]) / 4
    return [(x, y), (x, y + high), (x, y - high), (x - wide, y), (x + wide, y)]
