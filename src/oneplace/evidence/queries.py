"""Reading the record. Every answer is frozen; no database object leaves this room.

Two clocks. `as_at` is the world's: only inspections that were published by the end of that day, whatever
this store held then. A fact of such an inspection may come from a later release about it (the file of
official statistics that repeats it); a later difference, rating or inspection may not. `held_at` is this
store's: only releases that it held true at that moment, and corrections decided by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from oneplace.evidence.annual import NoSuchReview, annual_review, annual_reviews, review_since
from oneplace.evidence.annual_counts import NO_OVERALL, total_label
from oneplace.evidence.bodies import of_bodies, of_body, refuse_unlike, serving, side_by_side
from oneplace.evidence.changelog import EventView, events, latest_events
from oneplace.evidence.described import described
from oneplace.evidence.flags.queries import (
    FlagEvidence,
    FlagView,
    areas_of,
    flag_history,
    flags,
    flags_of_2009,
    flags_raised,
)
from oneplace.evidence.flags.rules import Rule as FlagRule
from oneplace.evidence.flags.rules import rules as flag_rules
from oneplace.evidence.flags.rules import rules_on as flag_rules_on
from oneplace.evidence.generation import generation
from oneplace.evidence.models import Attempt, Inspection, RatingTotal, Release, State, Statement
from oneplace.evidence.newest import newest_of
from oneplace.evidence.newest_of_sources import newest_of_sources
from oneplace.evidence.notices import NoticesHeld, notices_held
from oneplace.evidence.reporting import ReportView, report
from oneplace.evidence.resolving import views
from oneplace.evidence.reviewed import Reviewed, children_services_families, main_question, reviews_of
from oneplace.evidence.reviewing import corrections_made, review_queue
from oneplace.evidence.said import EVERYTHING, HEADER_AND_JUDGEMENTS, one_reading, statements
from oneplace.evidence.search.points import told_to_improve
from oneplace.evidence.search.searching import every_passage, praised, search
from oneplace.evidence.search.sections import sections as search_sections
from oneplace.evidence.search.views import (
    Filters,
    Found,
    GradeTally,
    Held,
    Order,
    PassageView,
    Praise,
    Praised,
    Report,
    Sentence,
    Tallies,
)
from oneplace.evidence.source_states import SourceState, is_only_facts, states_of
from oneplace.evidence.standing_in_area import in_area, in_each_area, kinds_in_area, of_area
from oneplace.evidence.told import told, told_in_row
from oneplace.evidence.views import AttemptView, InspectionView, ReleaseView, TotalView
from oneplace.evidence.what_is_held import HeldFamily, held_families
from oneplace.frameworks import Service, families
from oneplace.places import queries as places

if TYPE_CHECKING:
    from oneplace.sources import Source

__all__ = [
    "NO_OVERALL",
    "EventView",
    "Filters",
    "FlagEvidence",
    "FlagRule",
    "FlagView",
    "Found",
    "GradeTally",
    "Held",
    "HeldFamily",
    "NoSuchReview",
    "NoticesHeld",
    "Order",
    "PassageView",
    "Praise",
    "Praised",
    "Report",
    "ReportView",
    "Reviewed",
    "Sentence",
    "SourceState",
    "Tallies",
    "annual_review",
    "annual_reviews",
    "areas_of",
    "attempts",
    "children_services_families",
    "corrections_made",
    "current",
    "events",
    "every_passage",
    "flag_history",
    "flag_rules",
    "flag_rules_on",
    "flags",
    "flags_of_2009",
    "flags_raised",
    "generation",
    "held_families",
    "history",
    "in_area",
    "in_each_area",
    "inspection",
    "inspection_ids",
    "inspection_of_report",
    "inspections",
    "is_only_facts",
    "kinds_in_area",
    "known_shas",
    "latest_events",
    "main_question",
    "newest_of",
    "notices_held",
    "of_area",
    "of_bodies",
    "of_body",
    "one_reading",
    "praised",
    "recent",
    "refuse_unlike",
    "release",
    "releases",
    "releases_named",
    "report",
    "review_queue",
    "review_since",
    "reviews_of",
    "search",
    "search_sections",
    "serving",
    "side_by_side",
    "source_states",
    "told",
    "told_in_row",
    "told_to_improve",
    "totals",
]


def history(
    area_id: str,
    as_at: dt.date | None = None,
    include_predecessors: bool = True,
    held_at: dt.datetime | None = None,
    service: Service | None = "children",
) -> tuple[InspectionView, ...]:
    """Every inspection of a service of an area, the newest first.

    Children's services are its own council's, and with predecessors also those of the authorities it came
    from: `body_id` says whose each one is, and none of them is ever turned into the successor's own. Of
    another service, and of all (None), they are those of every body that serves the area as well: a
    district's adult social care is its county's. An area nobody knows has no history: ().
    """
    bodies = {area_id}
    if include_predecessors:
        bodies |= {area.area_id for area in places.predecessors(area_id)}
    where = Q()
    if service != "children":
        bodies |= set(places.bodies_serving(area_id))
    if service is not None:
        where = Q(framework__in=families(service))
    found = statements(where & Q(inspection__body_id__in=bodies), EVERYTHING, held_at)
    return views(found.values(), as_at, held_at)


def current(
    area_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> InspectionView | None:
    """The newest graded inspection of an area's own services for children; None: not inspected yet.

    Visits and area SEND inspections are not it, nor is a predecessor's inspection (`history` has them).
    """
    where = Q(inspection__body_id=area_id, framework__in=children_services_families())
    found = views(statements(where, EVERYTHING, held_at).values(), as_at, held_at)
    return found[0] if found else None


def inspection(
    public_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> InspectionView | None:
    """One inspection with everything that is said of it; None where there is none, or none yet."""
    found = statements(Q(inspection__public_id=public_id), EVERYTHING, held_at)
    seen = views(found.values(), as_at, held_at)
    return seen[0] if seen else None


def inspections(public_ids: Iterable[str], as_at: dt.date | None = None) -> Mapping[str, InspectionView]:
    """Several inspections with everything that is said of them, by public id, in as many statements as one."""
    found = statements(Q(inspection__public_id__in=sorted(set(public_ids))), EVERYTHING)
    return {each.public_id: each for each in views(found.values(), as_at, None)}


def inspection_ids() -> tuple[str, ...]:
    """The public identifier of every inspection that a live release speaks of, in order."""
    live = Inspection.objects.filter(statements__release__state=State.LIVE).distinct()
    return tuple(live.order_by("public_id").values_list("public_id", flat=True))


def inspection_of_report(sha256: str) -> InspectionView | None:
    """The inspection that a report, by its PDF's SHA-256, is of, with its judgements; None for an unknown file."""
    where = Q(release__sha256=sha256, inspection__isnull=False)
    name = Statement.objects.filter(where).values_list("inspection__public_id", flat=True).first()
    return inspection(name) if name else None


