"""The bodies around an area, those that serve it and those that stand in it, in two statements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oneplace.places.models import BodyArea
from oneplace.places.queries.bodies import COUNCIL, SERVES, STANDS_IN, gone_since, listings


@dataclass(frozen=True, slots=True, kw_only=True)
class NearBody:
    """A body as a link and a line need it. `closed` is its last day, or the first on which nobody listed it."""

    body_id: str
    name: str
    kind: str
    opened: dt.date | None
    closed: dt.date | None

    def was_open(self, on: dt.date) -> bool:
        return (self.opened is None or self.opened <= on) and (self.closed is None or on < self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`serving`: whose public service the area's is, or was; its own council first, then other councils.

    `standing`: those found there that were open, and still listed, on the day. Both by kind and name.
    """

    serving: tuple[NearBody, ...]
    standing: tuple[NearBody, ...]

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The identifiers of those of a kind that stand there."""
        return tuple(each.body_id for each in self.standing if each.kind == kind)


def around(area_id: str, on: dt.date) -> Around:
    """Whoever serves an area or stands in it, on a day."""
    rows = BodyArea.objects.filter(area_id=area_id).values_list(
        "role",
        "body_id",
        "body__name",
        "body__kind",
        "body__opened",
        "body__closed",
        "body__source",
        "body__listed_first",
        "body__listed_last",
    )
    editions = listings()
    found: dict[str, list[NearBody]] = {SERVES: [], STANDS_IN: []}
    for role, body_id, name, kind, opened, closed, source, first, last in rows:
        gone = gone_since(editions, source, kind, last)
        found[role].append(
            NearBody(
                body_id=body_id,
                name=name,
                kind=kind,
                opened=opened or (first if role == STANDS_IN else None),
                closed=min((day for day in (closed, gone) if day), default=None),
            )
        )

    def order(one: NearBody) -> tuple[bool, bool, str, str, str]:
        return one.body_id != area_id, one.kind != COUNCIL, one.kind, one.name, one.body_id

    return Around(
        serving=tuple(sorted(found[SERVES], key=order)),
        standing=tuple(sorted((each for each in found[STANDS_IN] if each.was_open(on)), key=order)),
    )


def serving_each(area_ids: Iterable[str]) -> Mapping[str, Around]:
    """The bodies that serve each of several areas, as in `around`: one statement, and nobody standing there."""
    rows = BodyArea.objects.filter(area_id__in=list(area_ids), role=SERVES).values_list(
        "area_id", "body_id", "body__name", "body__kind", "body__opened", "body__closed"
    )
    found: dict[str, list[NearBody]] = defaultdict(list)
    for area_id, body_id, name, kind, opened, closed in rows:
        found[area_id].append(NearBody(body_id=body_id, name=name, kind=kind, opened=opened, closed=closed))
    return {
        area_id: Around(
            serving=tuple(
                sorted(
                    some, key=lambda one: (one.body_id != area_id, one.kind != COUNCIL, one.kind, one.name)
                )
            ),
            standing=(),
        )
        for area_id, some in found.items()
    }
