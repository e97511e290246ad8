"""The annual review of a date: where every authority responsible for children's social care stood.

Two steps keep it quick. First one light query over all statements published by the date picks each
body's newest graded inspection, then and a year before; then only those are fetched and resolved.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from oneplace.evidence.differences import published_order
from oneplace.evidence.models import RatingTotal, Statement
from oneplace.evidence.resolving import view
from oneplace.evidence.said import HEADER_AND_JUDGEMENTS, corrections, held, source_ref, statements_of
from oneplace.evidence.standing import standing
from oneplace.evidence.views import AnnualReview, GradeCount, InspectionView, ReviewAuthority
from oneplace.frameworks import (
    NotComparable,
    UnknownFramework,
    UnknownGrade,
    compare,
    edition,
    framework,
    frameworks,
    grade_label,
)
from oneplace.places import queries as places

# Children's services as a whole: an area SEND inspection judges a partnership, an LSCB review a board.
_OTHER_SUBJECTS = frozenset({"area-SEND", "LSCB-review only"})


def children_services_families() -> frozenset[str]:
    """The families whose inspections grade a council's services for children."""
    return frozenset(
        each.family
        for each in frameworks().values()
        if each.service == "children"
        and each.inspects == "local_authority"
        and not each.is_visit
        and each.family not in _OTHER_SUBJECTS
    )


@dataclass(frozen=True, slots=True)
class _Light:
    """Enough of a statement to know when its inspection was published."""

    inspection_id: int
    body_id: str
    public_id: str
    published: dt.date | None
    order: int
    retrieved: dt.date
    inspected: dt.date


def annual_review(as_at: dt.date, held_at: dt.datetime | None = None) -> AnnualReview:
    """Every authority's newest graded inspection published by `as_at`, and what changed in a year."""
    year_before = _a_year_before(as_at)
    published = _published(held_at)
    now, then = _newest(published, as_at), _newest(published, year_before)
    authorities = places.areas_responsible_for_children(as_at)
    bodies = {area.area_id for area in authorities}
    wanted = {inspection for body, inspection in (*now.items(), *then.items()) if body in bodies}
    said = statements_of(wanted, HEADER_AND_JUDGEMENTS, held_at)
    corrected = corrections(held_at=held_at)
    views: dict[int, InspectionView | None] = {}
    for inspection, group in said.items():
        public_id = group[0].statement.inspection.public_id if group[0].statement.inspection else ""
        views[inspection] = view(group, corrected.get(public_id, {}), as_at)
    reviews = _review_days(held_at)
    lines = []
    for area in authorities:
        current, unnamed = _standing_of(area, views.get(now.get(area.area_id, 0)), reviews, as_at)
        previous, unnamed_then = _standing_of(
            area, views.get(then.get(area.area_id, 0)), reviews, year_before
        )
        lines.append(
            ReviewAuthority(
                area_id=area.area_id,
                name=area.name,
                kind=area.kind,
                region=area.region,
                current=current,
                previous=previous,
                change="unnamed" if unnamed or unnamed_then else _change(previous, current),
                unnamed=unnamed,
            )
        )
    return AnnualReview(as_at=as_at, authorities=tuple(lines), counts=_counts(tuple(lines), as_at, held_at))


def _review_days(held_at: dt.datetime | None) -> list[tuple[dt.date, str]]:
    """(day, framework) of each review that graded every authority at once and published totals, oldest first."""
    found = RatingTotal.objects.filter(held(held_at)).values_list("published", "framework").distinct()
    return sorted({(day, edition(family, day).key) for day, family in found})


