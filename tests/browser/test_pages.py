"""Every kind of page, opened in a browser: it fits, axe finds nothing, and it works by keyboard and without scripts.

"Every kind" is every address of the site's that is a page, in the states that look different.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from oneplace.website.urls import urlpatterns
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
WIDTHS = (320, 768, 1280)
PAGES = {
    "home": "/",
    "first map": "/map/",
    "map": "/map/children/",
    "map of a statistic": "/map/workforce-turnover/",
    "flags": "/flags/",
    "rules of flags": "/flags/rules/",
    "flags of an area": "/areas/haringey/flags/",
    "point that must improve": "/inspections/ofsted/rutland/2026-07-01/improve/1/",
    "words in reports": "/search/words/?q=children",
    "story kit": "/areas/haringey/story/",
    "search with several hits": "/search/?q=north",
    "search with none": "/search/?q=zzzzzz",
    "areas": "/areas/",
    "area": "/areas/haringey/",
    "area as at a day": "/areas/haringey/?as-at=2018-12-20",
    "service in an area": "/areas/haringey/children/",
    "service of a force": "/areas/adur/police/",
    "service of which nothing is held": "/areas/haringey/health/",
    "area with a predecessor": "/areas/cumberland/",
    "abolished area": "/areas/cumbria/",
    "district": "/areas/adur/",
    "city with many homes": "/areas/birmingham/",
    "homes of an area": "/areas/haringey/bodies/social-care-provider/",
    "police force": "/bodies/metropolitan-police/",
    "prison": "/bodies/hmp-bedford/",
    "statistics": "/measures/",
    "measure": "/measures/workforce-turnover/",
    "what changed": "/changes/",
    "source": "/sources/dfe_lait/",
    "source not loaded": "/sources/ofsted_schools/",
    "part of a postcode": "/search/?q=N15",
    "postcode elsewhere": "/search/?q=CF10+1AA",
    "inspection": "/inspections/ofsted/haringey/2018-12-14/",
    "annual review": "/review/annual/",
    "annual review of 2009": "/review/annual/?as-at=2009-12-09",
    "annual review of forces": "/review/annual/?service=police",
    "annual review of homes": "/review/annual/?of=social-care",
    "areas side by side": "/compare/?areas=haringey,enfield,adur",
    "area among its neighbours": "/compare/?areas=haringey&with=neighbours",
    "review queue": "/review/queue/",
    "sources": "/sources/",
    "about": "/about/",
    "inspection with sentences": "/inspections/ofsted/rutland/2026-07-01/",
    "annual rating": "/inspections/ofsted/haringey/2009-12-09-annual-rating/",
    "visit": "/inspections/ofsted/haringey/2020-01-21-focused-visit/",
    "report not held": f"/reports/{'0' * 64}/pages/1/",
    "no such page": "/no-such-page/",
    "list of a kind, a page of it": "/search/?q=prison&kind=prison&page=2",
    "list of maps": "/map/list/",
    "areas as they lie": "/map/children/?shape=boundaries",
    "story kit of an inspection": "/inspections/ofsted/rutland/2026-07-01/story/",
    "briefing": "/areas/haringey/briefing/",
    "picture to be framed": "/embed/areas/haringey/children/history/",
    "what each grade means": "/about/grades/",
    "what the grades of one kind mean": "/about/grades/peel-2023/",
    "what is missing": "/about/missing/",
    "how it is made": "/about/how/",
    "accessibility": "/about/accessibility/",
    "corrections": "/about/corrections/",
    "form for a mistake": "/about/mistake/?about=/areas/haringey/",
    "thanks for a report": "/about/mistake/sent/",
}
# Pages whose address has the sum of a file: reached by the first such link of another page.
LINKED = {
    "report_page": ("/inspections/ofsted/rutland/2026-07-01/", "main a[href*='/pages/']"),
    "release": ("/sources/dfe_lait/", "main a[href^='/releases/']"),
    "release_row": ("/areas/haringey/police/", "main a[href*='/rows/']"),
}
# Files, feeds, pictures and the operator's question are no pages to look at.
NO_PAGES = {
    "words_csv", "area_story_csv", "area_story_text", "area_story_json", "area_feed", "inspection_story_csv",
    "inspection_story_text", "inspection_story_json", "report_picture", "compare_csv", "annual_review_csv",
    "body_feed", "changes_feed", "measure_csv", "map_csv", "flags_csv", "chart_svg", "chart_png", "chart_csv",
    "oembed", "health",
}  # fmt: skip
MAIN_PAGES = (
    "/",
    "/areas/haringey/",
    "/areas/haringey/children/",
    "/map/children/",
    "/flags/",
    "/review/annual/",
    "/inspections/ofsted/rutland/2026-07-01/",
    "/search/words/?q=children",
)
# Axe leaves out the size of targets, which WCAG 2.2 asks for, unless it is told to look.
FIND_FAULTS = """axe.run({rules: {"target-size": {enabled: true}}}).then(found => found.violations.map(each =>
    each.id + ": " + each.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")))"""


# Every width, and what somebody has who enlarges the page and chooses its colours: 1280 px at 200 % zoom are 640 px.
Look = tuple[int, int, Literal["none", "active"]]  # width, height, forced colours
LOOKS: tuple[Look, ...] = (*((width, 900, "none") for width in WIDTHS), (640, 450, "active"))


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(FIND_FAULTS)
    return [*found, *(["wider than its window"] if page.evaluate(beyond) > 0 else [])]


def looked_at(page: Page) -> dict[str, list[str]]:
    """The faults of a page that is open, by the look that shows them."""
    found = {}
    for width, height, colours in LOOKS:
        page.emulate_media(forced_colors=colours)
        page.set_viewport_size({"width": width, "height": height})
        if seen := faults(page):
            found[f"{width} px, forced colours: {colours}"] = seen
    return found


@pytest.fixture(scope="module")
def eye(browser: Browser) -> Iterator[Page]:
    """One page for all that is looked at. Its own policy forbids the script that axe is: that is set aside here."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_every_width_zoom_and_colours_and_axe_finds_no_fault(
    eye: Page, site: str, path: str
) -> None:
    eye.goto(site + path)
    assert looked_at(eye) == {}


@pytest.mark.parametrize(
    "path", [*MAIN_PAGES, "/areas/haringey/story/", "/about/missing/", "/compare/?areas=haringey,enfield"]
)
def test_what_a_page_has_closed_has_no_fault_when_it_is_opened(eye: Page, site: str, path: str) -> None:
    """Axe does not look into what is closed: further choices, tables of pictures, words to copy."""
    eye.goto(site + path)
    closed = eye.evaluate(
        "[...document.querySelectorAll('details:not([open])')].map(e => e.open = true).length"
    )
    assert closed
    assert looked_at(eye) == {}


@pytest.mark.parametrize(("start", "link"), LINKED.values(), ids=LINKED.keys())
def test_a_page_that_is_reached_from_another_has_no_fault_either(
    eye: Page, site: str, start: str, link: str
) -> None:
    eye.goto(site + start)
    eye.goto(site + (eye.locator(link).first.get_attribute("href") or ""))
    assert looked_at(eye) == {}


def test_a_target_that_is_too_small_is_found(eye: Page, site: str) -> None:
    """What is switched on by name alone could be switched off unseen."""
    eye.goto(f"{site}/about/")
    small = "<button style='width:9px;height:9px;padding:0'>a</button>" * 2
    eye.evaluate("small => document.querySelector('main').insertAdjacentHTML('beforeend', small)", small)
    assert any(each.startswith("target-size") for each in faults(eye))


def test_every_kind_of_page_is_among_those_that_are_looked_at() -> None:
    kinds = {each.name for each in urlpatterns}
    seen = {resolve(path.partition("?")[0]).url_name for path in PAGES.values() if path != "/no-such-page/"}
    assert kinds - NO_PAGES - set(LINKED) - seen == set()
    assert set(LINKED) | NO_PAGES <= kinds


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_page_asks_no_other_site_sets_no_cookie_and_keeps_to_its_own_policy(
    browser: Browser, site: str, path: str
) -> None:
    """As a browser sees it; what each kind of page weighs is in `test_weights`."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site + path, wait_until="load")
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert [text for text in complaints if "Content Security Policy" in text] == []
    assert context.cookies() == []
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()


def test_a_council_is_found_by_name_and_its_inspection_opened_without_scripts(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site)
    page.locator("input[name=q]").first.fill("Haringey")
    page.locator("input[name=q]").first.press("Enter")
    assert page.url == f"{site}/areas/haringey/"
    page.locator("main a[href='/inspections/ofsted/haringey/2018-12-14/']").last.click()
    assert page.url == f"{site}/inspections/ofsted/haringey/2018-12-14/"
    assert "Requires improvement to be good" in page.locator("main").inner_text()


def test_the_first_tab_stop_skips_to_the_content(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/areas/haringey/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.close()


def test_of_a_chart_s_two_shapes_exactly_one_is_shown_at_each_width(browser: Browser, site: str) -> None:
    page = browser.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{site}/areas/haringey/children/")
        if (handle := page.locator("section[aria-labelledby=history] .fold > summary")).is_visible():
            handle.click()
        shown = [each for each in page.locator("svg.chart--timeline").all() if each.is_visible()]
        assert len(shown) == 1
    page.close()


def test_a_date_that_is_none_is_told_in_words(browser: Browser, site: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{site}/areas/haringey/?as-at=yesterday")
    assert answer is not None
    assert answer.status == 200
    assert "“yesterday” is not a date" in page.get_by_role("alert").inner_text()
    page.close()
