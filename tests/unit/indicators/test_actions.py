"""Statistics on their way in: written once, refused by row, replaced by a pointer."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from oneplace.indicators import actions, models, queries
from oneplace.indicators.errors import (
    IndicatorError,
    UnknownArea,
    UnknownDataset,
    UnknownMeasure,
    ValuesAreImmutable,
)
from oneplace.places import queries as places
from tests.unit.indicators.making import FETCHED, measure, publish, register, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    register()


def test_a_value_keeps_its_address_and_the_cell_as_printed() -> None:
    publish([value(number=1234.5, printed="1,234.5", sheet="Table_3", row=17)])
    (series,) = queries.series("ash", ["t-visits"])
    (found,) = series.values
    assert (found.value, found.printed) == (1234.5, "1,234.5")
    assert (found.release_id, found.sheet, found.row) == ("stats/1", "Table_3", 17)


def test_a_plain_number_is_not_kept_twice_and_is_printed_as_it_was() -> None:
    cells = [("12", 12.0), ("12.0", 12.0), ("0.5", 0.5), (".5", 0.5), ("-3.25", -3.25), ("1e3", 1000.0)]
    publish(
        [
            value(number=number, printed=text, period=str(2000 + place), ends=f"{2000 + place}-12-31")
            for place, (text, number) in enumerate(cells)
        ]
    )
    (series,) = queries.series("ash", ["t-visits"])
    assert [each.printed for each in series.values] == [text for text, _ in cells]
    kept = list(models.Value.objects.order_by("period__ends").values_list("printed", flat=True))
    assert kept == [None, "12.0", None, ".5", None, "1e3"]


def test_nobody_sees_a_release_before_it_is_live() -> None:
    actions.begin("stats/1", "stats", [measure()])
    actions.add("stats/1", [value()], places.subjects())
    assert queries.measures() == ()
    assert queries.datasets() == ()
    (series,) = queries.series("ash", ["t-visits"])
    assert (series.values, series.absence) == ((), "not_loaded")
    actions.go_live("stats/1")
    assert queries.series("ash", ["t-visits"])[0].values


def test_an_area_is_known_by_code_number_and_any_way_of_writing_its_name() -> None:
    code = next(iter(places.areas(["beech"]))).gss_codes[0]
    publish(
        [
            value("ASH  council", 1),
            value(code, 2, scheme="gss"),
            value("England", 3),
            value("E12000002", 4, scheme="gss"),
            value("cedar", 5, scheme="oneplace"),
        ]
    )
    found = queries.across("t-visits")
    assert found is not None
    assert {each.subject: each.value for each in found.values} == {
        "ash": 1, "beech": 2, "england": 3, "region-north-west": 4, "cedar": 5,
    }  # fmt: skip


def test_an_area_that_nobody_knows_is_refused_by_row_and_name_and_nothing_is_written() -> None:
    actions.begin("stats/1", "stats", [measure()])
    with pytest.raises(UnknownArea, match=r"stats/1, sheet Table_3, row 9: name 'Atlantis'") as fault:
        actions.add("stats/1", [value(), value("Atlantis", row=9, sheet="Table_3")], places.subjects())
    assert (fault.value.sheet, fault.value.row) == ("Table_3", 9)
    assert not models.Value.objects.exists()


def test_a_measure_that_the_release_does_not_define_is_refused_by_row() -> None:
    publish([value()], release_id="stats/0")
    actions.begin("stats/1", "stats", [measure("t-other")])
    with pytest.raises(UnknownMeasure, match="row 4: 't-visits'"):
        actions.add("stats/1", [value(row=4)], places.subjects())


def test_values_are_added_to_a_release_that_has_begun_and_is_not_live() -> None:
    with pytest.raises(UnknownDataset, match="begin it first"):
        actions.add("stats/1", [value()], places.subjects())
    publish([value()])
    with pytest.raises(UnknownDataset):
        actions.add("stats/1", [value(period="2023-24", ends="2024-03-31")], places.subjects())
    with pytest.raises(UnknownDataset, match="live"):
        actions.begin("stats/1", "stats", [measure("t-more")])


def test_a_release_may_define_its_measures_as_they_come() -> None:
    actions.begin("stats/1", "stats", [measure("t-one")], FETCHED)
    actions.add("stats/1", [value(key="t-one")], places.subjects())
    actions.begin("stats/1", "stats", [measure("t-one"), measure("t-two")], FETCHED)
    actions.add("stats/1", [value(key="t-two")], places.subjects())
    actions.go_live("stats/1")
    assert [each.key for each in queries.measures()] == ["t-one", "t-two"]


def test_one_call_writes_no_more_than_a_transaction_may_hold() -> None:
    actions.begin("stats/1", "stats", [measure()])
    with pytest.raises(IndicatorError, match="5,001 values at once"):
        actions.add("stats/1", [value()] * 5_001, places.subjects())


def test_a_newer_release_replaces_the_older_whose_values_stay_as_first_published() -> None:
    publish([value(number=10.0, row=5)])
    publish([value(number=11.0, row=6)], release_id="stats/2", replaces=["stats/1"], days=30)
    (series,) = queries.series("ash", ["t-visits"])
    assert [(each.value, each.release_id) for each in series.values] == [(11.0, "stats/2")]
    published = queries.as_published("t-visits", "ash", "2022-23")
    assert [(each.value, each.release_id, each.row) for each in published] == [
        (10.0, "stats/1", 5),
        (11.0, "stats/2", 6),
    ]


def test_the_newest_release_says_what_a_measure_is_and_what_others_said_is_kept() -> None:
    publish([value()], [measure(definition="as it was")])
    publish([value("Beech")], [measure(definition="as it is")], release_id="stats/2", days=30)
    publish([value("Elm")], [measure(definition="older")], release_id="stats/0", days=-30)
    now = queries.measure("t-visits")
    assert now is not None
    assert (now.definition, now.release_id) == ("as it is", "stats/2")
    assert [each.definition for each in queries.definitions("t-visits")] == [
        "as it is", "as it was", "older",
    ]  # fmt: skip
    assert queries.measures() == (now,)


def test_of_two_live_releases_with_one_cell_the_newer_is_shown() -> None:
    publish([value(number=2.0)], release_id="stats/2", days=30)
    publish([value(number=1.0)], release_id="stats/1")
    (series,) = queries.series("ash", ["t-visits"])
    assert [each.value for each in series.values] == [2.0]


def test_a_release_behind_a_newer_one_is_history_at_once() -> None:
    publish([value(number=2.0)], release_id="stats/2", days=30)
    actions.begin("stats/1", "stats", [measure()], FETCHED)
    actions.add("stats/1", [value(number=1.0)], places.subjects())
    actions.keep_behind("stats/1")
    assert [each.value for each in queries.series("ash", ["t-visits"])[0].values] == [2.0]
    assert [each.value for each in queries.as_published("t-visits", "ash", "2022-23")] == [1.0, 2.0]


def test_what_its_publisher_took_back_is_said_to_be_withdrawn() -> None:
    publish([value()])
    actions.withdraw("stats/1")
    (series,) = queries.series("ash", ["t-visits"])
    assert (series.values, series.absence) == ((), "withdrawn")


def test_what_a_killed_process_left_is_cleared_and_nothing_else() -> None:
    publish([value()])
    actions.begin("stats/2", "stats", [measure()])
    actions.add("stats/2", [value("Beech"), value("Elm")], places.subjects())
    assert actions.remove_pending(["stats/1", "stats/2"]) == 2
    assert [each.release_id for each in queries.datasets()] == ["stats/1"]
    assert models.Value.objects.count() == 1
    publish([value("Beech")], release_id="stats/2")


@pytest.mark.parametrize("table", ["value", "measure", "definition", "subject", "period", "dataset"])
def test_the_database_itself_refuses_to_change_what_is_written(table: str) -> None:
    publish([value()])
    name = {"value": "row", "definition": "title", "period": "written", "dataset": "source"}.get(table, "key")
    with (
        pytest.raises(IntegrityError, match="not changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE indicators_{table} SET {name} = {name}")


def test_python_refuses_to_change_or_remove_what_is_written() -> None:
    publish([value()])
    row = models.Value.objects.get()
    for attempt in (
        row.save,
        row.delete,
        models.Value.objects.all().delete,
        models.Dataset.objects.all().delete,
        lambda: models.Value.objects.update(value=1),
        lambda: models.Dataset.objects.update(source="another"),
        lambda: models.Value.objects.bulk_update([row], ["value"]),
    ):
        with pytest.raises(ValuesAreImmutable):
            attempt()
    assert models.Value.objects.get().value == 12.5
