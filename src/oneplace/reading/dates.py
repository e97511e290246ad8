"""Dates as the reports print them: "29 October 2018 to 9 November 2018", "17 and 18 May 2023", "11–22 July 2022"."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    name: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
}
_ABBREVIATED = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(MONTHS) + "|" + "|".join(sorted(_ABBREVIATED, key=len, reverse=True))
# A day with its ordinal ending, then perhaps a month, then perhaps a year.
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\b(?:\s+(?:of\s+)?({_MONTH})\b\.?)?(?:,?\s+(\d{{4}})\b(?!\d))?",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"\b(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?({_MONTH})\b\.?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def _month(name: str) -> int:
    return MONTHS.get(name.lower()) or _ABBREVIATED[name.lower()]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def first_date(text: str) -> dt.date | None:
    """The first full date ("18 July 2014", "18/07/2014") in the text, or None."""
    for match in _FULL.finditer(text):
        if found := _date(int(match[3]), _month(match[2]), int(match[1])):
            return found
    for match in _NUMERIC.finditer(text):
        if found := _date(int(match[3]), int(match[2]), int(match[1])):
            return found
    return None


def _in_words(numeric: re.Match[str]) -> str:
    """ "24/02/2015" as "24 february 2015"; what is no date stays as it is."""
    names = list(MONTHS)
    month = int(numeric[2])
    return f"{numeric[1]} {names[month - 1]} {numeric[3]}" if 1 <= month <= 12 else numeric[0]


def period(text: str, year: int | None = None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of what is printed; one date is both; (None, None) where there is none.

    A day without month or year takes those of the next day that has them ("5, 6 and 12 May 2021"). `year` stands in
    where no day has one. Of several periods of fieldwork, the first start and the last end.
    """
    days: list[tuple[int, int | None, int | None]] = [
        (int(m[1]), _month(m[2]) if m[2] else None, int(m[3]) if m[3] else None)
        for m in _DAY.finditer(_NUMERIC.sub(_in_words, text))
    ]
    month: int | None = None
    known_year = year
    found: list[dt.date] = []
    for day, own_month, own_year in reversed(days):
        month = own_month or month
        known_year = own_year or known_year
        if month is None or known_year is None:
            continue
        one = _date(known_year, month, day)
        if one and found and one > found[-1] and own_year is None:
            # "12 December to 6 January 2020": the earlier day belongs to the year before.
            one = _date(known_year - 1, month, day)
        if one:
            found.append(one)
    if not found:
        return None, None
    return found[-1], found[0]
