"""The areas in memory: read once, and again as soon as another register is loaded."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from oneplace.places import queries
from oneplace.places.actions import load_areas
from oneplace.records import AreaRecord

pytestmark = pytest.mark.django_db


def area(area_id: str, name: str = "") -> AreaRecord:
    return AreaRecord(
        area_id=area_id,
        name=name or area_id.title(),
        official_name="",
        kind="unitary",
        region="London",
        gss_codes=(),
    )


def test_a_second_question_about_areas_is_one_statement() -> None:
    load_areas([area("ash"), area("beech")], "register/1")
    queries.areas()
    with CaptureQueriesContext(connection) as asked:
        assert queries.area("ash") is not None
    assert len(asked) == 1


def test_another_register_is_seen_at_once() -> None:
    load_areas([area("ash"), area("beech")], "register/1")
    assert [each.name for each in queries.areas()] == ["Ash", "Beech"]
    load_areas([area("ash", "Ashes")], "register/2")
    assert [each.name for each in queries.areas()] == ["Ashes"]
    assert queries.area("beech") is None


def test_a_register_whose_load_was_undone_was_never_there() -> None:
    load_areas([area("ash")], "register/1")
    with transaction.atomic():
        load_areas([area("ash"), area("beech")], "register/2")
        assert queries.area("beech") is not None
        transaction.set_rollback(True)
    assert queries.area("beech") is None


def test_within_a_page_the_register_is_asked_for_once_and_stays_the_same() -> None:
    load_areas([area("ash")], "register/1")
    queries.areas()
    with CaptureQueriesContext(connection) as asked, queries.one_register():
        assert queries.area("ash") is not None
        assert queries.area("beech") is None
    assert len(asked) == 1
    with queries.one_register():
        queries.areas()
        load_areas([area("ash"), area("beech")], "register/2")
        assert queries.area("beech") is None
    assert queries.area("beech") is not None
