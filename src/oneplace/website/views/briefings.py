"""A briefing for a scrutiny committee: a page that prints as a clean A4 document."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.places import queries as places
from oneplace.website.as_at import FIRST_DAY, AsAt, as_at
from oneplace.website.briefing import Asked, briefing
from oneplace.website.middleware import CONTENT_SECURITY_POLICY
from oneplace.website.questions import forms
from oneplace.website.services import services
from oneplace.website.stories import Ref, Told, told
from oneplace.website.views.stories import asked_service
from oneplace.website.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A fact with the numbers of its sources in the list at the end."""

    fact: Told
    notes: tuple[int, ...]


def area_briefing(request: HttpRequest, area_id: str) -> HttpResponse:
    """The briefing on an area: all services, or one (?service=police); changes since a day (?since=2025-11-01)."""
    area = places.area(area_id)
    if area is None:
        raise Http404(f"There is no area “{area_id}” in the register of authorities.")
    on, service = as_at(request), asked_service(request)
    since, problem = _since(request.GET.get("since", "").strip(), on)
    made = briefing(Asked(area=area, service=service, on=on, since=since))
    numbers: dict[str, int] = {}
    first: dict[str, Ref] = {}
    sections = [
        (
            one,
            [
                Noted(
                    fact=fact,
                    notes=tuple(dict.fromkeys(_number(ref, numbers, first) for ref in fact.refs)),
                )
                for fact in one.facts
            ],
        )
        for one in told(made, on, request.build_absolute_uri)
    ]
    label = service.label[:1].lower() + service.label[1:] if service else "all services"
    running = _running_title(f"{area.name}: {label}. Briefing as at {day(on.day)}")
    context = {
        "area": area,
        "as_at": on,
        "since": since,
        "problem": on.problem or problem,
        "service": service,
        "services": services(),
        "label": label,
        "path": f"{area.path}briefing/",
        "sections": sections,
        "sources": [(numbers[words], ref, _short(ref, request)) for words, ref in first.items()],
        "forms": forms().values(),
        "running": running,
    }
    response = render(request, "briefing.html", context)
    digest = base64.b64encode(hashlib.sha256(running.encode()).digest()).decode()
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "style-src 'self'", f"style-src 'self' 'sha256-{digest}'"
    )
    return response


def _number(ref: Ref, numbers: dict[str, int], first: dict[str, Ref]) -> int:
    """Its number in the list: passages of one page, and cells of one row, are one source on paper."""
    first.setdefault(ref.words, ref)
    return numbers.setdefault(ref.words, len(numbers) + 1)


def _running_title(words: str) -> str:
    """The rule that prints the title on every page: it names the area, so no stylesheet for all can have it."""
    plain = words.replace("\\", "").replace('"', "”").replace("<", "‹")
    return f'@page{{@top-left{{content:"{plain}"}}}}'


def a_year_before(day: dt.date) -> dt.date:
    """The same day a year earlier."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _since(typed: str, on: AsAt) -> tuple[dt.date, str]:
    """The day from which changes are told: a year before the briefing's own unless another is asked for."""
    usual = a_year_before(on.day)
    if not typed:
        return usual, ""
    try:
        found = dt.date.fromisoformat(typed)
    except ValueError:
        return (
            usual,
            f"“{typed[:40]}” is not a date: write it like 2018-12-20. Changes of one year are shown.",
        )
    if not FIRST_DAY <= found <= on.day:
        return (
            usual,
            "Choose a day before the briefing’s own, from 2009-04-01. Changes of one year are shown.",
        )
    return found, ""


def _short(ref: Ref, request: HttpRequest) -> str:
    """Where the source is told of on this site, short enough to be typed from paper."""
    return request.get_host() + ref.release
