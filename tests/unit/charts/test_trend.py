"""A trend is well-formed, keeps gaps as gaps, and stays inside its picture whatever the figures are."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from oneplace.charts.trend import Line, Point, trend

SVG = "{http://www.w3.org/2000/svg}"

points = st.builds(
    Point,
    at=st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    label=st.text(max_size=9),
    value=st.none() | st.floats(-1e9, 1e9, allow_nan=False),
    shown=st.text(max_size=9),
)
lines = st.builds(Line, label=st.text(max_size=20), points=st.lists(points, max_size=12).map(tuple))


def _draw(line: Line, beside: Line | None = None) -> ET.Element:
    return ET.fromstring(trend(chart_id="t", title="Turnover", description="…", line=line, beside=beside))


def _years(*values: float | None) -> Line:
    return Line(
        label="Haringey",
        points=tuple(
            Point(
                at=dt.date(2015 + number, 12, 31), label=str(2015 + number), value=value, shown=f"{value} %"
            )
            for number, value in enumerate(values)
        ),
    )


@given(lines, st.none() | lines)
def test_any_figures_are_drawn_inside_the_picture(line: Line, beside: Line | None) -> None:
    root = _draw(line, beside)
    for dot in root.iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cx") or -1) <= 300
        assert 0 <= float(dot.get("cy") or -1) <= 118


def test_a_year_without_a_figure_is_a_gap_and_a_cross_and_never_bridged() -> None:
    root = _draw(_years(10, 12, None, 14, 9))
    (line,) = (each for each in root.iter(f"{SVG}path") if each.get("class") == "chart__line")
    assert (line.get("d") or "").count("M") == 2
    crosses = [each for each in root.iter(f"{SVG}path") if "l6 6" in (each.get("d") or "")]
    assert len(crosses) == 1


def test_the_first_and_the_last_figure_are_written_out() -> None:
    words = [each.text for each in _draw(_years(10, 12, 14)).iter(f"{SVG}text")]
    assert {"10 %", "14 %", "2015", "2017"} <= set(words)
    assert "12 %" not in words


def test_a_higher_figure_is_drawn_higher() -> None:
    (line,) = (
        each for each in _draw(_years(1, 5, 3)).iter(f"{SVG}path") if each.get("class") == "chart__line"
    )
    heights = [float(pair.split()[1]) for pair in re.split("[ML]", line.get("d") or "")[1:]]
    assert heights[1] < heights[2] < heights[0]


def test_nothing_but_gaps_draws_the_ground_alone() -> None:
    root = _draw(_years(None, None))
    assert not list(root.iter(f"{SVG}circle"))
    assert [each.text for each in root.iter(f"{SVG}text")] == ["2015", "2016"]
