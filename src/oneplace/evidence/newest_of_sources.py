"""The newest inspection that each source tells of: what a table without a day of its own is as old as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Max, Q
from django.db.models.functions import Coalesce

from oneplace.evidence.models import State, Statement
from oneplace.frameworks import frameworks
from oneplace.wording import as_precise


@dataclass(frozen=True, slots=True)
class Newest:
    """When it was published or, where its source does not tell that, when inspectors were there.

    `precision`: how exactly the day is known, see `InspectionRecord.date_precision`.
    """

    day: dt.date
    precision: str
    kind: str  # "inspection", "visit", "rating" or "notice", as its framework has it, or "report"
    is_published: bool

    @property
    def in_words(self) -> str:
        """ "newest inspection published 3 May 2025", "newest inspection in December 2024"."""
        when = as_precise(self.day, self.precision)
        if self.is_published:
            return f"newest {self.kind} published {when}"
        return f"newest {self.kind} {when if when.startswith('in ') else f'on {when}'}"


def newest_of_sources(reports: Iterable[str]) -> dict[str, Newest]:
    """Of each source that has told of an inspection in a live table; `reports` are the sources without tables.

    A snapshot says itself as at which day it is, and each report is a release with its own day. Of a round alone no
    day is known.
    """
    rows = (
        Statement.objects.filter(release__state=State.LIVE, release__is_snapshot=False)
        .exclude(release__source__in=list(reports))
        .exclude(published__isnull=True, date_precision="round")
        .order_by()
        .annotate(is_unpublished=ExpressionWrapper(Q(published=None), BooleanField()))
        .values_list("release__source", "framework", "date_precision", "is_unpublished")
        .annotate(last=Max(Coalesce("published", "inspection_end", "inspection_start")))
    )
    found: dict[str, Newest] = {}
    kinds = {each.family: each.kind for each in frameworks().values()}
    for source, framework, precision, is_unpublished, last in rows:
        if last is None or (source in found and found[source].day >= last):
            continue
        found[source] = Newest(last, precision, kinds.get(framework, "inspection"), not is_unpublished)
    return found