def recent(
    limit: int = 10, as_at: dt.date | None = None, service: Service | None = "children"
) -> tuple[InspectionView, ...]:
    """The inspections of a council's service published last (None: of any body's), the newest first.

    With their judgements but without their lists.
    """
    newest = Q(release__state=State.LIVE, published__isnull=False)
    if as_at is not None:
        newest &= Q(published__lte=as_at)
    if service is not None:
        newest &= Q(framework__in=families(service, "local_authority"))
    # Several statements speak of one inspection, and which of their dates stands is settled afterwards:
    # five for each that is wanted are more than enough to choose from.
    rows = Statement.objects.filter(newest, inspection__isnull=False).order_by("-published", "-id")
    ids = list(dict.fromkeys(rows.values_list("inspection_id", flat=True)[: limit * 5]))[: limit * 2]
    return views(statements(Q(inspection_id__in=ids), HEADER_AND_JUDGEMENTS).values(), as_at, None)[:limit]


def attempts(source: str | None = None, limit: int | None = None) -> tuple[AttemptView, ...]:
    """The attempts to get what is new (of a source), the last one first."""
    rows = Attempt.objects.order_by("-finished_at", "-id")
    if source is not None:
        rows = rows.filter(source=source)
    return tuple(_attempt(row) for row in rows[:limit])


def _attempt(row: Attempt) -> AttemptView:
    return AttemptView(
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=row.outcome,
        message=row.message,
        url=row.url,
    )


def _last_attempts() -> Mapping[str, AttemptView]:
    """Source → the last attempt to get what is new of it: one statement for all of them."""
    of_source = Attempt.objects.filter(source=OuterRef("source")).order_by("-finished_at", "-id")
    last = Attempt.objects.filter(pk=Subquery(of_source.values("pk")[:1]))
    return {row.source: _attempt(row) for row in last}


def source_states(chosen: Iterable[Source], today: dt.date) -> tuple[SourceState, ...]:
    """What there is of each source in the record, how old it is and what is missing, in their order."""
    from oneplace.sources import sources

    reports = [one.name for one in sources().values() if one.reads == "reports"]
    # A report tells its day itself, and there are hundreds of them.
    tables = list(Release.objects.filter(state=State.LIVE).exclude(source__in=reports))
    days = described(tables)
    of_release = {row.public_id: days[row.pk] for row in tables}
    newest = newest_of_sources(reports)
    return states_of(chosen, today, releases(State.LIVE), of_release, newest, _last_attempts().get)


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


def releases_named(release_ids: Iterable[str]) -> Mapping[str, ReleaseView]:
    """Several releases by their public identifiers; those that nobody knows are not among them."""
    found = Release.objects.exclude(state=State.PENDING).filter(public_id__in=sorted(set(release_ids)))
    return {each.public_id: each for each in _release_views(found)}


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
    # Counted release by release from the index: a join would sort all statements by every column of the releases.
    said = Statement.objects.filter(release_id=OuterRef("pk")).order_by().values("release_id")
    counted = Coalesce(Subquery(said.annotate(many=Count("pk")).values("many")), 0)
    rows = found.annotate(said=counted, successor=F("superseded_by__public_id"))
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
            superseded_by=row.successor,
            statements=row.said,
            as_at=row.as_at,
            is_snapshot=row.is_snapshot,
        )
        for row in rows
    )
