"""How much of each kind of inspection the record has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from oneplace.evidence.models import State, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFamily:
    """What live releases say under one family of frameworks. The days are of publication, None where nobody tells."""

    family: str
    inspections: int
    bodies: int
    first: dt.date | None
    last: dt.date | None


def held_families() -> tuple[HeldFamily, ...]:
    """Of each family of which there is something: one question."""
    rows = (
        Statement.objects.filter(release__state=State.LIVE, inspection__isnull=False)
        .values("framework")
        .annotate(
            inspections=Count("inspection_id", distinct=True),
            bodies=Count("inspection__body_id", distinct=True),
            first=Min("published"),
            last=Max("published"),
        )
        .order_by("framework")
    )
    return tuple(
        HeldFamily(
            family=row["framework"],
            inspections=row["inspections"],
            bodies=row["bodies"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    )
