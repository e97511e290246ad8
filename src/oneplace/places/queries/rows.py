"""What a row of a release says of places, and the names of what is wider than a council's area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from oneplace.places.models import Area, Body
from oneplace.places.queries.bodies import BodyView, bodies
from oneplace.places.queries.subjects import WIDER


def bodies_of_row(release_id: str, row: int, sheet: str | None = None) -> tuple[BodyView, ...]:
    """The bodies of which what stands here was taken from one row of a release."""
    found = Body.objects.filter(release_id=release_id, row=row)
    if sheet:
        found = found.filter(sheet=sheet)
    return bodies(found.order_by("body_id").values_list("body_id", flat=True)[:20])


def wider_names() -> Mapping[str, str]:
    """Identifier → name of England, its regions, and Inner and Outer London."""
    return MappingProxyType(dict(WIDER.values()))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """The names, as pages say them, of areas and bodies; an id that nobody knows has none. Two statements."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    names = dict(Area.objects.filter(area_id__in=wanted).values_list("area_id", "name"))
    if others := [each for each in wanted if each not in names]:
        names.update(Body.objects.filter(body_id__in=others).values_list("body_id", "name"))
    return names
