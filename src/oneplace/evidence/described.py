"""Which day an edition describes: what tells which of two is the newer, and how old it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Max

from oneplace.evidence.contents import Contents
from oneplace.evidence.models import Release, Statement
from oneplace.evidence.said import in_lots
from oneplace.indicators import queries as indicators
from oneplace.records import ADDED


class Described(NamedTuple):
    """What an edition tells of the day it describes; each None where it does not.

    `last_period`: the last day of its latest statistics. `as_at`: the day that it says, in itself or in its name.
    `last_published`: when the newest inspection of a table came out; of one report it says nothing of the edition.
    """

    last_period: dt.date | None = None
    as_at: dt.date | None = None
    last_published: dt.date | None = None

    @property
    def day(self) -> dt.date | None:
        """The day for people to read."""
        return self.as_at or self.last_period or self.last_published

    def against(self, other: Described) -> tuple[dt.date, dt.date] | None:
        """This one's day and the other's, by the first thing that both tell and that differs; None where none does."""
        for mine, its in zip(self, other, strict=True):
            if mine is not None and its is not None and mine != its:
                return mine, its
        return None


def coming(release: Release, contents: Contents) -> Described:
    """Of an edition on its way in."""
    is_table = _is_list(release) and not release.is_snapshot
    published = (each.published for each in contents.inspections if each.published) if is_table else ()
    return Described(
        last_period=max((ends for _, ends in contents.of_periods), default=None),
        as_at=release.as_at,
        last_published=max(published, default=None),
    )


def described(releases: Iterable[Release]) -> dict[int, Described]:
    """Of releases that the record has, by key; two queries for some hundreds of them."""
    rows = list(releases)
    periods = indicators.periods_of(row.public_id for row in rows)
    tables = [row.pk for row in rows if _is_list(row) and not row.is_snapshot]
    published: dict[int, dt.date] = {}
    for some in in_lots(tables):
        newest = Statement.objects.filter(release__in=some, published__isnull=False).order_by()
        published.update(newest.values_list("release_id").annotate(last=Max("published")))
    return {
        row.pk: Described(
            last_period=max((ends for _, ends in periods.get(row.public_id, ())), default=None),
            as_at=row.as_at,
            last_published=published.get(row.pk),
        )
        for row in rows
    }


def _is_list(release: Release) -> bool:
    """Whether it is a table of many, or rows that were added to one, and not a report."""
    return not release.slot or release.slot.startswith(ADDED)
