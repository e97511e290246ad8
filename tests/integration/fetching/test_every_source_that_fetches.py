"""What holds for every source that fetches: whatever a site does, the answer is a plain word and nothing is saved."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from oneplace.commands.fetched_files import SourceFiles
from oneplace.sources import Source, sources
from oneplace.sources.fetching import Fetched, NotFetched
from oneplace.sources.polite.client import Limits, PoliteClient
from tests.integration.fetching.conftest import Time
from tests.integration.fetching.replay import HTML, Answer, Site, serving

FETCHING = [
    source
    for source in sources().values()
    if type(source).fetch is not Source.fetch and source.access != "package"
]
LOGIN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>"
ANSWERS = {
    "not found": Answer(LOGIN, 404, HTML),
    "a login page": Answer(LOGIN, headers=HTML),
    "a redirect to a login page": Answer(status=302, headers={"Location": "/login"}),
    "always busy": Answer(status=503),
    "busy for an hour": Answer(status=429, headers={"Retry-After": "3600"}),
    "forbidden": Answer(LOGIN, 403, HTML),
    "empty": Answer(b"", headers=HTML),
    "nothing in JSON": Answer(b"{}", headers={"Content-Type": "application/json"}),
    "a list in JSON": Answer(b"[[]]", headers={"Content-Type": "application/json"}),
    "noise": Answer(bytes(range(256)) * 40, headers={"Content-Type": "application/octet-stream"}),
    "cut off": Answer(LOGIN, headers=HTML, cut=20),
    "dropped": Answer(drop=True),
}


class Everywhere(Site):
    """A site with one answer for every address but the login page."""

    always = Answer()

    def answer(self, path: str) -> Answer:
        return Answer(LOGIN, headers=HTML) if path == "/login" else self.always


class OneSite(PoliteClient):
    """A client for which every host is the same one on this machine."""

    site = ""

    def _where(self, url: str) -> str:
        parts = urlsplit(url)
        return f"{self.site}{parts.path}" + (f"?{parts.query}" if parts.query else "")


@pytest.mark.parametrize("source", FETCHING, ids=lambda source: source.name)
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_site_that_is_not_as_usual_is_told_in_words_and_nothing_is_saved(
    source: Source, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source.key_setting:
        monkeypatch.setenv(source.key_setting, "a key")
    time, feed = Time(), Everywhere()
    feed.always = answer
    saved: list[Fetched] = []
    with (
        serving(feed) as url,
        OneSite(limits=Limits(tries=2), clock=time.clock, sleep=time.sleep, now=time.now) as client,
    ):
        client.site = url
        with pytest.raises(NotFetched) as fault:  # noqa: PT012  # what comes before the fault is what is tested
            for found in source.fetch(client, SourceFiles(source, tmp_path)):
                if isinstance(found, NotFetched):
                    raise found
                saved.append(found)
    assert saved == []
    assert fault.value.where.startswith("https://")
    assert len(fault.value.why) > 10
    assert [path for path in tmp_path.rglob("*") if path.is_file() and source.accepts(path)] == []


def test_there_are_sources_that_fetch() -> None:
    assert len(FETCHING) >= 6
    assert {source.access for source in FETCHING} == {"open", "key"}
