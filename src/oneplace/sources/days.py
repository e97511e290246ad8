"""Days: which of them a publication can tell of, and how publications write them."""

from __future__ import annotations

import datetime as dt

# Children's services, their inspections and the registers of them are all later than this and, for a
# printed date, none is more than a year ahead: anything else is a slip of the keys.
EARLIEST = dt.date(1965, 4, 1)


def latest_day() -> dt.date:
    """The last day that a publication of today can tell of."""
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=366)


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month; months go on counting after December."""
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def day_in_words(text: str) -> dt.date | None:
    """ "31 March 2025" or "31 Mar 2025"; None where it is no day."""
    for layout in ("%d %B %Y", "%d %b %Y"):
        try:
            return dt.datetime.strptime(text, layout).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None
