"""The annual review of a date: where everybody responsible for a service stood, and what changed in a year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from oneplace.evidence.annual_counts import by_question, counts
from oneplace.evidence.models import RatingTotal
from oneplace.evidence.newest import Known, graded_by, newest, newest_held, resolved
from oneplace.evidence.reviewed import Reviewed, main_question, reviewed
from oneplace.evidence.said import corrections, held
from oneplace.evidence.views import AnnualReview, InspectionView, JudgementView, ReviewAuthority
from oneplace.frameworks import (
    NotComparable,
    UnknownFramework,
    UnknownGrade,
    compare,
    edition,
    framework,
    frameworks,
)
from oneplace.places import queries as places

# Inspections of a kind that ran for longer than this have been to every council.
_A_ROUND = dt.timedelta(days=3 * 365)
# Services of which the districts of a county have their own grades; the others are the upper tier's.
_OF_EVERY_COUNCIL = frozenset({"council", "money"})


class NoSuchReview(ValueError):
    """Nobody grades this service, or those who are graded are too many to be listed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Responsible:
    """Whoever is responsible for the service on the day. `start` is the day from which it was there."""

    body_id: str
    name: str
    kind: str
    region: str
    areas: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    is_council: bool = True
    is_dated: bool = True  # whether somebody tells since when it has been there

    def existed(self, on: dt.date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def annual_review(
    as_at: dt.date, held_at: dt.datetime | None = None, *, service: str = "children", key: str = ""
) -> AnnualReview:
    """Everybody's newest graded inspection published by `as_at`, and what changed in a year.

    `service` is one of `frameworks.Service`; `key` one of its reviews where there are several. Raises
    `NoSuchReview` for a service that nobody grades and for one whose bodies are counted by area.
    """
    of = reviewed(service, key)
    if of is None or of.is_by_area:
        raise NoSuchReview(f"there is no annual review of {service!r} body by body")
    (found,) = annual_reviews(as_at, [of], held_at)
    return found


def annual_reviews(
    as_at: dt.date, chosen: Iterable[Reviewed], held_at: dt.datetime | None = None
) -> tuple[AnnualReview, ...]:
    """Several reviews of one day, none of them by area, in their order: as many statements as for one."""
    listed = list(chosen)
    if not listed:
        return ()
    decided = corrections(held_at=held_at)
    graded = graded_by([each.families for each in listed], decided, held_at=held_at)
    everyone = places.bodies_of_kind(
        sorted({kind for each in listed if not each.is_of_councils for kind in each.kinds}), as_at
    )
    standing = [
        _standing(found, _responsible(of, as_at, everyone), as_at)
        for of, found in zip(listed, graded, strict=True)
    ]
    views = resolved({pk for each in standing for pk in each.wanted()}, decided, as_at, held_at)
    totals = _totals(listed, held_at)
    return tuple(
        _review(of, each, views, [one for one in totals if one.framework in of.families], as_at)
        for of, each in zip(listed, standing, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Who is responsible, and of each body the inspection that stands: its key by the body's."""

    responsible: tuple[_Responsible, ...]
    now: Mapping[str, int]
    then: Mapping[str, int]
    held_by_then: Mapping[str, int]

    def wanted(self) -> set[int]:
        bodies = {each.body_id for each in self.responsible}
        return {pk for body, pk in (*self.now.items(), *self.then.items()) if body in bodies}


def _standing(found: Sequence[Known], responsible: tuple[_Responsible, ...], as_at: dt.date) -> _Standing:
    year_before = a_year_before(as_at)
    now = {body: one.pk for (body, _), one in newest(found, as_at).items()}
    # As at a day nothing is told of which it is not known that it was out. What changed in a year is told of
    # what stands now: without a day of publication the day of inspection says whether it is that old.
    then = {body: one.pk for (body, _), one in newest_held(found, year_before).items()}
    held_by_then = {body: one.pk for (body, _), one in newest_held(found, as_at).items()}
    return _Standing(responsible=responsible, now=now, then=then, held_by_then=held_by_then)


def _review(
    of: Reviewed,
    standing: _Standing,
    views: Mapping[int, InspectionView],
    totals: Sequence[RatingTotal],
    as_at: dt.date,
) -> AnnualReview:
    days = _review_days(totals)
    lines = tuple(
        _line(
            each,
            views.get(standing.now.get(each.body_id, 0)),
            views.get(standing.then.get(each.body_id, 0)),
            days,
            of.families,
            as_at,
            undated=standing.now.get(each.body_id) != standing.held_by_then.get(each.body_id),
        )
        for each in standing.responsible
    )
    is_past = as_at < timezone.localdate()
    may_not_have_been = [
        line
        for each, line in zip(standing.responsible, lines, strict=True)
        if is_past and not each.is_dated and not line.current and not line.undated
    ]
    return AnnualReview(
        as_at=as_at,
        authorities=lines,
        counts=counts(lines, totals, as_at),
        service=of.service,
        key=of.key,
        families=of.families,
        by_question=by_question(lines),
        may_not_have_been=len(may_not_have_been),
    )


def _responsible(of: Reviewed, on: dt.date, bodies: Iterable[places.BodyOfKind]) -> tuple[_Responsible, ...]:
    """By name: the councils of the tier whose service it is, or those of the bodies whose kind is inspected."""
    if of.is_of_councils:
        everyone = of.service in _OF_EVERY_COUNCIL
        councils: Iterable[places.AreaView] = (
            (each for each in places.areas() if each.existed(on) and each.kind != "combined_authority")
            if everyone
            else places.areas_responsible_for_children(on)
        )
        return tuple(
            _Responsible(
                body_id=each.area_id,
                name=each.name,
                kind=each.kind,
                region=each.region,
                start=each.start,
                end=each.end,
            )
            for each in councils
        )
    regions = {each.area_id: each.region for each in places.areas()}
    return tuple(
        _Responsible(
            body_id=each.body_id,
            name=each.name,
            kind=each.kind,
            region=_most(regions[area] for area in each.areas if area in regions),
            areas=each.areas,
            is_council=False,
            is_dated=each.is_dated,
        )
        for each in bodies
        if each.kind in of.kinds
    )


def _most(regions: Iterable[str]) -> str:
    """The region of most of the areas; "" where none is known (a force of the whole country)."""
    return max(sorted(Counter(regions).items()), key=lambda each: each[1], default=("", 0))[0]


def _line(
    of: _Responsible,
    newest_now: InspectionView | None,
    newest_then: InspectionView | None,
    days: Sequence[tuple[dt.date, str]],
    families: Collection[str],
    as_at: dt.date,
    *,
    undated: bool,
) -> ReviewAuthority:
    current, unnamed = _standing_of(of, newest_now, days, families, as_at)
    previous, unnamed_then = _standing_of(of, newest_then, days, families, a_year_before(as_at))
    return ReviewAuthority(
        area_id=of.body_id,
        name=of.name,
        kind=of.kind,
        region=of.region,
        current=current,
        previous=previous,
        change="unnamed" if unnamed or (current and unnamed_then) else _change(previous, current),
        unnamed=unnamed,
        undated=undated,
        is_council=of.is_council,
        areas=of.areas,
    )


def _standing_of(
    of: _Responsible,
    newest: InspectionView | None,
    reviews: Sequence[tuple[dt.date, str]],
    families: Collection[str],
    by: dt.date,
) -> tuple[InspectionView | None, bool]:
    """Its grade on a day, and whether it had one that no source held names.

    A yearly review grades everyone anew: last year's grade is not this year's, even where this year's is not named.
    A yearly rating that ended says nothing of where anyone stands when all have been inspected since.
    """
    past = [(day, key) for day, key in reviews if day <= by and not _is_over(key, families, by)]
    if newest is not None and _is_over(newest.framework, families, by):
        newest = None
    if not past:
        return newest, False
    day, key = past[-1]
    if newest is None:
        return None, of.existed(day)
    if newest.framework == key and newest.published and newest.published < day:
        return None, True
    return newest, False


def _is_over(key: str, families: Collection[str], by: dt.date) -> bool:
    """Whether an edition of yearly ratings ended, and a whole round of inspections of the same service has since."""
    rating = framework(key)
    if rating.kind != "rating" or rating.ends is None:
        return False
    return any(
        each.family in families
        and each.kind == "inspection"
        and each.starts > rating.ends
        and each.ends is not None
        and each.ends < by
        and each.ends - each.starts > _A_ROUND
        for each in frameworks().values()
    )


def _totals(chosen: Iterable[Reviewed], held_at: dt.datetime | None) -> list[RatingTotal]:
    """The totals that were published of the families of some reviews, oldest first."""
    families = sorted(frozenset().union(*(each.families for each in chosen)))
    found = RatingTotal.objects.filter(held(held_at), framework__in=families).select_related("release")
    return list(found.order_by("published", "release_id", "position"))


def _review_days(totals: Iterable[RatingTotal]) -> list[tuple[dt.date, str]]:
    """(day, edition) of each review that graded every authority at once and published totals, oldest first."""
    return sorted({(each.published, edition(each.framework, each.published).key) for each in totals})


def review_since(
    current: InspectionView, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> dt.date | None:
    """The day of a later review that graded this authority too, but is held as totals only; None: there is none."""
    found = RatingTotal.objects.filter(held(held_at), framework=current.family)
    days = [
        day
        for day in found.values_list("published", flat=True).distinct()
        if edition(current.family, day).key == current.framework
        and current.published
        and current.published < day
    ]
    return max((day for day in days if as_at is None or day <= as_at), default=None)


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _change(previous: InspectionView | None, current: InspectionView | None) -> str:
    if current is None:
        return "none"
    if previous is None:
        return "first"
    if previous.public_id == current.public_id:
        return "not_again"
    before, after = _by_key(previous), _by_key(current)
    sides = {
        side for key in after if key in before and (side := _side(previous, before[key], current, after[key]))
    }
    if not sides:
        return "not_comparable"
    return (
        sides.pop()
        if len(sides) == 1
        else "mixed"
        if {"better", "worse"} <= sides
        else (sides - {"same"}).pop()
    )


def _by_key(one: InspectionView) -> Mapping[str, JudgementView]:
    """The grade that stands for the whole; where there is none, that of each question about the whole."""
    main = main_question(framework(one.framework))
    if main and (only := one.judgement(main)):
        return {main: only}
    return {} if main else {each.question_key: each for each in one.judgements if not each.subject}


def _side(
    previous: InspectionView, before: JudgementView, current: InspectionView, after: JudgementView
) -> str | None:
    try:
        return compare(
            framework(previous.framework),
            before.grade,
            framework(current.framework),
            after.grade,
            after.question_key,
        )
    except (NotComparable, UnknownGrade, UnknownFramework):
        return None
