"""Two ways of writing an authority's name are known to be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.places.names import bare, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bournemouth, Christchurch & Poole", "BOURNEMOUTH CHRISTCHURCH AND POOLE"),
        ("St. Helens", "St Helens"),
        ("King’s Lynn", "Kings Lynn"),
        ("Southend-on-Sea", "southend on sea"),
    ],
)
def test_case_punctuation_and_ampersands_fold_away(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("styled", "plain"),
    [
        ("the London Borough of Hackney", "hackney"),
        ("Royal Borough of Kensington and Chelsea", "kensington and chelsea"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("County Durham", "durham"),
        ("Durham County Council", "durham"),
        ("Council of the Isles of Scilly", "isles of scilly"),
        ("Derby City Council", "derby"),
        ("Kingston upon Hull, City of", "kingston upon hull"),
        ("Wigan MBC", "wigan"),
        ("the Borough of Redcar and Cleveland area", "redcar and cleveland"),
        ("Cheshire East Council", "cheshire east"),
    ],
)
def test_an_authoritys_style_is_not_part_of_its_name(styled: str, plain: str) -> None:
    assert bare(fold(styled)) == plain


def test_the_city_of_london_keeps_its_name_whole() -> None:
    assert bare(fold("City of London Corporation")) == "city of london"
    assert bare(fold("The City of London")) == "city of london"
    assert bare(fold("London Corporation")) == "city of london"


def test_a_name_that_is_only_a_style_stays_what_it_is() -> None:
    assert bare(fold("Council")) == "council"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_something_is_left_of_every_name_that_has_letters(text: str) -> None:
    folded = fold(text)
    assert bool(bare(folded)) == bool(folded)
