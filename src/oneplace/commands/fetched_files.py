"""The files of one source on this machine: where they are kept, which are not in the record, which were refused.

A source has one folder, `fetched/<source>` in the home folder. What is fetched is saved there, and a person may
put files there too: both are loaded in the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from oneplace.records import ReleaseRecord
from oneplace.sources import Source, SourceError
from oneplace.sources.polite.saved import REFUSED, receipt_path, refused_path, remove_parts

_WHY = ".why.txt"
_READER = "Read by: "


@dataclass(frozen=True, slots=True)
class Known:
    """A release of the record, as far as fetching asks: its slot, and whether it is the file itself."""

    slot: str
    is_whole: bool  # False where only facts of the file are known, out of a pack
    retrieved_at: dt.datetime


class SourceFiles:
    """A source's folder and what the record knows of it. Implements `fetching.Held`."""

    def __init__(self, source: Source, folder: Path, known: Sequence[Known] = ()) -> None:
        self._source, self._folder, self._known = source, folder, tuple(known)
        self._whole = frozenset(each.slot for each in known if each.is_whole)

    @property
    def folder(self) -> Path:
        return self._folder

    def has_slot(self, slot: str) -> bool:
        """Whether the record has the file of this slot, not only facts of it."""
        return slot in self._whole

    def slots(self, beginning: str) -> tuple[str, ...]:
        """The slots that the record knows of and that begin so, in order."""
        return tuple(sorted({each.slot for each in self._known if each.slot.startswith(beginning)}))

    @property
    def latest(self) -> dt.datetime | None:
        """When the newest of the releases in the record was fetched."""
        return max((each.retrieved_at for each in self._known if each.is_whole), default=None)

    def make_ready(self) -> None:
        """Make the folder, and clear away what a killed process left half written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        remove_parts(self._folder)
        self._give_refused_another_chance()

    def editions(self) -> Iterator[Path]:
        """Every file here that the source accepts, but for refused ones, in order of name."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_file() and not _hidden(path, self._folder) and self._source.accepts(path):
                yield path

    def refused(self) -> list[tuple[Path, str]]:
        """The files that could not be read, with why."""
        found = []
        for why in sorted(self._folder.rglob(f"{REFUSED}/*{_WHY}")):
            file = why.with_name(why.name.removesuffix(_WHY))
            if file.is_file():
                found.append((file, why.read_text("utf-8").split("\n\n")[0]))
        return found

    def refuse(self, path: Path, why: str, reader: str) -> Path:
        """Move a file that could not be read out of the way, with its companions and a note that says why."""
        to = refused_path(path)
        to.parent.mkdir(exist_ok=True)
        note = (
            f"{why}\n\n"
            "This file is not in the record; what was there before still is. It is tried again when the publisher "
            "changes it, or when a later version reads it in another way. To have it tried again at once, move it "
            f"back to the folder above.\n\n{_READER}{reader}\n"
        )
        to.with_name(to.name + _WHY).write_text(note, "utf-8")
        for name in (path.name, *self._source.companions):
            _move(path.with_name(name), to.with_name(name))
        return to

    def _give_refused_another_chance(self) -> None:
        for file, _ in self.refused():
            note = file.with_name(file.name + _WHY)
            if f"{_READER}{self.reader}\n" in note.read_text("utf-8"):
                continue
            back = file.parent.parent
            for name in (file.name, *self._source.companions):
                if not (back / name).exists():
                    _move(file.with_name(name), back / name)
            note.unlink()

    @property
    def reader(self) -> str:
        """Which version of ours reads the files."""
        if self._source.reads == "reports":
            from oneplace.reading.read import READER_VERSION

            return READER_VERSION
        return self._source.reader


def release_of(source: Source, path: Path) -> ReleaseRecord | None:
    """What the file is; None where one file holds several releases, which only reading it tells."""
    if type(source).releases is not Source.releases:
        return None
    try:
        return source.release(path)
    except SourceError:
        return None  # reading it will say what is wrong


def _move(path: Path, to: Path) -> None:
    if path.is_file():
        path.replace(to)
    if receipt_path(path).is_file():
        receipt_path(path).replace(receipt_path(to))


def _hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return REFUSED in parts or any(part.startswith(".") for part in parts) or path.name.endswith(_WHY)
