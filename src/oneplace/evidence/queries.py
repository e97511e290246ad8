"""Reading the record. Every answer is frozen; no database object leaves this room.

Two clocks. `as_at` is the world's: only inspections that were published by the end of that day, whatever
this store held then. A fact of such an inspection may come from a later release about it (the file of
official statistics that repeats it); a later difference, rating or inspection may not. `held_at` is this
store's: only releases that it held true at that moment, and corrections decided by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from oneplace.evidence.annual import (
    annual_review,
    children_services_families,
    review_since,
    total_label,
)
from oneplace.evidence.models import Inspection, RatingTotal, Release, State, Statement
from oneplace.evidence.resolving import view
from oneplace.evidence.reviewing import review_queue
from oneplace.evidence.said import (
    EVERYTHING,
    HEADER_AND_JUDGEMENTS,
    Said,
    corrections,
    inspection_of,
    statements,
)
from oneplace.evidence.views import InspectionView, ReleaseView, Told, TotalView
from oneplace.places import queries as places

__all__ = [
    "annual_review",
    "children_services_families",
    "current",
    "history",
    "inspection",
    "inspection_ids",
    "inspection_of_report",
    "known_shas",
    "recent",
    "release",
    "releases",
    "review_queue",
    "review_since",
    "told",
    "totals",
]


def history(
    area_id: str,
    as_at: dt.date | None = None,
    include_predecessors: bool = True,
    held_at: dt.datetime | None = None,
) -> tuple[InspectionView, ...]:
    """Every inspection of the bodies that serve an area, the newest first.

    With predecessors, also those of the authorities it came from: `body_id` says whose each one is, and
    none of them is ever turned into the successor's own. An area nobody knows has no history: ().
    """
    bodies = set(places.bodies_serving(area_id)) or {area_id}
    if include_predecessors:
        bodies |= {area.area_id for area in places.predecessors(area_id)}
    found = statements(Q(inspection__body_id__in=bodies), EVERYTHING, held_at)
    return _views(found.values(), as_at, held_at)


def current(
    area_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> InspectionView | None:
    """The newest graded inspection of an area's own services for children; None: not inspected yet.

    Visits and area SEND inspections are not it, nor is a predecessor's inspection (`history` has them).
    """
    bodies = set(places.bodies_serving(area_id)) or {area_id}
    where = Q(inspection__body_id__in=bodies, framework__in=children_services_families())
    views = _views(statements(where, EVERYTHING, held_at).values(), as_at, held_at)
    return views[0] if views else None


def inspection(
    public_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> InspectionView | None:
    """One inspection with everything that is said of it; None where there is none, or none yet."""
    found = statements(Q(inspection__public_id=public_id), EVERYTHING, held_at)
    views = _views(found.values(), as_at, held_at)
    return views[0] if views else None


def inspection_ids() -> tuple[str, ...]:
    """The public identifier of every inspection that a live release speaks of, in order."""
    live = Inspection.objects.filter(statements__release__state=State.LIVE).distinct()
    return tuple(live.order_by("public_id").values_list("public_id", flat=True))


def inspection_of_report(sha256: str) -> InspectionView | None:
    """The inspection that a report, by its PDF's SHA-256, is of, with its judgements; None for an unknown file."""
    where = Q(release__sha256=sha256, inspection__isnull=False)
    name = Statement.objects.filter(where).values_list("inspection__public_id", flat=True).first()
    return inspection(name) if name else None


def recent(limit: int = 10, as_at: dt.date | None = None) -> tuple[InspectionView, ...]:
    """The inspections published last, the newest first, with their judgements but without their lists."""
    newest = Q(release__state=State.LIVE, published__isnull=False)
    if as_at is not None:
        newest &= Q(published__lte=as_at)
    # Several statements speak of one inspection, and which of their dates stands is settled afterwards:
    # five for each that is wanted are more than enough to choose from.
    rows = Statement.objects.filter(newest, inspection__isnull=False).order_by("-published", "-id")
    ids = list(dict.fromkeys(rows.values_list("inspection_id", flat=True)[: limit * 5]))[: limit * 2]
    return _views(statements(Q(inspection_id__in=ids), HEADER_AND_JUDGEMENTS).values(), as_at, None)[:limit]


def _views(
    groups: Iterable[list[Said]], as_at: dt.date | None, held_at: dt.datetime | None
) -> tuple[InspectionView, ...]:
    listed = list(groups)
    corrected = corrections([inspection_of(group).public_id for group in listed], held_at)
    found = (view(group, corrected.get(inspection_of(group).public_id, {}), as_at) for group in listed)
    return tuple(sorted((each for each in found if each is not None), key=_newest_first, reverse=True))


def _newest_first(each: InspectionView) -> tuple[dt.date, dt.date, str]:
    published = each.published or each.inspection_end or each.inspection_start or dt.date.min
    return published, each.inspection_end or published, each.public_id


def releases(state: str | None = None) -> tuple[ReleaseView, ...]:
    """Every release that is or was live, by source and slot; `state` keeps those in one state."""
    found = Release.objects.exclude(state=State.PENDING)
    if state is not None:
        found = found.filter(state=state)
    return _release_views(found.order_by("source", "slot", "id"))


def release(release_id: str) -> ReleaseView | None:
    """One release by its public identifier, "source/sha12"."""
    return next(
        iter(_release_views(Release.objects.exclude(state=State.PENDING).filter(public_id=release_id))), None
    )


def told(release_id: str, limit: int = 400) -> tuple[Told, ...]:
    """The inspections that a release speaks of, in its order."""
    rows = (
        Statement.objects.filter(release__public_id=release_id)
        .select_related("inspection")
        .order_by("position", "id")
    )
    return tuple(
        Told(
            inspection=row.inspection.public_id if row.inspection else None,
            body_name=row.body_name,
            title=row.title,
            published=row.published,
            address=row.address,
            url=row.report_url,
        )
        for row in rows[:limit]
    )


def totals(release_id: str) -> tuple[TotalView, ...]:
    """The totals that a release gives without naming everyone, oldest first."""
    rows = RatingTotal.objects.filter(release__public_id=release_id).order_by("published", "position")
    return tuple(
        TotalView(
            framework=row.framework,
            published=row.published,
            grade_label=total_label(row.framework, row.published, row.grade),
            count=row.count,
            note=row.note,
        )
        for row in rows
    )


def known_shas(source: str, reader: str | None = None) -> frozenset[str]:
    """The SHA-256 of every file of a source that has been read (by this version of the reader)."""
    found = Release.objects.exclude(state=State.PENDING).filter(source=source)
    if reader is not None:
        found = found.filter(reader=reader)
    return frozenset(found.values_list("sha256", flat=True))


def _release_views(found: QuerySet[Release]) -> tuple[ReleaseView, ...]:
    rows = found.select_related("superseded_by").annotate(said=Count("statements"))
    return tuple(
        ReleaseView(
            public_id=row.public_id,
            source=row.source,
            slot=row.slot,
            publisher=row.publisher,
            title=row.title,
            url=row.url,
            sha256=row.sha256,
            licence=row.licence,
            media_type=row.media_type,
            retrieved_at=row.retrieved_at,
            published=row.published,
            compiled_by=row.compiled_by,
            reader=row.reader,
            state=row.state,
            published_at=row.published_at,
            superseded_at=row.superseded_at,
            superseded_by=row.superseded_by.public_id if row.superseded_by else None,
            statements=row.said,
        )
        for row in rows
    )
