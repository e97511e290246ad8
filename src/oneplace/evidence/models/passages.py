"""The index of what inspectors wrote: where each passage stands. Its words are with the database's full text."""

from __future__ import annotations

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce
from oneplace.evidence.models.statements import Statement


class Passage(WriteOnce):
    """A finding, a point or a look back that has a text: the one of its statement with this `kind` and `ordinal`.

    It follows from the statement's rows and is written with them; `search.index.rebuild` makes all anew.
    `kind` is one of `search.index.KINDS`; `section` and `place` are as `search.sections.placed` has them.
    """

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="passages")
    kind = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    section = models.CharField()
    place = models.CharField(default="")

    def __str__(self) -> str:
        return f"{self.kind}.{self.ordinal} of statement {self.statement_id}"
