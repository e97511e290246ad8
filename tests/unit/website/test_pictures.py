"""Charts by address: the file, the picture, the table, the frame, and what oEmbed is told."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.website.as_at import as_at_of
from oneplace.website.middleware import CONTENT_SECURITY_POLICY
from oneplace.website.pictures import chart
from tests.unit.evidence.making import inspection, register, release
from tests.unit.website.test_every_service import FORCE, PEEL

pytestmark = pytest.mark.django_db

HISTORY = "areas/alder/children/history"
ADDRESS = f"http://testserver/embed/{HISTORY}/"


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    earlier = inspection(
        "2014-07-18", "2014-05-20", "2014-06-11", framework="SIF", grade="requires_improvement"
    )
    actions.publish_release(release(), [earlier, inspection(grade="outstanding")])


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_file_stands_alone_with_its_source_its_day_and_its_address(client: Client) -> None:
    answer = client.get(f"/charts/{HISTORY}.svg?as-at=2017-01-01")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    printed = " ".join(ET.fromstring(answer.content).itertext())
    for words in (
        "Alder: every judgement",
        "Source: Ofsted.",
        "As at 1 January 2017. Oneplace: testserver/areas/alder/children/",
    ):
        assert words in printed
    assert "Outstanding" not in printed


def test_any_site_may_show_the_file_and_nothing_in_it_runs(client: Client) -> None:
    answer = client.get(f"/charts/{HISTORY}.svg")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "width"), [("", 1200), ("300", 400), ("801", 1200), ("99999", 2400), ("x", 1200), ("-5", 1200)]
)
def test_a_png_comes_in_a_few_widths_and_never_narrower_than_asked(
    client: Client, typed: str, width: int
) -> None:
    answer = client.get(f"/charts/{HISTORY}.png?width={typed}")
    assert answer.headers["Content-Type"] == "image/png"
    assert int.from_bytes(answer.content[16:20], "big") == width


def test_the_table_has_every_judgement_of_the_picture_with_its_source(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/charts/{HISTORY}.csv").content.decode())))
    assert [(row["published"], row["grade"]) for row in rows] == [
        ("2018-12-14", "Outstanding"),
        ("2014-07-18", "Requires improvement to be good"),
    ]
    assert all(row["source"].startswith("ofsted_la_outcomes/") and row["page"] == "1" for row in rows)


def test_the_frame_alone_may_be_framed(client: Client) -> None:
    framed = client.get(f"/embed/{HISTORY}/")
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert len(framed.content) < 60_000
    for path in ("/areas/alder/", f"/charts/{HISTORY}.csv", "/areas/alder/story/"):
        other = client.get(path)
        assert other.headers["X-Frame-Options"] == "DENY"
        assert other.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "name",
    [
        "areas/nowhere/children/history",
        "areas/birch/children/history",
        "areas/alder/police/history",
        "areas/alder/measures/none",
        "review/annual/none",
        "map/none",
        "alder",
    ],
)
@pytest.mark.parametrize("form", ["/charts/{}.svg", "/charts/{}.png", "/charts/{}.csv", "/embed/{}/"])
def test_what_is_no_chart_or_has_nothing_to_draw_is_not_found(client: Client, name: str, form: str) -> None:
    assert client.get(form.format(name)).status_code == 404


def test_a_forces_rounds_are_panels_of_their_own_with_every_question_in_words() -> None:
    later = replace(PEEL, inspection_start=None, inspection_end=None, published=dt.date(2022, 6, 1))
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, PEEL, later])
    found = chart("areas/alder/police/history", as_at_of(""), {}, "example.org")
    assert found is not None
    assert found.title == "Timber Police: how each question was judged"
    assert [(row[0], row[2], row[3]) for row in found.rows] == [
        ("2022-06-01", "Effectiveness", "Good"),
        ("2019-05-02", "Effectiveness", "Good"),
    ]
    printed = " ".join(ET.fromstring(found.file).itertext())
    for words in (
        "2018/19",
        "2021/22",
        "Source: HM Inspectorate",
        "Oneplace: example.org/areas/alder/police/",
    ):
        assert words in printed
    assert chart("areas/alder/police/history", as_at_of("2020-01-01"), {}, "example.org") is None


def test_a_round_of_which_no_day_is_told_has_none_in_the_picture() -> None:
    later = replace(
        PEEL,
        inspection_start=None,
        inspection_end=dt.date(2022, 9, 30),
        published=None,
        date_precision="round",
    )
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, PEEL, later])
    found = chart("areas/alder/police/history", as_at_of(""), {}, "example.org")
    assert found is not None
    narrow = " ".join(ET.fromstring(found.drawn.narrow).itertext())
    assert "In the round 2021/22" in narrow
    assert "2022" not in narrow.replace("2021/22", "")
    assert "Where its day is not known, a round stands in its order." in " ".join(
        ET.fromstring(found.file).itertext()
    )


def test_the_grades_of_a_framework_on_a_day_are_a_chart(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/charts/review/annual/ilacs.csv").content.decode())))
    assert [(row["grade"], row["number"], row["named"]) for row in rows] == [("Outstanding", "1", "Alder")]
    assert client.get("/charts/review/annual/ilacs.svg").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/embed/{HISTORY}/",
        f"/charts/{HISTORY}.png",
        "/areas/alder/",
        "/areas/alder/children/",
        "/areas/alder/story/",
    ],
)
def test_oembed_tells_of_a_chart_and_of_the_pages_that_have_it(client: Client, path: str) -> None:
    told = json.loads(client.get("/oembed", {"url": f"http://testserver{path}", "format": "json"}).content)
    assert (told["version"], told["type"], told["provider_name"]) == ("1.0", "rich", "Oneplace")
    assert f'src="{ADDRESS}"' in told["html"]
    assert told["thumbnail_url"] == f"http://testserver/charts/{HISTORY}.png?width=400"
    assert client.get(told["thumbnail_url"]).status_code == 200


def test_oembed_keeps_the_day_and_the_size_that_are_asked_for(client: Client) -> None:
    url = "http://testserver/areas/alder/children/?as-at=2017-01-01"
    told = json.loads(client.get("/oembed", {"url": url, "maxwidth": "300", "maxheight": "200"}).content)
    assert (told["width"], told["height"]) == (300, 200)
    assert 'width="300" height="200"' in told["html"]
    assert "as-at=2017-01-01" in told["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://elsewhere/areas/alder/",
        "http://testserver/about/",
        "http://testserver/areas/nowhere/",
        "http://testserver/inspections/cqc/alder/2025-01-01/",
        "http://[::1",
        "ftp://testserver/areas/alder/",
    ],
)
def test_oembed_has_nothing_to_say_of_other_addresses(client: Client, url: str) -> None:
    assert client.get("/oembed", {"url": url}).status_code == 404


def test_oembed_comes_as_json_only(client: Client) -> None:
    assert client.get("/oembed", {"url": ADDRESS, "format": "xml"}).status_code == 501


@pytest.mark.parametrize("path", ["/areas/alder/story/", "/inspections/ofsted/alder/2018-12-14/"])
def test_a_page_with_a_chart_says_where_oembed_is_and_what_to_paste(client: Client, path: str) -> None:
    text = client.get(path).content.decode()
    assert 'type="application/json+oembed"' in text
    assert f"&lt;iframe src=&#34;{ADDRESS}&#34;" in text
