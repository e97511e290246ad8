"""Every body of a kind on a day: all police forces, all prisons."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from oneplace.places.models import Body, BodyArea
from oneplace.places.queries.bodies import gone_since, listings


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyOfKind:
    """`areas` are those that it serves, of a body that serves whoever comes the one in which it stands.

    `is_dated`: somebody tells since when it has been there.
    """

    body_id: str
    name: str
    kind: str
    areas: tuple[str, ...]
    is_dated: bool = True


def bodies_of_kind(kinds: Iterable[str], on: dt.date) -> tuple[BodyOfKind, ...]:
    """Those of certain kinds that were open, and still listed, on a day, by name: three statements."""
    wanted = list(kinds)
    if not wanted:
        return ()
    editions = listings()
    areas: dict[str, list[str]] = defaultdict(list)
    for body_id, area_id in (
        BodyArea.objects.filter(body__kind__in=wanted).order_by("area_id").values_list("body_id", "area_id")
    ):
        areas[body_id].append(area_id)
    rows = Body.objects.filter(kind__in=wanted).values_list(
        "body_id", "name", "kind", "source", "opened", "closed", "listed_first", "listed_last"
    )
    found = []
    for body_id, name, kind, source, opened, closed, first, last in rows:
        begun, ends = opened or first, closed or gone_since(editions, source, kind, last)
        if (begun is None or begun <= on) and (ends is None or on < ends):
            found.append(
                BodyOfKind(
                    body_id=body_id,
                    name=name,
                    kind=kind,
                    areas=tuple(areas[body_id]),
                    is_dated=begun is not None,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.name, each.body_id)))
