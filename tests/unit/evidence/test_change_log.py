"""What loading changed: every change once, in order, whatever happened on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from oneplace.evidence import actions, models, publishing, queries
from oneplace.evidence.views import SourceRef
from oneplace.places.actions import load_bodies
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord
from tests.unit.evidence.making import (
    FETCHED,
    edition,
    inspection,
    overview,
    rated,
    register,
    release,
    report,
    visit,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def log(**wanted: Any) -> list[tuple[str, ...]]:
    """Kind, inspection and what changed, of every event."""
    return [
        (each.kind, each.inspection or "", each.field, each.before, each.after)
        for each in queries.events(**wanted)
    ]


def test_an_inspection_first_known_is_new_once() -> None:
    actions.publish_release(release(), [inspection(), visit()])
    actions.publish_release(report("a.pdf"), [inspection()])
    actions.publish_release(release(content="b", retrieved_at=FETCHED + DAY), [inspection(), visit()])
    news = [each for each in queries.events() if each.kind == "new"]
    assert [(each.sequence, each.position, each.inspection, each.body_id) for each in news] == [
        (1, 1, "ofsted/alder/2018-12-14", "alder"),
        (2, 2, "ofsted/alder/2019-06-20-focused-visit", "alder"),
    ]
    assert (news[0].field, news[0].after, str(news[0].on)) == ("judgement:overall", "good", "2018-12-14")


def test_a_grade_is_held_against_the_one_before_that_it_may_be_compared_with() -> None:
    actions.publish_release(release(), [inspection(grade="inadequate")])
    later = inspection("2022-03-01", "2022-01-10", "2022-01-14", grade="good")
    actions.publish_release(report("b.pdf", "b"), [visit(), later])
    (changed,) = [each for each in queries.events() if each.kind == "changed_grade"]
    assert (changed.inspection, changed.field) == ("ofsted/alder/2022-03-01", "judgement:overall")
    assert (changed.before, changed.after, changed.direction) == ("inadequate", "good", "better")
    assert str(changed.on) == "2022-03-01"


def test_a_grade_is_held_against_an_inspection_of_the_same_file_whatever_its_place_in_it() -> None:
    actions.publish_release(
        release(),
        [
            inspection("2022-03-01", "2022-01-10", "2022-01-14", grade="inadequate"),
            inspection(grade="good"),
        ],
    )
    assert [(e.inspection, e.direction) for e in queries.events() if e.kind == "changed_grade"] == [
        ("ofsted/alder/2022-03-01", "worse")
    ]


def test_the_same_grade_again_is_no_change_of_grade() -> None:
    actions.publish_release(release(), [inspection(grade="good")])
    actions.publish_release(report("b.pdf"), [inspection("2022-03-01", "2022-01-10", None, grade="good")])
    assert [each.kind for each in queries.events()] == ["new", "new"]


def test_grades_of_frameworks_that_may_not_be_compared_are_never_held_against_each_other() -> None:
    rating = inspection("2009-12-09", None, None, framework="annual-rating", grade="performs_well")
    actions.publish_release(release(), [rating])
    actions.publish_release(report("b.pdf"), [inspection(grade="inadequate")])
    assert [each.kind for each in queries.events()] == ["new", "new"]


def test_a_newer_file_that_says_otherwise_corrects_what_was_shown() -> None:
    actions.publish_release(release(), [inspection(grade="good")])
    newer = release(content="b", retrieved_at=FETCHED + DAY)
    published = actions.publish_release(newer, [inspection("2018-12-17", grade="inadequate")])
    superseded, published_on, overall = queries.events(since=1)
    assert (superseded.kind, superseded.before, superseded.after) == (
        "superseded",
        published.superseded[0],
        published.release_id,
    )
    assert (superseded.inspection, superseded.body_id) == ("ofsted/alder/2018-12-14", "alder")
    assert (published_on.kind, published_on.field) == ("corrected", "published")
    assert (published_on.before, published_on.after) == ("2018-12-14", "2018-12-17")
    assert (overall.field, overall.before, overall.after, overall.direction) == (
        "judgement:overall",
        "good",
        "inadequate",
        "worse",
    )


def test_what_changes_nothing_that_is_shown_is_no_event() -> None:
    actions.publish_release(release(), [inspection(grade="good")])
    actions.publish_release(overview(), [inspection(grade="inadequate")])
    assert [each.kind for each in queries.events()] == ["new"]


def test_a_newer_edition_corrects_and_an_older_that_comes_late_does_not() -> None:
    actions.publish_release(edition(2), [rated("a", "good")])
    actions.publish_release(edition(1), [rated("a", "inadequate")])
    assert [each.kind for each in queries.events()] == ["new"]
    actions.publish_release(edition(3), [rated("a", "outstanding")])
    (corrected,) = queries.events(since=1)
    assert (corrected.kind, corrected.before, corrected.after) == ("corrected", "good", "outstanding")


def test_a_release_that_is_taken_back_is_told() -> None:
    published = actions.publish_release(report("a.pdf"), [inspection()])
    actions.withdraw_release(published.release_id)
    (event,) = queries.events(since=1)
    assert (event.kind, event.before, event.inspection) == (
        "withdrawn",
        published.release_id,
        "ofsted/alder/2018-12-14",
    )


def test_a_release_behind_a_newer_one_changes_nothing() -> None:
    actions.publish_release(release(content="b", retrieved_at=FETCHED + DAY), [inspection()])
    actions.publish_release(
        release(content="a"), [inspection(grade="inadequate"), visit("2018-01-20", "2018-01-01")]
    )
    assert [each.kind for each in queries.events()] == ["new"]


def test_a_first_load_is_marked_however_many_releases_it_is() -> None:
    several = [(report(f"{n}.pdf", str(n)), [inspection(f"20{n}-03-01", None, None)]) for n in (10, 13, 16)]
    list(actions.publish_many(several))
    actions.publish_release(report("19.pdf", "19"), [inspection("2019-03-01", None, None)])
    assert [each.first_load for each in queries.events()] == [True, True, True, False]
    assert [each.inspection for each in queries.events(include_first_load=False)] == [
        "ofsted/alder/2019-03-01"
    ]


def test_a_first_load_that_was_killed_goes_on_being_the_first() -> None:
    def killed() -> Any:
        yield report("10.pdf", "10"), [inspection("2010-03-01", None, None)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        for _ in actions.publish_many(killed()):
            pass
    several = [(report(f"{n}.pdf", str(n)), [inspection(f"20{n}-03-01", None, None)]) for n in (10, 13)]
    list(actions.publish_many(several))
    actions.publish_release(report("19.pdf", "19"), [inspection("2019-03-01", None, None)])
    assert [each.first_load for each in queries.events()] == [True, True, False]


def test_the_log_can_be_read_from_where_one_left_off_and_by_kind_and_body() -> None:
    records = [inspection(), inspection(body="Birch"), visit(body="Birch")]
    actions.publish_release(release(), records)
    assert [each.sequence for each in queries.events(since=1, limit=1)] == [2]
    assert {each.body_id for each in queries.events(body_ids=["birch"])} == {"birch"}
    assert len(queries.events(area_id="birch")) == 2
    assert queries.events(kinds=["withdrawn"]) == ()


def test_what_happens_to_a_body_that_serves_an_area_is_found_by_the_area() -> None:
    force = BodyRecord(
        body_id="wood-police", name="Wood Police", kind="police_force", serves=(AreaRef(area_id="alder"),)
    )
    load_bodies([force], "bodies/1")
    actions.publish_release(release(), [of_force()])
    assert [each.body_id for each in queries.events(area_id="alder")] == ["wood-police"]
    assert queries.events(area_id="birch") == ()


def of_force() -> InspectionRecord:
    return replace(
        inspection(publisher="hmicfrs", framework="PEEL", grade=None),
        body=BodyRef(name="Wood Police", kind="police_force"),
    )


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_kill_leaves_the_log_of_a_load_without_one(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(publishing, "ROWS_A_TRANSACTION", 6)
    first = [inspection(f"20{n}-03-01", None, None, grade="good") for n in range(10, 18)]
    second = [inspection(f"20{n}-03-01", None, None, grade="inadequate") for n in range(10, 20)]
    actions.publish_release(release(content="1"), first)
    before = log()

    class Killed(BaseException):
        pass

    steps = 0

    def progress(more: int) -> None:
        nonlocal steps
        steps += 1
        if steps > after:
            raise Killed

    newer = release(content="2", retrieved_at=FETCHED + DAY)
    with pytest.raises(Killed):
        actions.publish_release(newer, second, progress)
    assert models.Event.objects.count() > len(before)  # some were written, and nobody sees them
    assert log() == before
    actions.publish_release(newer, second)
    assert [each.sequence for each in queries.events()] == list(range(1, len(queries.events()) + 1))
    kinds = [each.kind for each in queries.events(since=len(before))]
    assert (kinds[0], kinds.count("corrected"), kinds.count("new"), kinds.count("changed_grade")) == (
        "superseded",
        8,
        2,
        0,
    )
    assert actions.publish_release(newer, second).already_known
    assert len(queries.events()) == len(before) + len(kinds)


def test_no_sentence_of_the_log_needs_more_than_its_fields() -> None:
    actions.publish_release(release(), [inspection()])
    (event,) = queries.events()
    assert not isinstance(event, SourceRef)
    assert (event.source, event.release_id.split("/")[0]) == ("ofsted_la_outcomes",) * 2
    assert (event.measures, event.periods) == (None, None)
