"""What readers come to do, from the first page to where it says so: with the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_a_postcode_leads_to_the_area_and_from_there_to_the_page_of_the_report(
    phone: Page, site: str
) -> None:
    phone.goto(site)
    phone.locator("input[name=q]").first.fill("LE15 6HP")
    phone.locator("input[name=q]").first.press("Enter")
    assert phone.url == f"{site}/areas/rutland/"
    glance = phone.locator(".glance__line", has_text="Children’s services")
    assert "in July 2026" in glance.inner_text()
    phone.locator("#service-children a").click()
    assert phone.url == f"{site}/areas/rutland/children/"
    phone.locator("#improve ~ .points .where a").first.click()
    assert "/inspections/ofsted/rutland/2026-07-01/" in phone.url
    phone.locator("#improve-1 .where a").first.click()
    assert "/pages/" in phone.url
    assert phone.locator(".report__text .quote").count() == 1


def test_a_district_s_reader_learns_whose_the_children_s_services_are(phone: Page, site: str) -> None:
    phone.goto(f"{site}/areas/adur/")
    glance = phone.locator(".glance__line", has_text="Children’s services")
    assert "West Sussex" in glance.inner_text()
    phone.locator("#service-children a").click()
    assert "does not provide this itself" in phone.locator("main").inner_text()
    phone.locator(".govuk-inset-text a", has_text="West Sussex").click()
    assert phone.url == f"{site}/areas/west-sussex/children/"


def test_a_phone_shows_the_services_first_and_the_menu_at_the_end(phone: Page, site: str) -> None:
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(f"{site}/areas/haringey/")
    lines = phone.locator(".glance__line")
    told = [place for place in (line.bounding_box() for line in lines.all()) if place]
    assert len(told) >= 8
    assert sum(place["y"] + place["height"] < 844 for place in told) >= 4, (
        "a first screen tells of few services"
    )
    assert told[-1]["y"] + told[-1]["height"] < 1200
    assert not phone.locator("header nav").is_visible()
    phone.locator("header a", has_text="Menu").click()
    menu = phone.locator("#site-menu a")
    assert menu.first.is_visible()
    assert menu.all_inner_texts()[:3] == ["Councils", "Compare", "Map"]
    phone.set_viewport_size({"width": 1280, "height": 844})
    assert phone.locator("header nav").is_visible()
    assert not menu.first.is_visible()


def test_inspections_of_the_past_are_folded_on_an_area_s_page(phone: Page, site: str) -> None:
    phone.goto(f"{site}/areas/haringey/")
    past = phone.locator("section[aria-labelledby=service-council] details", has_text="Judged in the past")
    assert not past.locator(".judged").first.is_visible()
    past.locator("summary").click()
    assert "Comprehensive Performance Assessment" in past.inner_text()


def test_a_flag_leads_to_what_raised_it_and_to_its_rule(phone: Page, site: str) -> None:
    phone.goto(f"{site}/areas/haringey/")
    phone.locator(".brief-flags a").first.click()
    assert phone.url == f"{site}/areas/haringey/flags/"
    phone.locator(".flag__day a").first.click()
    assert "/flags/rules/#" in phone.url
    phone.go_back()
    phone.locator(".flag__evidence .where a").first.click()
    assert "/rows/" in phone.url


def test_a_council_is_reached_from_the_map(phone: Page, site: str) -> None:
    phone.goto(f"{site}/map/children/")
    phone.locator("main a[href='/areas/haringey/']:visible").first.click()
    assert phone.url == f"{site}/areas/haringey/"


def test_the_keyboard_alone_is_enough_from_the_search_to_a_judgement(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 768, "height": 900})
    page.goto(site)
    _tab_to(page, "document.activeElement.name === 'q'")
    page.keyboard.type("Haringey")
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/haringey/")
    _tab_to(page, "document.activeElement.hash === '#service-police'")
    page.keyboard.press("Enter")
    _tab_to(page, "document.activeElement.pathname === '/areas/haringey/police/'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/haringey/police/")
    _tab_to(page, "(document.activeElement.pathname || '').includes('/rows/')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/**")
    assert "Metropolitan Police" in page.locator("main").inner_text()
    page.close()


def _tab_to(page: Page, condition: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            # Who sees where he is: focus is never hidden, nor off the window.
            box = page.evaluate(
                "(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())"
            )
            assert box[1] > 0
            return
    pytest.fail(f"never focused: {condition}")


def test_the_headings_of_an_area_read_as_a_story(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/areas/haringey/")
    levels = page.eval_on_selector_all("h1,h2,h3,h4,h5,h6", "all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    titles = page.eval_on_selector_all("h2", "all => all.map(each => each.innerText)")
    assert titles[0].startswith("How services here were judged")
    assert "Police" in titles
    assert faults(page) == []
    context.close()
