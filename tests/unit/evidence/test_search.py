"""The search: right after whatever befalls the record, on either database, and never the same passage twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from oneplace.evidence import actions, publishing
from oneplace.evidence.pending import clear_pending
from oneplace.evidence.queries import Filters, Found, praised, search
from oneplace.evidence.queries import every_passage as everything
from oneplace.evidence.search import engines, index
from oneplace.places.actions import load_areas
from oneplace.records import (
    Address,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    LookBackRecord,
    RecommendationRecord,
)
from tests.unit.evidence.making import FETCHED, areas, day, inspection, overview, release, report, visit

pytestmark = pytest.mark.django_db

PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"


@pytest.fixture(autouse=True)
def register() -> None:
    load_areas(areas(), "register/1")


def written(
    findings: list[tuple[str, str]],
    improve: list[str] = [],  # noqa: B006 - nobody changes it
    looks_back: list[str] = [],  # noqa: B006
    published: str = "2018-12-14",
    grades: dict[str, str] = {},  # noqa: B006
    **changes: Any,
) -> InspectionRecord:
    """An inspection with these findings (section, text), points and look-back sentences."""
    judgements = tuple(
        JudgementRecord(
            question=key, question_key=key, grade_printed=grade, grade=grade, address=Address(page=1)
        )
        for key, grade in (grades or {"overall": "good"}).items()
    )
    start = day(published) - dt.timedelta(days=40)
    end = day(published) - dt.timedelta(days=30)
    return inspection(
        published,
        start.isoformat(),
        end.isoformat(),
        judgements=judgements,
        findings=tuple(
            FindingRecord(ordinal=n, section=section, text=text, address=Address(page=n + 1))
            for n, (section, text) in enumerate(findings, 1)
        ),
        improve=tuple(
            RecommendationRecord(
                ordinal=n, list_kind="area_for_improvement", text=text, address=Address(page=2)
            )
            for n, text in enumerate(improve, 1)
        ),
        looks_back=tuple(
            LookBackRecord(ordinal=n, text=text, status="partly", address=Address(page=1))
            for n, text in enumerate(looks_back, 1)
        ),
        **changes,
    )


def publish(said: InspectionRecord, slot: str = "alder/1.pdf", content: str = "a", **changes: Any) -> str:
    return actions.publish_release(report(slot, content, **changes), [said]).release_id


def found(words: str, filters: Filters = Filters(), **how: Any) -> list[str]:  # noqa: B008 - frozen
    return [each.text for each in search(words, filters, **how).passages]


ALDER = [
    (PROTECTION, "Private fostering arrangements are visited in good time. Plans are clear."),
    (PROTECTION, "Children’s plans are not always reviewed by managers."),
    (CARE, "Life-story work is a strength. Visits to children were made by skilled workers."),
]


@pytest.fixture
def alder() -> None:
    said = written(
        ALDER,
        improve=["The oversight of children who are privately fostered."],
        looks_back=["Visits have improved since 2014."],
        grades={"overall": "requires_improvement", "help_and_protection": "good", "care": "outstanding"},
    )
    publish(said)


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("fostering", 2),  # in another form
        ("private fostering", 2),
        ('"private fostering"', 2),
        ('"fostering private"', 0),
        ("visit", 3),
        ("visit -skilled", 2),
        ('visits -"good time"', 2),
        ("fostering OR managers", 3),
        ("foster*", 2),
        ("manag*", 1),
        ("children's", 3),
        ("childrens", 3),
        ("children", 3),
        ("children’s plans", 1),
        ('"children\'s plans"', 1),
        ("life story", 1),
        ("life-story", 1),
        ('"life story work"', 1),
        ('"a strength"', 1),
        ('"in good time"', 1),
        ("2014", 1),
        ("zebra", 0),
        ("", 0),
        ("-visits", 0),
        ("😀", 0),
        ("'; DROP TABLE evidence_passage; --", 0),
        ('"', 0),
        ("words:fostering ^ NEAR/2 *", 0),
        ("% _ \\ & | ! <->", 0),
    ],
)
def test_words_find(words: str, number: int) -> None:
    assert search(words).total == number
    assert len(found(words)) == number
    assert len(everything(words)) == number


@pytest.mark.usefixtures("alder")
def test_a_passage_tells_its_words_its_place_and_what_stands_beside_it() -> None:
    (one,) = search("reviewed").passages
    assert one.text == "Children’s plans are not always reviewed by managers."
    assert [one.sentences[0].text[a:b] for a, b in one.sentences[0].marks] == ["reviewed"]
    assert (one.kind, one.ordinal, one.section, one.source.page) == ("finding", 2, "help_and_protection", 3)
    assert one.path == "/inspections/ofsted/alder/2018-12-14/#finding-2"
    assert one.before.startswith("Private fostering")
    assert one.after == ""  # what follows stands in another section
    (point,) = search("oversight").passages
    assert point.path.endswith("#improve-1")


@pytest.mark.usefixtures("alder")
def test_praise_is_what_its_place_or_the_sentence_says_and_says_how() -> None:
    assert found("plans", Filters(stance="strength")) == []
    assert len(found("plans", Filters(stance="weakness"))) == 1
    assert len(found("visited", Filters(stance="strength"))) >= 1
    (point,) = search("oversight", Filters(stance="weakness")).passages
    assert (point.place, point.sentences[0].basis) == ("weakness", "place")
    (read,) = search("life story", Filters(stance="strength")).passages
    assert (read.place, read.sentences[0].stance, read.sentences[0].basis) == ("", "strength", "reading")


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"area": "alder"}, 3),
        ({"area": "birch"}, 0),
        ({"body": "alder"}, 3),
        ({"service": "children"}, 3),
        ({"service": "police"}, 0),
        ({"publisher": "ofsted"}, 3),
        ({"publisher": "cqc"}, 0),
        ({"region": "North West"}, 3),
        ({"region": "London"}, 0),
        ({"kind": "unitary"}, 3),
        ({"kind": "county"}, 0),
        ({"framework": "ILACS"}, 3),
        ({"framework": "SIF"}, 0),
        ({"grade": "ILACS:requires_improvement"}, 3),
        ({"grade": "ILACS:good"}, 0),
        ({"grade": "SIF:requires_improvement"}, 0),
        ({"grade": "ILACS:good", "grade_of": "section"}, 1),
        ({"grade": "ILACS:outstanding", "grade_of": "section"}, 1),
        ({"section": "help_and_protection"}, 1),
        ({"section": "looks_back"}, 1),
        ({"section": "nonsense"}, 0),
        ({"since": day("2018-12-14")}, 3),
        ({"since": day("2018-12-15")}, 0),
        ({"until": day("2018-12-14")}, 3),
        ({"until": day("2018-12-13")}, 0),
        ({"like": "birch"}, 0),
        ({"area": "no such place"}, 0),
        ({"grade": "nonsense"}, 0),
    ],
)
def test_filters_leave(filters: dict[str, Any], number: int) -> None:
    answer = search("visit", Filters(**filters))
    assert answer.total == number
    assert answer.unfiltered == (number or 3)


def test_an_area_is_searched_with_those_it_came_from() -> None:
    publish(written([(CARE, "Zebra crossings.")], body="Cumbria", published="2022-11-15"))
    (one,) = search("zebra", Filters(area="cumberland")).passages
    assert one.report.body_id == "cumbria"
    assert search("zebra", Filters(body="cumberland")).total == 0


@pytest.mark.usefixtures("alder")
def test_counts_are_by_year_grade_body_and_section_and_a_year_without_is_told() -> None:
    publish(
        written([(CARE, "Visits again.")], published="2021-02-03", body="Birch", grades={"overall": "good"}),
        "birch/1.pdf",
        "b",
    )
    tallies = search("visits").tallies
    assert tallies.years == ((2018, 3), (2019, 0), (2020, 0), (2021, 1))
    assert [(each.grade, each.passages, each.reports) for each in tallies.grades] == [
        ("good", 1, 1),
        ("requires_improvement", 3, 1),
    ]
    assert tallies.bodies == (("alder", 3), ("birch", 1))
    assert tallies.sections == (("looks_back", 1), ("help_and_protection", 1), ("care", 2))
    assert search("nothing here").tallies.years == ()


@pytest.mark.usefixtures("alder")
def test_pages_hold_every_passage_once_in_either_order() -> None:
    many = [(CARE, f"Pencils number {n}.") for n in range(1, 48)]
    publish(written(many, published="2020-03-01", body="Birch"), "birch/1.pdf", "b")
    orders: list[Any] = ["best", "newest"]
    for order in orders:
        pages = [search("pencils", order=order, page=n) for n in (1, 2, 3)]
        texts = [each.text for page in pages for each in page.passages]
        assert len(texts) == len(set(texts)) == 47
        assert [len(page.passages) for page in pages] == [20, 20, 7]
    assert search("pencils", page=99).page == 3
    assert search("pencils", page=-1).page == 1
    newest = search("visits OR pencils", order="newest")
    assert newest.passages[0].report.body_id == "birch"


def test_the_best_match_comes_first() -> None:
    publish(
        written(
            [
                (
                    CARE,
                    "Crayons, and much else that is not about them at all, in a long sentence of many words.",
                ),
                (CARE, "Crayons and crayons."),
            ]
        )
    )
    assert found("crayons")[0] == "Crayons and crayons."


# What befalls the record.


def rows() -> tuple[int, int]:
    """Passages, and those of them that have words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_passage")
        (passages,) = cursor.fetchone()
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM evidence_passage_words")
        else:
            cursor.execute("SELECT count(*) FROM evidence_passage WHERE words IS NOT NULL")
        (words,) = cursor.fetchone()
    return passages, words


