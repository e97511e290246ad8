"""Which points of which inspections are about a topic, for a record that holds their places and not their sentences.

`points_on_topics.csv` tells it of every report that was at hand when the product was made: the inspection, the
number and page of the point, and our topics in it. That is a fact about the report and none of its words;
`script/list-topics` writes the file anew from a record with sentences.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, RecommendationView
from oneplace.improvement.topics import Topic, topics, topics_of

FILE = "points_on_topics.csv"
_HEADER = ("inspection", "point", "page", "topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointOn:
    """A point on a topic, as the record has it: with its sentence or without."""

    inspection: InspectionView
    point: RecommendationView

    @property
    def path(self) -> str:
        return f"{self.inspection.path}#{self.point.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTold:
    """A topic, and how many points of how many inspections are about it."""

    topic: Topic
    points: int
    inspections: int


def topics_told(bodies: Collection[str] | None = None) -> tuple[TopicTold, ...]:
    """Every subject that a report has told a council to improve on, by name; `bodies`: one of these councils."""
    points: Counter[str] = Counter()
    inspections: Counter[str] = Counter()
    for inspection, told in _kept().items():
        if bodies is not None and inspection.split("/")[1] not in bodies:
            continue
        points.update(key for keys in told.values() for key in keys)
        inspections.update({key for keys in told.values() for key in keys})
    found = [
        TopicTold(topic=topic, points=points[key], inspections=inspections[key])
        for key, topic in topics().items()
        if topic.kind == "subject" and points[key]
    ]
    return tuple(sorted(found, key=lambda each: each.topic.name.lower()))


def points_on(
    topic: str, as_at: dt.date | None = None, bodies: Collection[str] | None = None
) -> tuple[PointOn, ...]:
    """Every point on a topic, of the newest inspection first; () where there is no such topic.

    `bodies`: only those of these councils.

    Only points that the record has at the same number and page: a report that was read otherwise since is not
    spoken of.
    """
    wanted = {
        inspection: {place for place, keys in told.items() if topic in keys}
        for inspection, told in _kept().items()
    }
    ids = [
        inspection
        for inspection, places in wanted.items()
        if places and (bodies is None or inspection.split("/")[1] in bodies)
    ]
    return tuple(
        PointOn(inspection=each, point=point)
        for each in evidence.told_to_improve(ids, as_at)
        for point in each.improve
        if (point.ordinal, point.source.page) in wanted[each.public_id]
    )


@cache
def _kept() -> Mapping[str, Mapping[tuple[int, int | None], tuple[str, ...]]]:
    """Inspection → (number, page) of a point → its topics."""
    kept: dict[str, dict[tuple[int, int | None], tuple[str, ...]]] = defaultdict(dict)
    text = files("oneplace.improvement").joinpath(FILE).read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        place = int(row["point"]), int(row["page"]) if row["page"] else None
        kept[row["inspection"]][place] = tuple(row["topics"].split())
    return kept


def made() -> str:
    """The file's content, from the sentences that the record holds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    for each in sorted(evidence.told_to_improve(evidence.inspection_ids()), key=lambda one: one.public_id):
        for point in each.improve:
            if point.text and (keys := sorted(topics_of(point.text))):
                writer.writerow((each.public_id, point.ordinal, point.source.page or "", " ".join(keys)))
    return out.getvalue()
