"""From the map to a council: with a pointer, with keys alone, on a phone; without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.test_pages import AXE, FIND_FAULTS, WIDTHS

pytestmark = pytest.mark.browser

# With the page, its stylesheet and everything else.
HEAVIEST_MAP = 150_000
MAPS = {
    "children": "/map/children/",
    "a region": "/map/children/?region=London",
    "areas as they lie": "/map/children/?shape=boundaries",
    "forces": "/map/police/",
    "districts": "/map/imd-average-score/",
    "regions of probation": "/map/probation/?tier=regions",
    "the force of each council": "/map/police/?tier=upper",
    "every map": "/map/list/",
}


def opened(browser: Browser, url: str, width: int) -> tuple[Page, list[int]]:
    """The page, and the bytes of each answer that it took."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    sizes: list[int] = []

    def note(request: Request) -> None:
        sizes.append(request.sizes()["responseBodySize"])

    page.on("requestfinished", note)
    page.goto(url, wait_until="networkidle")
    return page, sizes


@pytest.mark.parametrize("path", MAPS.values(), ids=MAPS.keys())
def test_a_map_fits_every_width_is_light_and_axe_finds_no_fault(
    browser: Browser, site: str, path: str
) -> None:
    for width in WIDTHS:
        page, sizes = opened(browser, site + path, width)
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(beyond) <= 0, f"wider than {width} px"
        assert 0 < sum(sizes) < HEAVIEST_MAP
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(FIND_FAULTS) == [], f"at {width} px"
        page.context.close()


def test_a_council_is_reached_from_the_map_by_keys_alone(browser: Browser, site: str) -> None:
    context = browser.new_context(
        java_script_enabled=True, viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{site}/map/children/?region=London")
    page.get_by_role("link", name="Go past the map to the table").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.querySelector('title')?.textContent ?? ''")
        if name.startswith("Haringey: "):
            break
    assert name.startswith("Haringey: ")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/areas/haringey/")
    context.close()


def test_another_map_is_chosen_and_a_tile_followed_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/map/")
    page.get_by_label("What to show").select_option("police")
    page.get_by_role("button", name="Show").first.click()
    assert page.url == f"{site}/map/police/"
    tile = page.locator(".picture__narrow a.tile[href='/bodies/metropolitan-police/']")
    assert "Metropolitan: " in (tile.locator("title").text_content() or "")
    tile.click()
    assert page.url == f"{site}/bodies/metropolitan-police/"
    context.close()
