"""What the Care Quality Commission's publications have in common: services, providers, ratings and their names."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from oneplace.records import AreaRef
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.tables import Row

PUBLISHER = "cqc"
DOWNLOADS = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
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


def body_id(row: Row, column: str) -> str:
    """The public id of a service or provider: the commission's number, in small letters."""
    number = row.text(column)
    if not _NUMBER.fullmatch(number):
        raise row.fault(column, "a number of the Care Quality Commission, like 1-125856395,")
    return number.lower()


@lru_cache(maxsize=1_000)
def area(name: str) -> AreaRef | None:
    """The council in whose area a service stands, as the commission names it; it may be left open."""
    return AreaRef(name=name) if name and name.casefold() != "unspecified" else None


@lru_cache(maxsize=2_000)
def family(category: str) -> str:
    """The framework family by which a service is rated, by its primary inspection category."""
    return "CQC-adult-social-care" if category.casefold() in SOCIAL_CARE else "CQC-health"


def date_in_words(name: str) -> dt.date | None:
    """The date in a file's name: "01_November_2025_Latest_ratings.ods"."""
    if found := re.search(r"(?<!\d)(\d{1,2})_([A-Za-z]+)_(20\d\d)(?!\d)", name):
        try:
            return dt.datetime.strptime(" ".join(found.groups()), "%d %B %Y").replace(tzinfo=dt.UTC).date()
        except ValueError:
            return None
    return None


def newest_download(client: Client, held: Held, named: re.Pattern[str]) -> Fetched:
    """Save the file whose link on the commission's page of downloads is `named` so, under its own name."""
    page = client.page(DOWNLOADS, expect="text/html")
    links = [
        urljoin(page.url, link)
        for each in LexborHTMLParser(page.content).css("a[href]")
        if (link := each.attributes.get("href"))
    ]
    found = {link: urlsplit(link).path.rsplit("/", 1)[-1] for link in links}
    wanted = {link: name for link, name in found.items() if named.fullmatch(name)}
    if not wanted:
        raise NotFetched(page.url, f"no link to a file named like {named.pattern} is on the page any more")
    link = max(wanted, key=lambda each: date_in_words(wanted[each]) or dt.date.min)
    return client.file(link, held.folder / wanted[link], expect="PK")
