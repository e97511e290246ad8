"""Rows of the record, which are written once."""

from __future__ import annotations

from oneplace import write_once
from oneplace.evidence.errors import RecordIsImmutable


class WriteOnce(write_once.WriteOnce):
    """A row of the record: superseded or corrected, never changed."""

    refusal = RecordIsImmutable
    instead = "publish a release or a correction, which adds to it"

    class Meta:
        abstract = True
