"""What of the places came with one release: to hold the next edition of its table against."""

from __future__ import annotations

import datetime as dt

from oneplace.places.models import Area, Body, BodyArea, Boundary, CodeName, Similar
from oneplace.places.postcodes import opened
from oneplace.places.postcodes.index import NoPostcodes


def held_of_release(release_id: str) -> dict[str, int]:
    """How many areas, likenesses, boundaries and names of areas stand in the record as the release has them."""
    return {
        what: rows.count()
        for what, rows in (
            ("areas", Area.objects.filter(release_id=release_id)),
            ("likenesses", Similar.objects.filter(release_id=release_id)),
            ("boundaries", Boundary.objects.filter(release_id=release_id)),
            ("names of areas", CodeName.objects.filter(release_id=release_id)),
        )
    }


def bodies_listed(source: str, release_id: str, as_at: dt.date | None) -> frozenset[str]:
    """The bodies that an edition of a source lists, as far as nobody else has told of them since."""
    rows = Body.objects.filter(source=source)
    if as_at is None:
        rows = rows.filter(release_id=release_id)
    else:
        rows = rows.filter(listed_first__lte=as_at, listed_last__gte=as_at)
    return frozenset(rows.values_list("body_id", flat=True))


def areas_served_by_listed(source: str, release_id: str) -> int:
    """How many areas the bodies of one release serve, each as often as it is served."""
    rows = BodyArea.objects.filter(body__source=source, body__release_id=release_id, role="serves")
    return rows.count()


def postcodes_held() -> int:
    """How many postcodes, ended ones with them, the directory has that is in use; 0 where there is none."""
    try:
        return opened().postcodes
    except NoPostcodes:
        return 0
