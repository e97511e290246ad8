"""Story kits: the facts of an area, or of one inspection, for whoever writes about them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.evidence.brief import Brief, as_markdown
from oneplace.evidence.views import InspectionView
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.pictures import Chart, children_history, service_history, shared_chart
from oneplace.website.services import Service, service_of, services
from oneplace.website.stories import story, story_of, told
from oneplace.website.views.pictures import discovery
from oneplace.website.wording import day, thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What a kit's page and its files are made of."""

    made: Brief
    on: AsAt
    title: str
    path: str
    query: str
    about: str  # the page that it is about
    about_title: str
    cited: str
    chart: Chart | None
    service: Service | None
    is_of_inspection: bool
    is_of_its_day: bool = False  # whether the day is that of the inspection's publication


def area_story(request: HttpRequest, area_id: str) -> HttpResponse:
    """The kit of an area: one service (?service=police), or all of them in short."""
    return _page(request, _of_area(request, area_id))


def area_story_csv(request: HttpRequest, area_id: str) -> HttpResponse:
    """Its facts as a table."""
    return _csv(_of_area(request, area_id))


def area_story_text(request: HttpRequest, area_id: str) -> HttpResponse:
    """Its facts as plain text with notes (Markdown), the same as the command prints."""
    return _text(_of_area(request, area_id))


def area_story_json(request: HttpRequest, area_id: str) -> HttpResponse:
    """What the kit is, as schema.org's Dataset, for machines that look for data."""
    return _json(request, _of_area(request, area_id))


def inspection_story(request: HttpRequest, publisher: str, body: str, slug: str) -> HttpResponse:
    """The kit of one inspection, as at the day it was published unless another day is asked for."""
    return _page(request, _of_inspection(request, f"{publisher}/{body}/{slug}"))


def inspection_story_csv(request: HttpRequest, publisher: str, body: str, slug: str) -> HttpResponse:
    """Its facts as a table."""
    return _csv(_of_inspection(request, f"{publisher}/{body}/{slug}"))


def inspection_story_text(request: HttpRequest, publisher: str, body: str, slug: str) -> HttpResponse:
    """Its facts as plain text with notes."""
    return _text(_of_inspection(request, f"{publisher}/{body}/{slug}"))


def inspection_story_json(request: HttpRequest, publisher: str, body: str, slug: str) -> HttpResponse:
    """What the kit is, as schema.org's Dataset."""
    return _json(request, _of_inspection(request, f"{publisher}/{body}/{slug}"))


def _of_area(request: HttpRequest, area_id: str) -> Kit:
    area = places.area(area_id)
    if area is None:
        raise Http404(f"There is no area “{area_id}” in the register of authorities.")
    service = asked_service(request)
    on = as_at(request)
    label = service.label if service else "All services"
    query = f"?service={service.slug}" if service else ""
    if on.chosen:
        query += f"{'&' if query else '?'}as-at={on.day.isoformat()}"
    path = f"{area.path}story/"
    return Kit(
        made=story(area, on, service),
        on=on,
        title=f"{area.name}: {label[:1].lower()}{label[1:]}",
        path=path,
        query=query,
        about=f"{area.path}{f'{service.slug}/' if service else ''}{on.query}",
        about_title=area.name,
        cited=f"“{area.name}: {label[:1].lower()}{label[1:]}”, as at {day(on.day)}",
        chart=_of_service(area, service, on, request),
        service=service,
        is_of_inspection=False,
    )


def _of_service(area: AreaView, service: Service | None, on: AsAt, request: HttpRequest) -> Chart | None:
    """The picture of the service asked for; of all of them, children's, whose history is the longest."""
    if service and service.key != "children":
        return service_history(area, service, on, request.get_host())
    return children_history(area, on, request.get_host()) if area.childrens_services else None


def asked_service(request: HttpRequest) -> Service | None:
    """The service of ?service=; none where it is left out. Raises Http404 for one that there is not."""
    typed = request.GET.get("service", "").strip()
    if not typed:
        return None
    found = service_of(typed)
    if found is None:
        raise Http404(f"There is no service “{typed[:40]}”.")
    return found


