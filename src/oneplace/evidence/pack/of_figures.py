"""Official statistics as tables, and back as records. There may be millions: a release at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from oneplace.evidence.pack.of_places import frame
from oneplace.evidence.pack.tables import MEASURES, VALUES
from oneplace.indicators import queries as indicators
from oneplace.records import MeasureRecord

_ATTRIBUTES = (
    "key", "title", "service", "unit", "polarity", "definition", "kind", "decimals", "topic", "publisher",
    "source_note", "polarity_source",
)  # fmt: skip


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

    def measures(self, release: str) -> Iterator[MeasureRecord]:
        """What a release says that its measures are."""
        if release not in self._releases:
            return
        for row in self._measures.filter(pl.col("release") == release).iter_rows(named=True):
            yield _measure(row)

    def values(self, release: str) -> pl.DataFrame | None:
        """A release's values as columns, in the order of the publication; None where it has none."""
        if release not in self._releases:
            return None
        of_it = self._values.filter(pl.col("release") == release)
        return of_it.select(
            "measure", "subject", "period", "ends", "value", "marker", "printed", "sheet", "row"
        )


def _measure(row: Mapping[str, Any]) -> MeasureRecord:
    values = {name: row["measure" if name == "key" else name] for name in _ATTRIBUTES}
    return MeasureRecord(**values)
