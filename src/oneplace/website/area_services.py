"""What an area's page tells of each public service: who provides it, how it was judged, and a few figures.

Children's services have a part of the page of their own; here they have figures and what stands in the area.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oneplace.charts.trend import Line, Point, trend
from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, KindInArea
from oneplace.frameworks import framework
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import SeriesView, ValueView
from oneplace.places import queries as places
from oneplace.places.queries import AreaView, BodyView
from oneplace.records import BODY_KINDS
from oneplace.website.as_at import AsAt
from oneplace.website.figures import SHORT_UNITS, shown
from oneplace.website.moments import standing_words, when
from oneplace.website.services import Service, services

ENGLAND = "england"
# A page shows this many of a body's earlier inspections; the body's own page has all.
MOST_EARLIER = 4
# A figure's trend goes back this many periods.
MOST_PERIODS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A body that serves the area, with its newest graded inspection of the service and those before."""

    body_id: str
    name: str
    whose: str  # "its council", "the county council", "police force"
    path: str
    newest: InspectionView
    when: str
    standing: str
    earlier: tuple[tuple[InspectionView, str], ...]
    more: int  # how many earlier ones are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A statistic of the area: its newest cell in words, where that stands, and the trend as a picture."""

    key: str
    title: str
    shown: str
    value: ValueView
    beside: str  # England's figure of the same period in words, or ""
    picture: str  # SVG, or "" where there is one figure only


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One service of the page."""

    service: Service
    judged: tuple[Judged, ...]
    figures: tuple[Figure, ...]
    counts: tuple[tuple[str, KindInArea], ...]  # what stands in the area, in words, and its grades


def sections(area: AreaView, on: AsAt) -> tuple[Section, ...]:
    """Every service of which the record says something, in the order of the page."""
    by_service = dict(evidence.serving(area.area_id, on.asked))
    for service in services():
        for kind in service.listed:
            standing_here = places.bodies_in(area.area_id, kind, on.day)
            found_here = tuple(one for body in standing_here for one in evidence.of_body(body, on.asked))
            by_service[service.key] = (*by_service.get(service.key, ()), *found_here)
    bodies = {
        each.body_id: each
        for each in places.bodies({one.body_id for some in by_service.values() for one in some})
    }
    # A table of statistics goes back many years and is brought up to date as a whole: what it said on an
    # earlier day is not known from it, so a page of another day has none.
    figures = {} if on.chosen else _figures(area)
    found = []
    for service in services():
        inspections = by_service.get(service.key, ())
        if service.key == "children":
            inspections = () if area.childrens_services else _graded_last(inspections)
        section = Section(
            service=service,
            judged=tuple(_judged(area, inspections, bodies, on)),
            figures=tuple(figures[key] for key in service.headline if key in figures),
            counts=tuple(_counts(area, service, on)),
        )
        if section.judged or section.figures or section.counts:
            found.append(section)
    return tuple(found)


def _graded_last(inspections: Sequence[InspectionView]) -> tuple[InspectionView, ...]:
    """The newest inspection with grades: the page of whoever provides the service has them all."""
    return tuple(one for one in inspections if one.judgements)[:1]


def _judged(
    area: AreaView, inspections: Sequence[InspectionView], bodies: Mapping[str, BodyView], on: AsAt
) -> list[Judged]:
    """By body and kind of inspection: a council's CPA of 2008 is not the predecessor of a flag of 2009."""
    by_body: dict[tuple[str, str], list[InspectionView]] = {}
    for one in inspections:
        by_body.setdefault((one.body_id, one.family), []).append(one)
    found = []
    for (body_id, _), theirs in by_body.items():
        body = bodies.get(body_id)
        newest, *earlier = theirs
        found.append(
            Judged(
                body_id=body_id,
                name=area.name if body_id == area.area_id else (body.name if body else body_id),
                whose=_whose(area, body_id, body),
                path=f"/bodies/{body_id}/",
                newest=newest,
                when=when(newest),
                standing=standing_words(newest, on.day, body.closed if body else None),
                earlier=tuple((one, when(one)) for one in earlier[:MOST_EARLIER]),
                more=max(len(earlier) - MOST_EARLIER, 0),
            )
        )
    return found


def _whose(area: AreaView, body_id: str, body: BodyView | None) -> str:
    if body_id == area.area_id:
        return "the council itself"
    if body_id == area.county:
        return "the county council"
    return BODY_KINDS.get(body.kind, "") if body else ""


def _figures(area: AreaView) -> dict[str, Figure]:
    keys = [key for service in services() for key in service.headline]
    found = indicators.trends([area.area_id, ENGLAND], keys)
    wider = {key: series for (subject, key), series in found.items() if subject == ENGLAND}
    astray = indicators.astray(series.latest for series in wider.values() if series.latest)
    figures = {
        key: figure_of(area.name, own, None if key in astray else wider.get(key))
        for key in keys
        if (own := found.get((area.area_id, key)))
    }
    return {key: figure for key, figure in figures.items() if figure}


def figure_of(name: str, own: SeriesView, england: SeriesView | None) -> Figure | None:
    """A series as a page shows it, with England's beside it where it is a rate; None where there is none."""
    values = own.values[-MOST_PERIODS:]
    if own.measure is None or not values:
        return None
    unit, decimals = own.measure.unit, own.measure.decimals
    newest = values[-1]
    is_rate = own.measure.kind == "rate"
    beside = [each for each in (england.values if england and is_rate else ()) if each.ends >= values[0].ends]
    theirs = next((each for each in beside if each.ends == newest.ends and each.value is not None), None)
    words = shown(newest.value, unit, decimals, newest.marker)
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
    return Figure(
        key=own.key,
        title=own.measure.title,
        shown=words,
        value=newest,
        beside=shown(theirs.value, unit, decimals) if theirs else "",
        picture=picture,
    )


def _line(label: str, values: Sequence[ValueView], unit: str, decimals: int | None) -> Line:
    return Line(
        label=label,
        points=tuple(
            Point(
                at=each.ends,
                label=each.period,
                value=each.value,
                # Beside the line there is room for a number and a sign, not for "per 10,000".
                shown=shown(each.value, unit if unit in SHORT_UNITS else "", decimals, each.marker),
            )
            for each in values
        ),
    )


def _described(values: Sequence[ValueView], unit: str, decimals: int | None) -> str:
    return "; ".join(f"{each.period}: {shown(each.value, unit, decimals, each.marker)}" for each in values)


def _counts(area: AreaView, service: Service, on: AsAt) -> list[tuple[str, KindInArea]]:
    found = []
    for kind in service.counted:
        counted = evidence.in_area(area.area_id, kind, on.asked)
        if counted.bodies:
            found.append((BODY_KINDS[kind], counted))
    return found


def edition_name(key: str) -> str:
    """A framework edition's name, for the head of its grades."""
    return framework(key).name
