"""All areas, one area, and one service of an area."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.charts.drawing import Picture
from oneplace.evidence import queries as evidence
from oneplace.frameworks import framework
from oneplace.places import queries as places
from oneplace.places.queries import REGIONS, AreaView
from oneplace.website.area_facts import NEIGHBOURS, SIMILAR, AreaFacts, area_facts, likeness
from oneplace.website.area_services import Section, section, sections
from oneplace.website.as_at import as_at
from oneplace.website.at_a_glance import at_a_glance, nothing_held
from oneplace.website.history_picture import history_picture
from oneplace.website.line_picture import line_picture
from oneplace.website.pictures import Shared, shared
from oneplace.website.services import Service, service_of


def areas(request: HttpRequest) -> HttpResponse:
    """Every authority responsible for children's social care on the day, by region."""
    on = as_at(request)
    found = places.areas_responsible_for_children(on.day)
    regions = [(region, [area for area in found if area.region == region]) for region in REGIONS]
    return render(request, "areas.html", {"as_at": on, "regions": regions, "count": len(found)})


def area(request: HttpRequest, area_id: str) -> HttpResponse:
    """One area, on a day: each service in a line, then in a section of its own."""
    found = _area(area_id)
    facts = area_facts(found, as_at(request))
    every = sections(facts)
    glances = at_a_glance(facts, every)
    context = {
        **_about(facts),
        "glances": glances,
        "flags": facts.flags,
        "nothing_held": nothing_held(every, glances),
        "sections": [one for one in every if not one.is_empty or (one.of_2009 and facts.on.chosen)],
        "districts": places.districts(area_id, facts.on.day) if found.kind == "county" else (),
    }
    return render(request, "area.html", context)


def area_service(request: HttpRequest, area_id: str, service: str) -> HttpResponse:
    """Everything that is held on one service of an area, on a day."""
    found, chosen = _area(area_id), service_of(service)
    if chosen is None:
        raise Http404(f"There is no service “{service}”.")
    facts = area_facts(found, as_at(request), [chosen])
    inspections = facts.of(chosen)
    before = [one for one in facts.inspections if one.service == chosen.key and one.body_id in facts.before]
    families = evidence.children_services_families()
    current = next((one for one in inspections if one.family in families), None)
    is_childrens = chosen.key == "children" and found.childrens_services
    one = section(facts, chosen)
    if is_childrens:
        picture = history_picture(inspections or before, found, facts.on.day)
        title = f"{found.name}: every judgement held on children’s services since 2009"
    else:
        picture, title = _line_picture(one, facts)
    context = {
        **_about(facts),
        "one": one,
        "inspections": inspections,
        "before": before,
        "not_provided": chosen.key == "children" and not found.childrens_services,
        "picture": picture,
        "shared": _shared(request, facts, chosen, title) if picture else None,
        "picture_is_of": "" if is_childrens else title,
        "no_notice": _no_notice(facts, one),
        "rated_again": evidence.review_since(current, facts.on.day) if current and is_childrens else None,
        "names": facts.name_of,
        "cadence": lambda key: framework(key).cadence.text,
        "likeness_words": _LIKENESS[likeness(chosen.key)],
    }
    return render(request, "area_service.html", context)


def _line_picture(one: Section, facts: AreaFacts) -> tuple[Picture | None, str]:
    """The picture of whose inspections still go on, the first of the page, and its title."""
    line = next((each for each in one.judged if not each.has_ended), None)
    if line is None or one.service.key == "children":
        return None, ""
    told = [moment.inspection for moment in reversed(line.moments)]
    return line_picture(told, line.name, facts.on.day), f"{line.name}: how each question was judged"


def _no_notice(facts: AreaFacts, one: Section) -> tuple[evidence.NoticesHeld, ...]:
    """The kinds of notice of which the record holds others' and none of this council's, which may be given one."""
    if facts.area.kind == "combined_authority" or any(line.is_notice for line in one.judged):
        return ()
    return evidence.notices_held(one.service.key, facts.on.day)


def _shared(request: HttpRequest, facts: AreaFacts, service: Service, title: str) -> Shared:
    """The picture of its history, for another site."""
    where = f"areas/{facts.area.area_id}/{service.slug}/history"
    return shared(title, where, facts.on.query, request.build_absolute_uri)


_LIKENESS = {
    NEIGHBOURS: "the Department for Education reckons to be most like it (its statistical neighbours)",
    SIMILAR: "the Office for National Statistics reckons to be most like it",
}


def _area(area_id: str) -> AreaView:
    found = places.area(area_id)
    if found is None:
        raise Http404(f"There is no area “{area_id}” in the register of authorities.")
    return found


def _about(facts: AreaFacts) -> dict[str, Any]:
    """What every page of an area needs."""
    area = facts.area
    return {
        "area": area,
        "as_at": facts.on,
        "exists": area.existed(facts.on.day),
        "predecessors": [facts.related[each] for each in area.predecessors if each in facts.related],
        "successors": [facts.related[each] for each in area.successors if each in facts.related],
        "county": facts.related.get(area.county) if area.county else None,
        "name_of": facts.name_of,
        "first_rule": min(rule.since for rule in evidence.flag_rules()),
    }
