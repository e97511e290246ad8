"""The first page and the search by name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.records import BODY_KINDS
from oneplace.website.annual import several
from oneplace.website.changes_in_words import told
from oneplace.website.distributions import FrameworkPicture, pictures
from oneplace.website.finding import MOST_TYPED, find
from oneplace.website.maps_graded import SUBJECTS
from oneplace.website.names import body_names
from oneplace.website.paging import page_asked, paging
from oneplace.website.services import Service, services

LATEST = 8
# Services of which all of England can be told at a glance, in this order.
GLANCES = ("children", "adult_social_care", "police", "fire", "prisons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A service of England in a line or a picture: how many of those reviewed have a grade, and under what."""

    service: Service
    words: tuple[str, str]  # one of those reviewed, and several
    graded: int
    total: int
    editions: tuple[str, ...]
    picture: FrameworkPicture | None
    map_key: str  # the map that draws the same grades; "" where there is none


def home(request: HttpRequest) -> HttpResponse:
    """The one box, what changed this week or was published last, and England at a glance."""
    today = timezone.localdate()
    week = today - dt.timedelta(days=7)
    changed = [one for one in evidence.latest_events(limit=LATEST) if timezone.localdate(one.at) > week]
    latest = () if changed else evidence.recent(LATEST, service=None)
    names = body_names({one.body_id for one in changed if one.body_id} | {one.body_id for one in latest})
    context = {
        "changes": [told(one, names) for one in changed],
        "latest": latest,
        "names": names,
        "glances": [found for key in GLANCES if (found := _glance(key, today)) and found.graded],
    }
    return render(request, "home.html", context)


def _glance(key: str, today: dt.date) -> Glance | None:
    service = next(each for each in services() if each.key == key)
    reviews = [each for each in evidence.reviews_of(key) if not each.is_by_area]
    if not reviews:
        return None
    review = evidence.annual_review(today, service=key, key=reviews[0].key)
    judged = [each.current for each in review.authorities if each.current]
    editions = Counter(each.framework_name for each in judged)
    drawn = sorted((each for each in pictures(review) if each.has_grades), key=lambda each: -each.total)
    return Glance(
        service=service,
        words=several(reviews[0].kinds),
        graded=len(judged),
        total=len(review.authorities),
        editions=tuple(name for name, _ in editions.most_common()),
        picture=drawn[0] if drawn else None,
        map_key=next((each.key for each in SUBJECTS if reviews[0].key in each.reviews), ""),
    )


def search(request: HttpRequest) -> HttpResponse:
    """Areas and bodies by a postcode, a number or the names that people use; the one that is meant is gone to."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    kind = request.GET.get("kind", "")
    kind = kind if kind in BODY_KINDS else ""
    found = find(typed, kind, page_asked(request))
    if found.go_to:
        return redirect(found.go_to)
    only = found.groups[0] if kind and found.groups else None
    context = {
        "typed": typed,
        "kind": kind,
        "finding": found,
        "found": found.areas,
        "postcode": found.postcode,
        "names": found.names,
        "words_link": f"{reverse('words')}?{urlencode({'q': typed})}",
        "query": urlencode({"q": typed}),
        "paging": only and paging(only.page, only.pages, lambda number: _page_of_kind(typed, kind, number)),
    }
    return render(request, "search.html", context)


def _page_of_kind(typed: str, kind: str, page: int) -> str:
    asked = {"q": typed, "kind": kind} | ({"page": str(page)} if page > 1 else {})
    return f"{reverse('search')}?{urlencode(asked)}#found"
