"""Inspections of looked after children services, 2013."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.pdfs.earlier import BY_TIME, SECTIONS, LookedAfter
from tests.unit.reading.conftest import Read


def test_it_gives_every_field(read: Read) -> None:
    said = read(LookedAfter().sheets())
    assert (said.framework, said.form, said.body.name) == ("LAC-2013", "lac-2013", "Thornmere County Council")
    assert said.title == "Inspection of looked after children services"
    assert (said.inspection_start, said.inspection_end) == (dt.date(2013, 7, 8), dt.date(2013, 7, 12))
    assert (said.published, said.published_source) == (dt.date(2013, 8, 16), "text")
    assert said.lead_inspector == "Robin Fairweather"
    assert [(j.question, j.question_key) for j in said.judgements] == [
        (section, key) for section, (_, key) in SECTIONS.items()
    ]
    assert {(j.grade, j.grade_printed) for j in said.judgements} == {("adequate", "Grade 3 (adequate)")}
    assert [(item.subheading, item.text) for item in said.improve] == [
        (when.rstrip(":"), text) for when, texts in BY_TIME.items() for text in texts
    ]
    assert said.problems == ()


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Grade 4 (inadequate)", "inadequate"),
        ("Grade 2 (Good)", "good"),
        ("Grade 1 (Outstanding)", "outstanding"),
    ],
)
def test_the_grades_are_numbered(read: Read, printed: str, grade: str) -> None:
    said = read(LookedAfter(grades=dict.fromkeys(SECTIONS, printed)).sheets())
    assert {(j.grade, j.grade_printed) for j in said.judgements} == {(grade, printed)}


@pytest.mark.parametrize("section", list(SECTIONS))
def test_a_section_and_the_last_pages_table_that_disagree_are_both_shown(read: Read, section: str) -> None:
    said = read(LookedAfter(again={section: "Inadequate"}).sheets())
    assert [(p.kind, p.field) for p in said.problems] == [("grades_disagree", SECTIONS[section][1])]
    assert {j.grade for j in said.judgements} == {"adequate"}


def test_the_findings_leave_out_the_list_and_the_last_pages_table(read: Read) -> None:
    said = read(LookedAfter().sheets())
    assert [finding.section for finding in said.findings] == list(SECTIONS)
