"""Clearing away what a killed process left: rows of releases that never became live."""

from __future__ import annotations

from oneplace.evidence.models import (
    Edition,
    Event,
    Finding,
    Inspection,
    Judgement,
    LookBack,
    Passage,
    Problem,
    RatingTotal,
    Recommendation,
    Release,
    State,
    Statement,
)
from oneplace.indicators import actions as indicators
from oneplace.large_loads import one_of_many

# Statements with their parts in a transaction; a statement has a dozen rows or so.
STATEMENTS_A_TRANSACTION = 500
ROWS_A_TRANSACTION = 5_000


def clear_pending() -> None:
    """Remove what a killed process left. Children first and the release last: a kill here loses nothing."""
    pending = dict(Release.objects.filter(state=State.PENDING).values_list("pk", "public_id"))
    if not pending:
        return
    while ids := list(
        Statement.objects.filter(release__in=pending).values_list("pk", flat=True)[:STATEMENTS_A_TRANSACTION]
    ):
        with one_of_many():
            for model in (Passage, Judgement, Recommendation, Finding, LookBack, Problem):
                model.objects.filter(statement__in=ids).remove_pending()
            Statement.objects.filter(pk__in=ids).remove_pending()
    while ids := list(
        Event.objects.filter(release__in=pending).values_list("pk", flat=True)[:ROWS_A_TRANSACTION]
    ):
        Event.objects.filter(pk__gte=min(ids), pk__lte=max(ids), release__in=pending).remove_pending()
    indicators.remove_pending(pending.values())
    # Identities that nothing speaks of: they would keep their name from the inspection itself.
    unspoken = Inspection.objects.filter(statements__isnull=True).values_list("pk", flat=True)
    while ids := list(unspoken[:STATEMENTS_A_TRANSACTION]):
        Inspection.objects.filter(pk__in=ids).remove_pending()
    with one_of_many():
        RatingTotal.objects.filter(release__in=pending).remove_pending()
        Edition.objects.filter(release__in=pending).remove_pending()
        Release.objects.filter(pk__in=pending).remove_pending()
