"""Where everything comes from, and what the words mean."""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import ReleaseView
from oneplace.frameworks import frameworks
from oneplace.website.names import body_names

# The reader of releases that hold a report's facts, checked by hand, and not the report.
FACTS = "ofsted_report_facts"


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


def release(request: HttpRequest, source: str, sha12: str) -> HttpResponse:
    """One release: what was fetched or read, and when."""
    found = evidence.release(f"{source}/{sha12}")
    if found is None:
        raise Http404("There is no such release in the record.")
    told = evidence.told(found.public_id)
    context = {
        "release": found,
        "told": told,
        "names": body_names(one.inspection.split("/")[1] for one in told if one.inspection),
        "totals": evidence.totals(found.public_id),
        "is_facts": found.reader.startswith(FACTS) and found.slot.endswith(".pdf"),
    }
    return render(request, "release.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that is not there, with the reason where there is one in words."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "not_found.html", {"said": said}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return render(request, "failed.html", status=500)
