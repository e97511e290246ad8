"""The pages for what goes wrong. They need no record: only `health` asks it."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address or a host name that is none of ours."""
    return render(request, "bad_request.html", status=400)


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or came too late."""
    return render(request, "not_sent.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that is not there, with the reason where there is one in words."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "not_found.html", {"said": said}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return render(request, "failed.html", status=500)


def health(request: HttpRequest) -> HttpResponse:
    """For whoever runs the site: "ok" where the record answers, else 503. Never kept."""
    try:
        evidence.generation()
    except DatabaseError as problem:
        logger.error("The record is out of reach: %s", problem)
        return _words("the record is out of reach", 503)
    return _words("ok", 200)


def _words(words: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
