"""Dates, spans, numbers and lists in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


def day(date: dt.date) -> str:
    """ "14 December 2018"."""
    return f"{date.day} {date:%B %Y}"


def as_precise(date: dt.date, precision: str) -> str:
    """A date as exactly as its source tells it: "14 December 2018", "in July 2019", "in 2016"."""
    if precision == "month":
        return f"in {date:%B %Y}"
    if precision in ("year", "round"):
        return f"in {date:%Y}"
    return day(date)


def number(value: int) -> str:
    """In words up to ten."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def many(value: int, one: str, more: str | None = None) -> str:
    """ "one council", "three councils"."""
    return f"{number(value)} {one if value == 1 else more or one + 's'}"


def span(earlier: dt.date, later: dt.date) -> str:
    """Whole years and months between two dates; days where it is under a month."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    years, rest = divmod(months, 12)
    if months < 1:
        days = (later - earlier).days
        return many(days, "day") if days else "the same day"
    return listed([many(value, word) for value, word in ((years, "year"), (rest, "month")) if value])


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
