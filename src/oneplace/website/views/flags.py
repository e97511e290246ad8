"""The flags: all that are up on a day, the rules that raise them, and those of one area with their history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import FlagEvidence, FlagRule, FlagView
from oneplace.places import queries as places
from oneplace.places.queries import REGIONS
from oneplace.website.as_at import AsAt, as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.names import body_names
from oneplace.website.services import service_label, service_of, services

COLOURS = ("red", "green")
LOWERED = {
    "newer": "something newer says otherwise",
    "too_old": "a flag of this kind stays up so long and no longer; nothing newer raised it again",
    "ended": "the council or service ended",
    "rule_changed": "the rule changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which flags the address asks for; "" is all of them."""

    colour: str
    service: str  # as addresses write it
    region: str

    @property
    def is_all(self) -> bool:
        return not (self.colour or self.service or self.region)

    def query(self, on: AsAt) -> str:
        """The same choice for another page."""
        wanted = {"colour": self.colour, "service": self.service, "region": self.region}
        if on.chosen:
            wanted["as-at"] = on.day.isoformat()
        kept = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A rule and the flags that are up by it."""

    rule: FlagRule
    flags: tuple[FlagView, ...]


def flags(request: HttpRequest) -> HttpResponse:
    """Every flag that is up on the day, by rule, as few as are asked for."""
    on, asked = as_at(request), _asked(request)
    found = _raised(on, asked)
    areas = evidence.areas_of({each.body_id for each in found})
    by_rule = [
        Raised(rule=rule, flags=tuple(some)) for rule, some in groupby(found, key=lambda each: each.rule)
    ]
    of_2009 = evidence.flags_of_2009(as_at=on.asked) if asked.is_all else ()
    context = {
        "as_at": on,
        "asked": asked,
        "query": asked.query(on),
        "by_colour": [(colour, [one for one in by_rule if one.rule.colour == colour]) for colour in COLOURS],
        "counts": Counter(each.colour for each in found),
        "choices": {"service": [(each.slug, each.label) for each in services()], "region": REGIONS},
        "has_rules": not asked.service or any(each.service == _key(asked) for each in evidence.flag_rules()),
        "of_2009": of_2009,
        "areas_of": areas,
        "name_of": _names({*areas, *_area_ids(areas), *(each.body_id for each in of_2009)}),
    }
    return render(request, "flags.html", {**context, **_words()})


def flags_csv(request: HttpRequest) -> HttpResponse:
    """The same flags as a file, a line for each piece of evidence, with the rule's version."""
    on, asked = as_at(request), _asked(request)
    found = _raised(on, asked)
    areas = evidence.areas_of({each.body_id for each in found})
    names = body_names(areas)
    header = (
        "as_at", "colour", "service", "rule", "rule_version", "name", "body", "body_name", "areas", "raised_on",
        "borne_out_on", "stands_until", "inspection", "framework", "question", "grade", "measure", "period", "value",
        "unit", "place_from_the_end", "of", "release", "page", "sheet", "row", "address",
    )  # fmt: skip
    rows = (_csv_row(each, one, on, names, areas, request) for each in found for one in each.evidence)
    return csv_file(f"oneplace-flags-{on.day}.csv", header, rows)


def flag_rules(request: HttpRequest) -> HttpResponse:
    """Every rule in words: its threshold, why it matters, when it was looked at, and how many flags are up by it."""
    on = as_at(request)
    up = Counter((each.rule.key, each.rule.version) for each in evidence.flags_raised(on.asked))
    holding = evidence.flag_rules_on(on.day)
    by_service = [
        (service.label, some)
        for service in services()
        if (some := [each for each in holding if each.service == service.key])
    ]
    older = [each for each in evidence.flag_rules() if each.until is not None and each.until <= on.day]
    outside = any(each.reviewed_by for each in (*holding, *older))
    context = {"as_at": on, "by_service": by_service, "up": up, "older": older, "outside": outside}
    return render(request, "flag_rules.html", {**context, **_words()})


def area_flags(request: HttpRequest, area_id: str) -> HttpResponse:
    """The flags of one area on a day, those that came down, and those of 2009."""
    area = places.area(area_id)
    if area is None:
        raise Http404(f"There is no area “{area_id}”.")
    on = as_at(request)
    found = evidence.flag_history(area_id, on.asked)
    own = {area_id, *(each.area_id for each in places.predecessors(area_id))}
    of_2009 = evidence.flags_of_2009(own, on.asked)
    context = {
        "as_at": on,
        "area": area,
        "up": [each for each in found if each.is_up],
        "down": [each for each in found if not each.is_up],
        "of_2009": of_2009,
        "name_of": _names({area_id} | {each.body_id for each in found} | {each.body_id for each in of_2009}),
    }
    return render(request, "area_flags.html", {**context, **_words()})


def _raised(on: AsAt, asked: Asked) -> tuple[FlagView, ...]:
    found = evidence.flags_raised(
        on.asked,
        colour=asked.colour or None,
        service=_key(asked),
        region=asked.region or None,
    )
    place = {each.key: number for number, each in enumerate(services())}
    rules = {rule: number for number, rule in enumerate(evidence.flag_rules())}
    return tuple(
        sorted(found, key=lambda one: (COLOURS.index(one.colour), place[one.rule.service], rules[one.rule]))
    )


def _key(asked: Asked) -> str | None:
    service = service_of(asked.service)
    return service.key if service else None


def _asked(request: HttpRequest) -> Asked:
    """What cannot be read is as if it had not been asked."""

    def one_of(name: str, choices: Iterable[str]) -> str:
        typed = request.GET.get(name, "").strip()
        return typed if typed in choices else ""

    return Asked(
        colour=one_of("colour", COLOURS),
        service=one_of("service", [each.slug for each in services()]),
        region=one_of("region", REGIONS),
    )


def _names(ids: Iterable[str]) -> Mapping[str, str]:
    return body_names(set(ids))


def _area_ids(areas: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for some in areas.values():
        yield from some


def _words() -> dict[str, object]:
    """What every page of flags says them with. `first_rule`: what went up before it was worked out afterwards."""
    first = min(rule.since for rule in evidence.flag_rules())
    return {"service_label": service_label, "lowered_why": LOWERED, "first_rule": first}


def _csv_row(
    flag: FlagView,
    one: FlagEvidence,
    on: AsAt,
    names: Mapping[str, str],
    areas: Mapping[str, tuple[str, ...]],
    request: HttpRequest,
) -> tuple[object, ...]:
    return (
        on.day, flag.colour, flag.service, flag.rule.key, flag.rule.version, flag.name, flag.body_id,
        names.get(flag.body_id, flag.body_id), " ".join(areas.get(flag.body_id, ())), flag.raised_on,
        " ".join(day.isoformat() for day in flag.confirmed_on), flag.stands_until or "", one.inspection,
        one.framework, one.question, one.grade, one.measure, one.period,
        "" if one.value is None else one.value, one.unit, one.within or "", one.of or "", one.release_id,
        one.address.page or "", one.address.sheet or "", one.address.row or "",
        request.build_absolute_uri(one.path),
    )  # fmt: skip
