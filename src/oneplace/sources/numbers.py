"""Numbers as publications write them."""

from __future__ import annotations

import math
import re

# A sheet's numbers may come as 5e-05.
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def number_in(text: str, *, thousands: bool = False) -> float | None:
    """The number that a cell says, or None where it is not one. `thousands`: it may be written 1,234.

    What no number of ours can hold (1e999) is none.
    """
    if thousands and _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None
