"""What a source describes, by which its age is told: never the day on which somebody fetched it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from oneplace.evidence import actions, queries
from oneplace.evidence.queries import SourceState
from oneplace.sources import sources
from tests.unit.evidence.making import inspection, register, release

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 1)
UNPUBLISHED: dict[str, Any] = {"published": None}


def state_of(*records: Any, source: str = "hmi_prisons", **of_release: Any) -> SourceState:
    register()
    actions.publish_release(release(source=source, slot="", published=None, **of_release), list(records))
    (state,) = queries.source_states([sources()[source]], TODAY)
    return state


@pytest.mark.parametrize(
    ("changed", "words", "day"),
    [
        ({}, "newest inspection published 14 December 2018", dt.date(2018, 12, 14)),
        (
            {"date_precision": "month"},
            "newest inspection published in December 2018",
            dt.date(2018, 12, 14),
        ),
        ({"date_precision": "year"}, "newest inspection published in 2018", dt.date(2018, 12, 14)),
        (
            UNPUBLISHED,
            "newest inspection on 9 November 2018",
            dt.date(2018, 11, 9),
        ),
        (
            {**UNPUBLISHED, "end": "2018-11-30", "date_precision": "month"},
            "newest inspection in November 2018",
            dt.date(2018, 11, 30),
        ),
        ({**UNPUBLISHED, "date_precision": "round"}, "", None),
    ],
)
def test_a_table_is_as_old_as_its_newest_inspection_as_exactly_as_that_is_known(
    changed: dict[str, Any], words: str, day: dt.date | None
) -> None:
    state = state_of(inspection(**changed))
    assert (state.describes, state.edition) == (words, day)


def test_of_several_inspections_the_newest_counts_however_its_day_is_known() -> None:
    state = state_of(
        inspection("2014-07-18", "2014-05-20", "2014-06-11", framework="SIF"),
        inspection("2019-03-01", "2019-01-14", "2019-01-25", body="Birch"),
        inspection(date_precision="month"),
    )
    assert state.describes == "newest inspection published 1 March 2019"


def test_the_day_that_a_table_names_comes_before_that_of_its_newest_inspection() -> None:
    state = state_of(inspection(), as_at=dt.date(2019, 3, 31))
    assert state.edition == dt.date(2019, 3, 31)
    assert state.describes == "as at 31 March 2019, newest inspection published 14 December 2018"


def test_a_table_that_names_no_day_is_told_to_name_none_whenever_it_was_fetched() -> None:
    state = state_of(source="mysociety_register", retrieved_at=dt.datetime(2025, 12, 24, tzinfo=dt.UTC))
    assert (state.is_held, state.describes, state.edition) == (True, "", None)
