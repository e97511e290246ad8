"""When bodies were listed, and which source says what, out of a pack: what loading one edition cannot know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.db import connection

from oneplace.large_loads import one_of_many
from oneplace.places.models import Body, Listing

_BODIES_A_TRANSACTION = 1_000
_WIDEN = "UPDATE places_body SET listed_first = %s, listed_last = %s WHERE body_id = %s"

Span = tuple[dt.date | None, dt.date | None]  # first and last listed


def restore_listings(editions: Iterable[tuple[str, str, dt.date]], spans: Mapping[str, Span]) -> None:
    """Add the days of editions (source, kind, day), and widen each body's span to the one that is given."""
    Listing.objects.bulk_create(
        [Listing(source=source, kind=kind, as_at=as_at) for source, kind, as_at in editions],
        batch_size=1_000,
        ignore_conflicts=True,
    )
    ids = sorted(spans)
    for start in range(0, len(ids), _BODIES_A_TRANSACTION):
        some = Body.objects.filter(pk__in=ids[start : start + _BODIES_A_TRANSACTION])
        changed = []
        for body_id, *were in some.values_list("body_id", "listed_first", "listed_last"):
            first, last = spans[body_id]
            wider = [
                min((day for day in (first, were[0]) if day), default=None),
                max((day for day in (last, were[1]) if day), default=None),
            ]
            if wider != were:
                changed.append((*wider, body_id))
        if changed:
            with one_of_many(), connection.cursor() as cursor:
                cursor.executemany(_WIDEN, changed)


def restore_words(said: Iterable[tuple[str, str, Mapping[str, Mapping[str, Any]]]]) -> None:
    """Say of each body (identifier, release that it stands by here) what each source's newest edition says of it.

    A body that stands by another release here, or of which more is known, stays as it is.
    """
    left = iter(said)
    while lot := list(islice(left, _BODIES_A_TRANSACTION)):
        there = Body.objects.filter(words__isnull=True).in_bulk([body_id for body_id, _, _ in lot])
        changed = []
        for body_id, release_id, words in lot:
            if (row := there.get(body_id)) is not None and row.release_id == release_id:
                row.words = dict(words)
                changed.append(row)
        if changed:
            with one_of_many():
                Body.objects.bulk_update(changed, ["words"])
