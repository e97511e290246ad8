"""Ofsted's reports on local authorities' services for children: each inspection, visit and area SEND inspection.

Data source
    Ofsted's reports site. A search lists the local authorities' children's services; each has a page with its
    reports, newest first; each report is a PDF on another host.
Format
    Pages of HTML: `/search?…&start=N&rows=100` with the results as links to `/provider/44/URN` and, while there are
    more, `ul.pagination li.next a`; on a provider's page `a.publication-link` leads to a file, and its
    `span.nonvisual` says what it is ("Area SEND full inspection, pdf - 12 July 2024"). The PDFs are read by
    `oneplace.reading`.
Cadence
    As reports are published: a few each week.
What needs care
    The date in a link is the day of publication. A report is known by council, day and kind, whatever folder name
    it came by, so that one that was read from a folder is not fetched again. Some links lead to a web page instead
    of a PDF: these are told once, remembered, and asked for again after a month. Joint area child protection
    inspections, monitoring visits and letters are left out, as no form of ours reads them. A list without a
    single authority, or pages that have lost their links, are a change of layout and never "nothing new".
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from oneplace.sources.days import day_in_words
from oneplace.sources.errors import SourceError
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched, Page
from oneplace.sources.polite.saved import receipt_of, refused_path, save_whole
from oneplace.sources.source import Source

SITE = "https://reports.ofsted.gov.uk"
SEARCH = f"{SITE}/search?q=&level_1_types=3&level_2_types[]=12&start=0&rows=100"
FILES = re.compile(r"/v1/file/(\d+)$")
PROVIDER = re.compile(r"^/provider/44/(\d{5,7})$")
SAID = re.compile(
    r"^(?P<what>.*),\s*pdf\b.*?(?P<date>\d{1,2} [A-Za-z]+ \d{4})\s*$", re.IGNORECASE | re.DOTALL
)

# 153 authorities on two pages of a hundred: a list that never ends is a fault of the site's.
MOST_PAGES = 20
# Days after which a link that led to no PDF is tried again.
ASK_AGAIN = 30
MISSING = "missing.json"
# So many authorities' pages that cannot be had, or are without reports, and it is not they but the site.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as a provider's page lists it."""

    urn: str
    kind: str
    published: dt.date
    url: str
    number: int  # of the file, which the site counts up


class OfstedReports(Source):
    # The data source
    name = "ofsted_reports"
    publisher = "ofsted"
    title = "Reports of inspections and visits of local authorities' services for children"
    cadence = "as reports are published, a few each week"
    months = 2  # in August and at Christmas hardly any come out

    # Its format
    media_type = "application/pdf"
    filename = "2018-12-14-inspection.pdf"
    reads = "reports"

    # How it is reached
    url = SEARCH
    access = "open"

    def records(self, path: Path) -> NoReturn:
        """None: a report is prose, which `oneplace read` reads."""
        raise SourceError(
            path, "a table, not a report (`oneplace read FOLDER` reads reports into the record),"
        )

    def accepts(self, path: Path) -> bool:
        """Whether the file is a report's PDF."""
        return path.suffix.lower() == ".pdf"

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched | NotFetched]:
        """Every report that is neither in the record nor on disk, provider after provider."""
        missing = Missing(held.folder / MISSING)
        pages = faults = empty = 0
        for urn, council, page_url in self._providers(client):
            pages += 1
            try:
                page = client.page(page_url, expect="text/html")
                listed = reports_on(page, urn)
            except NotFetched as fault:
                faults += 1
                if faults >= ENOUGH:
                    raise
                yield fault
                continue
            if listed:
                yield from self._new(_slots(listed, council, held), client, held, missing)
                continue
            empty += 1
            if empty >= ENOUGH and empty * 10 > pages:
                raise _changed(page, LexborHTMLParser(page.text))
        if pages == empty:
            raise _changed(page, LexborHTMLParser(page.text))

    def _new(
        self, listed: Iterable[tuple[str, Listed]], client: Client, held: Held, missing: Missing
    ) -> Iterator[Fetched | NotFetched]:
        for slot, report in listed:
            path = held.folder / slot
            receipt = receipt_of(path) or receipt_of(refused_path(path))
            if (receipt is not None and receipt.url == report.url) or missing.is_known(report.url):
                continue
            if receipt is None and (path.is_file() or held.has_slot(slot)):
                continue
            try:
                yield _with_slot(client.file(report.url, path, expect="%PDF"), slot, report)
            except NotFetched as fault:
                if fault.is_lasting:
                    missing.remember(report.url, fault.why)
                yield fault

    def _providers(self, client: Client) -> Iterator[tuple[str, str, str]]:
        """Each authority's URN, name and page."""
        url: str | None = SEARCH
        seen: dict[str, str] = {}
        asked: set[str] = set()
        while url is not None:
            if url in asked or len(asked) >= MOST_PAGES:
                raise NotFetched(url, "the list of authorities goes round in a circle or never ends")
            asked.add(url)
            page = client.page(url, expect="text/html")
            found, url = providers_on(page)
            for urn, name, address in found:
                if urn not in seen:
                    seen[urn] = name
                    yield urn, name, address


