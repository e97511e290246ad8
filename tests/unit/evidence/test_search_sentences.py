"""Where a passage stands, its sentences, and how each of them reads."""

from __future__ import annotations

import pytest

from oneplace.evidence.search.sections import place_of, section_of, sections
from oneplace.evidence.search.sentences import reads, split


@pytest.mark.parametrize(
    ("heading", "section", "place"),
    [
        ("The experiences and progress of children who need help and protection", "help_and_protection", ""),
        ("The experiences and progress of children in care and care leavers", "care_and_leavers", ""),
        ("The experiences and progress of children in care", "care", ""),
        ("The experiences and progress of children looked after and achieving permanence", "care", ""),
        ("Experiences and progress of care leavers", "care_leavers", ""),
        ("The impact of leaders on social work practice with children and families", "leadership", ""),
        ("Leadership, management and governance", "leadership", ""),
        ("Adoption performance", "adoption", ""),
        ("The Local Safeguarding Children Board: executive summary", "safeguarding_board", ""),
        ("Key strengths and weaknesses of the LSCB", "safeguarding_board", ""),
        ("The LSCB’s strengths", "safeguarding_board", "strength"),
        ("The local authority has the following strengths:", "strengths", "strength"),
        ("Areas of strength", "strengths", "strength"),
        ("What is the area partnership doing that is effective?", "strengths", "strength"),
        ("What does the area partnership need to do better?", "needs_to_improve", "weakness"),
        ("Areas for priority action", "needs_to_improve", "weakness"),
        ("Executive summary", "summary", ""),
        ("Headline findings", "summary", ""),
        ("Main findings", "findings", ""),
        ("A heading that nobody has printed yet", "findings", ""),
    ],
)
def test_a_heading_is_a_part_of_reports_and_says_what_stands_under_it(
    heading: str, section: str, place: str
) -> None:
    assert (section_of(heading).key, place_of(heading)) == (section, place)


def test_every_part_has_a_name_and_its_questions_are_those_of_frameworks() -> None:
    from oneplace.frameworks import frameworks

    asked = {question.key for each in frameworks().values() for question in each.questions}
    for part in sections().values():
        assert part.label
        assert set(part.questions) <= asked, part.key


def test_sentences_end_where_they_end_and_nothing_is_lost() -> None:
    text = "Plans are good. They work, e.g. at home. “Quoted.” 12 of them fail. (Recommendation)"
    assert split(text) == [
        "Plans are good.",
        "They work, e.g. at home.",
        "“Quoted.”",
        "12 of them fail. (Recommendation)",
    ]
    assert split("No stop at all") == ["No stop at all"]
    assert split("") == []


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Visits are regular and plans are of a high quality.", "strength"),
        ("Managers know their service well.", "strength"),
        ("Plans are not always of a high quality.", "weakness"),
        ("Visits are late and records are poor.", "weakness"),
        ("There is a lack of robust oversight.", "weakness"),
        ("Although training is good, few staff attend and visits are delayed.", "weakness"),
        ("Training is good but visits are delayed.", ""),
        ("The panel meets in March.", ""),
        ("Decisions are made well and without delay.", "strength"),
        ("Strengths and difficulties questionnaires are filled in.", ""),
        ("", ""),
    ],
)
def test_a_sentence_reads_as_praise_or_as_criticism_or_as_neither(sentence: str, stance: str) -> None:
    assert reads(sentence) == stance
