"""Answers from Django, for the front: one request in, one whole answer out, on the thread that calls."""

from __future__ import annotations

import io
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.website.asked_queries import AskedQuery
from oneplace.website.front import Faults, Front
from oneplace.website.middleware import RETRY_AFTER, SAFE_HEADERS
from oneplace.website.page_cache import CODINGS, Page, page

# What a page may depend on. A GET that carried more could be answered for one reader and sent to the next.
_PASSED_ON_GET = frozenset({b"host", b"x-forwarded-proto", b"cookie"})
_NEVER_PASSED = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})


# Seconds that a page may spend on asking the record, looked at whenever SQLite has taken so many steps (some
# milliseconds). Without it a thread that is lost in a question would be lost for good.
LONGEST_QUESTIONS = 10.0
_STEPS = 200_000
# How long a thread that computes goes on before the loop that sends kept pages may have its turn. Python's own
# five milliseconds, for each wait of a request, are many times what sending takes.
SECONDS_A_TURN = 0.0005


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django answered, whole. `asked`: the names of the query that the page read."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    asked: frozenset[str]


class Django:
    """The site's views and their middleware, loaded once and called from threads."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._until = threading.local()
        connection_created.connect(self._limit, weak=False)

    def _limit(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        """Make the database itself give up on a question that takes too long."""
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self._is_too_late, _STEPS)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = {int(LONGEST_QUESTIONS * 1000)}")

    def _is_too_late(self) -> bool:
        return time.monotonic() > getattr(self._until, "then", float("inf"))

    def answer(self, scope: Mapping[str, Any], body: bytes) -> Answer:
        """The answer to an ASGI request. A fault in a view is an answer too: the page that says so."""
        passed = dict(scope)
        if scope["method"] in ("GET", "HEAD"):
            # A page is computed once for both, and only GET has the body.
            passed["method"] = "GET"
            passed["headers"] = [each for each in scope["headers"] if each[0] in _PASSED_ON_GET]
        else:
            passed["headers"] = [each for each in scope["headers"] if each[0] not in _NEVER_PASSED]
        self._until.then = time.monotonic() + LONGEST_QUESTIONS
        request_started.send(sender=type(self), scope=passed)
        request = ASGIRequest(passed, io.BytesIO(body))
        query = AskedQuery(request.META["QUERY_STRING"])
        request.GET = query  # type: ignore[assignment]
        response = self._handler.get_response(request)
        try:
            content = b"".join(response)  # a page, or the parts of a file
        finally:
            response.close()
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()
        ]
        headers += [
            (b"set-cookie", each.output(header="").strip().encode()) for each in response.cookies.values()
        ]
        return Answer(response.status_code, headers, content, frozenset(query.asked))


@lru_cache(maxsize=20_000)
def route_of(path: str) -> str | None:
    """Which kind of page is at a path: "areas/<slug:area_id>/"; None where there is none."""
    if path.startswith(settings.STATIC_URL):
        return settings.STATIC_URL
    try:
        return resolve(path).route
    except Resolver404:
        return None


def fault(template: str, status: int) -> Page:
    """A page that needs no record and no request, made before anybody needs it."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Retry-After": str(RETRY_AFTER),
        **SAFE_HEADERS,
    }
    body = render_to_string(template, {"request": None}).encode()
    return page(
        status, [(name.lower().encode(), value.encode()) for name, value in headers.items()], body, CODINGS
    )


def edition() -> str:
    """What pages are right for: a generation of the record, and a day, as ages are told in words."""
    close_old_connections()
    return f"{evidence.generation()} {timezone.localdate()}"


def site() -> Front:
    """The whole site, as `oneplace serve` starts it in each worker."""
    sys.setswitchinterval(SECONDS_A_TURN)
    faults = Faults(
        overloaded=fault("overloaded.html", 503),
        failed=fault("failed.html", 500),
        unreadable=fault("bad_request.html", 400),
        too_slow=fault("too_slow.html", 408),
        too_long=fault("too_long.html", 414),
        too_large=fault("too_large.html", 413),
    )
    return Front(Django(), edition, route_of, faults, settings.PAGE_CACHE_BYTES)
