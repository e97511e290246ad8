"""GOV.UK's publications: which file of a page is the newest edition, by GOV.UK's own Content API.

`https://www.gov.uk/api/content/PATH` describes the page at PATH as JSON: `details.attachments` has its files with
title, file name and address (which is another for each edition), `links.documents` the pages of a collection.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.periods import MONTHS

SITE = "https://www.gov.uk"
API = f"{SITE}/api/content"

_DAY = re.compile(
    rf"(\d{{1,2}})[ _-]({'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)})[ _-](20\d\d)"
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)[-/ _]?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a page. `page_title` and `updated`, the day of the last change, are the page's."""

    title: str
    filename: str
    url: str
    page_title: str
    updated: dt.date | None

    @property
    def edition(self) -> str:
        """What puts editions in order: the day, or the last years, in its titles or file name; "" for none."""
        said = (self.title, self.filename, self.page_title)
        for text in said:
            if days := sorted(filter(None, map(_iso, _DAY.finditer(text)))):
                return days[-1]
        for text in said:
            if years := [
                found for found in _YEARS.findall(text) if int(found[1]) == (int(found[0]) + 1) % 100
            ]:
                return "-".join(max(years))
        return ""

    @property
    def day(self) -> str:
        """The edition's day as file names have it, 31_Mar_2025; "" where it is of years."""
        try:
            return f"{dt.date.fromisoformat(self.edition):%d_%b_%Y}"
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """How a source's file is found. Patterns are searched for in any case.

    `page` is a page with files, or a collection whose pages are those whose title fits `document`. `file` fits the
    file's title, a space and its name. `saved_as` is what it is called here: "{edition}" stands for the day
    (2025-03-31) or years (2022-23) that it is of, "{day}" for the day in words (31_Mar_2025).
    """

    page: str
    file: str
    saved_as: str
    expect: str
    document: str = ""

    def fetch(self, client: Client, held: Held) -> Fetched:
        """Save the newest edition, if it is not here yet or has changed."""
        newest = self.newest(client)
        if not newest.edition or ("{day}" in self.saved_as and not newest.day):
            raise NotFetched(
                newest.url,
                f"a day or years in the title of the file were expected, but it is “{newest.title}”",
            )
        name = self.saved_as.format(edition=newest.edition, day=newest.day)
        got = client.file(newest.url, held.folder / name, expect=self.expect)
        return Fetched(
            path=got.path,
            url=got.url,
            retrieved_at=got.retrieved_at,
            is_new=got.is_new,
            published=newest.updated,
        )

    def newest(self, client: Client) -> Attachment:
        """The newest edition that the page, or the newest page of the collection, offers."""
        page = self._page(client)
        fitting = [
            each
            for each in attachments(page)
            if re.search(self.file, f"{each.title} {each.filename}", re.IGNORECASE)
        ]
        if not fitting:
            there = ", ".join(f"“{each.title}”" for each in attachments(page)) or "no file at all"
            raise NotFetched(
                _address(page),
                f"the page has changed: a file whose title or name fits “{self.file}” was expected, but there is "
                f"{there[:400]}",
            )
        return max(fitting, key=lambda each: (each.edition, each.filename))

    def _page(self, client: Client) -> Mapping[str, Any]:
        page = content(client, self.page)
        if not self.document:
            return page
        fitting = [
            each
            for each in documents(page)
            if re.search(self.document, str(each.get("title", "")), re.IGNORECASE)
        ]
        if not fitting:
            raise NotFetched(
                _address(page),
                f"the collection has changed: a page whose title fits “{self.document}” was expected, and there is "
                "none",
            )
        newest = max(
            fitting, key=lambda each: (_in_order(str(each["title"])), str(each.get("public_updated_at")))
        )
        return content(client, str(newest["base_path"]))


def content(client: Client, path: str) -> Mapping[str, Any]:
    """What GOV.UK says of the page at `path` ("/government/statistics/…")."""
    page = client.page(f"{API}{path}", expect="application/json")
    found = page.json()
    if not isinstance(found, dict) or "base_path" not in found:
        raise NotFetched(page.url, "the description of a page was expected, and this is none")
    if found.get("document_type") in ("gone", "redirect"):
        raise NotFetched(f"{SITE}{path}", f"the page is {found['document_type']}: look for it on GOV.UK")
    return found


def attachments(page: Mapping[str, Any]) -> list[Attachment]:
    """The files of a page; those without an address, and web pages among them, are left out."""
    details = page.get("details")
    listed = details.get("attachments") if isinstance(details, dict) else None
    found = []
    for each in listed if isinstance(listed, list) else ():
        if not isinstance(each, dict) or not str(each.get("url", "")).startswith("https://"):
            continue
        url = str(each["url"])
        name = str(each.get("filename") or unquote(urlsplit(url).path.rpartition("/")[2]))
        if not re.fullmatch(r"[\w.,()&' +-]+", name) or name.startswith("."):
            continue
        found.append(
            Attachment(
                title=str(each.get("title", "")),
                filename=name,
                url=url,
                page_title=str(page.get("title", "")),
                updated=_updated(page),
            )
        )
    return found


def documents(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The pages of a collection."""
    links = page.get("links")
    listed = links.get("documents") if isinstance(links, dict) else None
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and str(each.get("base_path", "")).startswith("/"):
            yield each


def _updated(page: Mapping[str, Any]) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(str(page.get("public_updated_at"))).date()
    except ValueError:
        return None


def _address(page: Mapping[str, Any]) -> str:
    return f"{SITE}{page.get('base_path', '')}"


def _iso(found: re.Match[str]) -> str | None:
    month = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(found[2]))
    try:
        return dt.date(int(found[3]), month, int(found[1])).isoformat()
    except ValueError:
        return None


def _in_order(title: str) -> str:
    """A title's day, else its last year: what is later is greater."""
    if days := sorted(filter(None, map(_iso, _DAY.finditer(title)))):
        return days[-1]
    return max(re.findall(r"20\d\d", title), default="")
