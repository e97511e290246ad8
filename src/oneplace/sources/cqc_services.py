"""What the Care Quality Commission's publications have in common: services, providers, ratings and their names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from oneplace.records import AreaRef
from oneplace.sources.cqc_answers import Answer
from oneplace.sources.days import day_in_words
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.source import Source
from oneplace.sources.tables import Row

PUBLISHER = "cqc"
LOCATION, PROVIDER = "care_location", "care_provider"

# The domain (until about 2021: the key question) as printed → the framework's question.
DOMAINS = {
    "Overall": "overall",
    "Safe": "safe",
    "Effective": "effective",
    "Caring": "caring",
    "Responsive": "responsive",
    "Well-led": "well_led",
}
# The primary inspection categories of adult social care. All others are health care.
SOCIAL_CARE = frozenset({"residential social care", "community based adult social care services"})

INHERITED = "Rating carried over from an earlier registration"

# "1-125856395", or the NHS's code of a trust ("RXH") or its hospital ("RXH07").
_NUMBER = re.compile(r"\d-\d{5,14}|[A-Z0-9]{3,9}", re.ASCII)


def body_id(told: Row | Answer, name: str) -> str:
    """The public id of a service or provider: the commission's number, in small letters."""
    number = told.text(name)
    if not _NUMBER.fullmatch(number):
        raise told.fault(name, "a number of the Care Quality Commission, like 1-125856395,")
    return number.lower()


@lru_cache(maxsize=1_000)
def area(name: str) -> AreaRef | None:
    """The council in whose area a service stands, as the commission names it; it may be left open."""
    return AreaRef(name=name) if name and name.casefold() != "unspecified" else None


@lru_cache(maxsize=2_000)
def family(category: str) -> str:
    """The framework family by which a service is rated, by its primary inspection category."""
    return "CQC-adult-social-care" if category.casefold() in SOCIAL_CARE else "CQC-health"


class MonthlyDownload(Source):
    """One of the workbooks that the commission puts on its page of downloads each month, with the day in its name."""

    # The data source
    publisher = PUBLISHER
    cadence = "monthly, as at the first days of the month"

    # Its format
    media_type = "application/vnd.oasis.opendocument.spreadsheet"
    facts = ("cqc_names.toml",)
    is_snapshot = True
    named: ClassVar[re.Pattern[str]]  # what the names of its files are like

    # How it is reached
    url = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
    access = "open"
    months = 3

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched | NotFetched]:
        """Save the newest file that the page has a link to, under its own name."""
        page = client.page(self.url, expect="text/html")
        links = [
            urljoin(page.url, link)
            for each in LexborHTMLParser(page.content).css("a[href]")
            if (link := each.attributes.get("href"))
        ]
        found = {link: urlsplit(link).path.rsplit("/", 1)[-1] for link in links}
        wanted = {link: name for link, name in found.items() if self.named.fullmatch(name)}
        if not wanted:
            expected = f"no link to a file named like {self.named.pattern} is on the page any more"
            raise NotFetched(page.url, expected)
        link = max(wanted, key=lambda each: _date_in_words(wanted[each]) or dt.date.min)
        yield client.file(link, held.folder / wanted[link], expect="PK")

    def accepts(self, path: Path) -> bool:
        return bool(self.named.fullmatch(path.name))

    def as_at(self, path: Path) -> dt.date | None:
        return _date_in_words(path.name)


def _date_in_words(name: str) -> dt.date | None:
    """The date in a file's name: "01_November_2025_Latest_ratings.ods"."""
    if found := re.search(r"(?<!\d)(\d{1,2})_([A-Za-z]+)_(20\d\d)(?!\d)", name):
        return day_in_words(" ".join(found.groups()))
    return None
