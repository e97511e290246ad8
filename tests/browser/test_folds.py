"""Long parts that are folded on a phone: a link into one opens it, no script is needed, and paper has them open."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

HEIGHT = 800
PHONE, WIDE = 320, 1280
REPORT = "/inspections/ofsted/rutland/2026-07-01/"
# Each kind of page that folds a part.
FOLDED = (
    REPORT,
    "/areas/haringey/children/",
    "/areas/haringey/briefing/",
    "/compare/?areas=haringey,enfield,adur",
    "/review/annual/",
    "/map/children/",
)
# Whether a reader sees it: `content-visibility`, by which a closed part is hidden, leaves it a size in some browsers.
IS_SEEN = "one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = {"width": PHONE, "height": HEIGHT}
    context = browser.new_context(viewport=size, java_script_enabled=request.param)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": PHONE, "height": HEIGHT})
    yield opened
    opened.close()


def seen(found: Locator) -> list[bool]:
    return [bool(one.evaluate(IS_SEEN)) for one in found.all()]


def parts(page: Page) -> Locator:
    """What the folds of a page hold."""
    return page.locator(".fold > .govuk-details__text > *").filter(has_text="e")


def in_sight(target: Locator) -> bool:
    place = target.bounding_box()
    return place is not None and -1 <= place["y"] < HEIGHT


@pytest.mark.parametrize("path", FOLDED)
def test_on_a_phone_a_fold_is_closed_until_its_handle_is_used(phone: Page, site: str, path: str) -> None:
    phone.goto(site + path)
    fold = phone.locator(".fold").first
    inside = fold.locator("> .govuk-details__text > *").first
    assert seen(inside) == [False]
    fold.locator("> summary").click()
    assert seen(inside) == [True]
    fold.locator("> summary").press("Enter")
    assert seen(inside) == [False]


def test_a_link_to_a_finding_opens_its_fold_and_goes_there(phone: Page, site: str) -> None:
    phone.goto(site + REPORT)
    last = phone.locator(".fold .finding[id]").last
    name = last.get_attribute("id")
    assert seen(last) == [False]
    phone.goto("about:blank")
    phone.goto(f"{site}{REPORT}#{name}")
    assert seen(last) == [True]
    assert in_sight(last)
    last.locator("xpath=ancestor::details/summary").click()
    assert seen(last) == [False]


def test_a_link_within_the_page_opens_the_fold_that_it_leads_into(phone: Page, site: str) -> None:
    phone.goto(f"{site}/areas/haringey/briefing/")
    note = phone.locator(".notes a").first
    source = phone.locator((note.get_attribute("href") or "").replace("#", ".fold #"))
    assert seen(source) == [False]
    note.click()
    assert seen(source) == [True]
    assert in_sight(source)


@pytest.mark.parametrize("path", FOLDED)
def test_on_a_wide_screen_folds_are_open_and_have_no_handle(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.goto(site + path)
    assert parts(page).count()
    assert all(seen(parts(page)))
    assert not any(seen(page.locator(".fold > summary")))


@pytest.mark.parametrize("path", FOLDED)
def test_on_paper_folds_are_open_and_have_no_handle(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    assert not any(seen(page.locator(".fold:not([open]) > .govuk-details__text")))
    page.emulate_media(media="print")
    assert all(seen(page.locator(".fold > .govuk-details__text")))
    assert not any(seen(page.locator(".fold > summary")))


def test_what_a_fold_holds_is_on_the_sheets_that_are_printed(page: Page, site: str) -> None:
    page.goto(site + REPORT)
    paragraphs = page.locator(".fold .finding p").all()
    wanted = ["".join((one.text_content() or "").split()) for one in paragraphs]
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    printed = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in sheets)
    assert len(wanted) > 3
    assert [words for words in wanted if words[:40] not in printed] == []
