"""Report a mistake: the one form that is sent to us, and the one page that sets a cookie (against forgery)."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from oneplace.evidence import queries as evidence
from oneplace.evidence.actions import LONGEST_IN_A_REPORT as LONGEST
from oneplace.evidence.actions import TooManyReports, report_mistake
from oneplace.places import queries as places
from oneplace.website.middleware import takes_forms
from oneplace.website.senders import sender_address

logger = logging.getLogger(__name__)

_PATH = re.compile(r"/[A-Za-z0-9/_.-]{0,200}")
# People do not see this field and leave it blank.
_LEFT_BLANK = "website"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a field, for the summary and beside it."""

    field: str
    message: str


@takes_forms
def mistake(request: HttpRequest) -> HttpResponse:
    """The form; sent, the report goes to the review queue."""
    about = known_page(request.POST.get("about", "") or request.GET.get("about", ""))
    if request.method != "POST":
        return _form(request, about, {}, [])
    given = {name: request.POST.get(name, "").strip() for name in LONGEST}
    if request.POST.get(_LEFT_BLANK, ""):
        # Only a program fills it in: it is told what a person would be, and nothing is kept.
        return redirect(reverse("mistake_sent"))
    problems = _problems(given)
    if problems:
        return _form(request, about, given, problems, 400)
    try:
        report_mistake(
            about,
            given["wrong"],
            should_be=given["should_be"],
            says_so=given["says_so"],
            email=given["email"],
            address=sender_address(request),
        )
    except TooManyReports:
        said = "We take only so many reports a day, and have had that many. Please send it tomorrow."
        return _form(request, about, given, [Problem(field="wrong", message=said)], 429)
    except OperationalError as problem:
        logger.warning("A report could not be taken down: %s", problem)
        said = "New facts are being loaded just now. Please send it again in a few minutes."
        return _form(request, about, given, [Problem(field="wrong", message=said)], 503)
    return redirect(reverse("mistake_sent"))


def mistake_sent(request: HttpRequest) -> HttpResponse:
    """Thank you, and what happens next."""
    return render(request, "mistake_sent.html", {})


def _form(
    request: HttpRequest, about: str, given: dict[str, str], problems: list[Problem], status: int = 200
) -> HttpResponse:
    context = {
        "about": about,
        "given": {name: given.get(name, "") for name in LONGEST},
        "longest": LONGEST,
        "problems": problems,
        "problem_of": {each.field: each.message for each in problems},
        "left_blank": _LEFT_BLANK,
    }
    return render(request, "mistake.html", context, status=status)


def _problems(given: dict[str, str]) -> list[Problem]:
    found = []
    if not given["wrong"]:
        found.append(Problem(field="wrong", message="Tell us what is wrong"))
    for name, most in LONGEST.items():
        if len(given[name]) > most:
            found.append(Problem(field=name, message=f"{_LABELS[name]} must be {most:,} characters or fewer"))
    if given["email"] and len(given["email"]) <= LONGEST["email"]:
        try:
            validate_email(given["email"])
        except ValidationError:
            said = "Enter an e-mail address in the correct format, like name@example.com"
            found.append(Problem(field="email", message=said))
    return found


_LABELS = {
    "wrong": "What is wrong",
    "should_be": "What it should be",
    "says_so": "Where it says so",
    "email": "Your e-mail address",
}


def known_page(path: str) -> str:
    """The path, if it is of a page that there is: what strangers write is not shown on the queue's page. Else ""."""
    path = path.partition("?")[0].partition("#")[0]
    if not _PATH.fullmatch(path):
        return ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    named = found.kwargs
    if not named:
        return path
    if "area_id" in named:
        return path if places.area(named["area_id"]) and set(named) == {"area_id"} else _area_page(named)
    if "body_id" in named:
        return path if places.existing_bodies([named["body_id"]]) else ""
    if {"publisher", "body", "slug"} <= set(named):
        name = "{publisher}/{body}/{slug}".format(**named)
        return path if evidence.inspection(name) else ""
    return ""


def _area_page(named: dict[str, str]) -> str:
    area = places.area(named["area_id"])
    return area.path if area else ""
