"""One inspection: every judgement, everything that must improve, every finding, each with its place."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.archive import queries as archive
from oneplace.evidence import queries as evidence
from oneplace.frameworks import framework
from oneplace.places import queries as places
from oneplace.website.as_at import as_at


def inspection(request: HttpRequest, publisher: str, body: str, slug: str) -> HttpResponse:
    """The inspection's page."""
    public_id = f"{publisher}/{body}/{slug}"
    on = as_at(request)
    found = evidence.inspection(public_id, on.asked)
    if found is None:
        later = evidence.inspection(public_id) if on.chosen else None
        reason = (
            "It was published after the day that you chose."
            if later
            else "There is no such inspection in the record."
        )
        raise Http404(reason)
    context = {
        "inspection": found,
        "as_at": on,
        "area": places.area(found.body_id),
        "framework": framework(found.framework),
        "improve": [
            (kind, list(points)) for kind, points in groupby(found.improve, key=lambda point: point.list_kind)
        ],
        "sections": [
            (name, list(paragraphs))
            for name, paragraphs in groupby(found.findings, key=lambda one: one.section)
        ],
        "sha256": found.report_sha256,
        "held": bool(found.report_sha256 and archive.held([found.report_sha256])),
        "has_text": any(point.text for point in found.improve) or any(one.text for one in found.findings),
    }
    return render(request, "inspection.html", context)
