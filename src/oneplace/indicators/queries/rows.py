"""What a row of a release says."""

from __future__ import annotations

from django.db.models import Q

from oneplace.indicators.models import DatasetState, Value
from oneplace.indicators.queries.values import values_of
from oneplace.indicators.views import ValueView

# A row of a wide table has a value a column; the widest of the tables that are read has 90.
MOST_OF_A_ROW = 400


def in_row(release_id: str, row: int, sheet: str | None = None, measure: str = "") -> tuple[ValueView, ...]:
    """The values that a release has in one row, live or superseded, in the order they were read.

    `measure` keeps those of one: quick, where the whole row would be looked for in every value of the release.
    """
    where = Q(dataset__release_id=release_id, row=row)
    if sheet:
        where &= Q(sheet=sheet)
    if measure:
        where &= Q(measure__key=measure)
    found = Value.objects.filter(where).exclude(dataset__state=DatasetState.PENDING).order_by("pk")
    return tuple(values_of(found[:MOST_OF_A_ROW]))
