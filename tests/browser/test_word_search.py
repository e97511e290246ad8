"""From a word to the passage in the report, by keyboard and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_word_leads_to_the_passage_on_the_page_of_the_report(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site + "/search/words/")
    page.locator("#q").focus()
    page.keyboard.type("children")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/words/?q=children**")
    assert "passage" in page.locator("#found").inner_text()
    hit = page.locator(".hit").first
    assert "child" in hit.locator("mark").first.inner_text().lower()
    link = hit.locator(".hit__where a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    assert "/pages/" in page.url
    assert page.locator(".report__text .quote").count() == 1
    context.close()


def test_a_filter_is_set_in_the_form_and_taken_off_by_its_link(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/search/words/?q=children")
    page.locator(".words-filters summary").click()
    page.locator("#says").select_option("weakness")
    page.locator(".words-filters button").click()
    assert "says=weakness" in page.url
    page.locator(".words-set a").click()
    assert "says=" not in page.url
    context.close()