def _of_inspection(request: HttpRequest, public_id: str) -> Kit:
    on = as_at(request)
    found = evidence.inspection(public_id, on.asked)
    if found is None:
        raise Http404("There is no such inspection in the record, or none yet on that day.")
    if not on.chosen and found.published and found.date_precision == "day" and found.published < on.day:
        # What a reporter needs is what was known when the report came out.
        on = AsAt(day=found.published, chosen=True, typed="", problem=on.problem)
    area = places.area(found.body_id)
    name = area.name if area else (places.body_name(found.body_id) or found.body_id)
    return Kit(
        made=story_of(found, area, name, on),
        on=on,
        title=f"{name}: {found.framework_name}",
        path=f"{found.path}story/",
        query=f"?as-at={request.GET['as-at']}" if request.GET.get("as-at") and not on.problem else "",
        about=found.path,
        about_title=found.title or found.framework_name,
        cited=_cited(found, name),
        chart=_chart_of(found, area, on, request),
        service=None,
        is_of_inspection=True,
        is_of_its_day=on.day == found.published,
    )


def _chart_of(found: InspectionView, area: AreaView | None, on: AsAt, request: HttpRequest) -> Chart | None:
    if area is None or not area.childrens_services or found.service != "children":
        return None
    return children_history(area, on, request.get_host())


def _cited(found: InspectionView, name: str) -> str:
    when = f", {day(found.published)}" if found.published and found.date_precision == "day" else ""
    return f"{thing(found.publisher)}, “{found.title or found.framework_name}”, {name}{when}"


def _page(request: HttpRequest, kit: Kit) -> HttpResponse:
    absolute = request.build_absolute_uri
    address = absolute(kit.path + kit.query)
    sections = told(kit.made, kit.on, absolute)
    parties = sorted({ref.compiled_by for one in sections for fact in one.facts for ref in fact.refs} - {""})
    context = {
        "kit": kit,
        "as_at": kit.on,
        "sections": sections,
        "third_parties": [one for one in parties if not one.startswith("Oneplace")],
        "is_typed": any(one.startswith("Oneplace") for one in parties),
        "services": services(),
        "shared": shared_chart(kit.chart, absolute) if kit.chart else None,
        "address": address,
        "discovery": discovery(request) if kit.chart else "",
    }
    return render(request, "story.html", context)


def _json(request: HttpRequest, kit: Kit) -> HttpResponse:
    absolute = request.build_absolute_uri
    file = kit.path[:-1]
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": kit.title,
        "description": f"Facts from inspections and statistics, each with its source, as at {day(kit.on.day)}.",
        "url": absolute(kit.path + kit.query),
        "dateModified": kit.on.day.isoformat(),
        "isAccessibleForFree": True,
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": absolute(f"{file}.{form}{kit.query}"),
            }
            for kind, form in (("text/csv", "csv"), ("text/markdown", "txt"))
        ],
    }
    return HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=2), content_type="application/ld+json; charset=utf-8"
    )


def _csv(kit: Kit) -> HttpResponse:
    header = (
        "about", "as_at", "section", "fact", "quotation", "address", "publisher", "source", "compiled_by",
        "source_url", "page", "sheet", "row",
    )  # fmt: skip
    rows = []
    for section in kit.made.sections:
        for fact in section.facts:
            for ref in dict.fromkeys(fact.sources) or [None]:
                of = (
                    (ref.publisher, ref.title, ref.compiled_by, ref.url, ref.page, ref.sheet, ref.row)
                    if ref
                    else ()
                )
                cells = tuple("" if cell is None else cell for cell in of) or ("",) * 7
                rows.append(
                    (
                        kit.title,
                        kit.made.as_at,
                        section.title,
                        fact.text,
                        fact.quote or "",
                        fact.anchor or "",
                        *cells,
                    )
                )
    return csv_file(f"{_filename(kit)}.csv", header, rows)


def _text(kit: Kit) -> HttpResponse:
    text = as_markdown(replace(kit.made, name=kit.title))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{_filename(kit)}.md"'
    return response


def _filename(kit: Kit) -> str:
    of = kit.path.strip("/").replace("/", "-")
    return f"oneplace-{of}{f'-{kit.service.slug}' if kit.service else ''}-{kit.on.day.isoformat()}"
