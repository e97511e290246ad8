"""Bodies other than councils that the inspectorates inspect, and whom each serves: kept by Oneplace by hand.

Data source
    Oneplace's own lists: fire and rescue services, prisons, probation regions and units, youth justice services,
    community safety partnerships and waste disposal authorities. Each says at its head what it was made from.
Format
    A TOML file a kind: identifier, name, other names, the areas it serves or the one it stands in.
Cadence
    When a body is founded, joined with another or ended.
What needs care
    The names serve to join: publications call one body by several. What is not certain is left out, so a body
    without an area is one whose area nobody has said for certain.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from oneplace.records import BODY_KINDS, Address, AreaRef, BodyRecord, ReleaseRecord
from oneplace.sources.days import EARLIEST
from oneplace.sources.errors import SourceError
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.source import Source, retrieved_at
from oneplace.sources.whole_files import whole_file

LARGEST = 5_000_000
KEYS = {"name", "names", "serves", "stands_in", "parent", "gss", "opened", "closed", "note"}


class OneplaceBodies(Source):
    # The data source
    name = "oneplace_bodies"
    publisher = "oneplace"
    title = "Bodies that are inspected, and whom they serve"
    cadence = "when a body is founded, joined with another or ended"
    compiled_by = "Oneplace"

    # Its format
    media_type = "application/toml"
    filename = "fire_services.toml"

    # How it is reached
    access = "package"
    how = "It comes with Oneplace."

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        for path in lists():
            yield Fetched(path=path, url="", retrieved_at=retrieved_at(path), slot=path.stem)

    def accepts(self, path: Path) -> bool:
        return path.name == self.filename or path.name in {each.name for each in lists()}

    def release(self, path: Path) -> ReleaseRecord:
        return replace(super().release(path), slot=path.stem, title=f"{self.title}: {words_of(path)}")

    def records(self, path: Path) -> Iterator[BodyRecord]:
        lines = _lines(path)
        listed = _parsed(path, "\n".join(lines))
        kind = listed.get("kind")
        if kind not in BODY_KINDS or kind == "local_authority":
            raise SourceError(path, f"one of {', '.join(BODY_KINDS)}", found=str(kind), column="kind")
        bodies = listed.get("bodies")
        if not isinstance(bodies, Mapping) or not bodies:
            raise SourceError(path, "at least one body under [bodies]", column="bodies")
        rows = {
            found[1]: number
            for number, line in enumerate(lines, 1)
            if (found := re.match(r'"?([a-z0-9-]+)"?\s*=\s*\{', line))
        }
        for body_id, said in bodies.items():
            yield _Body(path, rows.get(body_id), body_id, said).record(kind)


def lists() -> tuple[Path, ...]:
    """The files that come with Oneplace."""
    folder = Path(str(files("oneplace.sources").joinpath("bodies")))
    return tuple(sorted(folder.glob("*.toml")))


def words_of(path: Path) -> str:
    """What a list is of: "fire services"."""
    return path.stem.replace("_", " ")


class _Body:
    """One line of a list, read with its faults named."""

    def __init__(self, path: Path, row: int | None, body_id: str, said: Any) -> None:
        self._path, self._row, self._id = path, row, body_id
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", body_id):
            raise self._fault("identifier", "an identifier of small letters, digits and hyphens", body_id)
        if not isinstance(said, Mapping):
            raise self._fault(body_id, "a name and areas in braces", str(said))
        if unknown := next((key for key in said if key not in KEYS), None):
            raise self._fault(unknown, f"only {', '.join(sorted(KEYS))}", unknown)
        self._said = said

    def record(self, kind: str) -> BodyRecord:
        name = self._text("name")
        if name is None:
            raise self._fault("name", "a name", None)
        if (code := self._text("gss")) and not re.fullmatch(r"E\d{8}", code, re.ASCII):
            raise self._fault("gss", "a code like E31000001", code)
        stands_in, gss, note = self._text("stands_in"), self._text("gss"), self._text("note")
        return BodyRecord(
            body_id=self._id,
            name=name,
            kind=kind,
            serves=tuple(AreaRef(area_id=each) for each in self._texts("serves")),
            stands_in=AreaRef(area_id=stands_in) if stands_in else None,
            parent=self._text("parent"),
            names=self._texts("names"),
            codes=(("gss", gss),) if gss else (),
            opened=self._day("opened"),
            closed=self._day("closed"),
            details=(("Note", note),) if note else (),
            address=Address(row=self._row),
        )

    def _fault(self, column: str, expected: str, found: str | None) -> SourceError:
        return SourceError(self._path, expected, found=found, row=self._row, column=column)

    def _text(self, key: str) -> str | None:
        value = self._said.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self._fault(key, "words in quotes", str(value))
        return value

    def _texts(self, key: str) -> tuple[str, ...]:
        values = self._said.get(key, [])
        if not isinstance(values, list) or not all(isinstance(each, str) and each for each in values):
            raise self._fault(key, "a list of words in quotes", str(values))
        return tuple(values)

    def _day(self, key: str) -> dt.date | None:
        if (value := self._text(key)) is None:
            return None
        try:
            found = dt.date.fromisoformat(value)
        except ValueError:
            raise self._fault(key, "a date like 2021-04-01", value) from None
        if found < EARLIEST:
            raise self._fault(key, f"a date from {EARLIEST}", value)
        return found


def _lines(path: Path) -> list[str]:
    try:
        text = whole_file(path, LARGEST, "a list").decode("utf-8")
    except UnicodeDecodeError as fault:
        raise SourceError(path, "text in UTF-8") from fault
    if not text.endswith("\n"):
        raise SourceError(path, "a whole file that ends with its last line", found=text[-40:])
    return text.split("\n")


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SourceError(path, "a list in TOML", found=str(fault)) from fault
