"""Which inspections of those responsible for a service the record has nothing of, so that a gap is told as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from oneplace.evidence.queries import children_services_families
from oneplace.frameworks import Framework, frameworks
from oneplace.website.area_facts import AreaFacts
from oneplace.website.judged import Judged, line_of
from oneplace.website.services import Service

_COUNCIL = "local_authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """A kind of inspection that goes on, and whose: "" for the area's own council's."""

    name: str
    of: str

    @property
    def words(self) -> str:
        return f"{self.of}: {self.name}" if self.of else self.name


def not_held(facts: AreaFacts, service: Service, lines: Iterable[Judged]) -> Iterator[NotHeld]:
    """Of each body that is responsible here, the kinds of inspection of which there is none in the record.

    It may have been inspected all the same. Nothing is expected of a council that is no more.
    """
    if facts.area.end is not None and facts.area.end <= facts.on.day:
        return
    held = {(line.body_id, line_of(line.newest)) for line in lines}
    for each in _going_on(service.key, facts.on.day):
        line = "children" if each.family in children_services_families() else each.family
        for body_id in _responsible(facts, service, each.inspects):
            if (body_id, line) not in held:
                own = body_id == facts.area.area_id
                yield NotHeld(name=each.name, of="" if own else facts.name_of(body_id))


@lru_cache(maxsize=512)
def _going_on(service: str, on: dt.date) -> tuple[Framework, ...]:
    """The kinds of inspection of a service that each body has in its turn, in use on the day; of the whole first."""
    found = (
        each
        for each in frameworks().values()
        if each.service == service
        and each.kind == "inspection"
        and each.starts <= on
        and (each.ends is None or on <= each.ends)
    )
    return tuple(sorted(found, key=lambda each: each.family not in children_services_families()))


def _responsible(facts: AreaFacts, service: Service, kind: str) -> tuple[str, ...]:
    """Those of this kind that provide the service here: of councils the one that the law makes responsible."""
    if kind == _COUNCIL:
        councils = {facts.area.area_id, facts.area.county}
        provided = (each for each in facts.provision if each.service == service.key)
        return tuple(dict.fromkeys(body for each in provided for body in each.bodies if body in councils))
    serving = {each.body_id: each.kind for each in facts.around.serving}
    return tuple(body_id for body_id, of in serving.items() if of == kind)
