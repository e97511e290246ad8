"""All areas, and one: where it stands, its history, and what must improve."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.archive import queries as archive
from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.places import queries as places
from oneplace.places.queries import REGIONS, AreaView
from oneplace.records import BODY_KINDS
from oneplace.website.area_services import sections
from oneplace.website.as_at import as_at
from oneplace.website.history_picture import history_picture
from oneplace.website.names import body_names


def areas(request: HttpRequest) -> HttpResponse:
    """Every authority responsible for children's social care on the day, by region."""
    on = as_at(request)
    found = places.areas_responsible_for_children(on.day)
    regions = [(region, [area for area in found if area.region == region]) for region in REGIONS]
    return render(request, "areas.html", {"as_at": on, "regions": regions, "count": len(found)})


def area(request: HttpRequest, area_id: str) -> HttpResponse:
    """One area, on a day."""
    found = places.area(area_id)
    if found is None:
        raise Http404(f"There is no area “{area_id}” in the register of authorities.")
    on = as_at(request)
    history = evidence.history(area_id, on.asked)
    own = [one for one in history if one.body_id == area_id]
    before = [one for one in history if one.body_id != area_id]
    families = evidence.children_services_families()
    current = next((one for one in own if one.family in families), None)
    # One question for every name on the page.
    wanted = {*found.predecessors, *found.successors, *(one.body_id for one in before)}
    wanted |= {found.county} if found.county else set()
    related = {each.area_id: each for each in places.areas(wanted)} if wanted else {}
    provision = places.provision(found, on.day)
    context = {
        "area": found,
        "as_at": on,
        "exists": found.existed(on.day),
        "current": current,
        "framework": framework(current.framework) if current else None,
        "earlier": _earlier(own, current),
        "told": _told(own, current),
        "held": bool(current and current.report_sha256 and archive.held([current.report_sha256])),
        "own": own,
        "before": before,
        "names": {one.body_id: _name(one.body_id, related) for one in before},
        "predecessors": _known(found.predecessors, related),
        "successors": _known(found.successors, related),
        "county": related.get(found.county) if found.county else None,
        "districts": places.districts(area_id, on.day) if found.kind == "county" else (),
        "picture": history_picture(own or history, found, on.day),
        "next_due": _next_due(current),
        "services": sections(found, on),
        "provision": provision,
        "provider_names": body_names(body for one in provision for body in one.bodies),
        "kinds": {label: key.replace("_", "-") for key, label in BODY_KINDS.items()},
        "rated_again": evidence.review_since(current, on.day) if current else None,
    }
    return render(request, "area.html", context)


def _known(ids: Sequence[str], related: dict[str, AreaView]) -> list[AreaView]:
    return [related[each] for each in ids if each in related]


def _name(body_id: str, related: dict[str, AreaView]) -> str:
    return related[body_id].name if body_id in related else body_id


def _earlier(own: Sequence[InspectionView], current: InspectionView | None) -> InspectionView | None:
    """The inspection before the current one whose overall grade may stand beside it."""
    if current is None:
        return None
    same = {current.framework, *framework(current.framework).comparability.editions}
    before = [
        one
        for one in own
        if one.public_id != current.public_id
        and one.framework in same
        and one.overall
        and one.published
        and current.published
        and one.published < current.published
    ]
    return before[0] if before else None


def _told(own: Sequence[InspectionView], current: InspectionView | None) -> InspectionView | None:
    """The newest full inspection whose list of what must improve the record holds: the current one, if it has it."""
    if current is None:
        return None
    same = {current.framework, *framework(current.framework).comparability.editions}
    return next((one for one in (current, *own) if one.improve and one.framework in same), None)


def _next_due(current: InspectionView | None) -> str:
    """The framework's own rule on how often it comes round."""
    return framework(current.framework).cadence.text if current else ""
