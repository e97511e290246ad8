"""Area SEND inspections: three outcomes, and lists in tables that may run over a page."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.pdfs.area_send import IMPROVE, OUTCOMES, PRIORITIES, AreaSend
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_it_gives_every_field_for_each_outcome(read: Read, outcome: str) -> None:
    priorities = PRIORITIES if outcome == "widespread_failings" else ()
    said = read(AreaSend(outcome=outcome, priorities=priorities).sheets())
    assert (said.framework, said.form, said.body.name) == ("area-SEND", "area-send", "Thornmere")
    assert said.title == "Area SEND inspection of Thornmere Local Area Partnership"
    assert (said.inspection_start, said.inspection_end) == (dt.date(2024, 1, 29), dt.date(2024, 2, 2))
    assert (said.published, said.published_source) == (None, None)
    assert said.lead_inspector == "Una Buckland"
    (judgement,) = said.judgements
    assert (judgement.question_key, judgement.grade) == ("send_outcome", outcome)
    assert judgement.grade_printed == OUTCOMES[outcome][0]
    assert tuple(i.text for i in said.improve if i.list_kind == "area_for_improvement") == IMPROVE
    assert (
        tuple((i.responsible_body, i.text) for i in said.improve if i.list_kind == "priority_action")
        == priorities
    )
    assert said.problems == ()


@pytest.mark.parametrize("ruled", [True, False])
def test_a_list_may_run_over_a_page_between_its_rows(read: Read, ruled: bool) -> None:
    said = read(AreaSend(break_within_list=True, ruled=ruled).sheets())
    assert tuple(i.text for i in said.improve) == IMPROVE
    assert len({i.address.page for i in said.improve}) == 2


def test_priority_rows_keep_their_responsible_bodies_over_a_page(read: Read) -> None:
    said = read(
        AreaSend(outcome="widespread_failings", priorities=PRIORITIES, break_within_list=True).sheets()
    )
    assert tuple((i.responsible_body, i.text) for i in said.improve[:2]) == PRIORITIES


def test_an_outcome_and_next_steps_that_disagree_are_both_shown(read: Read) -> None:
    said = read(AreaSend(outcome="positive", next_steps=OUTCOMES["inconsistent"][1]).sheets())
    assert [j.grade for j in said.judgements] == ["positive"]
    assert [(p.kind, p.field) for p in said.problems] == [("grades_disagree", "send_outcome")]


def test_an_outcome_that_is_none_of_the_three_is_told_and_not_guessed(read: Read) -> None:
    said = read(
        AreaSend(
            words="The partnership’s work is mixed, and inspectors will say more of it another day."
        ).sheets()
    )
    assert said.judgements == ()
    assert [p.kind for p in said.problems] == ["grade_unseen"]
