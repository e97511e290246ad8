"""Periods and numbers, as people write them.

Two values are comparable in time where their periods are of one kind: a financial year with a financial
year, a month with a month. The kind comes from what is written and from the last day together, as "2009-10"
is a month where it ends on 31 October 2009 and a year where it ends on 31 March 2010.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_QUARTER = re.compile(r"^(?:19|20)\d\d(?:-\d\d)? ?Q[1-4]$")
_MONTH = re.compile(r"^((?:19|20)\d\d)-(0[1-9]|1[0-2])$")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d|\d\d)(?!\d)")
_DAY = re.compile(r"^(?:19|20)\d\d-\d\d-\d\d$")


def kind(period: str, ends: dt.date) -> str:
    """What sort of period it is, in words: "year to 31 March", "3 years to 31 December", "quarter", "month"."""
    written = period.split("(")[0].strip()
    if _QUARTER.match(written):
        return "quarter"
    if _DAY.match(written):
        return "day"
    if (month := _MONTH.match(written)) and (int(month[1]), int(month[2])) == (ends.year, ends.month):
        return "month"
    years = [int(found) % 100 for found in _YEARS.findall(written)]
    if not years:
        return written.casefold()
    # The last of February is one day in three years and another in the fourth.
    day = "the end of February" if ends.month == 2 else f"{ends.day} {calendar.month_name[ends.month]}"
    # "2015-17" is three calendar years, but two of any other: those begin in the year before.
    length = max(1, (years[-1] - years[0]) % 100 + (ends.month == 12 and len(years) > 1))
    return f"year to {day}" if length == 1 else f"{length} years to {day}"


def in_words(period: str, ends: dt.date) -> str:
    """A period as people say it: of "2025-26 Q2" "July to September 2025", of a month "October 2009"."""
    sort = kind(period, ends)
    if sort == "month":
        return f"{calendar.month_name[ends.month]} {ends.year}"
    if sort != "quarter":
        return period
    first = (ends.month - 3) % 12 + 1
    year = f" {ends.year - 1}" if first > ends.month else ""
    return f"{calendar.month_name[first]}{year} to {calendar.month_name[ends.month]} {ends.year}"


def plain(value: float) -> str:
    """A number as it is: "12", "12.13", "0.5"; no thousands separators, no noughts at the end."""
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


def same_number(printed: str, value: float | None) -> bool:
    """Whether what was printed is just the number, so that it need not be kept beside it."""
    return value is not None and printed == plain(value)