@pytest.mark.usefixtures("alder")
def test_the_same_report_read_twice_is_found_once() -> None:
    before = rows()
    said = written(ALDER, grades={"overall": "good"})
    assert actions.publish_release(report("alder/1.pdf"), [said]).already_known
    assert rows() == before
    assert search("fostering").total == 2


@pytest.mark.usefixtures("alder")
def test_a_report_read_anew_is_found_in_its_new_words_alone() -> None:
    said = written([(PROTECTION, "Private fostering is checked.")])
    publish(said, reader="2", retrieved_at=FETCHED + dt.timedelta(days=1))
    assert found("fostering") == ["Private fostering is checked."]
    assert search("reviewed").total == 0


def test_a_report_that_comes_after_a_newer_one_of_its_slot_is_not_found() -> None:
    publish(written([(CARE, "Newer words.")]), content="a", retrieved_at=FETCHED + dt.timedelta(days=5))
    publish(written([(CARE, "Older words.")]), content="b")
    assert found("words") == ["Newer words."]


def test_a_withdrawn_report_is_not_found_and_another_of_its_inspection_takes_its_place() -> None:
    first = publish(written([(CARE, "Purple words.")]))
    actions.publish_release(
        report("elsewhere/1.pdf", "b", retrieved_at=FETCHED - dt.timedelta(days=9)),
        [written([(CARE, "Purple words.")])],
    )
    assert search("purple").total == 1, "two reports of one inspection are found once"
    actions.withdraw_release(first)
    assert search("purple").total == 1
    (one,) = search("purple").passages
    assert one.source.release_id != first
    actions.withdraw_release(one.source.release_id)
    assert search("purple").total == 0


