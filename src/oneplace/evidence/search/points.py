"""What inspections told councils to improve, by inspection: for a search that has no sentences to look in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from oneplace.evidence.resolving import views
from oneplace.evidence.said import Part, in_lots, statements
from oneplace.evidence.views import InspectionView

_WITH_POINTS: tuple[Part, ...] = ("judgements", "recommendations")


def told_to_improve(
    inspection_ids: Iterable[str], as_at: dt.date | None = None
) -> tuple[InspectionView, ...]:
    """These inspections with their judgements and points but without findings, the newest first.

    Those that the record does not have, or that were published after the day, are left out.
    """
    found: list[InspectionView] = []
    for some in in_lots(sorted(set(inspection_ids))):
        groups = statements(Q(inspection__public_id__in=some), _WITH_POINTS)
        found += views(groups.values(), as_at)
    return tuple(
        sorted(found, key=lambda each: (each.published or dt.date.min, each.public_id), reverse=True)
    )
