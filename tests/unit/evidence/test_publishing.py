"""Releases into the record: known, superseded, behind, withdrawn; and never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from oneplace.evidence import actions, models, publishing, queries
from oneplace.evidence.errors import EvidenceError, RecordIsImmutable
from tests.unit.evidence.making import FETCHED, inspection, overview, register, release, report, visit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def test_the_same_file_again_is_already_known() -> None:
    first = actions.publish_release(release(), [inspection()])
    again = actions.publish_release(release(), [inspection()])
    assert (first.already_known, again.already_known) == (False, True)
    assert again.release_id == first.release_id == f"ofsted_la_outcomes/{release().sha256[:12]}"
    assert models.Statement.objects.count() == 1


def test_a_newer_file_of_the_slot_supersedes_and_the_older_stays_in_the_record() -> None:
    actions.publish_release(release(content="old"), [inspection(grade="inadequate")])
    newer = release(content="new", retrieved_at=FETCHED + DAY)
    published = actions.publish_release(newer, [inspection(grade="good")])
    assert len(published.superseded) == 1
    current = queries.current("alder")
    assert current is not None
    assert current.overall is not None
    assert current.overall.grade == "good"
    old = queries.release(published.superseded[0])
    assert old is not None
    assert (old.state, old.superseded_by, old.statements) == ("superseded", published.release_id, 1)


def test_an_older_file_that_comes_later_is_kept_behind_the_newer() -> None:
    actions.publish_release(release(content="new", retrieved_at=FETCHED + DAY), [inspection(grade="good")])
    late = actions.publish_release(release(content="old"), [inspection(grade="inadequate")])
    assert late.is_older
    assert [v.overall.grade for v in queries.history("alder") if v.overall] == ["good"]


def test_what_the_store_held_at_a_moment_can_be_asked() -> None:
    actions.publish_release(release(content="old"), [inspection(grade="inadequate")])
    before = queries.releases()[0].published_at
    actions.publish_release(
        release(content="new", retrieved_at=FETCHED + DAY), [inspection(grade="good"), visit()]
    )
    then, now = queries.history("alder", held_at=before), queries.history("alder")
    assert [v.overall.grade for v in then if v.overall] == ["inadequate"]
    assert [v.overall.grade for v in now if v.overall] == ["good"]
    assert (len(then), len(now)) == (1, 2)
    assert before is not None
    assert queries.history("alder", held_at=before - DAY) == ()


def test_a_new_reader_of_the_same_file_supersedes_its_old_reading() -> None:
    actions.publish_release(report("a.pdf", reader="1"), [inspection(grade="good")])
    again = actions.publish_release(report("moved/a.pdf", reader="2"), [inspection(grade="inadequate")])
    assert len(again.superseded) == 1
    assert again.release_id.endswith("-2")
    view = queries.current("alder")
    assert view is not None
    assert view.differences == ()


def test_two_reports_under_one_path_about_different_councils_both_stay() -> None:
    actions.publish_release(report("report.pdf", "a"), [inspection(body="Alder")])
    published = actions.publish_release(
        report("report.pdf", "b", retrieved_at=FETCHED + DAY), [inspection(body="Birch")]
    )
    assert published.superseded == ()
    assert queries.current("alder") is not None
    assert queries.current("birch") is not None


def test_facts_copied_by_hand_stay_beside_the_reading_of_the_report() -> None:
    facts = release("a.pdf", "facts", "ofsted_reports", reader="ofsted_report_facts")
    actions.publish_release(facts, [inspection(grade="good", points=2, text=None)])
    actions.publish_release(
        report("a.pdf", retrieved_at=FETCHED - DAY), [inspection(grade="inadequate", points=2)]
    )
    view = queries.current("alder")
    assert view is not None
    assert view.overall is not None
    assert view.overall.grade == "inadequate"
    assert [item.text for item in view.improve] == ["Keep better records."] * 2
    assert view.report_sha256 == report("a.pdf").sha256
    assert [d.other for d in view.differences] == ["good"]


def test_two_inspections_published_on_one_day_are_two() -> None:
    actions.publish_release(
        release(),
        [
            inspection("2019-07-01", "2019-05-01", "2019-05-05", grade="good"),
            visit("2019-07-01", "2019-06-10"),
            visit("2019-07-01", "2019-03-10"),
        ],
    )
    assert {v.public_id for v in queries.history("alder")} == {
        "ofsted/alder/2019-07-01",
        "ofsted/alder/2019-07-01-focused-visit",
        "ofsted/alder/2019-07-01-focused-visit-2",
    }


def test_a_body_that_nobody_knows_goes_to_the_review_queue_and_on_no_page() -> None:
    actions.publish_release(release(), [inspection(body="Nowhere at All")])
    assert queries.inspection_ids() == ()
    (item,) = queries.review_queue()
    assert item.kind == "body_unknown"
    assert "Nowhere at All" in item.message


def test_a_withdrawn_release_is_no_longer_shown_and_still_there() -> None:
    published = actions.publish_release(release(), [inspection()])
    actions.withdraw_release(published.release_id)
    assert queries.history("alder") == ()
    assert [each.state for each in queries.releases()] == ["withdrawn"]
    with pytest.raises(EvidenceError, match="no live release"):
        actions.withdraw_release(published.release_id)


def test_many_small_releases_share_transactions_and_keep_their_order() -> None:
    several = [
        (report(f"{n}.pdf", str(n)), [inspection(f"20{n:02}-03-01", None, None)]) for n in range(10, 25)
    ]
    published = list(actions.publish_many(iter(several)))
    assert [each.release_id for each in published] == [f"ofsted_reports/{r.sha256[:12]}" for r, _ in several]
    assert len(queries.history("alder")) == 15


def test_the_same_file_twice_in_one_run_is_written_once() -> None:
    one = (report("a.pdf"), [inspection()])
    assert [each.already_known for each in actions.publish_many([one, one])] == [False, True]


def test_a_large_release_is_seen_only_when_all_of_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "ROWS_A_TRANSACTION", 20)
    seen: list[int] = []
    records = [visit(f"20{n}-06-20", f"20{n}-06-01") for n in range(10, 26)]
    actions.publish_release(
        release(), [*records, inspection(points=9)], lambda more: seen.append(len(queries.history("alder")))
    )
    assert seen[:-1] == [0] * (len(seen) - 1)
    assert len(seen) > 2
    assert len(queries.history("alder")) == 17


@pytest.mark.parametrize(
    "model",
    [models.Inspection, models.Statement, models.Judgement, models.Recommendation, models.Finding],
)
def test_what_is_written_is_neither_changed_nor_removed_by_python(model: Any) -> None:
    actions.publish_release(release(), [inspection(points=1)])
    row = model.objects.get()
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=9)):
        with pytest.raises(RecordIsImmutable):
            attempt()


def test_only_the_pointer_of_a_release_moves() -> None:
    actions.publish_release(release(), [inspection()])
    with pytest.raises(RecordIsImmutable, match="sha256"):
        models.Release.objects.update(sha256="0")
    with pytest.raises(RecordIsImmutable):
        models.Release.objects.all().delete()
    with pytest.raises(RecordIsImmutable):
        models.Release.objects.get().save()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE evidence_judgement SET grade = 'outstanding'",
        "UPDATE evidence_statement SET published = NULL",
        "UPDATE evidence_inspection SET public_id = 'x'",
        "UPDATE evidence_release SET sha256 = 'x'",
    ],
)
def test_the_database_itself_refuses_a_change(sql: str) -> None:
    actions.publish_release(release(), [inspection()])
    with pytest.raises(DatabaseError, match="record is not changed"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_third_party_gives_way_and_its_difference_is_kept() -> None:
    actions.publish_release(overview(), [inspection(grade="inadequate")])
    before = queries.current("alder")
    assert before is not None
    assert before.is_third_party
    actions.publish_release(release(), [inspection(grade="good")])
    after = queries.current("alder")
    assert after is not None
    assert after.overall is not None
    assert (after.overall.grade, after.is_third_party) == ("good", False)
    (difference,) = after.differences
    assert (difference.field, difference.shown, difference.other) == (
        "judgement:overall",
        "good",
        "inadequate",
    )
