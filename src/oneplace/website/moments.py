"""When an inspection was, and how old it is, as exactly as its source tells it and no more."""

from __future__ import annotations

import datetime as dt

from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.frameworks.currency import Currency, currency
from oneplace.wording import as_precise, many, span

# From this many months on an age is told in years and months.
_YEAR = 12


def when(one: InspectionView) -> str:
    """ "published 14 December 2018", "inspected in July 2019", "inspected in 2016", "on a day not known".

    "" where its source tells the round alone: that is in the framework's name.
    """
    first, last = one.inspection_start, one.inspection_end
    if one.date_precision == "round":
        return ""
    if one.published:
        return f"published {as_precise(one.published, one.date_precision)}"
    if known := last or first:
        return f"inspected {as_precise(known, one.date_precision)}"
    return "on a day not known"


def dated(one: InspectionView) -> dt.date | None:
    """The day from which its age counts: the inspection's last day, else the day of publication."""
    return one.inspection_end or one.inspection_start or one.published


def _begins(one: InspectionView, kind: str) -> str:
    """What happened on that day: "Inspected", "Published", or "Given"."""
    if kind in ("notice", "rating"):
        return "Given"
    return "Inspected" if one.inspection_end or one.inspection_start else "Published"


def standing(one: InspectionView, on: dt.date, closed: dt.date | None = None) -> Currency:
    """How the inspection's rating stands on a day by its framework's own rule."""
    edition = framework(one.framework)
    main = one.overall or (one.judgements[0] if one.judgements else None)
    return currency(edition, dated(one), on, grade=main.grade if main else None, closed=closed)


def standing_words(
    one: InspectionView, on: dt.date, closed: dt.date | None = None, *, others_follow: bool = False
) -> str:
    """ "Inspected four years ago. The next was expected by March 2024."

    Where its source tells no more than the year, the age is in whole years and nothing is reckoned from it; a round
    is years long, and has no age. A notice is given when something is wrong: no next one is ever expected.
    `others_follow`: inspections by other rules have taken the place of this kind.
    """
    found = standing(one, on, closed)
    if found.state == "withdrawn":
        return "Closed, or its rating was withdrawn."
    is_exact = one.date_precision in ("day", "month")
    kind = framework(one.framework).kind
    parts = []
    if one.date_precision == "round":
        parts.append(f"{_begins(one, kind)} in that round: the day is not told.")
    elif found.months_ago is not None:
        ago = _months(found.months_ago) if is_exact else _about(found.months_ago)
        parts.append(f"{_begins(one, kind)} {ago} ago.")
    if kind == "notice":
        return " ".join(parts)
    if found.state == "ended_framework":
        parts.append(
            "Inspections of this kind have ended: the next is by newer rules."
            if others_follow
            else "Inspections of this kind have ended."
        )
    elif found.state == "no_current_rating":
        parts.append("No current rating.")
    if is_exact:
        parts.append(_next(found, on, is_typed=one.is_third_party))
    return " ".join(part for part in parts if part)


def age_if_overdue(one: InspectionView, on: dt.date, closed: dt.date | None = None) -> str:
    """ "eight years ago" of a rating whose successor was to be expected by the day; "" of any other."""
    found = standing(one, on, closed)
    if found.state != "overdue" or found.months_ago is None or one.date_precision == "round":
        return ""
    years = found.months_ago // _YEAR
    return f"{many(years, 'year')} ago" if years else ""


def _next(found: Currency, on: dt.date, *, is_typed: bool) -> str:
    """When the next one is, or was, to be expected by the framework's own rule."""
    first, last = found.expected_from, found.expected_until
    if last and found.state == "overdue":
        why = "one that came may not have been typed in" if is_typed else "none is held here"
        return f"The next was expected by {last:%B %Y}: {why}."
    if first and last:
        begins, ends = f"{first:%B %Y}", f"{last:%B %Y}"
        return f"The next is expected {f'in {ends}' if begins == ends else f'between {begins} and {ends}'}."
    if last:
        return f"The next is expected by {last:%B %Y}."
    if first and first > on:
        return f"The next is not expected before {first:%B %Y}."
    return ""


def _about(months: int) -> str:
    years = round(months / _YEAR)
    return f"about {many(years, 'year')}" if years else "less than a year"


def _months(count: int) -> str:
    if count < 1:
        return "less than a month"
    if count < _YEAR:
        return many(count, "month")
    return span(dt.date(2000, 1, 1), dt.date(2000 + count // 12, 1 + count % 12, 1))
