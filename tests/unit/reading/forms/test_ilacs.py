"""Inspections of local authority children's services, in every layout and with every trap that the real ones have."""

from __future__ import annotations

import datetime as dt

import pytest

from oneplace.records import InspectionRecord
from tests.pdfs.ilacs import BY_LAYOUT, ITEMS, QUESTIONS, Ilacs
from tests.pdfs.sheets import Mark, signs_first
from tests.unit.reading.conftest import Read

LAYOUTS = tuple(BY_LAYOUT)


def grades(said: InspectionRecord) -> dict[str, str]:
    return {judgement.question_key: judgement.grade for judgement in said.judgements}


def kinds(said: InspectionRecord) -> list[tuple[str, str]]:
    return [(problem.kind, problem.field) for problem in said.problems]


def items(said: InspectionRecord) -> tuple[str | None, ...]:
    return tuple(item.text for item in said.improve)


def expected(report: Ilacs) -> dict[str, str]:
    keyed = {
        "Good": "good",
        "Outstanding": "outstanding",
        "Inadequate": "inadequate",
        "Requires improvement to be good": "requires_improvement",
        "Requires improvement": "requires_improvement",
    }
    return {key: keyed[report.grade(key)] for key in report.table_order or BY_LAYOUT[report.layout]}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_field(read: Read, layout: str) -> None:
    said = read(Ilacs(layout=layout).sheets())
    assert (said.publisher, said.framework, said.form) == ("ofsted", "ILACS", "ilacs")
    assert said.body.name == "Thornmere"
    assert said.title == (
        "Inspection of children’s social care services"
        if layout == "2018"
        else "Inspection of Thornmere local authority children’s services"
    )
    starts = {
        "2018": dt.date(2018, 12, 3),
        "2021": dt.date(2021, 11, 8),
        "2023": dt.date(2023, 9, 11),
        "2026": dt.date(2026, 5, 11),
    }
    assert said.inspection_start == starts[layout]
    assert said.inspection_end == starts[layout] + dt.timedelta(days=11)
    assert (said.published, said.published_source) == (None, None)
    assert said.lead_inspector == "Rowan Ashgrove"
    assert said.pages == 3
    assert grades(said) == expected(Ilacs(layout=layout))
    assert [judgement.question for judgement in said.judgements] == [
        " ".join(QUESTIONS[key]) for key in BY_LAYOUT[layout]
    ]
    assert items(said) == ITEMS
    assert {item.list_kind for item in said.improve} == {"area_for_improvement"}
    assert [item.ordinal for item in said.improve] == [1, 2, 3]
    assert said.problems == ()


def test_each_judgement_stands_at_its_place_on_page_1(read: Read) -> None:
    said = read(Ilacs().sheets())
    tops = []
    for judgement in said.judgements:
        assert judgement.address.page == 1
        assert judgement.address.box is not None
        x0, y0, x1, y1 = judgement.address.box
        assert x0 < 80
        assert x1 > 395  # the grade's cell is inside
        assert 8 < y1 - y0 < 32
        tops.append(y1)
    assert tops == sorted(tops, reverse=True)


