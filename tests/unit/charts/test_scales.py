"""Shades and classes: light to dark, each readable, the same in the picture as in the stylesheet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.charts.grades import Grade
from oneplace.charts.scales import EMPTY, Shade, class_of, grade_shade, quantile_cuts, ramp
from tests.conftest import ROOT

GRADES = [grade_shade(Grade(label="", rank=rank, ranks=5)) for rank in range(1, 6)]
RAMPS = [*ramp(5, "worse"), *ramp(5, "higher")]
numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200)


def light(colour: str) -> float:
    """Relative luminance, as WCAG has it."""
    if len(colour) == 4:
        colour = "#" + "".join(letter * 2 for letter in colour[1:])
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("shade", [*GRADES, *RAMPS, EMPTY], ids=lambda shade: shade.name)
def test_what_is_written_on_a_shade_can_be_read_on_the_screen_and_in_print(shade: Shade) -> None:
    assert contrast(shade.fill, shade.ink) >= 4.5
    assert contrast(shade.print_fill, shade.print_ink) >= 4.5


def test_a_ramp_goes_from_light_to_dark_and_so_does_its_print() -> None:
    for kind in ("worse", "higher"):
        for count in range(1, 6):
            shades = ramp(count, kind)
            assert len(shades) == count
            for column in ("fill", "print_fill"):
                levels = [light(getattr(shade, column)) for shade in shades]
                assert levels == sorted(levels, reverse=True)
                assert len(set(levels)) == count
    with pytest.raises(ValueError, match="1 to 5 shades, not 6"):
        ramp(6, "worse")


def test_the_worse_the_grade_the_darker_its_print() -> None:
    levels = [light(shade.print_fill) for shade in GRADES]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == 5


def test_the_stylesheet_has_the_same_shades_as_the_pictures() -> None:
    text = (ROOT / "src/oneplace/website/assets/_maps.scss").read_text(encoding="utf-8")
    told = {
        name: tuple(
            "#" + "".join(letter * 2 for letter in each[1:]) if len(each) == 4 else each
            for each in four.split(", ")
        )
        for name, four in re.findall(r'"([a-z0-9-]+)": \((#[^)]+)\)', text)
    }
    drawn = {
        shade.name.removeprefix("shade--"): (shade.fill, shade.ink, shade.print_fill, shade.print_ink)
        for shade in [*GRADES, *RAMPS, EMPTY]
    }
    assert told == drawn


@given(numbers, st.integers(1, 5))
def test_every_class_has_somebody_and_equal_values_are_of_one_class(
    values: list[float], classes: int
) -> None:
    cuts = quantile_cuts(values, classes)
    assert len(cuts) < classes
    assert {class_of(value, cuts) for value in values} == set(range(len(cuts) + 1))
    ordered = [class_of(value, cuts) for value in sorted(values)]
    assert ordered == sorted(ordered)


@given(st.lists(st.integers(-10_000, 10_000), min_size=5, max_size=200, unique=True))
def test_classes_without_ties_are_as_even_as_they_can_be(values: list[int]) -> None:
    cuts = quantile_cuts([float(value) for value in values])
    sizes = [sum(class_of(value, cuts) == place for value in values) for place in range(5)]
    assert max(sizes) - min(sizes) <= 1


def test_nothing_to_class_has_no_classes() -> None:
    assert quantile_cuts([]) == ()
    assert quantile_cuts([3.0, 3.0]) == ()
