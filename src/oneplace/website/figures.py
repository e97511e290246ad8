"""Figures as people read them: "12.3%", "£1,204", "not published: too few to tell without naming anyone"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from oneplace.indicators.views import ValueView

# Why there is no number, or what is to be known of one, in plain words.
MARKERS = {
    "suppressed": "not published: the number is too small",
    "not_available": "not available",
    "not_applicable": "does not apply here",
    "not_collected": "not collected",
    "low_reliability": "not reliable enough",
    "provisional": "provisional",
    "estimated": "estimated",
    "rounds_to_zero": "rounds to zero",
    "joint": "for several areas together",
}
ABSENCES = {
    "not_loaded": "not loaded here yet",
    "withdrawn": "withdrawn by its publisher",
    "not_provided": "not provided here",
    "not_published": "not published for this area",
}

_UNITS: dict[str, Callable[[str], str]] = {
    "percent": lambda number: f"{number}%",
    "pounds": lambda number: f"£{number}",
    "per_1000": lambda number: f"{number} per 1,000",
    "per_10000": lambda number: f"{number} per 10,000",
    "per_100000": lambda number: f"{number} per 100,000",
    "days": lambda number: f"{number} days",
    "weeks": lambda number: f"{number} weeks",
    "months": lambda number: f"{number} months",
}
SHORT_UNITS = frozenset({"percent", "pounds"})
# Beyond this many decimals a figure reads as noise, whatever its publisher's cell holds.
MOST_DECIMALS = 2


def shown(value: float | None, unit: str, decimals: int | None = None, marker: str = "") -> str:
    """A figure with its unit; where there is none, why, in words."""
    if value is None:
        return MARKERS.get(marker, marker.replace("_", " ") or "no figure")
    wanted = decimals if decimals is not None else _decimals(value)
    # A half is rounded up as people do it: 24.115 is a little less in binary, and 24.12 on paper.
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-min(wanted, MOST_DECIMALS)), ROUND_HALF_UP)
    number = f"{exact:,}"
    return _UNITS.get(unit, str)(number)


def plain_number(value: float | None) -> str:
    """A figure as files have it: all of its digits, without what binary adds ("28.5", not 28.499999999999996)."""
    return "" if value is None else f"{value:.12g}"


def told(value: float | None, unit: str, decimals: int | None, marker: str, title: str) -> str:
    """A figure that stands by itself, so that its unit is said unless the title has said it: "522.7 kilograms"."""
    number = shown(value, unit, decimals, marker)
    words = unit.replace("_", " ")
    if value is None or unit in _UNITS or words in ("", "number") or words.casefold() in title.casefold():
        return number
    # "Residual waste a household: 522.7 kilograms a household" says one thing twice.
    head, a, tail = words.partition(" a ")
    return f"{number} {head}" if a and title.endswith(f"a {tail}") else f"{number} {words}"


# A trend is told from a figure of so many years before the newest, or of fewer where there is none.
TREND_YEARS = 5
_YEARS = {1: "a year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}


def trend_words(values: Sequence[ValueView], unit: str, decimals: int | None = None) -> str:
    """ "up from 24.1% five years before", of values with the oldest first; "" where none is like the newest.

    Like it is one of the same sort of period that ended on the same day of an earlier year.
    """
    if not values or values[-1].value is None:
        return ""
    newest, value = values[-1], values[-1].value
    for each in values[:-1]:
        years = newest.ends.year - each.ends.year
        if each.value is None or not 1 <= years <= TREND_YEARS:
            continue
        if each.kind != newest.kind or each.ends.month != newest.ends.month:
            continue
        before, ago = shown(each.value, unit, decimals), f"{_YEARS[years]} before"
        if before == shown(value, unit, decimals):
            return f"the same as {ago}"
        return f"{'up' if value > each.value else 'down'} from {before} {ago}"
    return ""


def _decimals(value: float) -> int:
    """As many as the figure itself has, up to two: 7 is "7", 7.25 is "7.25"."""
    if value == round(value):
        return 0
    return 1 if abs(value * 10 - round(value * 10)) < 1e-9 else MOST_DECIMALS


def unit_words(unit: str) -> str:
    """What the figures count, for the head of a table: "per 10,000"."""
    words = {"percent": "per cent", "pounds": "£", "number": "number"}
    if unit.startswith("per_") and unit.removeprefix("per_").isdigit():
        return f"per {int(unit.removeprefix('per_')):,}"
    return words.get(unit, unit.replace("_", " "))
