"""From an inspection's record to the page of the report, with the passage marked; what is downloaded and printed."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import AXE, FIND_FAULTS, WIDTHS
from tests.pdfs.ilacs import ITEMS

pytestmark = pytest.mark.browser

INSPECTION = "/inspections/ofsted/rutland/2026-07-01/"


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()


def open_passage(page: Page, site: str, point: int) -> None:
    page.goto(site + INSPECTION)
    page.locator(f"#improve-{point} a", has_text="page").first.click()
    page.wait_for_load_state("networkidle")


def test_a_point_leads_to_the_page_of_the_report_with_the_passage_marked(page: Page, site: str) -> None:
    open_passage(page, site, 2)

    assert "/pages/1/?box=" in page.url or "/pages/2/?box=" in page.url
    passage = page.locator(".report__text .quote").inner_text()
    assert " ".join(ITEMS[1].split())[:60] in " ".join(passage.split())
    assert ITEMS[2][:30] not in passage
    picture = page.locator(".report__sheet img")
    assert picture.evaluate("image => image.naturalWidth") > 1000
    mark, sheet = page.locator(".report__mark").bounding_box(), picture.bounding_box()
    assert mark is not None
    assert sheet is not None
    assert sheet["x"] < mark["x"] < mark["x"] + mark["width"] < sheet["x"] + sheet["width"]
    assert sheet["y"] < mark["y"] < mark["y"] + mark["height"] < sheet["y"] + sheet["height"]


def test_the_page_of_a_report_fits_every_width_and_axe_finds_no_fault(page: Page, site: str) -> None:
    open_passage(page, site, 1)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) <= 0, f"wider than {width} px"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(FIND_FAULTS) == [], f"at {width} px"


def test_the_pages_of_a_report_are_turned_and_lead_back(page: Page, site: str) -> None:
    open_passage(page, site, 1)
    number = int(page.url.split("/pages/")[1].split("/")[0])
    page.locator("a[rel=next]").click()
    assert f"/pages/{number + 1}/" in page.url
    page.get_by_role("link", name="Back to the inspection").click()
    assert page.url == site + INSPECTION


def test_an_inspection_since_april_2026_says_that_it_has_no_overall_grade(page: Page, site: str) -> None:
    page.goto(site + INSPECTION)
    assert "There is no overall grade" in page.locator("main").inner_text()
    page.goto(f"{site}/areas/rutland/")
    assert "No overall grade is given" in page.locator("#service-children ~ .judged").first.inner_text()


def test_the_annual_review_downloads_as_the_lines_that_it_shows(page: Page, site: str) -> None:
    page.goto(f"{site}/review/annual/?as-at=2009-12-09")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 152
    poor = {row["area"] for row in rows if row["grade"] == "performs_poorly"}
    assert len(poor) == 9
    assert "haringey" in poor
    assert sum(row["graded_but_not_named"] == "yes" for row in rows) == 133


def test_a_release_names_the_page_that_each_row_was_taken_from(page: Page, site: str) -> None:
    page.goto(f"{site}/inspections/ofsted/haringey/2009-12-09-annual-rating/")
    page.locator("main a", has_text="row 2").first.click()
    assert "/releases/ofsted_annual_ratings/" in page.url
    assert page.url.endswith("/rows/2/")
    assert page.locator("main", has_text="Performs poorly").count() == 1
    page.locator(".govuk-breadcrumbs a").last.click()
    rows = page.locator("table", has_text="Where in it").locator("tbody tr")
    assert rows.count() == 47
    assert rows.first.locator("a[rel=external]").count() == 1


def test_forced_colours_and_print_keep_every_judgement(page: Page, site: str) -> None:
    page.goto(site + INSPECTION)
    shown = page.locator(".judgements .grade").count()
    assert shown == 4
    page.emulate_media(forced_colors="active")
    assert all(each.is_visible() for each in page.locator(".judgements .grade").all())
    page.emulate_media(forced_colors="none", media="print")
    assert all(each.is_visible() for each in page.locator(".judgements .grade").all())
    assert not page.locator(".site-header nav").is_visible()
    assert page.pdf().startswith(b"%PDF-")
