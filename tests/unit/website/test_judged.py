"""Inspections of a body as a line: which way it went, where it breaks, what is said without an overall grade."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from oneplace.evidence import actions, queries
from oneplace.records import Address, BodyRef, InspectionRecord, JudgementRecord
from oneplace.website.grades import chart_grade
from oneplace.website.judged import Judged, judged, tally_words
from tests.unit.evidence.making import inspection, register, release

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)


@pytest.fixture(autouse=True)
def _register() -> None:
    register()


def line(body: str = "alder", family: str = "ILACS") -> Judged:
    own = [one for one in queries.of_body(body) if one.family == family or family == "ILACS"]
    found = judged([one for one in own if not one.is_visit], name="Alder", whose="", on=TODAY, closed=None)
    assert found is not None
    return found


def publish(*records: InspectionRecord) -> None:
    actions.publish_release(
        release(source="made", content="".join(str(one.published) for one in records)), records
    )


def graded(framework: str, published: str, grades: dict[str, str], subject: str = "") -> InspectionRecord:
    return InspectionRecord(
        publisher="audit-commission",
        framework=framework,
        body=BodyRef(kind="local_authority", name="Alder", gss_code=None),
        published=dt.date.fromisoformat(published),
        published_source="list",
        judgements=tuple(
            JudgementRecord(
                question=key,
                question_key=key,
                grade_printed=grade,
                grade=grade,
                subject=subject,
                address=Address(row=1),
            )
            for key, grade in grades.items()
        ),
        address=Address(row=1),
    )


def test_a_round_of_years_has_no_age() -> None:
    told = replace(
        graded("CPA", "2008-03-31", {"children_young_people": "3"}),
        published=None,
        published_source=None,
        inspection_start=dt.date(2007, 4, 1),
        inspection_end=dt.date(2009, 3, 31),
        date_precision="round",
    )
    publish(told)
    said = line(family="CPA").standing
    assert said.startswith("Given in that round: the day is not told.")
    assert "ago" not in said


def test_a_better_grade_than_the_one_before_says_so_with_its_month() -> None:
    publish(
        inspection("2018-12-14", "2018-10-29", "2018-11-09", grade="requires_improvement"),
        inspection("2023-04-11", "2023-02-20", "2023-02-24", grade="good"),
    )
    found = line()
    assert found.direction is not None
    assert (found.direction.side, found.direction.words) == (
        "better",
        "better than in December 2018 (Requires improvement to be good)",
    )
    assert [each.year for each in found.moments] == ["2018", "2023"]
    assert [bool(each.breaks) for each in found.moments] == [False, False]


def test_a_line_breaks_where_the_rules_are_others_and_says_why() -> None:
    publish(
        inspection("2010-12-09", None, None, framework="annual-rating", grade="performs_poorly"),
        inspection("2018-12-14", "2018-10-29", "2018-11-09", grade="good"),
    )
    found = line()
    assert found.direction is not None
    assert found.direction.side == "not_comparable"
    assert found.moments[-1].breaks.endswith(".")


def test_one_judgement_alone_stands_for_what_it_is_of() -> None:
    publish(graded("CAA", "2009-12-09", {"flag": "red_flag"}, subject="children's services"))
    found = line(family="CAA")
    assert found.now.main is not None
    assert found.now.of == "Children's services"
    assert found.now.tally == ()


def test_without_an_overall_grade_questions_are_counted_the_best_first() -> None:
    publish(graded("CPA", "2008-03-01", {"children_young_people": "1", "housing": "3", "culture": "3"}))
    found = line(family="CPA")
    assert found.now.main is None
    assert [(each.key, each.count) for each in found.now.tally] == [("3", 2), ("1", 1)]
    assert tally_words(found.now.tally).startswith("2 at “3")


def test_a_notice_is_neither_better_nor_worse_than_the_one_before() -> None:
    notice = {"notice": "issued"}
    publish(graded("section-114", "2020-11-11", notice), graded("section-114", "2022-11-22", notice))
    assert line(family="section-114").direction is None


def test_a_council_that_has_ended_expects_nothing() -> None:
    publish(inspection("2018-12-14", "2018-10-29", "2018-11-09", grade="good"))
    own = queries.of_body("alder")
    found = judged(own, name="Alder", whose="", on=TODAY, closed=None, ended=True)
    assert found is not None
    assert found.standing == "The council has ended: this is its last."


def test_a_notice_is_not_shown_in_the_colour_of_a_good_grade() -> None:
    assert chart_grade("section-114", "issued").tone == "worst"
    assert chart_grade("ILACS", "good").tone == "good"


def test_what_has_one_grade_alone_is_told_by_its_name_and_reason() -> None:
    publish(graded("section-114", "2023-09-05", {"notice": "issued"}, subject="Equal pay liability"))
    found = line(family="section-114")
    assert found.now.of == "Warning about a council's money (section 114 notice): Equal pay liability"


@pytest.mark.parametrize(
    ("on", "has_ended"),
    [
        ("2018-02-01", False),  # its own rules still hold
        ("2018-12-20", False),  # others have taken its place, and the council waits for its turn
        ("2013-01-01", True),  # between the yearly ratings and the framework that came after them
    ],
)
def test_a_grade_of_older_rules_counts_while_others_have_taken_their_place(on: str, has_ended: bool) -> None:
    publish(
        inspection("2011-11-08", None, None, framework="annual-rating", grade="performs_poorly"),
        inspection("2014-05-23", "2014-03-01", "2014-03-28", framework="SIF", grade="inadequate"),
    )
    day = dt.date.fromisoformat(on)
    found = judged(queries.of_body("alder", day), name="Alder", whose="", on=day, closed=None)
    assert found is not None
    assert found.has_ended is has_ended
    assert ("the next is by newer rules" in found.standing) is (on == "2018-12-20")


def prison(grades: dict[str, str], compiled_by: str | None) -> Judged:
    told = replace(graded("healthy-prison", "2018-08-20", grades), publisher="hmip")
    actions.publish_release(release(source="made", content=str(grades), compiled_by=compiled_by), [told])
    return line(family="healthy-prison")


def test_where_some_of_the_grades_were_typed_it_says_how_many_there_may_be() -> None:
    typed = "Oneplace, from public pages"
    assert prison({"respect": "poor"}, typed).now.part == "1 of up to 4 grades is held"
    assert prison({"respect": "poor", "safety": "good"}, typed).now.part == "2 of up to 4 grades are held"


def test_of_an_inspectorate_s_own_table_nothing_is_known_to_lack() -> None:
    assert prison({"respect": "poor"}, None).now.part == ""


def test_an_age_is_told_with_a_grade_whose_time_is_past() -> None:
    publish(
        inspection("2018-12-14", "2018-10-29", "2018-11-09", grade="good"),
    )
    assert line().old == "five years ago"
    publish(inspection("2023-12-14", "2023-10-29", "2023-11-09", grade="good"))
    assert line().old == ""


@pytest.mark.parametrize(
    ("framework", "published", "year"),
    [
        ("PEEL", "2017-03-02", "2016"),  # of a round that ended a month later
        ("probation", "2019-08-01", "2019"),  # named after the year in which its rules ended
        ("ILACS", "2018-12-14", "2018"),
    ],
)
def test_a_strip_names_the_round_where_there_are_rounds_and_else_the_year(
    framework: str, published: str, year: str
) -> None:
    grades = {"overall": "good"} if framework != "PEEL" else {"effectiveness": "good"}
    publish(graded(framework, published, grades))
    assert [each.year for each in line(family=framework).moments] == [year]


def test_where_every_answer_is_of_a_matter_of_its_own_nobody_counts_what_may_lack() -> None:
    flags = graded("CAA", "2009-12-09", {"flag": "red_flag"}, subject="children's services")
    actions.publish_release(
        release(source="made", content="caa", compiled_by="Oneplace, from public pages"), [flags]
    )
    assert line(family="CAA").now.part == ""
