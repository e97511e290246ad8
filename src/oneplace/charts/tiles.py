"""A map on which every place has one tile of one size: hexagons in rows, each with a letter for its grade or class.

Odd rows stand half a tile to the right. A tile of which there is nothing to show is grey, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oneplace.charts.drawing import Picture, element, escaped, fitted, number, path
from oneplace.charts.scales import Entry
from oneplace.charts.scales_legend import legend, legend_below, sheet

_ROW = 0.866  # of a tile's width: rows of hexagons
_GAP = 0.97  # a line of paper between two tiles
_LEGEND_WIDTH = 226.0
_WIDEST_TILE = 104.0
# A map of hundreds of tiles takes all the width that a page has.
_MANY_COLUMNS, _WIDER = 16, 960.0
# Beneath this many px a tile has room for its sign alone.
_ROOM_FOR_CODE = 36.0
_ROOM_FOR_WORD = 52.0  # where it is no code of three letters
# Above this many px the whole name may have room, if in letters of this size.
_ROOM_FOR_NAME, _SMALLEST = 60.0, 8.0
_INK = "#14202b"
# A code of more letters is written smaller.
_SHORT_CODE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One place. `column` and `row` are cells of the grid, `entry` the key of its line in the legend.

    `said` is what is to be told of it: "Good, November 2023". Tiles of one `group` stand together within a line.
    """

    column: int
    row: int
    name: str
    code: str
    said: str
    entry: str
    href: str = ""
    group: str = ""


def tile_map(
    *,
    chart_id: str,
    title: str,
    description: str,
    tiles: Sequence[Tile],
    entries: Sequence[Entry],
    note: str = "",
    alone: bool = False,
) -> Picture:
    """Draw the tiles, which are read out and tabbed through in the order given.

    `alone` is for a file by itself: it carries its own heading, `note` and rules for print and forced colours.
    """
    return Picture(
        wide=_draw(f"{chart_id}-wide", title, description, tiles, entries, note, alone=alone, width=800.0),
        narrow=_draw(
            f"{chart_id}-narrow", title, description, tiles, entries, note, alone=alone, width=290.0
        ),
    )


def _draw(
    chart_id: str,
    title: str,
    description: str,
    tiles: Sequence[Tile],
    entries: Sequence[Entry],
    note: str,
    *,
    alone: bool,
    width: float,
) -> str:
    wide = width > 500
    left = min((tile.column for tile in tiles), default=0)
    # An odd row must stay an odd row, or half the tiles would shift.
    top = min((tile.row for tile in tiles), default=0) & ~1
    columns = max((tile.column - left for tile in tiles), default=0) + 1.5
    rows = max((tile.row - top for tile in tiles), default=0) + 1
    if wide and columns > _MANY_COLUMNS:
        width = _WIDER
    side = min((width - (_LEGEND_WIDTH if wide else 2)) / columns, _WIDEST_TILE)
    middle = {
        (tile.column, tile.row): (
            round((tile.column - left + 0.5 + (tile.row & 1) / 2) * side, 1),
            round(((tile.row - top) * _ROW + 0.6) * side, 1),
        )
        for tile in tiles
    }
    shades = {entry.key: entry for entry in entries}
    longest = max((len(tile.code) for tile in tiles), default=0)
    with_code = side >= (_ROOM_FOR_CODE if longest <= _SHORT_CODE else _ROOM_FOR_WORD)
    symbols = "".join(_symbol(chart_id, entry, side, with_code=with_code) for entry in entries)
    drawn = "".join(_tile(chart_id, tile, middle, shades[tile.entry], side, with_code) for tile in tiles)
    height = (rows - 1) * _ROW * side + 1.2 * side
    if wide:
        keyed, depth = legend(entries, width - _LEGEND_WIDTH + 14, 8.0, _LEGEND_WIDTH - 16)
        height = max(height, depth)
    else:
        keyed, height = legend_below(entries, height + 8, width)
    # One fill, size and place for all the letters: the tiles name only what differs.
    body = element("defs", {}, symbols) + element(
        "g",
        {
            "text-anchor": "middle",
            "font-size": round(min(side * 0.26, 15.0), 1),
            "fill": "#ffffff",
            "class": "tiles",
        },
        drawn,
    )
    body += _outlines(tiles, middle, side) + keyed
    return sheet(
        chart_id=chart_id,
        kind="tiles",
        title=title,
        description=description,
        width=width,
        height=height,
        content=body,
        linked=any(tile.href for tile in tiles),
        note=note,
        entries=entries,
        alone=alone,
    )


