"""Editions of a table of the latest state: kept beside each other, written where they say something new."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from oneplace.evidence import actions, models, publishing, queries
from oneplace.evidence.editions import Words
from oneplace.evidence.errors import InvalidRelease
from oneplace.evidence.views import InspectionView
from tests.unit.evidence.making import (
    FETCHED,
    Killed,
    OwnRecord,
    edition,
    overview,
    rated,
    register,
    release,
    run_in_any_order,
    to_be_killed,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def areas(db: None) -> None:
    register()


def grades() -> dict[str, str]:
    return {each.reference: each.overall.grade for each in queries.history("alder") if each.overall}


def shown(reference: str = "a") -> InspectionView:
    return next(each for each in queries.history("alder") if each.reference == reference)


@pytest.mark.usefixtures("areas")
def test_an_edition_that_says_the_same_is_kept_without_being_written_again() -> None:
    actions.publish_release(edition(1), [rated("a"), rated("b")])
    second = actions.publish_release(edition(2), [rated("b", row=9), rated("a", row=10)])
    assert (second.counts.statements, second.counts.unchanged, second.superseded) == (0, 2, ())
    assert models.Statement.objects.count() == 2
    assert [each.state for each in queries.releases()] == ["live", "live"]


@pytest.mark.usefixtures("areas")
def test_the_newest_editions_word_stands_and_is_no_doubt() -> None:
    actions.publish_release(edition(1), [rated("a", "good")])
    second = actions.publish_release(edition(2), [rated("a", "inadequate", row=7)])
    assert second.counts.statements == 1
    view = shown()
    assert view.overall is not None
    assert (view.overall.grade, view.overall.source.address.row) == ("inadequate", 7)
    assert view.differences == ()
    assert queries.review_queue() == ()
    assert [each.release_id for each in view.other_sources] == [queries.releases()[0].public_id]


@pytest.mark.usefixtures("areas")
def test_another_source_that_differs_from_the_newest_edition_is_still_a_doubt() -> None:
    actions.publish_release(edition(1), [rated("a", "good")])
    actions.publish_release(edition(2), [rated("a", "inadequate")])
    actions.publish_release(overview(), [rated("a", "good")])
    assert [item.field for item in queries.review_queue()] == ["judgement:overall"]
    assert [each.other for each in shown().differences] == ["good"]


@pytest.mark.usefixtures("areas")
def test_a_grade_that_comes_back_is_written_again() -> None:
    for number, grade in enumerate(("good", "inadequate", "good"), 1):
        actions.publish_release(edition(number), [rated("a", grade)])
    assert grades() == {"a": "good"}
    assert models.Statement.objects.count() == 3


@pytest.mark.usefixtures("areas")
def test_an_edition_that_comes_late_between_two_that_agree_changes_nothing_that_is_shown() -> None:
    actions.publish_release(edition(1), [rated("a", "good")])
    actions.publish_release(edition(3), [rated("a", "good", row=33)])
    actions.publish_release(edition(2), [rated("a", "inadequate")])
    view = shown()
    assert view.overall is not None
    assert view.overall.grade == "good"
    # The third edition's own word was written, with its own place.
    assert view.source.address.row == 33
    assert view.source.title == edition(3).title


@pytest.mark.usefixtures("areas")
def test_a_corrected_file_takes_nothing_from_the_editions_that_repeated_the_first() -> None:
    actions.publish_release(edition(1), [rated("a", "good"), rated("b", "good")])
    actions.publish_release(edition(2), [rated("a", "good", row=5), rated("b", "good", row=6)])
    again = edition(1, "corrected", retrieved_at=FETCHED + 40 * DAY)
    published = actions.publish_release(again, [rated("a", "inadequate")])
    assert len(published.superseded) == 1
    assert grades() == {"a": "good", "b": "good"}
    assert shown("b").source.address.row == 6


@pytest.mark.usefixtures("areas")
def test_an_edition_that_is_taken_back_leaves_the_word_of_those_after_it() -> None:
    first = actions.publish_release(edition(1), [rated("a", "good"), rated("b")])
    actions.publish_release(edition(2), [rated("a", "good")])
    actions.withdraw_release(first.release_id)
    assert grades() == {"a": "good"}


@pytest.mark.usefixtures("areas")
def test_two_ratings_of_one_day_with_different_numbers_stay_two() -> None:
    day = "2012-03-01"
    both = [rated("a", "good", on=day), rated("b", "inadequate", on=day)]
    actions.publish_release(edition(1), both)
    actions.publish_release(edition(2), list(reversed(both)))
    assert grades() == {"a": "good", "b": "inadequate"}
    assert {each.public_id for each in queries.history("alder")} == {
        f"ofsted/alder/{day}",
        f"ofsted/alder/{day}-ilacs",
    }


@pytest.mark.usefixtures("areas")
def test_what_an_edition_says_twice_of_an_inspection_is_all_written() -> None:
    actions.publish_release(edition(1), [rated("a", "good", row=2), rated("a", "inadequate", row=3)])
    second = actions.publish_release(edition(2), [rated("a", "good")])
    assert second.counts.unchanged == 0
    assert grades() == {"a": "good"}


@pytest.mark.usefixtures("areas")
def test_an_edition_must_say_which_day_it_describes() -> None:
    with pytest.raises(InvalidRelease, match="which day"):
        actions.publish_release(release(is_snapshot=True), [rated()])
    assert queries.releases() == ()


def test_what_an_edition_says_is_packed_and_found_again() -> None:
    said = [(7, 2**63 + 5, "Ratings", 12), (3, 1, None, None), (9, 4, "Ratings", 2**24), (9, 5, "x", 1)]
    words = Words.unpacked(Words(said).packed())
    seven, three, nine = words.of(7), words.of(3), words.of(9)
    assert seven is not None
    assert three is not None
    assert nine is not None
    assert (seven.fingerprint, words.sheet(seven), seven.row) == (2**63 + 5, "Ratings", 12)
    assert (three.fingerprint, words.sheet(three), three.row) == (1, None, 0)
    assert nine.fingerprint == 0  # two words: equal to nothing
    assert words.of(8) is None
    assert len(words) == 3
    assert len(Words.unpacked(Words(()).packed())) == 0


class Editions(OwnRecord):
    """Editions of four months in any order, corrected, taken back, killed: the newest one's word stands."""

    def __init__(self) -> None:
        super().__init__()
        self.live: dict[int, tuple[str, dict[str, str]]] = {}  # month → release, what it says
        self.files = 0

    def _publish(self, month: int, says: dict[str, str], progress: Any = None) -> str:
        self.files += 1
        retrieved = FETCHED + self.files * DAY
        records = [rated(name, grade, row=n) for n, (name, grade) in enumerate(says.items(), 2)]
        return actions.publish_release(
            edition(month, str(self.files), retrieved_at=retrieved), records, progress
        ).release_id

    sayings = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["good", "inadequate"]), min_size=1)

    @rule(month=st.integers(1, 4), says=sayings)
    def publish(self, month: int, says: dict[str, str]) -> None:
        self.live[month] = self._publish(month, says), says

    @rule(month=st.integers(1, 4), says=sayings, after=st.integers(0, 2))
    def publish_killed(self, month: int, says: dict[str, str], after: int) -> None:
        seen = len(queries.releases())
        try:
            with to_be_killed(after, at_the_flip=after == 2) as progress:
                self._publish(month, says, progress)
        except Killed:
            # Killed after the flip it is live all the same: only the word of it was lost.
            if len(queries.releases()) > seen:
                name = next(
                    each for each in queries.releases("live") if each.as_at == dt.date(2025, month, 1)
                )
                self.live[month] = name.public_id, says

    @rule(month=st.integers(1, 4))
    def take_back(self, month: int) -> None:
        if month in self.live:
            actions.withdraw_release(self.live.pop(month)[0])

    @invariant()
    def the_newest_editions_word_stands(self) -> None:
        expected: dict[str, str] = {}
        for month in sorted(self.live):
            expected |= self.live[month][1]
        assert grades() == expected
        assert queries.review_queue() == ()

    @invariant()
    def the_log_has_no_gaps(self) -> None:
        assert [each.sequence for each in queries.events()] == list(range(1, len(queries.events()) + 1))


@pytest.mark.django_db
def test_editions_in_any_order_corrected_taken_back_and_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "ROWS_A_TRANSACTION", 4)
    run_in_any_order(Editions, examples=40, steps=10)
