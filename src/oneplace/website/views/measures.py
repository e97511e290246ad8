"""Official statistics: what is counted, and one measure for every area."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.indicators import queries as indicators
from oneplace.indicators.views import AcrossView
from oneplace.website.csv_files import csv_file
from oneplace.website.figures import MARKERS, shown, unit_words
from oneplace.website.maps_figures import figures_on_a_map
from oneplace.website.names import subject_names
from oneplace.website.pictures import MAP_HEIGHT, shared
from oneplace.website.services import service_label, services
from oneplace.website.views.pictures import discovery

# Subjects that are no council, in this order before the councils.
WIDER = "england"


def measures(request: HttpRequest) -> HttpResponse:
    """Every measure that is loaded, by service and topic."""
    loaded = indicators.measures()
    order = [service.key for service in services()]
    found = sorted(
        loaded,
        key=lambda one: (order.index(one.service) if one.service in order else len(order), one.topic),
    )
    grouped = [
        (
            service_label(service),
            [(topic, list(some)) for topic, some in groupby(theirs, key=lambda one: one.topic)],
        )
        for service, theirs in groupby(found, key=lambda one: one.service)
    ]
    return render(request, "measures.html", {"services": grouped, "count": len(loaded)})


def measure(request: HttpRequest, key: str) -> HttpResponse:
    """One measure, for every area that it is published for, in the latest period or the one asked for."""
    found = _across(key, request)
    names = subject_names(each.subject for each in found.values)
    rows = sorted(
        found.values,
        key=lambda each: (not _is_wider(each.subject), each.subject != WIDER, names.get(each.subject, "")),
    )
    context = {
        "measure": found.measure,
        "period": found.period,
        "told": found.told,
        "periods": indicators.periods(key),
        "rows": [
            (
                each,
                names.get(each.subject, each.subject),
                shown(each.value, found.measure.unit, found.measure.decimals, each.marker),
            )
            for each in rows
        ],
        "unit": unit_words(found.measure.unit),
        "markers": MARKERS,
        "service": service_label(found.measure.service),
        "shared": shared(
            f"{found.measure.title}, by council, {found.told}",
            f"map/{key}",
            f"?{urlencode({'period': found.period})}",
            request.build_absolute_uri,
            MAP_HEIGHT,
        )
        if figures_on_a_map(key, found.period)
        else None,
        "discovery": discovery(request),
    }
    return render(request, "measure.html", context)


def measure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a table, each figure with the row of the release that it stands in."""
    found = _across(key, request)
    names = subject_names(each.subject for each in found.values)
    return csv_file(
        f"{found.measure.key}-{_safe(found.period)}.csv",
        ("area", "name", "measure", "period", "value", "why_no_value", "printed", "release", "sheet", "row"),
        (
            (
                each.subject, names.get(each.subject, ""), each.measure, each.period,
                "" if each.value is None else f"{each.value:.10g}", each.marker, each.printed,
                each.release_id, each.sheet or "", each.row,
            )
            for each in found.values
        ),
    )  # fmt: skip


def _across(key: str, request: HttpRequest) -> AcrossView:
    period = request.GET.get("period", "").strip()[:40] or None
    found = indicators.across(key, period)
    if found is None:
        raise Http404(
            f"There are no figures of “{key}”" + (f" for {period}" if period else "") + " in the record."
        )
    return found


def _is_wider(subject: str) -> bool:
    return subject == WIDER or subject.startswith("region-")


def _safe(period: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in period)
