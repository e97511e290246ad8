"""What a release brings, sorted by kind, and refused before anything of it is written where it cannot be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from oneplace.evidence.errors import UnplacedValue
from oneplace.indicators import actions as indicators
from oneplace.places import queries as places
from oneplace.records import (
    ArcRecord,
    AreaNameRecord,
    AreaRecord,
    BodyRecord,
    BoundaryRecord,
    InspectionRecord,
    MeasureRecord,
    PostcodesRecord,
    RatingTotal,
    Record,
    ReleaseRecord,
    SimilarRecord,
    ValueRecord,
)

if TYPE_CHECKING:
    import polars as pl

Subjects = Mapping[tuple[str, str], str]


@dataclass
class Contents:
    """The records of one release, each kind in its order."""

    areas: list[AreaRecord] = field(default_factory=list)
    bodies: list[BodyRecord] = field(default_factory=list)
    inspections: list[InspectionRecord] = field(default_factory=list)
    totals: list[RatingTotal] = field(default_factory=list)
    measures: list[MeasureRecord] = field(default_factory=list)
    values: list[ValueRecord] = field(default_factory=list)
    similar: list[SimilarRecord] = field(default_factory=list)
    postcodes: list[PostcodesRecord] = field(default_factory=list)
    # Boundaries with the lines that they are made of, and names of areas by code and year.
    geography: list[ArcRecord | BoundaryRecord | AreaNameRecord] = field(default_factory=list)
    # Values out of a pack, as columns: a record for each of a million takes longer than to write them.
    kept: pl.DataFrame | None = None

    @property
    def rows(self) -> int:
        """About how many rows it becomes, the release's own with them."""
        return (
            1
            + len(self.totals)
            + len(self.bodies)
            + self.values_in_all
            + sum(size(record) for record in self.inspections)
        )

    @cached_property
    def of_periods(self) -> frozenset[tuple[str, dt.date]]:
        """The periods of its statistics, as they are written and with their last days."""
        if self.kept is not None:
            return frozenset(self.kept.select("period", "ends").unique().rows())
        return frozenset({(value.period, value.ends) for value in self.values})

    @property
    def periods(self) -> int:
        """How many periods its statistics are of, as they are written."""
        return len({written for written, _ in self.of_periods})

    @property
    def boundaries(self) -> int:
        """How many boundaries of areas it brings."""
        return sum(isinstance(record, BoundaryRecord) for record in self.geography)

    @property
    def names(self) -> int:
        """How many names of areas by code it brings."""
        return sum(isinstance(record, AreaNameRecord) for record in self.geography)

    @property
    def values_in_all(self) -> int:
        """How many values it brings, in either form."""
        return len(self.values) + (0 if self.kept is None else self.kept.height)


def sort(records: Iterable[Record], kept: pl.DataFrame | None = None) -> Contents:
    """The records by kind, and values that are none. An unknown kind is our own mistake: `TypeError`."""
    contents = Contents(kept=kept)
    kinds: dict[type, list[Any]] = {
        AreaRecord: contents.areas,
        BodyRecord: contents.bodies,
        InspectionRecord: contents.inspections,
        RatingTotal: contents.totals,
        MeasureRecord: contents.measures,
        ValueRecord: contents.values,
        SimilarRecord: contents.similar,
        PostcodesRecord: contents.postcodes,
        ArcRecord: contents.geography,
        BoundaryRecord: contents.geography,
        AreaNameRecord: contents.geography,
    }
    for record in records:
        try:
            kinds[type(record)].append(record)
        except KeyError:
            raise TypeError(f"the record has no place for a {type(record).__name__}") from None
    return contents


def size(record: InspectionRecord) -> int:
    """How many rows an inspection becomes: the statement and its parts, the inspection and an event."""
    return (
        3
        + len(record.judgements)
        + len(record.improve)
        + len(record.findings)
        + len(record.looks_back)
        + len(record.problems)
    )


def placed(release: ReleaseRecord, contents: Contents) -> Subjects:
    """Whose each value is. `UnplacedValue` names row and code of one that is nobody's, before any write."""
    if not contents.values:
        return {}
    known = places.subjects()
    keys = {record.key for record in contents.measures}
    settled: set[tuple[str, str]] = set()
    for value in contents.values:
        if value.measure not in keys:
            unknown = f"{value.measure!r} is a measure that nothing defines"
            raise UnplacedValue(release, value, unknown, is_of_area=False)
        if (value.scheme, value.area) in settled:
            continue
        if indicators.subject_of(value, known) is None:
            raise UnplacedValue(
                release,
                value,
                f"nobody knows an area or body by {value.scheme} {value.area!r}; the register of authorities, "
                "a region, England or a body loaded before was expected. Nothing of the file was loaded",
                is_of_area=True,
            )
        settled.add((value.scheme, value.area))
    return known
