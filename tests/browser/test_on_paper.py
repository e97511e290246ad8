"""Pages printed on A4: nothing is cut off at the edge, and what is for a screen stays there."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# A4 in points, and the least margin that a printer keeps.
WIDTH, MARGIN = 595, 12


def printed(browser: Browser, url: str) -> tuple[list[str], float]:
    """The text of each sheet, and how far to the right any of it reaches, in points."""
    page = browser.new_page()
    page.goto(url)
    sheets, edge = [], 0.0
    for sheet in pypdfium2.PdfDocument(page.pdf(format="A4")):
        text = sheet.get_textpage()
        sheets.append(" ".join(text.get_text_bounded().split()))
        edge = max(edge, *(text.get_charbox(place)[2] for place in range(text.count_chars())), 0.0)
    page.close()
    return sheets, edge


@pytest.mark.parametrize(
    ("path", "first", "somewhere"),
    [
        (
            "/compare/?areas=haringey,leeds,kent,adur,doncaster",
            "Haringey Leeds Kent Adur Doncaster",
            "HMP Moorland",
        ),
        ("/compare/?areas=leeds&with=region", "Barnsley, Bradford, Calderdale", "HMP Leeds"),
        ("/review/annual/", "Requires improvement to be good", "Since a year before"),
        ("/review/annual/?service=police", "Best and lowest", "Region and type"),
        ("/map/children/", "Judged by other rules", "The same as a table Place Grade When Region"),
        ("/measures/workforce-turnover/", "What it counts", "Area Figure Row"),
        ("/areas/haringey/", "How services here were judged", "Who is responsible, and what you can do"),
        ("/areas/haringey/children/", "The latest judgements", "Every inspection, rating and visit"),
        ("/bodies/metropolitan-police/", "Police force", "Every inspection of it"),
        ("/inspections/ofsted/haringey/2018-12-14/", "14 December 2018", "Areas for improvement"),
        ("/areas/haringey/flags/", "Red and green flags", "The flags of 2009"),
        ("/areas/haringey/story/", "Story kit", "To use and to cite it"),
        ("/sources/", "Where the facts come from", "Not loaded yet"),
    ],
)
def test_on_paper_nothing_is_cut_off_and_nothing_is_there_to_be_clicked(
    browser: Browser, site: str, path: str, first: str, somewhere: str
) -> None:
    sheets, edge = printed(browser, site + path)
    whole = " ".join(sheets)
    assert first in sheets[0]
    assert somewhere in whole
    assert edge < WIDTH - MARGIN
    assert "(/" not in whole  # the address of each link, which leaves a table no room
    for words in (
        "Share this picture",
        "Order by",
        "Download",
        "Take away",
        "See this page as at",
        "Copy these",
    ):
        assert words not in whole
    assert f"Printed from {site}" in whole
