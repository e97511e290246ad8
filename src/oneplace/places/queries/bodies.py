"""Bodies: which one a publication means, what is known of it, whom it serves and where it stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from oneplace.large_loads import those_there
from oneplace.places.models import Area, Body, BodyArea, Listing
from oneplace.places.names import bare_body, fold
from oneplace.places.queries.councils import council_for
from oneplace.records import BodyRef

COUNCIL = "local_authority"
SERVES, STANDS_IN = "serves", "stands_in"

# Lists of probation inspections have units and whole regions one under the other.
NEXT_OF_KIND = {"probation_unit": ("probation_region",)}

# SQLite takes so many values in one question.
MOST_VALUES = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """A body as pages show it.

    `serves` are the areas whose public service it is, `stands_in` the area in which it is found. `listed_last`
    is the day of the newest edition that lists it; `gone_since` that of the first later one that does not.
    """

    body_id: str
    name: str
    kind: str
    parent: str | None
    postcode: str | None
    latitude: float | None
    longitude: float | None
    opened: dt.date | None
    closed: dt.date | None
    details: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    serves: tuple[str, ...]
    stands_in: str | None
    as_at: dt.date | None
    listed_first: dt.date | None
    listed_last: dt.date | None
    gone_since: dt.date | None
    release_id: str
    sheet: str | None
    row: int | None

    def code(self, scheme: str) -> str | None:
        return next((code for of, code in self.codes if of == scheme), None)


def body_for(body: BodyRef, on: dt.date | None = None) -> str | None:
    """The identifier of the body that a publication names, or None: an unknown body is never guessed.

    A council by Ofsted's number, else by GSS code (old or new), else by name. `on` is the inspection's date: a
    number or a name that a council shares with the one it replaced means the one of that day. Another body by
    its own identifier, else by name among those of its kind; of several, by the one that was open on the day.
    """
    if body.body_id:
        known = Body.objects.filter(body_id=body.body_id).values_list("body_id", flat=True).first()
        if known or not body.name:
            return known
    if body.kind == COUNCIL:
        return council_for(body, on)
    kinds = (body.kind, *NEXT_OF_KIND.get(body.kind, ()))
    return next((found for kind in kinds if (found := _by_name(kind, body.name, on))), None)


def _by_name(kind: str, name: str, on: dt.date | None) -> str | None:
    folded = fold(name)
    if not folded:
        return None
    for way in dict.fromkeys((folded, bare_body(kind, folded))):
        # Two plain look-ups: one with an "or" over both tables would read all bodies of the kind.
        rows = list(Body.objects.filter(kind=kind, folded=way).values_list("body_id", "opened", "closed"))
        rows += Body.objects.filter(names__kind=kind, names__folded=way).values_list(
            "body_id", "opened", "closed"
        )
        found = {body_id: (opened, closed) for body_id, opened, closed in rows}
        if len(found) > 1:
            day = on or dt.datetime.now(dt.UTC).date()
            found = {
                body_id: (opened, closed)
                for body_id, (opened, closed) in found.items()
                if (opened is None or opened <= day) and (closed is None or day < closed)
            }
        if len(found) == 1:
            return next(iter(found))
    return None


def existing_bodies(body_ids: Iterable[str]) -> frozenset[str]:
    """Those of the identifiers that are a body's."""
    return those_there(Body, "body_id", body_ids)


def body_name(body_id: str) -> str | None:
    """A body's name, of a council the official one: "London Borough of Haringey"."""
    return Body.objects.filter(body_id=body_id).values_list("name", flat=True).first()


def body(body_id: str) -> BodyView | None:
    """One body, or None."""
    return next(iter(bodies([body_id])), None)


def bodies(body_ids: Iterable[str]) -> tuple[BodyView, ...]:
    """The bodies asked for that there are, by name."""
    rows = (
        Body.objects.filter(body_id__in=list(body_ids))
        .prefetch_related("names", "codes", "areas_served")
        .order_by("name", "body_id")
    )
    found = list(rows)
    editions = listings() if any(row.listed_last for row in found) else {}
    return tuple(_view(row, editions) for row in found)


