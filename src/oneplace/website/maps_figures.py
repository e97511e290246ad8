"""Statistics on a map: one measure in one period, in classes that hold about as many places each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from oneplace.charts.scales import EMPTY, Entry, class_of, quantile_cuts, ramp
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import ENGLAND, AcrossView, MeasureView, ValueView
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.as_at import FIRST_DAY
from oneplace.website.figures import ABSENCES, MARKERS, shown
from oneplace.website.links import row_path
from oneplace.website.maps import TIERS, Choice, Line, Mapped, counted
from oneplace.website.services import service_label

# A measure is of a tier where it has figures for at least this share of those whom no other tier has.
ENOUGH = 0.5
_LOWER = frozenset(
    {"district", "unitary", "metropolitan_district", "london_borough", "city_corporation", "isles_of_scilly"}
)
_FIFTHS = {
    "good": ("Best fifth", "Second best fifth", "Middle fifth", "Second worst fifth", "Worst fifth"),
    "more": ("Highest fifth", "Second highest fifth", "Middle fifth", "Second lowest fifth", "Lowest fifth"),
}
# What a tile without a figure carries; the rest have a dot.
_SIGNS = {"suppressed": "*", "low_reliability": "u", "not_applicable": "/"}
_LAST = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    key: str
    name: str
    code: str
    region: str
    href: str
    is_of_one_tier: bool  # of no other tier: a county, a district, a force
    areas: tuple[str, ...] = ()


def figures_on_a_map(key: str, period: str = "", tier: str = "") -> Mapped | None:
    """The map of a measure in a period, or in the newest that enough places have; None where nothing is loaded."""
    found = indicators.across(key, period or None)
    if found is None:
        return None
    cells = {each.subject: each for each in found.values}
    tiers = _tiers(cells, found.ends)
    fitting = [name for name, there in tiers.items() if _is_of(there, cells)]
    chosen = (
        tier if tier in fitting else next(iter(fitting), max(tiers, key=lambda t: _held(tiers[t], cells)))
    )
    here = tiers[chosen]
    measure = found.measure
    numbers = {each.key: value for each in here if (value := _number(cells.get(each.key))) is not None}
    classes = _Classes(measure, list(numbers.values()))
    lines = tuple(_line(each, cells.get(each.key), measure, classes) for each in here)
    return Mapped(
        what=key,
        title=measure.title,
        lead=_lead(measure, found),
        tier=chosen,
        day=found.ends,
        lines=lines,
        entries=counted([*classes.entries, *_absences(lines)], lines),
        notes=_notes(measure, None if found.england_is_astray else cells.get(ENGLAND)),
        source=f"{service_label(measure.service)}, {found.told}. {measure.source_note}".strip(),
        periods=indicators.periods(key),
        period=found.period,
        tiers=tuple(Choice(key=name, label=_capital(TIERS[name])) for name in fitting)
        if len(fitting) > 1
        else (),
        way=chosen,
    )


# --- Whose map it is -------------------------------------------------------------------------------------


def _tiers(cells: Mapping[str, ValueView], ends: dt.date) -> dict[str, list[_Place]]:
    """Tier → its places, of the day on which the period ends or of today: as its figures are given."""
    known = places.areas()
    found: dict[str, list[_Place]] = {}
    for tier in ("lower", "upper"):
        days = (max(ends, FIRST_DAY), timezone.localdate())
        found[tier] = max((_councils(known, tier, day) for day in days), key=lambda some: _share(some, cells))
    found["police"] = _forces(known, cells)
    return {tier: some for tier, some in found.items() if some}


def _councils(known: Sequence[AreaView], tier: str, day: dt.date) -> list[_Place]:
    return [
        _Place(
            key=each.area_id,
            name=each.name,
            code=each.code("register_code") or "",
            region=each.region,
            href=each.path,
            is_of_one_tier=not (each.childrens_services and each.kind in _LOWER),
        )
        for each in known
        if each.existed(day) and (each.childrens_services if tier == "upper" else each.kind in _LOWER)
    ]


def _forces(known: Sequence[AreaView], cells: Mapping[str, ValueView]) -> list[_Place]:
    named = [subject for subject in cells if subject.endswith("-police")]
    if not named:
        return []
    region = {each.area_id: each.region for each in known}
    found = []
    for body in places.bodies(named):
        regions = [region[area] for area in body.serves if area in region]
        found.append(
            _Place(
                key=body.body_id,
                name=body.name.removesuffix(" Police").removesuffix(" Constabulary"),
                code=body.name[:9],
                region=max(sorted(set(regions)), key=regions.count, default=""),
                href=f"/bodies/{body.body_id}/",
                is_of_one_tier=True,
                areas=body.serves,
            )
        )
    return found


def _held(some: Iterable[_Place], cells: Mapping[str, ValueView]) -> int:
    return sum(each.key in cells for each in some)


def _share(some: Sequence[_Place], cells: Mapping[str, ValueView]) -> float:
    return _held(some, cells) / len(some) if some else 0.0


def _is_of(some: Sequence[_Place], cells: Mapping[str, ValueView]) -> bool:
    own = [each for each in some if each.is_of_one_tier]
    return _share(own, cells) >= ENOUGH


# --- What each tile says ---------------------------------------------------------------------------------


class _Classes:
    """The classes of a measure's figures, the best or the highest first, and the legend's lines for them."""

    def __init__(self, measure: MeasureView, numbers: list[float]) -> None:
        self._cuts = quantile_cuts(numbers)
        count = len(self._cuts) + 1
        self._from_the_top = measure.polarity != "low"
        kind = "worse" if measure.polarity in ("high", "low") else "higher"
        # The worst, or the highest, is the darkest: what a reader looks for first.
        shades = ramp(count, kind) if kind == "worse" else ramp(count, kind)[::-1]
        words = _FIFTHS["good" if kind == "worse" else "more"]
        entries = []
        for place in range(count if numbers else 0):
            theirs = [number for number in numbers if self.place(number) == place]
            low, high = (shown(edge, measure.unit, measure.decimals) for edge in (min(theirs), max(theirs)))
            name = words[place] if count == len(words) else f"Class {place + 1} of {count}"
            entries.append(
                Entry(
                    key=f"c{place + 1}",
                    label=f"{name}: {low}" if low == high else f"{name}: {low} to {high}",
                    sign=str(place + 1),
                    shade=shades[place],
                )
            )
        self.entries = tuple(entries)

    def place(self, number: float) -> int:
        """0 for the best or the highest."""
        found = class_of(number, self._cuts)
        return len(self._cuts) - found if self._from_the_top else found

    def order(self, number: float) -> float:
        """What sorts the best, or the highest, first."""
        return -number if self._from_the_top else number


def _number(value: ValueView | None) -> float | None:
    return value.value if value else None


def _line(place: _Place, value: ValueView | None, measure: MeasureView, classes: _Classes) -> Line:
    if value is None:
        entry, words, order = "not_published", ABSENCES["not_published"], _LAST
    elif value.value is None:
        entry = value.marker or "no_figure"
        words, order = shown(None, measure.unit, marker=value.marker), _LAST
    else:
        entry = f"c{classes.place(value.value) + 1}"
        words, order = shown(value.value, measure.unit, measure.decimals), classes.order(value.value)
        if value.marker:
            words = f"{words} ({MARKERS.get(value.marker, value.marker)})"
    return Line(
        key=place.key,
        name=place.name,
        code=place.code,
        region=place.region,
        entry=entry,
        words=words,
        href=place.href,
        order=order,
        value=_number(value),
        source_href=row_path(value.release_id, value.row, value.sheet, value.measure) if value else "",
        source_label=f"row {value.row}" if value else "",
        areas=place.areas,
    )


def _absences(lines: Sequence[Line]) -> list[Entry]:
    """A grey line of the legend for each reason that a place has no figure."""
    reasons = {line.entry: line.words for line in lines if line.value is None}
    return [
        Entry(key=key, label=_capital(words), sign=_SIGNS.get(key, "·"), shade=EMPTY, absent=True)
        for key, words in sorted(reasons.items())
    ]


def _lead(measure: MeasureView, found: AcrossView) -> str:
    good = {"high": " More is better.", "low": " Less is better."}.get(measure.polarity, "")
    dark = "the worse" if good else "the higher"
    return f"{_capital(found.told)}.{good} The darker a tile, {dark}."


def _notes(measure: MeasureView, england: ValueView | None) -> tuple[str, ...]:
    notes = []
    if measure.kind == "count":
        notes.append("These are counts: a place with more people has more. The largest number is no rank.")
    elif england and england.value is not None:
        notes.append(f"England: {shown(england.value, measure.unit, measure.decimals)}.")
    if measure.polarity not in ("high", "low"):
        notes.append("Nobody has said which way is good: dark is neither good nor bad.")
    return tuple(notes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
