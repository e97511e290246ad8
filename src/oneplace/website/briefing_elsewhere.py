"""Councils like one whose grade went up, and what their inspectors praised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.brief import Fact
from oneplace.evidence.brief import Section as Facts
from oneplace.evidence.brief.against import against, by_question
from oneplace.evidence.brief.inspected import strengths
from oneplace.evidence.brief.writing import services_for_children
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import MOST_ALIKE, NEIGHBOURS, AreaFacts

# Of each council so many sentences of praise: its inspection's page has the rest.
_MOST_PRAISE = 3
_MOST_COUNCILS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """A similar council whose newest overall grade is better than the one before."""

    name: str
    inspection: InspectionView
    previous: InspectionView
    before: JudgementView
    after: JudgementView


def improved_elsewhere(facts: AreaFacts) -> tuple[Improved, ...]:
    """The similar councils that improved, those whose better grade is newest first."""
    # A page of another day has no similar areas among its facts, for they go with statistics.
    found_alike = facts.alike or places.similar_by(facts.area.area_id, (NEIGHBOURS,))
    alike = found_alike[NEIGHBOURS][:MOST_ALIKE]
    if not alike:
        return ()
    names = {each.area_id: each.name for each in places.areas(alike)}
    of_each: dict[str, list[InspectionView]] = {}
    families = evidence.children_services_families()
    for one in evidence.of_bodies(alike, facts.on.asked, families, with_points=False):
        if one.overall:
            of_each.setdefault(one.body_id, []).append(one)
    found = []
    for body_id, graded in of_each.items():
        if len(graded) > 1 and (improved := _improved(names.get(body_id, body_id), graded[1], graded[0])):
            found.append(improved)
    found.sort(
        key=lambda one: one.inspection.published.toordinal() if one.inspection.published else 0, reverse=True
    )
    return tuple(found)


def _improved(name: str, previous: InspectionView, newest: InspectionView) -> Improved | None:
    before, after = previous.overall, newest.overall
    if before is None or after is None:
        return None
    try:
        side = compare(
            framework(previous.framework), before.grade, framework(newest.framework), after.grade, "overall"
        )
    except (NotComparable, UnknownGrade):
        return None
    if side != "better":
        return None
    return Improved(name=name, inspection=newest, previous=previous, before=before, after=after)


def praised_in(improved: tuple[Improved, ...]) -> tuple[str, ...]:
    """The inspections, by public id, of which it is told what was praised."""
    return tuple(one.inspection.public_id for one in improved[:_MOST_COUNCILS])


def elsewhere(area: AreaView, improved: tuple[Improved, ...], wholes: Mapping[str, InspectionView]) -> Facts:
    """Who improved, from what to what and when, in which questions, and what inspectors praised there.

    `wholes` are inspections with their findings, by public id: those of `praised_in` among them.
    """
    title = "Similar councils that improved"
    if not improved:
        return Facts(
            key="elsewhere",
            title=title,
            absence=f"The record holds none of the ten councils most like {area.name} (the Department for Education's "
            "statistical neighbours) whose last grade was better than the one before.",
        )
    facts: list[Fact] = []
    silent = 0
    for one in improved[:_MOST_COUNCILS]:
        whose = services_for_children(one.name)
        facts.append(against(whose, one.previous, one.inspection))
        facts += by_question(whose, one.previous, one.inspection)
        whole = wholes.get(one.inspection.public_id)
        praised = [fact for fact in strengths(whole).facts if fact.quote] if whole else []
        for fact in praised[:_MOST_PRAISE]:
            facts.append(
                Fact(
                    text=f"Praised in {one.name}", quote=fact.quote, sources=fact.sources, anchor=fact.anchor
                )
            )
        silent += not praised
    others = [one.name for one in improved[_MOST_COUNCILS:]]
    if others:
        facts.append(Fact(text=f"Also better than the time before: {', '.join(others)}."))
    absence = (
        "What inspectors praised there is in their reports: this copy holds no sentences of "
        + ("them." if silent == len(improved[:_MOST_COUNCILS]) else "some of them.")
        if silent
        else ""
    )
    return Facts(key="elsewhere", title=title, facts=tuple(facts), absence=absence)
