"""What a council is told to improve: priority actions and areas, numbered or bulleted, over pages."""

from __future__ import annotations

import pytest

from tests.pdfs.sheets import signs_first
from tests.pdfs.sif import AUTHORITY_ITEMS, BOARD_ITEMS, PRIORITY_ITEMS, Sif
from tests.unit.reading.conftest import Read
from tests.unit.reading.forms.asked_of_sif import LAYOUTS, listed


@pytest.mark.parametrize("layout", ["2013", "2014"])
def test_priority_actions_are_told_from_areas_for_improvement(read: Read, layout: str) -> None:
    said = read(Sif(layout=layout, priority=PRIORITY_ITEMS).sheets())
    assert listed(said, "priority_action") == PRIORITY_ITEMS
    assert listed(said, "area_for_improvement") == AUTHORITY_ITEMS
    numbers = [item.printed_number for item in said.improve]
    assert numbers[:4] == (["2", "3", "4", "5"] if layout == "2013" else ["1", "1", "2", "3"])
    assert [item.ordinal for item in said.improve] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("layout", ["2013", "2014"])
@pytest.mark.parametrize(
    "none",
    [
        "There are no areas for priority action.",
        "There are no areas for priority and immediate action.",
        "There are no priority and immediate actions.",
        "None.",
    ],
)
def test_that_there_are_none_is_not_an_item(read: Read, layout: str, none: str) -> None:
    said = read(Sif(layout=layout, priority=(none,)).sheets())
    assert listed(said, "priority_action") == ()
    assert listed(said, "area_for_improvement") == AUTHORITY_ITEMS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mark", ["number", "square", "•"])
@pytest.mark.parametrize("first", [False, True])
def test_items_may_be_numbered_or_bulleted_and_bullets_drawn_first(
    read: Read, layout: str, mark: str, first: bool
) -> None:
    said = read(Sif(layout=layout, mark=mark, order=signs_first if first else list).sheets())
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("numbers", ["first", "last"])
def test_long_lists_run_over_pages_with_numbers_and_feet_between(
    read: Read, layout: str, numbers: str
) -> None:
    many = tuple(
        f"Make the {n}th of many changes so that children are seen in time, and so that the many people who know them "
        f"can say what they think in 2015 and after."
        for n in range(1, 31)
    )
    said = read(
        Sif(layout=layout, items=many, numbers=numbers, foot="Thornmere inspection report, page #").sheets()
    )
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == many
