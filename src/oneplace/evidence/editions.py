"""Editions of a snapshot: a table of the latest state of many bodies, one edition after the other.

Of an edition only the statements are written that say something else than the edition before it. What it
says of every inspection is kept as well, packed into some bytes an inspection (`Words`), for two reasons: an
edition that arrives late may come between two that said the same, and an edition may be replaced or taken
back. Either way the later edition's own word is written then (`restored`), so that the newest edition's word
stands whatever the order in which they came. `docs/decisions/0011` says why it is done so.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from oneplace.evidence.models import (
    Edition,
    Finding,
    Judgement,
    LookBack,
    Problem,
    Recommendation,
    Release,
    State,
    Statement,
)
from oneplace.evidence.said import in_lots
from oneplace.large_loads import one_of_many

_STATEMENTS_A_TRANSACTION = 400
# In place of a fingerprint where an edition says several things of one inspection: it equals nothing.
SEVERAL = 0


@dataclass(frozen=True, slots=True)
class Word:
    """What an edition says of one inspection, by its fingerprint, and where."""

    fingerprint: int
    sheet: int
    row: int


class Words:
    """What one edition says, by the inspection's key: three columns, sorted, and the names of its sheets."""

    __slots__ = ("_fingerprints", "_inspections", "_places", "_sheets")

    def __init__(self, said: Iterable[tuple[int, int, str | None, int | None]]) -> None:
        """`said`: inspection's key, fingerprint, sheet, row; in any order."""
        sheets: dict[str | None, int] = {}
        self._inspections, self._fingerprints, self._places = array("q"), array("Q"), array("q")
        for inspection, fingerprint, sheet, row in sorted(said, key=lambda each: each[0]):
            if self._inspections and self._inspections[-1] == inspection:
                self._fingerprints[-1] = SEVERAL
                continue
            self._inspections.append(inspection)
            self._fingerprints.append(fingerprint)
            self._places.append((row or 0) << 8 | sheets.setdefault(sheet, len(sheets)) & 255)
        self._sheets: list[str | None] = list(sheets)

    def __len__(self) -> int:
        return len(self._inspections)

    @property
    def inspections(self) -> Sequence[int]:
        """The keys of those that it speaks of, in order."""
        return self._inspections

    def of(self, inspection: int) -> Word | None:
        """What it says of an inspection; None where it does not mention it."""
        at = bisect_left(self._inspections, inspection)
        if at == len(self._inspections) or self._inspections[at] != inspection:
            return None
        return Word(self._fingerprints[at], self._places[at] & 255, self._places[at] >> 8)

    def sheet(self, word: Word) -> str | None:
        return self._sheets[word.sheet] if word.sheet < len(self._sheets) else None

    def packed(self) -> bytes:
        """Little-endian whatever the machine, compressed."""
        names = "\x1f".join("\x00" if name is None else name for name in self._sheets).encode()
        header = len(names).to_bytes(4, "little") + len(self._inspections).to_bytes(8, "little") + names
        columns = (self._inspections, self._fingerprints, self._places)
        return zlib.compress(header + b"".join(_swapped(each).tobytes() for each in columns), 6)

    @classmethod
    def unpacked(cls, data: bytes) -> Words:
        """The inverse of `packed`."""
        raw = zlib.decompress(data)
        length, count = int.from_bytes(raw[:4], "little"), int.from_bytes(raw[4:12], "little")
        names, start = raw[12 : 12 + length].decode(), 12 + length
        words = cls(())
        words._sheets = [None if name == "\x00" else name for name in names.split("\x1f")] if count else []
        for code, name in (("q", "_inspections"), ("Q", "_fingerprints"), ("q", "_places")):
            column = array(code)
            column.frombytes(raw[start : start + 8 * count])
            setattr(words, name, _swapped(column))
            start += 8 * count
        return words


