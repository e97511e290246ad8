"""The headline statistics of several areas side by side, each with England's and among areas like its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from oneplace.indicators import queries as indicators
from oneplace.indicators.queries import InContext
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import MOST_ALIKE, NEIGHBOURS, SIMILAR, likeness
from oneplace.website.area_services import BETTER, Figure, figure_of
from oneplace.website.figures import shown
from oneplace.website.services import Service, services


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """An area's figure. `quarter` is where it stands among areas like its own; `best` among those compared."""

    figure: Figure | None
    quarter: str
    best: str
    note: str  # why it stands beside no other


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    """A measure: each area's figure in the order of the areas, and England's."""

    key: str
    title: str
    service: Service
    better: str
    england: str
    is_count: bool
    cells: tuple[FigureCell, ...]


_QUARTERS = {1: "in the best quarter", 4: "in the worst quarter"}


def compared_figures(areas: Sequence[AreaView]) -> tuple[ComparedFigure, ...]:
    """Every headline measure of which one of the areas has a figure."""
    ids = [each.area_id for each in areas]
    keys = {key: service for service in services() for key in service.headline}
    alike = places.similar_by_each(ids, (NEIGHBOURS, SIMILAR))
    among = {
        (area, key): alike.get((area, likeness(service.key)), ())[:MOST_ALIKE]
        for area in ids
        for key, service in keys.items()
    }
    found = indicators.in_context_of(ids, tuple(keys), among)
    return tuple(
        made for key, service in keys.items() if (made := _compared(areas, key, service, found)) is not None
    )


def _compared(
    areas: Sequence[AreaView], key: str, service: Service, found: Mapping[tuple[str, str], InContext]
) -> ComparedFigure | None:
    those = [found.get((area.area_id, key)) for area in areas]
    figures = [_figure(area, one) if one else None for area, one in zip(areas, those, strict=True)]
    first = next((one for one in those if one and one.series.measure), None)
    if first is None or not any(figures):
        return None
    defined = first.series.measure
    assert defined is not None
    is_count = defined.kind == "count"
    best = {} if is_count else _ends(figures, defined.polarity)
    # Figures of different periods are not of one day: the newest that any has is the one compared.
    latest = max(figure.value.ends for figure in figures if figure)
    return ComparedFigure(
        key=key,
        title=defined.title,
        service=service,
        better=BETTER.get(defined.polarity, "") if not is_count else "",
        england=_england(those, defined.unit, defined.decimals),
        is_count=is_count,
        cells=tuple(
            FigureCell(
                figure=figure,
                quarter=_quarter(one),
                best=best.get(place, ""),
                note=""
                if figure is None or figure.value.ends == latest
                else f"Of {figure.value.told}: not compared with a later period",
            )
            for place, (figure, one) in enumerate(zip(figures, those, strict=True))
        ),
    )


def _figure(area: AreaView, one: InContext) -> Figure | None:
    """As on the area's own page, its picture under a name of its own: several stand on one page."""
    made = figure_of(area.name, one)
    if made is None:
        return None
    return replace(
        made, picture=made.picture.replace(f"trend-{made.key}", f"trend-{area.area_id}-{made.key}")
    )


def _ends(figures: Sequence[Figure | None], polarity: str) -> dict[int, str]:
    """Who has the best and who the worst of the newest period; all of them where they tie."""
    if polarity not in ("high", "low"):
        return {}
    latest = max(figure.value.ends for figure in figures if figure)
    numbers = {
        place: figure.value.value
        for place, figure in enumerate(figures)
        if figure and figure.value.ends == latest and figure.value.value is not None
    }
    if len(set(numbers.values())) < 2:
        return {}
    best, worst = max(numbers.values()), min(numbers.values())
    if polarity == "low":
        best, worst = worst, best
    ends = ("Better", "Worse") if len(numbers) == 2 else ("Best", "Worst")
    return {
        place: f"{ends[0] if value == best else ends[1]} of {'the two' if len(numbers) == 2 else 'these'}"
        for place, value in numbers.items()
        if value in (best, worst)
    }


def _quarter(one: InContext | None) -> str:
    standing = one.standing if one else None
    if standing is None or standing.quartile is None or not standing.best_first:
        return ""
    if standing.side == "same":
        return f"in the middle of {standing.of} areas like it"
    where = _QUARTERS.get(standing.quartile) or (
        "in the better half" if standing.quartile == 2 else "in the worse half"
    )
    return f"{where} of {standing.of} areas like it"


def _england(those: Sequence[InContext | None], unit: str, decimals: int | None) -> str:
    """England's newest figure that may stand beside them, with its period."""
    one = next((each.england for each in those if each and each.england), None)
    newest = one.latest if one else None
    if newest is None or newest.value is None:
        return ""
    return f"{shown(newest.value, unit, decimals)} ({newest.told})"
