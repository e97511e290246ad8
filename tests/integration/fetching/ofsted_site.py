"""Ofsted's reports site in small: its real layout, with councils that do not exist and words of our own."""

from __future__ import annotations

from dataclasses import dataclass

from tests.integration.fetching.replay import HTML, PDF, Answer, Site

SEARCH = "/search?q=&level_1_types=3&level_2_types[]=12&start={start}&rows=100"


@dataclass(frozen=True)
class Report:
    """A link on a provider's page. `said` is what only a screen reader tells."""

    number: int
    said: str
    body: bytes = b""


def result(urn: str, name: str) -> str:
    return (
        '<li class="search-result"><h3 class="search-result__title heading--sub">'
        f'<a href="/provider/44/{urn}">\n      {name}\n   </a></h3>'
        "<p>Category: <strong>Local authority children's services</strong></p>"
        f"<ul><li>URN: {urn}</li></ul></li>"
    )


def results(councils: dict[str, str], following: str = "") -> bytes:
    found = "".join(result(urn, name) for urn, name in councils.items())
    pages = '<ul class="pagination"><li class="previous">&laquo;</li>'
    if following:
        pages += f'<li class="next"><a href="{following}">Next</a></li>'
    return (
        "<!DOCTYPE html><html><head><title>Search results</title></head><body>"
        f'<a href="/search">Search again</a><ul class="results-list">{found}</ul>{pages}</ul></body></html>'
    ).encode()


def provider(
    name: str, reports: list[Report], files: str = "https://files.ofsted.gov.uk", urn: str = ""
) -> bytes:
    events = "".join(
        '<li class="timeline__day"><div class="event"><p class="timeline__date"><time>a day</time></p>'
        f'<span class="event__title heading--sub"><a class="publication-link" target="_blank" '
        f'href="{files}/v1/file/{report.number}">\n  Report <span class="nonvisual">{report.said}</span></a></span>'
        "</div></li>"
        for report in reports
    )
    return (
        f"<!DOCTYPE html><html><head><title>{name}</title></head><body><h1>{name}</h1><p>URN: {urn}</p>"
        f'<ol class="timeline">{events}</ol></body></html>'
    ).encode()


def lay_out(site: Site, councils: dict[str, tuple[str, list[Report]]], a_page: int = 100) -> None:
    """Put the whole site in place: search pages of `a_page` councils, provider pages, files."""
    urns = list(councils)
    for start in range(0, len(urns), a_page):
        names = {urn: councils[urn][0] for urn in urns[start : start + a_page]}
        more = SEARCH.format(start=start + a_page) if start + a_page < len(urns) else ""
        site.answers[SEARCH.format(start=start)] = Answer(
            results(names, more.replace("&", "&amp;")), headers=HTML
        )
    for urn, (name, reports) in councils.items():
        site.answers[f"/provider/44/{urn}"] = Answer(provider(name, reports, urn=urn), headers=HTML)
        for report in reports:
            if report.body:
                site.answers[f"/v1/file/{report.number}"] = Answer(report.body, headers=PDF)
