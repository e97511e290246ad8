"""Which points of an earlier report come back in a later one.

Two points of one council are the same told again where they are close: they speak of the same topics, in the
same words, and no other point of the earlier report is as close to the later one. Every link says which
topics and words it rests on. Plain Python, no Django:

    links = told_again([Report("2014-07-18", dt.date(2014, 7, 18), items), Report(…)])
    links[0].reason  # "both are about private fostering"

What the weights below were learned on, and what they find and miss, is measured by
`python -m tests.integration.improvement.measure`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from oneplace.improvement.topics import (
    WEIGHT_OF_KIND,
    Frequencies,
    Gist,
    gists,
    published_frequencies,
    topics,
)

# What stands in a report's section on the safeguarding board is told to the board, which was replaced in
# 2019; no point of one was found told again to the council.
TO_ANOTHER_BODY = "lscb_recommendation"


class ThingToImprove(Protocol):
    """What `records.RecommendationRecord` and `evidence.views.RecommendationView` both are."""

    @property
    def ordinal(self) -> int: ...
    @property
    def list_kind(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def heading(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Report:
    """One report of one body. `key` is the caller's name for it; items without a text are passed over."""

    key: str
    published: dt.date
    improve: Sequence[ThingToImprove]


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Which item of which report."""

    published: dt.date
    report: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One point told again. `score` is the likelihood, 0 to 1, that a reader would call the two the same.

    `topics` are the keys of those that both speak of, the most telling first; `words` the telling words that
    stand in both, as the later report writes them.
    """

    earlier: Point
    later: Point
    score: float
    topics: tuple[str, ...]
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """How much each likeness of two points counts towards their being the same, and from where it is enough.

    `words`: the cosine of their words' weights, 0 to 1. `shared`: the sum of the weights of the topics that
    both speak of. `alike`: the cosine of their topics' weights. `lead`: how much closer the earlier point is
    than the closest other one of its report. The sum, with `start`, is the logarithm of the odds.
    """

    words: float
    shared: float
    alike: float
    lead: float
    start: float
    enough: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The three measures of two points, and the limbs that they were taken of."""

    words: float
    shared: float
    alike: float
    earlier: Gist
    later: Gist

    def closeness(self, weights: Closeness) -> float:
        return weights.words * self.words + weights.shared * self.shared + weights.alike * self.alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An earlier and a later point with their likeness, whether or not it is enough."""

    earlier: Point
    later: Point
    likeness: Likeness


# Learned by logistic regression on the points of twelve councils, judged by hand.
LEARNED = Closeness(words=10.4, shared=0.42, alike=4.9, lead=0.18, start=-7.2, enough=-0.3)


def told_again(
    reports: Iterable[Report], weights: Closeness = LEARNED, frequencies: Frequencies | None = None
) -> tuple[Link, ...]:
    """Every point of a report that comes back in a later one of the same body, in order of date and place.

    Each later report is compared with every earlier one, so a point told three times gives three links;
    `threads` joins them. Reports published on one day are not compared.
    """
    found = [
        _link(pair, odds)
        for pair, odds in log_odds(pairs(reports, weights, frequencies), weights)
        if odds >= weights.enough
    ]
    return tuple(sorted(found, key=lambda link: (link.later, link.earlier)))


def threads(links: Iterable[Link]) -> tuple[tuple[Link, ...], ...]:
    """Points told again and again: links end to end, the oldest first, from the newest point backwards.

    Each thread ends in a point that has not come again. It is the one that goes through the most reports; one
    subject runs through all of it, where its links rest on topics.
    """
    by_later: dict[Point, list[Link]] = defaultdict(list)
    for link in links:
        by_later[link.later].append(link)
    longest: dict[Point, tuple[tuple[Link, ...], frozenset[str]]] = {}
    for later in sorted(by_later):
        options = []
        for link in by_later[later]:
            before, subject = longest.get(link.earlier, ((), frozenset(link.topics)))
            still = subject & frozenset(link.topics)
            if before and not still:
                before, still = (), frozenset(link.topics)
            options.append(((*before, link), still))
        longest[later] = max(
            options, key=lambda option: (len(option[0]), sum(each.score for each in option[0]))
        )
    came_again = {link.earlier for link in (link for thread, _ in longest.values() for link in thread)}
    return tuple(thread for later, (thread, _) in sorted(longest.items()) if later not in came_again)


def subject(thread: Sequence[Link]) -> str:
    """What runs through a whole thread, in words: "private fostering"; “words” of the first link failing that."""
    through = frozenset.intersection(*(frozenset(link.topics) for link in thread))
    names = _names([key for key in thread[0].topics if key in through])
    return _listed(names or _quoted(thread[0].words))


