"""A briefing for a scrutiny committee: what changed, what must improve, who improved elsewhere, and what to ask.

The sentences about an inspection are `evidence.brief`'s, those about points told again `improvement.brief`'s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oneplace.evidence import queries as evidence
from oneplace.evidence.brief import Brief, Fact
from oneplace.evidence.brief import Section as Facts
from oneplace.evidence.brief.against import against, by_question
from oneplace.evidence.brief.contents import source
from oneplace.evidence.brief.inspected import dated, headline, looking_back, must_improve
from oneplace.evidence.views import InspectionView
from oneplace.improvement.brief import told_again_section
from oneplace.improvement.queries import retold_in
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import AreaFacts, area_facts
from oneplace.website.area_services import Section, section
from oneplace.website.as_at import AsAt
from oneplace.website.briefing_elsewhere import elsewhere, improved_elsewhere, praised_in
from oneplace.website.briefing_grounds import (
    Pointed,
    of_figures,
    of_improved,
    of_lowest,
    of_points,
    of_told_again,
    of_worse,
    pages_of,
)
from oneplace.website.judged import Judged, line_of
from oneplace.website.next_steps import next_steps
from oneplace.website.questions import Ground, questions
from oneplace.website.services import Service, services
from oneplace.website.stories import figure_facts
from oneplace.wording import day, listed, many

# Lines of inspections told of one service: an area with many prisons has the rest on its own pages.
_MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a briefing is asked: of whom, on which services, as at a day, and since when it tells of changes."""

    area: AreaView
    service: Service | None
    on: AsAt
    since: dt.date


def briefing(asked: Asked) -> Brief:
    """The briefing. Nothing in it was published later than its day."""
    chosen = services() if asked.service is None else (asked.service,)
    facts = area_facts(asked.area, asked.on, chosen)
    told = [section(facts, service) for service in chosen]
    lines = [(each, line) for each in told for line in _lines(each)]
    is_childrens = any(each.key == "children" for each in chosen) and asked.area.childrens_services
    better = improved_elsewhere(facts) if is_childrens else ()
    listing = _listing(told)
    wholes = evidence.inspections(
        [*(one.public_id for one, _ in listing), *praised_in(better)], facts.on.asked
    )
    pointed = sorted(_pointed(facts, listing, wholes), key=_newest_first)
    found = retold_in(_of_the_council(facts)) if is_childrens else None
    again = told_again_section(asked.area.name, found, asked.area.area_id) if found else None
    grounds = [
        *(each for one in pointed for each in of_points(one)),
        *(each for _, line in lines if len(line.moments) > 1 for each in of_worse(line)),
        *(each for _, line in lines for each in of_lowest(line)),
        *(of_told_again(asked.area, found) if found else ()),
        *of_figures(told),
        *(of_improved(each) for each in better),
    ]
    sections = [
        _now(facts, lines, asked.on),
        _changed(facts, told, asked),
        *_improve(pointed),
        *_back([one.inspection for one in pointed]),
        *([again] if again else ()),
        _figures(asked, told),
        *([elsewhere(asked.area, better, wholes)] if is_childrens else ()),
        _ask(grounds),
        _responsible(facts, told, chosen),
    ]
    return Brief(
        area_id=asked.area.area_id,
        name=asked.area.name,
        as_at=asked.on.day,
        sections=tuple(each for each in sections if each.facts or each.absence),
    )


def _lines(told: Section) -> list[Judged]:
    return [line for line in told.judged if not line.has_ended][:_MOST_LINES]


def _of_the_council(facts: AreaFacts) -> tuple[InspectionView, ...]:
    """The inspections of its services for children and of those of the authorities before it."""
    councils = {facts.area.area_id, *facts.before}
    return tuple(one for one in facts.inspections if one.service == "children" and one.body_id in councils)


def _listing(told: Sequence[Section]) -> list[tuple[InspectionView, Judged]]:
    """Of each line that still goes on the newest inspection with a list of points."""
    found = []
    for one_service in told:
        newest = {(line.body_id, line_of(line.newest)): line for line in _lines(one_service)}
        found += [
            (one, line) for one in one_service.points if (line := newest.get((one.body_id, line_of(one))))
        ]
    return found


def _pointed(
    facts: AreaFacts, found: Sequence[tuple[InspectionView, Judged]], wholes: Mapping[str, InspectionView]
) -> list[Pointed]:
    return [
        Pointed(
            name=facts.name_of(one.body_id),
            inspection=wholes.get(one.public_id, one),
            newer=line.newest if line.newest.public_id != one.public_id else None,
        )
        for one, line in found
    ]


def _newest_first(one: Pointed) -> int:
    day = one.inspection.published or one.inspection.inspection_end
    return -day.toordinal() if day else 0


def _whose(line: Judged, told: Section) -> str:
    label = f"{told.service.label[:1].lower()}{told.service.label[1:]}"
    return line.name if line.whose else f"{line.name}, {label}"


