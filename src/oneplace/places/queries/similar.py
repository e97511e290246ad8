"""Areas that are like an area, by whose reckoning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oneplace.places.models import Similar


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarView:
    """`area_id` is the `rank`th most like the area that was asked about; `closeness` in the publisher's words."""

    area_id: str
    rank: int
    closeness: str
    measure: str
    release_id: str
    sheet: str | None
    row: int | None


def similar(area_id: str, measure: str) -> tuple[SimilarView, ...]:
    """The areas most like an area, the likest first; () where nobody reckoned it ("dfe-statistical-neighbours")."""
    return tuple(
        SimilarView(
            area_id=row.other_id,
            rank=row.rank,
            closeness=row.closeness,
            measure=row.measure,
            release_id=row.release_id,
            sheet=row.sheet,
            row=row.row,
        )
        for row in Similar.objects.filter(area_id=area_id, measure=measure).order_by("rank")
    )


def similar_by(area_id: str, measures: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Reckoning → the identifiers of the areas most like an area by it, the likest first; one statement for all."""
    rows = Similar.objects.filter(area_id=area_id, measure__in=list(measures)).order_by("rank")
    found: dict[str, list[str]] = {measure: [] for measure in measures}
    for measure, other in rows.values_list("measure", "other_id"):
        found[measure].append(other)
    return {measure: tuple(others) for measure, others in found.items()}


def similar_by_each(
    area_ids: Sequence[str], measures: Sequence[str]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(area, reckoning) → the areas most like it, the likest first; one statement however many are asked for."""
    rows = Similar.objects.filter(area_id__in=list(area_ids), measure__in=list(measures)).order_by("rank")
    found: dict[tuple[str, str], list[str]] = {}
    for area_id, measure, other in rows.values_list("area_id", "measure", "other_id"):
        found.setdefault((area_id, measure), []).append(other)
    return {each: tuple(others) for each, others in found.items()}
