"""The inspections of one body and kind, in reach by what tells them apart.

Most bodies have a handful, and looking at each is quickest. One that is inspected thousands of times would
make a load quadratic: from a few dozen on they are found by number, place in a list, dates and period.
The rule of which is the same stays with `matching.is_same`: this only leaves out what cannot be.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Iterator

from oneplace.evidence.matching import NEAR, SAME_REVIEW, Candidate, Known, match

FEW = 24


class Among:
    """The inspections of one key (publisher, body and kind), by public identifier."""

    __slots__ = ("_index", "_known")

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._index: _Index | None = None

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, name: str, candidate: Candidate) -> None:
        """Take in what a statement about one of them tells; a name not met before is a new one."""
        known = self._known.get(name)
        if known is not None and known.tells_nothing_new(candidate):
            return
        if known is None:
            known = self._known[name] = Known(name, candidate.key)
        elif self._index is not None:
            self._index.remove(known)
        known.learn(candidate)
        if self._index is not None:
            self._index.add(known)
        elif len(self._known) > FEW:
            self._index = _Index()
            for each in self._known.values():
                self._index.add(each)

    def match(self, candidate: Candidate, apart: Container[str] = ()) -> Known | None:
        """The one that the candidate speaks of, or None. Those in `apart` are not considered."""
        names = self._known if self._index is None else self._index.likely(candidate)
        return match(candidate, (self._known[name] for name in names if name not in apart))


class _Index:
    def __init__(self) -> None:
        self._by_reference: dict[str, set[str]] = defaultdict(set)
        # The others apart by whether they have a number: one with another number cannot be the same.
        self._numbered, self._bare = _Dated(), _Dated()

    def add(self, known: Known) -> None:
        for reference in known.references:
            self._by_reference[reference].add(known.public_id)
        (self._numbered if known.references else self._bare).add(known)

    def remove(self, known: Known) -> None:
        for reference in known.references:
            self._by_reference[reference].discard(known.public_id)
        (self._numbered if known.references else self._bare).remove(known)

    def likely(self, candidate: Candidate) -> set[str]:
        """Every inspection that may be the same, and few others."""
        names = set(self._bare.likely(candidate))
        if candidate.reference:
            return names | self._by_reference.get(candidate.reference, set())
        return names.union(self._numbered.likely(candidate))


class _Dated:
    def __init__(self) -> None:
        self._by_slot: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._published: list[tuple[dt.date, str]] = []
        self._periods: list[tuple[dt.date, dt.date, str]] = []
        self._longest = dt.timedelta(0)

    def add(self, known: Known) -> None:
        for slot in known.slots:
            self._by_slot[slot].add(known.public_id)
        for day in known.published:
            insort(self._published, (day, known.public_id))
        for start, end in known.periods:
            insort(self._periods, (start, end, known.public_id))
            self._longest = max(self._longest, end - start)

    def remove(self, known: Known) -> None:
        for slot in known.slots:
            self._by_slot[slot].discard(known.public_id)
        for day in known.published:
            del self._published[bisect_left(self._published, (day, known.public_id))]
        for start, end in known.periods:
            del self._periods[bisect_left(self._periods, (start, end, known.public_id))]

    def likely(self, candidate: Candidate) -> Iterator[str]:
        if candidate.slot is not None:
            yield from self._by_slot.get(candidate.slot, ())
        if candidate.published is not None:
            slack = SAME_REVIEW if candidate.family == "annual-rating" else dt.timedelta(0)
            first = bisect_left(self._published, (candidate.published - slack, ""))
            last = bisect_left(self._published, (candidate.published + slack + dt.timedelta(days=1), ""))
            yield from (name for _, name in self._published[first:last])
        if candidate.period is not None:
            start, end = candidate.period
            first = bisect_left(self._periods, (_less(start, NEAR + self._longest), dt.date.min, ""))
            last = bisect_right(self._periods, (_more(end, NEAR), dt.date.max, ""))
            yield from (name for _, until, name in self._periods[first:last] if _more(until, NEAR) >= start)


def _less(day: dt.date, by: dt.timedelta) -> dt.date:
    return day - by if day - dt.date.min > by else dt.date.min


def _more(day: dt.date, by: dt.timedelta) -> dt.date:
    return day + by if dt.date.max - day > by else dt.date.max
