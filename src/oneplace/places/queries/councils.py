"""Which council a publication means by a number, a code or a name."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from oneplace.places.models import Area
from oneplace.places.names import bare, fold
from oneplace.places.queries.areas import predecessors, successors
from oneplace.records import BodyRef


def council_for(body: BodyRef, on: dt.date | None) -> str | None:
    """By Ofsted's number, else by GSS code (old or new), else by name.

    None where nobody is meant; where no council ever had the code; or where the code is of one and the name of another.
    Which of them is a slip, a person tells.
    """
    candidates: tuple[Area, ...] = ()
    if body.urn:
        candidates = _by_code("ofsted_urn", body.urn.strip())
    if not candidates and body.gss_code:
        candidates = _by_code("gss", body.gss_code.strip())
        if not candidates:
            return None
    named = _by_name(body.name) if body.name else ()
    if candidates and named and not _are_kin(candidates, named):
        return None
    chosen = _of_the_day(candidates or named, on)
    return chosen.area_id if chosen else None


def _are_kin(some: tuple[Area, ...], others: tuple[Area, ...]) -> bool:
    """Whether one is among both, or came before or after one of the others: codes and names outlive councils."""
    ids = {row.area_id for row in others}
    if any(row.area_id in ids for row in some):
        return True
    return any(
        other.area_id in ids
        for row in some
        for lineage in (predecessors, successors)
        for other in lineage(row.area_id)
    )


# Thousands of statements are matched in one load: these read an area's own row and nothing else.


def _by_code(scheme: str, code: str) -> tuple[Area, ...]:
    return tuple(Area.objects.filter(codes__scheme=scheme, codes__code=code))


def _by_name(name: str) -> tuple[Area, ...]:
    """The areas of that very name, and those of that name without its style."""
    folded = fold(name)
    if not folded:
        return ()
    return tuple(Area.objects.filter(Q(names__folded=folded) | Q(names__bare=bare(folded))).distinct())


def _of_the_day(candidates: tuple[Area, ...], on: dt.date | None) -> Area | None:
    """The one candidate that was there, preferring those responsible for children's social care."""
    with_children = tuple(row for row in candidates if row.childrens_services) or candidates
    if on is None:
        narrowed = tuple(row for row in with_children if row.end is None) or with_children
    else:
        narrowed = tuple(row for row in with_children if _was_there(row, on)) or with_children
    if len(narrowed) != 1:
        return None
    (found,) = narrowed
    return found if on is None or _was_there(found, on) else _in_its_place(found, on) or found


def _was_there(row: Area, on: dt.date) -> bool:
    return (row.start is None or row.start <= on) and (row.end is None or on < row.end)


def _in_its_place(row: Area, on: dt.date) -> Area | None:
    """Who ran its services on a day outside its time, where that was one authority alone."""
    lineage = predecessors if row.start is not None and on < row.start else successors
    there = [other for other in lineage(row.area_id) if other.childrens_services and other.existed(on)]
    return Area.objects.get(area_id=there[0].area_id) if len(there) == 1 else None
