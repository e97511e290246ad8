"""Story kits: sentences that stand alone, each with its source, and nothing later than the day."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client

from oneplace.evidence import actions
from tests.unit.evidence.making import inspection, overview, register, release, report

pytestmark = pytest.mark.django_db

KIT = "/areas/alder/story/?service=children"


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    earlier = inspection(
        "2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", grade="requires_improvement", points=1
    )
    later = inspection(grade="outstanding", points=2, text="Zebra crossings are <b>well</b> kept.")
    other = inspection(body="Birch", grade="outstanding")
    actions.publish_release(release(), [earlier, later, other])


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", text).replace("&#39;", "'").split())


def test_a_kit_tells_the_grade_since_when_and_against_whom(client: Client) -> None:
    told = plain(page(client, KIT))
    assert "Alder's services for children: “Outstanding” overall." in told
    assert (
        "The overall grade of Alder's services for children went up from “Requires improvement to be good” (published "
        "18 July 2014) to “Outstanding” (published 14 December 2018, four years and four months later)."
    ) in told
    assert "“Outstanding”: two authorities: Alder and Birch." in told
    assert "not a ranking across frameworks" in told


def test_a_kit_as_at_a_day_tells_nothing_later(client: Client) -> None:
    text = page(client, f"{KIT}&as-at=2017-01-01")
    assert "Requires improvement to be good" in text
    for later in ("Zebra", "2018", "Outstanding"):
        assert later not in plain(text)


def test_third_parties_whose_tables_were_used_are_named_once(client: Client) -> None:
    def compiled(by: str, body: str, year: int = 2024) -> None:
        actions.publish_release(
            release(by, by, source="datatoinsight_ilacs_overview", compiled_by=by),
            [inspection(f"{year}-05-01", f"{year}-04-01", f"{year}-04-12", body=body, grade="good")],
        )

    compiled("Compiler One", "Alder")
    told = plain(page(client, KIT))
    assert "from a table compiled by Compiler One: a third party" in told
    compiled("Oneplace, from public pages", "Alder", 2025)
    compiled("Compiler Two", "Birch")
    told = plain(page(client, KIT))
    assert told.count("a third party") + told.count("third parties compiled") == 1
    assert told.count("typed by hand from public pages") == 1


def test_inspectors_words_are_quoted_escaped_and_lead_to_their_page(client: Client) -> None:
    text = page(client, KIT)
    assert '<p class="quote">Zebra crossings are &lt;b&gt;well&lt;/b&gt; kept.</p>' in text
    assert "/inspections/ofsted/alder/2018-12-14/#improve-1" in text
    assert "These sentences are about earlier inspections. They are not new points." in text


def test_every_sentence_can_be_copied_with_its_source_and_address(client: Client) -> None:
    copied = [plain(each) for each in re.findall(r'<p class="copy">(.*?)</p>', page(client, KIT), re.DOTALL)]
    first = next(each for each in copied if "“Outstanding” overall" in each)
    assert "Source: Ofsted, ofsted_la_outcomes a, page 1." in first
    assert first.endswith("http://testserver/inspections/ofsted/alder/2018-12-14/")
    assert any(
        each.startswith("Alder. What must improve: two points. 1. Area for improvement: “Zebra")
        for each in copied
    )


def test_the_file_has_every_source_and_cannot_run_in_a_spreadsheet(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(page(client, KIT.replace("/?", ".csv?")))))
    ties = [row for row in rows if row["fact"].startswith("“Outstanding”: two")]
    assert len(ties) == 1  # both grades stand in one place of one release
    assert {row["publisher"] for row in rows if row["source"]} == {"ofsted"}
    assert any(row["quotation"].startswith("Zebra") and row["page"] == "2" for row in rows)


def test_the_text_is_what_the_command_prints(client: Client) -> None:
    text = page(client, KIT.replace("/?", ".txt?"))
    assert text.startswith("# Alder: children’s services")
    assert "[^1]: ofsted" in text


def test_what_a_machine_reads_of_the_page_is_data_and_no_script(client: Client) -> None:
    text = page(client, KIT)
    assert "<script" not in text
    named = re.findall(r'<link rel="alternate" type="application/ld\+json" href="([^"]+)">', text)
    told = json.loads(page(client, named[0].replace("&amp;", "&")))
    assert (told["@type"], told["name"]) == ("Dataset", "Alder: children’s services")
    assert [client.get(one["contentUrl"]).status_code for one in told["distribution"]] == [200, 200]


def test_the_kit_of_an_inspection_is_as_at_the_day_it_came_out(client: Client) -> None:
    text = plain(page(client, "/inspections/ofsted/alder/2014-07-18/story/"))
    assert "as at 18 July 2014" in text
    assert "“Requires improvement to be good” overall" in text
    assert "Outstanding" not in text
    for form in ("csv", "txt", "jsonld"):
        assert client.get(f"/inspections/ofsted/alder/2014-07-18/story.{form}").status_code == 200


def test_a_third_partys_table_is_named_as_such(client: Client) -> None:
    actions.publish_release(
        overview(), [inspection("2024-03-01", None, None, body="Westmorland", grade="good")]
    )
    text = plain(page(client, "/areas/westmorland/story/?service=children"))
    assert "according to a table compiled by Somebody Else" in text
    assert "Some of this comes from a table compiled by Somebody Else: a third party." in text


@pytest.mark.parametrize(
    ("framework", "kit"),
    [
        ("ILACS", "/areas/westmorland/story/?service=children"),
        ("CQC-local-authority", "/areas/westmorland/story/?service=adult-social-care"),
        ("area-SEND", "/inspections/ofsted/westmorland/2024-03-01-area-send/story/"),
    ],
)
def test_a_kit_tells_where_two_sources_differ(client: Client, framework: str, kit: str) -> None:
    first, other = ("positive", "inconsistent") if framework == "area-SEND" else ("good", "inadequate")
    for whose, grade in ((report("own.pdf"), first), (overview(), other)):
        said = inspection(
            "2024-03-01", "2024-01-08", "2024-01-19", body="Westmorland", framework=framework, grade=grade
        )
        actions.publish_release(whose, [said])
    text = page(client, kit)
    told = plain(text)
    assert re.search(
        r"published 1 March 2024\. Overall: shown here as “[A-Z][^”]*”; another source says “[A-Z][^”]*”\.",
        told,
    )
    assert "#differences" in text


def test_all_services_are_told_in_short_and_what_is_missing_is_named(client: Client) -> None:
    text = plain(page(client, "/areas/alder/story/"))
    assert "Alder, children’s services: “Outstanding” overall." in text
    assert "The record holds no inspection that still counts, and no figure, of: Schools" in text


def test_a_service_of_which_nothing_is_held_says_so(client: Client) -> None:
    assert "holds no graded inspection of this service (police) in Alder" in plain(
        page(client, "/areas/alder/story/?service=police")
    )


@pytest.mark.parametrize(
    "path",
    [
        "/areas/nowhere/story/",
        "/areas/alder/story/?service=magic",
        "/inspections/ofsted/alder/1999-01-01/story/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    page(client, path, 404)
