"""Flags that were raised, what happened to each, and how far the record has been gone through for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce


class Flag(WriteOnce):
    """A flag of a body under one version of a rule, raised on the day that its evidence was published."""

    rule = models.CharField()
    version = models.PositiveSmallIntegerField()
    body_id = models.CharField()
    colour = models.CharField()
    service = models.CharField()
    raised_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["body_id"], name="evidence_flag_body")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.body_id}"


class FlagStep(WriteOnce):
    """What happened to a flag: `kind` is "raised", "confirmed", "lowered", or "withdrawn" where it was a mistake.

    `until`: when it is too old to stand, if nothing comes before. `evidence` are references by public ids.
    """

    flag = models.ForeignKey(Flag, on_delete=models.DO_NOTHING, related_name="steps")
    number = models.PositiveSmallIntegerField()  # within the flag, from 1
    kind = models.CharField()
    on = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(default="")
    evidence = models.JSONField(default=list)
    at = models.DateTimeField()  # when this store wrote it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["flag", "number"], name="evidence_flag_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.flag_id}.{self.number}: {self.kind}"


class FlagRound(WriteOnce):
    """That flags were raised and lowered for the record as it was; `through` says as of what and by which rules."""

    through = models.CharField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.through
