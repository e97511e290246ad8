"""The first page and the search by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.places import postcodes
from oneplace.places import queries as places
from oneplace.places.postcodes import PostcodeAnswer
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
    """Areas by a postcode or by the names that people use; the only one found is gone to at once."""
    typed = request.GET.get("q", "").strip()[:100]
    postcode = _postcode(typed)
    if postcode is not None and postcode.area_id and not postcode.ended and not postcode.is_corrected:
        return redirect(f"/areas/{postcode.area_id}/")
    found = places.find(typed, MOST_FOUND) if typed and postcode is None else ()
    if len(found) == 1:
        return redirect(found[0].path)
    context = {
        "typed": typed,
        "found": found,
        "postcode": postcode,
        "names": body_names(_councils(postcode)) if postcode else {},
    }
    return render(request, "search.html", context)


def _postcode(typed: str) -> PostcodeAnswer | None:
    """What the directory says, where the text has a postcode's shape; a name such as "York" has none."""
    if not any(letter.isdigit() for letter in typed):
        return None
    try:
        answer = postcodes.find(typed)
    except postcodes.NoPostcodes:
        return None
    return None if answer.kind == "not_a_postcode" else answer


def _councils(answer: PostcodeAnswer) -> set[str]:
    return {
        each
        for each in (answer.area_id, answer.county, answer.was, *(one.area_id for one in answer.shares))
        if each
    }
