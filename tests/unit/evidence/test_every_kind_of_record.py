"""Bodies, statistics and likenesses by the same door; and a release that cannot be placed is refused whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from oneplace.evidence import actions, models, publishing, queries
from oneplace.evidence.errors import EvidenceError, UnplacedValue
from oneplace.indicators.models import Dataset, Value
from oneplace.places import queries as places
from oneplace.places.actions import load_bodies
from oneplace.records import (
    Address,
    AreaRef,
    BodyRecord,
    BodyRef,
    InspectionRecord,
    JudgementRecord,
    MeasureRecord,
    Record,
    SimilarRecord,
    ValueRecord,
)
from tests.unit.evidence.making import FETCHED, day, edition, register, release

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def home(number: int = 1, area: str = "Alder", **changes: Any) -> BodyRecord:
    values: dict[str, Any] = {
        "body_id": f"1-{number}",
        "name": f"Home {number}",
        "kind": "care_location",
        "stands_in": AreaRef(name=area),
        "address": Address(sheet="Locations", row=number + 1),
    }
    return BodyRecord(**{**values, **changes})


def rating(number: int = 1, grade: str = "good", on: str = "2024-03-01", **changes: Any) -> InspectionRecord:
    values: dict[str, Any] = {
        "publisher": "cqc",
        "framework": "CQC-adult-social-care",
        "body": BodyRef(name=f"Home {number}", kind="care_location", body_id=f"1-{number}"),
        "published": day(on),
        "published_source": "list",
        "judgements": (
            JudgementRecord(question="Overall", question_key="overall", grade_printed=grade, grade=grade),
            JudgementRecord(
                question="Safe", question_key="safe", grade_printed=grade, grade=grade, score=61.5
            ),
            JudgementRecord(
                question="Overall",
                question_key="overall",
                grade_printed="Inadequate",
                grade="inadequate",
                subject="Nursing",
            ),
        ),
    }
    return InspectionRecord(**{**values, **changes})


def measure(key: str = "waste-rate") -> MeasureRecord:
    return MeasureRecord(
        key=key, title="Recycling", service="waste", unit="percent", polarity="high", definition="Recycled."
    )


def value(area: str = "Alder", period: str = "2023", row: int = 2, scheme: str = "name") -> ValueRecord:
    ends = dt.date(int(period), 12, 31)
    return ValueRecord("waste-rate", scheme, area, period, ends, 40.0, "", "40", "Table 1", row)


def test_bodies_come_before_what_is_said_of_them() -> None:
    published = actions.publish_release(edition(1), [rating(), home()])
    assert (published.counts.bodies, published.counts.statements, published.warnings) == (1, 1, ())
    (view,) = queries.of_body("1-1")
    assert (view.public_id, view.body_kind, view.service) == (
        "cqc/1-1/2024-03-01",
        "care_location",
        "adult_social_care",
    )
    assert places.bodies_in("alder") == ("1-1",)


def test_a_part_of_a_body_is_not_the_body_and_scores_are_kept() -> None:
    actions.publish_release(edition(1), [home(), rating()])
    (view,) = queries.of_body("1-1")
    assert view.overall is not None
    assert (view.overall.grade, view.overall.subject) == ("good", "")
    part = view.judgement("overall", "Nursing")
    assert part is not None
    assert part.grade == "inadequate"
    safe = view.judgement("safe")
    assert safe is not None
    assert safe.score == 61.5
    assert view.differences == ()


def test_a_body_in_an_area_that_nobody_knows_is_a_warning_and_no_refusal() -> None:
    published = actions.publish_release(edition(1), [home(area="Atlantis"), rating()])
    assert "Atlantis" in published.warnings[0]
    assert len(queries.of_body("1-1")) == 1


def test_an_inspection_of_a_body_that_nobody_knows_goes_to_the_review_queue() -> None:
    actions.publish_release(edition(1), [rating(7)])
    (item,) = queries.review_queue()
    assert "health or care service is known by “Home 7”" in item.message


def test_statistics_are_seen_once_their_release_is_live() -> None:
    published = actions.publish_release(
        release(source="defra_waste"), [measure(), value(), value("Birch", row=3)]
    )
    assert (published.counts.measures, published.counts.values) == (1, 2)
    assert Dataset.objects.get().state == "live"
    (event,) = queries.events()
    assert (event.kind, event.measures, event.periods, event.first_load) == ("figures", 1, 1, True)


def test_a_newer_file_of_statistics_takes_the_place_of_the_older_and_an_older_stays_behind() -> None:
    for content, days in (("b", 1), ("c", 2), ("a", 0)):
        actions.publish_release(
            release(content=content, source="defra_waste", retrieved_at=FETCHED + days * DAY),
            [measure(), value()],
        )
    assert sorted(Dataset.objects.values_list("state", flat=True)) == ["live", "superseded", "superseded"]
    assert [each.kind for each in queries.events()] == ["figures", "superseded", "figures"]


def test_statistics_that_are_taken_back_are_no_longer_shown() -> None:
    published = actions.publish_release(release(source="defra_waste"), [measure(), value()])
    actions.withdraw_release(published.release_id)
    assert Dataset.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (value("Atlantis", row=9), "sheet Table 1, row 9: nobody knows an area or body by name 'Atlantis'"),
        (value("E99999999", row=7, scheme="gss"), "row 7.*gss 'E99999999'"),
        (value()._replace(measure="waste-other", row=5), "row 5.*'waste-other' is a measure that nothing"),
    ],
)
def test_a_release_with_a_value_of_nobody_is_refused_before_anything_is_written(
    bad: ValueRecord, says: str
) -> None:
    before = actions.publish_release(release(source="defra_waste"), [measure(), value()])
    newer = release(content="b", source="defra_waste", retrieved_at=FETCHED + DAY)
    with pytest.raises(UnplacedValue, match=says) as fault:
        actions.publish_release(newer, [home(), measure(), value(), bad])
    assert isinstance(fault.value, EvidenceError)
    assert [each.public_id for each in queries.releases("live")] == [before.release_id]
    assert models.Release.objects.count() == 1
    assert Value.objects.count() == 1
    assert places.body("1-1") is None


def test_likenesses_are_loaded_with_their_release() -> None:
    records: list[Record] = [
        SimilarRecord(measure="ons-similar-areas", area=AreaRef(name=one), other=AreaRef(name=other), rank=1)
        for one, other in (("Alder", "Birch"), ("Birch", "Alder"))
    ]
    assert actions.publish_release(release(source="ons_similar"), records).counts.similar == 2
    assert [each.area_id for each in places.similar("alder", "ons-similar-areas")] == ["birch"]


def test_values_that_a_killed_process_left_are_cleared_and_the_next_run_completes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "VALUES_A_TRANSACTION", 3)
    records: list[Record] = [
        measure(),
        *(value(period=str(year), row=year - 1998) for year in range(2000, 2010)),
    ]
    steps = 0

    def progress(more: int) -> None:
        nonlocal steps
        steps += 1
        if steps == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.publish_release(release(source="defra_waste"), records, progress)
    assert 0 < Value.objects.count() < 10
    assert queries.events() == ()
    actions.publish_release(release(source="defra_waste"), records)
    assert Value.objects.count() == 10
    assert [(each.sequence, each.periods) for each in queries.events()] == [(1, 10)]


def test_an_unknown_kind_of_record_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="no place for a str"):
        actions.publish_release(release(), ["a word"])  # type: ignore[list-item]


def test_attempts_are_kept_and_the_last_comes_first() -> None:
    actions.record_attempt("cqc_ratings", "unchanged", "nothing newer than May", "https://example.org/")
    actions.record_attempt("defra_waste", "failed", "timed out after 30 seconds")
    last, first = queries.attempts()
    assert (last.source, last.outcome, last.message) == (
        "defra_waste",
        "failed",
        "timed out after 30 seconds",
    )
    assert queries.attempts("cqc_ratings") == (first,)
    assert first.url == "https://example.org/"
    assert first.started_at <= first.finished_at
    with pytest.raises(EvidenceError, match="no outcome"):
        actions.record_attempt("cqc_ratings", "perhaps")


def test_one_body_with_thousands_of_inspections_is_loaded_in_a_moment() -> None:
    start = dt.date(2000, 1, 1)
    many = [rating(on=(start + n * DAY).isoformat(), reference=str(n), judgements=()) for n in range(3000)]
    load_bodies([home()], "bodies/1")
    began = dt.datetime.now(dt.UTC)
    published = actions.publish_release(release(), many)
    assert published.counts.new_inspections == 3000
    again = actions.publish_release(release(content="b", retrieved_at=FETCHED + DAY), many)
    assert again.counts.new_inspections == 0
    # About two seconds; comparing each with each would take minutes.
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=30)
