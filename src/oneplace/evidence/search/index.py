"""Passages into the index: in the transaction that writes the rows they follow from, and never apart from them.

So whatever holds for those rows holds for the index: a kill leaves neither, what is cleared away takes its
passages with it, and a release that is superseded or withdrawn keeps both, as nobody's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from oneplace.evidence.models import Finding, LookBack, Passage, Recommendation
from oneplace.evidence.search import engines
from oneplace.evidence.search.sections import IMPROVE, LOOKS_BACK, Stance, place_of, section_of
from oneplace.evidence.search.sentences import sentences_of
from oneplace.large_loads import new_keys

FINDING, POINT, LOOK_BACK = 1, 2, 3
# Kind → what it is called in the record's views.
KINDS = {FINDING: "finding", POINT: "improve", LOOK_BACK: "looks_back"}

_PASSAGES_A_TIME = 2_000

Part = Finding | Recommendation | LookBack


@dataclass(frozen=True, slots=True)
class Words:
    """A passage with the texts that its full text is made of."""

    row: engines.Row
    texts: engines.Texts


def add(parts: Iterable[Part]) -> None:
    """Index the parts that have a text. Their statements are written; the caller holds the transaction."""
    found = [passage(part) for part in parts if part.text]
    if found:
        keys = new_keys(Passage, len(found))
        engines.add(
            [(key, *each.row) for key, each in zip(keys, found, strict=True)], [e.texts for e in found]
        )


def passage(part: Part) -> Words:
    """Where a part stands, and its texts: all of it, what of it is praise, what of it is criticism."""
    text = part.text or ""
    place: Stance
    if isinstance(part, Finding):
        kind, section, place = FINDING, section_of(part.section).key, place_of(part.section)
    elif isinstance(part, Recommendation):
        kind, section, place = POINT, IMPROVE, "weakness"
    else:
        kind, section, place = LOOK_BACK, LOOKS_BACK, ""
    praise, criticism = _sorted(text, place)
    return Words((part.statement_id, kind, part.ordinal, section, place), (text, praise, criticism))


def _sorted(text: str, place: Stance) -> tuple[str, str]:
    """What of a text is praise and what criticism: all of it where its place says so, else as its sentences read."""
    if place:
        return (text, "") if place == "strength" else ("", text)
    found: dict[Stance, list[str]] = {"strength": [], "weakness": [], "": []}
    for sentence, stance in sentences_of(text):
        found[stance].append(sentence)
    return " ".join(found["strength"]), " ".join(found["weakness"])


def rebuild() -> int:
    """Make the whole index anew from the record; returns how many passages it has."""
    count = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM evidence_passage")
        for lot in _in_lots(_every_part()):
            add(lot)
            count += len(lot)
    return count


def _every_part() -> Iterator[Part]:
    # Only these columns: a migration asks for them when the tables have no later ones.
    for model, columns in ((Finding, ("section",)), (Recommendation, ()), (LookBack, ())):
        rows = model._default_manager.only("statement_id", "ordinal", "text", *columns)
        yield from rows.exclude(text=None).exclude(text="").order_by("pk").iterator(_PASSAGES_A_TIME)


def _in_lots(parts: Iterator[Part]) -> Iterator[list[Part]]:
    lot: list[Part] = []
    for part in parts:
        lot.append(part)
        if len(lot) == _PASSAGES_A_TIME:
            yield lot
            lot = []
    if lot:
        yield lot
