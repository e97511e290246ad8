"""The shape that every source has.

A source is one module about one publication: mostly declarations, under the data source, its format
and how it is reached, and one method that turns a row into records.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from oneplace.records import Record, ReleaseRecord
from oneplace.sources.errors import SourceError

OGL = "Open Government Licence v3.0"


class Source(ABC):
    """One publication. `parse` turns a saved file into records, `release` says what the file is."""

    # The data source
    name: ClassVar[str]  # publisher_product
    publisher: ClassVar[str]  # as in public identifiers: "ofsted"
    title: ClassVar[str]
    licence: ClassVar[str] = OGL
    cadence: ClassVar[str]  # how often a new edition comes, in words
    compiled_by: ClassVar[str | None] = None  # the third party whose table it is

    # Its format
    media_type: ClassVar[str]
    filename: ClassVar[str]  # what the file is called in a folder of publications
    companions: ClassVar[tuple[str, ...]] = ()  # files beside it that belong to the same edition
    facts: ClassVar[tuple[str, ...]] = ()  # files in this package that complete it
    version: ClassVar[str] = "1"  # of how we read it: with another, the same file is read again

    # How it is reached
    url: ClassVar[str | None] = None

    @abstractmethod
    def records(self, path: Path) -> Iterable[Record]:
        """Every record of the file, in its order. `SourceError` at the first thing not as expected."""

    def parse(self, path: Path) -> Iterator[Record]:
        """The records of a file, once all of it has been understood: a bad file yields nothing.

        Raises `SourceError`, which names file, sheet, row, column and what was expected.
        """
        return iter(tuple(self.records(path)))

    def release(self, path: Path) -> ReleaseRecord:
        """What the file is. It counts as retrieved when it was last written."""
        return ReleaseRecord(
            source=self.name,
            slot="",
            publisher=self.publisher,
            title=self.title,
            sha256=self._sha256(path),
            licence=self.licence,
            retrieved_at=retrieved_at(path),
            url=self.url,
            published=self.published(path),
            media_type=self.media_type,
            compiled_by=self.compiled_by,
            reader=self.reader,
        )

    @property
    def reader(self) -> str:
        """Which reading of the file this is: another where our reading, or a fact that completes it, changed."""
        digest = hashlib.sha256(self.version.encode())
        for name in self.facts:
            digest.update(files("oneplace.sources").joinpath(name).read_bytes())
        return f"{self.name} {self.version}" + (f" {digest.hexdigest()[:8]}" if self.facts else "")

    def published(self, path: Path) -> dt.date | None:
        """The day the edition came out, where the file says it."""
        return None

    def releases(self, path: Path) -> Iterator[tuple[ReleaseRecord, tuple[Record, ...]]]:
        """The releases that a file holds, each with its records: one, unless the file lists other files."""
        records = tuple(self.parse(path))
        yield self.release(path), records

    def _sha256(self, path: Path) -> str:
        """Of the file; where it has companions, of all of them in order."""
        digest = hashlib.sha256()
        for file in (path, *(path.with_name(name) for name in self.companions)):
            try:
                digest.update(file.read_bytes())
            except OSError as fault:
                raise SourceError(file, "a file that can be read", found=fault.strerror) from fault
        return digest.hexdigest()


def retrieved_at(path: Path) -> dt.datetime:
    """When a saved file was last written, in UTC."""
    return dt.datetime.fromtimestamp(int(path.stat().st_mtime), dt.UTC)
