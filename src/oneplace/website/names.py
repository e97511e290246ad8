"""The names of bodies and areas, for pages that speak of many."""

from __future__ import annotations

from collections.abc import Iterable

from oneplace.places import queries as places


def body_names(body_ids: Iterable[str]) -> dict[str, str]:
    """The name of each body, by its id; its id where the register does not have it."""
    wanted = set(body_ids)
    known = {area.area_id: area.name for area in places.areas(wanted)}
    return {body_id: known.get(body_id, body_id) for body_id in wanted}
