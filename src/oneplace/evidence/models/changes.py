"""What each release changed, what each edition of a snapshot says, and what came of each attempt to fetch."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce
from oneplace.evidence.models.releases import Release


class Event(WriteOnce):
    """One change to the record. Written under a pending release, seen once the release is live.

    `sequence` counts without gaps over the whole log. `kind` is one of `changes.KINDS`. `release` is the
    one that brought the change (for "withdrawn", the one that was taken back). `on` is the date of the
    fact. `first_load`: the source had nothing in the record before the run that brought it.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    release = models.ForeignKey(Release, on_delete=models.DO_NOTHING, related_name="events")
    position = models.PositiveIntegerField()  # within the release, from 1
    at = models.DateTimeField()
    kind = models.CharField()
    inspection = models.CharField(default="")  # public id; "" where it is about none
    body_id = models.CharField(default="")
    field = models.CharField(default="")
    before = models.CharField(default="")
    after = models.CharField(default="")
    direction = models.CharField(default="")  # "better", "worse", "same", or ""
    on = models.DateField(null=True)
    first_load = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body_id", "sequence"], name="evidence_event_body")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind}"


class Edition(WriteOnce):
    """What an edition of a snapshot says of each inspection, also where no statement of its own was written.

    `words` is the packed table of `editions.Words`.
    """

    release = models.OneToOneField(Release, on_delete=models.DO_NOTHING, related_name="edition")
    words = models.BinaryField()

    def __str__(self) -> str:
        return f"edition {self.release_id}"


class FirstLoad(WriteOnce):
    """That the first load of a source began, and, in a second row, that it came to its end.

    It may be many releases and be killed on the way: all of them are its first load.
    """

    source = models.CharField()
    ended = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "ended"], name="evidence_first_load_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {'ended' if self.ended else 'begun'}"


class Attempt(WriteOnce):
    """One attempt to get what is new of a source: "new", "unchanged", "failed" or "refused"."""

    source = models.CharField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField()
    message = models.TextField()
    url = models.CharField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "finished_at"], name="evidence_attempt_source")]

    def __str__(self) -> str:
        return f"{self.source}: {self.outcome}"
