"""The pages for what goes wrong, as the server sends them: they fit, look like the site, and axe finds nothing."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import looked_at

pytestmark = pytest.mark.browser

# What is asked, and how it is answered: the method, the address, the host and the bytes sent.
ASKED = {
    400: ("GET", "/about/", "elsewhere.example", 0),
    403: ("POST", "/about/mistake/", "", 20),
    404: ("GET", "/no-such-page/", "", 0),
    405: ("POST", "/about/", "", 20),
    413: ("POST", "/about/mistake/", "", 1_100_000),
    414: ("GET", f"/search/?q={'a' * 3000}", "", 0),
}
# What no healthy server sends, or only after half a minute, from the templates that it would send.
MADE = ("failed.html", "out_of_reach.html", "overloaded.html", "too_slow.html")


@pytest.fixture(scope="module")
def eye(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def seen(page: Page, site: str, html: str) -> None:
    """Have the browser show a page that it cannot ask for by itself, with the stylesheet of the site."""
    page.route("**/fault/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{site}/fault/")
    page.unroute("**/fault/")


def check(page: Page) -> None:
    assert looked_at(page) == {}
    assert page.locator("h1").count() == 1
    assert page.get_by_role("navigation", name="Site", exact=True).count() == 1
    page.emulate_media(forced_colors="none")
    header = page.locator(".site-header").evaluate("each => getComputedStyle(each).backgroundColor")
    assert header not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def asked(site: str, method: str, path: str, host: str, size: int) -> tuple[int, str]:
    where = urlsplit(site)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
    with closing(connection):
        headers = {"Host": host} if host else {}
        if size:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, b"wrong=" + b"x" * size if size else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("status", ASKED)
def test_the_page_of_a_refusal_fits_and_axe_finds_no_fault(eye: Page, site: str, status: int) -> None:
    code, html = asked(site, *ASKED[status])
    assert code == status
    seen(eye, site, html)
    check(eye)


def test_each_refusal_has_words_of_its_own(site: str) -> None:
    titles = [asked(site, *each)[1].partition("<h1")[2].partition("</h1>")[0] for each in ASKED.values()]
    assert len(set(titles)) == len(ASKED)


@pytest.mark.parametrize("template", MADE)
def test_the_page_of_a_fault_of_ours_fits_and_axe_finds_no_fault(eye: Page, site: str, template: str) -> None:
    seen(eye, site, render_to_string(template, {"request": None}))
    check(eye)
