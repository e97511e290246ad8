"""From one area to two beside each other, and to the file of what they show."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser

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
