"""The review of what stands in areas by the thousand, homes and schools: the share at each grade, area by area."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import NO_OVERALL, Reviewed
from oneplace.evidence.views import KindInArea
from oneplace.frameworks import framework
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.grades import chart_grade
from oneplace.website.judged import Tally

# A share of fewer than so many says little: one home is a fifth of them.
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaShare:
    """An area: how many stand there, and of those last graded under the edition how many at each grade."""

    area: AreaView
    bodies: int
    graded: int
    counts: tuple[Tally, ...]
    others: int  # whose last grade is of another edition
    not_inspected: int

    def percent(self, key: str) -> int | None:
        """The share at a grade; None where too few were graded for a share to say much."""
        if self.graded < FEWEST:
            return None
        return round(100 * next((each.count for each in self.counts if each.key == key), 0) / self.graded)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByArea:
    """The review: every area, under one edition of the framework. `editions` are all, with how many are of each."""

    kind: str
    edition: str
    name: str
    editions: tuple[tuple[str, str, int], ...]
    grades: tuple[tuple[str, str], ...]  # key and label, best first
    total: tuple[Tally, ...]
    areas: tuple[AreaShare, ...]
    regions: tuple[tuple[str, tuple[Tally, ...]], ...]


def by_area(of: Reviewed, asked: dt.date | None, edition: str, region: str = "") -> ByArea:
    """Every area that has one of the kind; under the edition asked for, else the one that most are of."""
    (kind,) = of.kinds
    found = of_families(evidence.in_each_area(kind, asked), of.families)
    known = {each.area_id: each for each in places.areas(found)}
    under = Counter[str]()
    for each in found.values():
        for count in each.counts:
            under[count.framework] += count.count
    own = [key for key in under if framework(key).family in of.families]
    chosen = edition if edition in under else max(own, key=lambda key: under[key], default="")
    shares = sorted(
        (
            _share(known[area], each, chosen)
            for area, each in found.items()
            if area in known and (not region or known[area].region == region)
        ),
        key=lambda share: share.area.name,
    )
    grades = tuple((grade.key, grade.label) for grade in framework(chosen).grades) if chosen else ()
    held = {each.key for share in shares for each in share.counts}
    return ByArea(
        kind=kind,
        edition=chosen,
        name=framework(chosen).name if chosen else "",
        editions=tuple((key, framework(key).name, count) for key, count in under.most_common()),
        grades=(
            *(each for each in grades if each[0] in held),
            *(((NO_OVERALL, "No overall grade"),) if NO_OVERALL in held else ()),
        ),
        total=_added(shares, chosen),
        areas=tuple(shares),
        regions=tuple(
            (name, _added([share for share in shares if share.area.region == name], chosen))
            for name in places.REGIONS
            if any(share.area.region == name for share in shares)
        ),
    )


def of_families(found: Mapping[str, KindInArea], families: frozenset[str]) -> Mapping[str, KindInArea]:
    """Those areas in which any was graded under the review's own families, or in which none was at all."""
    return {
        area: each
        for area, each in found.items()
        if not each.counts or any(framework(count.framework).family in families for count in each.counts)
    }


def _share(area: AreaView, of: KindInArea, edition: str) -> AreaShare:
    counts = tuple(
        Tally(grade=chart_grade(edition, each.grade), key=each.grade, count=each.count)
        for each in of.counts
        if each.framework == edition
    )
    graded = sum(each.count for each in counts if each.key != NO_OVERALL)
    others = sum(each.count for each in of.counts if each.framework != edition)
    return AreaShare(
        area=area,
        bodies=of.bodies,
        graded=graded,
        counts=counts,
        others=others,
        not_inspected=len(of.not_inspected),
    )


def _added(shares: Iterable[AreaShare], edition: str) -> tuple[Tally, ...]:
    """Of one edition all areas' together, best grade first."""
    counts: Counter[str] = Counter()
    for share in shares:
        for each in share.counts:
            counts[each.key] += each.count
    if not edition:
        return ()
    order = [grade.key for grade in framework(edition).grades]
    keys = sorted(counts, key=lambda key: order.index(key) if key in order else len(order))
    return tuple(Tally(grade=chart_grade(edition, key), key=key, count=counts[key]) for key in keys)


CSV_HEADER = (
    "area",
    "name",
    "type",
    "region",
    "as_at",
    "kind",
    "framework",
    "grade",
    "count",
    "graded",
    "all",
)


def csv_rows(found: Mapping[str, KindInArea], day: dt.date) -> Iterator[tuple[object, ...]]:
    """A line for each area, edition and grade; one for those never inspected."""
    known: Sequence[AreaView] = places.areas(found)
    for area in known:
        of = found[area.area_id]
        head = (area.area_id, area.name, area.kind, area.region, day, of.kind)
        for each in of.counts:
            graded = sum(other.count for other in of.counts if other.framework == each.framework)
            yield (*head, each.framework, each.grade, each.count, graded, of.bodies)
        if of.not_inspected:
            yield (*head, "", "not_inspected", len(of.not_inspected), "", of.bodies)
