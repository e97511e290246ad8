"""The one box: bodies are found by their names, former names and numbers, and a slip is forgiven."""

from __future__ import annotations

import pytest
from django.test import Client

from oneplace.places.models import Area, Body, BodyArea, BodyCode, BodyName
from oneplace.places.names import fold
from oneplace.places.queries import find_bodies
from tests.unit.evidence.making import register

pytestmark = pytest.mark.django_db

_BODIES = (
    ("alder-police", "police_force", "Alder Valley Police"),
    ("hmp-alder", "prison", "HMP Alder Down"),
    ("hmp-moor", "prison", "HMP Moor"),
    ("school-1", "school", "Moor Lane Primary School"),
    ("home-1", "care_location", "Rosebank"),
)


@pytest.fixture(autouse=True)
def record(db: None, request: pytest.FixtureRequest) -> None:
    register()
    Body.objects.bulk_create(
        Body(body_id=body_id, kind=kind, name=name, folded=fold(name)) for body_id, kind, name in _BODIES
    )
    BodyName.objects.create(body_id="hmp-moor", kind="prison", name="Heathside", folded="heathside")
    BodyCode.objects.create(body_id="school-1", scheme="laestab", code="3092042")
    Body.objects.filter(body_id="home-1").update(postcode="N15 3QR")
    BodyArea.objects.create(
        body_id="home-1", area_id=Area.objects.values_list("area_id", flat=True)[0], role="stands_in"
    )


@pytest.fixture
def generation(request: pytest.FixtureRequest) -> str:
    """Each test has a record of its own."""
    return request.node.nodeid


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("moor primary", "school-1"),  # words, not beside each other
        ("moor prison", "hmp-moor"),  # what people call its kind
        ("HMP Moor", "hmp-moor"),
        ("heathside", "hmp-moor"),  # a former name
        ("309/2042", "school-1"),  # a number, broken up
        ("n153qr", "home-1"),  # a home's postcode
        ("rosebnak", "home-1"),  # two letters changed about
        ("valley police", "alder-police"),
    ],
)
def test_what_people_type_finds_the_body_that_they_mean(typed: str, first: str, generation: str) -> None:
    found = find_bodies(typed, generation)
    assert [each.body_id for each in found.bodies][:1] == [first]


def test_what_nobody_is_called_finds_nothing(generation: str) -> None:
    assert not find_bodies("xylophone quartz", generation).bodies
    assert not find_bodies("?", generation).bodies


def test_a_slip_is_told_as_one(generation: str) -> None:
    assert find_bodies("rosebnak", generation).by_slip
    assert not find_bodies("rosebank", generation).by_slip


def test_a_limit_holds_for_each_kind_and_the_totals_tell_the_rest(generation: str) -> None:
    found = find_bodies("prison", generation, limit=1)
    assert len(found.bodies) == 1
    assert dict(found.totals)["prison"] == 2


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("oneplace.places.queries.finding_bodies._held", None)
    return Client()


def test_one_clear_hit_is_gone_to_at_once(fresh: Client) -> None:
    assert fresh.get("/search/?q=moor+prison").headers["Location"] == "/bodies/hmp-moor/"


def test_several_are_listed_by_kind_with_the_way_to_the_words_of_inspectors(fresh: Client) -> None:
    text = fresh.get("/search/?q=moor").content.decode()
    assert "HMP Moor" in text
    assert "Moor Lane Primary School" in text
    assert "/search/words/?q=moor" in text


def test_nothing_found_says_where_was_looked(fresh: Client) -> None:
    text = fresh.get("/search/?q=xylophone+quartz").content.decode()
    assert "Nothing found" in text
    assert "We looked in" in text
