"""Inspections under the single inspection framework and re-inspections, in every layout and with every trap."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.pdfs.sheets import BOLD, PLAIN, Mark
from tests.pdfs.sif import AUTHORITY_ITEMS, BOARD_ITEMS, ROWS, Sif
from tests.unit.reading.conftest import Read
from tests.unit.reading.forms.asked_of_sif import KEYED, LAYOUTS, grades, kinds, listed, rows_of


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_field(read: Read, layout: str) -> None:
    report = Sif(layout=layout)
    said = read(report.sheets())
    assert (said.publisher, said.framework, said.form) == ("ofsted", "SIF", f"sif-{layout}")
    assert said.title == (
        "Inspection of services for children in need of help and protection, children looked after and care leavers "
        "and Review of the effectiveness of the Local Safeguarding Children Board"
    )
    assert said.body.name == "Thornmere Borough Council"
    assert (said.inspection_start, said.inspection_end) == (dt.date(2015, 2, 24), dt.date(2015, 3, 18))
    assert (said.published, said.published_source) == (dt.date(2015, 3, 27), "text")
    assert said.lead_inspector == "Robin Fairweather"
    assert said.pages == 6
    overall = "inadequate" if layout == "2014" else "requires_improvement"
    assert grades(said) == {"overall": overall, **rows_of(report), "lscb": "requires_improvement"}
    kind = "recommendation" if layout == "2015" else "area_for_improvement"
    assert listed(said, kind) == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS
    assert [item.ordinal for item in said.improve] == [1, 2, 3, 4, 5]
    assert said.problems == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("grade", ["Requires improvement", "Outstanding", "Not judged"])
def test_a_grade_may_wrap_within_its_cell(read: Read, layout: str, wrapped: bool, grade: str) -> None:
    report = Sif(
        layout=layout,
        wrapped_grades=wrapped,
        grades=dict.fromkeys(("care", "adoption", "care_leavers"), grade),
    )
    said = read(report.sheets())
    assert {key: grade for key, grade in grades(said).items() if key in ROWS} == rows_of(report)


def grades_last(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.x == 410)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_column_of_grades_may_be_drawn_after_the_column_of_questions(read: Read, layout: str) -> None:
    report = Sif(layout=layout, order=grades_last, grades={"care": "Outstanding", "leadership": "Good"})
    said = read(report.sheets())
    assert {key: grade for key, grade in grades(said).items() if key in ROWS} == rows_of(report)
    assert said.problems == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", ["care_leavers", "leadership"])
def test_the_table_may_run_on_to_page_2(read: Read, layout: str, key: str) -> None:
    report = Sif(layout=layout, break_table_at=key, grades={"leadership": "Outstanding"})
    said = read(report.sheets())
    assert {key: grade for key, grade in grades(said).items() if key in ROWS} == rows_of(report)
    assert next(j.address.page for j in said.judgements if j.question_key == key) == 2
    assert said.problems == ()


def test_a_question_is_told_with_the_capitals_of_the_report(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROWS, "care_leavers", ("2.2 ", "Experiences and progress of Care Leavers"))
    questions = {judgement.question_key: judgement.question for judgement in read(Sif().sheets()).judgements}
    assert questions["care_leavers"] == "Experiences and progress of Care Leavers"
    assert questions["care"] == "Children looked after and achieving permanence"


@pytest.mark.parametrize("number", ["1. ", "", "3 ", "3."])
def test_leadership_may_be_misnumbered(read: Read, number: str) -> None:
    said = read(Sif(numbers_of_rows={"leadership": number}).sheets())
    assert grades(said)["leadership"] == "requires_improvement"


@pytest.mark.parametrize(
    ("lines", "question", "grade"),
    [
        (("Children’s services in Thornmere are good",), "Children’s services in Thornmere are", "good"),
        (
            ("Children’s services require improvement to be good",),
            "Children’s services",
            "requires_improvement",
        ),
        (
            ("Children’s services in the Royal Borough of", "Thornmere and Ashby are inadequate"),
            "Children’s services in the Royal Borough of Thornmere and Ashby are",
            "inadequate",
        ),
        (
            ("Children’s services in Thornmere require", "improvement to be good"),
            "Children’s services in Thornmere",
            "requires_improvement",
        ),
        (
            ("Children’s services in Thornmere require improvement", "to be good"),
            "Children’s services in Thornmere",
            "requires_improvement",
        ),
        (
            ("Children's services in St. Thornmere are outstanding",),
            "Children's services in St. Thornmere are",
            "outstanding",
        ),
        (("The overall judgement is good.",), "The overall judgement is", "good"),
        (
            ("The overall judgement is requires improvement",),
            "The overall judgement is",
            "requires_improvement",
        ),
        (
            ("The overall judgement is that children’s services", "require improvement"),
            "The overall judgement is that children’s services",
            "requires_improvement",
        ),
        (
            ("The overall judgement is that children’s service requires", "improvement"),
            "The overall judgement is that children’s service",
            "requires_improvement",
        ),
        (
            ("The overall judgement is that children’s services are", "outstanding"),
            "The overall judgement is that children’s services are",
            "outstanding",
        ),
    ],
)
def test_the_overall_judgement_is_a_sentence(
    read: Read, lines: tuple[str, ...], question: str, grade: str
) -> None:
    said = read(Sif(overall=lines, with_board=False).sheets())
    overall = next(judgement for judgement in said.judgements if judgement.question_key == "overall")
    assert (overall.question, overall.grade) == (question, grade)
    assert overall.address.page == 1


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Report published: 3rd March 2015",), 3),
        (("Report published:", "3 March 2015"), 3),
        (("Report published 3 March 2015",), 3),
        (("Published: 3 March 2015",), 3),
        (("Report published on: 03 March 2015",), 3),
        (("Report published: 3 March", "2015"), 3),
        ((), None),
    ],
)
def test_the_publication_date_is_read_where_it_is_printed(
    read: Read, lines: tuple[str, ...], day: int | None
) -> None:
    said = read(Sif(published=lines).sheets())
    assert said.published == (dt.date(2015, 3, day) if day else None)
    assert said.published_source == ("text" if day else None)


@pytest.mark.parametrize(
    ("label", "dates", "start", "end"),
    [
        ("Inspection date: ", ("24 February 2015 – 18 March 2015",), (2, 24), (3, 18)),
        ("Inspection dates: ", ("24 February 2015 to 18 March 2015",), (2, 24), (3, 18)),
        ("Inspection date: ", ("24 February – 18 March 2015",), (2, 24), (3, 18)),
        ("Inspection date: ", ("24 February to", "18 March 2015"), (2, 24), (3, 18)),
        ("Inspection dates: ", ("24 February 2015 – 18", "March 2015"), (2, 24), (3, 18)),
        ("Inspection date: ", ("24th February-18th March 2015",), (2, 24), (3, 18)),
        ("Inspection date: ", ("18 March 2015",), (3, 18), (3, 18)),
        (
            "Inspection dates: ",
            ("24 February 2015 – 27 February 2015 and", "16 March 2015 – 18 March 2015"),
            (2, 24),
            (3, 18),
        ),
        (
            "Inspection dates: ",
            ("24 February 2015–27 February 2015", "16 March 2015–18 March 2015"),
            (2, 24),
            (3, 18),
        ),
        ("Inspection date: ", ("24 Feb 2015 - 18 Mar 2015",), (2, 24), (3, 18)),
        ("Inspection date: ", ("24/02/2015 – 18/03/2015",), (2, 24), (3, 18)),
        ("Inspection dates:", ("", "24 February 2015 – 18 March 2015"), (2, 24), (3, 18)),
    ],
)
def test_the_dates_are_read_however_they_are_printed(
    read: Read, label: str, dates: tuple[str, ...], start: tuple[int, int], end: tuple[int, int]
) -> None:
    said = read(Sif(dates_label=label, dates=dates).sheets())
    assert (said.inspection_start, said.inspection_end) == (dt.date(2015, *start), dt.date(2015, *end))
    assert said.published == dt.date(2015, 3, 27)


@pytest.mark.parametrize("title", ["Re-inspection", "Reinspection"])
def test_a_reinspection_keeps_the_previous_judgements_out_of_its_own(read: Read, title: str) -> None:
    report = Sif(
        reinspection=True,
        title=(
            f"{title} of services for children in need of help and",
            "protection, children looked after and care leavers",
        ),
        previous={
            "Overall effectiveness": "inadequate",
            "Children who need help and protection": "outstanding",
            "Children looked after and achieving permanence": "outstanding",
            "Adoption performance": "outstanding",
            "Leadership, management and governance": "outstanding",
        },
    )
    said = read(report.sheets())
    assert (said.framework, said.form) == ("SIF-reinspection", "sif-reinspection")
    assert (
        said.title
        == f"{title} of services for children in need of help and protection, children looked after and care leavers"
    )
    assert grades(said) == {"overall": "requires_improvement", **rows_of(report)}
    assert listed(said, "recommendation") == AUTHORITY_ITEMS
    assert len(said.improve) == 3
    assert said.problems == ()


@pytest.mark.parametrize("key", list(ROWS))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_and_a_heading_that_disagree_are_both_shown(read: Read, key: str, layout: str) -> None:
    report = Sif(layout=layout, headings={key: "Outstanding"})
    said = read(report.sheets())
    assert grades(said)[key] == KEYED[report.grade(key)]
    assert kinds(said) == [("grades_disagree", key)]
    assert "outstanding" in said.problems[0].message.lower()


def test_a_judgement_that_is_missing_is_a_problem(read: Read) -> None:
    said = read(Sif(grades={"adoption": ""}, headings={"adoption": "Good"}).sheets())
    assert "adoption" not in grades(said)
    assert ("field_missing", "adoption") in kinds(said)


def plain(marks: list[Mark]) -> list[Mark]:
    """All headings in plain type."""
    return [replace(mark, font=PLAIN) if mark.font == BOLD else mark for mark in marks]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_need_not_be_bold(read: Read, layout: str) -> None:
    report = Sif(layout=layout, order=plain, headings={"care": "Outstanding"})
    said = read(report.sheets())
    assert {key: grade for key, grade in grades(said).items() if key in ROWS} == rows_of(report)
    assert grades(said)["lscb"] == "requires_improvement"
    assert kinds(said) == [("grades_disagree", "care")]
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Lead inspector: Robin Fairweather HMI",), "Robin Fairweather"),
        (("Lead inspector: Robin Fairweather, HMI",), "Robin Fairweather"),
        (("Lead inspector: Robin J Fairweather HMI",), "Robin J Fairweather"),
        (("Lead inspector:", "Robin Fairweather HMI"), "Robin Fairweather"),
        (("Lead inspector Robin Fairweather, Her Majesty’s Inspector",), "Robin Fairweather"),
        (("Lead inspector: Robin Fairweather Senior HMI",), "Robin Fairweather"),
        (("Lead inspector: Robin Fairweather, Her Majesty’s Inspector (HMI)",), "Robin Fairweather"),
        (
            ("Lead inspector: Robin Fairweather HMI", "Deputy lead inspector: Jo Redfern HMI"),
            "Robin Fairweather",
        ),
        (("Lead inspectors: Robin Fairweather HMI and Jo Redfern HMI",), "Robin Fairweather; Jo Redfern"),
        (("Lead inspectors: Robin Fairweather HMI, Jo Redfern HMI",), "Robin Fairweather; Jo Redfern"),
    ],
)
def test_the_lead_inspector_is_in_the_inspection_team(read: Read, lines: tuple[str, ...], name: str) -> None:
    assert read(Sif(lead=lines).sheets()).lead_inspector == name


def test_the_findings_stand_under_their_sections(read: Read) -> None:
    said = read(Sif().sheets())
    sections = {finding.section for finding in said.findings}
    assert "Executive summary" in sections
    assert "Leadership, management and governance" in sections
    assert not any("Information about this" in section for section in sections)
    numbered = [finding.paragraph for finding in said.findings if finding.paragraph]
    assert numbered == sorted(numbered)
    assert not {item.text for item in said.improve} & {finding.text for finding in said.findings}


@pytest.mark.parametrize(
    ("dates", "published", "field"),
    [
        ("18 March 2015 – 24 February 2015", "27 March 2015", "inspection_start"),
        ("24 February 2014 – 18 March 2015", "27 March 2015", "inspection_start"),
        ("24 February 2015 – 18 March 2015", "27 February 2015", "published"),
    ],
)
def test_dates_that_cannot_be_right_are_told_as_printed_and_doubted(
    read: Read, dates: str, published: str, field: str
) -> None:
    said = read(Sif(dates=(dates,), published=(f"Report published: {published}",)).sheets())
    assert said.inspection_start is not None
    assert said.published is not None
    assert kinds(said) == [("date_implausible", field)]
