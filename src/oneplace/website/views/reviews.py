"""The annual review of any day and service, and the queue of what a person should look at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from oneplace.charts.standing_alone import size_of
from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import Reviewed
from oneplace.frameworks import frameworks
from oneplace.places import queries as places
from oneplace.places.queries import REGIONS
from oneplace.website import annual, annual_by_area
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.distributions import pictures
from oneplace.website.judged import tally_of
from oneplace.website.maps_graded import SUBJECTS
from oneplace.website.moments import when
from oneplace.website.names import body_names
from oneplace.website.pictures import query_of_review, shared, slug, title_of_review
from oneplace.website.services import Service, service_of, services
from oneplace.website.views.pictures import discovery
from oneplace.website.wording import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: which review, of which part of England, in which order."""

    on: AsAt
    service: Service
    of: Reviewed
    region: str
    kind: str
    order: str

    def address(self, name: str = "annual_review", **changed: str) -> str:
        """The page with some of it changed; what is as usual is left out."""
        is_first = self.of == evidence.reviews_of(self.service.key)[0]
        asked = {
            "service": "" if self.service.key == "children" else self.service.slug,
            "of": "" if is_first else self.of.key,
            "region": self.region,
            "type": self.kind,
            "order": "" if self.order == "name" else self.order,
            "as-at": self.on.day.isoformat() if self.on.chosen else "",
            **changed,
        }
        query = urlencode({key: value for key, value in asked.items() if value})
        return reverse(name) + (f"?{query}" if query else "")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form that changes the day keeps."""
        return parse_qsl(self.address(**{"as-at": ""}).partition("?")[2])


def annual_review(request: HttpRequest) -> HttpResponse:
    """Everybody on the day: the grades, who is best and worst, by region and by type, and what changed."""
    asked = _asked(request)
    with places.one_register():
        if asked.of.is_by_area:
            return _by_area(request, asked)
        whole = evidence.annual_review(asked.on.day, service=asked.service.key, key=asked.of.key)
    review = annual.part_of(whole, asked.region, asked.kind)
    drawn = pictures(review)
    graded = [one for one in drawn if one.has_grades]
    context = {
        **_choices(asked),
        "shares": [
            shared(
                title_of_review(asked.service, asked.of, one, asked.region, asked.kind),
                f"review/annual/{slug(one.key)}",
                query_of_review(asked.of, asked.region, asked.kind, asked.on),
                request.build_absolute_uri,
                size_of(one.picture.wide).height,
            )
            for one in graded
        ],
        "discovery": discovery(request) if graded else "",
        "review": review,
        "whole": whole,
        "words": annual.several(asked.of.kinds),
        "pictures": graded,
        "extremes": [annual.ends(one.key, one.counts) for one in graded],
        "editions": annual.questions_of(review),
        "names": {line.area_id: line.name for line in review.authorities},
        "paths": {line.area_id: line.path for line in review.authorities},
        "lines": annual.in_order(review, asked.order),
        "orders": annual.ORDERS,
        "regions": annual.by_region(whole),
        "kinds": annual.by_kind(whole),
        "changes": Counter(line.change for line in review.authorities),
        "change_keys": annual.CHANGES,
        "tally_by_rules": annual.tally_by_rules,
        "several_rules": len(annual.tally_by_rules(whole.authorities)) > 1,
        "kind_words": annual.kind_words,
        "whole_judgement": annual.whole_judgement,
        "any_whole": any(annual.whole_judgement(line.current) for line in whole.authorities if line.current),
        "tally_of": tally_of,
        "when": when,
        "change_words": annual.change_words,
    }
    return render(request, "annual_review.html", context)


def annual_review_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a file, each with the framework, so that no one grade is taken for another's."""
    asked = _asked(request)
    name = "" if asked.of.key == "children" else f"-{asked.of.key.lower()}"
    filename = f"oneplace-annual-review{name}-{asked.on.day}.csv"
    if asked.of.is_by_area:
        return csv_file(
            filename,
            annual_by_area.CSV_HEADER,
            annual_by_area.csv_rows(
                annual_by_area.of_families(
                    evidence.in_each_area(asked.of.kinds[0], asked.on.asked), asked.of.families
                ),
                asked.on.day,
            ),
        )
    whole = evidence.annual_review(asked.on.day, service=asked.service.key, key=asked.of.key)
    review = annual.part_of(whole, asked.region, asked.kind)
    return csv_file(filename, annual.CSV_HEADER, annual.csv_rows(review))


