"""Answers of the Care Quality Commission's interface, each value knowing where it stands."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oneplace.frameworks import UnknownGrade, edition, grade_of
from oneplace.sources.days import EARLIEST, latest_day
from oneplace.sources.errors import SourceError
from oneplace.sources.tables import a_grade_of
from oneplace.sources.text_files import refuse_wide_text
from oneplace.sources.whole_files import whole_file

# One answer has 3 to 60 kB.
LONGEST_LINE = 5_000_000
_WHOLE = "a whole answer in JSON"
_BLANK = re.compile(r"\s*")
MOST_LINES = 300_000  # about 120,000 locations have ever been registered


@dataclass(frozen=True, slots=True)
class Answer:
    """An object of an answer. `at` is its place: "" for the whole, "currentRatings.overall"."""

    file: Path
    line: int
    at: str
    values: dict[str, Any]

    def fault(self, key: str, expected: str) -> SourceError:
        """An error about one value, ready to raise."""
        found = self.values.get(key)
        said = None if found is None else str(found)[:80]
        return SourceError(self.file, expected, found=said, row=self.line, column=self._path(key))

    def optional(self, key: str) -> str:
        """A text, "" where it is left out."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fault(key, "a text")
        return value.strip()

    def text(self, key: str) -> str:
        if value := self.optional(key):
            return value
        raise self.fault(key, "a value")

    def one_of(self, key: str, choices: Sequence[str]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.fault(key, f"one of {', '.join(choices)}")
        return value

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise self.fault(key, "a number") from None

    def date(self, key: str) -> dt.date | None:
        """A date, or the date of a time; None where it is left out."""
        if not (value := self.optional(key)):
            return None
        try:
            found = dt.date.fromisoformat(value[:10])
        except ValueError:
            raise self.fault(key, "a date like 2024-03-31") from None
        latest = latest_day()
        if not EARLIEST <= found <= latest:
            raise self.fault(key, f"a date from {EARLIEST} to {latest}")
        return found

    def grade(self, key: str, family: str, published: dt.date) -> str:
        """The key of a rating, in the edition that the day of publication falls in."""
        rated = edition(family, published)
        try:
            return grade_of(rated, self.text(key))
        except UnknownGrade as unknown:
            raise self.fault(key, a_grade_of(rated)) from unknown

    def only(self, key: str) -> Answer:
        """An object within, empty where it is left out."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.fault(key, "an object")
        return Answer(self.file, self.line, self._path(key), value or {})

    def each(self, key: str) -> list[Answer]:
        """The objects of a list within, none where it is left out."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(key, "a list of objects")
        return [Answer(self.file, self.line, f"{self._path(key)}[{n}]", one) for n, one in enumerate(value)]

    def _path(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key


def answers(path: Path) -> Iterator[Answer]:
    """Every answer of a file: one a line; or one alone, or a list of them, over as many lines as they take.

    Each is at the line on which it begins. Empty lines are left out; an answer that is not whole is a fault.
    """
    if _is_one_value(path):
        yield from _of_one_value(path)
        return
    number = found = 0
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if number > MOST_LINES:
                    raise SourceError(path, f"at most {MOST_LINES:,} lines", row=number)
                if line.strip():
                    found += 1
                    yield Answer(path, number, "", _object(path, number, line))
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    if not found:
        raise SourceError(path, "answers, one a line, not an empty file,")


def _is_one_value(path: Path) -> bool:
    """Whether the file begins with a list, or with an answer that goes on after its line."""
    try:
        with path.open("rb") as file:
            content = file.read(64)
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    refuse_wide_text(path, content)
    return re.match(rb"(\xEF\xBB\xBF)?\s*(\[|\{[ \t]*\r?\n)", content) is not None


def _of_one_value(path: Path) -> Iterator[Answer]:
    content = whole_file(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        byte = f"the byte {content[fault.start]:02X}"
        raise SourceError(path, "answers in UTF-8", found=byte, row=row) from fault
    found = 0
    is_list = text.lstrip().startswith("[")
    place = text.index("[") + 1 if is_list else 0
    line, counted = 1, 0
    while True:
        place = _BLANK.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing, too
        line += text.count("\n", counted, place)
        counted = place
        if not is_list and found and place == len(text):
            return
        if is_list and text[place : place + 1] == "]" and not found:
            raise SourceError(path, "answers in the list, not an empty one,", row=line)
        value, place = _whole(path, text, place, line)
        found += 1
        yield Answer(path, line, "", value)
        if not is_list:
            continue
        place = _BLANK.match(text, place).end()  # type: ignore[union-attr]
        after = text[place : place + 1]
        place += 1
        if after == "]" and not text[place:].strip():
            return
        if after != ",":
            row = text.count("\n", 0, place) + 1
            raise SourceError(path, "a list of answers that is whole", found=text[place - 1 :][:40], row=row)


def _whole(path: Path, text: str, place: int, line: int) -> tuple[dict[str, Any], int]:
    """The answer that begins at a place of the text, and the place after it."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, place)
    except (ValueError, RecursionError) as fault:
        row = fault.lineno if isinstance(fault, json.JSONDecodeError) else line
        raise SourceError(path, _WHOLE, found=text[place : place + 40], row=row) from fault
    if not isinstance(value, dict):
        raise SourceError(path, _WHOLE, found=str(value)[:40], row=line)
    return value, end


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    expected = f"{_WHOLE} on a line of its own"
    try:
        value = json.loads(line.decode("utf-8"))  # bytes could be of UTF-16, which is none of theirs
    except (ValueError, RecursionError) as fault:
        begins = " ".join(line[:40].decode("utf-8", "replace").split())
        raise SourceError(path, expected, found=begins, row=number) from fault
    if not isinstance(value, dict):
        raise SourceError(path, expected, found=str(value)[:40], row=number)
    return value
