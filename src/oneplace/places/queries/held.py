"""How much of the places each source gave: for the list of sources."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Value

from oneplace.places.models import Area, Body, Boundary, CodeName, Similar


def held_by_source() -> dict[str, dict[str, int]]:
    """Source → {"areas": …, "bodies": …, "likenesses": …}, those it has any of.

    An area counts for each source that tells something of the area itself: the register, its boundaries, its names.
    """
    # A unitary council is in the lower tier and in the upper.
    lower = Boundary.objects.filter(tier="lower").values("code")
    first, *others = (
        rows.order_by().values_list("release_id", Value(kind)).annotate(held=Count("pk"))
        for kind, rows in (
            ("areas", Area.objects.all()),
            ("areas", CodeName.objects.all()),
            ("areas", Boundary.objects.exclude(tier="upper", code__in=lower)),
            ("bodies", Body.objects.exclude(kind="local_authority")),
            ("likenesses", Similar.objects.all()),
        )
    )
    found: dict[str, Counter[str]] = {}
    for release_id, kind, held in first.union(*others, all=True):
        found.setdefault(release_id.partition("/")[0], Counter())[kind] += held
    return {source: dict(counts) for source, counts in found.items()}
