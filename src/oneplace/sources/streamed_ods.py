"""Rows of an OpenDocument sheet too long to unpack into memory, one at a time.

The Care Quality Commission's ratings unpack to over 1 GB of XML: a tree of it takes ten minutes and a
spreadsheet library 2 GB of memory. Such a sheet says the same cells again and again (a service's name and
address stand on each of its rows), so the text is cut at the tags, and each different piece between two cuts
is understood once. On 324,000 rows of 28 columns that takes half of calamine's time, in a process of 60 MB.

What is understood is OpenDocument as office programs write it: UTF-8, the usual prefixes, no comments and
no document type. A file that is anything else is refused, never read half.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from xml.sax.saxutils import unescape

from oneplace.sources.errors import SourceError
from oneplace.sources.ods_cells import MOST_COLUMNS, Cells, NotUnderstood
from oneplace.sources.tables import Row

# LibreOffice and Excel have no more rows than this in a sheet.
MOST_ROWS = 1_048_576
# The ratings unpack to 1.3 GB, and their longest row to 5 kB; before a document's first row stand its styles.
LARGEST = 4_000_000_000
LONGEST_ROW = 16_000_000
_CHUNK = 1 << 20
# A content larger than this is unpacked by a thread, in pieces so large that it seldom has to wait for its turn.
_LARGE, _LARGE_CHUNK, _AHEAD = 50_000_000, 4 << 20, 3
# Fewer cells alike than this are not worth looking for.
_FEW = 4

# A heading, or the headings that a column has had over the years, the present one first.
Heading = str | tuple[str, ...]

_USUAL = (b"office", b"table", b"text")
_INSIDE = rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"  # a tag, behind its name
_ROOT = re.compile(rb"<office:document-content(?=\s)" + _INSIDE + rb">")
_XMLNS = re.compile(rb"\sxmlns:([\w.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_STRUCTURE = re.compile(rb"<(/?)table:(table|table-row)(?=[\s/>])" + _INSIDE + rb"(/?)>")
_ROW_START = re.compile(rb"\s*<table:table-row(?=[\s>])((?:[^<>\"'/]|\"[^\"]*\")*)>\s*")
_ROWS_REPEATED = re.compile(rb"\stable:number-rows-repeated\s*=\s*[\"'](\d+)[\"']")
_NAME = re.compile(rb"\stable:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROW_END, _CELL, _COVERED = b"</table:table-row>", b"<table:table-cell", b"table:covered-table-cell"


def streamed_rows(
    path: Path,
    sheets: Mapping[str, Sequence[Heading]],
    *,
    header_rows: Sequence[int] = (1,),
    most: int | None = None,
) -> Iterator[Row]:
    """The rows of some sheets under their headers, in the order of the file, in one pass and little memory.

    `sheets`: by name, the headings of the columns that are wanted; a row's `cells` has just these, each under
    the first of its names. The header is in one of `header_rows`. Cells are text, as in `sheet_rows`.
    Raises `SourceError` where the fault is met, which may be after good rows were given.
    """
    tables = {name: _Table(path, name, headings, header_rows) for name, headings in sheets.items()}
    for sheet, number, line in _Reader(path, frozenset(sheets), MOST_ROWS if most is None else most).rows():
        table = tables[sheet]
        if number <= max(header_rows):
            table.above[number] = line
            continue
        if not table.width:
            yield from table.begin()
        yield table.row(number, line)
    for table in tables.values():
        if not table.width:
            yield from table.begin()
        if not table.rows:
            raise SourceError(path, "at least one row under the header", sheet=table.sheet)


@dataclass
class _Table:
    """A sheet's header, and its rows as the cells of the wanted columns. `width` is 0 until it has begun."""

    path: Path
    sheet: str
    wanted: Sequence[Heading]
    header_rows: Sequence[int]
    above: dict[int, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    chosen: Callable[[list[str]], Sequence[str]] = tuple
    width: int = 0
    rows: int = 0

    def begin(self) -> Iterator[Row]:
        """Find the header, and give the rows that stand under it among those where it might have been."""
        headings = {row: [" ".join(cell.split()) for cell in line] for row, line in self.above.items()}
        known = {name for each in self.wanted for name in _names(each)}
        at = max(self.header_rows, key=lambda row: (len(known.intersection(headings.get(row, ()))), -row))
        for each in self.wanted:
            self._find(_names(each), headings.get(at, []), at)
        self.width = max(self.places) + 1
        # One more than is wanted: of a single one it gives no tuple.
        self.chosen = itemgetter(*self.places, 0)
        for number, line in self.above.items():
            if number > at:
                yield self.row(number, line)

    def _find(self, names: tuple[str, ...], header: list[str], row: int) -> None:
        there = [name for name in header if name in names]
        if len(there) != 1:
            raise SourceError(
                self.path,
                "each heading once" if there else f"a column “{names[0]}”",
                found=None if there else ", ".join(filter(None, header))[:300],
                sheet=self.sheet,
                row=row,
                column=there[1] if there else names[0],
            )
        self.names.append(names[0])
        self.places.append(header.index(there[0]))

    def row(self, number: int, line: list[str]) -> Row:
        self.rows += 1
        if len(line) < self.width:
            line += [""] * (self.width - len(line))
        return Row(self.path, self.sheet, number, dict(zip(self.names, self.chosen(line), strict=False)))


def _names(heading: Heading) -> tuple[str, ...]:
    return (heading,) if isinstance(heading, str) else heading


class _Reader:
    """One pass over a workbook's content, cut at the end of each row and then at the start of each cell."""

    def __init__(self, path: Path, wanted: frozenset[str], most: int) -> None:
        self._path, self._wanted, self._most = path, wanted, most
        self._sheet: str | None = None
        self._names: list[str] = []
        self._number = 0
        self._cells = Cells(b"")
        self._starts: dict[bytes, int] = {}  # what begins a row → how many rows it stands for
        self._alike = _Alike()

    def rows(self) -> Iterator[tuple[str, int, list[str]]]:
        """Sheet, row number and cells of each row of the wanted sheets that has any."""
        rest = b""
        for chunk in _chunks(self._path):
            *pieces, rest = (rest + chunk).split(_ROW_END)
            if len(rest) > LONGEST_ROW:
                raise self._fault(f"a row of at most {LONGEST_ROW:,} bytes")
            for piece in pieces:
                yield from self._row(piece)
        opened, _ = self._between(rest)
        if opened or self._sheet is not None or not rest.rstrip().endswith(b"</office:document-content>"):
            raise self._fault("a whole OpenDocument spreadsheet", found=_quoted(rest[-60:]))
        if missing := self._wanted.difference(self._names):
            raise self._fault(f"a sheet “{min(missing)}”", found=", ".join(self._names))

    def _row(self, piece: bytes) -> Iterator[tuple[str, int, list[str]]]:
        alike = self._alike
        if self._sheet in self._wanted and alike.has(piece):
            middle = self._texts(piece[len(alike.before) : len(piece) - len(alike.after)].split(_CELL))
            yield from self._numbered([*alike.first, *middle, *alike.last], 1)
            return
        start, *pieces = piece.split(_CELL)
        if not (stands_for := self._starts.get(start, 0)):
            if plain := _ROW_START.fullmatch(start):
                stands_for = _repeated(plain[1])
                if len(start) < 200:
                    self._starts[start] = stands_for
            else:
                stands_for, content = self._between(piece)
                # A row may begin with cells that a merged one above covers: they are cells like others.
                start, *pieces = content.replace(_COVERED, _CELL[1:]).split(_CELL)
                if not stands_for or start.strip():
                    raise self._fault("a row of cells", found=_quoted(start))
        if self._sheet is None:
            raise self._fault("each row within a sheet")
        if self._sheet not in self._wanted:
            self._number += stands_for
            return
        if stands_for == 1 and start in self._starts:
            alike.learn(start, pieces, self._texts)
        while pieces and pieces[-1] in self._cells.blank:
            pieces.pop()
        yield from self._numbered(self._texts(pieces), stands_for)

    def _numbered(self, line: list[str], stands_for: int) -> Iterator[tuple[str, int, list[str]]]:
        first, last = self._number + 1, self._number + stands_for
        if len(line) > MOST_COLUMNS and any(line[MOST_COLUMNS:]):
            raise self._fault(f"at most {MOST_COLUMNS:,} columns")
        if any(line):
            assert self._sheet is not None
            if last > self._most:
                raise self._fault(f"a table of at most {self._most:,} rows", row=max(first, self._most))
            for number in range(first, last):
                yield self._sheet, number, list(line)
            yield self._sheet, last, line
        self._number = last

    def _texts(self, pieces: list[bytes]) -> list[str]:
        try:
            return list(chain.from_iterable(map(self._cells.__getitem__, pieces)))
        except (NotUnderstood, UnicodeDecodeError) as fault:
            expected = str(fault) if isinstance(fault, NotUnderstood) else "text in UTF-8"
            raise self._fault(expected) from fault

    def _between(self, piece: bytes) -> tuple[int, bytes]:
        """Take in what stands before a row: sheets that end and begin, empty rows.

        Gives how many rows the one that is left open stands for (0 where none is), and what is in it.
        """
        if not self._names and self._sheet is None:
            self._begin(piece)
        if b"<!" in piece:
            raise self._fault("a spreadsheet without comments, CDATA or a document type")
        for tag in _STRUCTURE.finditer(piece):
            closes, kind, attributes, empty = tag.groups()
            if kind == b"table-row" and empty:
                self._number += _repeated(attributes)
            elif kind == b"table-row":
                content = piece[tag.end() :]
                if closes or _STRUCTURE.search(content):
                    raise self._fault("rows that begin and end one after the other")
                return _repeated(attributes), content
            elif bool(closes) != (self._sheet is not None):
                raise self._fault("sheets that begin and end one after the other")
            else:
                self._sheet, self._number = None, 0
                if not closes:
                    self._names.append(_name(attributes))
                    self._sheet = None if empty else self._names[-1]
        return 0, b""

    def _begin(self, piece: bytes) -> None:
        root = _ROOT.search(piece)
        encoding = _ENCODING.match(piece.removeprefix(b"\xef\xbb\xbf"))
        if root is None or (encoding and encoding[1].upper() not in (b"UTF-8", b"US-ASCII")):
            raise self._fault("an OpenDocument spreadsheet in UTF-8", found=_quoted(piece[:60]))
        declared = {each[1]: each[2] or each[3] for each in _XMLNS.finditer(root[1])}
        for name in _USUAL:
            if declared.get(name) != b"urn:oasis:names:tc:opendocument:xmlns:" + name + b":1.0":
                raise self._fault("OpenDocument's usual prefixes", found=_quoted(root[1][:200]))
        self._cells = Cells(b"".join(each[0] for each in _XMLNS.finditer(root[1])))

    def _fault(self, expected: str, *, found: str | None = None, row: int | None = None) -> SourceError:
        row = row or (self._number + 1 if self._sheet else None)
        return SourceError(self._path, expected, found=found, sheet=self._sheet, row=row)


class _Alike:
    """How rows that follow each other begin and end alike, as a service's do: these cells are understood once.

    `before` reaches to the start of the first cell that differs, `after` from behind the last that does.
    """

    def __init__(self) -> None:
        self.before = self.after = b""
        self.first: list[str] = []
        self.last: list[str] = []
        self._counts = (0, 0)  # of cells
        self._whole: list[bytes] | None = None  # the row before, where it too had to be read whole

    def has(self, piece: bytes) -> bool:
        """Whether a row begins and ends like those before it."""
        if (
            self.before
            and piece.startswith(self.before)
            and piece.endswith(self.after)
            and len(piece) >= len(self.before) + len(self.after)
        ):
            self._whole = None
            return True
        return False

    def learn(self, start: bytes, pieces: list[bytes], texts: Callable[[list[bytes]], list[str]]) -> None:
        """Take a row that was read whole as the pattern: how much is alike is learnt from two such together."""
        if self._whole is not None:
            begins = _common(self._whole, pieces)
            ends = _common(self._whole[:begins:-1], pieces[:begins:-1])
            self._counts = begins, ends
        self._whole = list(pieces)
        begins, ends = self._counts
        if begins + ends < _FEW or begins + ends >= len(pieces):
            self.before = b""
            return
        last = pieces[len(pieces) - ends :]
        self.before = _CELL.join([start, *pieces[:begins], b""])
        self.after = _CELL.join([b"", *last])
        self.first, self.last = texts(pieces[:begins]), texts(last)


def _common(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many they begin with alike, at least one being left over."""
    alike = 0
    for each, its in zip(one[:-1], other[:-1], strict=False):
        if each != its:
            break
        alike += 1
    return alike


def _chunks(path: Path) -> Iterator[bytes]:
    """The workbook's content, unpacked a piece at a time; its checksum is checked at the end."""
    kind = "an OpenDocument spreadsheet"
    try:
        with path.open("rb") as file:
            if not (begins := file.read(60)).startswith(b"PK"):
                raise SourceError(path, kind, found=_quoted(begins))
            with zipfile.ZipFile(file) as parts:
                content = parts.getinfo("content.xml")
                if content.file_size > LARGEST:
                    expected = f"{kind} of at most {LARGEST:,} bytes unpacked"
                    raise SourceError(path, expected, found=f"{content.file_size:,}")
                with parts.open(content) as unpacked:
                    if content.file_size > _LARGE:
                        yield from _ahead(lambda: unpacked.read(_LARGE_CHUNK))
                    else:
                        yield from iter(lambda: unpacked.read(_CHUNK), b"")
    except SourceError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, NotImplementedError) as fault:
        raise SourceError(path, "a whole OpenDocument spreadsheet", found=str(fault)[:80]) from fault
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault


def _ahead(read: Callable[[], bytes]) -> Iterator[bytes]:
    """What `read` gives until that is nothing: the next pieces are unpacked while one is understood.

    A fault comes out where it would have without, behind all the pieces that are before it.
    """
    pieces: Queue[bytes | Exception] = Queue(_AHEAD)
    stops = Event()

    def unpack() -> None:
        piece = b"-"
        while piece and not stops.is_set():
            try:
                piece = read()
            except Exception as fault:
                pieces.put(fault)
                return
            pieces.put(piece)

    thread = Thread(target=unpack, name="unpacking", daemon=True)
    thread.start()
    try:
        while piece := pieces.get():
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        # It may be about to put one piece more: there is room for that.
        stops.set()
        with suppress(Empty):
            while True:
                pieces.get_nowait()
        thread.join()


def _repeated(attributes: bytes) -> int:
    found = _ROWS_REPEATED.search(attributes)
    return max(int(found[1][:9]), 1) if found else 1


def _name(attributes: bytes) -> str:
    found = _NAME.search(attributes)
    name = (found[1] or found[2] or b"") if found else b""
    return unescape(name.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})


def _quoted(content: bytes) -> str:
    return " ".join(content[:60].decode("ascii", "replace").split())
