"""Flags as the record goes on: once, in order, with their evidence, whatever happens on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oneplace.evidence import actions, models, queries
from oneplace.evidence.errors import RecordIsImmutable
from oneplace.evidence.flags import raising, rules
from oneplace.evidence.queries import FlagView
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord
from tests.unit.evidence.flags.test_rules import SECOND, TEXT
from tests.unit.evidence.making import (
    FETCHED,
    Killed,
    day,
    inspection,
    judgement,
    overview,
    register,
    release,
    report,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BAD = inspection(grade="inadequate")
GOOD_LATER = inspection("2021-03-01", "2021-01-10", "2021-01-14", grade="good")


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def up(as_at: str | None = None, area: str = "alder") -> list[str]:
    return [each.rule.key for each in queries.flags(area, day(as_at) if as_at else None)]


def history(area: str = "alder") -> list[tuple[str, str, str, str]]:
    return [
        (each.rule.key, str(each.raised_on), str(each.lowered_on or ""), each.lowered_why)
        for each in queries.flag_history(area)
    ]


def flag_events() -> list[tuple[str, str, str, str]]:
    found = [each for each in queries.events() if each.kind.startswith("flag_")]
    return [(each.kind, each.field, each.inspection or "", each.release_id.split("/")[0]) for each in found]


def test_a_flag_is_up_from_the_day_its_evidence_was_published_and_names_it() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    (one,) = queries.flags("alder", day("2018-12-14"))
    assert up("2018-12-13") == []
    assert (one.colour, one.service, one.raised_on) == ("red", "children", day("2018-12-14"))
    (evidence,) = one.evidence
    assert (evidence.inspection, evidence.question, evidence.grade) == (
        "ofsted/alder/2018-12-14",
        "overall",
        "inadequate",
    )
    assert (evidence.grade_label, evidence.address.page) == ("Inadequate", 1)
    assert evidence.path == "/inspections/ofsted/alder/2018-12-14/"
    assert one.is_worked_out_later


def test_a_newer_inspection_lowers_it_and_it_stays_in_the_history() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    actions.publish_release(report("b.pdf", "b"), [GOOD_LATER])
    # From inadequate to good is two grades.
    assert up("2021-03-01") == ["children-rose-two-grades"]
    assert up("2021-02-28") == ["children-inadequate"]
    assert ("children-inadequate", "2018-12-14", "2021-03-01", "newer") in history()
    down = next(each for each in queries.flag_history("alder") if each.rule.key == "children-inadequate")
    assert [each.grade for each in down.lowered_by] == ["good"]


def force(round_of: tuple[str, str], published: str | None, grade: str) -> InspectionRecord:
    """A force's grade in a round, of which often only the round is told."""
    begins, ends = (dt.date.fromisoformat(each) for each in round_of)
    return InspectionRecord(
        publisher="hmicfrs",
        framework="PEEL",
        body=BodyRef(kind="police_force", name="Timber Police"),
        inspection_start=begins,
        inspection_end=ends,
        published=dt.date.fromisoformat(published) if published else None,
        published_source="list" if published else None,
        date_precision="day" if published else "round",
        judgements=(judgement("responding", grade), judgement("preventing_crime", grade)),
    )


TIMBER = BodyRecord(
    body_id="timber-police", name="Timber Police", kind="police_force", serves=(AreaRef(area_id="alder"),)
)
ROUNDS = {"2021": ("2021-01-01", "2023-08-31"), "2023": ("2023-09-01", "2025-12-31")}


def of_force(*said: InspectionRecord) -> None:
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [TIMBER, *said])


def test_a_round_whose_day_nobody_tells_does_not_count_against_a_later_round() -> None:
    of_force(
        force(ROUNDS["2021"], None, "inadequate"), force(ROUNDS["2023"], "2023-12-01", "requires_improvement")
    )
    assert up() == []
    assert history() == []


def test_a_round_whose_day_nobody_tells_counts_while_it_is_the_last() -> None:
    of_force(force(ROUNDS["2021"], None, "inadequate"))
    assert up() == ["police-inadequate"]
    assert history()[0][1] == str(FETCHED.date())


def test_of_two_rounds_without_days_the_later_counts() -> None:
    of_force(force(ROUNDS["2021"], None, "inadequate"), force(ROUNDS["2023"], None, "good"))
    assert up() == []


def test_one_that_nothing_newer_bears_out_comes_down_when_it_is_too_old() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    assert up("2023-11-08") == ["children-inadequate"]
    assert up("2023-11-09") == []  # five years after the inspection's last day
    assert history() == [("children-inadequate", "2018-12-14", "2023-11-09", "too_old")]


def test_a_visit_and_a_grade_that_is_no_level_neither_raise_nor_lower() -> None:
    not_judged = inspection("2020-03-01", "2020-01-10", "2020-01-14", grade="not_judged")
    seen = inspection("2019-06-20", "2019-06-01", "2019-06-01", framework="focused-visit", grade=None)
    actions.publish_release(release(), [BAD, not_judged, seen])
    assert up("2020-06-01") == ["children-inadequate"]


def test_publishing_again_and_in_another_order_comes_to_the_same() -> None:
    actions.publish_release(report("b.pdf", "b"), [GOOD_LATER])
    actions.publish_release(report("a.pdf"), [BAD])
    first = history()
    steps = models.FlagStep.objects.count()
    actions.publish_release(report("a.pdf"), [BAD])
    assert actions.raise_flags() == 0
    assert (history(), models.FlagStep.objects.count()) == (first, steps)
    assert [each[:3] for each in sorted(first)] == [
        ("children-inadequate", "2018-12-14", "2021-03-01"),
        ("children-rose-two-grades", "2021-03-01", "2026-01-14"),
    ]


