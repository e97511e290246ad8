"""Which of two rounds of one inspection tells why their grades are not compared."""

from __future__ import annotations

import pytest

from oneplace.frameworks import NotComparable, compare, framework, why_not_compared


@pytest.mark.parametrize(
    ("earlier", "later", "word"),
    [
        ("PEEL-2018", "PEEL-2021", "With 2021/22 the grades became five"),
        ("PEEL-2021", "PEEL-2023", "The questions of 2023-25"),
        ("PEEL-2018", "PEEL-2023", "The questions of 2023-25"),
    ],
)
def test_the_newer_round_tells_what_changed_with_it(earlier: str, later: str, word: str) -> None:
    one, other = framework(earlier), framework(later)
    assert why_not_compared(one, other).startswith(word)
    assert why_not_compared(other, one) == why_not_compared(one, other)
    key = next(each.key for each in other.questions if one.question(each.key))
    with pytest.raises(NotComparable, match=word):
        compare(one, one.grades[0].key, other, other.grades[0].key, key)


def test_where_grades_may_be_compared_there_is_no_reason_against_it() -> None:
    assert why_not_compared(framework("PEEL-2023"), framework("PEEL-2023")) == ""
    assert why_not_compared(framework("SIF"), framework("ILACS")) == ""
