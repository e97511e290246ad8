"""A review of a Local Safeguarding Children Board that was published alone."""

from __future__ import annotations

import datetime as dt

from tests.pdfs.earlier import BoardAlone
from tests.unit.reading.conftest import Read


def test_it_gives_every_field(read: Read) -> None:
    said = read(BoardAlone().sheets())
    assert (said.framework, said.form, said.body.name) == ("LSCB-review only", "lscb-review", "Thornmere")
    assert said.title == "Review of the effectiveness of the Local Safeguarding Children Board"
    assert (said.inspection_start, said.inspection_end) == (dt.date(2015, 6, 8), dt.date(2015, 6, 12))
    assert (said.published, said.published_source) == (dt.date(2015, 8, 3), "text")
    assert said.lead_inspector == "Robin Fairweather"
    assert [(j.question_key, j.grade_printed, j.grade) for j in said.judgements] == [
        ("lscb", "requires improvement", "requires_improvement")
    ]
    assert [(i.list_kind, i.text) for i in said.improve] == [
        ("lscb_recommendation", text) for text in BoardAlone().items
    ]
    assert said.problems == ()


def test_its_list_is_not_among_its_findings(read: Read) -> None:
    said = read(BoardAlone().sheets())
    assert [(f.section, f.paragraph) for f in said.findings] == [
        ("Executive summary", None),
        *(("Inspection findings", number) for number in range(3, 8)),
    ]


def test_two_grades_that_disagree_are_both_shown(read: Read) -> None:
    said = read(BoardAlone(grade="good", again="inadequate").sheets())
    assert [j.grade for j in said.judgements] == ["good"]
    assert [(p.kind, p.field) for p in said.problems] == [("grades_disagree", "lscb")]
