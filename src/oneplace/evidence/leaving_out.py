"""An edition that leaves out much of what the one before it has is refused, as it may have been cut short.

The publications that are kept over the years say where the line is: of the registered children's homes and
agencies of one year, 5 in 100 are not in the next year's list, and 10 to 13 in 100 not in that of two years later;
no list of inspections, and no table of figures, has lost any of its councils, measures or figures. So a tenth
of the bodies may go, and another for each further year between two editions, a twentieth of anything else; and one
thing may always go.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from oneplace.evidence.contents import Contents, Subjects
from oneplace.evidence.editions import words_of
from oneplace.evidence.errors import LeavesMuchOut
from oneplace.evidence.models import Judgement, Release, Statement
from oneplace.evidence.said import in_lots
from oneplace.indicators import actions as indicators
from oneplace.indicators import queries as figures
from oneplace.places import queries as places
from oneplace.places.names import fold
from oneplace.records import BoundaryRecord, InspectionRecord, ReleaseRecord

# The share that may be absent is one in so many, in a year.
BODIES, OTHERS = 10, 20
DAYS_A_YEAR = 366

# Whose inspection, under which framework, and the day that it counts from.
Which = tuple[str, str, dt.date | None]


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of thing: how many the edition before has, how many of these are absent, how many the new one has."""

    what: str
    held: int
    absent: int
    brings: int
    one_in: int = OTHERS


def refuse_postcodes(release: ReleaseRecord, contents: Contents) -> None:
    """Raise `LeavesMuchOut` where a directory of postcodes is far shorter than the one in use."""
    for directory in contents.postcodes:
        part = _fewer("postcodes", places.postcodes_held(), directory.postcodes)
        _refuse(release, [part], "the directory in use", 1)


