"""A chart as a file: its title, its source and its own paper are in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from oneplace.charts.drawing import picture, text
from oneplace.charts.png import png_of
from oneplace.charts.standing_alone import NoChart, size_of, standing_alone

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Alder & Birch: <every> judgement on services that were inspected since two thousand and nine"


def drawn(width: float = 800.0) -> str:
    return picture(
        chart_id="c",
        kind="test",
        title="Inner",
        description="Inner words",
        width=width,
        height=100.0,
        content=text(5, 20, "Good"),
    )


def alone(width: float = 800.0) -> str:
    return standing_alone(
        drawn(width),
        chart_id="chart",
        kind="alone",
        title=TITLE,
        description="Good in 2018",
        notes=("Source: the inspectorate.", "As at 20 December 2018. Oneplace: example.org/areas/alder/"),
    )


def test_the_title_the_chart_and_where_it_came_from_are_printed_in_it() -> None:
    root = ET.fromstring(alone())
    printed = " ".join(each.text or "" for each in root.iter(f"{SVG}text"))
    assert TITLE in printed
    assert "Good" in printed
    assert "Source: the inspectorate. As at 20 December 2018. Oneplace: example.org/areas/alder/" in printed


def test_one_title_and_one_description_name_the_whole() -> None:
    root = ET.fromstring(alone())
    assert [each.text for each in root.iter(f"{SVG}title")] == [TITLE]
    assert [each.text for each in root.iter(f"{SVG}desc")] == ["Good in 2018"]
    assert root.attrib["aria-labelledby"] == "chart-title chart-desc"


@pytest.mark.parametrize("width", [290.0, 800.0])
def test_the_paper_is_as_large_as_the_file_and_nothing_sticks_out(width: float) -> None:
    made = alone(width)
    size = size_of(made)
    paper = next(each for each in ET.fromstring(made).iter(f"{SVG}rect") if each.get("class") == "paper")
    assert (float(paper.attrib["width"]), float(paper.attrib["height"])) == (size.width, size.height)
    lowest = max(float(each.attrib["y"]) for each in ET.fromstring(made).iter(f"{SVG}text"))
    assert lowest < size.height


def test_it_becomes_a_png() -> None:
    assert png_of(alone(), 400).startswith(b"\x89PNG")


def test_what_is_no_chart_of_ours_is_refused() -> None:
    with pytest.raises(NoChart):
        standing_alone("<p>no</p>", chart_id="c", kind="k", title="t", description="d", notes=())
