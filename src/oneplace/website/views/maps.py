"""Maps: each service's grades and each statistic, as tiles of one size, with the table beneath."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from oneplace.charts.standing_alone import size_of
from oneplace.evidence import queries as evidence
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import MeasureView
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.maps import (
    BOUNDARIES_FROM,
    Choice,
    Mapped,
    boundary_picture,
    in_order,
    of_region,
    tile_picture,
)
from oneplace.website.maps_figures import figures_on_a_map
from oneplace.website.maps_graded import SUBJECTS, Subject, Way, subject
from oneplace.website.maps_grades import grades_on_a_map
from oneplace.website.pictures import shared_map
from oneplace.website.services import services
from oneplace.website.views.pictures import discovery
from oneplace.wording import listed

ORDERS = ("name", "grade", "region")
FIRST = "children"
_KEPT = ("question", "edition", "period", "tier", "region", "shape", "as-at", "order")
_OF_EVERY_MAP = ("region", "shape", "as-at", "order")
# Bodies that serve no area, or of which each area has many: the review there is of them, and why there is no map.
_WITHOUT_MAP = (
    (
        "Prisons",
        {"service": "prisons"},
        "Each prison is judged by itself. It holds people from many areas and serves none of them, so no area has a "
        "grade to show.",
    ),
    (
        "Schools",
        {"service": "schools"},
        "Each area has many, and each has a grade of its own. One colour for all of them would be nobody’s grade.",
    ),
    (
        "Children’s homes and other care for children",
        {"service": "children", "of": "social-care"},
        "Each area has many, and each has a grade of its own.",
    ),
    (
        "Care homes and other care for adults",
        {"service": "adult-social-care", "of": "CQC-adult-social-care"},
        "Each area has many, and each has a grade of its own.",
    ),
    (
        "Hospitals, surgeries and other health services",
        {"service": "health"},
        "Each area has many, and they treat people from other areas too.",
    ),
    (
        "Social landlords",
        {"service": "housing"},
        "A landlord may let homes in many areas, and an area has many landlords.",
    ),
)


def maps(request: HttpRequest) -> HttpResponse:
    """The first map; or, from the form, the one that was chosen."""
    if what := slugify(request.GET.get("what", "")[:80]):
        kept = _kept(request)
        if what != request.GET.get("from", ""):
            # The choices of one map mean nothing to another.
            kept = {key: value for key, value in kept.items() if key in _OF_EVERY_MAP}
        return HttpResponseRedirect(reverse("map", args=[what]) + _query(kept))
    return one_map(request, FIRST)


def one_map(request: HttpRequest, what: str) -> HttpResponse:
    """One service's grades, or one statistic, on a map."""
    on = as_at(request)
    try:
        mapped = _mapped(request, what)
    except Http404:
        return map_list(request, missing=what)
    region = request.GET.get("region", "")
    region = region if region in mapped.regions else ""
    shown = of_region(mapped, region) if region else mapped
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "name"
    shape = request.GET.get("shape", "")
    graded = subject(what)
    picture = boundary_picture(shown) if shape == "boundaries" else None
    drawn = picture or tile_picture(shown)
    wanted = request.GET.get("period", "").strip()[:60]
    selects = _selects(mapped, region, shape)
    context = {
        "as_at": on,
        "mapped": shown,
        "regions": mapped.regions,
        "region": region,
        "shape": "boundaries" if picture else "tiles",
        "missed_period": wanted if mapped.period and wanted not in ("", mapped.period) else "",
        "no_boundaries": shape == "boundaries" and picture is None,
        "picture": drawn,
        "shared": shared_map(shown, _kept(request), request.build_absolute_uri, size_of(drawn.wide).height)
        if shown.lines
        else None,
        "discovery": discovery(request),
        "review": _review(graded, graded.way(mapped.way), region, on) if graded else "",
        "boundaries_from": BOUNDARIES_FROM,
        "lines": in_order(shown.lines, order),
        "legend": {entry.key: entry for entry in shown.entries},
        "order": order,
        "orders": ORDERS,
        "order_words": {"name": "name", "grade": "figure" if mapped.period else "grade", "region": "region"},
        "services": [(each.key, each.label) for each in SUBJECTS],
        "measures": _headline(what),
        "selects": selects,
        "more_words": listed(
            [label.lower().replace("england", "England") for _, label, *_ in selects]
            + (["day"] if mapped.is_of_a_day else [])
        ),
        "kept_query": _kept(request),
        "csv": reverse("map_csv", args=[what]) + _query(_kept(request)),
    }
    return render(request, "map.html", context)


