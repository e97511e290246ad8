"""The page of the search in what inspectors wrote: what it says, whatever is typed, and the file of what was found."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries as AssertQueries

from oneplace.evidence import actions
from oneplace.evidence.search import catalogue
from oneplace.website.middleware import CONTENT_SECURITY_POLICY
from tests.unit.evidence.making import register, release, report
from tests.unit.evidence.test_search import ALDER, CARE, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    catalogue._kept.clear()
    register()


@pytest.fixture
def alder() -> None:
    said = written(
        ALDER,
        improve=["The oversight of children who are privately fostered."],
        grades={"overall": "requires_improvement", "help_and_protection": "good", "care": "outstanding"},
    )
    actions.publish_release(report("alder/1.pdf"), [said])


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    return answer.content.decode()


@pytest.mark.usefixtures("alder")
def test_a_passage_is_shown_with_its_words_marked_its_inspection_and_its_page(client: Client) -> None:
    text = page(client, "/search/words/?q=private+fostering")
    assert "2 passages in 1 report" in text
    assert "<mark>Private</mark> <mark>fostering</mark> arrangements" in text
    assert 'href="/inspections/ofsted/alder/2018-12-14/#finding-1"' in text
    assert "page 2" in text
    assert "Requires improvement to be good" in text
    assert "The report says that this must improve." in text
    assert "(our reading)" in text


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize(
    "typed",
    [
        "%22unbalanced", "OR", "-", "-only", "%27%3B+DROP+TABLE+x%3B--", "%F0%9F%98%80", "x" * 700, "NEAR(a+b)", "*",
        "%00%01", "<script>alert(1)</script>", "children%E2%80%99s", "%E2%80%9Ccurly%E2%80%9D", "a+OR+OR+b+AND+NOT",
        "%FF%FE", "words%3Ax", "{{7*7}}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", ["", "&show=well", "&order=newest&page=9", "&says=strength&area=nowhere"])
def test_nothing_that_is_typed_is_an_error_and_nothing_is_let_through(
    client: Client, typed: str, more: str
) -> None:
    text = page(client, f"/search/words/?q={typed}{more}")
    assert "<script" not in text
    page(client, f"/search/words.csv?q={typed}{more}")


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize(
    "asked",
    ["from=yesterday", "to=2018-13-40", "page=x", "page=-1", "page=99999999999", "grade=x:y", "grade=:", "section=none",
     "says=nonsense", "like=alder", "body=x", "kind=county", "as-at=nonsense", "grade-of=section&grade=ILACS:good"],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_told_or_finds_nothing(client: Client, asked: str) -> None:
    text = page(client, f"/search/words/?q=visits&{asked}")
    assert 'role="search"' in text


@pytest.mark.usefixtures("alder")
def test_a_date_that_cannot_be_read_is_told(client: Client) -> None:
    assert "is not a date to search from" in page(client, "/search/words/?q=visits&from=yesterday")


@pytest.mark.usefixtures("alder")
def test_nothing_found_says_what_was_looked_for_and_how_to_go_on(client: Client) -> None:
    text = page(client, "/search/words/?q=fostring")
    assert "No passage has fostring" in text
    assert 'href="/search/words/?q=fostering">fostering</a>?' in text
    text = page(client, "/search/words/?q=fostering&from=2020-01-01")
    assert "with these filters" in text
    assert "there are 2 passages" in text
    assert "published from 1 January 2020" in text
    assert "There is no word to look for" in page(client, "/search/words/?q=-fostering")


@pytest.mark.usefixtures("alder")
def test_each_filter_that_is_set_is_told_and_can_be_taken_off(client: Client) -> None:
    text = page(client, "/search/words/?q=visits&area=alder&says=strength&grade=ILACS:good&grade-of=section")
    assert "Alder, with those it came from" in text
    assert "this part graded good (ILACS)" in text
    assert 'href="/search/words/?q=visits&amp;area=alder&amp;says=strength"' in text.replace("%3A", ":")


@pytest.mark.usefixtures("alder")
def test_as_at_a_day_nothing_later_is_told_and_the_day_goes_along(client: Client) -> None:
    later = written([(CARE, "Zebra visits.")], published="2022-05-05", body="Birch")
    actions.publish_release(report("birch/1.pdf", "b"), [later])
    text = page(client, "/search/words/?q=visits&as-at=2020-01-01")
    assert "Zebra" not in text
    assert "2022" not in re.sub(r'value="[^"]*"', "", text)
    assert "Birch" not in text
    assert "as-at=2020-01-01" in text
    assert "no report with inspectors’ sentences" in page(client, "/search/words/?as-at=2015-01-01")


@pytest.mark.usefixtures("alder")
def test_years_are_a_picture_with_a_table_of_the_same_numbers(client: Client) -> None:
    later = written([(CARE, "Visits.")], published="2020-05-05", body="Birch")
    actions.publish_release(report("birch/1.pdf", "b"), [later])
    text = page(client, "/search/words/?q=visits")
    assert text.count('class="chart chart--years"') == 2
    assert re.search(r">2019</a></td><td[^>]*>0</td>", text)


@pytest.mark.usefixtures("alder")
def test_who_does_it_well_names_the_council_the_grade_of_that_part_and_the_words(client: Client) -> None:
    text = page(client, "/search/words/?q=life+story&show=well")
    assert "1 council praised" in text
    assert "Outstanding" in text
    assert "This is no order of merit" in text
    assert "<mark>Life</mark>" in text


@pytest.mark.usefixtures("alder")
def test_the_file_has_a_line_a_passage_whose_cells_are_inert(client: Client) -> None:
    hostile = written([(CARE, "=cmd|visits")], published="2022-05-05", body="Birch")
    actions.publish_release(report("birch/1.pdf", "b"), [hostile])
    rows = list(csv.DictReader(io.StringIO(page(client, "/search/words.csv?q=visits"))))
    assert [row["passage"][:12] for row in rows] == ["'=cmd|visits", "Private fost", "Life-story w"]
    assert (rows[1]["page"], rows[1]["overall_grade"], rows[1]["name"]) == (
        "2",
        "requires_improvement",
        "Alder",
    )
    assert rows[1]["address"] == "http://testserver/inspections/ofsted/alder/2018-12-14/#finding-1"


def test_a_record_without_sentences_says_so_and_how_to_bring_them(client: Client) -> None:
    from tests.unit.evidence.making import inspection

    actions.publish_release(release(), [inspection(points=2, text=None)])
    text = page(client, "/search/words/")
    assert "no sentences of inspectors" in text
    assert "bring the sentences" in text


def test_without_sentences_points_are_found_by_topic_with_their_number_and_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from oneplace.improvement import points_on_topics
    from tests.unit.evidence.making import inspection

    actions.publish_release(release(), [inspection(points=2, text=None)])
    told = {(2, 2): ("private_fostering",), (1, 9): ("private_fostering",)}
    kept = {"ofsted/alder/2018-12-14": told, "ofsted/nowhere/2018-12-14": told}
    monkeypatch.setattr(points_on_topics, "_kept", lambda: kept)
    text = page(client, "/search/words/?topic=private_fostering")
    assert "Private fostering: 1 point of 1 inspection" in text, (
        "point 1 stands on another page in the record"
    )
    assert 'href="/inspections/ofsted/alder/2018-12-14/#improve-2">point 2</a>' in text
    assert "page 2" in text
    assert "no inspectorate says so" in text
    earlier = page(client, "/search/words/?topic=private_fostering&as-at=2018-01-01")
    assert "Private fostering: 0 points" in earlier
    assert "Alder" not in earlier
    assert "0 points" not in page(client, "/search/words/?topic=nonsense")
    assert "Private fostering: 1 point of 1 inspection" in page(client, "/search/words/?q=private+fostering")
    here = page(client, "/search/words/?q=private+fostering&area=alder")
    assert "Private fostering, Alder: 1 point of 1 inspection" in here
    elsewhere = page(client, "/search/words/?q=private+fostering&area=birch")
    assert "Of what Birch must improve, the topics are not known here" in elsewhere
    assert "So “dogs” cannot be looked for" in page(client, "/search/words/?q=dogs")


def test_the_kept_topics_are_topics_and_tell_no_words() -> None:
    from oneplace.improvement import points_on_topics
    from oneplace.improvement.topics import topics

    kept = points_on_topics._kept()
    assert len(kept) > 200
    assert {key for told in kept.values() for keys in told.values() for key in keys} <= set(topics())
    told = {each.topic.key: each for each in points_on_topics.topics_told()}
    assert told["private_fostering"].points >= told["private_fostering"].inspections > 20


@pytest.mark.usefixtures("alder")
def test_a_search_asks_the_database_a_bounded_number_of_times(
    client: Client, django_assert_max_num_queries: AssertQueries
) -> None:
    page(client, "/search/words/?q=visits")
    with django_assert_max_num_queries(16):
        page(client, "/search/words/?q=visits+")
