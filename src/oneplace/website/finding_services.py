"""A service and a place in one line, as people type them: "recycling in Leeds", "haringey children's services"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oneplace.places import queries as places
from oneplace.places.names import fold
from oneplace.website.services import Service, services

# What people put between a service and a place, or before both.
_BETWEEN = frozenset({"a", "at", "by", "for", "from", "in", "near", "of", "on", "the", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHit:
    """A service of an area. `town`: the place that was typed, where that is not the council's own name.

    `before`: the council that was typed, where this one took over from it.
    """

    area: places.AreaView
    service: Service
    town: str = ""
    before: str = ""

    @property
    def path(self) -> str:
        return f"/areas/{self.area.area_id}/{self.service.slug}/"


def services_meant(typed: str) -> tuple[ServiceHit, ...]:
    """The services of places that a text names: of one council, else of each town of that name; most texts name none.

    The longest words for a service count: "children's social care in Leeds" is not "social care".
    """
    for service, where in _split(fold(typed).split()):
        if area := places.called(where):
            today = places.successors(area.area_id) if area.end else ()
            return (
                *(ServiceHit(area=each, service=service, before=area.name) for each in today if not each.end),
                ServiceHit(area=area, service=service),
            )
        if towns := [each for each in places.find_towns(where) if fold(each.name) == where]:
            return tuple(ServiceHit(area=each.area, service=service, town=each.name) for each in towns)
    return ()


def _split(words: list[str]) -> Iterator[tuple[Service, str]]:
    """Each service whose words the text begins or ends with, and the rest, which may be a place."""
    known = sorted(
        ((phrase.split(), service) for service in services() for phrase in service.asked_for_as),
        key=lambda each: -len(each[0]),
    )
    for phrase, service in known:
        length = len(phrase)
        if words[:length] == phrase:
            yield service, _place(words[length:])
        if words[-length:] == phrase:
            yield service, _place(words[:-length])


def _place(words: list[str]) -> str:
    """The words without those that stand between a service and a place."""
    first, last = 0, len(words)
    while first < last and words[first] in _BETWEEN:
        first += 1
    while first < last and words[last - 1] in _BETWEEN:
        last -= 1
    return " ".join(words[first:last])
