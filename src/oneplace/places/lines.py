"""Lines of a map: written short, with fewer points, joined into rings, and the middle of what they enclose.

A line is changed by itself and keeps its two ends, so neighbours go on having it in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from math import hypot

Point = tuple[int, int]
Path = tuple[Point, ...]
Polygon = tuple[Path, ...]


def write(points: Sequence[Point]) -> str:
    """The first point, then each step from one to the next: "400000 300000 12 -7"."""
    steps = zip(points, chain(((0, 0),), points), strict=False)
    return " ".join(f"{x - x0} {y - y0}" for (x, y), (x0, y0) in steps)


def read(text: str) -> Path:
    """What `write` wrote."""
    x = y = 0
    points = []
    numbers = iter(map(int, text.split()))
    for dx in numbers:
        x, y = x + dx, y + next(numbers)
        points.append((x, y))
    return tuple(points)


def simplified(points: Sequence[Point], tolerance: float) -> Path:
    """The line without the points that lie within `tolerance` metres of what is left of it.

    The method is Douglas and Peucker's (1973). The ends stay; a line that ends where it began keeps three sides.
    """
    if len(points) <= 2:
        return tuple(points)
    last = len(points) - 1
    keep = {0, last}
    waiting = [(0, last)]
    if points[0] == points[last]:
        far = max(range(last), key=lambda number: _distance(points[number], points[0], points[0]))
        other = max(range(last), key=lambda number: _distance(points[number], points[0], points[far]))
        corners = sorted({0, far, other, last})
        keep.update(corners)
        waiting = list(pairwise(corners))
    while waiting:
        begin, end = waiting.pop()
        if end - begin < 2:
            continue
        far = max(
            range(begin + 1, end), key=lambda number: _distance(points[number], points[begin], points[end])
        )
        if _distance(points[far], points[begin], points[end]) > tolerance:
            keep.add(far)
            waiting += [(begin, far), (far, end)]
    return tuple(points[number] for number in sorted(keep))


def _distance(point: Point, begin: Point, end: Point) -> float:
    """From a point to the straight line between two others, or to the nearer of them."""
    (x, y), (x0, y0), (x1, y1) = point, begin, end
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length))
    return hypot(x - x0 - along * dx, y - y0 - along * dy)


def joined(polygons: Sequence[Sequence[Sequence[int]]], lines: Mapping[int, Path]) -> tuple[Polygon, ...]:
    """Polygons of rings of points: each ring's last point is its first again, and the outer ring is first."""
    return tuple(tuple(_ring(ring, lines) for ring in rings) for rings in polygons)


def _ring(numbers: Sequence[int], lines: Mapping[int, Path]) -> Path:
    points: list[Point] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points += line[1:] if points else line
    return tuple(points)


def size(ring: Path) -> float:
    """Square metres within a ring, below 0 where it runs clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def middle(polygons: Sequence[Polygon]) -> Point:
    """The centre of gravity of what the polygons enclose, holes taken out."""
    x_origin, y_origin = polygons[0][0][0]
    area = x_sum = y_sum = 0.0
    for rings in polygons:
        for position, ring in enumerate(rings):
            near = [(x - x_origin, y - y_origin) for x, y in ring]
            ring_area = ring_x = ring_y = 0.0
            for (x0, y0), (x1, y1) in pairwise(near):
                cross = x0 * y1 - x1 * y0
                ring_area += cross
                ring_x += (x0 + x1) * cross
                ring_y += (y0 + y1) * cross
            # However it runs, an outer ring counts and a hole is taken away.
            sign = (1 if ring_area >= 0 else -1) * (1 if position == 0 else -1)
            area, x_sum, y_sum = area + sign * ring_area, x_sum + sign * ring_x, y_sum + sign * ring_y
    if area <= 0:
        return polygons[0][0][0]
    return round(x_origin + x_sum / (3 * area)), round(y_origin + y_sum / (3 * area))
