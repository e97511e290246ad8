"""Remembering where files are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from oneplace.archive.models import ArchivedFile


def remember_files(files: Iterable[tuple[str, Path]]) -> int:
    """Keep the place of each file, by its SHA-256 in hexadecimal; the newest place counts. Returns how many."""
    now = timezone.now()
    rows = {
        sha256: ArchivedFile(sha256=sha256, path=str(path.resolve()), remembered_at=now)
        for sha256, path in files
    }
    ArchivedFile.objects.bulk_create(
        rows.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["path", "remembered_at"],
    )
    return len(rows)