def map_list(request: HttpRequest, missing: str = "") -> HttpResponse:
    """Every map there is."""
    context = {
        "services": [(each.key, each.label) for each in SUBJECTS],
        "measures": _by_service(indicators.measures()),
        "missing": missing,
        "without_map": [
            (label, why, f"{reverse('annual_review')}?{urlencode(asked)}")
            for label, asked, why in _WITHOUT_MAP
        ],
    }
    return render(request, "map_list.html", context, status=404 if missing else 200)


def map_csv(request: HttpRequest, what: str) -> HttpResponse:
    """The table of a map as a file."""
    mapped = _mapped(request, what)
    region = request.GET.get("region", "")
    shown = of_region(mapped, region) if region in mapped.regions else mapped
    name = slugify(f"{what} {mapped.period or mapped.day}{f' {region}' if shown is not mapped else ''}")
    return csv_file(
        f"oneplace-map-{name}.csv",
        (
            "area", "name", "region", "map", "period", "as_at", "framework", "question", "grade", "value", "words",
            "when", "source", "served_by",
        ),
        (
            (
                line.key, line.name, line.region, mapped.what, mapped.period, mapped.day, line.framework,
                mapped.question if line.grade else "", line.grade,
                "" if line.value is None else f"{line.value:.10g}", line.words, line.detail, line.source_href,
                line.served_by,
            )
            for line in shown.lines
        ),
    )  # fmt: skip


def _review(of: Subject, way: Way, region: str, on: AsAt) -> str:
    """The address of the review of the same grades: who is best and worst, and who moved."""
    reviews = evidence.reviews_of(of.service)
    key = next((each.key for each in reviews if way.kinds and each.kinds == way.kinds), of.reviews[0])
    asked = {
        "service": "" if of.service == "children" else of.service.replace("_", "-"),
        "of": "" if key == reviews[0].key else key,
        "region": region,
        "as-at": on.day.isoformat() if on.chosen else "",
    }
    return reverse("annual_review") + _query({key: value for key, value in asked.items() if value})


def _kept(request: HttpRequest) -> dict[str, str]:
    """What of the reader's choice a link to another view of the same map keeps."""
    kept = {key: request.GET.get(key, "").strip()[:60] for key in _KEPT}
    return {key: value for key, value in kept.items() if value}


def _query(kept: dict[str, str]) -> str:
    return f"?{urlencode(kept)}" if kept else ""


def _selects(mapped: Mapped, region: str, shape: str) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """(name, label, options, which is chosen) of each further choice that there is."""

    def options(choices: Iterable[Choice]) -> list[tuple[str, str]]:
        return [(each.key, f"{each.label} ({each.count})" if each.count else each.label) for each in choices]

    found = [
        ("question", "Question", options(mapped.questions), mapped.question),
        ("edition", "Kind of inspection", options(mapped.editions), mapped.edition),
        ("period", "Period", list(mapped.periods.items()), mapped.period),
        ("tier", "Places", options(mapped.tiers), mapped.way),
        ("region", "Part of England", [("", "All"), *((each, each) for each in mapped.regions)], region),
        ("shape", "Shape", [("", "Tiles of one size"), ("boundaries", "Boundaries")], shape),
    ]
    return [each for each in found if len(each[2]) > 1]


def _mapped(request: HttpRequest, what: str) -> Mapped:
    """The map that an address names. Raises Http404."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in _KEPT}
    if graded := subject(what):
        return grades_on_a_map(graded, as_at(request), asked["edition"], asked["question"], asked["tier"])
    found = figures_on_a_map(what, asked["period"], asked["tier"])
    if found is None and asked["period"]:
        found = figures_on_a_map(what, "", asked["tier"])
    if found is None:
        raise Http404(f"There is no map of “{what}”.")
    return found


def _by_service(some: Iterable[MeasureView]) -> list[tuple[str, list[MeasureView]]]:
    """Service → its measures, in the order of pages."""
    loaded = list(some)
    return [
        (service.label, theirs)
        for service in services()
        if (theirs := [each for each in loaded if each.service == service.key])
    ]


def _headline(what: str) -> list[tuple[str, list[MeasureView]]]:
    """Of each service the measures that its page begins with, and the one that is shown: the form's choices."""
    wanted = {key for service in services() for key in service.headline} | {what}
    return _by_service(indicators.measures(keys=wanted))
