"""Who serves every area, by kind, on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from oneplace.evidence import actions
from oneplace.places import queries as places
from oneplace.records import Address, AreaRef, BodyRecord
from tests.unit.evidence.making import register, release

pytestmark = pytest.mark.django_db


def service(
    body_id: str, kind: str = "fire_service", opened: dt.date | None = None, closed: dt.date | None = None
) -> BodyRecord:
    return BodyRecord(
        body_id=body_id,
        name=body_id.replace("-", " ").title(),
        kind=kind,
        serves=(AreaRef(area_id="alder"), AreaRef(area_id="birch")),
        address=Address(row=3),
        opened=opened,
        closed=closed,
    )


def test_each_area_has_those_of_the_kind_that_were_open_on_the_day() -> None:
    register()
    merged = dt.date(2021, 4, 1)
    bodies = [
        service("old-fire", closed=merged),
        service("new-fire", opened=merged),
        service("timber-police", "police_force"),
    ]
    actions.publish_release(release(source="hmicfrs_fire", publisher="hmicfrs"), bodies)
    both = ("alder", "birch")
    day_before = merged - dt.timedelta(days=1)
    assert places.who_serves("fire_service", day_before) == dict.fromkeys(both, ("old-fire",))
    assert places.who_serves("fire_service", merged) == dict.fromkeys(both, ("new-fire",))
    assert places.who_serves("police_force", merged) == dict.fromkeys(both, ("timber-police",))
    assert places.who_serves("prison", merged) == {}
