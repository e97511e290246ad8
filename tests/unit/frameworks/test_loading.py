"""A framework is one file; a file that does not say what it must is refused by name and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oneplace.frameworks import InvalidFramework
from oneplace.frameworks.loading import load_editions

GARDENS = """
key = "gardens"
family = "gardens"
name = "Garden review"
publisher = "gardeners"
service = "children"
kind = "inspection"
suffix = ""
starts = 2020-01-01
ends = 2021-12-31
description = "A look at every garden."
source = "Our own"

[[questions]]
key = "roses"
label = "Roses"
printed = ["The roses"]

[[grades]]
key = "blooming"
label = "Blooming"
printed = ["blooming"]
tone = "best"
explanation = "In flower."

[[grades]]
key = "wilting"
label = "Wilting"
printed = ["wilting", "wilted"]
tone = "worst"
explanation = "Thirsty."

[[grades]]
key = "unseen"
label = "Not seen"
printed = ["not seen"]
tone = "neutral"
ranked = false
explanation = "The gate was shut."

[comparability]
with = []
otherwise = "A garden is only like a garden"
source = "Our own"

[cadence]
months = 12
text = "Every spring."
source = "Our own"
"""


def by_grade(grades: str, source: str = 'source = "Our own"') -> str:
    """A rule for some grades, to stand before the cadence's own keys."""
    return f'by_grade = [{{ grades = [{grades}], months = 6, text = "In autumn."{", " if source else ""}{source} }}]'


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes framework files, each given as text by its name, and returns their folder."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        return tmp_path

    return write


def test_a_new_framework_is_one_new_file(folder: Callable[..., Path]) -> None:
    gardens = load_editions(folder(gardens=GARDENS))["gardens"]
    assert [grade.key for grade in gardens.ranked_grades] == ["blooming", "wilting"]
    assert gardens.cadence.months == 12
    assert gardens.comparability.reason == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "gardens"\n', "", "gardens.toml: key: is missing"),
        ('name = "Garden review"', 'name = " "', "gardens.toml: name: is empty"),
        ('name = "Garden review"', "name = 7", "gardens.toml: name: is 7; a str was expected"),
        ('kind = "inspection"', 'kind = "tour"', "gardens.toml: kind: is 'tour'; one of inspection, visit"),
        ("starts = 2020-01-01", 'starts = "soon"', "gardens.toml: starts: is 'soon'; a date was expected"),
        ("ends = 2021-12-31", "ends = 2019-12-31", "gardens.toml: ends: is before starts"),
        (
            'source = "Our own"\n\n[[q',
            'colour = "green"\nsource = "Our own"\n\n[[q',
            "colour: is not something",
        ),
        ('label = "Roses"\n', "", "gardens.toml: questions[1].label: is missing"),
        ('printed = ["The roses"]', "printed = [1]", "questions[1].printed: a list of texts"),
        ('key = "wilting"', 'key = "blooming"', "grades: 'blooming' is there twice"),
        ('"wilted"]', '"Blooming!"]', "grades: 'blooming' is printed for two grades"),
        ('tone = "worst"', 'tone = "brown"', "gardens.toml: grades[2].tone: is 'brown'"),
        ('tone = "worst"', 'tone = "worst"\nranked = false', "grades[2].tone: a grade that is not a level"),
        ("ranked = false\n", "", "grades[3].tone: a grade that is not a level is neutral"),
        ("months = 12", "months = 0", "gardens.toml: cadence.months: is 0"),
        ("months = 12", "months = true", "gardens.toml: cadence.months: is True"),
        ("months = 12", "months = 12\nmonths_most = 18", "cadence.months: stands alone"),
        ("months = 12", "months_least = 12", "cadence.months_most: is missing"),
        (
            "months = 12",
            "months_least = 12\nmonths_most = 6",
            "cadence.months_most: is less than months_least",
        ),
        ("months = 12", by_grade('"weedy"'), "cadence.by_grade: 'weedy' is not one of the grades"),
        ("months = 12", by_grade(""), "cadence.by_grade[1].grades: is empty"),
        ("months = 12", by_grade('"wilting", "wilting"'), "cadence.by_grade: 'wilting' has two rules"),
        ("months = 12", by_grade('"wilting"', source=""), "cadence.by_grade[1].source: is missing"),
        ("with = []", 'with = ["hedges"]\nreason = "green"', "there is no framework 'hedges'"),
        ("with = []", 'with = ["gardens"]', "gardens.toml: comparability.reason: is missing"),
        ('kind = "inspection"', 'kind = "visit"', "gardens.toml: grades: a visit gives no grades"),
        ("[cadence]", "[cadence", "gardens.toml: is not a TOML file"),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(
    folder: Callable[..., Path], old: str, new: str, said: str
) -> None:
    assert old in GARDENS
    with pytest.raises(InvalidFramework) as refused:
        load_editions(folder(gardens=GARDENS.replace(old, new, 1)))
    assert said in str(refused.value)


def test_a_rule_may_be_a_range_and_another_for_some_grades(folder: Callable[..., Path]) -> None:
    more = by_grade('"wilting"') + "\nmonths_least = 12\nmonths_most = 18"
    cadence = load_editions(folder(gardens=GARDENS.replace("months = 12", more)))["gardens"].cadence
    assert (cadence.months, cadence.months_least, cadence.months_most) == (None, 12, 18)
    assert cadence.rule("wilting").months == 6
    assert cadence.rule("wilting").text == "In autumn."
    assert cadence.rule("blooming") is cadence.rule(None) is cadence


def test_a_level_never_comes_after_what_is_not_one(folder: Callable[..., Path]) -> None:
    head, unseen = GARDENS.split('[[grades]]\nkey = "unseen"')
    unseen_grade, tail = unseen.split("[comparability]")
    first = head.replace("[[grades]]\n", f'[[grades]]\nkey = "unseen"{unseen_grade}[[grades]]\n', 1)
    with pytest.raises(InvalidFramework, match="must come before"):
        load_editions(folder(gardens=f"{first}[comparability]{tail}"))


def test_two_files_never_share_a_key(folder: Callable[..., Path]) -> None:
    with pytest.raises(InvalidFramework, match="another file's key"):
        load_editions(folder(one=GARDENS, two=GARDENS))


def test_editions_of_a_family_never_overlap(folder: Callable[..., Path]) -> None:
    later = GARDENS.replace('key = "gardens"', 'key = "gardens-2021"', 1).replace("2020-01-01", "2021-06-01")
    with pytest.raises(InvalidFramework, match=r"gardens\.toml: ends: the next edition"):
        load_editions(folder(gardens=GARDENS, later=later))


def test_frameworks_with_other_grades_may_not_say_that_they_compare(folder: Callable[..., Path]) -> None:
    hedges = (
        GARDENS.replace('"gardens"', '"hedges"')
        .replace('key = "wilting"', 'key = "bare"')
        .replace("with = []", 'with = ["gardens"]\nreason = "green"')
    )
    with pytest.raises(
        InvalidFramework, match=r"hedges\.toml: comparability\.with: 'gardens' has other grades"
    ):
        load_editions(folder(gardens=GARDENS, hedges=hedges))