def test_the_list_is_taken_whole_from_the_report_and_not_from_a_table_about_it() -> None:
    table = written([(CARE, "Orange of the table."), (CARE, "Orange again.")])
    actions.publish_release(overview(), [table])
    publish(written([(CARE, "Orange of the report.")]))
    assert found("orange") == ["Orange of the report."]


def test_facts_without_sentences_are_not_found() -> None:
    actions.publish_release(release(), [inspection(points=3, text=None)])
    assert rows() == (0, 0)
    assert search("records").held.passages == 0


@pytest.mark.usefixtures("alder")
def test_as_at_a_day_nothing_later_is_found_or_counted() -> None:
    later = written([(CARE, "Visits of later years.")], published="2022-05-05", body="Birch")
    publish(later, "birch/1.pdf", "b")
    answer = search("visits", as_at=day("2020-01-01"))
    assert answer.total == 3
    assert answer.tallies.years == ((2018, 3),)
    assert answer.held.bodies == ("alder",)
    assert search("visits", as_at=day("2018-12-13")).held.passages == 0
    assert search("visits").total == 4


@pytest.mark.usefixtures("alder")
def test_a_corrected_day_and_grade_are_what_filters_ask() -> None:
    correct = {"reason": "misprint", "evidence": "page 1", "decided_by": "somebody"}
    actions.correct("ofsted/alder/2018-12-14", "published", "2019-01-07", **correct)
    actions.correct("ofsted/alder/2018-12-14", "judgement:overall", "inadequate", **correct)
    assert search("visits", Filters(since=day("2019-01-01"))).total == 3
    assert search("visits", Filters(grade="ILACS:inadequate")).total == 3
    assert search("visits", as_at=day("2018-12-31")).total == 0


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "ROWS_A_TRANSACTION", 8)


