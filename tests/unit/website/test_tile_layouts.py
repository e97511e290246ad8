"""Where everybody has a tile: no two of one day in one place, regions whole, and how it was laid out."""

from __future__ import annotations

import itertools

import pytest

from oneplace.website.tile_layout_annealing import (
    Layout,
    Node,
    around,
    at,
    first_cells,
    holes,
    lay_out,
    measured,
    pieces,
    steps_between,
)
from oneplace.website.tile_layouts import cells_of, layout_for, layouts

TIERS = ("upper", "lower", "lower-2021", "lower-2009", "police", "fire")


@pytest.mark.parametrize("key", TIERS)
def test_a_layout_is_good_enough_to_be_looked_at(key: str) -> None:
    quality = layouts()[key].quality
    assert quality["regions_in_one_piece"] == quality["regions"] == 9
    assert quality["kept_beside"] > 0.65
    assert quality["kept_within_two"] > 0.9
    # In tiles, against the ground itself: England is about twenty tiles high.
    assert quality["mean_displacement"] < 2


def test_everybody_of_today_has_a_tile_of_their_own() -> None:
    for key, count in (("upper", 153), ("lower", 296), ("police", 39), ("fire", 44)):
        layout = layouts()[key]
        assert layout.quality["tiles"] == count
        assert len(set(layout.places.values())) >= count


def test_islands_and_the_smallest_are_there() -> None:
    for name in ("isle-of-wight", "isles-of-scilly", "city-of-london", "haringey", "rutland"):
        for key in ("upper", "lower", "lower-2009"):
            assert name in layouts()[key].places
    scilly, cornwall = (layouts()["upper"].places[name] for name in ("isles-of-scilly", "cornwall"))
    assert steps_between(scilly, cornwall) == 1


def test_who_took_over_stands_where_the_one_before_stood() -> None:
    upper = layouts()["upper"].places
    assert upper["buckinghamshire"] == upper["buckinghamshire-county"]
    assert upper["dorset"] == upper["dorset-county"]
    assert upper["cumbria"] in (upper["cumberland"], upper["westmorland-and-furness"])
    # Bournemouth and Poole were two councils of one day.
    assert upper["bournemouth"] != upper["poole"]
    assert layouts()["lower-2009"].places["east-suffolk"] in (
        layouts()["lower-2009"].places["suffolk-coastal"],
        layouts()["lower-2009"].places["waveney"],
    )


def test_the_layout_of_a_tier_is_that_of_the_councils_own_day() -> None:
    assert layout_for("lower", ["carlisle", "wycombe", "haringey"]).key == "lower-2009"
    assert layout_for("lower", ["cumberland", "haringey"]).key == "lower"
    assert layout_for("lower", ["carlisle", "buckinghamshire"]).key == "lower-2021"
    assert layout_for("upper", []).key == "upper"
    with pytest.raises(KeyError, match="no layout of parishes"):
        layout_for("parishes", [])


def test_a_council_that_the_layout_does_not_know_stands_beneath_the_map() -> None:
    layout = layouts()["upper"]
    cells = cells_of(layout, [*layout.places, "greater-alder", "birch"])
    lowest = max(row for _, row in layout.places.values())
    assert cells["greater-alder"][1] > lowest
    assert cells["greater-alder"] != cells["birch"]
    assert cells["haringey"] == layout.places["haringey"]


# --- How it is laid out ------------------------------------------------------------------------------------


def country(columns: int = 5, rows: int = 4) -> dict[str, Node]:
    """A chequered country: ten kilometres between neighbours, the west and the east a region each."""
    nodes = {
        f"{c}-{r}": Node(f"{c}-{r}", "West" if c < columns / 2 else "East", c * 10.0, r * 10.0)
        for c, r in itertools.product(range(columns), range(rows))
    }
    for c, r in itertools.product(range(columns), range(rows)):
        for other in (f"{c + 1}-{r}", f"{c}-{r + 1}"):
            if other in nodes:
                nodes[f"{c}-{r}"].near.add(other)
                nodes[other].near.add(f"{c}-{r}")
        if c in (0, columns - 1) or r in (0, rows - 1):
            nodes[f"{c}-{r}"].coast = 0.5
    return nodes


def test_six_cells_are_a_step_away_and_all_as_far() -> None:
    for cell in ((3, 4), (3, 5)):
        assert len(set(around(cell))) == 6
        x, y = at(cell)
        for other in around(cell):
            assert cell in around(other)
            assert steps_between(cell, other) == 1
            assert ((at(other)[0] - x) ** 2 + (at(other)[1] - y) ** 2) ** 0.5 == pytest.approx(1)


def test_neighbours_stay_beside_each_other_and_regions_whole() -> None:
    found = measured(lay_out(country(), seeds=1))
    assert found["tiles"] == 20
    assert found["regions_in_one_piece"] == 2
    assert found["holes"] == 0
    assert found["kept_beside"] > 0.85
    assert found["mean_displacement"] < 1


def test_the_same_country_and_seed_give_the_same_layout() -> None:
    assert lay_out(country(3, 3), seeds=1).cells == lay_out(country(3, 3), seeds=1).cells


def test_a_ring_of_tiles_has_a_hole_and_a_region_apart_is_in_pieces() -> None:
    ring = around((5, 5))
    nodes = [
        Node(str(place), "West" if place in (0, 1) else "East", *at(cell)) for place, cell in enumerate(ring)
    ]
    layout = Layout(nodes, [at(cell) for cell in ring], list(ring))
    assert holes(layout) == 1
    # The first two are on the left and on the right of the hole.
    assert pieces(layout, "West") == 2
    assert pieces(layout, "East") == 2


def test_everybody_begins_in_a_cell_of_their_own_however_crowded() -> None:
    cells = first_cells([(5.0, 5.0)] * 30)
    assert len(set(cells)) == 30
