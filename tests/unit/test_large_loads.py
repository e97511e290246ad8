"""Rows by the thousand: the same rows as Django's own way makes, and turns for others."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from oneplace.evidence.models import Inspection, Release
from oneplace.large_loads import Lots, add, add_rows, made, new_keys, one_of_many, those_there
from oneplace.places.models import Body

pytestmark = pytest.mark.django_db


def _inspection(name: str) -> Inspection:
    return made(Inspection, public_id=name, publisher="ofsted", body_id="haringey", family="ILACS")


def test_a_row_that_was_made_has_the_defaults_of_its_model() -> None:
    quick, slow = (
        made(Release, public_id="table/1", source="table"),
        Release(public_id="table/1", source="table"),
    )
    names = [field.attname for field in Release._meta.concrete_fields]
    assert [getattr(quick, name) for name in names] == [getattr(slow, name) for name in names]
    assert quick._state.adding


def test_rows_have_their_keys_after_they_were_added_and_are_written_once() -> None:
    first = Inspection.objects.create(public_id="a", publisher="ofsted", body_id="haringey", family="ILACS")
    rows = [_inspection("b"), _inspection("c")]
    add(Inspection, rows)
    assert [row.pk for row in rows] == sorted({row.pk for row in rows} - {first.pk})
    assert dict(Inspection.objects.values_list("public_id", "pk")) == {
        each.public_id: each.pk for each in (first, *rows)
    }
    with pytest.raises(Exception, match="never changed"):
        rows[0].save()
    after = Inspection.objects.create(public_id="d", publisher="ofsted", body_id="haringey", family="ILACS")
    assert after.pk > rows[1].pk


def test_a_key_that_somebody_had_is_nobody_elses() -> None:
    rows = [_inspection("a"), _inspection("b")]
    add(Inspection, rows)
    had = rows[1].pk
    Inspection.objects.filter(pk=had).remove_pending()
    assert had not in new_keys(Inspection, 3)


COLUMNS = (
    "body_id",
    "name",
    "kind",
    "folded",
    "source",
    "release_id",
    "latitude",
    "opened",
    "details",
    "words",
)


def _body(body_id: str, name: str = "A", *more: object) -> tuple[object, ...]:
    return (body_id, name, "school", "a", "list", "list/1", *(more or (None, None, [], None)))


def test_days_words_and_lists_come_back_as_they_were() -> None:
    load = [
        _body("urn-1", "The “Willows” & Co", 51, dt.date(2019, 5, 1), [["Places", "4"]], None),
        _body("urn-2", "100 % Ash", None, None, [], {"list": {"parent": "x"}}),
    ]
    add_rows(Body, COLUMNS, load)
    assert list(Body.objects.order_by("body_id").values_list(*COLUMNS)) == load


def test_a_row_that_is_there_becomes_what_the_new_one_says() -> None:
    add_rows(Body, COLUMNS, [_body("urn-1", "Old"), _body("urn-2", "B")])
    add_rows(Body, COLUMNS, [_body("urn-1", "New")], over="body_id")
    assert dict(Body.objects.values_list("body_id", "name")) == {"urn-1": "New", "urn-2": "B"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="who waits has a place in a queue there")
@pytest.mark.parametrize(("held", "apart"), [(0.0, 0.03), (0.12, 0.055), (0.25, 0.105)])
def test_the_store_is_left_free_for_as_long_as_the_looks_of_who_waits_are_apart(
    held: float, apart: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    clock = [1_000.0]
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with one_of_many():
        clock[0] += held
    clock[0] += 0.01  # what it takes to make the next rows counts as free
    with one_of_many():
        pass
    clock[0] += 1
    with one_of_many():
        pass
    assert slept[1:] == [pytest.approx(apart - 0.01), 0.0]


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_nobody_is_let_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("it slept"))
    with transaction.atomic(), one_of_many():
        assert connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="who waits has a place in a queue there")
def test_lots_grow_where_the_database_is_quick_and_never_shrink_below_the_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    lots = Lots(1_000)
    sizes = []
    for held in (0.01, 0.01, 0.01, 0.2, 5.0):
        with lots.one(lots.size):
            clock[0] += held
        sizes.append(lots.size)
    assert sizes == [2_000, 4_000, 4_000, pytest.approx(1_600, abs=2), 1_000]


@pytest.mark.django_db(transaction=True)
def test_a_lot_that_is_light_does_not_promise_more_than_twice_the_one_before() -> None:
    lots = Lots(1_000)
    with lots.one(1_000_000):
        pass
    assert lots.size <= 2_000


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_lots_stay_as_they_are() -> None:
    lots = Lots(10)
    with transaction.atomic(), lots.one(1_000_000):
        pass
    assert lots.size == 10


def test_a_column_that_no_row_has_is_left_out_and_one_that_some_have_is_not() -> None:
    names = ("body_id", "kind", "name", "folded", "source", "release_id", "details", "parent", "postcode")
    always: tuple[object, ...] = ("prison", "A", "a", "bodies", "bodies/1", [])
    add_rows(Body, names, [("a", *always, None, None), ("b", *always, "a", None)])
    written = Body.objects.order_by("body_id").values_list("body_id", "name", "parent", "postcode")
    assert list(written) == [("a", "A", None, None), ("b", "A", "a", None)]


def test_a_value_that_must_be_there_is_missed_though_no_row_has_it() -> None:
    with pytest.raises(IntegrityError):
        add_rows(Body, ("body_id", "kind", "name"), [("a", "prison", None)])


def test_of_many_names_those_that_are_there_are_known_by_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add(Inspection, [_inspection(name) for name in ("a", "b", "it's “c”")])
    wanted = [*map(str, range(40_000)), "it's “c”", "b", "b"]
    with django_assert_num_queries(1):
        assert those_there(Inspection, "public_id", wanted) == {"b", "it's “c”"}
        assert those_there(Inspection, "public_id", iter(())) == frozenset()
    assert those_there(Inspection, "body_id", ["haringey", "england"]) == {"haringey"}
