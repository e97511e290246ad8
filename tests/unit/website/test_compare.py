"""Areas side by side: only like beside like, whose service it is, and what the address may ask for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from oneplace.evidence import actions
from oneplace.places import postcodes
from oneplace.places.actions import load_areas
from oneplace.places.postcodes import PostcodeAnswer
from oneplace.records import Address, AreaRef, BodyRecord, BodyRef, InspectionRecord, JudgementRecord
from tests.unit.evidence.making import area, areas, inspection, judgement, release
from tests.unit.website.test_every_service import FORCE, HOME, PEEL, RATE, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    more = [
        area("wood", kind="county"),
        area("copse", kind="district", county="wood", childrens_services=False),
        *(area(f"ash-{number}") for number in range(4)),
    ]
    load_areas([*areas(), *more], "register/1")
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, HOME, PEEL])
    actions.publish_release(
        release(),
        [
            inspection(
                judgements=(judgement("overall", "good", 1), judgement("leadership", "outstanding", 2))
            ),
            inspection("2019-03-01", "2019-01-10", None, body="Birch", grade="inadequate"),
            inspection("2018-06-01", "2018-04-10", None, body="Wood", grade="requires_improvement"),
            inspection(
                "2009-12-09", None, None, body="Ash 1", framework="annual-rating", grade="performs_poorly"
            ),
            inspection(
                "2010-01-09", None, None, body="Cumbria", framework="annual-rating", grade="performs_well"
            ),
        ],
    )
    figures = [
        value("alder", 2022, 31.0, row=6),
        value("alder", 2023, 33.25, row=7),
        value("birch", 2023, 61.0, row=9),
        value("england", 2023, 44.0, row=8),
    ]
    actions.publish_release(
        release(source="defra_waste", publisher="defra", content="waste"), [RATE, *figures]
    )


def page(client: Client, query: str) -> str:
    answer = client.get(f"/compare/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client: Client, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/compare.csv{query}").content.decode())))


def test_grades_stand_question_by_question_with_their_place(client: Client) -> None:
    text = page(client, "?areas=alder,birch")
    assert "<h1" in text
    assert "Alder and Birch, side by side" in text
    assert "Outstanding" in text
    assert "No grade for this question" in text  # Birch has no grade for leadership
    grade = next(
        row for row in rows(client, "?areas=alder,birch") if row["question_or_measure"] == "leadership"
    )
    assert (grade["area"], grade["grade_or_value"], grade["page"]) == ("alder", "outstanding", "2")
    assert grade["release"].startswith("ofsted_la_outcomes/")


def test_what_came_under_other_rules_is_grey_with_the_reason(client: Client) -> None:
    text = page(client, "?areas=alder,birch,ash-1")
    assert "compare__apart" in text
    assert "are not compared" in text
    found = {
        row["area"]: row
        for row in rows(client, "?areas=alder,birch,ash-1")
        if row["question_or_measure"] == "overall"
    }
    assert found["alder"]["compared"] == "yes"
    assert found["ash-1"]["compared"] == "no"
    assert "are not compared" in found["ash-1"]["why_not"]
    assert found["ash-1"]["grade_or_value"] == "performs_poorly"


def test_a_district_shows_whose_service_it_is(client: Client) -> None:
    text = page(client, "?areas=alder,copse")
    assert "Provided by Wood" in text
    found = next(row for row in rows(client, "?areas=alder,copse") if row["area"] == "copse")
    assert (found["grade_or_value"], found["whose"]) == ("requires_improvement", "Wood")


def test_what_a_county_was_judged_on_as_a_council_is_none_of_its_districts(client: Client) -> None:
    stars = replace(
        inspection("2007-02-22", None, None, body="Wood", framework="CPA-stars", grade=None),
        publisher="audit-commission",
        judgements=(replace(judgement("stars", "4"), question="Stars"),),
    )
    actions.publish_release(release(source="audit_commission_cpa", publisher="audit-commission"), [stars])
    assert "Four stars" not in page(client, "?areas=copse")
    assert rows(client, "?areas=copse,alder")
    assert "Four stars" in page(client, "?areas=wood")


def test_a_force_is_shown_to_each_council_that_it_serves(client: Client) -> None:
    assert page(client, "?areas=alder,birch").count("Timber Police") == 2


def test_figures_stand_with_england_and_the_better_of_the_two(client: Client) -> None:
    text = page(client, "?areas=alder,birch")
    assert re.search(r"61%.{0,400}Better of the two", text, re.DOTALL)
    assert "England 44%" in text
    figure = next(row for row in rows(client, "?areas=alder,birch") if row["what"] == "figure")
    assert (figure["grade_or_value"], figure["sheet"], figure["row"]) == ("33.25", "Table_3", "7")
    assert len(re.findall(r'id="trend-alder-waste-recycling-rate', text)) >= 1


def test_as_at_a_day_nothing_later_is_told(client: Client) -> None:
    text = page(client, "?areas=alder,birch&as-at=2018-12-31")
    assert "Inadequate" not in text
    assert "61%" not in text
    assert "is not known" in text
    assert "compare/?areas=alder&amp;undo=alder,birch&amp;as-at=2018-12-31" in text


def test_an_area_that_has_ended_says_what_came_after(client: Client) -> None:
    text = page(client, "?areas=cumbria,cumberland")
    assert "ended on 1 April 2023" in text
    assert "Performs well" in text
    assert "What was said of those before it is theirs" in text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?areas=nowhere,alder", "is no area in the record"),
        ("?areas=alder,alder", "asked for twice"),
        (
            "?areas=alder,birch,ash-0,ash-1,ash-2,ash-3",
            "At most five areas fit side by side. Left out: Ash 3. Take one away to make room.",
        ),
        ("?areas=alder&add=", "Type the name of an area, or a postcode"),
        ("?areas=alder&add=zzzzzz", "No area is called"),
        ("?areas=alder&add=Alder", "Alder is already here"),
        ("?areas=alder,birch,ash-0,ash-1,ash-2&add=Wood", "Take one away first"),
        ("?areas=%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_shown_is_said(client: Client, query: str, message: str) -> None:
    assert message in page(client, query)


def test_without_areas_the_page_says_how_to_begin(client: Client) -> None:
    text = page(client, "")
    assert "Begin with an area" in text
    assert "There is a problem" not in text
    assert rows(client, "") == []


def test_a_slip_of_the_keys_is_understood_and_several_are_offered(client: Client) -> None:
    assert client.get("/compare/?areas=alder&add=birhc").headers["Location"] == "/compare/?areas=alder,birch"
    text = page(client, "?areas=alder&add=ash")
    assert "/compare/?areas=alder,ash-2" in text
    assert "may be" in text


@pytest.mark.parametrize("group", ["neighbours", "similar", "region", "type", "england"])
def test_one_area_stands_among_a_group(client: Client, group: str) -> None:
    text = page(client, f"?areas=alder&with={group}")
    if group in ("neighbours", "similar"):
        assert "Nobody whose reckoning is loaded" in text
        return
    assert "1 inadequate" in text
    assert "judged by other rules: not compared" in text
    assert "Copse" not in text  # a district has other duties


def test_five_areas_cost_as_many_questions_as_two(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "?areas=alder,birch")
    with django_assert_max_num_queries(20):
        page(client, "?areas=alder,birch,ash-0,ash-1,copse")


def prison(name: str, area_id: str, row: int) -> BodyRecord:
    return BodyRecord(
        body_id=name.lower().replace(" ", "-"),
        name=name,
        kind="prison",
        stands_in=AreaRef(area_id=area_id),
        address=Address(row=row),
    )


def visited(kind: str, name: str, framework: str, tests: dict[str, str], row: int) -> InspectionRecord:
    return InspectionRecord(
        publisher="hmi-prisons" if kind == "prison" else "hmi-probation",
        framework=framework,
        body=BodyRef(kind=kind, name=name),
        inspection_start=dt.date(2022, 5, 1),
        inspection_end=dt.date(2022, 5, 9),
        published=dt.date(2022, 8, 1),
        published_source="list",
        judgements=tuple(
            JudgementRecord(
                question=question.replace("_", " "),
                question_key=question,
                grade_printed=grade.replace("_", " "),
                grade=grade,
                address=Address(row=row + number),
            )
            for number, (question, grade) in enumerate(tests.items())
        ),
        address=Address(row=row),
    )


@pytest.fixture
def prisons() -> None:
    actions.publish_release(
        release(source="hmi_prisons", publisher="hmi-prisons", content="prisons"),
        [
            prison("HMP Alder", "alder", 2),
            prison("HMP Coppice", "copse", 3),  # in a district of Wood
            prison("HMP Birch", "birch", 4),
            visited("prison", "HMP Alder", "healthy-prison", {"safety": "poor", "respect": "good"}, 10),
            visited("prison", "HMP Coppice", "healthy-prison", {"safety": "good"}, 20),
        ],
    )


@pytest.fixture
def probation() -> None:
    def body(body_id: str, name: str, kind: str, *serves: str) -> BodyRecord:
        return BodyRecord(
            body_id=body_id,
            name=name,
            kind=kind,
            serves=tuple(AreaRef(area_id=each) for each in serves),
            address=Address(row=2),
        )

    actions.publish_release(
        release(source="hmi_probation", publisher="hmi-probation", content="probation"),
        [
            body("pdu-alder", "Alder Unit", "probation_unit", "alder"),
            body("forest", "Forest Probation", "probation_region", "alder", "birch", "wood"),
            visited("probation_unit", "Alder Unit", "probation", {"overall": "inadequate"}, 30),
            visited("probation_region", "Forest Probation", "probation", {"overall": "good"}, 40),
        ],
    )


def section_of(text: str, service: str) -> str:
    begun = text[text.index(f'id="service-{service}"') :]
    return " ".join(re.sub(r"<[^>]+>", " ", begun[: begun.index("</section>")]).split())


@pytest.mark.usefixtures("prisons")
def test_prisons_stand_by_name_in_the_area_where_they_are_and_none_is_a_grade_of_it(client: Client) -> None:
    text = section_of(page(client, "?areas=alder,wood,birch,ash-1"), "prisons")
    assert "Each prison is judged by itself, and no area as a whole" in text
    assert re.search(r"Safety HMP Alder \S* ?Poor row 10 .*HMP Coppice \S* ?Good row 20", text)
    assert "HMP Birch No graded inspection is in the record" in text
    assert "No prison known to the record stands here" in text  # Ash 1
    assert "HMP Coppice No outcome of this test is in the record" in text  # of respect
    found = [row for row in rows(client, "?areas=alder,wood") if row["service"] == "prisons"]
    safety = [row for row in found if row["question_or_measure"] == "safety"]
    assert [(row["area"], row["whose"], row["grade_or_value"], row["row"]) for row in safety] == [
        ("alder", "HMP Alder", "poor", "10"),
        ("wood", "HMP Coppice", "good", "20"),
    ]


@pytest.mark.usefixtures("prisons")
def test_a_prison_stands_among_the_prisons_of_a_group(client: Client) -> None:
    text = page(client, "?areas=alder&with=england")
    assert "Prisons: HMP Alder" in text
    own = text[text.index("Prisons: HMP Alder") :]
    assert (
        "1 without a grade for this in the record" in own
    )  # HMP Birch; Copse is a district, with other duties
    assert "HMP Coppice" not in own


@pytest.mark.usefixtures("probation")
def test_a_whole_region_is_not_set_beside_a_unit_of_one(client: Client) -> None:
    text = section_of(page(client, "?areas=alder,birch"), "probation")
    assert "Alder Unit" in text
    assert "Forest Probation" in text
    assert "not compared with judgements of parts of one" in text
    assert "Not compared: a whole region" in text
    both = section_of(page(client, "?areas=wood,birch"), "probation")
    assert "Not compared" not in both
    among = page(client, "?areas=alder&with=england")
    probation = among[among.index("Probation: Probation inspection") :]
    assert re.search(r"\d judged by other rules, or as another kind of body: not compared", probation)


@pytest.mark.usefixtures("prisons", "probation")
def test_the_file_of_a_group_has_what_the_page_counts_each_with_its_place(client: Client) -> None:
    query = "?areas=alder&with=england"
    assert 'href="/compare.csv?areas=alder&amp;with=england"' in page(client, query)
    answer = client.get(f"/compare.csv{query}")
    assert 'filename="oneplace-compare-alder-england.csv"' in answer["Content-Disposition"]
    found = rows(client, query)
    overall = {
        row["area"]: row
        for row in found
        if (row["service"], row["question_or_measure"]) == ("children", "overall")
    }
    assert (overall["alder"]["grade_or_value"], overall["alder"]["page"]) == ("good", "1")
    assert (overall["birch"]["grade_or_value"], overall["birch"]["compared"]) == ("inadequate", "yes")
    assert overall["ash-1"]["compared"] == "no"
    assert "are not compared" in overall["ash-1"]["why_not"]
    assert overall["ash-2"]["why_not"] == "No graded inspection is in the record"
    assert "copse" not in overall
    figures = {
        row["area"]: (row["grade_or_value"], row["sheet"], row["row"])
        for row in found
        if row["what"] == "figure"
    }
    assert figures == {"alder": ("33.25", "Table_3", "7"), "birch": ("61", "Table_3", "9")}
    assert all(row["release"] for row in found if row["grade_or_value"])
    assert not [row for row in rows(client, f"{query}&as-at=2018-12-31") if row["what"] == "figure"]


def test_one_force_of_several_areas_is_told_to_be_one(client: Client) -> None:
    actions.publish_release(
        release(source="hmicfrs_peel", publisher="hmicfrs", content="again"),
        [replace(FORCE, serves=(*FORCE.serves, AreaRef(area_id="ash-0"))), HOME, PEEL],
    )
    text = page(client, "?areas=alder&with=england")
    assert "Timber Police serves all the others too that have a grade here (2)" in text
    assert "nobody to compare it with" in text
    others = replace(
        FORCE,
        body_id="clay-police",
        name="Clay Police",
        serves=(AreaRef(area_id="ash-1"), AreaRef(area_id="ash-2")),
    )
    theirs = replace(PEEL, body=BodyRef(kind="police_force", name="Clay Police"))
    actions.publish_release(
        release(source="hmicfrs_peel", publisher="hmicfrs", content="another force"),
        [replace(FORCE, serves=(*FORCE.serves, AreaRef(area_id="ash-0"))), others, HOME, PEEL, theirs],
    )
    text = page(client, "?areas=alder&with=england")
    assert "Those counted here are 2, each once for every area that it serves." in text
    assert "Timber Police itself serves 2 of the others." in text


def test_what_was_taken_away_is_put_back_in_its_place(client: Client) -> None:
    text = page(client, "?areas=alder,birch,ash-0")
    gone = re.findall(r'href="([^"]+)">Take away<span[^>]*> Birch', text)[0].replace("&amp;", "&")
    assert gone == "/compare/?areas=alder,ash-0&undo=alder,birch,ash-0"
    without = client.get(gone).content.decode()
    assert "You took Birch away." in without
    assert 'href="/compare/?areas=alder,birch,ash-0">Put it back</a>' in without
    last = page(client, "?undo=alder")
    assert "You took Alder away." in last
    assert "Begin with an area" in last


@pytest.mark.parametrize(
    "query", ["?areas=alder&undo=alder", "?areas=alder&undo=birch,ash-0", "?undo=nowhere"]
)
def test_nothing_is_offered_to_be_put_back_where_nothing_was_taken(client: Client, query: str) -> None:
    assert "You took" not in page(client, query)


def test_an_unknown_name_leads_on_and_the_mistake_is_in_the_title(client: Client) -> None:
    text = page(client, "?areas=alder&add=zzzzzz")
    assert "<title>Error: Compare Alder" in text
    assert '<a href="#add">No area is called “zzzzzz”' in text
    assert 'href="/search/?q=zzzzzz"' in text
    assert 'value="zzzzzz"' in text


def test_a_full_page_says_so_and_has_no_box(client: Client) -> None:
    text = page(client, "?areas=alder,birch,ash-0,ash-1,ash-2&add=Wood")
    assert "Take one away to add another" in text
    assert 'name="add"' not in text
    assert '<a href="#chosen">At most five areas' in text


def test_a_postcode_adds_its_council(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(typed: str) -> PostcodeAnswer:
        known = {"N15 3QR": "birch", "ZZ9 9ZZ": None}
        kind = "postcode" if known.get(typed) else ("unknown" if typed in known else "not_a_postcode")
        return PostcodeAnswer(kind=kind, typed=typed, area_id=known.get(typed))  # type: ignore[arg-type]

    monkeypatch.setattr(postcodes, "find", found)
    assert client.get("/compare/?areas=alder&add=N15+3QR").headers["Location"] == (
        "/compare/?areas=alder,birch"
    )
    assert "No council of England is known for the postcode" in page(client, "?areas=alder&add=ZZ9+9ZZ")
    assert client.get("/compare/?areas=alder&add=ash+0").headers["Location"] == "/compare/?areas=alder,ash-0"