def test_the_findings_stand_under_their_sections_with_their_numbers(read: Read) -> None:
    said = read(Ilacs(layout="2023").sheets())
    assert [finding.paragraph for finding in said.findings] == [None, None, *range(1, 13)]
    sections = [finding.section for finding in said.findings]
    assert sections[:2] == ["Summary", "Summary"]
    assert sections[2] == "The experiences and progress of children who need help and protection"
    assert sections[-1] == "The impact of leaders on social work practice with children and families"
    assert said.findings[2].text == (
        "Workers in this town see children often and write down what they say. Most plans are clear, and families "
        "know what must happen next and by when."
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("drawn", ["after", "between", "before"])
@pytest.mark.parametrize("grade", ["Requires improvement to be good", "Outstanding"])
def test_the_grades_cell_may_be_drawn_before_between_or_after_its_questions_lines(
    read: Read, layout: str, drawn: str, grade: str
) -> None:
    given = dict(zip(BY_LAYOUT[layout], ["Inadequate", grade, "Good", grade, "Inadequate"], strict=False))
    report = Ilacs(layout=layout, grade_drawn=drawn, grades=given)
    said = read(report.sheets())
    assert grades(said) == expected(report)
    assert said.problems == ()


def grades_last(marks: list[Mark]) -> list[Mark]:
    """The whole column of grades drawn after all questions."""
    return sorted(marks, key=lambda mark: mark.x == 395)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_column_of_grades_may_be_drawn_after_the_column_of_questions(read: Read, layout: str) -> None:
    given = dict(
        zip(
            BY_LAYOUT[layout],
            ["Inadequate", "Requires improvement to be good", "Good", "Outstanding", "Good"],
            strict=False,
        )
    )
    report = Ilacs(layout=layout, grades=given, order=grades_last)
    said = read(report.sheets())
    assert grades(said) == expected(report)
    assert said.problems == ()


def test_the_sub_judgements_may_stand_in_another_order(read: Read) -> None:
    order = ("help_and_protection", "care_and_leavers", "leadership", "overall")
    report = Ilacs(layout="2018", table_order=order, grades={"care_and_leavers": "Outstanding"})
    said = read(report.sheets())
    assert [judgement.question_key for judgement in said.judgements] == list(order)
    assert grades(said) == expected(report)
    assert said.problems == ()


@pytest.mark.parametrize("key", ["care", "care_leavers", "overall"])
def test_the_table_may_run_on_to_page_2(read: Read, key: str) -> None:
    report = Ilacs(break_table_at=key, grades={"care_leavers": "Outstanding"})
    said = read(report.sheets())
    assert grades(said) == expected(report)
    assert next(j.address.page for j in said.judgements if j.question_key == key) == 2
    assert items(said) == ITEMS
    assert len(said.findings) == 14
    assert said.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "{question}: {grade}",
        "{question}:{grade}",
        "{question} {grade}",
        "{question} is {grade}.",
        "{question} are {grade}",
        "{question} – {grade}",
        "{question} : {grade}",
    ],
)
@pytest.mark.parametrize("bold", [True, False])
def test_a_section_heading_is_known_by_its_words(read: Read, heading: str, bold: bool) -> None:
    report = Ilacs(heading=heading, heading_bold=bold)
    said = read(report.sheets())
    assert {finding.section for finding in said.findings} == {
        "Summary",
        *(" ".join(QUESTIONS[key]) for key in BY_LAYOUT["2023"] if key != "overall"),
    }
    assert said.problems == ()


@pytest.mark.parametrize("bold", [True, False])
def test_a_table_and_a_heading_that_disagree_are_both_shown(read: Read, bold: bool) -> None:
    said = read(Ilacs(headings={"care": "Inadequate"}, heading_bold=bold).sheets())
    assert grades(said)["care"] == "good"
    assert kinds(said) == [("grades_disagree", "care")]
    assert "'Good'" in said.problems[0].message
    assert "'Inadequate'" in said.problems[0].message
    assert said.problems[0].address.page is not None
    assert said.problems[0].address.page > 1


def test_a_judgement_that_only_a_heading_gives_is_taken_and_said(read: Read) -> None:
    order = ("leadership", "help_and_protection", "care", "overall")
    said = read(Ilacs(table_order=order, grades={"care_leavers": "Outstanding"}).sheets())
    assert grades(said)["care_leavers"] == "outstanding"
    assert kinds(said) == [("grades_disagree", "care_leavers")]


def test_a_grades_word_in_the_text_below_the_table_is_no_grade(read: Read) -> None:
    said = read(Ilacs(grades={"overall": ""}).sheets())
    assert "overall" not in grades(said)
    assert kinds(said) == [("field_missing", "overall")]


