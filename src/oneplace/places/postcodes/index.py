"""The index of postcodes: built whole or not at all, opened by any number of processes."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings

from oneplace.sources.ons_postcodes import OnsPostcodes, directory, packaged

# Another way of packing is another file: an index that an older version of this module built is left alone.
LAYOUT = 1
UNFINISHED = ".unfinished"
# A build takes seconds: a file that has been unfinished for this long is a dead process's.
ABANDONED_SECONDS = 3_600
LETTERS = 26
NO_COUNCIL = 0

# How a postcode of a sector is packed, from the highest bits: its last two letters, the number of its council, the
# month in which it was ended (0: it was not, or nobody says), its easting; and in a word of its own its northing.
COUNCIL_BITS, ENDED_BITS, EASTING_BITS = 10, 12, 20

Progress = Callable[[int], None]


class NoPostcodes(LookupError):
    """There is no directory of postcodes: the package is not installed and no edition was loaded."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One postcode of a sector. `ended` is the first of the month in which it was ended."""

    letters: str
    council: str | None
    ended: dt.date | None
    easting: int | None
    northing: int | None


class Index:
    """An open index. Each thread has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        with closing(_open(path)) as connection:
            said = dict(connection.execute("SELECT key, value FROM about"))
            self._councils = [
                code for (code,) in connection.execute("SELECT code FROM councils ORDER BY number")
            ]
        self.as_at = dt.date.fromisoformat(said["as_at"])
        self.tells_ends = said["tells_ends"] == "yes"
        self.postcodes = int(said["postcodes"])

    def _rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = self._threads.connection = _open(self.path)
        return connection.execute(question, values).fetchall()

    def units(self, sector: str) -> Iterator[Unit]:
        """Every postcode of a sector ("N15 3"), in order."""
        for (packed,) in self._rows("SELECT packed FROM sectors WHERE sector = ?", sector):
            assert isinstance(packed, bytes)
            number = len(packed) // 12
            words, northings = (
                memoryview(packed)[: number * 8].cast("Q"),
                memoryview(packed)[number * 8 :].cast("I"),
            )
            for word, northing in zip(words, northings, strict=True):
                yield self._unit(word, northing)

    def unit(self, sector: str, letters: str) -> Unit | None:
        """One postcode: "N15 3" and "DA"."""
        wanted = (ord(letters[0]) - 65) * LETTERS + ord(letters[1]) - 65
        for (packed,) in self._rows("SELECT packed FROM sectors WHERE sector = ?", sector):
            assert isinstance(packed, bytes)
            number = len(packed) // 12
            words = memoryview(packed)[: number * 8].cast("Q")
            for position, word in enumerate(words):
                if word >> (COUNCIL_BITS + ENDED_BITS + EASTING_BITS) == wanted:
                    return self._unit(word, memoryview(packed)[number * 8 :].cast("I")[position])
        return None

    def counts(self, outwards: str) -> list[tuple[str, str | None, int]]:
        """(outward part, council, how many postcodes) of every outward part that begins so: "N15", "N"."""
        rows = self._rows(
            "SELECT outward, council, postcodes FROM outwards WHERE outward >= ? AND outward < ? || '~'",
            outwards,
            outwards,
        )
        return [
            (str(outward), self._council(int(str(council))), int(str(many)))
            for outward, council, many in rows
        ]

    def _council(self, number: int) -> str | None:
        return self._councils[number] or None

    def _unit(self, word: int, northing: int) -> Unit:
        easting = word & ((1 << EASTING_BITS) - 1)
        ended = (word >> EASTING_BITS) & ((1 << ENDED_BITS) - 1)
        council = (word >> (EASTING_BITS + ENDED_BITS)) & ((1 << COUNCIL_BITS) - 1)
        letters = word >> (EASTING_BITS + ENDED_BITS + COUNCIL_BITS)
        return Unit(
            letters=chr(65 + letters // LETTERS) + chr(65 + letters % LETTERS),
            council=self._council(council),
            ended=dt.date(1970 + ended // 12, ended % 12 + 1, 1) if ended else None,
            easting=easting or None,
            northing=northing or None,
        )


def folder() -> Path:
    """Where indexes are kept: `postcodes` in the home folder."""
    return Path(settings.ONEPLACE_HOME) / "postcodes"


def build(path: Path, progress: Progress | None = None) -> Path:
    """Make the index of an edition (see `oneplace.sources.ons_postcodes.directory`), unless it is there.

    Two processes that build at once each make a file, and the same one is left. `progress` is told of
    postcodes as they are written. Returns where the index is.
    """
    target = folder() / _name(path)
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned()
    unfinished = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}{UNFINISHED}")
    try:
        _write(unfinished, directory(path), OnsPostcodes().as_at(path), progress or (lambda more: None))
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def opened() -> Index:
    """The newest index; of two of one day the one that tells when postcodes were ended. Built from the package where
    there is none as new as that."""
    newest = _newest()
    if (package := packaged()) is not None and (newest is None or newest.name < _name(package)):
        newest = build(package)
    if newest is None:
        raise NoPostcodes("no directory of postcodes is here: `oneplace sources` tells how to get one")
    return _opened(newest)


def in_use() -> tuple[dt.date | None, int] | None:
    """The day of the edition that `opened` would open and how many postcodes it has, 0 where its index is still to be
    made; None where there is none. Nothing is built.
    """
    newest = _newest()
    if (package := packaged()) is not None and (newest is None or newest.name < _name(package)):
        return OnsPostcodes().as_at(package), 0
    if newest is None:
        return None
    index = _opened(newest)
    return index.as_at, index.postcodes


@cache
def _opened(path: Path) -> Index:
    return Index(path)


def _newest() -> Path | None:
    place = folder()
    try:
        changed = place.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _newest_in(place, changed)


@lru_cache(maxsize=4)
def _newest_in(place: Path, changed: int) -> Path | None:
    """Listing a folder takes as long as finding a postcode: it is done again only when the folder has changed."""
    return max(place.glob(f"*-{LAYOUT}.sqlite3"), default=None, key=lambda path: path.name)


@cache
def _name(path: Path) -> str:
    """Named so that a later one is newer or tells more: the edition's day, whether whole or packaged, its SHA-256."""
    as_at = OnsPostcodes().as_at(path) or dt.date.min
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{as_at}-{'packaged' if path.name == 'RECORD' else 'whole'}-{digest[:12]}-{LAYOUT}.sqlite3"


