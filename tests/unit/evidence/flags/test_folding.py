"""From observations to flags that go up, are borne out and come down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from oneplace.evidence.flags.folding import courses
from oneplace.evidence.flags.observing import Observation
from oneplace.evidence.flags.rules import Rule, load
from tests.unit.evidence.flags.test_rules import SECOND, TEXT

(RULE,) = load(TEXT)


def day(year: int, month: int = 1) -> dt.date:
    return dt.date(year, month, 1)


def seen(on: dt.date, meets: bool, until: dt.date | None = None, order: str = "") -> Observation:
    return Observation(day=on, order=(order,), meets=meets, until=until, evidence=({"inspection": str(on)},))


def told(
    *observations: Observation, rule: Rule = RULE, ended: dt.date | None = None
) -> list[list[tuple[str, dt.date, str]]]:
    return [
        [(step.kind, step.on, step.reason) for step in course.steps]
        for course in courses(rule, "alder", observations, ended)
    ]


def test_it_is_raised_borne_out_and_lowered_by_what_is_newer() -> None:
    assert told(seen(day(2020), True), seen(day(2021), True), seen(day(2022), False)) == [
        [("raised", day(2020), ""), ("confirmed", day(2021), ""), ("lowered", day(2022), "newer")]
    ]


def test_the_order_in_which_it_is_learnt_is_no_matter() -> None:
    some = [seen(day(2022), False), seen(day(2020), True)]
    assert told(*some) == told(*reversed(some))


def test_one_that_grew_too_old_is_raised_anew() -> None:
    assert told(seen(day(2010), True, day(2015)), seen(day(2016), True, day(2021))) == [
        [("raised", day(2010), "")],
        [("raised", day(2016), "")],
    ]


def test_evidence_on_the_day_on_which_it_would_be_too_old_still_bears_it_out() -> None:
    assert told(seen(day(2010), True, day(2011)), seen(day(2011), True, day(2012))) == [
        [("raised", day(2010), ""), ("confirmed", day(2011), "")]
    ]


def test_evidence_that_is_too_old_when_it_is_published_raises_nothing() -> None:
    assert told(seen(day(2020), True, day(2019))) == []


def test_what_went_up_and_came_down_on_one_day_was_no_flag() -> None:
    assert told(seen(day(2020), True, order="a"), seen(day(2020), False, order="b")) == []


def test_nothing_is_raised_by_what_does_not_meet_the_rule_or_is_not_there() -> None:
    assert told(seen(day(2020), False)) == []
    assert told() == []


def test_it_comes_down_when_its_council_ends() -> None:
    assert told(seen(day(2020), True, day(2025)), seen(day(2024), True), ended=day(2023)) == [
        [("raised", day(2020), ""), ("lowered", day(2023), "ended")]
    ]
    assert told(seen(day(2010), True, day(2015)), ended=day(2023)) == [[("raised", day(2010), "")]]


def test_a_new_version_lowers_the_flags_of_the_old_and_raises_its_own() -> None:
    first, second = load(TEXT + SECOND)
    some = [seen(day(2020), True, day(2025)), seen(day(2023), False)]
    assert told(*some, rule=first) == [[("raised", day(2020), ""), ("lowered", day(2022), "rule_changed")]]
    assert told(*some, rule=second) == [[("raised", day(2022), ""), ("lowered", day(2023), "newer")]]
    assert told(seen(day(2010), True, day(2015)), rule=second) == []
    assert told(seen(day(2010), True), seen(day(2011), False), rule=second) == []
    assert told(seen(day(2023), True), rule=first) == []


def test_a_version_that_ended_says_nothing_of_later_days() -> None:
    first, _ = load(TEXT + SECOND)
    (course,) = courses(first, "alder", [seen(day(2021), True, day(2026)), seen(day(2024), False)])
    assert replace(course.steps[-1], evidence=()).on == day(2022)
