"""What an area's pages tell of each public service: who provides it, how it was judged, and a few figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oneplace.charts.trend import Line, Point, trend
from oneplace.evidence.queries import FlagView
from oneplace.evidence.views import InspectionView, JudgementView, KindInArea
from oneplace.frameworks import framework
from oneplace.indicators.queries import InContext, Standing
from oneplace.indicators.views import ValueView
from oneplace.places.queries import Provision
from oneplace.records import BODY_KINDS
from oneplace.website.area_facts import RECKONERS, AreaFacts, likeness
from oneplace.website.figures import SHORT_UNITS, shown, told, trend_words
from oneplace.website.judged import Judged, judged, line_of
from oneplace.website.next_steps import NextSteps, next_steps
from oneplace.website.not_held import NotHeld, not_held
from oneplace.website.services import Service, services

# A figure's trend goes back this many periods.
MOST_PERIODS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A statistic of the area: its newest cell in words, where that stands, and the trend as a picture."""

    key: str
    title: str
    shown: str
    value: ValueView
    beside: str  # England's figure of the same period in words, or ""
    stands: str  # "3rd best of 11 similar areas"; "" where nothing can be said
    alike_by: (
        str  # who reckons which areas are similar: "the Office for National Statistics"; "" where none stand
    )
    trend: str  # "up from 24.1% five years before"; "" where no earlier figure is like it
    of: str  # whose it is, where that is not the area's own: "West Sussex"
    whose: str  # and in what way: "the county council’s figure"
    better: str  # "Lower is better"; "" where nobody says which way is good
    picture: str  # SVG, or "" where there is one figure only


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One service of the page."""

    service: Service
    path: str  # of the service's own page
    judged: tuple[Judged, ...]  # inspections that still go on, then kinds that have ended
    visits: tuple[InspectionView, ...]  # that gave no grades, the newest first
    points: tuple[InspectionView, ...]  # of each line the newest that lists what must improve
    older_lists: frozenset[
        str
    ]  # of `points`, those before the newest of their line, of which no list is held
    figures: tuple[Figure, ...]
    # Of each measure that is still counted by the areas of the councils before this one: the figure of each.
    parts: tuple[tuple[Figure, ...], ...]
    counts: tuple[tuple[str, str, KindInArea], ...]  # what stands in the area: its kind, in words, its grades
    flags: tuple[FlagView, ...]
    provision: tuple[Provision, ...]
    next: NextSteps
    before: tuple[Judged, ...]  # lines of the authorities before this one, as their own
    not_held: tuple[NotHeld, ...]  # inspections that go on, of which the record has none
    # The flags that the inspectorates of 2009 gave to the area for it, each with the record that has it.
    of_2009: tuple[tuple[InspectionView, JudgementView], ...]

    @property
    def ended(self) -> tuple[Judged, ...]:
        """The lines of kinds of inspection that have ended."""
        return tuple(one for one in self.judged if one.has_ended)

    @property
    def is_empty(self) -> bool:
        return not (self.judged or self.figures or self.parts or self.counts or self.visits or self.before)


def sections(facts: AreaFacts) -> tuple[Section, ...]:
    """Every service, in the order of the page."""
    return tuple(section(facts, service) for service in services())


def section(facts: AreaFacts, service: Service) -> Section:
    """One service of an area."""
    inspections = facts.of(service)
    lines = _lines(facts, inspections)
    points = tuple(_points(inspections))
    before = [one for one in facts.inspections if one.service == service.key and one.body_id in facts.before]
    return Section(
        service=service,
        path=f"{facts.area.path}{service.slug}/",
        judged=tuple(lines),
        visits=tuple(one for one in inspections if one.is_visit),
        points=points,
        older_lists=frozenset(each.public_id for each in points) - {line.newest.public_id for line in lines},
        figures=tuple(
            figure
            for key in _keys(facts.figures, service)
            if (one := facts.figures.get(key)) and (figure := _figure_in(facts, one, service))
        ),
        parts=tuple(
            tuple(figure for one in facts.parts[key] if (figure := _figure_in(facts, one, service)))
            for key in service.headline
            if key in facts.parts
        ),
        counts=tuple(
            (kind, BODY_KINDS[kind], counted)
            for kind in service.counted
            if (counted := facts.counts.get(kind)) and counted.bodies
        ),
        flags=tuple(each for each in facts.flags if each.service == service.key),
        provision=tuple(each for each in facts.provision if each.service == service.key),
        next=next_steps(service.key),
        before=tuple(_lines(facts, before)),
        not_held=tuple(not_held(facts, service, lines)),
        of_2009=tuple(_of_2009(facts, service)),
    )


def figures_of_body(name: str, held: Mapping[str, InContext], service: Service) -> tuple[Figure, ...]:
    """A body's own figures of a service, in the order of an area's page; `held` is by measure."""
    shown = (figure_of(name, held[key]) for key in _keys(held, service) if key in held)
    return tuple(each for each in shown if each)


def _keys(held: Mapping[str, InContext], service: Service) -> Iterable[str]:
    """The measures that stand first; of those that are one number, the one that goes furthest."""
    left_out: set[str] = set()
    for same in service.same:
        told = [key for key in service.headline if key in same and key in held]
        if told:
            left_out |= same - {max(told, key=lambda key: _ends(held[key]))}
    return (key for key in service.headline if key not in left_out)


def _ends(one: InContext) -> dt.date:
    """The last day of a measure's newest number."""
    return max((each.ends for each in one.series.values if each.value is not None), default=dt.date.min)


