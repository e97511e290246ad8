"""What people type: nothing is an error, and each thing means one thing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.evidence.search.typed import MOST_LETTERS, MOST_TERMS, read
from oneplace.evidence.search.words import Term, places, words_of


def term(words: str, begins: bool = False) -> Term:
    return Term(words=tuple(words.split()), begins=begins)


@pytest.mark.parametrize(
    ("typed", "all_of", "none_of"),
    [
        ("private fostering", [["private"], ["fostering"]], []),
        ('"private fostering"', [["private fostering"]], []),
        ("“private fostering” visits", [["private fostering"], ["visits"]], []),
        ("visits OR contact plans", [["visits", "contact"], ["plans"]], []),
        ('"a b" OR "c d"', [["a b", "c d"]], []),
        ("fostering -adoption", [["fostering"]], ["adoption"]),
        ('fostering -"adoption panel"', [["fostering"]], ["adoption panel"]),
        ("fostering –adoption", [["fostering"]], ["adoption"]),
        ("fostering NOT adoption", [["fostering"]], ["adoption"]),
        ("fostering AND adoption", [["fostering"], ["adoption"]], []),
        ("multi-agency", [["multi agency"]], []),
        ("children's", [["childrens"]], []),
        ("children’s", [["childrens"]], []),
        ("Café", [["cafe"]], []),
        ('"unbalanced words', [["unbalanced"], ["words"]], []),
        ("OR fostering OR", [["fostering"]], []),
        ("NEAR(a b)", [["near a"], ["b"]], []),
        ("words: {x}^2", [["words"], ["x 2"]], []),
        ("fostering fostering", [["fostering"]], []),
        ("😀 ! --", [], []),
        ("-only", [], ["only"]),
        ("", [], []),
    ],
)
def test_what_is_typed_means(typed: str, all_of: list[list[str]], none_of: list[str]) -> None:
    query = read(typed)
    assert [[" ".join(each.words) for each in either] for either in query.all_of] == all_of
    assert [" ".join(each.words) for each in query.none_of] == none_of


def test_a_star_asks_for_whatever_begins_so() -> None:
    assert read("assess*").all_of == ((term("assess", begins=True),),)
    assert read("a*").all_of == ((term("a"),),), "of so few letters it asks for the word alone"
    assert read('"risk assess*"').all_of == ((term("risk assess", begins=True),),)


def test_much_is_cut_and_told() -> None:
    assert read("x" * 501).shortened
    assert len(read("y " * 400).text) <= MOST_LETTERS
    many = read(" ".join(f"w{n}" for n in range(40)))
    assert many.shortened
    assert len(many.all_of) == MOST_TERMS
    assert not read("private fostering").shortened


def test_a_query_is_told_in_words_as_it_was_typed() -> None:
    assert read("children's plans").in_words == "children's and plans"
    assert read('"life story" work visits -panel').in_words == "“life story”, work and visits, without panel"
    assert read("a OR b c").in_words == "a or b, and c"
    assert read("assess*").in_words == "words beginning assess"


@given(st.text(max_size=600))
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    query = read(typed)
    for each in (*query.wanted, *query.none_of):
        assert each.words
        assert all(word.isalnum() for word in each.words), each
    assert query.in_words or query.is_empty


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_marks_stand_in_the_text_and_apart(text: str, words: str) -> None:
    found = places(text, [Term(words=(word,)) for word in words_of(words)])
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_words_are_marked_in_every_form_and_phrases_as_one() -> None:
    text = "Children’s plans were planned: the private-fostering Plan."
    marked = [text[start:end] for start, end in places(text, [term("plan"), term("private fostering")])]
    assert marked == ["plans", "planned", "private-fostering", "Plan"]
    assert [text[a:b] for a, b in places(text, [term("childrens")])] == ["Children’s"]
    assert [text[a:b] for a, b in places(text, [term("foster", begins=True)])] == ["fostering"]
