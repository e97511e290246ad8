"""Files that were fetched: saved whole or not at all, each with a receipt beside it.

The receipt, a small JSON file, keeps what the server calls this version of the file, so that the next request
can ask for it only if it has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ENDING = ".fetched.json"
_PART = ".part"
# The folder, beside a file, to which one that could not be read is moved.
REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was fetched, from where, and how the server tells this version from another."""

    url: str
    sha256: str
    size: int
    retrieved_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    media_type: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the file only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


def receipt_path(path: Path) -> Path:
    """Where the receipt of a file is: hidden beside it."""
    return path.with_name(f".{path.name}{ENDING}")


def refused_path(path: Path) -> Path:
    """Where a file is once it was refused. Its receipt is there too, so that it is not fetched again unchanged."""
    return path.parent / REFUSED / path.name


def receipt_of(path: Path) -> Receipt | None:
    """The receipt of a file; None where there is none, or the file is not the one that it is for."""
    try:
        kept = json.loads(receipt_path(path).read_text("utf-8"))
        receipt = Receipt(**{**kept, "retrieved_at": dt.datetime.fromisoformat(kept["retrieved_at"])})
        if path.stat().st_size != receipt.size:
            return None
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == receipt.sha256
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return receipt if same else None


def save_whole(path: Path, chunks: Iterable[bytes], *, unless: str | None = None) -> tuple[str, int]:
    """Write the chunks beside `path`, then put the file in its place at once. Returns its SHA-256 and size.

    If the chunks end in an error, or the process is killed, what was at `path` before is still there. `unless`:
    the SHA-256 of what is there already; the same again leaves the file, and when it was written, as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != unless:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest(), size


def keep_receipt(path: Path, receipt: Receipt) -> None:
    """Put the receipt beside the file. Killed before it, the file is merely fetched once more."""
    said = {**asdict(receipt), "retrieved_at": receipt.retrieved_at.isoformat()}
    save_whole(receipt_path(path), [json.dumps(said, indent=1).encode() + b"\n"])


def remove_parts(folder: Path) -> int:
    """Remove what a killed process was in the middle of writing. Returns how many files."""
    parts = list(folder.rglob(f".*{_PART}"))
    for part in parts:
        part.unlink(missing_ok=True)
    return len(parts)
