"""A saved file as a whole: what it is read by, and how large it may be."""

from __future__ import annotations

from pathlib import Path

from oneplace.sources.errors import SourceError

# The largest of the tables that are read as a whole unpacks to 60 MB: what is far beyond is not the
# publication, and would take the machine's memory.
LARGEST = 400_000_000


def whole_file(path: Path, largest: int = LARGEST, what: str = "a file") -> bytes:
    """What is in a file. `SourceError` where it cannot be read, or has more than `largest` bytes."""
    try:
        if (size := path.stat().st_size) > largest:
            raise SourceError(path, f"{what} of at most {largest:,} bytes", found=f"{size:,}")
        return path.read_bytes()
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