def _now(facts: AreaFacts, lines: Sequence[tuple[Section, Judged]], on: AsAt) -> Facts:
    found = [headline(_whose(line, told), line.newest, on.day) for told, line in lines]
    absence = (
        "" if found else f"The record holds no graded inspection that still counts in {facts.area.name}."
    )
    return Facts(key="now", title="How things stand", facts=tuple(found), absence=absence)


def _changed(facts: AreaFacts, told: Sequence[Section], asked: Asked) -> Facts:
    """What was published between the two days, the newest first, each against the one before."""
    found = []
    keys = {each.service.key for each in told}
    for one in facts.inspections:
        is_new = one.published is not None and asked.since < one.published <= asked.on.day
        if not is_new or one.service not in keys or one.body_id in facts.before:
            continue
        name = facts.name_of(one.body_id)
        found.append(_published(name, one))
        before = next(
            (
                each.moments[place - 1].inspection
                for service in told
                for each in service.judged
                for place, moment in enumerate(each.moments)
                if place and moment.inspection.public_id == one.public_id
            ),
            None,
        )
        if before and one.overall:
            found.append(against(name, before, one))
        if before:
            found += by_question(name, before, one)
    absence = ""
    if not found:
        absence = (
            f"No inspection of {'this service' if asked.service else 'these services'} was published between "
            f"{day(asked.since)} and {day(asked.on.day)}, as far as the record holds them."
        )
    return Facts(
        key="changed", title=f"What changed since {day(asked.since)}", facts=tuple(found), absence=absence
    )


def _published(name: str, one: InspectionView) -> Fact:
    points = f" It lists {many(len(one.improve), 'point')} to improve." if one.improve else ""
    grade = f": “{one.overall.grade_label}” overall" if one.overall else ""
    kind = " (a visit, which gives no grade)" if one.is_visit else ""
    return Fact(
        text=f"{name}: {one.framework_name}{kind}, {dated(one)}{grade}.{points}",
        sources=(source(one.source),),
        anchor=one.path,
    )


def _improve(pointed: Sequence[Pointed]) -> Iterable[Facts]:
    """The newest list of each line of inspections, and whether it is of an older inspection than the grade."""
    if not pointed:
        yield Facts(
            key="improve",
            title="What must improve",
            absence="The record holds no list of points to improve from these inspections.",
        )
    for each in pointed:
        one = each.inspection
        found = must_improve(one)
        when = f" ({dated(one)})" if dated(one) else ""
        facts = found.facts
        if not any(fact.quote for fact in facts):
            # A list of places alone is a sentence.
            facts = (
                Fact(
                    text=f"{one.framework_name}{when}: {many(len(facts), 'point')} to improve, on {pages_of(one)}.",
                    sources=tuple(dict.fromkeys(ref for fact in facts for ref in fact.sources)),
                    anchor=f"{one.path}#improve",
                ),
            )
        if each.newer:
            newer = dated(each.newer) or each.newer.framework_name
            older = Fact(
                text=f"Of the newest inspection ({newer}) the record holds no list. This one is of the inspection "
                f"before{when}: some of it may be done.",
                sources=(source(each.newer.source),),
                anchor=each.newer.path,
            )
            facts = (older, *facts)
        yield replace(
            found,
            key=f"improve-{one.body_id}-{one.family}".lower().replace(" ", "-"),
            title=f"What must improve: {each.name}, {one.framework_name}",
            facts=facts,
        )


def _back(inspections: Sequence[InspectionView]) -> Iterable[Facts]:
    """What these inspections say of earlier ones; where none says anything, why the first does not."""
    title = "What inspectors say of earlier recommendations"
    telling = [one for one in inspections if one.looks_back]
    for one in telling or inspections[:1]:
        yield replace(
            looking_back(one),
            key=f"looks-back-{one.body_id}-{one.family}".lower().replace(" ", "-"),
            title=f"{title}: {one.framework_name}" if len(telling) > 1 else title,
        )


def _figures(asked: Asked, told: Sequence[Section]) -> Facts:
    found = figure_facts(asked.area.name, [figure for each in told for figure in each.figures])
    absence = (
        "A table of statistics is brought up to date as a whole: what it said on an earlier day is not known."
        if asked.on.chosen
        else ""
    )
    return Facts(key="statistics", title="Statistics", facts=tuple(found), absence=absence)


def _ask(grounds: list[Ground]) -> Facts:
    found = questions(grounds)
    absence = "" if found else "The record holds nothing from which a question could be made."
    return Facts(key="questions", title="Questions to ask", facts=found, absence=absence)


def _responsible(facts: AreaFacts, told: Sequence[Section], chosen: Sequence[Service]) -> Facts:
    found = []
    for each in told:
        for one in each.provision:
            who = listed([facts.name_of(body) for body in one.bodies])
            said = f"{one.title}: {who}." if who else f"{one.title}."
            found.append(Fact(text=" ".join(part for part in (said, one.rule, one.note) if part)))
    for meeting in dict.fromkeys(next_steps(service.key).meeting for service in chosen):
        if meeting and len(chosen) == 1:
            found.append(Fact(text=f"At the council it is asked about by {meeting}."))
    return Facts(key="responsible", title="Who is responsible", facts=tuple(found))
