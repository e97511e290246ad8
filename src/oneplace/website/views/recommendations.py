"""One thing that a service was told to improve: its words, its place, and when it was told before or again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.archive import queries as archive
from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.improvement.queries import Thread, retold
from oneplace.places import queries as places
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.moments import when


def recommendation(request: HttpRequest, publisher: str, body: str, slug: str, ordinal: int) -> HttpResponse:
    """The point's page."""
    on = as_at(request)
    found = evidence.inspection(f"{publisher}/{body}/{slug}", on.asked)
    place = (
        next((at for at, one in enumerate(found.improve) if one.ordinal == ordinal), None) if found else None
    )
    if found is None or place is None:
        raise Http404("The record holds no such point.")
    point = found.improve[place]
    area = places.area(found.body_id)
    body_there = None if area else places.body(found.body_id)
    context = {
        "inspection": found,
        "point": point,
        "path": f"{found.path}improve/{ordinal}/",
        "as_at": on,
        "name": area.name if area else body_there.name if body_there else found.body_id,
        "home": area.path if area else f"/bodies/{found.body_id}/" if body_there else None,
        "when": when(found),
        "framework": framework(found.framework),
        "before": found.improve[place - 1] if place else None,
        "after": found.improve[place + 1] if place + 1 < len(found.improve) else None,
        "thread": _thread(found, ordinal, on) if point.text else None,
        "sha256": found.report_sha256,
        "held": bool(found.report_sha256 and archive.held([found.report_sha256])),
    }
    return render(request, "recommendation.html", context)


def _thread(found: InspectionView, ordinal: int, on: AsAt) -> Thread | None:
    """Where the same was told in several reports: all of them, this one too."""
    for thread in retold(found.body_id, on.asked).threads:
        if any(each.inspection == found.public_id and each.item.ordinal == ordinal for each in thread.points):
            return thread
    return None
