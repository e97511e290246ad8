"""What the record holds of one area on a day, asked for once for every part of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import FlagView
from oneplace.evidence.views import InspectionView, KindInArea
from oneplace.indicators import queries as indicators
from oneplace.indicators.queries import InContext
from oneplace.places import queries as places
from oneplace.places.queries import AreaView, Around, NearBody, Provision
from oneplace.website.as_at import AsAt
from oneplace.website.services import Service, services

# Whose reckoning says which areas are like one, by service: the Department for Education's is of children's lives,
# the ONS's of all that it measures.
NEIGHBOURS, SIMILAR = "dfe-statistical-neighbours", "ons-similar-areas"
RECKONERS = {NEIGHBOURS: "the Department for Education", SIMILAR: "the Office for National Statistics"}
_OF_CHILDREN = frozenset({"children", "schools", "youth_justice"})
# Beyond so many an area is no longer much like this one.
MOST_ALIKE = 10
_PARTNERSHIP = "community_safety_partnership"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """`inspections` are those of every body that serves the area, of those listed with it, and of the authorities
    before it: `body_id` says whose each is. They have their judgements and points, not their findings.
    """

    area: AreaView
    on: AsAt
    related: Mapping[str, AreaView]  # predecessors, all of them, successors, the county
    before: tuple[str, ...]  # every authority before it
    around: Around
    provision: tuple[Provision, ...]
    inspections: tuple[InspectionView, ...]
    counts: Mapping[str, KindInArea]
    figures: Mapping[str, InContext]  # `series.subject` says whose: its county's, perhaps
    parts: Mapping[
        str, tuple[InContext, ...]
    ]  # what is still counted by the areas of the authorities before it
    alike: Mapping[str, tuple[str, ...]]  # by whose reckoning → areas, the likest first
    flags: tuple[FlagView, ...]  # that are up, red before green

    @property
    def bodies(self) -> Mapping[str, NearBody]:
        return {each.body_id: each for each in (*self.around.serving, *self.around.standing)}

    def of(self, service: Service) -> tuple[InspectionView, ...]:
        """The inspections of a service, but those of the authorities before."""
        return tuple(
            one for one in self.inspections if one.service == service.key and one.body_id not in self.before
        )

    def name_of(self, body_id: str) -> str:
        """A body's name as pages show it: a council's short one."""
        if body_id == self.area.area_id:
            return self.area.name
        if area := self.related.get(body_id):
            return area.name
        near = self.bodies.get(body_id)
        return near.name if near else body_id


def likeness(service: str) -> str:
    """Whose reckoning of similar areas is used for a service."""
    return NEIGHBOURS if service in _OF_CHILDREN else SIMILAR


def area_facts(area: AreaView, on: AsAt, asked: Iterable[Service] | None = None) -> AreaFacts:
    """Everything for some services, or for all."""
    chosen = tuple(services() if asked is None else asked)
    around = places.around(area.area_id, on.day)
    before = tuple(each.area_id for each in places.predecessors(area.area_id)) if area.predecessors else ()
    wanted = {*area.predecessors, *area.successors, *before}
    wanted |= {area.county} if area.county else set()
    related = {each.area_id: each for each in places.areas(wanted)} if wanted else {}
    bodies = {each.body_id for each in around.serving} | {area.area_id, *before}
    bodies |= {one for service in chosen for kind in service.listed for one in around.of_kind(kind)}
    standing = {kind: around.of_kind(kind) for service in chosen for kind in service.counted}
    standing = {kind: ids for kind, ids in standing.items() if ids}
    # A table of statistics goes back many years and is brought up to date as a whole: what it said on an
    # earlier day is not known from it, so a page of another day has none.
    inspections, counts = evidence.of_area(area.area_id, bodies, standing, on.asked)
    alike = {} if on.chosen else places.similar_by(area.area_id, (NEIGHBOURS, SIMILAR))
    provision = places.provision(area, on.day, around)
    figures, parts = ({}, {}) if on.chosen else _figures(area, chosen, alike, provision, around)
    return AreaFacts(
        area=area,
        on=on,
        related=related,
        before=before,
        around=around,
        provision=provision,
        inspections=inspections,
        counts=counts,
        figures=figures,
        parts=parts,
        alike=alike,
        flags=evidence.flags(area.area_id, on.asked, bodies - set(before)),
    )


def _figures(
    area: AreaView,
    chosen: Iterable[Service],
    alike: Mapping[str, tuple[str, ...]],
    provision: Iterable[Provision],
    around: Around,
) -> tuple[Mapping[str, InContext], Mapping[str, tuple[InContext, ...]]]:
    """The area's own; of what it has no figure of, its county's, or its community safety partnership's with others.

    And of what nobody has one figure of, those of the areas it was made of, where they are counted to this day: a
    partnership outlives its district.
    """
    whose = {key: likeness(service.key) for service in chosen for key in service.headline}
    among = {(area.area_id, key): alike[by][:MOST_ALIKE] for key, by in whose.items()}
    run_here = {each.service for each in provision if each.provider == "own"}
    not_run = {each.service for each in provision} - run_here
    of_county = {key for service in chosen if service.key in not_run for key in service.headline}
    partnerships = [each.body_id for each in around.serving if each.kind == _PARTNERSHIP]
    asked = [area.area_id, *area.predecessors, *partnerships]
    if area.county and of_county:
        asked.append(area.county)
        theirs = places.similar_by(area.county, (NEIGHBOURS, SIMILAR))
        among |= {(area.county, key): theirs[whose[key]][:MOST_ALIKE] for key in of_county}
    found = indicators.in_context_of(asked, tuple(whose), among)
    own = {key: one for (subject, key), one in found.items() if subject == area.area_id}
    own |= _by_key(found, partnerships if len(partnerships) == 1 else (), whose.keys() - own.keys())
    own |= _by_key(found, [area.county] if area.county else (), of_county - own.keys())
    parts: dict[str, list[InContext]] = {}
    for subject in area.predecessors:
        for key, one in _by_key(found, [subject], whose.keys() - own.keys()).items():
            if area.start and one.series.values and one.series.values[-1].ends > area.start:
                parts.setdefault(key, []).append(one)
    return own, {key: tuple(some) for key, some in parts.items()}


def _by_key(
    found: Mapping[tuple[str, str], InContext], subjects: Iterable[str], keys: Set[str]
) -> dict[str, InContext]:
    """What is found of these subjects for these measures, by measure."""
    return {key: found[subject, key] for subject in subjects for key in keys if (subject, key) in found}
