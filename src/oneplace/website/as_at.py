"""The day that a page is about: today, or the one in `?as-at=2018-12-20`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

# On this day councils and their areas became those of the register; the first ratings held are of December.
FIRST_DAY = dt.date(2009, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsAt:
    """`day` is what the page is about. `chosen` is false where it is simply today. `problem` says what was wrong."""

    day: dt.date
    chosen: bool
    typed: str
    problem: str

    @property
    def asked(self) -> dt.date | None:
        """For the record's queries: None is everything published by now."""
        return self.day if self.chosen else None

    @property
    def query(self) -> str:
        """What keeps the day in a link to another page."""
        return f"?as-at={self.day.isoformat()}" if self.chosen else ""


def as_at(request: HttpRequest) -> AsAt:
    """The day asked for. A date that cannot be read leaves today, with the problem in words."""
    return as_at_of(request.GET.get("as-at", ""))


def as_at_of(typed: str) -> AsAt:
    """The same of a date as it was typed."""
    today = timezone.localdate()
    typed = typed.strip()
    if not typed:
        return AsAt(day=today, chosen=False, typed="", problem="")
    try:
        chosen = dt.date.fromisoformat(typed)
    except ValueError:
        problem = f"“{typed[:40]}” is not a date: write it like 2018-12-20. The page is as at today."
        return AsAt(day=today, chosen=False, typed=typed[:40], problem=problem)
    if chosen < FIRST_DAY:
        problem = "The record begins in April 2009: choose a date from 2009-04-01. The page is as at today."
        return AsAt(day=today, chosen=False, typed=typed, problem=problem)
    if chosen > today:
        problem = f"{typed} is in the future. The page is as at today."
        return AsAt(day=today, chosen=False, typed=typed, problem=problem)
    if chosen == today:
        return AsAt(day=today, chosen=False, typed=today.isoformat(), problem="")
    return AsAt(day=chosen, chosen=True, typed=typed, problem="")
