"""The form for mistakes: it is found where the mistake is, says what is missing, and is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
