"""A page's lines: clean, in the order in which a person reads them, each bullet before its text."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from oneplace.reading.pages import Line, clean, in_reading_order, with_their_marks


def line(text: str, top: float, left: float = 72.0, bullet: str = "") -> Line:
    return Line(text, 1, (left, top - 12.0, left + 100.0, top), 12.0, False, False, bullet)


LINES = st.lists(st.tuples(st.integers(40, 800), st.sampled_from([72, 90, 300, 410])), max_size=40).map(
    lambda places: [line(f"line {number}", top, left) for number, (top, left) in enumerate(places)]
)


@given(lines=LINES)
def test_reading_order_is_a_permutation(lines: list[Line]) -> None:
    assert Counter(map(id, in_reading_order(list(lines)))) == Counter(map(id, lines))


@given(tops=st.lists(st.integers(40, 800), max_size=40))
def test_lines_drawn_from_the_top_down_stay_as_they_are(tops: list[int]) -> None:
    lines = [line(f"line {number}", top) for number, top in enumerate(sorted(tops, reverse=True))]
    assert in_reading_order(list(lines)) == lines


@given(count=st.integers(2, 30), cut=st.integers(1, 29))
def test_a_run_drawn_late_goes_back_to_its_place(count: int, cut: int) -> None:
    lines = [line(f"line {number}", 780 - 20 * number) for number in range(count)]
    cut = min(cut, count - 1)
    assert in_reading_order(lines[cut:] + lines[:cut]) == lines


def test_the_cells_of_a_row_keep_the_order_in_which_they_were_drawn() -> None:
    row = [line("A question over", 700), line("two lines", 686), line("Good", 700, 400)]
    assert in_reading_order(list(row)) == row


def test_a_column_drawn_after_the_whole_page_goes_before_what_stands_below_it() -> None:
    first, second, prose = line("First question", 700), line("Second question", 660), line("Prose below", 560)
    good, poor = line("Good", 700, 400), line("Inadequate", 660, 400)
    number = line("12", 40, 500)
    assert in_reading_order([first, second, prose, good, poor, number]) == [
        first,
        second,
        good,
        poor,
        prose,
        number,
    ]


def test_bullets_and_numbers_drawn_apart_go_before_their_text() -> None:
    lines = [
        line("", 700, 72, "\u25fc"),
        line("3.", 660, 72),
        line("The first thing", 700, 90),
        line("The third thing", 660, 100),
    ]
    first, third = with_their_marks(lines)
    assert (first.bullet, first.text, first.left) == ("\u25fc", "The first thing", 72.0)
    assert (third.bullet, third.text) == ("", "3. The third thing")


@given(text=st.text(max_size=60))
def test_clean_text_has_single_spaces_and_no_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in cleaned)
    assert clean(cleaned) == cleaned


def test_clean_text_makes_special_spaces_and_hyphens_plain() -> None:
    assert clean("a\u00a0b\u2009c\td\u00ade\u2011f\u200bg\x1b[31mh") == "a b c d-e-fg[31mh"
