"""The pages about the site, the one box and the form for mistakes: they fit, axe finds nothing, and they work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.test_pages import WIDTHS, faults

pytestmark = pytest.mark.browser

PAGES = (
    "/search/?q=leed",
    "/about/grades/",
    "/about/grades/peel-2023/",
    "/about/missing/",
    "/about/how/",
    "/about/accessibility/",
    "/about/corrections/",
    "/about/mistake/?about=/areas/haringey/",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_the_site_fits_every_width_and_axe_finds_no_fault(
    browser: Browser, site: str, path: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(site + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], f"at {width} px"
    context.close()


def test_a_mistake_is_reported_from_the_page_that_has_it(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/areas/haringey/")
    page.get_by_role("link", name="Report a mistake").click()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Tell us what is wrong").click()
    page.get_by_label("What is wrong?").fill("The year is not right.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/about/mistake/sent/")
    assert page.get_by_role("heading", name="Thank you").is_visible()
    page.close()
