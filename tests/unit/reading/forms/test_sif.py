"""Inspections under the single inspection framework and re-inspections, in every layout and with every trap."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from oneplace.records import InspectionRecord
from tests.pdfs.earlier import BoardAlone
from tests.pdfs.sheets import BOLD, PLAIN, Mark, joined, signs_first
from tests.pdfs.sif import AUTHORITY_ITEMS, BOARD_ITEMS, PRIORITY_ITEMS, ROWS, Sif
from tests.unit.reading.conftest import Read

LAYOUTS = ("2013", "2014", "2015")
KEYED = {
    "Good": "good",
    "Outstanding": "outstanding",
    "Inadequate": "inadequate",
    "Requires improvement": "requires_improvement",
    "Not judged": "not_judged",
    "Not Judged": "not_judged",
}


def grades(said: InspectionRecord) -> dict[str, str]:
    return {judgement.question_key: judgement.grade for judgement in said.judgements}


def rows_of(report: Sif) -> dict[str, str]:
    return {key: KEYED[report.grade(key)] for key in ROWS}


def listed(said: InspectionRecord, kind: str) -> tuple[str | None, ...]:
    return tuple(item.text for item in said.improve if item.list_kind == kind)


def kinds(said: InspectionRecord) -> list[tuple[str, str]]:
    return [(problem.kind, problem.field) for problem in said.problems]


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


def test_a_report_without_the_boards_part_has_no_judgement_of_it_and_no_problem(read: Read) -> None:
    said = read(Sif(with_board=False).sheets())
    assert said.framework == "SIF"
    assert said.title.endswith("care leavers")
    assert "lscb" not in grades(said)
    assert said.problems == ()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        (("The Local Safeguarding Children Board {grade}",), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children Board", "{grade}"), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children Board is", "{grade}"), "The Local Safeguarding Children Board"),
        (("The Local Safeguarding Children {grade}",), "The Local Safeguarding Children"),
        (("The Local Safeguarding Children is {grade}",), "The Local Safeguarding Children"),
        (("The Local Safeguarding Children’s Board {grade}",), "The Local Safeguarding Children’s Board"),
        (
            ("The Local Safeguarding Children Board (LSCB) is {grade}",),
            "The Local Safeguarding Children Board (LSCB)",
        ),
        (("The Local Safeguarding Children Board {grade}.",), "The Local Safeguarding Children Board"),
    ],
)
@pytest.mark.parametrize(
    "grade", ["requires improvement", "good", "inadequate", "requires improvement to be good"]
)
@pytest.mark.parametrize("layout", ["2014", "2015"])
def test_the_boards_grade_is_in_the_heading_of_its_part(
    read: Read, heading: tuple[str, ...], question: str, grade: str, layout: str
) -> None:
    said = read(Sif(layout=layout, board_heading=heading, board_grade=grade).sheets())
    board = next(judgement for judgement in said.judgements if judgement.question_key == "lscb")
    assert (board.question, board.grade_printed) == (question, grade)
    assert board.address.page == 6
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is good",),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            (
                "The judgement for the effectiveness of the Local Safeguarding Children",
                "Board (LSCB) is good",
            ),
            "The judgement for the effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is", "good."),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
        (
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) good",),
            "The effectiveness of the Local Safeguarding Children Board (LSCB)",
        ),
    ],
)
def test_until_mid_2014_the_boards_grade_is_on_page_1(
    read: Read, sentence: tuple[str, ...], question: str
) -> None:
    said = read(Sif(layout="2013", board_sentence=sentence, board_grade="good").sheets())
    board = next(judgement for judgement in said.judgements if judgement.question_key == "lscb")
    assert (board.question, board.grade, board.address.page) == (question, "good", 1)
    assert said.problems == ()


def test_a_boards_part_without_a_grade_is_a_problem(read: Read) -> None:
    said = read(Sif(board_heading=("The work of the Board",)).sheets())
    assert kinds(said) == [("field_missing", "lscb")]


@pytest.mark.parametrize("key", list(ROWS))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_and_a_heading_that_disagree_are_both_shown(read: Read, key: str, layout: str) -> None:
    report = Sif(layout=layout, headings={key: "Outstanding"})
    said = read(report.sheets())
    assert grades(said)[key] == KEYED[report.grade(key)]
    assert kinds(said) == [("grades_disagree", key)]
    assert "outstanding" in said.problems[0].message.lower()


def test_the_boards_two_grades_that_disagree_are_both_shown(read: Read) -> None:
    said = read(
        Sif(
            layout="2013",
            board_sentence=("The effectiveness of the Local Safeguarding Children Board (LSCB) is good",),
        ).sheets()
    )
    assert grades(said)["lscb"] == "good"
    assert kinds(said) == [("grades_disagree", "lscb")]


def test_a_judgement_that_is_missing_is_a_problem(read: Read) -> None:
    said = read(Sif(grades={"adoption": ""}, headings={"adoption": "Good"}).sheets())
    assert "adoption" not in grades(said)
    assert ("field_missing", "adoption") in kinds(said)


@pytest.mark.parametrize("layout", ["2013", "2014"])
def test_priority_actions_are_told_from_areas_for_improvement(read: Read, layout: str) -> None:
    said = read(Sif(layout=layout, priority=PRIORITY_ITEMS).sheets())
    assert listed(said, "priority_action") == PRIORITY_ITEMS
    assert listed(said, "area_for_improvement") == AUTHORITY_ITEMS
    numbers = [item.printed_number for item in said.improve]
    assert numbers[:4] == (["2", "3", "4", "5"] if layout == "2013" else ["1", "1", "2", "3"])
    assert [item.ordinal for item in said.improve] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("layout", ["2013", "2014"])
@pytest.mark.parametrize(
    "none",
    [
        "There are no areas for priority action.",
        "There are no areas for priority and immediate action.",
        "There are no priority and immediate actions.",
        "None.",
    ],
)
def test_that_there_are_none_is_not_an_item(read: Read, layout: str, none: str) -> None:
    said = read(Sif(layout=layout, priority=(none,)).sheets())
    assert listed(said, "priority_action") == ()
    assert listed(said, "area_for_improvement") == AUTHORITY_ITEMS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mark", ["number", "square", "•"])
@pytest.mark.parametrize("first", [False, True])
def test_items_may_be_numbered_or_bulleted_and_bullets_drawn_first(
    read: Read, layout: str, mark: str, first: bool
) -> None:
    said = read(Sif(layout=layout, mark=mark, order=signs_first if first else list).sheets())
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BOARD_ITEMS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("numbers", ["first", "last"])
def test_long_lists_run_over_pages_with_numbers_and_feet_between(
    read: Read, layout: str, numbers: str
) -> None:
    many = tuple(
        f"Make the {n}th of many changes so that children are seen in time, and so that the many people who know them "
        f"can say what they think in 2015 and after."
        for n in range(1, 31)
    )
    said = read(
        Sif(layout=layout, items=many, numbers=numbers, foot="Thornmere inspection report, page #").sheets()
    )
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == many


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


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_reports_in_one_file_are_read_as_one_inspection_with_the_boards_review(
    read: Read, layout: str
) -> None:
    council = Sif(layout=layout, with_board=False).sheets()
    said = read(joined(council.bytes(), BoardAlone().sheets().bytes()))
    assert said.framework == "SIF"
    assert (said.inspection_start, said.published) == (dt.date(2015, 2, 24), dt.date(2015, 3, 27))
    assert grades(said)["lscb"] == "requires_improvement"
    assert next(j.address.page for j in said.judgements if j.question_key == "lscb") == 6
    assert listed(said, "recommendation" if layout == "2015" else "area_for_improvement") == AUTHORITY_ITEMS
    assert listed(said, "lscb_recommendation") == BoardAlone().items


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
