"""Maps as SVG: tiles, areas, legends; alone as a file and within a page; and as PNG."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from oneplace.charts.boundaries import Shape, boundary_map
from oneplace.charts.grades import Grade
from oneplace.charts.png import NotDrawn, png_of
from oneplace.charts.scales import EMPTY, Entry, grade_shade
from oneplace.charts.tiles import Tile, tile_map

SVG = "{http://www.w3.org/2000/svg}"
ENTRIES = (
    Entry(key="g1", label="Good & better", sign="G", shade=grade_shade(Grade(label="", rank=2)), count=2),
    Entry(key="none", label="Not inspected", sign="·", shade=EMPTY, count=1, absent=True),
)


def tile(name: str, column: int, row: int, **changes: str) -> Tile:
    values = {
        "code": name[:3].upper(),
        "said": "Good",
        "entry": "g1",
        "href": f"/areas/{name}/",
        "group": "North",
    }
    return Tile(column=column, row=row, name=name, **{**values, **changes})


TILES = (tile("Alder", 4, 3), tile("Birch <&>", 5, 3), tile("Cedar", 4, 4, entry="none", group="South"))


def drawn(tiles: tuple[Tile, ...] = TILES) -> tuple[ElementTree.Element, ElementTree.Element]:
    picture = tile_map(
        chart_id="m", title="Children’s services", description="Two good", tiles=tiles, entries=ENTRIES
    )
    return ElementTree.fromstring(picture.wide), ElementTree.fromstring(picture.narrow)


def test_a_map_is_named_and_described_and_each_tile_says_whose_it_is_and_what() -> None:
    for svg in drawn():
        names = (svg.get("aria-labelledby") or "").split()
        assert [svg.find(f".//*[@id='{name}']").text for name in names] == ["Children’s services", "Two good"]  # type: ignore[union-attr]
        said = [each.findtext(f"{SVG}title") for each in svg.iter(f"{SVG}a")]
        assert said == ["Alder: Good", "Birch <&>: Good", "Cedar: Good"]


def test_with_links_a_map_is_a_group_and_without_them_an_image() -> None:
    assert drawn()[0].get("role") == "group"
    bare = tuple(tile(one.name, one.column, one.row, href="") for one in TILES)
    wide = drawn(bare)[0]
    assert wide.get("role") == "img"
    assert list(wide.iter(f"{SVG}a")) == []


def test_the_letter_of_a_grade_stands_in_the_tile_and_in_the_legend_with_the_count() -> None:
    for svg, which in zip(drawn(), ("wide", "narrow"), strict=True):
        words = "".join(svg.itertext())
        assert "Good & better (2)" in words
        symbol = svg.find(f".//*[@id='m-{which}-g1']")
        assert symbol is not None
        assert [each.text for each in symbol.iter(f"{SVG}text")] == ["G"]


def test_no_tile_stands_on_another_or_outside_the_picture() -> None:
    for svg in drawn():
        places = [(float(each.get("x") or 0), float(each.get("y") or 0)) for each in svg.iter(f"{SVG}use")]
        assert len(set(places)) == len(TILES)
        for x, y in places:
            assert 0 < x < float(svg.get("width") or 0)
            assert 0 < y < float(svg.get("height") or 0)


def test_odd_rows_stand_half_a_tile_to_the_right_wherever_the_map_begins() -> None:
    for shift in (0, 1, 2, 3):
        tiles = tuple(tile(str(row), 2, row + shift, href="") for row in range(2))
        svg = drawn(tiles)[0]
        first, second = (float(each.get("x") or 0) for each in svg.iter(f"{SVG}use"))
        assert (second > first) is (shift % 2 == 0)


def test_a_line_parts_groups_and_nothing_is_parted_where_there_is_one() -> None:
    assert drawn()[0].find(".//*[@class='tiles__group']") is not None
    alone = tuple(tile(one.name, one.column, one.row) for one in TILES)
    assert drawn(alone)[0].find(".//*[@class='tiles__group']") is None


def test_only_a_file_that_stands_alone_has_rules_a_heading_and_a_note_of_its_own() -> None:
    picture = tile_map(
        chart_id="m", title="T", description="D", tiles=TILES, entries=ENTRIES, note="From X.", alone=True
    )
    assert "forced-colors" in picture.wide
    assert "@media print" in picture.wide
    assert "From X." in picture.wide
    # The site's policy lets no style stand within a page.
    assert "<style" not in "".join(
        tile_map(chart_id="m", title="T", description="D", tiles=TILES, entries=ENTRIES).wide
    )


def test_the_same_tiles_give_the_same_bytes_and_none_a_picture_still() -> None:
    assert [ElementTree.tostring(each) for each in drawn()] == [
        ElementTree.tostring(each) for each in drawn()
    ]
    assert drawn(())[0].get("role") == "img"


def test_a_whole_name_is_written_where_it_has_room_and_the_code_where_not() -> None:
    wide = drawn()[0]
    words = [each.text for each in wide.iter(f"{SVG}text")]
    assert "Alder" in words
    many = tuple(tile(f"Alder{place}", place, 0) for place in range(14))
    words = [each.text for each in drawn(many)[0].iter(f"{SVG}text")]
    assert "Alder1" not in words
    assert words.count("ALD") == 14
    assert "ALD" not in [each.text for each in drawn(many)[1].iter(f"{SVG}text")]


# --- Areas -------------------------------------------------------------------------------------------------

WEST = ((0, 0), (0, 90_000), (50_000, 90_000), (50_300, 41_000), (50_000, 0), (0, 0))
EAST = ((50_000, 0), (50_300, 41_000), (50_000, 90_000), (100_000, 90_000), (100_000, 0), (50_000, 0))


def shape(name: str, ring: tuple[tuple[int, int], ...], group: str = "North") -> Shape:
    middle = (sum(x for x, _ in ring) // len(ring), sum(y for _, y in ring) // len(ring))
    return Shape(
        name=name, said="Good", entry="g1", rings=(ring,), centre=middle, href=f"/areas/{name}/", group=group
    )


def corners(d: str) -> set[tuple[int, int]]:
    """The points of a path of one ring in relative steps."""
    first, _, rest = d.removeprefix("M").removesuffix("z").partition("l")
    x, y = (int(each) for each in first.split())
    found = {(x, y)}
    steps = [int(each) for each in rest.replace("-", " -").split()]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.add((x, y))
    return found


def test_neighbours_have_the_points_of_their_border_in_common() -> None:
    svg = ElementTree.fromstring(
        boundary_map(
            chart_id="b", title="T", description="D", shapes=[shape("West", WEST), shape("East", EAST)], entries=ENTRIES
        ).wide
    )  # fmt: skip
    west, east = (corners(each.get("d") or "") for each in svg.iter(f"{SVG}path"))
    assert len(west & east) == 3
    assert [each.findtext(f"{SVG}title") for each in svg.iter(f"{SVG}a")] == ["West: Good", "East: Good"]


def test_the_north_is_up() -> None:
    svg = ElementTree.fromstring(
        boundary_map(chart_id="b", title="T", description="D", shapes=[shape("West", WEST)], entries=ENTRIES).wide
    )  # fmt: skip
    (path,) = svg.iter(f"{SVG}path")
    # The ring begins in the south-west: at the left and at the bottom.
    x, y = (int(each) for each in (path.get("d") or "").removeprefix("M").partition("l")[0].split())
    assert x == 0
    assert y == max(y for _, y in corners(path.get("d") or ""))


def test_a_group_is_drawn_once_more_and_larger_and_only_where_there_are_others() -> None:
    speck = ((60_000, 10_000), (60_000, 14_000), (64_000, 14_000), (64_000, 10_000), (60_000, 10_000))
    shapes = [shape("West", WEST), *(shape(f"Speck{place}", speck, "London") for place in range(4))]
    picture = boundary_map(
        chart_id="b", title="T", description="D", shapes=shapes, entries=ENTRIES, inset="London"
    )
    assert picture.wide.count("<title>Speck1: Good</title>") == 2
    assert picture.wide.count("<title>West: Good</title>") == 1
    alone = boundary_map(
        chart_id="b", title="T", description="D", shapes=shapes[1:], entries=ENTRIES, inset="London"
    )
    assert alone.wide.count("<title>Speck1: Good</title>") == 1


@pytest.mark.parametrize("east", [EAST, EAST[::-1]], ids=["against", "with"])
def test_areas_that_are_one_have_no_line_between_them(east: tuple[tuple[int, int], ...]) -> None:
    both = Shape(
        name="Both", said="Good", entry="g1", rings=(WEST, east), centre=(50_000, 40_000), joined=True
    )
    picture = boundary_map(chart_id="b", title="T", description="D", shapes=[both], entries=ENTRIES)
    (path,) = ElementTree.fromstring(picture.wide).iter(f"{SVG}path")
    # The corners of the west and of the east, and the two ends of the border, not what lies between them.
    assert (path.get("d") or "").count("M") == 1
    assert len(corners(path.get("d") or "")) == 6


def test_a_sign_stands_beside_a_smaller_area_that_lies_within() -> None:
    city = ((20_000, 30_000), (20_000, 45_000), (32_000, 45_000), (32_000, 30_000), (20_000, 30_000))
    shapes = [shape("West", WEST), shape("City", city), shape("East", EAST)]
    alone, both = (
        ElementTree.fromstring(
            boundary_map(chart_id="b", title="T", description="D", shapes=some, entries=ENTRIES).wide
        )
        for some in ([shapes[0], shapes[2]], shapes)
    )
    first = [next(each.iter(f"{SVG}text")) for each in (alone, both)]
    assert first[0].get("x") == first[1].get("x")
    assert first[0].get("y") != first[1].get("y")


def test_a_rock_that_is_smaller_than_the_grid_is_still_drawn() -> None:
    rock = ((0, 0), (1, 0), (1, 1), (0, 0))
    svg = boundary_map(
        chart_id="b", title="T", description="D", shapes=[shape("West", WEST), shape("Rock", rock)], entries=ENTRIES
    ).wide  # fmt: skip
    assert "h1v1z" in svg


def test_a_map_of_no_areas_is_an_empty_picture() -> None:
    assert 'role="img"' in boundary_map(chart_id="b", title="T", description="D", shapes=[], entries=()).wide


# --- PNG ---------------------------------------------------------------------------------------------------


def test_a_map_becomes_a_png_of_the_width_asked_for_with_its_letters() -> None:
    picture = tile_map(chart_id="m", title="T", description="D", tiles=TILES, entries=ENTRIES, alone=True)
    with Image.open(io.BytesIO(png_of(picture.wide, 900))) as image:
        assert image.width == 900
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    words = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40">'
        '<text x="5" y="30" font-size="30">{}</text></svg>'
    )
    # A machine without fonts has letters too, and those that the maps need: each is drawn, and as itself.
    seen = {
        png_of(words.format(letters), 100) for letters in ("RI", "G", "O", "≠", "’", "–", "·", "×", "£", " ")
    }
    assert len(seen) == 10


@pytest.mark.parametrize(
    ("svg", "width"), [("<svg", 100), ("", 100), ("<p/>", 100), ("<svg/>", 0), ("<svg/>", 4_001)]
)
def test_what_is_no_picture_or_too_wide_is_refused_with_the_reason(svg: str, width: int) -> None:
    with pytest.raises(NotDrawn, match=r"cannot be drawn|px wide"):
        png_of(svg, width)
