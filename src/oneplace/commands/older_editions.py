"""An edition that is older than the one that the record has, told to whoever brought it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oneplace.evidence.actions import Published


def told_of_older(published: Published) -> str:
    """Why it was kept behind, with the days that tell so."""
    if published.days:
        its, newer = (_written(day) for day in published.days)
        why = f"it describes {its}, and the edition that the record has describes {newer}"
    else:
        why = "it was fetched before the edition that the record has, which is of the same day"
    return f"kept behind a newer edition: {why}."


def _written(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
