"""What a point is about, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.improvement.topics import (
    Frequencies,
    count,
    gists,
    published_frequencies,
    topics,
    topics_of,
    words,
)

FEW = Frequencies(points=9, topics={"plans": 9, "private_fostering": 1}, stems={"clear": 4})


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Find out which children are privately fostered.", "private_fostering"),
        ("Interviews with children on their return home.", "return_home_interviews"),
        ("RHIs that happen too late.", "return_home_interviews"),
        ("The challenge that IROs bring.", "independent_reviewing_officers"),
        ("PEPs that set no targets.", "personal_education_plans"),
        ("How the LADO keeps count of allegations.", "designated_officer"),
        ("Managers’ daily oversight of visits.", "management_oversight"),
        ("Contacts that wait in the MASH.", "front_door"),
        ("Children's life-story books and life story work.", "life_story_work"),
    ],
)
def test_a_topic_is_found_whatever_the_words_endings_and_abbreviations(text: str, topic: str) -> None:
    assert topic in topics_of(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Give social workers sufficient time.", "placement_sufficiency"),
        ("Independent advice for parents.", "transition_to_adulthood"),
        ("Suitable accommodation near the town.", "edge_of_care"),
        ("Adopt one way of working.", "adoption"),
        ("Keep in contact with grandparents.", "front_door"),
    ],
)
def test_a_word_that_only_shares_its_stem_is_not_taken_for_the_topic(text: str, topic: str) -> None:
    assert topic not in topics_of(text)


def test_a_narrow_topic_brings_the_wider_one_that_it_is_a_part_of() -> None:
    assert topics_of("Return home interviews.") >= {"return_home_interviews", "missing_children"}


def test_a_gap_in_a_phrase_is_at_most_four_words() -> None:
    near = "Strategy one two three four meetings."
    far = "Strategy one two three four five meetings."
    assert "strategy_discussions" in topics_of(near)
    assert "strategy_discussions" not in topics_of(far)


def test_possessives_do_not_change_a_word() -> None:
    assert [word.stem for word in words("Children’s plans")] == [word.stem for word in words("children plan")]


def test_what_few_reports_say_weighs_more_than_what_most_say() -> None:
    (gist,) = gists("Plans for children in private fostering.", FEW)
    assert gist.topics["plans"] == 0
    assert gist.topics["private_fostering"] > 1


def test_what_a_point_is_for_counts_half_of_what_it_is_about() -> None:
    (about,) = gists("The use of chronologies in every team.", FEW)
    (purpose,) = gists("The work of every team so that there are chronologies.", FEW)
    assert purpose.topics["chronologies"] == about.topics["chronologies"] / 2


def test_ensuring_something_at_the_start_is_not_a_purpose() -> None:
    (plain,) = gists("Private fostering is known about.", FEW)
    (ensured,) = gists("Ensure that private fostering is known about.", FEW)
    assert plain.topics == ensured.topics


def test_a_point_that_lists_several_has_a_gist_for_each() -> None:
    limbs = gists("Oversight of: – private fostering – advocacy – chronologies.", FEW)
    assert [sorted(limb.topics.keys() - {"oversight"}) for limb in limbs] == [
        ["private_fostering"],
        ["advocacy"],
        ["chronologies"],
    ]


def test_frequencies_count_points_and_leave_out_what_was_said_once() -> None:
    counted = count(["Plans and more plans.", "Plans, at last.", "Advocacy."])
    assert counted.points == 3
    assert counted.topics == {"plans": 2, "advocacy": 1}
    assert counted.stems == {"plan": 2}


def test_every_topic_is_one_that_reports_speak_of_or_is_known_to_be_rare() -> None:
    unseen = topics().keys() - published_frequencies().topics.keys()
    assert unseen <= {"radicalisation", "safer_recruitment"}


def test_the_parts_of_a_topic_lead_to_no_circle() -> None:
    for topic in topics().values():
        for wider in topic.within:
            assert topic.key not in topics()[wider].within


@given(st.text(max_size=300))
def test_any_text_at_all_has_gists(text: str) -> None:
    for gist in gists(text, FEW):
        assert gist.stems.keys() == gist.written.keys()
        assert gist.topics.keys() <= topics().keys()