def review_since(
    current: InspectionView, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> dt.date | None:
    """The day of a later review that graded this authority too, but is held as totals only; None: there is none."""
    days = [
        day
        for day, key in _review_days(held_at)
        if key == current.framework and current.published and current.published < day
    ]
    return max((day for day in days if as_at is None or day <= as_at), default=None)


def _standing_of(
    area: places.AreaView, newest: InspectionView | None, reviews: list[tuple[dt.date, str]], by: dt.date
) -> tuple[InspectionView | None, bool]:
    """An authority's grade on a day, and whether it had one that no source held names.

    A yearly review grades everyone anew: last year's grade is not this year's, even where this year's is not named.
    """
    past = [(day, key) for day, key in reviews if day <= by]
    if not past:
        return newest, False
    day, key = past[-1]
    if newest is None:
        return None, area.existed(day)
    if newest.framework == key and newest.published and newest.published < day:
        return None, True
    return newest, False


def _a_year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _published(held_at: dt.datetime | None) -> list[tuple[dt.date, dt.date, str, str, int]]:
    """(known since, inspected, public id, body, inspection) of each graded inspection."""
    rows = Statement.objects.filter(
        held(held_at), inspection__isnull=False, framework__in=children_services_families()
    ).values_list(
        "inspection_id",
        "inspection__body_id",
        "inspection__public_id",
        "published",
        "published_source",
        "release__source",
        "release__reader",
        "release__compiled_by",
        "release__retrieved_at",
        "inspection_end",
        "inspection_start",
    )
    groups: dict[int, list[_Light]] = defaultdict(list)
    for (
        inspection,
        body,
        public_id,
        published,
        origin,
        source,
        reader,
        compiled_by,
        retrieved,
        end,
        start,
    ) in rows:
        order = published_order(standing(source, reader, compiled_by), origin)
        day = retrieved.date()
        groups[inspection].append(
            _Light(inspection, body, public_id, published, order, day, end or start or published or day)
        )
    corrected = {
        target: dt.date.fromisoformat(fields["published"].value or "")
        for target, fields in corrections(held_at=held_at).items()
        if "published" in fields
    }
    found = []
    for inspection, group in groups.items():
        dated = [light for light in group if light.published]
        best = min(dated, key=lambda light: light.order, default=None)
        known = best.published if best and best.published else min(light.retrieved for light in group)
        first = group[0]
        known = corrected.get(first.public_id, known)
        found.append((known, first.inspected, first.public_id, first.body_id, inspection))
    return found


def _newest(found: list[tuple[dt.date, dt.date, str, str, int]], by: dt.date) -> dict[str, int]:
    """Body → its newest inspection published by a date."""
    newest: dict[str, tuple[dt.date, dt.date, str, str, int]] = {}
    for each in found:
        body = each[3]
        if each[0] <= by and (body not in newest or each > newest[body]):
            newest[body] = each
    return {body: each[4] for body, each in newest.items()}


def _change(previous: InspectionView | None, current: InspectionView | None) -> str:
    if current is None:
        return "none"
    if previous is None:
        return "first"
    if previous.public_id == current.public_id:
        return "same"
    before, after = previous.overall, current.overall
    if before is None or after is None:
        return "not_comparable"
    try:
        return compare(
            framework(previous.framework), before.grade, framework(current.framework), after.grade, "overall"
        )
    except (NotComparable, UnknownGrade, UnknownFramework):
        return "not_comparable"


def _counts(
    lines: tuple[ReviewAuthority, ...], as_at: dt.date, held_at: dt.datetime | None
) -> tuple[GradeCount, ...]:
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    reviews: dict[str, set[dt.date]] = defaultdict(set)
    for line in lines:
        if line.current and line.current.overall:
            named[line.current.framework][line.current.overall.grade].append(line.area_id)
        elif line.current:
            named[line.current.framework][NO_OVERALL].append(line.area_id)
        if line.current and line.current.published:
            reviews[line.current.framework].add(line.current.published)
    totals: dict[tuple[str, str], RatingTotal] = {}
    for total in (
        RatingTotal.objects.filter(held(held_at), published__lte=as_at)
        .select_related("release")
        .order_by("published", "release_id", "position")
    ):
        key = edition(total.framework, total.published).key
        totals[key, total.grade] = total
    latest = {key: max(t.published for (k, _), t in totals.items() if k == key) for key, _ in totals}
    # A published total counts while nobody has been graded otherwise since: then it is no longer everyone.
    since = any(line.current and line.current.framework not in latest for line in lines)
    totals = {
        (key, grade): total
        for (key, grade), total in totals.items()
        if total.published == latest[key] and latest[key] in reviews[key] and not since
    }
    unnamed = [line.area_id for line in lines if line.unnamed]
    if unnamed and not totals and latest:
        newest = max(latest, key=lambda key: latest[key])
        named[newest][NOT_NAMED] = unnamed
    counts = []
    for each in frameworks().values():
        grades = [grade.key for grade in each.grades]
        extra = {*named[each.key], *(grade for key, grade in totals if key == each.key)} - set(grades)
        for grade in (*grades, *sorted(extra)):
            known, total_row = tuple(named[each.key][grade]), totals.get((each.key, grade))
            if not known and total_row is None:
                continue
            counts.append(
                GradeCount(
                    framework=each.key,
                    grade=grade,
                    grade_label=_label(each.key, grade),
                    # One that was graded anew after the review may be named beside those of the total.
                    count=max(total_row.count, len(known)) if total_row else len(known),
                    named=() if grade == NOT_NAMED else known,
                    source=source_ref(total_row.release, total_row.address) if total_row else None,
                )
            )
    return tuple(counts)


NO_OVERALL = "no_overall_grade"
NOT_NAMED = "not_named"


def total_label(family: str, published: dt.date, grade: str) -> str:
    """The grade of a published total, in words."""
    return _label(edition(family, published).key, grade)


def _label(key: str, grade: str) -> str:
    if grade == NO_OVERALL:
        return "No overall grade"
    if grade == NOT_NAMED:
        return "Graded, not named by the sources held"
    try:
        return grade_label(framework(key), grade)
    except UnknownGrade:
        return grade.replace("_", " ").capitalize()