def pairs(
    reports: Iterable[Report], weights: Closeness = LEARNED, frequencies: Frequencies | None = None
) -> list[Pair]:
    """Every pair of an earlier and a later point that have a topic or a telling word in common."""
    frequencies = frequencies or published_frequencies()
    read = [
        (report, _points(report, frequencies)) for report in sorted(reports, key=lambda each: each.published)
    ]
    found = []
    for (earlier, before), (later, after) in combinations(read, 2):
        if earlier.published == later.published:
            continue
        for later_point, later_gists in after:
            for earlier_point, earlier_gists in before:
                likeness = max(
                    (_likeness(old, new) for old in earlier_gists for new in later_gists),
                    key=lambda each: each.closeness(weights),
                )
                if likeness.words or likeness.shared:
                    found.append(Pair(earlier=earlier_point, later=later_point, likeness=likeness))
    return found


def leads(found: Sequence[Pair], weights: Closeness) -> list[float]:
    """For each pair, its closeness less that of the closest other point of the same earlier report."""
    rivals: dict[tuple[str, Point], list[float]] = defaultdict(list)
    close = [pair.likeness.closeness(weights) for pair in found]
    for pair, value in zip(found, close, strict=True):
        rivals[pair.earlier.report, pair.later].append(value)
    best = {key: (*sorted(values, reverse=True)[:2], 0.0)[:2] for key, values in rivals.items()}
    ahead = []
    for pair, value in zip(found, close, strict=True):
        first, second = best[pair.earlier.report, pair.later]
        ahead.append(value - (second if value == first else first))
    return ahead


def log_odds(found: Sequence[Pair], weights: Closeness) -> list[tuple[Pair, float]]:
    """Each pair with the logarithm of the odds that a reader would call the two the same."""
    return [
        (pair, weights.start + pair.likeness.closeness(weights) + weights.lead * lead)
        for pair, lead in zip(found, leads(found, weights), strict=True)
    ]


def _points(report: Report, frequencies: Frequencies) -> list[tuple[Point, tuple[Gist, ...]]]:
    return [
        (Point(report.published, report.key, item.ordinal), gists(item.text, frequencies))
        for item in report.improve
        if item.text and item.list_kind != TO_ANOTHER_BODY
    ]


def _likeness(earlier: Gist, later: Gist) -> Likeness:
    both = earlier.topics.keys() & later.topics.keys()
    return Likeness(
        words=_cosine(earlier.stems, later.stems),
        shared=sum(math.sqrt(earlier.topics[key] * later.topics[key]) for key in both),
        alike=_cosine(earlier.topics, later.topics) if both else 0.0,
        earlier=earlier,
        later=later,
    )


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(one[key] * other[key] for key in one.keys() & other.keys())
    if not product:
        return 0.0
    return product / math.sqrt(
        sum(value * value for value in one.values()) * sum(value * value for value in other.values())
    )


def _link(pair: Pair, odds: float) -> Link:
    earlier, later = pair.likeness.earlier, pair.likeness.later
    by_weight = sorted(
        earlier.topics.keys() & later.topics.keys(),
        key=lambda key: (-earlier.topics[key] * later.topics[key], key),
    )
    stems = sorted(
        earlier.stems.keys() & later.stems.keys(),
        key=lambda stem: (-earlier.stems[stem] * later.stems[stem], stem),
    )
    words = tuple(later.written[stem] for stem in stems)
    return Link(
        earlier=pair.earlier,
        later=pair.later,
        score=round(1 / (1 + math.exp(-odds)), 3),
        topics=tuple(by_weight),
        words=words,
        reason=_reason(by_weight, words),
    )


# A reason names the most telling things and leaves the rest: three are read at a glance.
_NAMED = 3


def _reason(keys: Sequence[str], words: Sequence[str]) -> str:
    if named := _names(keys):
        return f"both are about {_listed(named)}"
    return f"both say {_listed(_quoted(words))}"


def _quoted(words: Sequence[str]) -> list[str]:
    return [f"“{word}”" for word in words[:_NAMED]]


def _names(keys: Sequence[str]) -> list[str]:
    """The most telling topics by name: none that another is a part of, or that says less than half of the first."""
    narrow = [key for key in keys if not any(key in topics()[other].within for other in keys)]
    telling = {
        key: WEIGHT_OF_KIND[topics()[key].kind] * published_frequencies().topic_weight(key) for key in narrow
    }
    named = [key for key, weight in telling.items() if 2 * weight >= max(telling.values())]
    return [topics()[key].name for key in named[:_NAMED]]


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
