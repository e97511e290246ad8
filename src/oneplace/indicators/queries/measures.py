"""What is counted, as the releases define it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from oneplace.indicators.models import DatasetState, Definition
from oneplace.indicators.titles import in_plain_words
from oneplace.indicators.views import MeasureView


def measures(service: str | None = None, keys: Iterable[str] | None = None) -> tuple[MeasureView, ...]:
    """Every measure that a live release defines, or those of a service, or certain ones, by topic and title."""
    where = Q(dataset__state=DatasetState.LIVE)
    if keys is not None:
        where &= Q(measure__key__in=list(keys))
    found = defined_in(where)
    chosen = (each for each in found.values() if service in (None, each.service))
    return tuple(sorted(chosen, key=lambda each: (each.service, each.topic, each.title, each.key)))


def measure(key: str) -> MeasureView | None:
    """One measure as its newest live release defines it; None where none does."""
    return defined_in(Q(dataset__state=DatasetState.LIVE, measure__key=key)).get(key)


def definitions(key: str) -> tuple[MeasureView, ...]:
    """What each release, live or superseded, said that a measure is; the newest first."""
    rows = Definition.objects.filter(measure__key=key).exclude(dataset__state=DatasetState.PENDING)
    return tuple(view(row) for row in newest_last(rows))[::-1]


def defined_in(where: Q) -> dict[str, MeasureView]:
    """Measures by key, each as the newest of the chosen definitions has it."""
    return {row.measure.key: view(row) for row in newest_last(Definition.objects.filter(where))}


def newest_last(rows: QuerySet[Definition]) -> QuerySet[Definition]:
    """With what a view needs, in one statement."""
    # The periods of each dataset are long, and no part of what a measure is.
    chosen = rows.select_related("measure", "dataset").defer("dataset__periods")
    return chosen.order_by("dataset__dated", "dataset__pk")


def view(row: Definition) -> MeasureView:
    """A definition as an answer."""
    return MeasureView(
        key=row.measure.key,
        title=in_plain_words(row.title, row.unit),
        service=row.service,
        unit=row.unit,
        polarity=row.polarity,
        definition=row.definition,
        kind=row.kind,
        decimals=row.decimals,
        topic=row.topic,
        publisher=row.publisher,
        source_note=row.source_note,
        polarity_source=row.polarity_source,
        source=row.dataset.source,
        release_id=row.dataset.release_id,
    )
