"""Feeds: well-formed, the same text for the same record, a change's number as its name."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from oneplace.evidence import actions
from tests.unit.evidence.making import inspection, register, release

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def _feed(path: str) -> ET.Element:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # our own text


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    actions.publish_release(
        release(), [inspection("2014-07-18", "2014-05-20", "2014-06-11", framework="SIF")]
    )


@pytest.mark.parametrize("path", ["/changes.atom", "/areas/alder/changes.atom"])
def test_a_feed_in_which_nothing_happened_is_whole_and_the_same_each_time(path: str) -> None:
    feed = _feed(path)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert Client().get(path).content == Client().get(path).content


def test_an_entry_is_named_after_its_change_and_leads_to_the_inspection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from oneplace.evidence import queries

    def with_first_load(**asked: object) -> object:
        return latest(**{**asked, "include_first_load": True})  # type: ignore[arg-type]

    latest = queries.latest_events
    monkeypatch.setattr(queries, "latest_events", with_first_load)
    entries = _feed("/areas/alder/changes.atom").findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:oneplace:change:")
        assert entry.findtext(f"{ATOM}updated")
        assert entry.find(f"{ATOM}link") is not None
    links = [entry.find(f"{ATOM}link") for entry in entries]
    hrefs = [each.get("href", "") for each in links if each is not None]
    assert any(each.endswith("/inspections/ofsted/alder/2014-07-18/") for each in hrefs)


def test_a_place_that_there_is_not_has_no_feed() -> None:
    assert Client().get("/areas/nowhere/changes.atom").status_code == 404
    assert Client().get("/bodies/nobody/changes.atom").status_code == 404


def test_the_page_of_an_area_tells_readers_of_its_feed() -> None:
    assert 'href="/areas/alder/changes.atom"' in Client().get("/areas/alder/").content.decode()
