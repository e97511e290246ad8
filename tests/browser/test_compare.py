"""From one area to two beside each other, and to the file of what they show."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser

from tests.browser.test_pages import WIDTHS, faults

pytestmark = pytest.mark.browser


def test_an_area_is_added_by_a_slip_of_its_name_and_all_is_downloaded(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/compare/?areas=haringey")
    page.get_by_label("Add another area").fill("enfeild")
    page.get_by_role("button", name="Add").click()
    assert page.url == f"{site}/compare/?areas=haringey,enfield"
    assert page.get_by_role("heading", level=1).inner_text() == "Haringey and Enfield, side by side"
    shown = page.locator("#service-children + .scroll .grade").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything here as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    childrens = [
        row for row in rows if row["service"] == "children" and row["framework_or_period"] == "ILACS"
    ]
    assert len([row for row in childrens if row["grade_or_value"]]) == shown
    assert all(row["release"] for row in rows if row["grade_or_value"])
    page.get_by_role("link", name="Take away Enfield").click()
    assert page.url == f"{site}/compare/?areas=haringey&undo=haringey,enfield"
    page.get_by_role("link", name="Put it back").click()
    assert page.url == f"{site}/compare/?areas=haringey,enfield"


@pytest.mark.parametrize(
    "path",
    [
        "/compare/",
        "/compare/?areas=haringey,leeds,kent,adur,doncaster",  # with prisons, and a region beside units
        "/compare/?areas=leeds&with=region",
        "/compare/?areas=leeds,nowhere&add=zzzzzz",
        "/compare/?areas=leeds&undo=leeds,kent",
        "/compare/?add=north",
    ],
)
def test_a_comparison_fits_every_width_and_axe_finds_no_fault(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(site + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], f"at {width} px"
    context.close()


def test_an_area_is_added_taken_away_and_put_back_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/compare/")
    for name in ("Haringey", "Leeds"):
        page.locator("#add").fill(name)
        page.get_by_role("button", name="Add").click()
    assert page.url == f"{site}/compare/?areas=haringey,leeds"
    page.locator("#add").fill("Nowhere at all")
    page.get_by_role("button", name="Add").click()
    assert "No area is called" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("heading", level=1).inner_text() == "Haringey and Leeds, side by side"
    page.get_by_role("link", name="Take away Haringey").click()
    page.get_by_role("link", name="Put it back").click()
    assert page.url == f"{site}/compare/?areas=haringey,leeds"
    context.close()
