"""The annual review as a page: of any service, of a region or a type, and by area where there are thousands."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.places.actions import load_areas
from oneplace.records import Address, BodyRecord, BodyRef, InspectionRecord
from oneplace.website.annual import EditionQuestions, Ends, QuestionShares
from oneplace.website.grades import chart_grade
from oneplace.website.judged import Tally
from tests.unit.evidence.making import area, areas, inspection, judgement, release
from tests.unit.website.test_every_service import FORCE, HOME, PEEL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    london = area("elm", region="London", kind="london_borough")
    load_areas([*areas(), london], "register/1")
    homes = [
        replace(HOME, body_id=f"urn-{number}", name=f"Home {number}", stands_in=HOME.stands_in)
        for number in range(6)
    ]
    graded = [
        replace(
            inspection("2019-02-03", "2019-01-10", None, framework="social-care"),
            body=BodyRef(kind="social_care_provider", name=f"Home {number}", body_id=f"urn-{number}"),
            judgements=(judgement("overall", "good" if number else "outstanding"),),
        )
        for number in range(5)
    ]
    actions.publish_release(release(source="ofsted_social_care_providers"), [*homes, *graded])
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, PEEL])
    actions.publish_release(
        release(),
        [
            inspection("2018-12-14"),
            inspection("2019-03-01", "2019-01-10", None, body="Birch", grade="good"),
            inspection("2019-03-02", "2019-01-11", None, body="Elm", grade="inadequate"),
        ],
    )


def page(client: Client, query: str, status: int = 200) -> str:
    answer = client.get(f"/review/annual/{query}")
    assert answer.status_code == status, query
    return answer.content.decode()


def test_ties_are_named_as_ties(client: Client) -> None:
    text = page(client, "?as-at=2019-06-01")
    best = text.partition("the best grade held (2):")[2].partition("</p>")[0]
    assert "Alder" in best
    assert "Birch" in best
    assert "the lowest grade held (1):" in text


def test_the_review_of_a_region_or_a_type_has_those_in_it_alone(client: Client) -> None:
    for query in ("?region=London&as-at=2019-06-01", "?type=london_borough&as-at=2019-06-01"):
        text = page(client, query)
        assert "The review of all England" in text
        assert 'href="/areas/elm/?as-at=2019-06-01"' in text
        assert 'href="/areas/alder/?as-at=2019-06-01"' not in text


def test_the_review_of_the_police_is_of_forces_question_by_question(client: Client) -> None:
    text = page(client, "?service=police&as-at=2019-06-01")
    assert "Police: the review of 1 June 2019" in text
    assert 'href="/bodies/timber-police/?as-at=2019-06-01"' in text
    assert "no one is best or worst of all" in text
    assert "Latest overall grades" not in text  # the grade of one question is not that of the whole
    assert "Effectiveness:</span>" in text.partition('id="all"')[2]
    assert "Effectiveness" in text
    assert "Latest overall grades" in page(client, "?as-at=2019-06-01")
    assert 'href="/map/police/?as-at=2019-06-01"' in text
    before = page(client, "?service=police&as-at=2019-01-01")
    assert "No grade held" in before
    assert "Of 1 of them nobody tells since when it has been there" in before
    assert "nobody tells since when" not in page(client, "?service=police")
    answer = client.get("/review/annual.csv?service=police&as-at=2019-06-01")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["area"], row["question"], row["grade"], row["row"]) == (
        "timber-police",
        "effectiveness",
        "good",
        "44",
    )


@pytest.mark.parametrize("query", ["?region=Narnia", "?order=magic"])
def test_a_region_or_an_order_that_there_is_none_of_is_no_page(client: Client, query: str) -> None:
    assert "There is no" in page(client, query, 404)


def test_grades_of_several_kinds_of_inspection_have_the_kind_beside_them(client: Client) -> None:
    assert "children&#39;s services:</span>" not in page(client, "?as-at=2019-06-01")  # all by the same rules
    older = inspection("2016-05-01", "2016-04-01", None, body="Cumbria", framework="SIF", grade="good")
    actions.publish_release(release("b", "b"), [older])
    regions = page(client, "?as-at=2019-06-01").partition("By region</th>")[2].partition("</tbody>")[0]
    assert "(single inspection framework):</span>" in regions
    assert "children&#39;s services:</span>" in regions


def test_the_file_of_a_review_by_area_has_what_the_page_has(client: Client) -> None:
    assert "The record holds no grades" in page(client, "?service=health")
    graded = replace(
        inspection("2019-02-03", "2019-01-10", None, framework="CQC-adult-social-care"),
        body=BodyRef(kind="care_location", name="Rosebank", body_id="home-1"),
    )
    home = replace(HOME, body_id="home-1", name="Rosebank", kind="care_location")
    actions.publish_release(release("", "c", "cqc_ratings"), [home, graded])
    assert "The record holds no grades" in page(client, "?service=health")
    lines = client.get("/review/annual.csv?service=health").content.decode().splitlines()
    assert len(lines) == 1, "its grade is of social care"


def test_homes_are_counted_by_area_and_never_listed(client: Client) -> None:
    text = page(client, "?of=social-care&as-at=2019-06-01")
    assert "Home 1" not in text
    assert "80%" in text  # four of the five that were graded
    assert 'href="/areas/alder/bodies/social-care-provider/?as-at=2019-06-01"' in text
    answer = client.get("/review/annual.csv?of=social-care&as-at=2019-06-01")
    rows = {row["grade"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert (rows["good"]["count"], rows["good"]["graded"], rows["not_inspected"]["count"]) == ("4", "5", "1")


def test_a_day_is_kept_from_one_review_to_another(client: Client) -> None:
    text = page(client, "?service=police&as-at=2019-06-01")
    assert 'href="/review/annual/?service=fire&amp;as-at=2019-06-01"' in text
    assert '<input type="hidden" name="service" value="police">' in text


@pytest.mark.parametrize(
    "query", ["?service=waste", "?service=nothing", "?of=nothing", "?service=fire&of=PEEL"]
)
def test_a_review_that_there_is_not_is_no_page(client: Client, query: str) -> None:
    page(client, query, 404)


def test_a_service_of_which_nothing_is_loaded_says_so(client: Client) -> None:
    assert "The record holds no grades of schools" in page(client, "?service=schools")
    assert "The record knows no prisons on this day" in page(client, "?service=prisons")


def test_the_picture_of_a_review_and_of_a_part_of_it_may_be_shared(client: Client) -> None:
    text = page(client, "?as-at=2019-06-01")
    assert 'href="/charts/review/annual/ilacs.svg?as-at=2019-06-01" download' in text
    part = page(client, "?region=London&as-at=2019-06-01")
    picture = "/charts/review/annual/ilacs.csv?region=London&as-at=2019-06-01"
    assert f'href="{picture.replace("&", "&amp;")}"' in part
    assert "in London: latest grades under one framework" in part
    rows = list(csv.DictReader(io.StringIO(client.get(picture).content.decode())))
    assert [(row["grade"], row["named"]) for row in rows if row["number"] != "0"] == [("Inadequate", "Elm")]
    file = client.get("/charts/review/annual/ilacs.svg?type=london_borough").content.decode()
    assert "in each London borough" in file
    assert client.get("/charts/review/annual/ilacs.svg?type=nonsense").status_code == 404


def test_oembed_tells_of_the_review_the_picture_that_most_are_in(client: Client) -> None:
    path = "/review/annual/?region=London&as-at=2019-06-01"
    assert 'type="application/json+oembed"' in client.get(path).content.decode()
    told = client.get("/oembed", {"url": f"http://testserver{path}"}).json()
    assert "/embed/review/annual/ilacs/?region=London&amp;as-at=2019-06-01" in told["html"]
    assert client.get(told["thumbnail_url"]).status_code == 200


@pytest.mark.parametrize("query", ["?service=police", "?of=social-care", "?service=nonsense"])
def test_a_review_without_a_picture_has_none_to_share(client: Client, query: str) -> None:
    url = f"http://testserver/review/annual/{query}"
    assert client.get("/oembed", {"url": url}).status_code == 404
    if "nonsense" not in query:
        text = page(client, query)
        assert "oembed" not in text
        assert "Share this picture" not in text


def probation(body_id: str, kind: str, grade: str, row: int) -> list[BodyRecord | InspectionRecord]:
    body = replace(FORCE, body_id=body_id, name=body_id.title(), kind=kind)
    judged = replace(
        PEEL,
        publisher="hmi-probation",
        framework="probation",
        body=BodyRef(kind=kind, name=body.name),
        inspection_start=dt.date(2022, 1, 10),
        inspection_end=dt.date(2022, 1, 20),
        published=dt.date(2022, 5, 2),
        judgements=(replace(PEEL.judgements[0], question="Overall", question_key="overall", grade=grade),),
        address=Address(row=row),
    )
    return [body, judged]


def test_a_region_is_not_counted_among_the_units_that_it_is_made_of(client: Client) -> None:
    actions.publish_release(
        release(source="hmi_probation", publisher="hmi-probation"),
        [
            *probation("unit", "probation_unit", "good", 3),
            *probation("forest", "probation_region", "inadequate", 5),
        ],
    )
    units = page(client, "?service=probation&as-at=2023-01-01")
    assert "1 probation delivery unit." in units
    assert "Inadequate" not in units
    assert "?service=probation&amp;of=probation-regions" in units
    regions = page(client, "?service=probation&of=probation-regions&as-at=2023-01-01")
    assert "Probation regions: the review of" in regions
    assert "the best grade held (1): <a" in regions
    assert "Unit" not in regions
    assert "/map/probation/?tier=regions&amp;as-at=2023-01-01" in regions
    picture = "/charts/review/annual/probation-2021.csv?of=probation-regions&as-at=2023-01-01"
    assert picture.replace("&", "&amp;") in regions
    rows = list(csv.DictReader(io.StringIO(client.get(picture).content.decode())))
    assert [(row["grade"], row["named"]) for row in rows if row["number"] != "0"] == [
        ("Inadequate", "Forest")
    ]
    url = "http://testserver/review/annual/?service=probation&of=probation-regions&as-at=2023-01-01"
    assert "Probation regions in England" in client.get("/oembed", {"url": url}).json()["title"]
    review = "/review/annual/?service=probation&amp;of=probation-regions"
    assert f'href="{review}"' in client.get("/map/probation/?tier=regions").content.decode()


def shares(question: str, **counts: int) -> QuestionShares:
    grades = [(key, chart_grade("PEEL-2023", key)) for key in counts]
    return QuestionShares(
        question=question,
        tally=tuple(Tally(grade=grade, key=key, count=counts[key]) for key, grade in grades),
        total=sum(counts.values()),
        ends=Ends(best=None, worst=None),
    )


def edition(*questions: QuestionShares) -> EditionQuestions:
    return EditionQuestions(key="PEEL-2023", name="PEEL", total=9, questions=questions)


def test_of_many_questions_the_one_graded_best_and_the_one_graded_worst_stand_out() -> None:
    middling = [shares(f"Middling {number}", good=4, adequate=2, inadequate=3) for number in range(3)]
    found = edition(
        shares("Guarding", good=5, adequate=4), *middling, shares("Asking", good=4, requires_improvement=5)
    )
    assert found.best is found.questions[0]
    assert found.worst is found.questions[-1]
    assert (found.questions[0].well, found.questions[0].poorly) == (5 / 9, 0)


def test_of_few_questions_or_of_equals_none_stands_out() -> None:
    equals = [shares(f"Question {number}", good=4, inadequate=5) for number in range(6)]
    assert (edition(*equals).best, edition(*equals).worst) == (None, None)
    few = [shares("Guarding", good=9), shares("Asking", inadequate=9)]
    assert edition(*few).best is None
