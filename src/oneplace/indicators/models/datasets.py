"""Which release's statistics hold."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from oneplace.indicators.errors import ValuesAreImmutable


class DatasetState(models.TextChoices):
    """Values of a pending dataset are seen by nobody but the process that loads them."""

    PENDING = "pending"
    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


# The pointer, and the count that grows while the dataset is pending.
MOVES = frozenset({"state", "values_held"})


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Only the pointer moves."""

    def update(self, **kwargs: Any) -> int:
        """Move the pointer. Any other column is refused."""
        if not MOVES.issuperset(kwargs):
            raise ValuesAreImmutable(
                f"A dataset's {', '.join(sorted(set(kwargs) - MOVES))} cannot change: publish another release."
            )
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        """Refuse: a dataset is superseded or withdrawn, not removed."""
        raise ValuesAreImmutable("A dataset is never removed: publish a newer release, or withdraw it.")

    def remove_pending(self) -> int:
        """Remove those of these datasets that never became live."""
        return int(self.filter(state=DatasetState.PENDING)._raw_delete(self.db))


class Dataset(models.Model):
    """The statistics of one release. `release_id` is the release's public identifier in the evidence.

    `dated` says which of two is the newer: when the release was retrieved (UTC). `periods` are those of its values,
    each as it is written and its last day in ISO form, in the order of those days.
    """

    release_id = models.CharField(unique=True)
    source = models.CharField()
    dated = models.DateTimeField()
    state = models.CharField(choices=DatasetState.choices, default=DatasetState.PENDING, db_index=True)
    values_held = models.PositiveIntegerField(default=0)
    periods = models.JSONField(null=True)

    objects = DatasetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.release_id
