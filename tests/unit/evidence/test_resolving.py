"""What a view shows where several releases speak of one inspection, and what people decide about it."""

from __future__ import annotations

from typing import Any

import pytest

from oneplace.evidence import actions, queries
from oneplace.evidence.errors import InvalidCorrection, UnknownInspection, UnknownReviewItem
from oneplace.evidence.views import InspectionView
from tests.unit.evidence.making import day, inspection, judgement, overview, register, release, report

pytestmark = pytest.mark.django_db
ALDER = "ofsted/alder/2018-12-14"


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def shown(public_id: str = ALDER) -> InspectionView:
    view = queries.inspection(public_id)
    assert view is not None
    return view


def test_each_field_comes_from_the_best_that_gives_it() -> None:
    actions.publish_release(release(), [inspection(end=None, lead_inspector="Ann Other")])
    actions.publish_release(report("a.pdf"), [inspection(None, "2018-10-29", None, pages=12)])
    view = shown()
    assert (view.lead_inspector, view.pages, view.published) == ("Ann Other", 12, day("2018-12-14"))
    assert view.source.release_id.startswith("ofsted_reports/")
    assert [each.release_id.split("/")[0] for each in view.other_sources] == ["ofsted_la_outcomes"]


def test_a_printed_date_of_publication_counts_more_than_a_files_name() -> None:
    actions.publish_release(report("a.pdf"), [inspection("2018-12-17", published_source="filename")])
    actions.publish_release(release(), [inspection("2018-12-14", published_source="list")])
    view = shown("ofsted/alder/2018-12-17")
    assert view.published == day("2018-12-14")
    assert view.differences == ()  # a file is often put up some days later: that is no contradiction


def test_a_files_name_that_is_weeks_off_is_a_difference() -> None:
    actions.publish_release(report("a.pdf"), [inspection("2019-01-30", published_source="filename")])
    actions.publish_release(release(), [inspection("2018-12-14", published_source="list")])
    (difference,) = shown("ofsted/alder/2019-01-30").differences
    assert (difference.field, difference.shown, difference.other) == ("published", "2018-12-14", "2019-01-30")
    assert (difference.what, difference.shown_in_words, difference.other_in_words) == (
        "the day of publication",
        "14 December 2018",
        "30 January 2019",
    )


def test_a_question_that_a_coarser_table_does_not_have_is_no_difference() -> None:
    whole = (judgement(), judgement("adoption"), judgement("care"))
    actions.publish_release(report("a.pdf"), [inspection(judgements=whole)])
    actions.publish_release(release(), [inspection(judgements=(judgement(),))])
    assert shown().differences == ()
    assert [each.question_key for each in shown().judgements] == ["overall", "adoption", "care"]


def test_a_table_that_splits_a_combined_judgement_is_held_against_it() -> None:
    actions.publish_release(report("a.pdf"), [inspection(judgements=(judgement("care_and_leavers"),))])
    split = (judgement("care", "good"), judgement("care_leavers", "inadequate"))
    actions.publish_release(overview(), [inspection(judgements=split)])
    view = shown()
    assert [each.question_key for each in view.judgements] == ["care_and_leavers"]
    assert [(each.field, each.other) for each in view.differences] == [
        ("judgement:care_and_leavers", "inadequate")
    ]
    (difference,) = view.differences
    assert (difference.what, difference.shown_in_words, difference.other_in_words) == (
        "Care_and_leavers",
        "Good",
        "Inadequate",
    )


def test_titles_and_honours_of_an_inspector_are_no_difference() -> None:
    actions.publish_release(report("a.pdf"), [inspection(lead_inspector="Ann Other")])
    actions.publish_release(release(), [inspection(lead_inspector="Ann Other HMI, Her Majesty's Inspector")])
    assert shown().differences == ()


