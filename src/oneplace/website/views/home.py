"""The first page and the search by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.places import queries as places
from oneplace.website.distributions import pictures
from oneplace.website.names import body_names

LATEST = 8
MOST_FOUND = 20


def home(request: HttpRequest) -> HttpResponse:
    """The search box, what was published last, and England at a glance."""
    today = timezone.localdate()
    review = evidence.annual_review(today)
    latest = evidence.recent(LATEST)
    context = {
        "latest": latest,
        "names": body_names(one.body_id for one in latest),
        "review": review,
        "pictures": sorted(pictures(review), key=lambda one: -one.total)[:1],
        "today": today,
    }
    return render(request, "home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Areas by the names that people use; the only one found is gone to at once."""
    typed = request.GET.get("q", "").strip()[:100]
    found = places.find(typed, MOST_FOUND) if typed else ()
    if len(found) == 1:
        return redirect(found[0].path)
    return render(request, "search.html", {"typed": typed, "found": found})
