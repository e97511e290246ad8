"""Releases, and the inspections that they speak of."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from oneplace.evidence.errors import RecordIsImmutable
from oneplace.evidence.models.immutable import WriteOnce


class State(models.TextChoices):
    """Where a release stands. Rows of a pending release are seen by nobody but the process that loads it."""

    PENDING = "pending"
    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


# The pointer: the only columns of the whole record that are ever written twice.
POINTER = frozenset({"state", "published_at", "superseded_at", "superseded_by", "superseded_by_id"})


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Only the pointer moves."""

    def update(self, **kwargs: Any) -> int:
        """Move the pointer. Any other column is refused."""
        if not POINTER.issuperset(kwargs):
            fields = ", ".join(sorted(set(kwargs) - POINTER))
            raise RecordIsImmutable(f"A release's {fields} cannot change: publish another release.")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        """Refuse: a release is superseded or withdrawn, not removed."""
        raise RecordIsImmutable("A release is never removed: publish a newer one, or withdraw it.")

    def remove_pending(self) -> int:
        """Remove those of these releases that never became live."""
        return int(self.filter(state=State.PENDING)._raw_delete(self.db))


class Release(models.Model):
    """One thing that was fetched or read. Columns as in `records.ReleaseRecord`."""

    public_id = models.CharField(unique=True)
    source = models.CharField()
    slot = models.CharField()
    publisher = models.CharField()
    title = models.CharField()
    sha256 = models.CharField()
    licence = models.CharField()
    retrieved_at = models.DateTimeField()
    url = models.CharField(null=True)
    published = models.DateField(null=True)
    media_type = models.CharField()
    compiled_by = models.CharField(null=True)
    reader = models.CharField()
    as_at = models.DateField(null=True)
    is_snapshot = models.BooleanField(default=False)
    state = models.CharField(choices=State.choices, default=State.PENDING)
    # Store time: from when until when this store held the release true.
    published_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by: models.ForeignKey[Release | None, Release | None] = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="supersedes"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "slot", "sha256", "reader"], name="evidence_release_known_once"
            )
        ]
        # The source first: nearly all releases are live, and an index that begins with the state tempts SQLite to
        # begin every question about an inspection with all of them.
        indexes: ClassVar = [models.Index(fields=["source", "state"], name="evidence_release_source")]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the release; refuse to change one that is there. The pointer moves by query."""
        if not self._state.adding:
            raise RecordIsImmutable("A release cannot change: publish another one.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like the query set."""
        raise RecordIsImmutable("A release is never removed: publish a newer one, or withdraw it.")


class Inspection(WriteOnce):
    """That there was an inspection, and what it is called here. Its facts are in the statements about it."""

    public_id = models.CharField(unique=True)
    publisher = models.CharField()
    body_id = models.CharField()
    family = models.CharField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body_id", "family"], name="evidence_inspection_body")]

    def __str__(self) -> str:
        return self.public_id
