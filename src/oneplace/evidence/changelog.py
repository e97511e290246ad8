"""The change log: what each release changed, numbered in order, each exactly once.

Events are written under a release that is pending, and seen once it is live. There is one writer at a time
and what a killed one left is cleared first, so numbers have no gaps and a load after a kill numbers as one
without.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from oneplace.evidence.changes import Change
from oneplace.evidence.models import Event, FirstLoad, Inspection, Release, State
from oneplace.evidence.said import in_lots
from oneplace.large_loads import add_rows
from oneplace.places import queries as places

_COLUMNS = (
    "sequence", "release_id", "position", "at", "kind", "inspection", "body_id", "field", "before", "after",
    "direction", "on", "first_load",
)  # fmt: skip
_LONGEST = 400  # a text's length in the log; what it was in full is in the statement


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One change to the record.

    `kind`: "new" (an inspection first known; `after` its grade), "changed_grade" (against the body's
    previous comparable inspection), "corrected" (`field` was shown as `before`, is shown as `after`),
    "withdrawn" (the release was taken back), "superseded" (release `before` was replaced by `after`),
    "figures" (statistics became live). `on` is the date of the fact, `at` when this store learned it.
    `first_load`: the source was loaded for the first time, so none of it is news.
    """

    sequence: int
    at: dt.datetime
    release_id: str
    source: str
    position: int
    kind: str
    inspection: str | None  # public_id
    body_id: str | None
    field: str
    before: str
    after: str
    direction: str  # "better", "worse", or ""
    on: dt.date | None
    family: str  # the framework family of the inspection, "" where it is about none
    first_load: bool

    @property
    def measures(self) -> int | None:
        """Of "figures": how many measures there are."""
        return int(self.after.split()[0]) if self.kind == "figures" else None

    @property
    def periods(self) -> int | None:
        """Of "figures": how many periods they are of."""
        return int(self.after.split()[1]) if self.kind == "figures" else None


def write(release: Release, changes: Sequence[Change], position: int, first_load: bool) -> int:
    """Add a release's changes to the log, the first at `position`; returns the next position."""
    if not changes:
        return position
    last = Event.objects.aggregate(last=Max("sequence"))["last"] or 0
    now = timezone.now()
    add_rows(
        Event,
        _COLUMNS,
        [
            (last + 1 + number, release.pk, position + number, now, *_told(change), first_load)
            for number, change in enumerate(changes)
        ],
    )
    return position + len(changes)


@dataclass(frozen=True, slots=True)
class Kept:
    """A numbered event as a pack has it, to stand in the log as it stood in the pack's record."""

    sequence: int
    position: int
    at: dt.datetime
    change: Change
    first_load: bool


def keep(release: Release, events: Sequence[Kept]) -> None:
    """Add a release's events out of a pack, in the place of what loading it would have logged."""
    add_rows(
        Event,
        _COLUMNS,
        [
            (each.sequence, release.pk, each.position, each.at, *_told(each.change), each.first_load)
            for each in events
        ],
    )


def _told(change: Change) -> tuple[object, ...]:
    return (
        change.kind, change.inspection, change.body_id, change.field[:300], change.before[:_LONGEST],
        change.after[:_LONGEST], change.direction, change.on,
    )  # fmt: skip


def numbers(wanted: Sequence[int]) -> dict[int, int]:
    """A pack's numbers → those that its events get here: the same in a record that has nothing else, else the next.

    Either way there are no gaps, also where loading the pack was killed on the way and goes on now.
    """
    live = Event.objects.exclude(release__state=State.PENDING)
    had = set(live.values_list("sequence", flat=True))
    ordered = sorted(wanted)
    if not had.intersection(ordered) and len(had) + len(ordered) == max((*had, *ordered), default=0):
        return {number: number for number in ordered}
    return {number: place for place, number in enumerate(ordered, max(had, default=0) + 1)}


class FirstLoads:
    """Which sources are being loaded for the first time: from their first release until a run is through.

    A first load may be many releases and be killed on the way; those that come after the kill are part of it.
    """

    def __init__(self) -> None:
        ended: dict[str, bool] = {}
        for source, has_ended in FirstLoad.objects.values_list("source", "ended"):
            ended[source] = ended.get(source, False) or has_ended
        self._going_on = {source for source, has_ended in ended.items() if not has_ended}
        self._begun = set(ended) | set(
            Release.objects.exclude(state=State.PENDING).values_list("source", flat=True).distinct()
        )
        self._met: set[str] = set()

    def met(self, source: str) -> None:
        """The run has a release of the source, new or not."""
        self._met.add(source)

    def is_first(self, source: str) -> bool:
        """Whether it is a first load. Called in a transaction that writes a release of the source."""
        self._met.add(source)
        if source not in self._begun:
            FirstLoad.objects.get_or_create(source=source, ended=False)
            self._begun.add(source)
            self._going_on.add(source)
        return source in self._going_on

    def end(self) -> None:
        """The run came to its end: what is loaded from now on is news."""
        over = sorted(self._met & self._going_on)
        if over:
            FirstLoad.objects.bulk_create([FirstLoad(source=source, ended=True) for source in over])
        self._going_on -= self._met


def events(
    since: int = 0,
    limit: int = 1_000,
    *,
    kinds: Collection[str] | None = None,
    body_ids: Iterable[str] | None = None,
    area_id: str | None = None,
    include_first_load: bool = True,
) -> tuple[EventView, ...]:
    """The changes after number `since`, in order, at most `limit`.

    Of the bodies asked for, or of those that serve an area (its council, county, force, …); both together
    are either. Without `include_first_load`, what came with a source's first load is left out.
    """
    found = Event.objects.filter(sequence__gt=since).exclude(release__state=State.PENDING)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    if body_ids is not None or area_id is not None:
        bodies = set(body_ids or ())
        if area_id is not None:
            bodies |= {area_id, *places.bodies_serving(area_id)}
        found = found.filter(body_id__in=bodies)
    if not include_first_load:
        found = found.filter(Q(first_load=False))
    return _event_views(found.order_by("sequence")[:limit])


def latest_events(
    before: int | None = None,
    limit: int = 100,
    *,
    area_id: str | None = None,
    body_id: str | None = None,
    include_first_load: bool = False,
) -> tuple[EventView, ...]:
    """The newest changes first, those before number `before`, for a page that people read.

    With `area_id` those of the bodies that serve an area, with `body_id` of one body.
    """
    found = Event.objects.exclude(release__state=State.PENDING)
    if before is not None:
        found = found.filter(sequence__lt=before)
    if area_id is not None:
        found = found.filter(body_id__in={area_id, *places.bodies_serving(area_id)})
    if body_id is not None:
        found = found.filter(body_id=body_id)
    if not include_first_load:
        found = found.filter(first_load=False)
    return _event_views(found.order_by("-sequence")[:limit])


def _event_views(rows: QuerySet[Event]) -> tuple[EventView, ...]:
    found = list(rows.select_related("release"))
    families: dict[str, str] = {}
    for some in in_lots(sorted({row.inspection for row in found if row.inspection})):
        families.update(Inspection.objects.filter(public_id__in=some).values_list("public_id", "family"))
    return tuple(
        EventView(
            sequence=row.sequence,
            at=row.at,
            release_id=row.release.public_id,
            source=row.release.source,
            position=row.position,
            kind=row.kind,
            inspection=row.inspection or None,
            body_id=row.body_id or None,
            field=row.field,
            before=row.before,
            after=row.after,
            direction=row.direction,
            on=row.on,
            family=families.get(row.inspection, ""),
            first_load=row.first_load,
        )
        for row in found
    )
