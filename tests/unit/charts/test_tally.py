"""The bar beside the words of a tally."""

from __future__ import annotations

import re

import pytest

from oneplace.charts.grades import Grade
from oneplace.charts.tally import tally

GOOD = Grade(label="Good", rank=1, ranks=2, short="G")
POOR = Grade(label="Poor", rank=2, ranks=2, short="P")


def bars(svg: str) -> list[dict[str, float]]:
    return [
        {key: float(value) for key, value in re.findall(r'\b(x|y|width|height)="([\d.]+)"', one)}
        for one in re.findall(r"<rect[^>]*>", svg)
    ]


def test_each_question_has_a_part_and_a_better_grade_is_higher() -> None:
    found = bars(tally([(GOOD, 2), (POOR, 1)]))
    assert [one["height"] for one in found] == [12, 12, 6]
    assert len({one["width"] for one in found}) == 1
    assert found[-1]["x"] + found[-1]["width"] == pytest.approx(96)


def test_where_questions_are_many_each_grade_has_one_part_as_wide_as_its_share() -> None:
    found = bars(tally([(GOOD, 60), (POOR, 20)]))
    assert len(found) == 2
    assert found[0]["width"] == pytest.approx(3 * found[1]["width"], rel=0.01)
    assert found[-1]["x"] + found[-1]["width"] == pytest.approx(96)


def test_nothing_is_drawn_of_nothing() -> None:
    assert tally([]) == ""