def _asked(request: HttpRequest) -> Asked:
    """A service, review, region or order that there is none of is no page; a type that is none is nobody's."""
    service = service_of(request.GET.get("service", "children").replace("_", "-"))
    of = evidence.reviews_of(service.key) if service else ()
    key = request.GET.get("of", "")
    chosen = next((each for each in of if each.key == key), None) if key else (of[0] if of else None)
    if service is None or chosen is None:
        raise Http404("There is no annual review of this.")
    region, order = request.GET.get("region", ""), request.GET.get("order", "name")
    if region and region not in REGIONS:
        raise Http404(f"There is no region “{region[:40]}”: there are {listed(REGIONS)}.")
    if order not in annual.ORDERS:
        raise Http404(f"There is no order “{order[:40]}”: there are {listed(annual.ORDERS)}.")
    return Asked(
        on=as_at(request),
        service=service,
        of=chosen,
        region=region,
        kind=request.GET.get("type", "")[:40],
        order=order,
    )


def _by_area(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Of what there are thousands: shares, area by area."""
    edition = request.GET.get("edition", "")
    found = annual_by_area.by_area(asked.of, asked.on.asked, edition, asked.region)
    context = {
        **_choices(asked),
        "found": found,
        "words": annual.several(asked.of.kinds),
        "fewest": annual_by_area.FEWEST,
    }
    return render(request, "annual_review_by_area.html", context)


def _choices(asked: Asked) -> dict[str, object]:
    """The other reviews that the page leads to."""
    return {
        "as_at": asked.on,
        "asked": asked,
        "is_childrens": asked.of.key == "children",
        "services": [each for each in services() if evidence.reviews_of(each.key)],
        "reviews": [
            each
            for each in evidence.reviews_of(asked.service.key)
            if each == asked.of or _had_begun(each, asked.on.day)
        ],
        "review_name": _review_name,
        "map_address": _map_address(asked),
        "region_names": REGIONS,
    }


def _had_begun(of: Reviewed, day: dt.date) -> bool:
    """Whether inspections of the kind had begun by the day."""
    return any(each.family in of.families and each.starts <= day for each in frameworks().values())


def _map_address(asked: Asked) -> str:
    """The map that draws the same grades, of the same part of England; "" where there is none."""
    subject = next((each for each in SUBJECTS if asked.of.key in each.reviews), None)
    if subject is None:
        return ""
    way = next((each for each in subject.ways if each.kinds == asked.of.kinds), subject.ways[0])
    kept = {
        "tier": "" if way == subject.ways[0] else way.key,
        "region": asked.region,
        "as-at": asked.on.day.isoformat() if asked.on.chosen else "",
    }
    query = urlencode({key: value for key, value in kept.items() if value})
    return reverse("map", args=[subject.key]) + (f"?{query}" if query else "")


def _review_name(of: Reviewed) -> str:
    """What a review is of, where a service has several: its newest framework's name, or who is judged by it."""
    if of.key == "children":
        return "Children’s services of councils"
    if sum(each.families == of.families for each in evidence.reviews_of(of.service)) > 1:
        return annual.several(of.kinds)[1].capitalize()
    return max(
        (each for each in frameworks().values() if each.family in of.families), key=lambda e: e.starts
    ).name


def review_queue(request: HttpRequest) -> HttpResponse:
    """What sources disagree about and what readings doubt, with the decisions made."""
    items = evidence.review_queue(include_decided=True)
    bodies = body_names(item.inspection.split("/")[1] for item in items if item.inspection)
    context = {
        "open": [item for item in items if not item.decided],
        "decided": [item for item in items if item.decided],
        # "Nottingham, 2022-09-05": the council and the rest of the inspection's own address.
        "names": {
            item.inspection: f"{bodies[item.inspection.split('/')[1]]}, {item.inspection.split('/')[2]}"
            for item in items
            if item.inspection
        },
    }
    return render(request, "review_queue.html", context)
