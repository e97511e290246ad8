"""What goes wrong is told on a plain page in the same design; and what every answer carries."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from oneplace.evidence import actions
from oneplace.evidence import queries as evidence
from oneplace.website import computing
from oneplace.website.computing import Django
from oneplace.website.middleware import CACHED_A_MINUTE, SAFE_HEADERS, Methods, takes_forms
from oneplace.website.views import faults
from tests.unit.evidence.making import inspection, register, release

ALDER = "ofsted/alder/2018-12-14"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_record() -> None:
    """Without the mark for a database, pytest-django refuses to ask one: whatever asks it fails."""


def breaks(error: Exception) -> Callable[..., NoReturn]:
    def view(*_: object, **__: object) -> NoReturn:
        raise error

    return view


def plain(answer: Any, words: str) -> str:
    """The page's text, once it is seen to be one of ours: the design, the headers, no cookie, no trace."""
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'class="site-header"' in text
    assert f'<h1 class="govuk-heading-l">{words}</h1>' in text
    assert {name: answer.headers[name] for name in SAFE_HEADERS} == dict(SAFE_HEADERS)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Traceback" not in text
    return text


@pytest.mark.usefixtures("no_record")
class TestWithoutARecord:
    """None of these pages may ask the record anything: it may be what is broken."""

    def test_an_address_of_nothing(self, client: Client) -> None:
        plain(client.get("/nowhere/at/all/"), "Page not found")
        assert client.get("/nowhere/").status_code == 404

    def test_a_fault_in_a_page_and_the_log_names_the_address(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("oneplace.website.views.about.render", breaks(ZeroDivisionError("zebra")))
        with caplog.at_level(logging.ERROR, logger="django.request"):
            answer = client.get("/about/")
        assert answer.status_code == 500
        assert "zebra" not in plain(answer, "Something went wrong")
        assert any("/about/" in record.getMessage() and record.exc_info for record in caplog.records)

    def test_a_record_that_is_locked_or_missing(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken = breaks(OperationalError("database is locked"))
        monkeypatch.setattr("oneplace.evidence.queries.source_states", broken)
        answer = client.get("/sources/")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "locked" not in plain(answer, "We cannot look that up now")
        assert "/sources/" in caplog.text
        assert "database is locked" in caplog.text

    def test_a_host_that_is_not_ours(self, client: Client) -> None:
        answer = client.get("/about/", headers={"host": "elsewhere.example"})
        assert answer.status_code == 400
        plain(answer, "We cannot read that address")

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
    def test_a_method_that_a_page_does_not_take(self, client: Client, method: str) -> None:
        answer = getattr(client, method)("/about/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        plain(answer, "This page is only for reading")

    def test_options_are_told_without_a_body(self, client: Client) -> None:
        answer = client.options("/about/")
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"

    def test_a_form_that_is_not_from_our_page(self) -> None:
        answer = faults.not_sent(RequestFactory().post("/about/mistake/"))
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.content.decode()

    def test_a_view_that_is_marked_takes_forms(self) -> None:
        methods = Methods(lambda _: HttpResponse())
        view = takes_forms(lambda _: HttpResponse())
        post = RequestFactory().post("/")
        assert methods.process_view(post, view, (), {}) is None
        refused = methods.process_view(post, lambda _: HttpResponse(), (), {})
        assert refused is not None
        assert refused.status_code == 405

    def test_the_pages_for_when_nothing_can_be_computed_are_ready(self) -> None:
        front = computing.site()
        for made, status, words in (
            (front._faults.overloaded, 503, "Try again in a moment"),
            (front._faults.failed, 500, "Something went wrong"),
            (front._faults.too_long, 414, "That address is too long"),
            (front._faults.too_large, 413, "That is too much to send"),
            (front._faults.too_slow, 408, "That took too long to reach us"),
        ):
            headers, body = made.answer(b"")
            answer = HttpResponse(
                body, status=status, headers={name.decode(): value.decode() for name, value in headers}
            )
            plain(answer, words)
            assert made.status == status
        assert dict(front._faults.overloaded.headers)[b"retry-after"] == b"5"


@pytest.mark.django_db
def test_the_operators_question_is_answered_by_whether_the_record_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")
    monkeypatch.setattr("oneplace.evidence.queries.generation", breaks(OperationalError("gone")))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"the record is out of reach\n")


@pytest.mark.django_db
def test_a_page_may_be_kept_for_a_minute_and_nobodys_own(client: Client) -> None:
    from oneplace.website.middleware import freshness

    assert client.get("/about/").headers["Cache-Control"] == CACHED_A_MINUTE

    def own(_: HttpRequest) -> HttpResponse:
        answer = HttpResponse()
        answer.set_cookie("mark", "1")
        return answer

    request = RequestFactory().get("/")
    assert freshness(own)(request).headers["Cache-Control"] == "no-store"
    assert (
        freshness(lambda _: HttpResponse(headers={"Vary": "Cookie"}))(request)["Cache-Control"] == "no-store"
    )


@pytest.mark.django_db
def test_hsts_is_sent_only_where_the_site_is_reached_by_https(
    client: Client, settings: pytest.FixtureRequest
) -> None:
    assert "Strict-Transport-Security" not in client.get("/about/").headers
    settings.SECURE_HSTS_SECONDS = 31_536_000  # type: ignore[attr-defined]
    assert "Strict-Transport-Security" in Client().get("/about/", secure=True).headers


@pytest.mark.django_db
def test_every_act_that_changes_what_pages_say_makes_another_generation() -> None:
    seen = [evidence.generation()]

    def is_another(what: str) -> None:
        now = evidence.generation()
        assert now not in seen, what
        assert evidence.generation() == now, "and it stays until the next"
        seen.append(now)

    register()
    first = actions.publish_release(release(), [inspection()])
    is_another("a release is published")
    because = {"reason": "The letter says so", "evidence": "page 1", "decided_by": "A. Reader"}
    actions.correct(ALDER, "published", "2018-12-15", **because)
    is_another("a correction")
    actions.record_attempt("ofsted_ilacs", "failed", "no answer")
    is_another("an attempt")
    actions.withdraw_release(first.release_id)
    is_another("a release is withdrawn")


@pytest.mark.django_db
def test_the_generation_is_a_few_cheap_questions(
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        evidence.generation()


@pytest.mark.django_db
def test_at_midnight_in_london_the_edition_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "close_old_connections", lambda: None)
    editions = []
    for now in ("2026-06-30T22:59:59", "2026-06-30T23:00:01", "2026-07-01T12:00:00"):
        moment = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        editions.append(computing.edition())
    assert editions[0] != editions[1] == editions[2]


def test_a_question_that_takes_too_long_is_given_up_by_the_database_itself() -> None:
    import sqlite3
    from types import SimpleNamespace

    django = Django()
    raw = sqlite3.connect(":memory:")
    django._limit(SimpleNamespace(vendor="sqlite", connection=raw))  # type: ignore[arg-type]
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    django._until.then = 0.0
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        raw.execute(endless).fetchone()
    raw.close()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/areas/alder/", f"/inspections/{ALDER}/", "/map/", "/about/"])
def test_nothing_of_an_address_that_a_page_does_not_read_is_on_the_page(path: str) -> None:
    """It is kept for the next reader, who asked for something else."""
    register()
    actions.publish_release(release(), [inspection()])
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"localhost")]}
    django = Django()
    plain, more = (
        django.answer(scope | {"query_string": query}, b"").body for query in (b"", b"x=1&from=somebody")
    )
    assert plain == more


