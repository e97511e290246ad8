"""A release, and one row of it: the place to which every number on the site leads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from oneplace.website.figures import MARKERS, shown
from oneplace.website.names import body_names, subject_names

# The reader of releases that hold a report's facts, checked by hand, and not the report.
FACTS = "ofsted_report_facts"
# A page of a release of statistics names this many of its measures.
MOST_MEASURES = 500


def release(request: HttpRequest, source: str, sha12: str) -> HttpResponse:
    """One release: what was fetched or read, and when."""
    found = evidence.release(f"{source}/{sha12}")
    if found is None:
        raise Http404("There is no such release in the record.")
    told = evidence.told(found.public_id)
    context = {
        "release": found,
        "told": told,
        "names": body_names(one.inspection.split("/")[1] for one in told if one.inspection),
        "totals": evidence.totals(found.public_id),
        "measures": indicators.dataset_definitions(found.public_id)[:MOST_MEASURES],
        "is_facts": found.reader.startswith(FACTS) and found.slot.endswith(".pdf"),
    }
    return render(request, "release.html", context)


def row(request: HttpRequest, source: str, sha12: str, number: int) -> HttpResponse:
    """What the record took from one row of a release: inspections, a body, figures.

    `?sheet=` names the sheet of a workbook, `?of=` the measure where a figure led here.
    """
    found = evidence.release(f"{source}/{sha12}")
    if found is None:
        raise Http404("There is no such release in the record.")
    sheet = request.GET.get("sheet", "").strip()[:200]
    measure = request.GET.get("of", "").strip()[:120]
    told = evidence.told_in_row(found.public_id, number, sheet or None)
    values = indicators.in_row(found.public_id, number, sheet or None, measure)
    bodies = places.bodies_of_row(found.public_id, number, sheet or None)
    if not (told or values or bodies):
        raise Http404("The record took nothing from that row of the release.")
    measures = {each.key: each for each in indicators.dataset_definitions(found.public_id)} if values else {}
    context = {
        "release": found,
        "row": number,
        "sheet": sheet,
        "measure": measure,
        "told": told,
        "bodies": bodies,
        "names": body_names(one.told.inspection.split("/")[1] for one in told if one.told.inspection),
        "values": [
            (
                each,
                measures[each.measure],
                shown(each.value, measures[each.measure].unit, measures[each.measure].decimals, each.marker),
            )
            for each in values
            if each.measure in measures
        ],
        "markers": MARKERS,
        "subjects": subject_names(each.subject for each in values),
    }
    return render(request, "row.html", context)