def _open(path: Path) -> sqlite3.Connection:
    # Nobody ever writes to it: no locks are needed, and threads never share a connection.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _remove_abandoned() -> None:
    for file in folder().glob(f"*{UNFINISHED}"):
        try:
            if time.time() - file.stat().st_mtime > ABANDONED_SECONDS:
                file.unlink(missing_ok=True)
        except FileNotFoundError:
            continue


def _write(path: Path, table: pl.DataFrame, as_at: dt.date | None, progress: Progress) -> None:
    codes = ["", *sorted(table["council"].drop_nulls().unique())]
    with closing(sqlite3.connect(path)) as connection:
        # Sectors are 3 kB long: pages of 4 kB would be a quarter empty.
        connection.execute("PRAGMA page_size=16384")
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        connection.execute("CREATE TABLE councils (number INTEGER PRIMARY KEY, code TEXT NOT NULL)")
        connection.execute("CREATE TABLE sectors (sector TEXT PRIMARY KEY, packed BLOB NOT NULL)")
        connection.execute(
            "CREATE TABLE outwards (outward TEXT, council INTEGER, postcodes INTEGER NOT NULL, "
            "PRIMARY KEY (outward, council)) WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO councils VALUES (?, ?)", enumerate(codes))
        # A letter at a time: all of them at once take 900 MB.
        for letter in sorted(table["postcode"].str.head(1).unique()):
            packed = _packed(table.filter(pl.col("postcode").str.starts_with(letter)), codes)
            there = packed.filter(pl.col("ended").is_null())
            counts = there.group_by("outward", "number").len().sort("outward", "number")
            connection.executemany("INSERT INTO outwards VALUES (?, ?, ?)", counts.iter_rows())
            connection.executemany("INSERT INTO sectors VALUES (?, ?)", _sectors(packed, progress))
        connection.executemany(
            "INSERT INTO about VALUES (?, ?)",
            [
                ("as_at", (as_at or dt.date.min).isoformat()),
                ("tells_ends", "yes" if table["ended"].count() else "no"),
                ("postcodes", str(len(table))),
            ],
        )
        connection.commit()


def _packed(table: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    numbers = pl.DataFrame(
        {"council": codes[1:], "number": range(1, len(codes))}, schema_overrides={"number": pl.UInt64}
    )
    return (
        table.join(numbers, on="council", how="left")
        .with_columns(
            outward=pl.col("postcode").str.head(-3),
            inward=pl.col("postcode").str.tail(3),
            number=pl.col("number").fill_null(NO_COUNCIL),
        )
        .with_columns(sector=pl.col("outward") + " " + pl.col("inward").str.head(1), word=_word())
        .sort("sector", "word")
    )


def _word() -> pl.Expr:
    byte = [
        pl.col("inward").str.slice(place, 1).cast(pl.Binary).bin.reinterpret(dtype=pl.UInt8)
        for place in (1, 2)
    ]
    letters = (byte[0].cast(pl.UInt64) - 65) * LETTERS + (byte[1].cast(pl.UInt64) - 65)
    ended = pl.col("ended").fill_null(0).cast(pl.UInt64)
    easting = pl.col("easting").fill_null(0).cast(pl.UInt64)
    council: pl.Expr = letters * 2**COUNCIL_BITS + pl.col("number")
    word: pl.Expr = (council * 2**ENDED_BITS + ended) * 2**EASTING_BITS + easting
    return word


def _sectors(packed: pl.DataFrame, progress: Progress) -> Iterator[tuple[str, bytes]]:
    words = array("Q", packed["word"].to_list())
    northings = array("I", packed["northing"].fill_null(0).to_list())
    sizes = packed.group_by("sector", maintain_order=True).len()
    start = 0
    for sector, size in sizes.iter_rows():
        yield sector, words[start : start + size].tobytes() + northings[start : start + size].tobytes()
        start += size
        progress(size)