def _view(row: Body, editions: Mapping[tuple[str, str], list[dt.date]]) -> BodyView:
    areas = sorted(row.areas_served.all(), key=lambda each: each.area_id)
    return BodyView(
        body_id=row.body_id,
        name=row.name,
        kind=row.kind,
        parent=row.parent,
        postcode=row.postcode,
        latitude=row.latitude,
        longitude=row.longitude,
        opened=row.opened,
        closed=row.closed,
        details=tuple((name, value) for name, value in row.details),
        names=tuple(sorted({each.name for each in row.names.all()} - {row.name})),
        codes=tuple(sorted((each.scheme, each.code) for each in row.codes.all())),
        serves=tuple(each.area_id for each in areas if each.role == SERVES),
        stands_in=next((each.area_id for each in areas if each.role == STANDS_IN), None),
        as_at=row.as_at,
        listed_first=row.listed_first,
        listed_last=row.listed_last,
        gone_since=gone_since(editions, row.source, row.kind, row.listed_last),
        release_id=row.release_id,
        sheet=row.sheet,
        row=row.row,
    )


def listings() -> Mapping[tuple[str, str], list[dt.date]]:
    """The days of the editions of each source and kind, in order: a few dozen, however many bodies."""
    days: dict[tuple[str, str], list[dt.date]] = defaultdict(list)
    for source, kind, as_at in Listing.objects.order_by("as_at").values_list("source", "kind", "as_at"):
        days[source, kind].append(as_at)
    return days


def gone_since(
    editions: Mapping[tuple[str, str], list[dt.date]], source: str, kind: str, listed_last: dt.date | None
) -> dt.date | None:
    """The day of the first edition after the last that lists the body."""
    if listed_last is None:
        return None
    return next((day for day in editions.get((source, kind), ()) if day > listed_last), None)


def areas_served(body_id: str) -> tuple[str, ...]:
    """The identifiers of the areas that a body serves: a council its own, a county its districts too."""
    served = BodyArea.objects.filter(body_id=body_id, role=SERVES).order_by("area_id")
    return tuple(served.values_list("area_id", flat=True))


def bodies_serving(area_id: str, kind: str | None = None) -> tuple[str, ...]:
    """The bodies whose public service an area's is: its own council, its county's, then others by kind and name."""
    return _bodies_of(area_id, SERVES, kind)


def bodies_in(area_id: str, kind: str | None = None, on: dt.date | None = None) -> tuple[str, ...]:
    """The bodies that stand in an area and serve whoever comes (prisons, care homes, schools), by kind and name.

    With `on`, only those that were open and still listed by that day, as far as the editions tell.
    """
    found = _bodies_of(area_id, STANDS_IN, kind)
    if on is None or not found:
        return found
    editions = listings()
    there = set()
    for start in range(0, len(found), MOST_VALUES):
        rows = Body.objects.filter(body_id__in=found[start : start + MOST_VALUES]).values_list(
            "body_id", "source", "kind", "opened", "closed", "listed_first", "listed_last"
        )
        for body_id, source, of, opened, closed, first, last in rows:
            gone = gone_since(editions, source, of, last)
            begun = opened or first
            if (
                (closed is None or closed > on)
                and (gone is None or gone > on)
                and (begun is None or begun <= on)
            ):
                there.add(body_id)
    return tuple(each for each in found if each in there)


def _bodies_of(area_id: str, role: str, kind: str | None) -> tuple[str, ...]:
    where = Q(area_id=area_id, role=role)
    if kind is not None:
        where &= Q(body__kind=kind)
    found = BodyArea.objects.filter(where).order_by(
        Case(
            When(body_id=area_id, then=Value(0)),
            When(body__kind=COUNCIL, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        "body__kind",
        "body__name",
        "body_id",
    )
    return tuple(found.values_list("body_id", flat=True))


def districts_of(county_id: str) -> tuple[str, ...]:
    """Every district that a county has or had."""
    return tuple(
        Area.objects.filter(county_id=county_id).order_by("area_id").values_list("area_id", flat=True)
    )
