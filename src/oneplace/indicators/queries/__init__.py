"""Reading the statistics. Every answer is frozen; no database object leaves this package."""

from __future__ import annotations

from oneplace.indicators.periods import kind as kind_of_period
from oneplace.indicators.queries.among import InContext, beside, in_context, in_context_of
from oneplace.indicators.queries.comparing import (
    Comparators,
    Difference,
    Neighbours,
    Standing,
    astray,
    comparators,
    difference,
    standing,
    standing_of,
)
from oneplace.indicators.queries.datasets import (
    counted_by_period,
    dataset_definitions,
    dataset_values,
    datasets,
    periods_of,
    subjects_of_measures,
)
from oneplace.indicators.queries.measures import definitions, measure, measures
from oneplace.indicators.queries.rows import in_row
from oneplace.indicators.queries.values import (
    across,
    as_published,
    in_every_edition,
    latest,
    periods,
    series,
    trends,
)

__all__ = [
    "Comparators",
    "Difference",
    "InContext",
    "Neighbours",
    "Standing",
    "across",
    "as_published",
    "astray",
    "beside",
    "comparators",
    "counted_by_period",
    "dataset_definitions",
    "dataset_values",
    "datasets",
    "definitions",
    "difference",
    "in_context",
    "in_context_of",
    "in_every_edition",
    "in_row",
    "kind_of_period",
    "latest",
    "measure",
    "measures",
    "periods",
    "periods_of",
    "series",
    "standing",
    "standing_of",
    "subjects_of_measures",
    "trends",
]
