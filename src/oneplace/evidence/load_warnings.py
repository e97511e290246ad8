"""What a person who loads a release should know of it, though it is no reason to refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oneplace.evidence.identities import BODY_UNKNOWN, Found
from oneplace.records import Address

# So many are named in a warning; the change log and the review queue have all.
_NAMED = 10


def of_nobody(found: Iterable[Found]) -> list[str]:
    """Each inspection of a body that the record does not know, with the row that says so."""
    unknown = [each for one in found for each in one.problems if each.kind == BODY_UNKNOWN]
    told = [
        f"{place}: {each.message}" if (place := _place(each.address)) else each.message for each in unknown
    ]
    more = len(told) - _NAMED
    return [*told[:_NAMED], *([f"and {more:,} more of bodies that are not known"] if more > 0 else [])]


def _place(address: Address) -> str:
    sheet = f"sheet {address.sheet}, " if address.sheet else ""
    return f"{sheet}row {address.row}" if address.row else ""


def no_longer_held(names: Sequence[str]) -> list[str]:
    """That inspections are no longer held, as the new edition leaves them out: a person sees whether that is right."""
    if not names:
        return []
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return [f"in the edition before and not in this one, so no longer held: {listed}"]
