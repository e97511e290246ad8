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
from oneplace.evidence.views import AnnualReview
from oneplace.records import BODY_KINDS
from oneplace.website.annual import EditionQuestions, questions_of, several
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
    asked: EditionQuestions | None  # where there is no grade for the whole: each question's, of one edition
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
        "glances": [one for one in _glances(today) if one.graded],
    }
    return render(request, "home.html", context)


def _glances(today: dt.date) -> list[Glance]:
    """Of each of the services the review that stands for it."""
    chosen = [
        next((each for each in evidence.reviews_of(key) if not each.is_by_area), None) for key in GLANCES
    ]
    listed = [each for each in chosen if each]
    return [
        _glance(of, review) for of, review in zip(listed, evidence.annual_reviews(today, listed), strict=True)
    ]


def _glance(of: evidence.Reviewed, review: AnnualReview) -> Glance:
    judged = [each.current for each in review.authorities if each.current]
    editions = Counter(each.framework_name for each in judged)
    drawn = sorted((each for each in pictures(review) if each.has_grades), key=lambda each: -each.total)
    asked = sorted(questions_of(review), key=lambda each: -each.total)
    return Glance(
        service=next(each for each in services() if each.key == of.service),
        words=several(of.kinds),
        graded=len(judged),
        total=len(review.authorities),
        editions=tuple(name for name, _ in editions.most_common()),
        picture=drawn[0] if drawn else None,
        asked=asked[0] if asked and not drawn else None,
        map_key=next((each.key for each in SUBJECTS if of.key in each.reviews), ""),
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