def test_from_april_2026_no_overall_grade_is_no_problem_and_before_it_is_one(read: Read) -> None:
    after = read(Ilacs(layout="2026", dates=("13 to 24 April 2026",)).sheets())
    assert "overall" not in grades(after)
    assert after.problems == ()
    before = read(Ilacs(layout="2026", dates=("9 to 20 March 2026",)).sheets())
    assert kinds(before) == [("field_missing", "overall")]


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        (("3 December 2018 to 14 December 2018",), (2018, 12, 3), (2018, 12, 14)),
        (("3–14 December 2018",), (2018, 12, 3), (2018, 12, 14)),
        (("3 -14 December 2018",), (2018, 12, 3), (2018, 12, 14)),
        (("26 November–7 December 2018",), (2018, 11, 26), (2018, 12, 7)),
        (("17 December to 11 January 2019",), (2018, 12, 17), (2019, 1, 11)),
        (("8 July 2019 to 12 July 2019 and 7 August 2019 to 8", "August 2019"), (2019, 7, 8), (2019, 8, 8)),
        (("5 to 9 December 2022 and", "14 to 15 February 2023"), (2022, 12, 5), (2023, 2, 15)),
        (
            ("5 December 2022 to 9 December 2022", "14 February 2023 to 15 February 2023"),
            (2022, 12, 5),
            (2023, 2, 15),
        ),
        (("Monday 3 December to Friday 14 December 2018",), (2018, 12, 3), (2018, 12, 14)),
        (("4 December 2018",), (2018, 12, 4), (2018, 12, 4)),
        (("10 to 14 and 17 to 21 June 2024",), (2024, 6, 10), (2024, 6, 21)),
    ],
)
@pytest.mark.parametrize("label", ["Inspection dates: ", "Inspection date: ", "Inspection dates "])
def test_the_dates_are_read_however_they_are_printed(
    read: Read, dates: tuple[str, ...], start: tuple[int, int, int], end: tuple[int, int, int], label: str
) -> None:
    said = read(Ilacs(layout="2018", dates=dates, dates_label=label).sheets())
    assert (said.inspection_start, said.inspection_end) == (dt.date(*start), dt.date(*end))
    assert said.lead_inspector == "Rowan Ashgrove"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Lead inspector: Rowan Ashgrove", "Her Majesty’s Inspector"), "Rowan Ashgrove"),
        (("Lead inspector: Rowan Ashgrove, HMI",), "Rowan Ashgrove"),
        (("Lead inspector: Rowan Ashgrove, Senior HMI",), "Rowan Ashgrove"),
        (("Lead inspector: Rowan Ashgrove, Senior His Majesty’s Inspector",), "Rowan Ashgrove"),
        (("Lead inspector: Rowan Ashgrove, Her Majesty's Inspector",), "Rowan Ashgrove"),
        (("Lead inspector:", "Rowan Ashgrove, His Majesty’s Inspector"), "Rowan Ashgrove"),
        (("Lead inspector: Rowan Ashgrove",), "Rowan Ashgrove"),
        (("Lead inspector: Rowan St. John-Ashgrove HMI",), "Rowan St. John-Ashgrove"),
        (("Lead inspectors: Rowan Ashgrove and Hazel Thorne, HMI",), "Rowan Ashgrove; Hazel Thorne"),
        (("Lead inspectors: Rowan Ashgrove HMI and", "Hazel Thorne HMI"), "Rowan Ashgrove; Hazel Thorne"),
        (
            ("Lead inspectors: Rowan Ashgrove, His Majesty’s Inspector", "and Hazel Thorne, HMI"),
            "Rowan Ashgrove; Hazel Thorne",
        ),
        (
            (
                "Lead inspectors: Rowan Ashgrove, Her Majesty’s Inspector",
                "Hazel Thorne, Her Majesty’s Inspector",
            ),
            "Rowan Ashgrove; Hazel Thorne",
        ),
        (("Lead inspectors: Rowan Ashgrove, Hazel Thorne",), "Rowan Ashgrove; Hazel Thorne"),
    ],
)
def test_the_lead_inspectors_are_named_without_their_offices(
    read: Read, lines: tuple[str, ...], names: str
) -> None:
    assert read(Ilacs(lead=lines).sheets()).lead_inspector == names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (("Inspection of Thornmere local authority", "children’s services"), "Thornmere"),
        (("Inspection of Thornmere City Council local", "authority children's services"), "Thornmere"),
        (("Inspection of Thornmere Metropolitan Borough", "Council children’s services"), "Thornmere"),
        (
            ("Inspection of the Isle of Thornmere local", "authority children’s services"),
            "the Isle of Thornmere",
        ),
        (("Inspection of Thornmere County Council", "children’s services"), "Thornmere"),
        (("Inspection of Thornmere and Ashby children’s", "services"), "Thornmere and Ashby"),
    ],
)
def test_the_title_names_the_council(read: Read, title: tuple[str, ...], name: str) -> None:
    said = read(Ilacs(title=title).sheets())
    assert said.title == " ".join(title)
    assert said.body.name == name