def _of_2009(facts: AreaFacts, service: Service) -> Iterable[tuple[InspectionView, JudgementView]]:
    for one in facts.inspections:
        if one.family == "CAA" and one.body_id == facts.area.area_id:
            yield from (
                (one, each) for each in one.judgements if each.subject.lower().startswith(service.of_2009)
            )


def _lines(facts: AreaFacts, inspections: Sequence[InspectionView]) -> list[Judged]:
    """By body and by what follows on from what: a council's CPA of 2008 is not the predecessor of a flag of 2009."""
    by_line: dict[tuple[str, str], list[InspectionView]] = {}
    for one in inspections:
        by_line.setdefault((one.body_id, line_of(one)), []).append(one)
    found = []
    for (body_id, _), theirs in by_line.items():
        near = facts.bodies.get(body_id)
        line = judged(
            theirs,
            name=facts.name_of(body_id),
            whose=_whose(facts, body_id),
            on=facts.on.day,
            closed=near.closed if near else None,
            ended=_ended(facts, body_id),
        )
        if line:
            found.append(line)
    # What is of the service as a whole comes first, and what has ended last.
    return sorted(found, key=lambda one: (one.has_ended, line_of(one.newest) != one.newest.service))


def _points(inspections: Sequence[InspectionView]) -> Iterable[InspectionView]:
    """Of each line the newest that lists what must improve, the lines in the order of the page."""
    newest: dict[tuple[bool, str, str], InspectionView] = {}
    for one in inspections:
        if one.improve and one.judgements:
            newest.setdefault((line_of(one) != one.service, one.body_id, line_of(one)), one)
    return (newest[key] for key in sorted(newest, key=lambda key: key[0]))


def _ended(facts: AreaFacts, body_id: str) -> bool:
    """Whether it is an authority that was no more on the day: nothing further is to be expected of it."""
    area = facts.area if body_id == facts.area.area_id else facts.related.get(body_id)
    return area is not None and area.end is not None and area.end <= facts.on.day


def _whose(facts: AreaFacts, body_id: str) -> str:
    if body_id == facts.area.area_id:
        return ""
    if body_id == facts.area.county:
        return "the county council"
    if body_id in facts.before:
        return (
            "the council before this one" if len(facts.before) == 1 else "one of the councils before this one"
        )
    near = facts.bodies.get(body_id)
    return BODY_KINDS.get(near.kind, "") if near else ""


