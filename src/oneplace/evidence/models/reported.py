"""What readers report as wrong, and for a while who they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce


class Reported(WriteOnce):
    """A reader's report of a mistake, as it was sent. Nobody sees its words but who decides it."""

    at = models.DateTimeField(db_index=True)
    about = models.CharField()  # the path of a page of this site, "" where none was told
    wrong = models.TextField()
    should_be = models.TextField(default="")
    says_so = models.TextField(default="")  # where it can be checked

    def __str__(self) -> str:
        return f"{self.about} {self.at}"


class Reporter(models.Model):
    """Who sent a report: removed when it is decided, or when it is old. It is no part of the record.

    `sender` is a keyed digest of the network address, kept for a day so that nobody sends a thousand.
    """

    report = models.OneToOneField(Reported, on_delete=models.DO_NOTHING, related_name="reporter")
    at = models.DateTimeField()
    sender = models.CharField(default="")
    email = models.CharField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sender", "at"], name="evidence_reporter_sender")]

    def __str__(self) -> str:
        return f"of {self.report_id}"
