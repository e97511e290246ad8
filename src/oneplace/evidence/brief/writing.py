"""Writing a brief: asks the record and puts each answer into a fact with its source."""

from __future__ import annotations

import datetime as dt

from oneplace.evidence import queries
from oneplace.evidence.brief.comparing import among_others
from oneplace.evidence.brief.contents import Brief, Fact, Section, source
from oneplace.evidence.brief.inspected import (
    differing,
    looking_back,
    must_improve,
    strengths,
    summary,
    where_it_stands,
)
from oneplace.evidence.errors import EvidenceError
from oneplace.evidence.views import InspectionView
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.wording import day, listed, many

NOT_HELD = (
    ("The council's plan", "This store holds no action plans, owners or dates yet."),
    ("Replies", "This store holds no replies by councils and no comments yet."),
    ("Other services", "This brief is of services for children alone: the area's page has the other services."),
)  # fmt: skip


class UnknownArea(EvidenceError):
    """No area is called so. `suggestions` are the names of areas that may be meant."""

    def __init__(self, text: str, suggestions: tuple[AreaView, ...]) -> None:
        meant = ", ".join(f"{each.area_id} ({each.name})" for each in suggestions)
        super().__init__(
            f"There is no area called “{text}” in the record."
            + (f" Did you mean {meant}?" if meant else " The record may not be loaded: oneplace load.")
        )
        self.suggestions = suggestions


def brief(area: str | AreaView, as_at: dt.date) -> Brief:
    """What was known about an area's services for children, by identifier or exact name, by the end of a day.

    `UnknownArea` carries suggestions where there is no such area.
    """
    found = _area(area) if isinstance(area, str) else area
    history = queries.history(found.area_id, as_at)
    own = tuple(each for each in history if each.body_id == found.area_id)
    families = queries.children_services_families()
    graded = tuple(each for each in own if each.family in families)
    current = graded[0] if graded else None
    whose = services_for_children(found.name)
    sections = [_area_section(found, as_at), where_it_stands(whose, graded, as_at)]
    if found.childrens_services:
        sections.append(among_others(found, current, as_at))
    if current:
        sections += [must_improve(current), looking_back(current), summary(current), strengths(current)]
    sections += [_others(own, current), _history(history, found), differing(history), _not_held()]
    return Brief(
        area_id=found.area_id,
        name=found.name,
        as_at=as_at,
        sections=tuple(each for each in sections if each.facts or each.absence),
    )


def brief_of(inspection: InspectionView, as_at: dt.date) -> Brief:
    """One inspection of services for children: what it says, against the one before and all others of its day.

    The comparison with other authorities is left out where the authority was inspected again by `as_at`.
    """
    found = _area(inspection.body_id)
    families = queries.children_services_families()
    until = [
        one
        for one in queries.history(found.area_id, as_at, include_predecessors=False)
        if one.family in families and one.judgements
    ]
    is_graded = inspection.public_id in {one.public_id for one in until}
    at = next((n for n, one in enumerate(until) if one.public_id == inspection.public_id), 0)
    graded = [inspection, *until[at + 1 :]] if is_graded else [inspection]
    sections = [where_it_stands(services_for_children(found.name), graded, as_at)]
    if is_graded and at == 0:
        sections.append(among_others(found, inspection, as_at))
    sections += [
        must_improve(inspection),
        looking_back(inspection),
        summary(inspection),
        strengths(inspection),
    ]
    sections += [differing((inspection,)), _not_held()]
    return Brief(
        area_id=found.area_id,
        name=found.name,
        as_at=as_at,
        sections=tuple(each for each in sections if each.facts or each.absence),
    )


def services_for_children(name: str) -> str:
    """ "Haringey's services for children"."""
    return f"{name}'{'' if name.endswith('s') else 's'} services for children"


def _area(text: str) -> AreaView:
    if exact := places.area(text.strip().casefold()):
        return exact
    if called := places.called(text):
        return called
    raise UnknownArea(text, places.find(text, limit=5))


def _area_section(area: AreaView, as_at: dt.date) -> Section:
    facts = []
    if area.start and area.start > as_at:
        facts.append(Fact(text=f"There was no such authority on {day(as_at)} yet."))
    if area.end and area.end <= as_at:
        names = [each.name for each in places.areas(area.successors)]
        after = f"; its area is now part of {listed(names)}" if names else ""
        facts.append(Fact(text=f"The authority ceased to exist on {day(area.end)}{after}."))
    if not area.childrens_services:
        county = places.area(area.county) if area.county else None
        whose = f": {county.name} is" if county else ""
        facts.append(Fact(text=f"It is not responsible for children's social care{whose}."))
    return Section(key="area", title="The authority", facts=tuple(facts))


def _others(own: tuple[InspectionView, ...], current: InspectionView | None) -> Section:
    since = [
        each
        for each in own
        if each is not current
        and (current is None or (each.published or dt.date.min) >= (current.published or dt.date.min))
    ]
    facts = []
    for each in since:
        outcome = "".join(f"; {judgement.grade_label}" for judgement in each.judgements[:1])
        points = f"; {many(len(each.improve), 'point')} to improve" if each.improve else ""
        when = f", published {day(each.published)}" if each.published else ""
        facts.append(
            Fact(
                text=f"{each.title}{when}{outcome}{points}", sources=(source(each.source),), anchor=each.path
            )
        )
    return Section(key="since", title="Visits and other inspections since", facts=tuple(facts))


def _history(history: tuple[InspectionView, ...], area: AreaView) -> Section:
    facts = []
    for each in history:
        overall = each.overall
        grade = f": {overall.grade_label}" if overall else ""
        whose = "" if each.body_id == area.area_id else f" ({_name(each.body_id)}, which it took over from)"
        when = day(each.published) if each.published else "undated"
        facts.append(
            Fact(
                text=f"{when} · {each.framework_name}{grade}{whose}",
                sources=(source(overall.source if overall else each.source),),
                anchor=each.path,
            )
        )
    return Section(key="history", title="Everything on record, the newest first", facts=tuple(facts))


def _name(body_id: str) -> str:
    return places.body_name(body_id) or body_id


def _not_held() -> Section:
    return Section(
        key="not_held",
        title="What this store does not hold",
        facts=tuple(Fact(text=f"{what}: {words}") for what, words in NOT_HELD),
    )