def _corners(side: float) -> tuple[tuple[float, float], ...]:
    """The corners of a hexagon that stands on its point, from the top and with the clock."""
    half, quarter = side / 2, side * 0.2887
    right = ((0.0, -2 * quarter), (half, -quarter), (half, quarter))
    return (*right, *((-x, -y) for x, y in right))


def _symbol(chart_id: str, entry: Entry, side: float, *, with_code: bool) -> str:
    """A tile of one class with its sign, drawn once and used for each."""
    shape = "L".join(f"{number(x * _GAP)} {number(y * _GAP)}" for x, y in _corners(side))
    size = side * (0.34 if with_code else 0.46)
    if len(entry.sign) > 2:
        size *= 0.8
    down = side * 0.30 if with_code else size * 0.36
    sign = element(
        "text",
        {
            "y": float(down),
            "font-size": float(min(size, 22.0)),
            "font-weight": 700,
            "fill": entry.shade.ink,
            "class": f"on {entry.shade.name}",
        },
        escaped(entry.sign),
    )
    hexagon = path(f"M{shape}z", fill=entry.shade.fill, class_=f"shade {entry.shade.name}")
    return element("g", {"id": f"{chart_id}-{entry.key}"}, hexagon + (sign if entry.sign else ""))


def _tile(
    chart_id: str,
    tile: Tile,
    middle: Mapping[tuple[int, int], tuple[float, float]],
    entry: Entry,
    side: float,
    with_code: bool,
) -> str:
    x, y = middle[tile.column, tile.row]
    said = element("title", {}, escaped(f"{tile.name}: {tile.said}"))
    used = element("use", {"href": f"#{chart_id}-{entry.key}", "x": x, "y": y})
    words = _words(tile, x, y, entry, side) if with_code else ""
    if tile.href:
        return element("a", {"href": tile.href, "class": "tile"}, said + used + words)
    return element("g", {"class": "tile"}, said + used + words)


def _words(tile: Tile, x: float, y: float, entry: Entry, side: float) -> str:
    """The name where it has room, else the code."""
    sizes = (min(side * share, 13.0) for share in (0.15, 0.13, 0.115)) if side > _ROOM_FOR_NAME else ()
    fits = ((size, fitted(tile.name, side * 0.92, size, 2)) for size in sizes if size >= _SMALLEST)
    size, lines = next(((size, lines) for size, lines in fits if lines), (0.0, None))
    ink = None if entry.shade.ink == "#ffffff" else entry.shade.ink
    attributes = {"fill": ink, "class": f"on {entry.shade.name}"}
    if not lines:
        smaller = round(min(side * 0.15, 13.0), 1) if len(tile.code) > _SHORT_CODE else None
        place = {"x": x, "y": round(y - side * 0.06, 1), "font-size": smaller}
        return element("text", {**place, **attributes}, escaped(tile.code))
    first = y - side * 0.10 - (len(lines) - 1) * size * 0.5
    return "".join(
        element(
            "text",
            {"x": x, "y": round(first + n * size * 1.1, 1), "font-size": float(size), **attributes},
            escaped(line),
        )
        for n, line in enumerate(lines)
    )


def _outlines(
    tiles: Sequence[Tile], middle: Mapping[tuple[int, int], tuple[float, float]], side: float
) -> str:
    """A line around each group of tiles, where there are several."""
    group = {(tile.column, tile.row): tile.group for tile in tiles}
    if len(set(group.values())) < 2:
        return ""
    corners = _corners(side)
    lines = []
    for (column, row), own in sorted(group.items()):
        shift = row & 1
        # With the clock from the right: each neighbour with the side of the hexagon that faces it.
        beside = (
            ((column + 1, row), 1),
            ((column + shift, row + 1), 2),
            ((column - 1 + shift, row + 1), 3),
        )
        x, y = middle[column, row]
        for cell, corner in beside:
            # Each border between two groups once; the coast has its own edge.
            if cell in group and group[cell] != own:
                (ax, ay), (bx, by) = corners[corner], corners[(corner + 1) % 6]
                lines.append(f"M{number(x + ax)} {number(y + ay)}L{number(x + bx)} {number(y + by)}")
    return path(
        "".join(lines),
        fill="none",
        stroke=_INK,
        stroke_width=2.5 if side > 30 else 1.5,
        stroke_linecap="round",
        class_="tiles__group",
    )