def _figure_in(facts: AreaFacts, one: InContext, service: Service) -> Figure | None:
    subject, by = one.series.subject, RECKONERS[likeness(service.key)]
    name = facts.name_of(subject)
    if subject == facts.area.area_id:
        return figure_of(name, _while_it_was(facts, one), alike_by=by)
    is_council = subject in facts.related
    return figure_of(
        name,
        one,
        of=name,
        whose="the county council’s figure" if is_council else "the figure for all its area",
        alike_by=by,
    )


def _while_it_was(facts: AreaFacts, one: InContext) -> InContext:
    """Without the empty cells that a table goes on to have for a council that is no more."""
    values = one.series.values
    while values and facts.area.end and values[-1].value is None and values[-1].ends > facts.area.end:
        values = values[:-1]
    return replace(one, series=replace(one.series, values=values))


def figure_of(name: str, one: InContext, of: str = "", whose: str = "", alike_by: str = "") -> Figure | None:
    """A series as a page shows it, with England's beside it; None where there is none."""
    own, values = one.series, one.series.values[-MOST_PERIODS:]
    if own.measure is None or not values:
        return None
    unit, decimals = own.measure.unit, own.measure.decimals
    newest = values[-1]
    beside = [each for each in (one.england.values if one.england else ()) if each.ends >= values[0].ends]
    theirs = next((each for each in beside if each.ends == newest.ends and each.value is not None), None)
    picture = ""
    if sum(each.value is not None for each in values) > 1:
        picture = trend(
            chart_id=f"trend-{own.key}",
            title=f"{name}: {own.measure.title}",
            description=_described(values, unit, decimals),
            line=_line(name, values, unit, decimals),
            beside=_line("England", [each for each in beside if each.ends <= newest.ends], unit, decimals)
            if beside
            else None,
        )
    stands = standing_words(one.standing) if one.standing else ""
    return Figure(
        key=own.key,
        title=own.measure.title,
        shown=told(newest.value, unit, decimals, newest.marker, own.measure.title),
        value=newest,
        beside=shown(theirs.value, unit, decimals) if theirs else "",
        stands=stands,
        alike_by=alike_by if stands else "",
        trend=trend_words(values, unit, decimals),
        of=of,
        whose=whose,
        better=BETTER.get(own.measure.polarity, "") if own.measure.kind == "rate" else "",
        picture=picture,
    )


BETTER = {"low": "Lower is better", "high": "Higher is better"}


def standing_words(one: Standing) -> str:
    """ "3rd best of 11 similar areas, with one other"; "" where too few have a number for it to say anything."""
    if one.rank is None:
        return ""
    with_others = f", level with {one.tied} other{'s' if one.tied > 1 else ''}" if one.tied else ""
    among = f"of {one.of} similar areas{with_others}"
    first, last = ("best", "worst") if one.best_first else ("highest", "lowest")
    from_last = one.of - one.rank - one.tied + 1
    # Counted from whichever end is nearer, as people say it.
    place, end = (one.rank, first) if one.rank <= from_last else (from_last, last)
    return f"{_nth(place)} {end} {among}" if place > 1 else f"{end.capitalize()} {among}"


def _nth(place: int) -> str:
    suffix = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _line(label: str, values: Sequence[ValueView], unit: str, decimals: int | None) -> Line:
    return Line(
        label=label,
        points=tuple(
            Point(
                at=each.ends,
                label=each.told,
                value=each.value,
                # Beside the line there is room for a number and a sign, not for "per 10,000".
                shown=shown(each.value, unit if unit in SHORT_UNITS else "", decimals, each.marker),
            )
            for each in values
        ),
    )


def _described(values: Sequence[ValueView], unit: str, decimals: int | None) -> str:
    return "; ".join(f"{each.told}: {shown(each.value, unit, decimals, each.marker)}" for each in values)


def edition_name(key: str) -> str:
    """A framework edition's name, for the head of its grades."""
    return framework(key).name
