"""A table's rows from the rules around its cells."""

from __future__ import annotations

from oneplace.reading.tables import TableRow, rows_between
from oneplace.records import Box


def across(height: float, left: float = 57, right: float = 530) -> Box:
    return (left, height, right, height + 0.5)


def down(side: float, bottom: float, top: float) -> Box:
    return (side, bottom, side + 0.5, top)


def test_a_row_lies_between_two_rules_with_sides() -> None:
    rules = [across(700), across(650), across(600)]
    sides = [down(57, 650, 700), down(529, 650, 700), down(57, 600, 650), down(529, 600, 650)]

    rows = rows_between(rules, sides)

    assert [(row.bottom, row.top) for row in rows] == [(650.25, 700.25), (600.25, 650.25)]


def test_the_sides_within_a_row_are_its_cells() -> None:
    sides = [down(57, 600, 700), down(218, 600, 700), down(529, 600, 700)]

    assert rows_between([across(700), across(600)], sides) == [TableRow(600.25, 700.25, (57, 218))]


def test_a_rule_drawn_in_pieces_is_one_rule() -> None:
    rules = [across(700, 57, 218), across(700.4, 218, 530), across(600, 57, 218), across(600, 218, 530)]
    sides = [down(57, 600, 700), down(529, 600, 700)]

    assert len(rows_between(rules, sides)) == 1


def test_what_stands_between_a_table_and_the_rule_of_the_foot_is_no_row() -> None:
    rules = [across(700), across(600), across(39)]
    sides = [down(57, 600, 700), down(529, 600, 700)]

    assert len(rows_between(rules, sides)) == 1


def test_a_page_without_rules_has_no_rows() -> None:
    assert rows_between([], []) == []
