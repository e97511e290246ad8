"""Which points of an earlier report of a council come back in a later one, from the record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, RecommendationView
from oneplace.improvement import told_again as telling
from oneplace.improvement.told_again import TO_ANOTHER_BODY, Link, Point, Report

# These look at other bodies besides the council's own services for children, which answer for their own points.
OTHER_BODIES = frozenset({"area-SEND", "LSCB-review only"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PointTold:
    """One point as one report makes it; the page is in `item.source`."""

    inspection: str  # public_id
    body_id: str
    published: dt.date
    item: RecommendationView

    @property
    def path(self) -> str:
        return f"/inspections/{self.inspection}/#{self.item.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAgain:
    """A point of an earlier report that comes back in a later one of the same body.

    Found by comparing the two texts, which no inspectorate did: `score` is the likelihood, 0 to 1, that a reader
    would call them the same, and `reason` says in a sector's words what the two have in common.
    """

    earlier: PointTold
    later: PointTold
    score: float
    topics: tuple[str, ...]  # keys in topics.toml
    reason: str  # "both are about private fostering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A point told again and again, the oldest first: 2014 → 2018 → 2023."""

    points: tuple[PointTold, ...]
    links: tuple[ToldAgain, ...]
    subject: str  # what runs through all of it: "private fostering"; where only words do, “words” of both


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """What is told again in an area's reports, and what could be compared.

    `compared` are the inspections whose points are held with their texts, `unread` those of which only the
    number and place of each point are held: nothing is said of them either way. Both by public_id, oldest first.
    """

    told_again: tuple[ToldAgain, ...]
    threads: tuple[Thread, ...]
    compared: tuple[str, ...]
    unread: tuple[str, ...]


def told_again(area_id: str, as_at: dt.date | None = None) -> tuple[ToldAgain, ...]:
    """Every point told again in the inspections of an area's bodies published by a day, the oldest first.

    A successor's points are not compared with those of the authority it came from. What is not held as text
    yields nothing: `retold` says which inspections those are.
    """
    return retold(area_id, as_at).told_again


def retold(area_id: str, as_at: dt.date | None = None) -> Retold:
    """The same with the threads that run through several reports, and what could not be compared."""
    return retold_in(evidence.history(area_id, as_at))


def retold_in(history: Iterable[InspectionView]) -> Retold:
    """The same of inspections of services for children that are at hand with their points, the newest first."""
    bodies: dict[str, list[InspectionView]] = defaultdict(list)
    for each in reversed(tuple(history)):
        if each.family not in OTHER_BODIES and each.published and _to_the_council(each):
            bodies[each.body_id].append(each)
    links: list[ToldAgain] = []
    threads: list[Thread] = []
    for inspections in bodies.values():
        said, strung = _within(inspections)
        links += said
        threads += strung
    listed = sorted((each for of_body in bodies.values() for each in of_body), key=_oldest_first)
    return Retold(
        told_again=tuple(links),
        threads=tuple(threads),
        compared=tuple(each.public_id for each in listed if _has_texts(each)),
        unread=tuple(each.public_id for each in listed if not _has_texts(each)),
    )


def _within(inspections: list[InspectionView]) -> tuple[list[ToldAgain], list[Thread]]:
    """The links and threads among the inspections of one body."""
    reports = [
        Report(each.public_id, each.published, each.improve)
        for each in inspections
        if each.published is not None
    ]
    items = {(each.public_id, item.ordinal): item for each in inspections for item in each.improve}

    def told(point: Point) -> PointTold:
        return PointTold(
            inspection=point.report,
            body_id=inspections[0].body_id,
            published=point.published,
            item=items[point.report, point.ordinal],
        )

    def view(link: Link) -> ToldAgain:
        return ToldAgain(
            earlier=told(link.earlier),
            later=told(link.later),
            score=link.score,
            topics=link.topics,
            reason=link.reason,
        )

    links = telling.told_again(reports)
    threads = [
        Thread(
            points=(told(strung[0].earlier), *(told(link.later) for link in strung)),
            links=tuple(view(link) for link in strung),
            subject=telling.subject(strung),
        )
        for strung in telling.threads(links)
    ]
    return [view(link) for link in links], threads


def _to_the_council(each: InspectionView) -> tuple[RecommendationView, ...]:
    return tuple(item for item in each.improve if item.list_kind != TO_ANOTHER_BODY)


def _has_texts(each: InspectionView) -> bool:
    return any(item.text for item in _to_the_council(each))


def _oldest_first(each: InspectionView) -> tuple[dt.date, str]:
    return each.published or dt.date.min, each.public_id
