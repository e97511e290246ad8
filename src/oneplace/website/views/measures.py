"""Official statistics: what is counted, and one measure for every area."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.indicators import queries as indicators
from oneplace.indicators.views import ENGLAND, REGION, AcrossView, ValueView
from oneplace.places import queries as places
from oneplace.sources import sources
from oneplace.website.as_at import as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.figures import MARKERS, plain_number, shown, unit_words
from oneplace.website.maps_figures import figures_on_a_map
from oneplace.website.names import subject_names
from oneplace.website.pictures import MAP_HEIGHT, shared
from oneplace.website.services import service_label, services
from oneplace.website.views.pictures import discovery

# How the areas of a table may be ordered; England and the regions come first.
ORDERS = ("name", "figure")
EVERY_PERIOD = "all"
_GOOD = {"high": "more", "low": "less"}


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
    order = request.GET.get("order", "name")
    if order not in ORDERS:
        raise Http404(f"There is no order “{order}”: there are {' and '.join(ORDERS)}.")
    rows = sorted(found.values, key=lambda each: _place(each, found.measure.polarity, order, names))
    context = {
        "measure": found.measure,
        "period": found.period,
        "order": order,
        "on": as_at(request),
        "is_astray": found.england_is_astray,
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
        "source_title": of.title if (of := sources().get(found.measure.source)) else found.measure.source,
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
    """The same as a table, each figure with the row of the release that it stands in; `period=all` has every period."""
    if request.GET.get("period", "").strip() == EVERY_PERIOD:
        tables = [found for period in indicators.periods(key) if (found := indicators.across(key, period))]
        if not tables:
            raise Http404(f"There are no figures of “{key}” in the record.")
    else:
        tables = [_across(key, request)]
    measure, values = tables[0].measure, [each for found in tables for each in found.values]
    names = subject_names(each.subject for each in values)
    codes = {each.area_id: each.gss_codes[0] for each in places.areas() if each.gss_codes}
    name = EVERY_PERIOD if len(tables) > 1 else tables[0].period
    return csv_file(
        f"{measure.key}-{_safe(name)}.csv",
        (
            "area", "gss_code", "name", "measure", "title", "unit", "good", "period", "period_ends", "value",
            "why_no_value", "printed", "release", "sheet", "row",
        ),
        (
            (
                each.subject, codes.get(each.subject, ""), names.get(each.subject, ""), each.measure, measure.title,
                measure.unit, _GOOD.get(measure.polarity, ""), each.period, each.ends, plain_number(each.value),
                each.marker, each.printed, each.release_id, each.sheet or "", each.row,
            )
            for each in values
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
    return subject == ENGLAND or subject.startswith(REGION)


def _place(each: ValueView, polarity: str, order: str, names: Mapping[str, str]) -> tuple[object, ...]:
    """Where a figure stands in the table: the best first, or the highest where nobody says what is good."""
    wider = (not _is_wider(each.subject), each.subject != ENGLAND)
    name = names.get(each.subject, "")
    if order == "name" or _is_wider(each.subject):
        return (*wider, name)
    number = 0.0 if each.value is None else each.value
    return (*wider, each.value is None, number if polarity == "low" else -number, name)


def _safe(period: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in period)
