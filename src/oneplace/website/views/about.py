"""Where everything comes from, and what the words mean."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import ReleaseView
from oneplace.frameworks import frameworks


def about(request: HttpRequest) -> HttpResponse:
    """What the site is, each framework with its grades, and what may be compared."""
    return render(request, "about.html", {"frameworks": frameworks()})


def sources(request: HttpRequest) -> HttpResponse:
    """Every publication that the record was made from; a source of many reports takes one line."""
    by_source: dict[str, list[ReleaseView]] = defaultdict(list)
    for release in evidence.releases("live"):
        by_source[release.source].append(release)
    context = {
        "sources": sorted(by_source.items()),
        # A report counts once, whether only its facts are held or its PDF was read too.
        "reports": {source: len({one.slot for one in found}) for source, found in by_source.items()},
        "read": {
            source: sum(one.media_type == "application/pdf" for one in found)
            for source, found in by_source.items()
        },
    }
    return render(request, "sources.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that is not there, with the reason where there is one in words."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "not_found.html", {"said": said}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return render(request, "failed.html", status=500)
