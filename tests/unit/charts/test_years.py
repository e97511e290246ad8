"""How many of something there are in each year, drawn."""

from __future__ import annotations

import re

from oneplace.charts.drawing import text_width
from oneplace.charts.years import years


def test_years_are_told_with_those_that_have_none_and_fit_their_picture() -> None:
    counts = [(year, 0 if year == 2021 else 10 * (year - 2012)) for year in range(2013, 2027)]
    drawn = years(chart_id="y", title="By year", description="The most are of 2026: 140.", counts=counts)
    for svg, width in ((drawn.wide, 800), (drawn.narrow, 290)):
        assert svg.count('class="chart__bar"') == 13
        assert ">0</text>" in svg
        assert ">140</text>" in svg
        assert ">2026</text>" in svg
        for x, words in re.findall(r'<text class="[^"]*" x="([\d.]+)"[^>]*>(\d+)<', svg):
            half = text_width(words, 12) / 2
            assert 0 <= float(x) - half + 0.1 <= float(x) + half <= width + 0.1
    assert "<rect" not in years(chart_id="n", title="None", description="", counts=[]).wide
