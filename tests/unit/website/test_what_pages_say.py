"""The pages, without a browser: nothing later than the day asked about, nothing unescaped, nothing from elsewhere."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries as AssertQueries

from oneplace.evidence import actions
from oneplace.website.middleware import CONTENT_SECURITY_POLICY
from oneplace.website.views.reports import _box
from tests.unit.evidence.making import inspection, overview, register, release, report, visit

pytestmark = pytest.mark.django_db

EARLIER = "/inspections/ofsted/alder/2014-07-18/"
LATER = "/inspections/ofsted/alder/2018-12-14/"
# Words of the later inspection that no page may have on a day before it.
TELLING = ("Zebra", "December 2018", "2018-12-14", "Outstanding")


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    earlier = inspection(
        "2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", grade="requires_improvement", points=2
    )
    later = inspection(
        title="Zebra inspection", grade="outstanding", points=3, text="Zebra crossings matter."
    )
    actions.publish_release(release(), [earlier, later, visit()])


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    return answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/areas/alder/", EARLIER, "/review/annual/", "/review/annual.csv", "/areas/"]
)
def test_a_page_as_at_a_day_tells_nothing_that_was_published_later(client: Client, path: str) -> None:
    text = page(client, f"{path}?as-at=2017-01-01")
    assert not [word for word in TELLING if word in text]
    assert "Requires improvement" in text or "requires_improvement" in text or path == "/areas/"


def test_an_inspection_that_was_published_later_is_not_found_and_the_page_says_why(client: Client) -> None:
    assert "published after the day" in page(client, f"{LATER}?as-at=2017-01-01", 404)
    assert "Zebra" in page(client, LATER)


@pytest.mark.parametrize("typed", ["yesterday", "2018-13-40", "1999-01-01", "2999-01-01", "' OR 1=1 --"])
def test_a_day_that_cannot_be_is_told_and_the_page_is_todays(client: Client, typed: str) -> None:
    text = page(client, f"/areas/alder/children/?as-at={typed}")
    assert 'role="alert"' in text
    assert "Zebra" in text
    assert "As at" not in text


def test_the_area_page_tells_the_grade_its_age_and_the_one_before(client: Client) -> None:
    text = page(client, "/areas/alder/?as-at=2019-01-14")
    first_screen, _, below = text.partition('id="service-children"')
    assert "Outstanding" in first_screen
    assert "in December 2018" in first_screen
    assert "better than in July 2014" in first_screen
    assert "Better than in July 2014 (Requires improvement to be good)" in below
    assert "Inspected two months ago." in below
    assert text.count("<svg") > 2
    whole = page(client, "/areas/alder/children/?as-at=2019-01-14")
    assert "Zebra crossings matter." in whole
    assert "published 14 December 2018" in whole


def test_what_is_not_there_is_a_plain_page_with_a_way_on(client: Client) -> None:
    for path in ("/areas/nowhere/", "/inspections/ofsted/alder/2001-01-01/", "/releases/x/y/", "/nope/"):
        assert 'role="search"' in page(client, path, 404)
    assert "not in the archive" in page(client, f"/reports/{'0' * 64}/pages/1/", 404)


def test_words_from_a_source_are_escaped_wherever_they_stand(client: Client) -> None:
    hostile = "<script>alert('x')</script>"
    said = inspection(
        "2020-01-10",
        "2019-12-01",
        "2019-12-12",
        title=hostile,
        text=hostile,
        points=1,
        lead_inspector=hostile,
    )
    actions.publish_release(report("alder/1.pdf", title=hostile), [said])
    for path in (
        "/",
        "/areas/alder/",
        "/inspections/ofsted/alder/2020-01-10/",
        "/sources/",
        "/review/queue/",
    ):
        assert "<script" not in page(client, path)
    assert "&lt;script&gt;" in page(client, "/inspections/ofsted/alder/2020-01-10/")


def test_what_a_third_party_says_is_marked_as_theirs(client: Client) -> None:
    said = inspection("2023-03-03", "2023-01-10", "2023-01-20", body="Birch", grade="inadequate")
    actions.publish_release(overview(), [said])
    assert "Compiled by Somebody Else" in page(client, "/areas/birch/")
    assert "a third party" in page(client, "/areas/birch/children/")


def test_a_successor_shows_its_predecessors_judgements_as_theirs(client: Client) -> None:
    said = inspection("2022-11-15", "2022-10-03", "2022-10-14", body="Cumbria", grade="requires_improvement")
    actions.publish_release(release("2", "b", source="other"), [said])
    text = page(client, "/areas/cumberland/")
    assert "none is held here" in text
    assert "the council before this one" in text
    assert "is not a judgement on Cumberland" in text
    assert "Cumbria: Inspection of local authority" in page(client, "/areas/cumberland/children/")
    assert "This council ended on 1 April 2023" in page(client, "/areas/cumbria/")


def test_the_csv_has_a_line_for_each_authority_with_its_framework(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(page(client, "/review/annual.csv?as-at=2019-01-14"))))
    alder = next(row for row in rows if row["area"] == "alder")
    assert (alder["grade"], alder["framework"], alder["change_in_a_year"]) == (
        "outstanding",
        "ILACS",
        "better",
    )
    assert {row["area"] for row in rows} == {"alder", "birch", "cumbria"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,2,3,4", (1.0, 2.0, 3.0, 4.0)),
        ("65.8,254,492.25,270", (65.8, 254.0, 492.25, 270.0)),
        ("3,2,1,4", None),
        ("1,2,3", None),
        ("a,b,c,d", None),
        ("1e9,2,3,4", None),
        ("1,2,3,4,5", None),
        ("", None),
    ],
)
def test_a_box_is_four_numbers_or_nothing(typed: str, read: tuple[float, ...] | None) -> None:
    assert _box(typed) == read


def test_an_area_page_asks_the_database_a_bounded_number_of_times(
    client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    with django_assert_max_num_queries(28):
        page(client, "/areas/alder/")
    with django_assert_max_num_queries(30):
        page(client, LATER)


FOSTERING = "/inspections/ofsted/birch/2016-02-01/", "/inspections/ofsted/birch/2021-03-01/"


@pytest.fixture
def told_twice() -> None:
    """Two inspections of Birch that each have a point on private fostering, in different words."""
    first = inspection(
        "2016-02-01", "2015-11-02", "2015-11-20", body="Birch", framework="SIF", points=1,
        text="Find every child who is privately fostered and visit each of them in time.",
    )  # fmt: skip
    second = inspection(
        "2021-03-01", "2021-01-04", "2021-01-15", body="Birch", points=1,
        text="The oversight of children living in private fostering arrangements.",
    )  # fmt: skip
    actions.publish_release(release("2", "b", source="other"), [first, second])


@pytest.mark.usefixtures("told_twice")
def test_a_point_told_again_is_linked_both_ways_and_marked_as_our_comparison(client: Client) -> None:
    first, second = FOSTERING
    assert f'Told again: <a class="govuk-link" href="{second}#improve-1">' in page(client, first)
    text = page(client, second)
    assert f'Told before: <a class="govuk-link" href="{first}#improve-1">point 1, 1 February 2016</a>' in text
    assert "private fostering" in text
    assert "No inspectorate made it" in text


@pytest.mark.usefixtures("told_twice")
def test_what_comes_back_or_follows_later_is_not_told_as_at_a_day_before_it(client: Client) -> None:
    text = page(client, f"{FOSTERING[0]}?as-at=2020-06-01")
    assert "Told again" not in text
    assert "2021" not in text
    kept = page(client, f"{FOSTERING[1]}?as-at=2022-06-01")
    assert f'href="{FOSTERING[0]}?as-at=2022-06-01#improve-1"' in kept


def test_an_inspection_leads_to_the_ones_before_and_after_it_and_can_be_cited(client: Client) -> None:
    assert 'rel="prev"' not in page(client, EARLIER)
    text = page(client, LATER)
    assert f'href="{EARLIER}" rel="prev"' in text
    assert 'href="/inspections/ofsted/alder/2019-06-20-focused-visit/" rel="next"' in text
    assert "Ofsted, “Zebra inspection”, Alder, 14 December 2018. Oneplace: http://testserver" in text


def test_a_point_has_a_page_of_its_own_with_its_words_its_place_and_its_neighbours(client: Client) -> None:
    path = "/inspections/ofsted/alder/2018-12-14/"
    whole = page(client, path)
    assert f'href="{path}improve/1/"' in whole
    text = page(client, f"{path}improve/1/")
    assert "Zebra crossings matter." in text
    assert re.search(r"<dt>Where it says so</dt><dd><a [^>]*>page \d", text)
    assert 'rel="next"' in text
    page(client, f"{path}improve/99/", 404)
    page(client, f"{path}improve/1/?as-at=2018-01-01", 404)


def test_what_is_missing_names_earlier_forms_and_tells_a_month_once(client: Client) -> None:
    text = re.sub(r"\s+", " ", page(client, "/about/missing/"))
    assert "and its earlier forms: 1 in all, of 1 body, published in December 2018<" in text
    visits = re.search(r"Focused visit[^<]*", text)
    assert visits
    assert "earlier forms" not in visits[0]


def test_what_is_not_held_of_those_responsible_is_said_and_is_no_inspection_that_never_was(
    client: Client,
) -> None:
    birch = re.sub(r"<[^>]+>|\s+", " ", page(client, "/areas/birch/"))
    childrens = "Inspection of local authority children&#39;s services"
    assert re.search(rf"{childrens}[^.]*: none is held here", birch)
    assert "It may have been inspected all the same." in page(client, "/areas/birch/children/")
    alder = re.sub(r"<[^>]+>|\s+", " ", page(client, "/areas/alder/children/"))
    assert re.search(r"Not held here: Area inspection of special educational needs", alder)
    assert not re.search(rf"Not held here: [^.]*{childrens}", alder)
    # Before the assessments of adult social care there was nothing to hold.
    assert "adult social care: none" not in page(client, "/areas/birch/?as-at=2017-01-01")


def test_an_older_list_says_that_the_newest_inspection_has_none(client: Client) -> None:
    newer = inspection("2022-03-01", "2022-01-10", "2022-01-21", grade="good")
    actions.publish_release(release("2", "b", source="ofsted_reports"), [newer])
    assert "The list of the newest inspection is not held" in page(client, "/areas/alder/")
    assert "some of these may be done" in page(client, "/areas/alder/children/")
    assert "is not held" not in page(client, "/areas/alder/children/?as-at=2019-01-01").partition("points")[2]


def test_a_new_council_with_one_grade_has_its_predecessors_beside_it(client: Client) -> None:
    was = inspection("2022-11-15", "2022-10-03", "2022-10-14", body="Cumbria", grade="requires_improvement")
    first = inspection("2024-11-26", "2024-10-01", "2024-10-12", body="Cumberland", grade="good")
    actions.publish_release(release("2", "b", source="other"), [was, first])
    glance = re.sub(r"<[^>]+>|\s+", " ", page(client, "/areas/cumberland/").partition('class="more-of"')[0])
    assert re.search(r"Good\s+in November 2024", glance)
    assert re.search(r"Before it, Cumbria:\s+Requires improvement to be good\s+in November 2022", glance)
    second = inspection("2026-03-02", "2026-01-12", "2026-01-23", body="Cumberland", grade="outstanding")
    actions.publish_release(release("3", "c", source="other"), [second])
    assert "Before it, Cumbria" not in page(client, "/areas/cumberland/")