@pytest.mark.parametrize(
    "heading",
    [
        "What needs to improve",
        "What needs to improve?",
        "What needs to improve:",
        "What needs to be improved?",
        "Areas for improvement",
        "What needs to improve in this area of social work practice?",
    ],
)
@pytest.mark.parametrize("mark", ["square", "•", "-", "number"])
def test_a_list_of_any_mark_is_found_whole(read: Read, heading: str, mark: str) -> None:
    said = read(Ilacs(improve_heading=heading, mark=mark).sheets())
    assert items(said) == ITEMS
    assert {item.heading.rstrip(":") for item in said.improve} == {heading.rstrip(":")}


@pytest.mark.parametrize(
    "sign", ["\uf06e", "\uf0b7", "\uf0a7", "\u25fc", "\u25aa", "\u25a0", "\u2022", "\u25cf", "\u2b1b"]
)
@pytest.mark.parametrize("first", [False, True])
def test_a_bullet_may_be_any_sign_and_be_drawn_before_all_text(read: Read, sign: str, first: bool) -> None:
    said = read(Ilacs(sign=sign, order=signs_first if first else list).sheets())
    assert items(said) == ITEMS


def test_items_may_run_over_a_page_and_within_a_sentence(read: Read) -> None:
    many = tuple(
        f"The {n}th thing that managers must see to, which is told here at some length so that it takes two lines."
        for n in range(4, 24)
    )
    said = read(Ilacs(improve=many).sheets())
    assert items(said) == many
    assert {item.address.page for item in said.improve} >= {2}


def test_a_heading_over_prose_is_no_list(read: Read) -> None:
    said = read(
        Ilacs(improve=(), prose_after="Leaders know what they must do next and have a plan for it.").sheets()
    )
    assert said.improve == ()
    assert said.problems == ()


def test_no_list_at_all_is_no_problem(read: Read) -> None:
    said = read(Ilacs(improve_heading="").sheets())
    assert said.improve == ()
    assert len(said.findings) == 14
    assert said.problems == ()


def test_the_same_item_twice_is_two_items(read: Read) -> None:
    assert items(read(Ilacs(improve=(ITEMS[0], ITEMS[1], ITEMS[0])).sheets())) == (
        ITEMS[0],
        ITEMS[1],
        ITEMS[0],
    )


def test_a_line_of_an_item_may_begin_with_a_number_or_a_year(read: Read) -> None:
    odd = (
        "How quickly leaders act on what they were told in\n2017. Too little of it has been done by those who should.",
        "The use of money for each person older than\n16 who leaves care, in line with the rules of\n2015 and since.",
        "Visits within\n10. The rule says so.",
    )
    said = read(Ilacs(improve=odd).sheets())
    assert items(said) == tuple(item.replace("\n", " ") for item in odd)


@pytest.mark.parametrize("numbers", ["first", "last", ""])
def test_page_numbers_are_never_part_of_an_item(read: Read, numbers: str) -> None:
    many = tuple(
        f"The {n}th thing that is told at length, and goes on for so long that the line has to break somewhere."
        for n in range(4, 24)
    )
    assert items(read(Ilacs(improve=many, numbers=numbers).sheets())) == many


def test_a_list_may_end_before_a_paragraph_that_is_none_of_it(read: Read) -> None:
    said = read(
        Ilacs(
            prose_after="Inspectors will look at these matters again when they come back next year."
        ).sheets()
    )
    assert items(said) == ITEMS


@pytest.mark.parametrize("sign", ["\u25fc", "•"])
def test_a_running_foot_between_the_items_of_a_list_is_none_of_it(read: Read, sign: str) -> None:
    many = tuple(
        f"The {n}th thing that managers must see to, told at such length that it has to take two lines."
        for n in range(4, 24)
    )
    sheets = Ilacs(improve=many, mark=sign if sign == "•" else "square").sheets()
    sheets.foot = "Inspection of Thornmere local authority children’s services, September 2023"
    said = read(sheets)
    assert items(said) == many
    assert {item.address.page for item in said.improve} == {1, 2}
