"""The care commission's interface is asked what changed, then for one location at a time; a stopped run goes on."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from oneplace.commands.fetched_files import SourceFiles
from oneplace.sources import sources
from oneplace.sources.cqc_feed import HEADER
from oneplace.sources.fetching import Fetched, NotFetched
from tests.integration.fetching.conftest import Time, make_client
from tests.integration.fetching.replay import Answer, Site, serving

JSON = {"Content-Type": "application/json"}
API = "/public/v1"


class Feed(Site):
    """A site that answers for the changes of any moments, page by page."""

    pages: tuple[list[str], ...] = (["1-100", "1-101"], ["1-102", "1-101"])

    def answer(self, path: str) -> Answer:
        if not path.startswith(f"{API}/changes/location"):
            return super().answer(path)
        number = int(parse_qs(urlsplit(path).query)["page"][0])
        said = {"totalPages": len(self.pages), "page": number, "changes": self.pages[number - 1]}
        return Answer(json.dumps(said).encode(), headers=JSON)


@pytest.fixture
def site() -> Feed:
    feed = Feed()
    for location in ("1-100", "1-101", "1-102"):
        said = {"locationId": location, "name": f"Home {location}\nof a town"}
        feed.answers[f"{API}/locations/{location}"] = Answer(
            json.dumps(said, indent=2).encode(), headers=JSON
        )
    return feed


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEPLACE_CQC_KEY", "secret")


def fetch(feed: Feed, folder: Path) -> list[Fetched | NotFetched]:
    source = sources()["cqc_api"]
    with serving(feed) as url:
        instead = {"https://api.service.cqc.org.uk": url}
        with make_client(Time(), instead=instead, tries=1) as client:
            return list(source.fetch(client, SourceFiles(source, folder)))


def lines(path: Path) -> list[str]:
    return [json.loads(line)["locationId"] for line in path.read_text("utf-8").splitlines()]


def asked(feed: Feed) -> list[str]:
    return [each.path.rpartition("/")[2] for each in feed.asked if "/locations/" in each.path]


def test_each_location_that_changed_is_one_line(site: Feed, tmp_path: Path) -> None:
    (fetched,) = fetch(site, tmp_path)
    assert isinstance(fetched, Fetched)
    assert lines(fetched.path) == ["1-100", "1-101", "1-102"]
    assert sources()["cqc_api"].accepts(fetched.path)
    assert {each.headers[HEADER] for each in site.asked if each.path.startswith(API)} == {"secret"}


def test_people_are_left_at_the_door(site: Feed, tmp_path: Path) -> None:
    said = {
        "locationId": "1-100",
        "mainPhoneNumber": "01632 960001",
        "regulatedActivities": [{"name": "Care", "contacts": [{"personFamilyName": "Rowan Ashgrove"}]}],
    }
    site.answers[f"{API}/locations/1-100"] = Answer(json.dumps(said).encode(), headers=JSON)
    (fetched,) = fetch(site, tmp_path)
    assert isinstance(fetched, Fetched)
    kept = fetched.path.read_text("utf-8")
    assert "Care" in kept
    assert "Ashgrove" not in kept
    assert "960001" not in kept


def test_the_next_run_asks_for_what_changed_since(site: Feed, tmp_path: Path) -> None:
    fetch(site, tmp_path)
    first = next(each.path for each in site.asked if "/changes/" in each.path)
    site.pages = ([],)
    site.asked.clear()
    assert fetch(site, tmp_path) == []
    again = next(each.path for each in site.asked if "/changes/" in each.path)
    moments = [parse_qs(urlsplit(path).query) for path in (first, again)]
    assert moments[1]["startTimestamp"] == moments[0]["endTimestamp"]
    assert asked(site) == []


def test_a_run_that_stopped_goes_on_where_it_was(site: Feed, tmp_path: Path) -> None:
    good = site.answers[f"{API}/locations/1-101"]
    site.answers[f"{API}/locations/1-101"] = Answer(status=503)
    with pytest.raises(NotFetched):
        fetch(site, tmp_path)
    assert list(tmp_path.glob("cqc_locations_*")) == []
    # A kill while a line is written leaves half of it.
    with (tmp_path / "under-way.jsonl").open("a") as answers:
        answers.write('{"locationId": "1-10')
    site.answers[f"{API}/locations/1-101"] = good
    site.asked.clear()
    (fetched,) = fetch(site, tmp_path)
    assert isinstance(fetched, Fetched)
    assert lines(fetched.path) == ["1-100", "1-101", "1-102"]
    assert asked(site) == ["1-101", "1-102"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [fetched.path.name, "since.json"]


def test_a_location_that_is_gone_stops_no_other(site: Feed, tmp_path: Path) -> None:
    site.answers[f"{API}/locations/1-100"] = Answer(b"{}", 404, JSON)
    missed, fetched = fetch(site, tmp_path)
    assert isinstance(missed, NotFetched)
    assert isinstance(fetched, Fetched)
    assert lines(fetched.path) == ["1-101", "1-102"]


def test_a_wrong_key_is_said_so(site: Feed, tmp_path: Path) -> None:
    for location in ("1-100", "1-101", "1-102"):
        site.answers[f"{API}/locations/{location}"] = Answer(b"{}", 401, JSON)
    with pytest.raises(NotFetched, match="wants a key"):
        fetch(site, tmp_path)


@pytest.mark.parametrize("pages", [([1, 2],), ("none",)])
def test_a_changed_interface_is_said_so(site: Feed, tmp_path: Path, pages: tuple[list[str], ...]) -> None:
    site.pages = pages
    with pytest.raises(NotFetched, match="interface has changed"):
        fetch(site, tmp_path)