def providers_on(page: Page) -> tuple[list[tuple[str, str, str]], str | None]:
    """The authorities on a page of results (URN, name, address), and the address of the next page."""
    tree = LexborHTMLParser(page.text)
    found: list[tuple[str, str, str]] = []
    for link in tree.css("a[href]"):
        address = urljoin(page.url, link.attributes["href"] or "")
        if (matched := PROVIDER.match(urlsplit(address).path)) and (name := " ".join(link.text().split())):
            found.append((matched[1], name, address))
    if not found:
        raise NotFetched(
            page.url,
            "the layout of the search has changed, or the site shows another page: results with links to "
            f"/provider/44/ and a number were expected, and there are none on “{_title(tree)}”",
        )
    following = tree.css_first("ul.pagination li.next a[href]")
    if following is None:
        return found, None
    return found, urljoin(page.url, following.attributes["href"] or "")


def reports_on(page: Page, urn: str) -> list[Listed]:
    """The reports on an authority's page that we read, oldest first; none of a new authority."""
    tree = LexborHTMLParser(page.text)
    links = tree.css("a.publication-link")
    if not links and urn not in page.text:
        raise _changed(page, tree)
    listed = []
    for link in links:
        address = urljoin(page.url, link.attributes.get("href") or "")
        label = link.css_first("span.nonvisual")
        said = " ".join((label.text() if label else link.text()).split())
        kind = kind_of(said)
        if kind is None:
            continue
        published = _date_of(said)
        file = FILES.search(urlsplit(address).path)
        if published is None or file is None:
            raise NotFetched(
                page.url,
                "the layout of an authority's page has changed: a link to /v1/file/ and a number, whose words end "
                f"in “pdf - 12 July 2024”, was expected, but there is “{said}” to {address}",
            )
        listed.append(Listed(urn, kind, published, address, int(file[1])))
    return sorted(listed, key=lambda each: (each.published, each.kind, each.number))


def _changed(page: Page, tree: LexborHTMLParser) -> NotFetched:
    return NotFetched(
        page.url,
        "the layout of an authority's page has changed, or the site shows another page: links of the class "
        f"“publication-link” were expected, and there are none on “{_title(tree)}”",
    )


def kind_of(said: str) -> str | None:
    """What a link's words say it leads to, as file names have it; None for what we do not read."""
    words = said.lower()
    if "area send" in words and "full inspection" in words:
        return "area-send"
    if "children" not in words or "services" not in words or "joint" in words or "monitoring" in words:
        return None
    if "focused visit" in words:
        return "focused-visit"
    return "inspection" if "inspection" in words else None


def _date_of(said: str) -> dt.date | None:
    found = SAID.match(said)
    return day_in_words(found["date"]) if found else None


def _slots(listed: list[Listed], council: str, held: Held) -> Iterator[tuple[str, Listed]]:
    """Each report with its slot: "80498-haringey/2018-12-14-inspection.pdf"."""
    given: set[str] = set()
    for report in listed:
        folder = _folder(report.urn, council, held)
        stem = f"{folder}/{report.published.isoformat()}-{report.kind}"
        slot, again = f"{stem}.pdf", 1
        while slot in given:
            again += 1
            slot = f"{stem}-{again}.pdf"
        given.add(slot)
        yield slot, report


def _folder(urn: str, council: str, held: Held) -> str:
    """The council's folder: as the record or the disk has it already, else by the name that the site uses."""
    known = held.slots(f"{urn}-")
    if known:
        return known[-1].partition("/")[0]
    there = sorted(path.name for path in held.folder.glob(f"{urn}-*") if path.is_dir())
    return there[0] if there else f"{urn}-{_slug(council)}"


def _slug(council: str) -> str:
    plain = council.lower().replace("&", " and ").replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "council"


def _with_slot(fetched: Fetched, slot: str, report: Listed) -> Fetched:
    return Fetched(
        path=fetched.path,
        url=report.url,
        retrieved_at=fetched.retrieved_at,
        is_new=fetched.is_new,
        slot=slot,
        published=report.published,
    )


def _title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    return " ".join(title.text().split())[:80] if title else "a page without a title"


class Missing:
    """Links that led to no PDF, with the day and the reason, so that they are not asked for at each update."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._known: dict[str, dict[str, str]] = dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):
            self._known = {}

    def is_known(self, url: str) -> bool:
        """Whether the link led nowhere less than a month ago."""
        try:
            since = dt.date.fromisoformat(self._known[url]["since"])
        except (KeyError, ValueError, TypeError):
            return False
        return (dt.datetime.now(dt.UTC).date() - since).days < ASK_AGAIN

    def remember(self, url: str, why: str) -> None:
        """Keep that the link led nowhere today."""
        self._known[url] = {"since": dt.datetime.now(dt.UTC).date().isoformat(), "why": why}
        save_whole(self._path, [json.dumps(self._known, indent=1, sort_keys=True).encode() + b"\n"])