def refuse_much_left_out(
    release: ReleaseRecord, contents: Contents, subjects: Subjects, before: Release
) -> None:
    """Raise `LeavesMuchOut` where the release has far less than the live one, `before`, that it follows."""
    years = 1
    if release.is_snapshot and release.as_at and before.as_at:
        years = max(1, -(-(release.as_at - before.as_at) // dt.timedelta(days=DAYS_A_YEAR)))
    named = f"the edition that the record has ({before.public_id})"
    _refuse(release, _parts(contents, subjects, before), named, years)


def _refuse(release: ReleaseRecord, parts: Iterable[_Part], named: str, years: int) -> None:
    for part in parts:
        if part.absent > 1 and part.absent * part.one_in > part.held * years:
            raise LeavesMuchOut(
                release,
                f"the file has {part.brings:,} {part.what}, and {named} has {part.held:,}, of which "
                f"{part.absent:,} are not in the file. It may have been cut short, or have only the new rows. "
                "Nothing of it was loaded, and what the record had stays. Get the whole file again; how new rows are "
                f"added, where that can be, `oneplace sources {release.source}` tells. If its "
                f"publisher did take them out, say so: oneplace ingest {release.source} FILE --replace",
            )


def _parts(contents: Contents, subjects: Subjects, before: Release) -> Iterator[_Part]:
    if contents.values:
        had = figures.subjects_of_measures(before.public_id)
        pairs = {(value.measure, value.scheme, value.area): value for value in contents.values}
        has = {(value.measure, indicators.subject_of(value, subjects)) for value in pairs.values()}
        yield _part("measures of places", had, has)
        years = figures.periods_of([before.public_id]).get(before.public_id, frozenset())
        if contents.of_periods < years:  # of other periods, it is the next of a series
            yield _part("periods", years, contents.of_periods)
        yield _figures(contents, subjects, before)
    if contents.bodies:
        listed = places.bodies_listed(before.source, before.public_id, before.as_at)
        yield _part("bodies", listed, {record.body_id for record in contents.bodies}, BODIES)
        if not before.is_snapshot:
            served = places.areas_served_by_listed(before.source, before.public_id)
            yield _fewer("areas that are served", served, sum(len(each.serves) for each in contents.bodies))
    if contents.inspections and not (before.is_snapshot and contents.bodies):
        if before.is_snapshot:
            has_inspected = {_who(each) for each in contents.inspections}
            yield _part("inspected bodies", _said_of(before), has_inspected, BODIES)
        else:
            yield _inspections(_had(before), {_which(each) for each in contents.inspections})
            given = Judgement.objects.filter(statement__release=before.pk).count()
            yield _fewer("grades", given, sum(len(each.judgements) for each in contents.inspections))
    if contents.areas or contents.similar or contents.geography:
        held = places.held_of_release(before.public_id)
        boundaries = sum(isinstance(record, BoundaryRecord) for record in contents.geography)
        for what, brings in (
            ("areas", len(contents.areas)),
            ("likenesses", len(contents.similar)),
            ("boundaries", boundaries),
            ("names of areas", contents.names),
        ):
            if brings:
                yield _fewer(what, held[what], brings)


def _part(what: str, had: Collection[object], has: Collection[object], one_in: int = OTHERS) -> _Part:
    return _Part(what, len(had), len(set(had).difference(has)), len(has), one_in)


def _fewer(what: str, held: int, brings: int) -> _Part:
    """Of what is counted alone: which of them are absent nobody asks."""
    return _Part(what, held, max(0, held - brings), brings)


def _figures(contents: Contents, subjects: Subjects, before: Release) -> _Part:
    """Of the periods that both have, how many figures of each measure: a file of every second row has all places.

    Counted, and not held one against one: a table may hold a million.
    """
    has = Counter(
        (value.measure, value.period)
        for value in contents.values
        if indicators.subject_of(value, subjects) is not None
    )
    both = {period for _, period in has}
    had = {
        (measure, period): many
        for (measure, period), many in figures.counted_by_period(before.public_id).items()
        if period in both
    }
    absent = sum(max(0, many - has[key]) for key, many in had.items())
    return _Part("figures", sum(had.values()), absent, sum(has.values()))


def _inspections(had: set[Which], has: set[Which]) -> _Part:
    """In a list of each body's latest inspection a newer one takes the place of the one before: that is not absent."""
    times = Counter((who, framework) for who, framework, _ in had)
    newest: dict[tuple[str, str], dt.date] = {}
    for who, framework, day in has:
        if day is not None:
            newest[who, framework] = max(day, newest.get((who, framework), day))
    absent = [
        (who, framework, day)
        for who, framework, day in had - has
        if not (
            day is not None and times[who, framework] == 1 and newest.get((who, framework), dt.date.min) > day
        )
    ]
    return _Part("inspections", len(had), len(absent), len(has))


_WHO = ("body_ref_id", "body_gss", "body_urn", "body_kind", "body_name")


def _named(ref: str | None, gss: str | None, urn: str | None, kind: str, name: str) -> str:
    return ref or gss or urn or f"{kind} {fold(name)}"


def _who(record: InspectionRecord) -> str:
    body = record.body
    return _named(body.body_id, body.gss_code, body.urn, body.kind, body.name)


def _which(record: InspectionRecord) -> Which:
    return (
        _who(record),
        record.framework,
        record.inspection_start or record.inspection_end or record.published,
    )


def _had(before: Release) -> set[Which]:
    rows = Statement.objects.filter(release=before.pk).values_list(
        *_WHO, "framework", "inspection_start", "inspection_end", "published"
    )
    return {
        (_named(ref, gss, urn, kind, name), framework, start or end or published)
        for ref, gss, urn, kind, name, framework, start, end, published in rows.iterator()
    }


def _said_of(before: Release) -> set[str]:
    """Whom an edition of a snapshot speaks of, of which only what it says anew is written."""
    found: set[str] = set()
    for some in in_lots(sorted(words_of(before.pk).inspections)):
        rows = Statement.objects.filter(inspection_id__in=some, release__source=before.source)
        found.update(_named(*row) for row in rows.values_list(*_WHO).iterator())
    return found