@pytest.mark.django_db
def test_the_address_on_paper_has_what_the_page_was_asked_and_nothing_else() -> None:
    register()
    actions.publish_release(release(), [inspection()])
    scope = {"type": "http", "method": "GET", "path": "/areas/alder/", "headers": [(b"host", b"localhost")]}
    body = Django().answer(scope | {"query_string": b"as-at=2018-12-20&x=1"}, b"").body
    assert b"Printed from http://localhost/areas/alder/?as-at=2018-12-20." in body


@pytest.mark.django_db
def test_what_a_reader_sends_beside_the_address_reaches_no_page_that_others_are_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[HttpRequest] = []

    def answered(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse(request.GET.get("as-at", ""))

    django = Django()
    monkeypatch.setattr(django._handler, "get_response", answered)
    scope = {
        "type": "http",
        "method": "HEAD",
        "path": "/about/",
        "query_string": b"as-at=2018-12-20&x=1",
        "headers": [
            (b"host", b"localhost"),
            (b"accept-language", b"cy"),
            (b"if-modified-since", b"Thu, 20 Dec 2018 00:00:00 GMT"),
            (b"range", b"bytes=0-1"),
            (b"cookie", b"mark=1"),
        ],
    }
    answer = django.answer(scope, b"")
    assert (answer.body, answer.asked) == (b"2018-12-20", frozenset({"as-at"}))
    assert seen[0].method == "GET", "computed once for both"
    assert {name for name in seen[0].META if name.startswith("HTTP_")} == {"HTTP_HOST", "HTTP_COOKIE"}
    django.answer(scope | {"method": "POST"}, b"")
    assert "HTTP_ACCEPT_LANGUAGE" in seen[1].META
    assert "HTTP_RANGE" not in seen[1].META
