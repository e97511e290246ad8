"""When an inspection was, and how old it is, as exactly as its source tells it and no more."""

from __future__ import annotations

import datetime as dt

from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.frameworks.currency import Currency, currency
from oneplace.wording import day, many, span

# From this many months on an age is told in years and months.
_YEAR = 12


def when(one: InspectionView) -> str:
    """ "published 14 December 2018", "inspected in July 2019", "inspected in 2016", "on a day not known"."""
    first, last = one.inspection_start, one.inspection_end
    if one.date_precision == "round" and first and last:
        return f"in the round of {first:%B %Y} to {last:%B %Y}"
    if one.published:
        return f"published {_as_precise(one.published, one.date_precision)}"
    if known := last or first:
        return f"inspected {_as_precise(known, one.date_precision)}"
    return "on a day not known"


def _as_precise(date: dt.date, precision: str) -> str:
    if precision == "month":
        return f"in {date:%B %Y}"
    if precision in ("year", "round"):
        return f"in {date:%Y}"
    return day(date)


def dated(one: InspectionView) -> dt.date | None:
    """The day from which its age counts: the inspection's last day, else the day of publication."""
    return one.inspection_end or one.inspection_start or one.published


def standing(one: InspectionView, on: dt.date, closed: dt.date | None = None) -> Currency:
    """How the inspection's rating stands on a day by its framework's own rule."""
    edition = framework(one.framework)
    main = one.overall or (one.judgements[0] if one.judgements else None)
    return currency(edition, dated(one), on, grade=main.grade if main else None, closed=closed)


def standing_words(found: Currency, on: dt.date, precision: str = "day") -> str:
    """ "Inspected four years ago. The next was expected by March 2024."

    With a `precision` of a year or a round the age is in whole years, and nothing is reckoned from it.
    """
    if found.state == "withdrawn":
        return "Closed, or its rating was withdrawn."
    if found.state == "never_inspected":
        return "Not inspected yet."
    parts = []
    is_exact = precision in ("day", "month")
    if found.months_ago is not None:
        ago = _months(found.months_ago) if is_exact else _about(found.months_ago)
        parts.append(f"Inspected {ago} ago.")
    if found.state == "ended_framework":
        parts.append("Inspections of this kind have ended.")
    elif found.state == "no_current_rating":
        parts.append("No current rating.")
    if not is_exact:
        return " ".join(parts)
    if found.expected_until and found.state == "overdue":
        parts.append(f"The next was expected by {found.expected_until:%B %Y}: this is older than the rule.")
    elif found.expected_from and found.expected_until:
        first, last = f"{found.expected_from:%B %Y}", f"{found.expected_until:%B %Y}"
        between = f"in {last}" if first == last else f"between {first} and {last}"
        parts.append(f"The next is expected {between}.")
    elif found.expected_until:
        parts.append(f"The next is expected by {found.expected_until:%B %Y}.")
    elif found.expected_from and found.expected_from > on:
        parts.append(f"The next is not expected before {found.expected_from:%B %Y}.")
    return " ".join(parts)


def _about(months: int) -> str:
    years = round(months / _YEAR)
    return f"about {many(years, 'year')}" if years else "less than a year"


def _months(count: int) -> str:
    if count < 1:
        return "less than a month"
    if count < _YEAR:
        return many(count, "month")
    return span(dt.date(2000, 1, 1), dt.date(2000 + count // 12, 1 + count % 12, 1))
