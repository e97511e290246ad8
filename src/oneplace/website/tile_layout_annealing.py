"""How councils are put into a grid of hexagons so that neighbours stay near: for script/lay-out-tiles alone.

Centres are pushed apart until each has room for a tile, then put into the nearest free cells, then annealed.
What costs: neighbours who are apart, a neighbour in another direction than on the ground, a tile far from its
place, a region in pieces, somebody inland at the edge of the map. The same input and seed give the same layout.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

Cell = tuple[int, int]  # column, row; odd rows stand half a tile to the right

STEPS = 3_500  # a tile: more changes nothing that can be seen


@dataclass
class Node:
    """Somebody who is to have a tile, where they are on the ground and who borders on them."""

    key: str
    region: str
    x: float  # km east
    y: float  # km south
    coast: float = 0.0  # the share of its border beyond which there is sea, Wales or Scotland
    near: set[str] = field(default_factory=set)


# --- Room for everyone -----------------------------------------------------------------------------------


def spread(nodes: list[Node], rounds: int = 600) -> list[tuple[float, float]]:
    """Where each would like its tile, in tiles: as on the ground, but with room of its own."""
    index = {node.key: i for i, node in enumerate(nodes)}
    width = max(n.x for n in nodes) - min(n.x for n in nodes)
    height = max(n.y for n in nodes) - min(n.y for n in nodes)
    # England fills about half of the rectangle around it.
    scale = math.sqrt(len(nodes) / 0.5 / (width * height)) * 0.93
    home = [(n.x * scale, n.y * scale) for n in nodes]
    place = [list(p) for p in home]
    for step in range(rounds):
        cool = 1 - step / rounds
        push = [[0.0, 0.0] for _ in nodes]
        for i in range(len(nodes)):
            xi, yi = place[i]
            for j in range(i + 1, len(nodes)):
                dx, dy = place[j][0] - xi, place[j][1] - yi
                if abs(dx) > 1 or abs(dy) > 1:
                    continue
                gap = math.hypot(dx, dy) or 1e-6
                if gap < 1:
                    f = (1 - gap) * 0.5 / gap
                    push[i][0] -= dx * f
                    push[i][1] -= dy * f
                    push[j][0] += dx * f
                    push[j][1] += dy * f
        for i, node in enumerate(nodes):
            xi, yi = place[i]
            for other in sorted(node.near):  # in one order, or rounding would differ from run to run
                j = index[other]
                dx, dy = place[j][0] - xi, place[j][1] - yi
                gap = math.hypot(dx, dy) or 1e-6
                if gap > 1:
                    f = 0.06 * (gap - 1) / gap
                    push[i][0] += dx * f
                    push[i][1] += dy * f
            push[i][0] += (home[i][0] - xi) * 0.004 * cool
            push[i][1] += (home[i][1] - yi) * 0.004 * cool
        for i in range(len(nodes)):
            place[i][0] += push[i][0] * 0.8
            place[i][1] += push[i][1] * 0.8
    left, top = min(p[0] for p in place), min(p[1] for p in place)
    return [(p[0] - left + 2, p[1] - top + 2) for p in place]


# --- The grid --------------------------------------------------------------------------------------------


@cache
def at(cell: Cell) -> tuple[float, float]:
    """Where the middle of a cell is, in tiles."""
    return cell[0] + (cell[1] & 1) / 2, cell[1] * math.sqrt(3) / 2


@cache
def around(cell: Cell) -> list[Cell]:
    """The six cells beside a cell."""
    c, r = cell
    s = r & 1
    return [(c - 1, r), (c + 1, r), (c - 1 + s, r - 1), (c + s, r - 1), (c - 1 + s, r + 1), (c + s, r + 1)]


def steps_between(a: Cell, b: Cell) -> int:
    """How many steps from cell to cell."""
    qa, qb = a[0] - (a[1] - (a[1] & 1)) // 2, b[0] - (b[1] - (b[1] & 1)) // 2
    dq, dr = qa - qb, a[1] - b[1]
    return (abs(dq) + abs(dr) + abs(dq + dr)) // 2


def first_cells(wanted: list[tuple[float, float]]) -> list[Cell]:
    """Each into the nearest cell that is free, the best fits first."""
    fits = []
    for i, (x, y) in enumerate(wanted):
        row = round(y / (math.sqrt(3) / 2))
        for r in range(row - 9, row + 10):
            column = round(x - (r & 1) / 2)
            for c in range(column - 9, column + 10):
                cx, cy = at((c, r))
                fits.append((math.hypot(cx - x, cy - y), i, (c, r)))
    cells: dict[int, Cell] = {}
    taken: set[Cell] = set()
    for _, i, cell in sorted(fits):
        if i not in cells and cell not in taken:
            cells[i] = cell
            taken.add(cell)
    return [cells[i] for i in range(len(wanted))]


class Layout:
    """Tiles in cells, and what a change of them costs."""

    def __init__(self, nodes: list[Node], wanted: list[tuple[float, float]], cells: list[Cell]) -> None:
        self.nodes, self.wanted, self.cells = nodes, wanted, cells
        index = {node.key: i for i, node in enumerate(nodes)}
        self.near = [sorted(index[key] for key in node.near) for node in nodes]
        self.region = [node.region for node in nodes]
        self.of_region: dict[str, list[int]] = defaultdict(list)
        for i, region in enumerate(self.region):
            self.of_region[region].append(i)
        self.at = {cell: i for i, cell in enumerate(cells)}
        # Who is inland would rather not stand at the edge of the map.
        self.inland = [1.6 - 1.5 * min(node.coast / 0.3, 1) for node in nodes]
        self.way = {}
        self.beside = {}
        for i, node in enumerate(nodes):
            for j, other in enumerate(nodes):
                dx, dy = other.x - node.x, other.y - node.y
                gap = math.hypot(dx, dy) or 1.0
                self.way[i, j] = (dx / gap, dy / gap)
                strangers = 0.0 if other.key in node.near else 0.2 + 0.008 * gap
                self.beside[i, j] = -1.15 if node.region == other.region else strangers

    def cost(self, i: int) -> float:
        """What tile i costs where it is: what it has with others is theirs too."""
        cell = self.cells[i]
        x, y = at(cell)
        wx, wy = self.wanted[i]
        total = 0.08 * ((x - wx) ** 2 + (y - wy) ** 2)
        cells, way = self.cells, self.way
        for j in self.near[i]:
            other = cells[j]
            ox, oy = at(other)
            dx, dy = ox - x, oy - y
            # Steps on the grid, from the straight line: near enough, and quick.
            gap = math.sqrt(dx * dx + dy * dy)
            apart = gap - 1
            ux, uy = way[i, j]
            total += 2.2 * min(apart, 2) + 1.0 * apart + 2.2 * (1 - (ux * dx + uy * dy) / gap)
        find, beside = self.at.get, self.beside
        for each in around(cell):
            j = find(each, -1)
            total += self.inland[i] if j < 0 else beside[i, j]
        return total

    def put(self, i: int, cell: Cell) -> None:
        """Move tile i there; whoever is there comes here."""
        old = self.cells[i]
        other = self.at.get(cell, -1)
        self.cells[i], self.at[cell] = cell, i
        if other >= 0:
            self.cells[other], self.at[old] = old, other
        else:
            del self.at[old]

    def change(self, i: int, cell: Cell) -> float:
        """Make the change; what it costs."""
        old = self.cells[i]
        other = self.at.get(cell, -1)
        if other >= 0:
            before = self.cost(i) + self.cost(other)
            self.put(i, cell)
            return self.cost(i) + self.cost(other) - before
        before = self.cost(i)
        left = [self.at[c] for c in around(old) if c in self.at]
        met = [self.at[c] for c in around(cell) if c in self.at and c != old]
        self.put(i, cell)
        edge = sum(self.inland[j] for j in left) - sum(self.inland[j] for j in met)
        return self.cost(i) - before + edge


def anneal(layout: Layout, chance: random.Random, steps: int, hot: float, cold: float = 0.08) -> None:
    """Try changes at random, bad ones too while it is hot, so that it does not stop at the first good layout."""
    count = len(layout.nodes)
    whole = {region: pieces(layout, region) for region in set(layout.region)}
    for step in range(steps):
        heat = hot * (cold / hot) ** (step / steps)
        i = int(chance.random() * count)
        here = layout.cells[i]
        beside = here
        if layout.near[i] and chance.random() < 0.3:
            beside = layout.cells[layout.near[i][int(chance.random() * len(layout.near[i]))]]
        cell = around(beside)[int(chance.random() * 6)]
        if cell == here:
            continue
        moved = {layout.region[i], layout.region[layout.at.get(cell, i)]}
        cost = layout.change(i, cell)
        if cost > 0 and chance.random() >= math.exp(-cost / heat):
            layout.put(i, here)
            continue
        # A region in pieces is put up with while all is hot, and mended as it cools.
        found = {region: pieces(layout, region) for region in moved}
        broken = sum(found[region] - whole[region] for region in moved)
        if broken > 0 and chance.random() >= math.exp(-6 * broken / heat):
            layout.put(i, here)
        else:
            whole |= found


# --- How good it is --------------------------------------------------------------------------------------


def pieces(layout: Layout, region: str) -> int:
    """In how many pieces a region lies."""
    left = {layout.cells[i] for i in layout.of_region[region]}
    count = 0
    while left:
        count += 1
        front = [left.pop()]
        while front:
            for cell in around(front.pop()):
                if cell in left:
                    left.remove(cell)
                    front.append(cell)
    return count


def holes(layout: Layout) -> int:
    """How many empty cells have tiles all around them, or all but one."""
    beside = {c for cell in layout.cells for c in around(cell)} - set(layout.at)
    return sum(1 for cell in beside if sum(c in layout.at for c in around(cell)) >= 5)


def measured(layout: Layout) -> dict[str, float | int]:
    """How good a layout is: what stands with it in the file."""
    pairs = [(i, j) for i, others in enumerate(layout.near) for j in others if i < j]
    kept = sum(steps_between(layout.cells[i], layout.cells[j]) == 1 for i, j in pairs)
    near = sum(steps_between(layout.cells[i], layout.cells[j]) <= 2 for i, j in pairs)
    # Against the ground itself, moved and sized to fit: how many tiles away from its true place a tile is.
    xs, ys = [n.x for n in layout.nodes], [n.y for n in layout.nodes]
    tx, ty = [at(c)[0] for c in layout.cells], [at(c)[1] for c in layout.cells]
    mean = [sum(v) / len(v) for v in (xs, ys, tx, ty)]
    paired = list(zip(xs, ys, tx, ty, strict=True))
    top = sum((x - mean[0]) * (a - mean[2]) + (y - mean[1]) * (b - mean[3]) for x, y, a, b in paired)
    scale = top / sum((x - mean[0]) ** 2 + (y - mean[1]) ** 2 for x, y, _, _ in paired)
    away = [
        math.hypot((x - mean[0]) * scale - (a - mean[2]), (y - mean[1]) * scale - (b - mean[3]))
        for x, y, a, b in paired
    ]
    regions = sorted(set(layout.region))
    return {
        "tiles": len(layout.nodes),
        "neighbours": len(pairs),
        "kept_beside": round(kept / len(pairs), 3),
        "kept_within_two": round(near / len(pairs), 3),
        "mean_displacement": round(sum(away) / len(away), 2),
        "regions_in_one_piece": sum(pieces(layout, region) == 1 for region in regions),
        "regions": len(regions),
        "holes": holes(layout),
    }


def judged(layout: Layout) -> float:
    """Lower is better: of several runs the best is taken."""
    found = measured(layout)
    in_pieces = found["regions"] - found["regions_in_one_piece"]
    return sum(layout.cost(i) for i in range(len(layout.nodes))) + 120 * in_pieces + 40 * found["holes"]


def lay_out(nodes: Mapping[str, Node], seeds: int, tell: Callable[[str], None] = lambda _: None) -> Layout:
    """The best of so many runs, each from another seed. `tell` hears of each."""
    listed = [nodes[key] for key in sorted(nodes)]
    wanted = spread(listed)
    best: Layout | None = None
    for seed in range(seeds):
        layout = Layout(listed, wanted, first_cells(wanted))
        anneal(layout, random.Random(seed), STEPS * len(listed), hot=4.0)
        tell(f"seed {seed}: {judged(layout):.1f} {measured(layout)}")
        if best is None or judged(layout) < judged(best):
            best = layout
    assert best is not None
    return best
