"""A body that is inspected: a force, a prison, a home, a school; whom it serves and how it was judged."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from oneplace.evidence import queries as evidence
from oneplace.places import queries as places
from oneplace.records import BODY_KINDS
from oneplace.website.area_services import edition_name
from oneplace.website.as_at import as_at
from oneplace.website.moments import standing_words, when
from oneplace.website.services import service_label


def body(request: HttpRequest, body_id: str) -> HttpResponse:
    """One body, on a day. A council's page is its area's."""
    if area := places.area(body_id):
        return redirect(f"{area.path}{as_at(request).query}")
    found = places.body(body_id)
    if found is None:
        raise Http404(f"There is no body “{body_id}” in the record.")
    on = as_at(request)
    inspections = evidence.of_body(body_id, on.asked)
    newest = inspections[0] if inspections else None
    near = places.areas({*found.serves, *((found.stands_in,) if found.stands_in else ())})
    context = {
        "body": found,
        "kind": BODY_KINDS.get(found.kind, found.kind),
        "as_at": on,
        "path": f"/bodies/{body_id}/",
        "serves": [area for area in near if area.area_id in found.serves and area.existed(on.day)],
        "stands_in": next((area for area in near if area.area_id == found.stands_in), None),
        "parent": places.body(found.parent) if found.parent else None,
        "newest": newest,
        "standing": standing_words(newest, on.day, found.closed) if newest else "",
        "history": [
            (service_label(service), [(one, when(one)) for one in some])
            for service, some in groupby(
                sorted(inspections, key=lambda one: one.service), key=lambda one: one.service
            )
        ],
        "gone": found.gone_since if found.gone_since and found.gone_since <= on.day else None,
    }
    return render(request, "body.html", context)


def bodies_in(request: HttpRequest, area_id: str, kind: str) -> HttpResponse:
    """Every body of a kind that stands in an area, by name: its children's homes, schools, prisons."""
    key = kind.replace("-", "_")
    area = places.area(area_id)
    if area is None or key not in BODY_KINDS:
        raise Http404("There is no such list.")
    on = as_at(request)
    counted = evidence.in_area(area_id, key, on.asked)
    graded = {
        body_id: (edition_name(each.framework), each.grade_label)
        for each in counted.counts
        for body_id in each.named
    }
    found = sorted(
        places.bodies({*graded, *counted.not_inspected}), key=lambda one: (one.name.casefold(), one.body_id)
    )
    context = {
        "area": area,
        "kind": BODY_KINDS[key],
        "as_at": on,
        "path": f"/areas/{area_id}/bodies/{kind}/",
        "rows": [
            (one, *graded.get(one.body_id, ("", "")), bool(one.closed or one.gone_since)) for one in found
        ],
    }
    return render(request, "bodies_in.html", context)
