"""The rules' file: reviewed, numbered, and of nothing that no framework has."""

from __future__ import annotations

import datetime as dt

import pytest

from oneplace.evidence.flags import rules as module
from oneplace.evidence.flags.rules import InvalidRule, load, rules, rules_on

TEXT = """
[[rules]]
key = "failing"
version = 1
since = 2020-01-01
colour = "red"
service = "children"
kind = "judgement"
name = "Failing"
threshold = "The lowest grade."
lowered = "A better one."
why = "Children are not safe."
reviewed_by = "Somebody"
reviewed_on = 2020-01-01
next_review = 2021-01-01

[[rules.when]]
editions = ["ILACS"]
questions = ["overall"]
grades = ["inadequate"]
months = 60
"""
SECOND = TEXT.replace("version = 1", "version = 2").replace("since = 2020-01-01", "since = 2022-01-01")


def test_every_rule_says_in_words_what_raises_and_lowers_it_and_when_it_was_gone_through() -> None:
    for rule in rules():
        for words in (rule.threshold, rule.lowered, rule.why):
            assert words.endswith("."), (rule.key, words)
        assert rule.reviewed_on < rule.next_review


def test_there_are_rules_of_both_colours_and_none_names_a_single_word_for_schools() -> None:
    assert {rule.colour for rule in rules()} == {"red", "green"}
    of_schools = [rule for rule in rules() if rule.service == "schools"]
    assert of_schools
    assert {rule.kind for rule in of_schools} == {"statistic"}


def test_a_rule_that_nobody_outside_has_checked_names_nobody() -> None:
    assert [rule.reviewed_by for rule in load(TEXT)] == ["Somebody"]
    assert [rule.reviewed_by for rule in load(TEXT.replace('reviewed_by = "Somebody"\n', ""))] == [""]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('key = "failing"', 'key = "failing"\nkind_of = 1', "kind_of"),
        ('"overall"', '"overal"', "does not ask overal"),
        ('"inadequate"', '"rubbish"', "no grade rubbish"),
        ('"ILACS"', '"ILAC"', "no framework edition 'ILAC'"),
        ('colour = "red"', 'colour = "amber"', "amber"),
        ('why = "Children are not safe."', 'why = " "', "why"),
        ('reviewed_by = "Somebody"', 'reviewed_by = " "', "reviewed_by"),
        ("next_review = 2021-01-01", "next_review = 2020-01-01", "next_review"),
        ("version = 1", "version = 2", "versions are numbered from 1"),
        ("months = 60", "year = 5", "months"),
    ],
)
def test_a_slip_in_the_file_is_refused_with_its_rule(before: str, after: str, told: str) -> None:
    with pytest.raises(InvalidRule, match=told) as refused:
        load(TEXT.replace(before, after))
    assert "failing" in str(refused.value)


def test_a_newer_version_begins_where_the_older_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = load(TEXT + SECOND)
    assert (first.until, second.since, second.until) == (dt.date(2022, 1, 1), dt.date(2022, 1, 1), None)
    monkeypatch.setattr(module, "rules", lambda: (first, second))
    assert [rule.version for rule in rules_on(dt.date(2010, 1, 1))] == [1]
    assert [rule.version for rule in rules_on(dt.date(2022, 1, 1))] == [2]
