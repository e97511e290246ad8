"""A file of JSON, whole and of a size that its publisher's has; with the fault where it is not."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from oneplace.sources.errors import SourceError

LARGEST = 20_000_000  # the published files have less than 1 MB


def json_object(path: Path) -> dict[str, Any]:
    """The object that a file of JSON in UTF-8 is. `SourceError` where it is anything else, or above `LARGEST` bytes."""
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise SourceError(path, f"a file of at most {LARGEST:,} bytes", found=f"{size:,}")
        content = path.read_bytes()
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=partial(_once, path))
    except UnicodeDecodeError as fault:
        raise SourceError(path, "text in UTF-8", row=content[: fault.start].count(b"\n") + 1) from fault
    except (json.JSONDecodeError, RecursionError) as fault:
        beginning = " ".join(content[:40].decode("ascii", "replace").split())
        raise SourceError(path, "JSON, whole", found=beginning) from fault
    if not isinstance(found, dict):
        raise SourceError(path, "an object of JSON", found=type(found).__name__)
    return found


def _once(path: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Of a key that is there twice a reader would keep the second without a word."""
    found: dict[str, Any] = {}
    for row, (key, value) in enumerate(pairs, 1):
        if key in found:
            raise SourceError(path, "each key once", found=key, row=row, column=key)
        found[key] = value
    return found
