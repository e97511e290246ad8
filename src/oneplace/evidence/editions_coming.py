"""An edition of a snapshot on its way in: which of its statements are written, and what they do to later ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from oneplace.evidence.editions import SEVERAL, Editions, Words, number, restore
from oneplace.evidence.fingerprints import fingerprint
from oneplace.evidence.models import Edition, Inspection, Release, Statement
from oneplace.records import InspectionRecord


class Coming:
    """One edition, statement by statement, in its order."""

    def __init__(self, row: Release, replaced: Sequence[int], spoken_of: Sequence[Inspection]) -> None:
        """`row` is pending. `spoken_of`: the inspection of each of its statements."""
        self._row = row
        self._replaced = replaced
        self._others = Editions(row, replaced)
        times = Counter(inspection.public_id for inspection in spoken_of)
        self._several = {name for name, count in times.items() if count > 1}
        self._words: list[tuple[Inspection, int, str | None, int | None]] = []

    def take(self, record: InspectionRecord, inspection: Inspection | None) -> str | None:
        """The fingerprint of a statement that must be written; None where it was said before, word for word.

        Of one that the edition speaks of several times, all is written.
        """
        said = fingerprint(record)
        if inspection is None:
            return said
        word = SEVERAL if inspection.public_id in self._several else number(said)
        self._words.append((inspection, word, record.address.sheet, record.address.row))
        before = None if inspection._state.adding else self._others.before(inspection.pk)
        if word != SEVERAL and before is not None and before.fingerprint == word:
            return None
        return said

    def restore_what_follows(self) -> None:
        """Write what the next edition says wherever it stood on another word than it follows now."""
        restore(self._others.unwritten((inspection.pk, word) for inspection, word, _, _ in self._words))
        mentioned = {inspection.pk for inspection, _, _, _ in self._words}
        restore_after(self._others, self._replaced, mentioned)

    def keep(self) -> None:
        """Keep what the edition says, written or not."""
        words = Words((inspection.pk, word, sheet, row) for inspection, word, sheet, row in self._words)
        Edition.objects.create(release=self._row, words=words.packed())


def restore_after(others: Editions, leaving: Sequence[int], mentioned: set[int] | None = None) -> None:
    """The same for inspections that only the editions which leave spoke of."""
    rows = Statement.objects.filter(release__in=leaving, inspection__isnull=False)
    lost = set(rows.values_list("inspection_id", flat=True)) - (mentioned or set())
    restore(
        others.unwritten(
            (inspection, word.fingerprint if (word := others.before(inspection)) else None)
            for inspection in sorted(lost)
        )
    )
