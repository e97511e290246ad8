"""What every answer carries, and what becomes of a request that no page can answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from types import MappingProxyType
from typing import Any

from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.places import queries as places

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)

# Nothing from anywhere else, no script at all: the pages work as they come.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",  # the empty icon
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SAFE_HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "X-Frame-Options": "DENY",
    }
)

# A browser and a content network may keep a page for a minute; for ten more they may show it while they fetch
# the next, and for a day if we cannot be reached.
CACHED_A_MINUTE = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
# In how many seconds who was turned away may try again.
RETRY_AFTER = 5

READS = ("GET", "HEAD")


def safe_headers(get_response: GetResponse) -> GetResponse:
    """Set the headers that keep a reader safe on every answer that has none of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_framed = getattr(response, "may_be_framed", False)
        for name, value in SAFE_HEADERS.items():
            if name != "X-Frame-Options" or not is_framed:
                response.headers.setdefault(name, value)
        return response

    return middleware


def one_register(get_response: GetResponse) -> GetResponse:
    """A page is of one register of areas and one state of the corrections, however often it asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with places.one_register(), evidence.one_reading():
            return get_response(request)

    return middleware


def freshness(get_response: GetResponse) -> GetResponse:
    """Say how long an answer may be kept: pages for a minute, nobody's own page and no error at all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_own = bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()
        is_page = request.method in READS and response.status_code == 200 and not is_own
        response.headers.setdefault("Cache-Control", CACHED_A_MINUTE if is_page else "no-store")
        return response

    return middleware


def may_be_framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose page other sites may show within theirs; its own policy says so too."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        response.may_be_framed = True  # type: ignore[attr-defined]
        return response

    return marked


def takes_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that is sent forms. Every other page is only read."""
    view.takes_forms = True  # type: ignore[attr-defined]
    return view


class Methods:
    """Pages are read; those that are marked take forms. Another method is told which there are."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _refused(request, response.headers.get("Allow", ", ".join(READS)))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse before the view is called, and before its form is looked at."""
        allowed = (*READS, "POST", "OPTIONS") if hasattr(view, "takes_forms") else (*READS, "OPTIONS")
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        return None if request.method in allowed else _refused(request, ", ".join(allowed))


def _refused(request: HttpRequest, allowed: str) -> HttpResponse:
    response = render(request, "not_allowed.html", status=405)
    response.headers["Allow"] = allowed
    return response


class RecordOutOfReach:
    """Where the record cannot be asked, say so: a plain page, and no trace. The log has what the database said."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A locked, missing, unfinished or unreachable database is no fault in the page."""
        if not isinstance(exception, OperationalError | InterfaceError | ProgrammingError):
            return None
        logger.error("The record is out of reach: %s: %s", request.path, exception, exc_info=exception)
        response = render(request, "out_of_reach.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
