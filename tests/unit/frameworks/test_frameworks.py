"""What frameworks ask, the grades they give, and what is never compared."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.frameworks import (
    Framework,
    Grade,
    NotComparable,
    UnknownFramework,
    UnknownGrade,
    compare,
    edition,
    families,
    framework,
    frameworks,
    grade_label,
    grade_of,
)

Side = tuple[Framework, str]  # a framework and the key of one of its grades
GradeOf = tuple[Framework, Grade]

EDITIONS = list(frameworks().values())
GRADED = [each for each in EDITIONS if each.grades]

editions = st.sampled_from(EDITIONS)
graded_sides = st.sampled_from([(each, grade.key) for each in GRADED for grade in each.ranked_grades])
question_keys = st.sampled_from(sorted({question.key for each in EDITIONS for question in each.questions}))


def test_every_family_that_records_and_readings_name_has_an_edition() -> None:
    assert {each.family for each in EDITIONS} >= {
        "annual-rating", "SIF", "SIF-reinspection", "LAC-2013", "LSCB-review only", "ILACS", "focused-visit",
        "monitoring-visit", "area-SEND",
    }  # fmt: skip


def test_the_overall_grade_of_ilacs_ended_in_march_2026() -> None:
    before, after = edition("ILACS", dt.date(2026, 3, 31)), edition("ILACS", dt.date(2026, 4, 1))
    assert (before.key, after.key) == ("ILACS", "ILACS-2026")
    assert before.question("overall") is not None
    assert after.question("overall") is None


def test_children_in_care_and_care_leavers_are_two_questions_since_2023() -> None:
    ilacs = framework("ILACS")
    asked_2022 = {q.key for q in ilacs.questions if q.asked(dt.date(2022, 12, 31))}
    asked_2023 = {q.key for q in ilacs.questions if q.asked(dt.date(2023, 1, 1))}
    both_years = {"overall", "leadership", "help_and_protection"}
    assert asked_2022 == both_years | {"care_and_leavers"}
    assert asked_2023 == both_years | {"care", "care_leavers"}


@pytest.mark.parametrize("each", EDITIONS, ids=lambda each: each.key)
def test_public_ids_have_a_suffix_for_everything_but_full_inspections_of_a_council(each: Framework) -> None:
    if (each.publisher, each.service) != ("ofsted", "children"):
        assert re.fullmatch(r"[a-z0-9]*(-[a-z0-9]+)*", each.suffix)
        return
    suffixes = {
        "annual-rating": "annual-rating",
        "LSCB-review only": "lscb-review",
        "focused-visit": "focused-visit",
        "monitoring-visit": "monitoring-visit",
        "area-SEND": "area-send",
    }
    assert each.suffix == suffixes.get(each.key, "")


@pytest.mark.parametrize(
    ("family", "on", "key"),
    [
        ("SIF", dt.date(2014, 6, 1), "SIF"),
        ("SIF", dt.date(2031, 6, 1), "SIF"),
        ("ILACS", dt.date(1999, 1, 1), "ILACS"),
        ("ILACS", None, "ILACS-2026"),
        ("area-SEND", None, "area-SEND"),
    ],
)
def test_a_misprinted_or_missing_date_still_has_an_edition(family: str, on: dt.date | None, key: str) -> None:
    assert edition(family, on).key == key


def test_an_unknown_family_or_key_says_which_there_are() -> None:
    with pytest.raises(UnknownFramework, match="ILACS"):
        edition("CQC", None)
    with pytest.raises(UnknownFramework, match="area-SEND"):
        framework("CQC")


@pytest.mark.parametrize(
    ("key", "printed", "grade"),
    [
        ("ILACS", "Requires improvement to be good", "requires_improvement"),
        ("ILACS", "requires  improvement", "requires_improvement"),
        ("SIF", "Require improvement", "requires_improvement"),
        ("SIF", "require improvement to be Good", "requires_improvement"),
        ("SIF", "Not Judged", "not_judged"),
        ("LAC-2013", "Grade 3 (Adequate)", "adequate"),
        ("LAC-2013", "Grade 4 (inadequate)", "inadequate"),
        ("annual-rating", "performs_poorly", "performs_poorly"),
        ("annual-rating", "Performs excellently", "performs_excellently"),
        (
            "area-SEND",
            "The partnership’s arrangements lead to inconsistent experiences and outcomes for children.",
            "inconsistent",
        ),
        (
            "area-SEND",
            "There are widespread and/or systemic failings that the partnership must put right.",
            "widespread_failings",
        ),
        ("area-SEND", "These typically lead to positive experiences and outcomes.", "positive"),
    ],
)
def test_a_printed_grade_is_known_however_it_is_worded(key: str, printed: str, grade: str) -> None:
    assert grade_of(framework(key), printed) == grade


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("annual-rating", "inadequate"),
        ("ILACS", "poor"),
        ("ILACS", "adequate"),
        ("ILACS", ""),
        ("ILACS", "not good"),
        ("focused-visit", "good"),
        ("area-SEND", "good"),
    ],
)
def test_a_grade_of_another_framework_is_refused_with_what_was_expected(key: str, printed: str) -> None:
    with pytest.raises(UnknownGrade) as refused:
        grade_of(framework(key), printed)
    assert framework(key).name in str(refused.value)
    assert all(grade.label in str(refused.value) for grade in framework(key).grades)


@given(st.sampled_from([(each, grade) for each in GRADED for grade in each.grades]), st.data())
def test_every_printed_form_means_its_grade_in_any_case(side: GradeOf, data: st.DataObject) -> None:
    each, grade = side
    form = data.draw(st.sampled_from([grade.key, grade.label, *grade.printed]))
    if form == grade.label and each.key == "area-SEND":
        return  # the label is ours: a report prints a sentence
    assert grade_of(each, data.draw(st.sampled_from([form, form.upper(), f" {form}. "]))) == grade.key


def test_a_grade_is_printed_by_its_label() -> None:
    assert grade_label(framework("ILACS-2026"), "requires_improvement") == "Requires improvement to be good"
    with pytest.raises(UnknownGrade, match="performs_poorly"):
        grade_label(framework("annual-rating"), "inadequate")


@given(graded_sides, graded_sides, question_keys)
def test_comparing_the_other_way_round_gives_the_opposite(a: Side, b: Side, question: str) -> None:
    opposite = {"better": "worse", "worse": "better", "same": "same"}
    try:
        there = compare(*a, *b, question)
    except NotComparable:
        with pytest.raises(NotComparable):
            compare(*b, *a, question)
    else:
        assert compare(*b, *a, question) == opposite[there]


@given(st.sampled_from(GRADED), st.data())
def test_the_order_of_a_frameworks_grades_is_total(each: Framework, data: st.DataObject) -> None:
    keys = st.sampled_from([grade.key for grade in each.ranked_grades])
    one, two, three = (data.draw(keys) for _ in range(3))
    question = each.questions[0].key

    def at_least(later: str, earlier: str) -> bool:
        return compare(each, earlier, each, later, question) in ("better", "same")

    assert at_least(one, two) or at_least(two, one)
    assert not (at_least(one, two) and at_least(two, three)) or at_least(one, three)
    assert (compare(each, one, each, two, question) == "same") == (one == two)


@given(graded_sides, graded_sides, question_keys)
def test_annual_ratings_and_the_inspections_of_2013_compare_with_nothing_else(
    a: Side, b: Side, question: str
) -> None:
    alone = {"annual-rating", "LAC-2013", "area-SEND"}
    if a[0].key != b[0].key and alone & {a[0].key, b[0].key}:
        with pytest.raises(NotComparable):
            compare(*a, *b, question)


@pytest.mark.parametrize(
    ("earlier", "later", "question", "change"),
    [
        (("SIF", "inadequate"), ("SIF-reinspection", "requires_improvement"), "overall", "better"),
        (("SIF", "good"), ("ILACS", "requires_improvement"), "overall", "worse"),
        (("SIF", "requires_improvement"), ("ILACS", "requires_improvement"), "overall", "same"),
        (("ILACS", "good"), ("ILACS-2026", "outstanding"), "leadership", "better"),
        (("LSCB-review only", "inadequate"), ("SIF", "good"), "lscb", "better"),
        (("annual-rating", "performs_poorly"), ("annual-rating", "performs_well"), "overall", "better"),
        (("area-SEND", "positive"), ("area-SEND", "widespread_failings"), "send_outcome", "worse"),
    ],
)
def test_a_later_grade_is_better_or_worse_where_the_scale_is_one(
    earlier: tuple[str, str], later: tuple[str, str], question: str, change: str
) -> None:
    (before, was), (after, now) = earlier, later
    assert compare(framework(before), was, framework(after), now, question) == change


@pytest.mark.parametrize(
    ("earlier", "later", "question", "reason"),
    [
        (("annual-rating", "performs_poorly"), ("SIF", "inadequate"), "overall", "is not 'inadequate'"),
        (("LAC-2013", "adequate"), ("SIF", "good"), "overall", "'adequate' that was dropped"),
        (("ILACS", "good"), ("ILACS-2026", "good"), "overall", "there is no grade for “Overall”"),
        (("ILACS", "good"), ("SIF", "good"), "care_and_leavers", "there is no grade"),
        (("SIF", "not_judged"), ("ILACS", "good"), "care", "No grade was given"),
        (("area-SEND", "positive"), ("ILACS", "good"), "overall", "three outcomes"),
        (("ILACS", "good"), ("area-SEND", "positive"), "overall", "three outcomes"),
        (("LSCB-review only", "good"), ("ILACS", "good"), "overall", "the board and not the council"),
    ],
)
def test_what_is_not_comparable_says_why(
    earlier: tuple[str, str], later: tuple[str, str], question: str, reason: str
) -> None:
    (before, was), (after, now) = earlier, later
    with pytest.raises(NotComparable) as refused:
        compare(framework(before), was, framework(after), now, question)
    assert reason in str(refused.value)


@pytest.mark.parametrize("key", ["focused-visit", "monitoring-visit"])
def test_visits_are_never_compared(key: str) -> None:
    with pytest.raises(NotComparable, match="no grade"):
        compare(framework(key), "good", framework(key), "good", "overall")


def test_comparing_a_grade_that_a_framework_does_not_have_is_an_error_and_no_verdict() -> None:
    with pytest.raises(UnknownGrade, match="adequate"):
        compare(framework("SIF"), "adequate", framework("ILACS"), "good", "overall")


def test_the_families_of_a_service_are_told_apart_by_the_kind_of_body_that_they_inspect() -> None:
    councils = families("children", "local_authority")
    assert "ILACS" in councils
    assert "social-care" not in councils
    assert councils < families("children")
    assert "PEEL" in families("police", "police_force")
