"""Maps: each service's grades and each statistic, as tiles of one size, with the table beneath."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from oneplace.website.as_at import as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.maps import Choice, Mapped, in_order, of_region, tile_picture
from oneplace.website.maps_grades import graded_services, grades_on_a_map
from oneplace.website.services import service_label

ORDERS = ("name", "grade", "region")
FIRST = "children"
_KEPT = ("question", "edition", "period", "tier", "region", "shape", "as-at", "order")


def maps(request: HttpRequest) -> HttpResponse:
    """The first map; or, from the form, the one that was chosen."""
    if what := request.GET.get("what", "").strip()[:80]:
        query = request.GET.copy()
        del query["what"]
        kept = {key: value for key, value in query.items() if value}
        query.clear()
        query.update(kept)
        return HttpResponseRedirect(reverse("map", args=[what]) + (f"?{query.urlencode()}" if kept else ""))
    return one_map(request, FIRST)


def one_map(request: HttpRequest, what: str) -> HttpResponse:
    """One service's grades, or one statistic, on a map."""
    on = as_at(request)
    mapped = _mapped(request, what)
    region = request.GET.get("region", "")
    region = region if region in mapped.regions else ""
    shown = of_region(mapped, region) if region else mapped
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "name"
    context = {
        "as_at": on,
        "mapped": shown,
        "regions": mapped.regions,
        "region": region,
        "shape": "",
        "picture": tile_picture(shown),
        "lines": in_order(shown.lines, order),
        "legend": {entry.key: entry for entry in shown.entries},
        "order": order,
        "orders": ORDERS,
        "order_words": {"name": "name", "grade": "figure" if mapped.period else "grade", "region": "region"},
        "services": [(key.replace("_", "-"), service_label(key)) for key in graded_services()],
        "measures": [],
        "selects": _selects(mapped, region),
        "kept_query": _kept(request),
        "csv": reverse("map_csv", args=[what]) + _query(_kept(request)),
    }
    return render(request, "map.html", context)


def map_list(request: HttpRequest, missing: str = "") -> HttpResponse:
    """Every map there is."""
    context = {
        "services": [(key.replace("_", "-"), service_label(key)) for key in graded_services()],
        "measures": [],
        "missing": missing,
    }
    return render(request, "map_list.html", context, status=404 if missing else 200)


def map_csv(request: HttpRequest, what: str) -> HttpResponse:
    """The table of a map as a file."""
    mapped = _mapped(request, what)
    return csv_file(
        f"oneplace-map-{what}-{mapped.period or mapped.day}.csv",
        (
            "area", "name", "region", "map", "period", "as_at", "framework", "question", "grade", "value", "words",
            "when", "source",
        ),
        (
            (
                line.key, line.name, line.region, mapped.what, mapped.period, mapped.day, line.framework,
                mapped.question if line.grade else "", line.grade,
                "" if line.value is None else f"{line.value:.10g}", line.words, line.detail, line.source_href,
            )
            for line in mapped.lines
        ),
    )  # fmt: skip


def _kept(request: HttpRequest) -> dict[str, str]:
    """What of the reader's choice a link to another view of the same map keeps."""
    kept = {key: request.GET.get(key, "").strip()[:60] for key in _KEPT}
    return {key: value for key, value in kept.items() if value}


def _query(kept: dict[str, str]) -> str:
    return f"?{urlencode(kept)}" if kept else ""


def _selects(mapped: Mapped, region: str) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """(name, label, options, which is chosen) of each further choice that there is."""

    def options(choices: Iterable[Choice]) -> list[tuple[str, str]]:
        return [(each.key, f"{each.label} ({each.count})" if each.count else each.label) for each in choices]

    found = [
        ("question", "Question", options(mapped.questions), mapped.question),
        ("edition", "Kind of inspection", options(mapped.editions), mapped.edition),
        ("period", "Period", [(each, each) for each in mapped.periods], mapped.period),
        ("tier", "Places", options(mapped.tiers), mapped.tier),
        ("region", "Part of England", [("", "All"), *((each, each) for each in mapped.regions)], region),
    ]
    return [each for each in found if len(each[2]) > 1]


def _mapped(request: HttpRequest, what: str) -> Mapped:
    service = what.replace("-", "_")
    if service not in graded_services():
        raise Http404(f"There is no map of “{what}”.")
    return grades_on_a_map(
        service, as_at(request), request.GET.get("edition", ""), request.GET.get("question", "")
    )
