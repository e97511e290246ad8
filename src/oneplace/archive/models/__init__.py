"""Where the files are. A place on this machine, not a fact of the record: rows are replaced when a file moves."""

from __future__ import annotations

from django.db import models


class ArchivedFile(models.Model):
    sha256 = models.CharField(primary_key=True)
    path = models.TextField()
    remembered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path
