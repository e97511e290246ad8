"""The names of bodies and areas, for pages that speak of many."""

from __future__ import annotations

from collections.abc import Iterable

from oneplace.places import queries as places


def body_names(body_ids: Iterable[str]) -> dict[str, str]:
    """The name of each body, a council's as people say it; its id where nobody knows it."""
    wanted = set(body_ids)
    known = places.names_of(wanted)
    return {body_id: known.get(body_id, body_id) for body_id in wanted}


def subject_names(subjects: Iterable[str]) -> dict[str, str]:
    """The name of whatever a figure is of: an area, a body, a region, England."""
    wanted = set(subjects)
    wider = {key: name for key, name in places.wider_names().items() if key in wanted}
    return {**wider, **body_names(wanted - set(wider))}
