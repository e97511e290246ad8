"""The first screen of an area's page: each service in one line, so that a phone shows how things are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oneplace.website.area_facts import AreaFacts
from oneplace.website.area_services import Figure, Section
from oneplace.website.judged import Judged, line_of

# A line of the first screen has room for so many bodies: an area with more prisons names the rest below.
MOST_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A service in a line: how it was judged last, or its first figure, or why there is neither.

    `absent`: "not provided here", "not inspected yet", "nothing loaded"; "" where something is known.
    """

    section: Section
    judged: tuple[Judged, ...]
    more: int
    figure: Figure | None
    absent: str
    before: Judged | None  # of a council with one judgement, the last of the one that it took over from


def at_a_glance(facts: AreaFacts, sections: Sequence[Section]) -> tuple[Glance, ...]:
    """The services of which something is known, or is known to be missing, in the order of the page."""
    found = []
    for section in sections:
        current = [one for one in section.judged if not one.has_ended]
        # Deprivation, and the like, is what a council finds and not what it does: context, further down.
        figure = None if section.service.key == "council" else _first_number(section)
        absent = "" if current or figure else _absent(facts, section)
        if current or figure or absent:
            found.append(
                Glance(
                    section=section,
                    judged=tuple(current[:MOST_LINES]),
                    more=len(current[MOST_LINES:]),
                    figure=None if current else figure,
                    absent=absent,
                    before=_before(facts, section, current),
                )
            )
    return tuple(found)


def _before(facts: AreaFacts, section: Section, current: Sequence[Judged]) -> Judged | None:
    """A new council has nothing to be better or worse than; who reads of it knew the one before."""
    own = current[0] if current and current[0].body_id == facts.area.area_id else None
    if own is None or len(own.moments) > 1:
        return None
    alike = [one for one in section.before if line_of(one.newest) == line_of(own.newest)]
    return alike[0] if len(alike) == 1 else None


def _first_number(section: Section) -> Figure | None:
    return next((one for one in section.figures if one.value.value is not None), None)


def nothing_held(sections: Iterable[Section], glances: Iterable[Glance]) -> tuple[str, ...]:
    """The services of which the record holds nothing at all, to be named in one sentence."""
    told = {one.section.service.key for one in glances}
    return tuple(one.service.label for one in sections if one.service.key not in told and one.is_empty)


def _absent(facts: AreaFacts, section: Section) -> str:
    """Why a service that the area has stands there without a judgement; "" where it is not one of its own."""
    told = [f"{section.not_held[0].words}: none is held here"] if section.not_held else []
    if section.counts:
        kind = section.counts[0]
        told.append(
            f"{kind[2].bodies} {kind[1]}{'s' if kind[2].bodies > 1 else ''} here, each with its own grade"
        )
    if told:
        return ". ".join(told)
    if section.of_2009 and facts.on.chosen:
        return "Flagged by the inspectorates of 2009"
    if section.judged and not facts.on.chosen:
        return "Judged in the past, by inspections that have ended"
    return ""
