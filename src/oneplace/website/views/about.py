"""Where everything comes from, and what the words mean."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import corrections_made
from oneplace.frameworks import frameworks
from oneplace.places import queries as places
from oneplace.records import BODY_KINDS
from oneplace.sources import sources as registry
from oneplace.sources.about import about as about_source
from oneplace.website.names import body_names
from oneplace.website.services import service_label, services
from oneplace.website.what_is_missing import gaps

# A source of reports has a release for each of hundreds.
MOST_RELEASES = 60


def about(request: HttpRequest) -> HttpResponse:
    """What the site is, and where it tells more of itself."""
    return render(request, "about.html", {})


def grades(request: HttpRequest) -> HttpResponse:
    """Every edition of every framework by service, the newest first."""
    known = frameworks()
    by_service = [
        (service, some)
        for service in services()
        if (
            some := sorted(
                (each for each in known.values() if each.service == service.key),
                key=lambda each: each.starts,
                reverse=True,
            )
        )
    ]
    return render(request, "frameworks.html", {"by_service": by_service, "slug": _slug})


def grades_of(request: HttpRequest, key: str) -> HttpResponse:
    """One edition: what it inspects, its questions and grades, how often, and what it may be compared with."""
    known = frameworks()
    found = next((each for each in known.values() if _slug(each.key) == key.lower()), None)
    if found is None:
        raise Http404(f"There is no kind of inspection “{key}”.")
    context = {
        "one": found,
        "service": service_label(found.service),
        "inspects": BODY_KINDS[found.inspects],
        "like": [known[each] for each in found.comparability.editions],
        "family": [each for each in known.values() if each.family == found.family and each != found],
        "slug": _slug,
        "today": timezone.localdate(),
    }
    return render(request, "framework.html", context)


def _slug(key: str) -> str:
    return key.lower().replace(" ", "-")


def missing(request: HttpRequest) -> HttpResponse:
    """What is not here, by service and source, worked out from the record on the day."""
    today = timezone.localdate()
    states = evidence.source_states(registry().values(), today)
    withdrawn = {each.source for each in evidence.releases("withdrawn")}
    context = {
        "services": gaps(today),
        "not_loaded": [one for one in states if not one.is_held],
        "old": [one for one in states if one.is_held and one.condition != "loaded"],
        "only_facts": sum(one.only_facts for one in states),
        "withdrawn": [one for one in states if one.source.name in withdrawn],
        "all": len(states),
        "today": today,
    }
    return render(request, "about_missing.html", context)


def how(request: HttpRequest) -> HttpResponse:
    """How facts get here, what is promised, and under which licences."""
    by_licence: dict[str, list[str]] = {}
    for each in registry().values():
        by_licence.setdefault(each.licence, []).append(each.title)
    return render(request, "about_how.html", {"licences": sorted(by_licence.items()), "all": len(registry())})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "accessibility.html", {})


def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction and decision that people made, and where the register and the ONS differ."""
    decided = [each for each in evidence.review_queue(include_decided=True) if each.decided]
    made = corrections_made()
    inspections = {each.target for each in made} | {each.inspection for each in decided if each.inspection}
    names = body_names(each.split("/")[1] for each in inspections)
    context = {
        "made": made,
        "decided": decided,
        "names": {each: names[each.split("/")[1]] for each in inspections},
        "differences": places.differences(),
        "lacks": _LACKS,
    }
    return render(request, "corrections.html", context)


_LACKS = {
    "no_area": "A code that the register has no area for",
    "no_boundary": "An area without a boundary",
    "start_differs": "They differ on when it began",
    "end_differs": "They differ on when it ended",
    "name_differs": "They differ on its name",
}


def sources(request: HttpRequest) -> HttpResponse:
    """Every publication that there is a source for: what is loaded, how old it is, and what is missing."""
    today = timezone.localdate()
    states = evidence.source_states(registry().values(), today)
    held = [one for one in states if one.is_held]
    context = {
        "groups": [
            ("Loaded", "loaded", [one for one in held if one.condition == "loaded"]),
            ("Loaded, and out of date", "stale", [one for one in held if one.condition == "stale"]),
            (
                "Loaded, and the last attempt to get a newer edition failed",
                "failed",
                [one for one in held if one.condition == "failed"],
            ),
            ("Not loaded yet", "missing", [one for one in states if not one.is_held]),
        ],
        "held": len(held),
        "all": len(states),
        "today": today,
    }
    return render(request, "sources.html", context)


def source(request: HttpRequest, name: str) -> HttpResponse:
    """One source: what it says of itself, how it stands, and its releases, the newest first."""
    found = registry().get(name)
    if found is None:
        raise Http404(f"There is no source “{name}”.")
    (state,) = evidence.source_states([found], timezone.localdate())
    releases = sorted(
        (one for one in evidence.releases() if name in (one.source, one.reader)),
        key=lambda one: (one.as_at or one.published or one.retrieved_at.date(), one.public_id),
        reverse=True,
    )
    context = {
        "source": found,
        "state": state,
        "about": about_source(found),
        "releases": releases[:MOST_RELEASES],
        "more": max(len(releases) - MOST_RELEASES, 0),
    }
    return render(request, "source.html", context)
