"""What changed in the record, the newest first: the change log as people read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.places import queries as places
from oneplace.website.changes_in_words import told
from oneplace.website.names import body_names

A_PAGE = 100


def changes(request: HttpRequest) -> HttpResponse:
    """A page of the change log. `?before=N` goes back; `?area=haringey` keeps what serves an area.

    What came with a source's first load is no news and is left out, unless `?all=1` asks for it.
    """
    everything = request.GET.get("all") == "1"
    area = places.area(request.GET.get("area", "")[:80])
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
    found = evidence.latest_events(
        before=before,
        limit=A_PAGE + 1,
        area_id=area.area_id if area else None,
        include_first_load=everything,
    )
    shown = found[:A_PAGE]
    names = body_names(one.body_id for one in shown if one.body_id)
    context = {
        "changes": [told(one, names) for one in shown],
        "older": shown[-1].sequence if len(found) > A_PAGE else None,
        "everything": everything,
        "area": area,
    }
    return render(request, "changes.html", context)
