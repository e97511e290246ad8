"""When bodies were listed, out of a pack: what loading an edition cannot know of the editions before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from oneplace.places.models import Body, Listing

_BODIES_A_TRANSACTION = 1_000

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
        some = Body.objects.in_bulk(ids[start : start + _BODIES_A_TRANSACTION])
        changed = []
        for body_id, body in some.items():
            first, last = spans[body_id]
            wider = (
                min((day for day in (first, body.listed_first) if day), default=None),
                max((day for day in (last, body.listed_last) if day), default=None),
            )
            if wider != (body.listed_first, body.listed_last):
                body.listed_first, body.listed_last = wider
                changed.append(body)
        with transaction.atomic():
            Body.objects.bulk_update(changed, ["listed_first", "listed_last"], batch_size=250)
