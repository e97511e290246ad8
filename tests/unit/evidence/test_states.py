"""Whatever is published, superseded and killed, in any order: the record is what the finished ones say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from oneplace.evidence import actions, models, publishing, queries
from tests.unit.evidence.making import (
    FETCHED,
    Killed,
    OwnRecord,
    inspection,
    release,
    run_in_any_order,
    to_be_killed,
)

SLOTS = ("a", "b", "c")


class Store(OwnRecord):
    """Releases of three slots of a table, each newer than the last; some are killed on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.live: dict[str, tuple[int, int]] = {}  # slot → (edition, inspections)
        self.edition = 0
        self.finished = 0
        self.log: list[tuple[str, str]] = []  # what the log must say: kind and inspection
        self.met: set[str] = set()

    def _release(self, slot: str, edition: int, size: int) -> tuple[Any, list[Any]]:
        record = release(slot, f"{slot}{edition}", retrieved_at=FETCHED + dt.timedelta(days=edition))
        first = 2000 + SLOTS.index(slot)
        return record, [
            inspection(f"{first + 3 * n}-03-01", None, None, title=f"edition {edition}") for n in range(size)
        ]

    def _names(self, slot: str, size: int) -> list[str]:
        return [f"ofsted/alder/{2000 + SLOTS.index(slot) + 3 * n}-03-01" for n in range(size)]

    @rule(slot=st.sampled_from(SLOTS), size=st.integers(1, 8))
    def publish(self, slot: str, size: int) -> None:
        self.edition += 1
        published = actions.publish_release(*self._release(slot, self.edition, size))
        assert not published.already_known
        assert len(published.superseded) == (slot in self.live)
        if slot in self.live:
            about = f"ofsted/alder/{2000 + SLOTS.index(slot)}-03-01" if self.live[slot][1] == 1 else ""
            self.log.append(("superseded", about))
        names = self._names(slot, size)
        before = self._names(slot, self.live[slot][1]) if slot in self.live else []
        self.log += [("withdrawn", name) for name in before if name not in names]
        self.log += [("new", name) for name in names if name not in self.met]
        self.met.update(names)
        self.live[slot] = (self.edition, size)
        self.finished += 1

    @rule(slot=st.sampled_from(SLOTS), size=st.integers(3, 8), after=st.integers(0, 3))
    def publish_killed(self, slot: str, size: int, after: int) -> None:
        """Killed once `after` transactions are written, before the pointer flips."""
        self.edition += 1
        with to_be_killed(after, at_the_flip=after == 3) as progress, pytest.raises(Killed):
            actions.publish_release(*self._release(slot, self.edition, size), progress)

    @rule(slot=st.sampled_from(SLOTS))
    def publish_again(self, slot: str) -> None:
        if slot in self.live:
            assert actions.publish_release(*self._release(slot, *self.live[slot])).already_known

    @invariant()
    def the_record_is_what_the_finished_releases_say(self) -> None:
        expected = sorted(f"edition {edition}" for edition, size in self.live.values() for _ in range(size))
        assert sorted(view.title for view in queries.history("alder")) == expected
        # A name that a killed process left behind would push its inspection to "…-ilacs".
        assert all(view.public_id.endswith("-03-01") for view in queries.history("alder"))
        assert len(queries.releases("live")) == len(self.live)
        assert len(queries.releases()) == self.finished

    @invariant()
    def the_log_has_every_change_once_and_in_order(self) -> None:
        events = queries.events()
        assert [(each.kind, each.inspection or "") for each in events] == self.log
        assert [each.sequence for each in events] == list(range(1, len(events) + 1))

    @invariant()
    def nothing_is_left_of_the_killed_but_what_the_next_writer_clears(self) -> None:
        assert models.Release.objects.filter(state="pending").count() <= 1


@pytest.mark.django_db
def test_publishing_killing_and_superseding_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    # Small transactions, so that every release of three inspections is written in several.
    monkeypatch.setattr(publishing, "ROWS_A_TRANSACTION", 3)
    run_in_any_order(Store, examples=25, steps=12)
