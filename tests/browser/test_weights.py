"""Every kind of page that links lead to, as it comes over the wire: light, from nobody else, without a cookie."""

from __future__ import annotations

import http.client
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import brotli

from oneplace.website.computing import route_of
from oneplace.website.middleware import SAFE_HEADERS

HEAVIEST_PAGE, HEAVIEST_MAP = 100_000, 150_000
# Of each kind of page, told apart by its address's form.
MOST_OF_A_KIND = 4
NOWHERE = "/no-such-page/"
STARTS = (
    "/",
    "/areas/haringey/",
    "/areas/adur/",
    "/areas/birmingham/",
    "/areas/haringey/?as-at=2009-12-09",
    "/inspections/ofsted/rutland/2026-07-01/",
    "/search/?q=north",
    "/search/words/?q=children",
    "/compare/",
    "/flags/rules/",
    NOWHERE,
)
# A link to another form of the page is only told, not fetched.
LOADED = re.compile(
    r"""<(?:img|script|iframe|source|object|embed|use|image|link(?! rel="(?:alternate|canonical)"))\b"""
    r"""[^>]*?\s(?:href|src|data)="([^"#]+)"""
)
FORMS = re.compile(r"""<form\b[^>]*?\saction="([^"]+)""")
LINKS = re.compile(r"""<a\b[^>]*?\shref="([^"#]+)""")


@dataclass(frozen=True)
class Fetched:
    status: int
    headers: dict[str, str]
    size: int
    text: str

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


def fetch(site: str, path: str) -> Fetched:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        body = answer.read()
        headers = {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()
    plain = brotli.decompress(body) if headers.get("content-encoding") == "br" else body
    text = plain.decode() if headers.get("content-type", "").startswith("text/") else ""
    return Fetched(answer.status, headers, len(body), text)


def kind(path: str) -> str:
    return route_of(urlsplit(path).path) or "none"


def pages(site: str) -> Iterator[tuple[str, Fetched]]:
    """From the first pages, wherever links lead."""
    starts = [path for path in STARTS if path == NOWHERE or route_of(urlsplit(path).path)]
    waiting, met = deque(starts), set(starts)
    seen: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        if path not in starts and seen[kind(path)] >= MOST_OF_A_KIND:
            continue
        seen[kind(path)] += 1
        fetched = fetch(site, path)
        if not fetched.is_page:
            continue
        links = (
            [fetched.headers["location"]] if "location" in fetched.headers else LINKS.findall(fetched.text)
        )
        if "location" not in fetched.headers:
            yield path, fetched
        for link in links:
            to = urljoin(path, unescape(link))
            if to.startswith("/") and not to.startswith("//") and to not in met:
                met.add(to)
                waiting.append(to)


def test_every_kind_of_page_is_light_from_nobody_else_and_without_a_cookie(site: str) -> None:
    @cache
    def weight(path: str) -> int:
        return fetch(site, path).size

    heavy, strange, kinds = [], [], set()
    for path, fetched in pages(site):
        kinds.add(kind(path))
        loaded = {unescape(each) for each in LOADED.findall(fetched.text)} - {"data:,"}
        elsewhere = [
            each for each in (*loaded, *FORMS.findall(fetched.text)) if not re.match(r"/(?!/)|\?", each)
        ]
        if (
            elsewhere
            # The one page with a form that is sent needs to know that it was this site's.
            or ("set-cookie" in fetched.headers and not path.startswith("/about/mistake/"))
            or re.search(r"style=|url\((?!#)|<script", fetched.text)
        ):
            strange.append((path, elsewhere))
        # A picture to be framed lets other sites frame it, and no other page does.
        may_lack = {"x-frame-options"} if path.startswith("/embed/") else set()
        if missing := {name.lower() for name in SAFE_HEADERS} - fetched.headers.keys() - may_lack:
            strange.append((path, sorted(missing)))
        if fetched.status >= 500 or (fetched.status != 200) != (path == NOWHERE):
            strange.append((path, [str(fetched.status)]))
        total = fetched.size + sum(weight(each) for each in loaded if each.startswith("/"))
        if total > (HEAVIEST_MAP if path.startswith("/map/") else HEAVIEST_PAGE):
            heavy.append((path, total))
    assert strange == []
    assert heavy == []
    assert len(kinds) > 15, kinds
