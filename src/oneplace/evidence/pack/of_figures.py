"""Official statistics as tables, and back as records. There may be millions: a release at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from oneplace.evidence.pack.of_places import frame
from oneplace.evidence.pack.tables import MEASURES, VALUES
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import printed as as_printed
from oneplace.records import MeasureRecord, ValueRecord

_ATTRIBUTES = (
    "key", "title", "service", "unit", "polarity", "definition", "kind", "decimals", "topic", "publisher",
    "source_note", "polarity_source",
)  # fmt: skip
# The scheme of a value whose area is this store's own identifier.
_OURS = "oneplace"


def frames_of_figures(releases: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Measures and values of the releases that have any."""
    with_figures = {each.release_id for each in indicators.datasets()}
    chosen = [release for release in releases if release in with_figures]
    return {
        MEASURES.name: frame(
            MEASURES,
            (
                (release, *(getattr(each, name) for name in _ATTRIBUTES))
                for release in chosen
                for each in indicators.dataset_definitions(release)
            ),
        ),
        VALUES.name: pl.concat([frame(VALUES, ()), *(_values_of(release) for release in chosen)]),
    }


def _values_of(release: str) -> pl.DataFrame:
    return frame(VALUES, ((release, *row) for row in indicators.dataset_values(release)))


class Figures:
    """Measures and values, in reach by release."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._measures = tables["measures"]
        self._values = tables["values"]
        # Most releases have none, and to look for them among a million takes milliseconds each time.
        self._releases = frozenset(self._measures["release"].to_list())

    def of(self, release: str) -> Iterator[MeasureRecord | ValueRecord]:
        """What a release says: its measures first, then its values in the order of the publication."""
        if release not in self._releases:
            return
        for row in self._measures.filter(pl.col("release") == release).iter_rows(named=True):
            yield _measure(row)
        of_it = self._values.filter(pl.col("release") == release).select(list(VALUES.schema))
        # Of a few thousand different words and days one object each, not one a row: 100 MB less for 600,000.
        one: Any = {}.setdefault
        for _, measure, subject, period, ends, value, marker, printed, sheet, row in of_it.iter_rows():
            yield ValueRecord(
                one(measure, measure), _OURS, one(subject, subject), one(period, period), one(ends, ends),
                value, one(marker, marker), as_printed(printed, value), one(sheet, sheet), row,
            )  # fmt: skip


def _measure(row: Mapping[str, Any]) -> MeasureRecord:
    values = {name: row["measure" if name == "key" else name] for name in _ATTRIBUTES}
    return MeasureRecord(**values)
