"""The shape that every source has.

A source is one module about one publication: mostly declarations, under the data source, its format
and how it is reached, and one method that turns a row into records.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Literal

from oneplace.records import Record, ReleaseRecord
from oneplace.sources.days import end_of_month
from oneplace.sources.errors import SourceError
from oneplace.sources.facts import file_of_facts
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched

OGL = "Open Government Licence v3.0"

# How a new edition gets here. "open": fetched by `oneplace update`. "key": the same, with a key that its
# publisher gives to whoever asks. "manual": by a person, in the way that `how` tells. "closed": its
# publisher has ended it, and what there is comes with this product. "package": in a Python package.
Access = Literal["open", "key", "manual", "closed", "package"]


class Source(ABC):
    """One publication. `parse` turns a saved file into records, `release` says what the file is.

    `fetch` gets what is new, where `access` allows it; a saved file is then read like any other.
    """

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
    # Columns (or keys) of the publication that tell of a person, and are dropped at the door.
    personal: ClassVar[tuple[str, ...]] = ()
    # A table of the latest state of many bodies: see `ReleaseRecord.is_snapshot`.
    is_snapshot: ClassVar[bool] = False
    is_partial: ClassVar[bool] = False  # its editions have only what changed: `ReleaseRecord.is_partial`
    # By rows that people type: a file with the new ones alone may stand beside those that are there.
    grows: ClassVar[bool] = False
    version: ClassVar[str] = "1"  # of how we read it: with another, the same file is read again
    # "reports": its files are PDFs, which `oneplace.reading` reads and `parse` does not.
    reads: ClassVar[Literal["tables", "reports"]] = "tables"

    # How it is reached
    url: ClassVar[str | None] = None
    access: ClassVar[Access] = "manual"
    how: ClassVar[str] = ""  # what a person does to get an edition: for "manual" and "key"
    key_setting: ClassVar[str | None] = None  # the environment variable that holds a "key"
    months: ClassVar[int | None] = None  # an edition older than this many months is stale; None: never

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        """The columns of a table of statistics that say whose a figure is, the first that is filled; () where there
        are no statistics.
        """
        return ()

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched | NotFetched]:
        """Save what is new, one file (with its companions) at a time.

        `held` answers what is here already, so that only what is new or changed is asked for. Raises
        `NotFetched` where the publication is not as it was when this was written, and says how it differs;
        yields it where one of many files cannot be had and the others can.
        """
        raise NotFetched(self.url or self.name, self.how or "a person must fetch it")

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
        as_at = self.as_at(path)
        return ReleaseRecord(
            source=self.name,
            slot=as_at.isoformat() if self.is_snapshot and as_at else "",
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
            as_at=as_at,
            is_snapshot=self.is_snapshot,
            is_partial=self.is_partial,
        )

    @property
    def reader(self) -> str:
        """Which reading of the file this is: another where our reading, or a fact that completes it, changed."""
        digest = hashlib.sha256(self.version.encode())
        for name in self.facts:
            digest.update(file_of_facts(name))
        return f"{self.name} {self.version}" + (f" {digest.hexdigest()[:8]}" if self.facts else "")

    def published(self, path: Path) -> dt.date | None:
        """The day the edition came out, where the file says it."""
        return None

    def as_at(self, path: Path) -> dt.date | None:
        """The day that the edition describes: what the file says in itself, else a date in its name."""
        return date_in_name(path)

    def accepts(self, path: Path) -> bool:
        """Whether a file of this name is one of its editions: `filename`, but for the digits in it."""
        return _without_digits(path.name) == _without_digits(self.filename)

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


def date_in_name(path: Path) -> dt.date | None:
    """A date written as 2025-03-31 in a file's name, or the last day of a month written as 2025-12."""
    if found := re.search(r"(?<!\d)(20\d\d)-([01]\d)-([0-3]\d)(?!\d)", path.name):
        year, month, day = map(int, found.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    if found := re.search(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!\d)", path.name):
        year, month = map(int, found.groups())
        return end_of_month(year, month)
    return None


def _without_digits(name: str) -> str:
    return re.sub(r"\d+", "0", name)