def _swapped(column: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return column
    column = column[:]
    column.byteswap()
    return column


@dataclass(frozen=True, slots=True)
class Restoring:
    """A later edition's word that must be written now: which edition, about which inspection, and where."""

    release: int
    inspection: int
    fingerprint: str
    sheet: str | None
    row: int | None


class Editions:
    """The live editions of a source beside one of them, which comes, is replaced or is taken back."""

    def __init__(self, this: Release, leaving: Collection[int]) -> None:
        """`leaving`: the keys of releases that will not be live any more."""
        self._source = this.source
        live = Release.objects.filter(source=this.source, state=State.LIVE, is_snapshot=True)
        others = [each for each in live if each.pk not in leaving and each.pk != this.pk]
        before = [each for each in others if _order(each) < _order(this)]
        after = [each for each in others if _order(each) > _order(this)]
        # The nearest first: it answers for nearly every inspection, and the others are not even read.
        self._before = [each.pk for each in sorted(before, key=_order, reverse=True)]
        self._after = [each.pk for each in sorted(after, key=_order)]
        self._words: dict[int, Words] = {}

    def before(self, inspection: int) -> Word | None:
        """What was said last before this edition."""
        return next((word for _, word in self._said(self._before, inspection)), None)

    def unwritten(self, now: Iterable[tuple[int, int | None]]) -> list[Restoring]:
        """Which next editions' words must be written, where they stood on an earlier edition's.

        `now`: (inspection, the fingerprint that will stand before the next edition, or None).
        """
        wanted = []
        for inspection, fingerprint in now:
            following = next(self._said(self._after, inspection), None)
            if following is None or following[1].fingerprint in (fingerprint, SEVERAL):
                continue
            release, word = following
            sheet = self._of(release).sheet(word)
            wanted.append(
                Restoring(release, inspection, hexadecimal(word.fingerprint), sheet, word.row or None)
            )
        written = self._written({each.inspection for each in wanted})
        return [each for each in wanted if (each.release, each.inspection) not in written]

    def _said(self, releases: Sequence[int], inspection: int) -> Iterator[tuple[int, Word]]:
        for release in releases:
            if word := self._of(release).of(inspection):
                yield release, word

    def _of(self, release: int) -> Words:
        if release not in self._words:
            self._words[release] = words_of(release)
        return self._words[release]

    def _written(self, inspections: set[int]) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for some in in_lots(sorted(inspections)):
            rows = Statement.objects.filter(inspection_id__in=some, release__source=self._source)
            found.update(rows.values_list("release_id", "inspection_id"))
        return found


def _order(release: Release) -> tuple[object, ...]:
    return release.as_at, release.retrieved_at, release.pk


def number(fingerprint: str) -> int:
    """A fingerprint as a number; that of a statement from before there were any equals nothing."""
    return int(fingerprint, 16) if fingerprint else SEVERAL


def hexadecimal(fingerprint: int) -> str:
    """A fingerprint as it stands in a statement."""
    return f"{fingerprint:016x}"


def words_of(release: int) -> Words:
    """What an edition says: as it was kept, else (out of a pack) as far as it is written."""
    if kept := Edition.objects.filter(release=release).values_list("words", flat=True).first():
        return Words.unpacked(bytes(kept))
    rows = Statement.objects.filter(release=release, inspection__isnull=False)
    return Words(
        (inspection, number(fingerprint), sheet, row)
        for inspection, fingerprint, sheet, row in rows.values_list(
            "inspection_id", "fingerprint", "sheet", "row"
        )
    )


def restore(wanted: Sequence[Restoring]) -> int:
    """Write the words of later editions, each copied from where an earlier one said the same. Idempotent.

    They are seen at once, and change nothing that anyone sees: their edition is live and said so all along.
    """
    for start in range(0, len(wanted), _STATEMENTS_A_TRANSACTION):
        with one_of_many():
            _copy(wanted[start : start + _STATEMENTS_A_TRANSACTION])
    return len(wanted)


def _copy(wanted: Sequence[Restoring]) -> None:
    asked = {(each.inspection, each.fingerprint) for each in wanted}
    releases = {each.release for each in wanted}
    sources = Release.objects.filter(pk__in=releases).values_list("source", flat=True)
    originals: dict[tuple[int | None, str], Statement] = {}
    rows = Statement.objects.filter(
        inspection_id__in={each.inspection for each in wanted}, release__source__in=list(sources)
    ).exclude(release__state=State.PENDING)
    for row in rows.order_by("pk"):
        if (row.inspection_id, row.fingerprint) in asked:
            originals.setdefault((row.inspection_id, row.fingerprint), row)
    last = {
        release: Statement.objects.filter(release=release).aggregate(last=Max("position"))["last"] or 0
        for release in releases
    }
    copies: dict[int, list[tuple[Statement, Restoring]]] = {}
    made = []
    for each in wanted:
        original = originals.get((each.inspection, each.fingerprint))
        if original is None:
            continue
        last[each.release] += 1
        copy = _as_new(original, release_id=each.release, position=last[each.release], **_place(each))
        copies.setdefault(original.pk, []).append((copy, each))
        made.append(copy)
    Statement.objects.bulk_create(made)
    for model in (Judgement, Recommendation, Finding, LookBack, Problem):
        parts = [
            # A part has the place of its statement: where it stood within it, this edition was not kept to say.
            _as_new(part, statement_id=copy.pk, **_place(each))
            for part in model.objects.filter(statement_id__in=list(copies)).order_by("pk")
            for copy, each in copies[part.statement_id]
        ]
        model.objects.bulk_create(parts)


def _as_new(row: Any, /, **changes: object) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop("id")
    return type(row)(**{**values, **changes})


def _place(each: Restoring) -> dict[str, object]:
    return {
        "page": None,
        "x0": None,
        "y0": None,
        "x1": None,
        "y1": None,
        "sheet": each.sheet,
        "row": each.row,
    }
