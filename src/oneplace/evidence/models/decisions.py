"""What people decided about the record: added, with a reason and a name, never changed."""

from __future__ import annotations

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce


class Correction(WriteOnce):
    """This store's own word on a field, over every source's. The newest of a target and field holds.

    `target` is an inspection's public identifier, `value` as printed in a data set ("2018-12-14",
    "good"); None takes an earlier correction back. `evidence` says where it can be checked.
    """

    target = models.CharField(db_index=True)
    field = models.CharField()  # "published", "judgement:overall", …
    value = models.CharField(null=True)
    reason = models.TextField()
    evidence = models.TextField()
    decided_by = models.CharField()
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.target} {self.field} → {self.value}"


class ReviewDecision(WriteOnce):
    """How an item of the review queue was decided. The newest of an item holds; "reopened" opens it again."""

    item_key = models.CharField(db_index=True)
    decision = models.CharField()
    reason = models.TextField()
    decided_by = models.CharField()
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_key}: {self.decision}"
