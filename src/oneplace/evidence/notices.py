"""Of notices, which are given only when something is wrong, how many are held: what their absence is worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce

from oneplace.evidence.models import Statement
from oneplace.evidence.said import held
from oneplace.frameworks import frameworks


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesHeld:
    """A kind of notice, how many the record holds of all bodies, and the years of the first and the last."""

    name: str
    count: int
    first_year: int
    last_year: int


def notices_held(service: str, as_at: dt.date) -> tuple[NoticesHeld, ...]:
    """The kinds of notice of a service that may be given on a day and of which the record holds any by then."""
    kinds = {
        each.family: each.name
        for each in frameworks().values()
        if each.kind == "notice"
        and each.service == service
        and each.starts <= as_at
        and (each.ends is None or as_at <= each.ends)
    }
    if not kinds:
        return ()
    dated = Statement.objects.annotate(dated=Coalesce("published", "inspection_end", "inspection_start"))
    rows = (
        dated.filter(held(None), framework__in=kinds, dated__lte=as_at)
        .values("framework")
        .annotate(many=Count("inspection_id", distinct=True), first=Min("dated"), last=Max("dated"))
        .order_by("framework")
    )
    return tuple(
        NoticesHeld(
            name=kinds[row["framework"]],
            count=row["many"],
            first_year=row["first"].year,
            last_year=row["last"].year,
        )
        for row in rows
    )
