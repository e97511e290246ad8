"""From a report's page to its story kit and the picture; a picture in a frame; a briefing printed to PDF."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Request

from tests.browser.test_pages import AXE, FIND_FAULTS, WIDTHS
from tests.browser.test_weights import HEAVIEST_PAGE

pytestmark = pytest.mark.browser

REPORT = "/inspections/ofsted/rutland/2026-07-01/"
PAGES = {
    "story kit of one service": "/areas/rutland/story/?service=children",
    "story kit of an inspection": f"{REPORT}story/",
    "briefing": "/areas/haringey/briefing/",
    "briefing with sentences": "/areas/rutland/briefing/?service=children",
    "picture to be framed": "/embed/areas/haringey/children/history/",
}
HEAVIEST_FRAME = 20_000


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_every_width_is_light_and_axe_finds_no_fault(
    browser: Browser, site: str, path: str
) -> None:
    done: list[Request] = []
    for width in WIDTHS:
        done.clear()
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(site + path, wait_until="networkidle")
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) <= 0, f"wider than {width} px"
        assert (
            0
            < sum(each.sizes()["responseBodySize"] for each in done)
            < (HEAVIEST_FRAME if path.startswith("/embed/") else HEAVIEST_PAGE)
        )
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(FIND_FAULTS) == [], f"at {width} px"
        context.close()


def test_from_a_reports_page_to_its_story_kit_and_the_picture_without_scripts(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(site + REPORT)
    page.get_by_role("link", name="Story kit", exact=True).click()
    assert page.url == f"{site}{REPORT}story/"
    kit = page.locator("main").inner_text()
    assert "Rutland's services for children" in kit
    assert "not a ranking across frameworks" in kit
    page.locator("summary", has_text="Share this picture").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="As a picture (PNG)").click()
    saved = tmp_path / "picture.png"
    downloading.value.save_as(saved)
    assert downloading.value.suggested_filename.endswith(".png")
    assert saved.read_bytes().startswith(b"\x89PNG\r\n")
    source = page.locator(".fact .where a").first
    source.click()
    assert re.match(rf"{site}/(reports|releases)/", page.url)
    context.close()


@contextmanager
def _another_site(folder: Path) -> Iterator[str]:
    """The address of a server of a folder's files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_another_site_can_frame_the_picture_and_no_other_page(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    framing = tmp_path / "framing.html"
    frames = "".join(
        f'<iframe src="{site}{path}"></iframe>'
        for path in (PAGES["picture to be framed"], "/areas/haringey/")
    )
    framing.write_text(f"<!doctype html><title>f</title>{frames}", encoding="utf-8")
    page = browser.new_page()
    with _another_site(tmp_path) as elsewhere:
        page.goto(f"{elsewhere}/{framing.name}", wait_until="networkidle")
    shown = [frame for frame in page.frames[1:] if frame.url.startswith(site)]
    assert [frame.url for frame in shown] == [f"{site}{PAGES['picture to be framed']}"]
    assert "Haringey" in shown[0].locator("h1").inner_text()
    page.close()


def test_a_briefing_prints_as_a_clean_document(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site + PAGES["briefing"])
    assert [text for text in complaints if "Content Security Policy" in text] == []
    printed = tmp_path / "briefing.pdf"
    page.pdf(path=printed, prefer_css_page_size=True, outline=True, tagged=True)
    page.close()
    document = pypdfium2.PdfDocument(printed)
    try:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        sizes = {
            tuple(round(side) for side in document[number].get_size()) for number in range(len(document))
        }
        headings = [each.get_title() for each in document.get_toc()]
    finally:
        document.close()
    assert sizes == {(595, 842)}  # A4 in points
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Haringey: all services. Briefing as at" in text
    whole = "\n".join(pages)
    for part in (
        "How things stand",
        "What changed since",
        "Questions to ask",
        "Who is responsible",
        "Sources",
    ):
        assert part in whole
        assert any(part in heading for heading in headings)
    for not_of_it in (
        "Skip to main content",
        "Annual review",
        "Changes since\n",
        "How these questions are made",
        "Show",
    ):
        assert not_of_it not in whole
    assert "/releases/" in whole
