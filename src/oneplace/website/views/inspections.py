"""One inspection: every judgement, everything that must improve, every finding, each with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.archive import queries as archive
from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.improvement.queries import PointTold, told_again
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.moments import when
from oneplace.website.pictures import Shared, shared
from oneplace.website.views.pictures import discovery


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAgain:
    """A point of another report that ours is alike to: where it is, and what the two have in common."""

    point: PointTold
    href: str
    earlier: bool
    reason: str


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
    own = [one for one in evidence.of_body(found.body_id, on.asked) if one.service == found.service]
    before, after = _beside(own, found)
    area = places.area(found.body_id)
    body_there = None if area else places.body(found.body_id)
    context = {
        "inspection": found,
        "as_at": on,
        "area": area,
        "name": area.name if area else body_there.name if body_there else found.body_id,
        "home": area.path if area else f"/bodies/{found.body_id}/" if body_there else None,
        "when": when(found),
        "framework": framework(found.framework),
        "improve": [
            (kind, list(points)) for kind, points in groupby(found.improve, key=lambda point: point.list_kind)
        ],
        "sections": [
            (name, list(paragraphs))
            for name, paragraphs in groupby(found.findings, key=lambda one: one.section)
        ],
        "before": before,
        "after": after,
        "retold": _retold(found, on),
        "sha256": found.report_sha256,
        "held": bool(found.report_sha256 and archive.held([found.report_sha256])),
        "shared": _shared(request, found, area, on),
        "discovery": discovery(request),
        "has_text": any(point.text for point in found.improve) or any(one.text for one in found.findings),
    }
    return render(request, "inspection.html", context)


def _shared(request: HttpRequest, found: InspectionView, area: AreaView | None, on: AsAt) -> Shared | None:
    """The picture of the council's history, of which this inspection is a part."""
    if area is None or found.service != "children" or not area.childrens_services:
        return None
    title = f"{area.name}: every judgement held on children’s services since 2009"
    return shared(title, f"areas/{area.area_id}/children/history", on.query, request.build_absolute_uri)


def _beside(
    own: Sequence[InspectionView], found: InspectionView
) -> tuple[InspectionView | None, InspectionView | None]:
    """What was published of the same service of the body before and after, of any kind; `own` is newest first."""
    at = next((n for n, one in enumerate(own) if one.public_id == found.public_id), None)
    if at is None:
        return None, None
    return (own[at + 1] if at + 1 < len(own) else None), (own[at - 1] if at else None)


def _retold(found: InspectionView, on: AsAt) -> dict[int, list[SameAgain]]:
    """By the ordinal of each point of this inspection: the points before and after it that say the same."""
    retold: dict[int, list[SameAgain]] = defaultdict(list)
    if not any(point.text for point in found.improve):
        return retold
    for link in told_again(found.body_id, on.asked):
        for ours, other in ((link.later, link.earlier), (link.earlier, link.later)):
            if ours.inspection == found.public_id:
                href = f"/inspections/{other.inspection}/{on.query}#{other.item.anchor}"
                again = SameAgain(point=other, href=href, earlier=other is link.earlier, reason=link.reason)
                retold[ours.item.ordinal].append(again)
    return retold
