"""The first page and the search by name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.records import BODY_KINDS
from oneplace.website.distributions import pictures
from oneplace.website.finding import MOST_TYPED, find
from oneplace.website.names import body_names

LATEST = 8


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
    """Areas and bodies by a postcode, a number or the names that people use; the one that is meant is gone to."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    kind = request.GET.get("kind", "")
    kind = kind if kind in BODY_KINDS else ""
    found = find(typed, kind)
    if found.go_to:
        return redirect(found.go_to)
    context = {
        "typed": typed,
        "kind": kind,
        "finding": found,
        "found": found.areas,
        "postcode": found.postcode,
        "names": found.names,
        "words_link": f"{reverse('words')}?{urlencode({'q': typed})}",
        "query": urlencode({"q": typed}),
    }
    return render(request, "search.html", context)
