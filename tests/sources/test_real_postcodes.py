"""The packaged directory of postcodes, held against the package's own files and the real register."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import brotli
import msgspec
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from oneplace.places import queries
from oneplace.places.actions import load_areas, prepare_postcodes
from oneplace.places.postcodes import index
from oneplace.records import AreaRecord, PostcodesRecord
from oneplace.sources.mysociety_register import MysocietyRegister
from oneplace.sources.ons_postcodes import PACKAGE, OnsPostcodes, packaged
from tests.conftest import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


@pytest.fixture(scope="module")
def said() -> dict[str, tuple[str | None, float, float]]:
    """Postcode → council, easting and northing, read as the package's makers read it."""
    found: dict[str, tuple[str | None, float, float]] = {}
    for file in distribution(PACKAGE).files or ():
        if file.name.endswith(".msgpack.br"):
            data = msgspec.msgpack.decode(brotli.decompress(Path(str(file.locate())).read_bytes()))["data"]
            rows = zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"], strict=True)
            found |= {
                pcd.replace(" ", ""): (laua if isinstance(laua, str) else None, east, north)
                for pcd, laua, east, north in rows
            }
    return found


@pytest.fixture(scope="module", autouse=True)
def england(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The real register, and the index made from the package in a folder of its own."""
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real tables, is absent")
    patched = pytest.MonkeyPatch()
    patched.setattr("django.conf.settings.ONEPLACE_HOME", tmp_path_factory.mktemp("home"))
    with django_db_blocker.unblock(), transaction.atomic():
        register = MysocietyRegister().parse(SHARED / "data/places/uk_local_authorities.csv")
        load_areas([each for each in register if isinstance(each, AreaRecord)], "register/of England")
        prepare_postcodes()
        yield
        transaction.set_rollback(True)
    patched.undo()


def test_the_source_counts_what_the_package_has(said: dict[str, tuple[str | None, float, float]]) -> None:
    path = packaged()
    assert path is not None
    (record,) = OnsPostcodes().parse(path)
    assert isinstance(record, PostcodesRecord)
    assert record.postcodes == len(said) == 2_720_556
    assert record.ended is None
    assert dict(record.councils) == Counter(council for council, _, _ in said.values() if council)
    assert str(OnsPostcodes().as_at(path)) == "2025-11-30"
    assert len([code for code, _ in record.councils if code.startswith("E")]) == 296


def test_every_english_council_of_the_directory_is_an_area_that_there_is(
    said: dict[str, tuple[str | None, float, float]],
) -> None:
    one_of_each = {council: postcode for postcode, (council, _, _) in said.items() if council}
    english = {code: postcode for code, postcode in one_of_each.items() if code.startswith("E")}
    there = {area.area_id: area for area in queries.areas() if area.end is None}
    answered = {code: queries.find_postcode(postcode) for code, postcode in english.items()}
    assert {answer.area_id for answer in answered.values()} <= set(there)
    assert len({answer.area_id for answer in answered.values()}) == 296
    for code, answer in answered.items():
        assert answer.area_id is not None
        assert code in there[answer.area_id].gss_codes
        assert answer.county == there[answer.area_id].county
        assert answer.region == there[answer.area_id].region


def test_every_postcode_of_the_directory_is_in_the_index(
    said: dict[str, tuple[str | None, float, float]],
) -> None:
    opened = index.opened()
    sectors = {f"{postcode[:-3]} {postcode[-3]}" for postcode in said}
    seen = 0
    for sector in sectors:
        for unit in opened.units(sector):
            council, east, north = said[sector.replace(" ", "") + unit.letters]
            assert unit.council == council
            assert (unit.easting or 0, unit.northing or 0) == (
                east if east == east else 0,
                north if north == north else 0,
            )
            seen += 1
    assert seen == len(said)


def test_any_postcode_is_found_in_the_council_that_the_directory_says(
    said: dict[str, tuple[str | None, float, float]],
) -> None:
    known = queries.subjects()
    for postcode in random.Random(7).sample(sorted(said), 2_000):
        council = said[postcode][0]
        answer = queries.find_postcode(f"{postcode[:-3]} {postcode[-3:]}".lower())
        if council is None:
            assert answer.kind == "unplaced"
        elif council.startswith("E"):
            assert (answer.kind, answer.area_id) == ("postcode", known["gss", council])
        else:
            assert answer.kind == "elsewhere"


@pytest.mark.parametrize(
    ("typed", "councils"),
    [("N15 3DA", ("haringey",)), ("CT16 1JA", ("dover", "kent")), ("SW1A 1AA", ("westminster",))],
)
def test_postcodes_that_people_know(typed: str, councils: tuple[str, ...]) -> None:
    assert queries.find_postcode(typed).councils == councils


def test_n15_is_several_councils_and_most_of_it_haringey() -> None:
    answer = queries.find_postcode("N15")
    assert answer.kind == "part"
    assert answer.shares[0].area_id == "haringey"
    assert {"hackney", "islington"} <= {share.area_id for share in answer.shares}
    assert not answer.tells_ends