def test_a_correction_stands_over_every_source_and_can_be_taken_back() -> None:
    actions.publish_release(report("a.pdf"), [inspection(grade="good")])
    because = {"reason": "misread", "evidence": "page 1", "decided_by": "A. Reader"}
    actions.correct(ALDER, "judgement:overall", "outstanding", **because)
    actions.correct(ALDER, "published", "2018-12-15", **because)
    view = shown()
    assert view.overall is not None
    assert (view.overall.grade, view.overall.grade_label) == ("outstanding", "Outstanding")
    assert view.overall.source.publisher == "oneplace"
    assert (view.public_id, view.published) == (ALDER, day("2018-12-15"))
    assert queries.inspection(ALDER, as_at=day("2018-12-14")) is None
    actions.correct(ALDER, "judgement:overall", None, **because)
    assert shown().overall is not None
    assert shown().judgements[0].grade == "good"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("published", "14/12/2018", "not a date"),
        ("judgement:overall", "splendid", "not a grade"),
        ("judgement:overall", "performs_well", "not a grade"),  # of another kind of inspection
        ("judgement:nonsense", "good", "was not asked"),
        ("published", "2130-01-01", "no day between"),
        ("body_id", "birch", "cannot be corrected"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(field: str, value: str, says: str) -> None:
    actions.publish_release(release(), [inspection()])
    with pytest.raises(InvalidCorrection, match=says):
        actions.correct(ALDER, field, value, reason="r", evidence="e", decided_by="d")


def test_a_correction_needs_an_inspection_a_reason_and_a_name() -> None:
    with pytest.raises(UnknownInspection):
        actions.correct(ALDER, "published", None, reason="r", evidence="e", decided_by="d")
    actions.publish_release(release(), [inspection()])
    with pytest.raises(InvalidCorrection, match="reason"):
        actions.correct(ALDER, "published", None, reason=" ", evidence="e", decided_by="d")


def differ() -> str:
    actions.publish_release(report("a.pdf"), [inspection(grade="good")])
    actions.publish_release(overview(), [inspection(grade="inadequate")])
    (item,) = queries.review_queue()
    assert (item.kind, item.inspection, item.field) == ("third_party_differs", ALDER, "judgement:overall")
    return item.key


def test_a_decided_item_leaves_the_queue_and_comes_back_when_it_is_reopened() -> None:
    key = differ()
    actions.decide(key, "keep", reason="the page says good", decided_by="A. Reader")
    assert queries.review_queue() == ()
    (item,) = queries.review_queue(include_decided=True)
    assert "the page says good" in item.decided
    actions.decide(key, "reopen", reason="look again", decided_by="B. Reader")
    assert [each.key for each in queries.review_queue()] == [key]


def test_a_newer_file_with_the_same_contradiction_is_the_same_item() -> None:
    key = differ()
    actions.decide(key, "dismiss", reason="known", decided_by="A. Reader")
    actions.publish_release(
        overview("b", retrieved_at=overview().retrieved_at), [inspection(grade="inadequate")]
    )
    assert queries.review_queue() == ()


def test_deciding_that_the_other_is_right_corrects_the_record() -> None:
    key = differ()
    actions.decide(key, "correct", value="inadequate", reason="checked", decided_by="A. Reader")
    assert shown().judgements[0].grade == "inadequate"
    assert queries.review_queue() == ()
    assert [each.other for each in shown().differences] == ["good"]


def test_an_item_that_is_not_there_cannot_be_decided() -> None:
    with pytest.raises(UnknownReviewItem):
        actions.decide("0" * 16, "keep", reason="r", decided_by="d")
    with pytest.raises(InvalidCorrection):
        actions.decide(differ(), "perhaps", reason="r", decided_by="d")


def test_an_inspection_without_a_date_of_publication_counts_from_when_it_was_fetched() -> None:
    actions.publish_release(report("a.pdf"), [inspection(None)])
    name = "ofsted/alder/2018-11-09"  # its last day
    assert queries.inspection(name, as_at=day("2024-01-01")) is None
    assert queries.inspection(name, as_at=day("2024-01-02")) is not None


def test_a_predecessors_judgement_shows_and_stays_the_predecessors() -> None:
    actions.publish_release(
        release(),
        [
            inspection("2022-11-15", "2022-09-20", None, body="Cumbria", grade="requires_improvement"),
            inspection("2024-11-26", "2024-10-01", None, body="Cumberland", grade="good"),
        ],
    )
    assert [v.body_id for v in queries.history("cumberland")] == ["cumberland", "cumbria"]
    assert [v.body_id for v in queries.history("westmorland")] == ["cumbria"]
    assert [v.body_id for v in queries.history("cumbria")] == ["cumbria"]
    assert [v.body_id for v in queries.history("cumberland", include_predecessors=False)] == ["cumberland"]
    assert queries.current("westmorland") is None


@pytest.mark.parametrize(
    ("in_the_report", "in_the_table", "field"),
    [
        ({"published": "2018-12-14"}, {"published": "2018-12-01"}, "published"),
        ({"start": "2018-10-29"}, {"start": "2018-10-28"}, "inspection_start"),
        ({"end": "2018-11-09"}, {"end": "2018-11-10"}, "inspection_end"),
        ({"lead_inspector": "Ann Other"}, {"lead_inspector": "Ann Others HMI"}, "lead_inspector"),
        ({"grade": "good"}, {"grade": "outstanding"}, "judgement:overall"),
        ({"points": 2}, {"points": 3}, "improve"),
        (
            {"judgements": (judgement("care_and_leavers"),)},
            {"judgements": (judgement("care"), judgement("care_leavers", "inadequate"))},
            "judgement:care_and_leavers",
        ),
    ],
)
def test_whatever_two_sources_differ_on_is_in_the_review_queue(
    in_the_report: dict[str, Any], in_the_table: dict[str, Any], field: str
) -> None:
    link = "https://reports.example/1"
    actions.publish_release(report("a.pdf"), [inspection(**in_the_report, report_url=link)])
    actions.publish_release(release(), [inspection(**in_the_table, report_url=link)])
    assert {each.field for each in queries.review_queue()} == {field}


def test_what_two_sources_agree_on_is_no_item_of_the_review_queue() -> None:
    actions.publish_release(report("a.pdf"), [inspection(points=2, lead_inspector="Ann Other")])
    actions.publish_release(release(), [inspection(lead_inspector="Ann Other, HMI")])
    assert queries.review_queue() == ()