def test_a_better_source_for_the_same_grade_writes_nothing() -> None:
    actions.publish_release(overview(), [BAD])
    steps = models.FlagStep.objects.count()
    actions.publish_release(report("a.pdf", retrieved_at=FETCHED + DAY), [BAD])
    assert models.FlagStep.objects.count() == steps


def test_the_change_log_tells_what_is_raised_and_lowered_once_and_not_of_a_first_load(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: day("2023-06-01"))
    actions.publish_release(report("a.pdf"), [replace(BAD, judgements=(judgement(grade="good"),))])
    assert flag_events() == []
    fallen = inspection("2021-03-01", "2021-01-10", "2021-01-14", grade="inadequate")
    actions.publish_release(report("b.pdf", "b"), [fallen])
    actions.publish_release(report("b.pdf", "b"), [fallen])
    raised = ("flag_raised", "ofsted/alder/2021-03-01", "ofsted_reports")
    assert flag_events() == [
        (raised[0], "flag:children-fell-two-grades", *raised[1:]),
        (raised[0], "flag:children-inadequate", *raised[1:]),
    ]
    risen = inspection("2023-03-01", "2023-01-10", "2023-01-14", grade="requires_improvement")
    actions.publish_release(report("c.pdf", "c"), [risen])
    assert [each[:2] for each in flag_events()[2:]] == [
        ("flag_lowered", "flag:children-fell-two-grades"),
        ("flag_lowered", "flag:children-inadequate"),
    ]
    numbers = [each.sequence for each in queries.events()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_correction_takes_back_what_was_a_mistake() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    actions.correct(
        "ofsted/alder/2018-12-14",
        "judgement:overall",
        "good",
        reason="misread",
        evidence="p. 1",
        decided_by="A",
    )
    assert (up("2019-01-01"), history()) == ([], [])
    assert [each.kind for each in models.FlagStep.objects.order_by("pk")] == ["raised", "withdrawn"]
    actions.correct(
        "ofsted/alder/2018-12-14", "judgement:overall", None, reason="no", evidence="p. 1", decided_by="A"
    )
    assert up("2019-01-01") == ["children-inadequate"]


def test_a_release_that_is_withdrawn_takes_its_flags_with_it() -> None:
    name = actions.publish_release(report("a.pdf"), [BAD]).release_id
    actions.withdraw_release(name)
    assert history() == []


def test_a_run_killed_before_its_flags_leaves_them_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.publish_release(report("z.pdf", "z"), [inspection(body="Birch")])

    def killed(*arguments: Any) -> int:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(raising.Round, "_write", killed)
        with pytest.raises(Killed):
            actions.publish_release(report("a.pdf"), [BAD])
    assert history() == []
    other = inspection("2022-03-01", "2022-01-10", "2022-01-14", body="Birch")
    actions.publish_release(report("b.pdf", "b"), [other])
    assert up("2019-01-01") == ["children-inadequate"]
    assert flag_events() == []  # it is too old to be up: no news
    assert actions.raise_flags() == 0


def test_it_comes_down_with_its_council() -> None:
    in_2020 = inspection("2020-12-14", "2020-10-29", "2020-11-09", body="Cumbria", grade="inadequate")
    actions.publish_release(report("a.pdf"), [in_2020])
    assert history("cumbria") == [("children-inadequate", "2020-12-14", "2023-04-01", "ended")]
    assert history("cumberland") == []


def test_a_rule_that_changes_lowers_its_flags_and_raises_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first = rules.load(TEXT)
    monkeypatch.setattr(raising, "rules", lambda: first)
    monkeypatch.setattr("oneplace.evidence.flags.queries.rules", lambda: first)
    actions.publish_release(report("a.pdf"), [BAD])
    assert history() == [("failing", "2018-12-14", "2023-11-09", "too_old")]
    both = rules.load(TEXT + SECOND)
    monkeypatch.setattr(raising, "rules", lambda: both)
    monkeypatch.setattr(raising, "digest", lambda: "another")
    monkeypatch.setattr("oneplace.evidence.flags.queries.rules", lambda: both)
    assert actions.raise_flags() == 2
    assert [(each.rule.version, str(each.raised_on), each.lowered_why) for each in _all()] == [
        (2, "2022-01-01", "too_old"),
        (1, "2018-12-14", "rule_changed"),
    ]


def _all() -> tuple[FlagView, ...]:
    return queries.flag_history("alder")


def test_what_is_kept_is_never_changed_or_removed() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    for row in (models.Flag.objects.get(), models.FlagStep.objects.get(), models.FlagRound.objects.get()):
        with pytest.raises(RecordIsImmutable):
            row.save()
        with pytest.raises(RecordIsImmutable):
            row.delete()


def test_flags_take_one_question_where_the_bodies_are_known_and_three_where_not() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    with CaptureQueriesContext(connection) as asked:
        queries.flags("alder", bodies=["alder"])
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        queries.flags("alder")
    assert len(asked) == 3


def test_flags_up_in_england_are_chosen_by_colour_service_and_region() -> None:
    actions.publish_release(report("a.pdf"), [BAD])
    on = day("2019-01-01")
    for chosen, count in (
        ({}, 1),
        ({"colour": "red"}, 1),
        ({"colour": "green"}, 0),
        ({"service": "police"}, 0),
        ({"region": "North West"}, 1),
        ({"region": "London"}, 0),
    ):
        assert len(queries.flags_raised(on, **chosen)) == count, chosen
