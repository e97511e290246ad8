"""Where everything comes from, and what the words mean."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.frameworks import frameworks
from oneplace.sources import sources as registry
from oneplace.sources.about import about as about_source

# A source of reports has a release for each of hundreds.
MOST_RELEASES = 60


def about(request: HttpRequest) -> HttpResponse:
    """What the site is, each framework with its grades, and what may be compared."""
    return render(request, "about.html", {"frameworks": frameworks()})


def sources(request: HttpRequest) -> HttpResponse:
    """Every publication that there is a source for: what is loaded, how old it is, and what is missing."""
    today = timezone.localdate()
    states = evidence.source_states(registry().values(), today)
    held = [one for one in states if one.releases]
    context = {
        "groups": [
            ("Loaded", "loaded", [one for one in held if one.condition == "loaded"]),
            ("Loaded, and out of date", "stale", [one for one in held if one.condition == "stale"]),
            (
                "Loaded, and the last attempt to get a newer edition failed",
                "failed",
                [one for one in held if one.condition == "failed"],
            ),
            ("Not loaded yet", "missing", [one for one in states if not one.releases]),
        ],
        "held": len(held),
        "all": len(states),
        "today": today,
    }
    return render(request, "sources.html", context)


def source(request: HttpRequest, name: str) -> HttpResponse:
    """One source: what it says of itself, how it stands, and its releases, the newest first."""
    found = registry().get(name)
    if found is None:
        raise Http404(f"There is no source “{name}”.")
    (state,) = evidence.source_states([found], timezone.localdate())
    releases = sorted(
        (one for one in evidence.releases() if name in (one.source, one.reader)),
        key=lambda one: (one.as_at or one.published or one.retrieved_at.date(), one.public_id),
        reverse=True,
    )
    context = {
        "source": found,
        "state": state,
        "about": about_source(found),
        "releases": releases[:MOST_RELEASES],
        "more": max(len(releases) - MOST_RELEASES, 0),
    }
    return render(request, "source.html", context)
