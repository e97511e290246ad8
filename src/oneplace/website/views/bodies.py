"""A body that is inspected: a force, a prison, a home, a school; whom it serves and how it was judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from oneplace.records import BODY_KINDS
from oneplace.website.area_services import Figure, edition_name, figures_of_body
from oneplace.website.as_at import as_at
from oneplace.website.judged import Judged, judged, line_of
from oneplace.website.moments import when
from oneplace.website.next_steps import next_steps
from oneplace.website.services import Service, service_label, services

# No inspectorate grades these; the services that they bring together are graded for themselves.
_NEVER_GRADED = frozenset({"community_safety_partnership", "waste_authority"})


def body(request: HttpRequest, body_id: str) -> HttpResponse:
    """One body, on a day. A council's page is its area's."""
    if area := places.area(body_id):
        return redirect(f"{area.path}{as_at(request).query}")
    found = places.body(body_id)
    if found is None:
        raise Http404(f"There is no body “{body_id}” in the record.")
    on = as_at(request)
    inspections = evidence.of_body(body_id, on.asked)
    near = places.areas({*found.serves, *((found.stands_in,) if found.stands_in else ())})
    by_service = [
        (key, list(some))
        for key, some in groupby(
            sorted(inspections, key=lambda one: one.service), key=lambda one: one.service
        )
    ]
    gone = found.gone_since if found.gone_since and found.gone_since <= on.day else None
    context = {
        "body": found,
        "kind": BODY_KINDS.get(found.kind, found.kind),
        "as_at": on,
        "path": f"/bodies/{body_id}/",
        "serves": [area for area in near if area.area_id in found.serves and area.existed(on.day)],
        "stands_in": next((area for area in near if area.area_id == found.stands_in), None),
        "parent": places.body(found.parent) if found.parent else None,
        "flags": evidence.flags(body_id, on.asked, [body_id]),
        "history": [
            (
                service_label(service),
                lines(found.name, some, on.day, found.closed or gone),
                [(one, when(one)) for one in some],
                next_steps(service),
            )
            for service, some in by_service
        ],
        "gone": gone,
        "is_never_graded": found.kind in _NEVER_GRADED,
        # What a table of statistics said on an earlier day is not known from it.
        "figures": [] if on.chosen else _figures(body_id, found.name),
    }
    return render(request, "body.html", context)


def _figures(body_id: str, name: str) -> list[tuple[Service, tuple[Figure, ...]]]:
    """The services that a body has figures of, each with these."""
    found = indicators.in_context_of([body_id], [key for service in services() for key in service.headline])
    held = {key: one for (_, key), one in found.items()}
    every = [(service, figures_of_body(name, held, service)) for service in services()]
    return [(service, figures) for service, figures in every if figures]


def lines(
    name: str, inspections: Sequence[InspectionView], on: dt.date, closed: dt.date | None
) -> list[Judged]:
    """A body's inspections of one service by what follows on from what, kinds that have ended last."""
    by_line: dict[str, list[InspectionView]] = {}
    for one in inspections:
        by_line.setdefault(line_of(one), []).append(one)
    found = (judged(some, name=name, whose="", on=on, closed=closed) for some in by_line.values())
    return sorted((line for line in found if line), key=lambda line: line.has_ended)


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