@pytest.mark.usefixtures("small_lots")
def test_what_a_kill_left_is_never_found_and_is_cleared_with_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = [
        written([(CARE, f"Turquoise {year}.")], published=f"{year}-05-05", body="Birch")
        for year in range(2016, 2022)
    ]

    def killed(*arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing.Publishing, "_flip", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.publish_release(release("", "t", "some_table"), said)
    assert rows()[0] > 0, "some of it was written"
    assert search("turquoise").total == 0
    clear_pending()
    assert rows() == (0, 0)
    actions.publish_release(release("", "t", "some_table"), said)
    assert search("turquoise").total == 6


@pytest.mark.usefixtures("alder")
def test_the_index_made_anew_finds_the_same() -> None:
    before = [(each.path, each.text) for each in everything("visits OR plans OR fostering")]
    count, _ = rows()
    assert index.rebuild() == count
    assert rows() == (count, count)
    assert [(each.path, each.text) for each in everything("visits OR plans OR fostering")] == before


# Nothing found, and who does it well.


@pytest.mark.usefixtures("alder")
def test_a_slip_of_the_keys_is_answered_with_the_word_that_was_meant() -> None:
    assert search("fostring").nearly == (("fostring", ("fostering",)),)
    assert search("wrokers").nearly == (("wrokers", ("workers",)),)
    assert search("qqqqqq").nearly == ()
    assert search("visits zebra").nearly == ()
    assert search("fostering").nearly == ()


@pytest.mark.usefixtures("alder")
def test_the_vocabulary_is_of_stems_with_their_passages() -> None:
    known = engines.vocabulary()
    assert known["visit"] == 3
    assert "visits" not in known


def test_who_does_it_well_is_whom_inspectors_praised_in_a_part_judged_good_then() -> None:
    praise, blame = "Life-story work is excellent.", "Life-story work is poor."
    good = {"overall": "requires_improvement", "care": "good"}
    publish(written([(CARE, praise)], grades=good), "alder/1.pdf", "a")
    publish(written([(CARE, praise)], published="2021-02-03", grades=good), "alder/2.pdf", "b")
    publish(
        written([(CARE, praise)], body="Birch", grades={"overall": "good", "care": "inadequate"}),
        "birch/1.pdf",
        "c",
    )
    publish(
        written(
            [(CARE, blame)],
            body="Cumbria",
            published="2019-06-01",
            grades={"overall": "good", "care": "good"},
        ),
        "cumbria/1.pdf",
        "d",
    )
    answer = praised("life story work")
    assert [(each.body_id, each.report.published, each.judgement.grade) for each in answer.bodies] == [
        ("alder", day("2021-02-03"), "good")
    ]
    assert answer.bodies[0].passages[0].text == praise
    earlier = praised("life story work", as_at=day("2020-01-01"))
    assert [each.report.published for each in earlier.bodies] == [day("2018-12-14")]
    assert praised("").bodies == ()
    assert praised("zebra").bodies == ()


def test_a_visit_gives_no_grade_and_so_tells_of_nobody_who_does_it_well() -> None:
    said = replace(
        visit(),
        findings=(FindingRecord(ordinal=1, section="Main findings", text="Life-story work is excellent."),),
    )
    publish(said)
    assert search("life story", Filters(stance="strength")).total == 1
    assert praised("life story").bodies == ()


def test_a_search_asks_the_database_a_bounded_number_of_times(
    alder: None, django_assert_max_num_queries: Any
) -> None:
    search("visits")
    with django_assert_max_num_queries(12):
        answer: Found = search("visits")
    assert answer.total == 3


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """A catalogue is kept between questions, for as long as nothing is published: a test's own is not the next's."""
    from oneplace.evidence.search import catalogue

    catalogue._kept.clear()
    yield
    catalogue._kept.clear()
