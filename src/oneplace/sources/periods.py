"""The periods of statistics: how publications write them, how people do, and the last day of each."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from oneplace.sources.days import end_of_month

# Which year a publication's "2023" is, by what ends in it. A collection at one time of the year ("a January
# census", "a count on a night in autumn") ends with its month.
Year = Literal["calendar", "financial", "academic", "to_september", "to_june", "january", "autumn"]

LAST_DAY: dict[Year, tuple[int, int]] = {
    "calendar": (12, 31),
    "financial": (3, 31),
    "academic": (8, 31),
    "to_september": (9, 30),
    "to_june": (6, 30),
    "january": (1, 31),
    "autumn": (11, 30),
}

# English councils' statistics are all later than their modern areas, and none is of a year that is far ahead.
EARLIEST = 1965
AHEAD = 2

_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT = re.compile(r"((?:19|20)\d\d)[-/](\d\d)")  # 2022-23, 2022/23; 2014-16 is three years
_SPLITS = re.compile(r"((?:19|20)\d\d)[-/](\d\d)-(\d\d)[-/](\d\d)")  # 2013/14-15/16
_QUARTER = re.compile(r"((?:19|20)\d\d) ?Q([1-4])")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENDING = re.compile(rf"\byear ending ({'|'.join(MONTHS)}) ((?:19|20)\d\d)\b")
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")

Period = tuple[str, dt.date]


def year_period(text: str, year: Year) -> Period | None:
    """ "2023", "2022/23", "2014-16" or "2013/14-15/16" as people write it, with its last day; else None.

    Years that follow each other are one ("2022-23"), others are a span of whole years ("2014 to 2016"). A year
    before 1965, or more than two ahead, is none.
    """
    found = _year_period(text, year)
    return found if found and _is_likely(int(found[0][:4]), found[1]) else None


def _is_likely(first: int, last: dt.date) -> bool:
    """Whether a period begins and ends in years that statistics of councils may be of."""
    return first >= EARLIEST and last.year <= dt.datetime.now(dt.UTC).year + AHEAD


def _year_period(text: str, year: Year) -> Period | None:
    if _YEAR.fullmatch(text):
        return text, _last(int(text), year)
    if found := _SPLIT.fullmatch(text):
        first, last = int(found[1]), _following(int(found[1]), int(found[2]))
        if last == first + 1:
            return f"{first}-{found[2]}", _last(last, year)
        return (f"{first} to {last}", _last(last, year)) if first < last <= first + 10 else None
    if found := _SPLITS.fullmatch(text):
        first, begun = int(found[1]), _following(int(found[1]), int(found[3]))
        last = _following(first, int(found[4]))
        whole = _following(first, int(found[2])) == first + 1 and last == begun + 1 and first < begun
        label = f"{first}-{found[2]} to {begun}-{found[4]}"
        return (label, _last(last, year)) if whole and last <= first + 10 else None
    return None


def quarter_period(text: str, *, first_month: int = 1) -> Period | None:
    """ "2025Q2" with its last day; else None.

    Where the year begins in April (`first_month` 4), 2025 Q2 is July to September 2025 and is written
    "2025-26 Q2", so that nobody takes it for April to June.
    """
    if not (found := _QUARTER.fullmatch(text)):
        return None
    year, number = int(found[1]), int(found[2])
    months = first_month - 1 + 3 * number  # from January of that year to the quarter's end
    label = f"{year} Q{number}" if first_month == 1 else f"{year}-{(year + 1) % 100:02} Q{number}"
    last = end_of_month(year, months)
    return (label, last) if _is_likely(year, last) else None


def month_period(text: str) -> Period | None:
    """ "2025-10" with its last day; else None."""
    if not (found := _MONTH.fullmatch(text)):
        return None
    last = end_of_month(int(found[1]), int(found[2]))
    return (text, last) if _is_likely(last.year, last) else None


def year_ending(text: str) -> Period | None:
    """The period of a title that has "year ending June 2025" in it, as "year to June 2025"; else None."""
    if not (found := _ENDING.search(text)):
        return None
    name, year = found.groups()
    last = end_of_month(int(year), MONTHS.index(name) + 1)
    return (f"year to {name} {year}", last) if _is_likely(last.year, last) else None


def _following(first: int, two_figures: int) -> int:
    """The year of two figures that comes first from `first` on."""
    year = first - first % 100 + two_figures
    return year if year >= first else year + 100


def _last(year: int, kind: Year) -> dt.date:
    return dt.date(year, *LAST_DAY[kind])
