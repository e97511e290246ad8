"""Which of two editions is the newer, what a series is, and what an edition may not leave out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from oneplace.evidence import actions, queries
from oneplace.evidence.described import described
from oneplace.evidence.errors import LeavesMuchOut
from oneplace.evidence.models import Release
from oneplace.indicators import queries as indicators
from oneplace.places import actions as places_actions
from oneplace.places import queries as places_queries
from oneplace.records import Address, PostcodesRecord, Record, ReleaseRecord
from tests.unit.evidence.making import FETCHED, inspection, judgement, register, release
from tests.unit.indicators.making import measure, value

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
AREAS = ("Alder", "Birch", "Cumberland", "Westmorland")


@pytest.fixture(autouse=True)
def areas(db: None) -> None:
    register()


def _table(*years: int) -> list[Record]:
    of_years = [
        value(area, float(number), period=str(year), ends=f"{year}-12-31", row=row)
        for year in years
        for row, (number, area) in enumerate(enumerate(AREAS, year), 2)
    ]
    return [measure(), *of_years]


def _figures(content: str, days: int = 0, **changes: Any) -> ReleaseRecord:
    return release("", content, "figures", retrieved_at=FETCHED + days * DAY, **changes)


def _periods() -> tuple[str, ...]:
    return tuple(sorted(indicators.periods(measure().key)))


def test_a_table_of_an_earlier_period_that_is_fetched_later_is_kept_behind() -> None:
    actions.publish_release(_figures("new"), _table(2021, 2022, 2023))
    late = actions.publish_release(_figures("old", days=9), _table(2021, 2022))
    assert late.is_older
    assert late.days == (dt.date(2022, 12, 31), dt.date(2023, 12, 31))
    assert _periods() == ("2021", "2022", "2023")


def test_a_table_of_a_later_period_that_was_fetched_earlier_takes_the_place() -> None:
    actions.publish_release(_figures("old", days=9), _table(2021, 2022))
    newer = actions.publish_release(_figures("new"), _table(2021, 2022, 2023))
    assert len(newer.superseded) == 1
    assert _periods() == ("2021", "2022", "2023")


def test_the_day_that_an_edition_says_counts_before_the_day_it_was_fetched() -> None:
    rows = [inspection(), inspection("2017-03-01", None, None)]
    actions.publish_release(release(content="june", as_at=dt.date(2024, 6, 30)), rows)
    march = release(content="march", as_at=dt.date(2024, 3, 31), retrieved_at=FETCHED + 9 * DAY)
    late = actions.publish_release(march, rows)
    assert late.is_older
    assert late.days == (dt.date(2024, 3, 31), dt.date(2024, 6, 30))


def test_the_newest_inspection_of_a_table_tells_its_day_where_nothing_else_does() -> None:
    rows = [inspection(f"20{n}-03-01", None, None) for n in range(10, 24)]
    actions.publish_release(release(content="new"), rows)
    late = actions.publish_release(release(content="old", retrieved_at=FETCHED + 9 * DAY), rows[:-1])
    assert late.days == (dt.date(2022, 3, 1), dt.date(2023, 3, 1))
    (row,) = Release.objects.filter(state="live")
    assert described([row])[row.pk].day == dt.date(2023, 3, 1)


def test_editions_of_one_period_each_are_a_series_in_whatever_order_they_come() -> None:
    actions.publish_release(_figures("2022"), _table(2022))
    actions.publish_release(_figures("2023", days=1), _table(2023))
    actions.publish_release(_figures("2021", days=2), _table(2021))
    assert _periods() == ("2021", "2022", "2023")
    assert {each.state for each in queries.releases()} == {"live"}


def test_a_corrected_edition_of_a_period_takes_the_place_of_that_period_alone() -> None:
    first = actions.publish_release(_figures("2022"), _table(2022))
    actions.publish_release(_figures("2023", days=1), _table(2023))
    again = actions.publish_release(_figures("2022 corrected", days=2), _table(2022))
    assert again.superseded == (first.release_id,)
    assert _periods() == ("2022", "2023")


def test_editions_that_tell_the_year_before_too_are_a_series() -> None:
    actions.publish_release(_figures("2023"), _table(2022, 2023))
    actions.publish_release(_figures("2024", days=1), _table(2023, 2024))
    assert _periods() == ("2022", "2023", "2024")


def test_a_table_of_fewer_inspections_is_refused_and_says_how_many_and_what_to_do() -> None:
    rows = [inspection(f"20{n}-03-01", None, None) for n in range(10, 24)]
    actions.publish_release(release(content="whole"), rows)
    short = release(content="short", retrieved_at=FETCHED + DAY)
    with pytest.raises(LeavesMuchOut, match=r"has 5 inspections.* has 14, of which 9 are .*--replace"):
        actions.publish_release(short, rows[:5])
    assert len(queries.history("alder")) == 14
    assert {each.kind for each in queries.events()} == {"new"}


def test_newer_inspections_in_a_list_of_the_latest_are_not_taken_for_absent_ones() -> None:
    actions.publish_release(release(content="old"), [inspection(body=name) for name in AREAS])
    newer = [inspection("2023-12-14", "2023-10-29", "2023-11-09", body=name) for name in AREAS]
    published = actions.publish_release(release(content="new", retrieved_at=FETCHED + DAY), newer)
    assert len(published.superseded) == 1


def test_where_a_person_insists_each_inspection_that_goes_is_withdrawn_once() -> None:
    rows = [inspection(f"20{n}-03-01", None, None) for n in range(10, 24)]
    actions.publish_release(release(content="whole"), rows)
    short = release(content="short", retrieved_at=FETCHED + DAY)
    for _ in range(2):
        list(actions.publish_many([(short, rows[:5])], insists=True))
    gone = [each.inspection for each in queries.events(kinds=["withdrawn"])]
    assert gone == [f"ofsted/alder/20{n}-03-01" for n in range(15, 24)]
    assert len(queries.history("alder")) == 5


def test_figures_of_fewer_areas_are_refused_in_the_next_period_too() -> None:
    actions.publish_release(_figures("2022"), _table(2022))
    measured, *values = _table(2023)
    with pytest.raises(LeavesMuchOut, match="2 measures of places"):
        actions.publish_release(_figures("2023", days=1), [measured, *values[:2]])
    assert _periods() == ("2022",)


def test_figures_that_are_thinned_out_are_refused_though_every_place_and_period_is_there() -> None:
    whole = _table(*range(2010, 2024))
    actions.publish_release(_figures("whole"), whole)
    measured, *values = whole
    thin = [each for number, each in enumerate(values) if (number + number // len(AREAS)) % 2]
    with pytest.raises(LeavesMuchOut, match=r"has 28 figures.* has 56, of which 28 are not"):
        actions.publish_release(_figures("thin", days=1), [measured, *thin])
    assert len(_periods()) == 14


def test_a_table_with_fewer_grades_of_the_same_inspections_is_refused() -> None:
    asked = ("overall", "leadership", "care")
    whole = [inspection(body=name, judgements=tuple(judgement(each) for each in asked)) for name in AREAS]
    actions.publish_release(release(content="whole"), whole)
    short = release(content="short", retrieved_at=FETCHED + DAY)
    with pytest.raises(LeavesMuchOut, match=r"has 4 grades.* has 12, of which 8 are not"):
        actions.publish_release(short, [inspection(body=name) for name in AREAS])


def test_more_than_a_twentieth_of_a_list_may_not_go_and_what_goes_is_named() -> None:
    rows = [inspection(f"20{n}-03-01", None, None, body=name) for n in range(10, 24) for name in AREAS[:2]]
    actions.publish_release(release(content="whole"), rows)
    short = release(content="short", retrieved_at=FETCHED + DAY)
    with pytest.raises(LeavesMuchOut, match="of which 2 are not"):
        actions.publish_release(short, rows[:-2])
    published = actions.publish_release(short, rows[:-1])
    assert published.warnings == (
        "in the edition before and not in this one, so no longer held: ofsted/birch/2023-03-01",
    )
    assert published.changed == {"superseded": 1, "withdrawn": 1}


def test_an_inspection_of_nobody_that_is_known_is_told_with_its_row() -> None:
    unknown = inspection(body="Gotham", address=Address(row=7))
    published = actions.publish_release(release(), [inspection(), unknown])
    (told,) = published.warnings
    assert told.startswith("row 7: No authority is known by “Gotham”")


def test_what_comes_before_a_refused_release_is_published() -> None:
    rows = [inspection(f"20{n}-03-01", None, None) for n in range(10, 24)]
    actions.publish_release(release(content="whole"), rows)
    short = release(content="short", retrieved_at=FETCHED + DAY)
    other = release(content="x", source="another")
    with pytest.raises(LeavesMuchOut):
        list(actions.publish_many([(other, rows[:1]), (short, rows[:5])]))
    assert [each.source for each in queries.releases("live")].count("another") == 1


def test_a_directory_of_a_few_postcodes_does_not_take_the_place_of_england(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[PostcodesRecord] = []
    monkeypatch.setattr(places_queries, "postcodes_held", lambda: 2_700_000)
    monkeypatch.setattr(places_actions, "load_postcodes", loaded.append)
    short = PostcodesRecord(path="ONSPD.csv", postcodes=4, ended=None, councils=(("E09000014", 4),))
    with pytest.raises(LeavesMuchOut, match="has 4 postcodes, and the directory in use has 2,700,000"):
        actions.publish_release(release(source="ons_postcodes"), [short])
    assert not loaded
    list(actions.publish_many([(release(source="ons_postcodes"), [short])], insists=True))
    assert loaded == [short]
