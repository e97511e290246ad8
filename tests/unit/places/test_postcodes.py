"""Postcodes in any spacing, parts of one, old ones and slips; an index is whole or not there."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.evidence import actions
from oneplace.places.actions import load_areas
from oneplace.places.postcodes import NoPostcodes, PostcodeAnswer, build, find, index, opened
from oneplace.places.postcodes.typed import readings
from oneplace.records import AreaRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.ons_postcodes import OnsPostcodes

pytestmark = pytest.mark.usefixtures("places")

ROWS = (
    "pcds,doterm,lad25cd,east1m,north1m",
    "N15 3DA,,E09000014,531827,189341",
    "N15 3DB,,E09000014,531828,189342",
    "N15 3DD,199912,E09000014,531829,189343",
    "N15 4AA,,E08000037,531830,189344",
    "N1 5AA,,E09000014,531831,189345",
    "N1C 4AA,,E09000014,531831,189345",
    "NE1 1AA,,E08000020,431831,589345",
    "SY1 1AA,,W06000023,331831,289345",
    "SY1 1AB,,E06000066,331832,289346",
    "TA1 1AA,,E10000027,322832,125346",
    "CA1 1AA,,E10000006,322832,525346",
    "JE1 1AA,,L99999999,,",
    "IM1 1AA,,M99999999,,",
    "BT1 1AA,,N09000003,333832,374346",
    "EH1 1AA,,S12000036,325832,674346",
    "GIR 0AA,199001,,,",
)


def _write(folder: Path, *rows: str, name: str = "ONSPD_NOV_2025_UK.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, with no packaged directory and a small one of our own."""
    monkeypatch.setattr("django.conf.settings.ONEPLACE_HOME", tmp_path)
    monkeypatch.setattr(index, "packaged", lambda: None)
    return tmp_path


@pytest.fixture
def small(home: Path) -> Path:
    return build(_write(home, *ROWS))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("typed", ["N15 3DA", "n153da", " N15  3DA ", "n 15 3 da", "N15-3DA", "N15 3DA."])
def test_a_postcode_is_found_in_any_case_and_spacing(typed: str) -> None:
    answer = find(typed)
    assert (answer.kind, answer.text, answer.area_id) == ("postcode", "N15 3DA", "haringey")
    assert (answer.region, answer.councils, answer.is_corrected) == ("London", ("haringey",), False)
    assert (answer.easting, answer.northing, answer.as_at) == (531827, 189341, dt.date(2025, 11, 30))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("typed", "text"),
    [("NI5 3DA", "N15 3DA"), ("TAI IAA", "TA1 1AA"), ("JEI 1AA", "JE1 1AA"), ("G1R OAA", "GIR 0AA")],
)
def test_a_letter_taken_for_a_figure_is_set_right_and_said(typed: str, text: str) -> None:
    answer = find(typed)
    assert (answer.text, answer.is_corrected) == (text, True)


@pytest.mark.usefixtures("small")
def test_a_part_of_a_postcode_is_several_councils() -> None:
    answer = find("n15")
    assert (answer.kind, answer.text) == ("part", "N15")
    assert [(share.area_id, share.postcodes) for share in answer.shares] == [
        ("haringey", 2),
        ("gateshead", 1),
    ]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("typed", "text", "shares"),
    [
        ("N15 3", "N15 3", {"haringey": 2}),
        ("N153", "N15 3", {"haringey": 2}),
        ("N15 3D", "N15 3D", {"haringey": 2}),
        ("N1 5", "N1 5", {"haringey": 1}),
        ("N1", "N1", {"haringey": 2}),  # with N1C, without N15
        ("N", "N", {"haringey": 4, "gateshead": 1}),  # without NE
        ("NE", "NE", {"gateshead": 1}),
        ("SY1", "SY1", {"somerset": 1}),
    ],
)
def test_parts_of_every_length(typed: str, text: str, shares: dict[str, int]) -> None:
    answer = find(typed)
    assert (answer.kind, answer.text) == ("part", text)
    assert {share.area_id: share.postcodes for share in answer.shares} == shares


@pytest.mark.usefixtures("small")
def test_a_part_across_a_border_names_the_other_country() -> None:
    assert find("SY1").countries == ("Wales",)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("SY1 1AA", "Wales"),
        ("EH1 1AA", "Scotland"),
        ("BT1 1AA", "Northern Ireland"),
        ("JE1 1AA", "the Channel Islands"),
        ("IM1 1AA", "the Isle of Man"),
        ("EH", "Scotland"),
    ],
)
def test_postcodes_elsewhere_are_said_to_be_so(typed: str, country: str) -> None:
    answer = find(typed)
    assert (answer.kind, answer.countries, answer.area_id) == ("elsewhere", (country,), None)


@pytest.mark.usefixtures("small")
def test_a_postcode_that_was_ended_says_when() -> None:
    assert find("N15 3DD").ended == dt.date(1999, 12, 1)
    assert find("N15 3DD").area_id == "haringey"
    assert find("N15 3DA").ended is None
    assert find("N15 3DA").tells_ends


def test_a_directory_that_does_not_say_which_were_ended_says_so(home: Path) -> None:
    build(_write(home, ROWS[0], "N15 3DA,,E09000014,531827,189341"))
    answer = find("N15 3DA")
    assert (answer.ended, answer.tells_ends) == (None, False)


@pytest.mark.usefixtures("small")
def test_the_code_of_a_council_that_was_replaced_means_the_one_that_took_over() -> None:
    answer = find("TA1 1AA")
    assert (answer.kind, answer.area_id, answer.was) == ("postcode", "somerset", "somerset-county")


def test_a_council_replaced_by_two_is_answered_with_both(home: Path, places: tuple[AreaRecord, ...]) -> None:
    with_code = [
        replace(area, gss_codes=("E10000006",)) if area.area_id == "cumbria" else area for area in places
    ]
    load_areas(with_code, "register/with Cumbria's code")
    build(_write(home, *ROWS))
    answer = find("CA1 1AA")
    assert (answer.area_id, answer.was) == (None, "cumbria")
    assert [share.area_id for share in answer.shares] == ["cumberland", "westmorland-and-furness"]


@pytest.mark.usefixtures("small")
def test_a_postcode_of_no_council_any_more() -> None:
    answer = find("GIR 0AA")
    assert (answer.kind, answer.ended) == ("unplaced", dt.date(1990, 1, 1))


@pytest.mark.usefixtures("small")
def test_an_unknown_postcode_tells_the_councils_of_the_nearest_part() -> None:
    answer = find("N15 3ZZ")
    assert (answer.kind, answer.text, answer.area_id) == ("unknown", "N15 3ZZ", None)
    assert [share.area_id for share in answer.shares] == ["haringey"]
    assert [share.area_id for share in find("N15 9ZZ").shares] == ["haringey", "gateshead"]
    assert find("ZZ99 9ZZ").shares == ()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "typed", ["", " ", "Haringey", "15", "Hi", "N15 3DA N15 3DB", "é", "ＮＩ", "!?", "1" * 500]
)
def test_what_is_no_postcode_is_told_so(typed: str) -> None:
    assert find(typed).kind == "not_a_postcode"


@given(st.text(max_size=14))
def test_reading_never_fails_and_what_it_reads_reads_the_same_again(text: str) -> None:
    for way in readings(text):
        first = next(iter(readings(way.text)))
        assert (first.outward + first.inward, first.slips) == (way.outward + way.inward, 0)


def test_there_is_nothing_to_find_without_a_directory() -> None:
    with pytest.raises(NoPostcodes, match="oneplace sources"):
        find("N15 3DA")


def test_a_newer_directory_is_used_once_it_is_built(home: Path) -> None:
    build(_write(home, *ROWS))
    before = find("N15 4AA")
    build(_write(home, ROWS[0], "N15 4AA,,E09000014,1,1", name="ONSPD_FEB_2026_UK.csv"))
    after = find("N15 4AA")
    assert (before.area_id, after.area_id) == ("gateshead", "haringey")
    assert after.as_at == dt.date(2026, 2, 28)
    build(_write(home, ROWS[0], "N15 4AA,,E08000037,1,1", name="ONSPD_AUG_2025_UK.csv"))
    assert find("N15 4AA") == after


def test_a_directory_with_a_fault_leaves_the_one_before(home: Path, small: Path) -> None:
    with pytest.raises(SourceError, match="row 2, column “pcds”"):
        build(_write(home, ROWS[0], "HARINGEY,,E09000014,1,1", name="ONSPD_FEB_2026_UK.csv"))
    assert find("N15 3DA").area_id == "haringey"
    assert [file.name for file in index.folder().iterdir()] == [small.name]


def test_a_build_that_is_killed_leaves_nothing_that_is_taken_for_an_index(
    home: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", die)
    with pytest.raises(KeyboardInterrupt):
        build(_write(home, ROWS[0], ROWS[1], name="ONSPD_FEB_2026_UK.csv"))
    assert opened().path == small


def test_what_a_dead_process_left_is_removed_and_a_living_ones_is_not(home: Path) -> None:
    folder = index.folder()
    folder.mkdir(parents=True)
    dead, living = folder / f"a{index.UNFINISHED}", folder / f"b{index.UNFINISHED}"
    for file in (dead, living):
        file.touch()
    os.utime(dead, (0, 0))
    build(_write(home, *ROWS))
    assert (dead.exists(), living.exists()) == (False, True)


def test_builders_that_meet_leave_one_whole_index(home: Path) -> None:
    path = _write(home, *ROWS)
    with ThreadPoolExecutor(4) as together:
        built = set(together.map(build, [path] * 8))
    assert len(built) == 1
    assert [file.name for file in index.folder().iterdir()] == [file.name for file in built]
    assert find("N15 3DA").area_id == "haringey"


def test_building_again_does_nothing(home: Path, small: Path) -> None:
    before = small.stat().st_mtime_ns
    assert build(home / "ONSPD_NOV_2025_UK.csv") == small
    assert small.stat().st_mtime_ns == before


def test_an_answer_holds_nothing_of_the_database(small: Path) -> None:
    assert isinstance(find("N15 3DA"), PostcodeAnswer)
    assert hash(find("N15 3DA")) == hash(find("N15 3DA"))


def test_a_directory_that_is_published_into_the_record_is_the_one_that_answers(home: Path) -> None:
    path = _write(home, *ROWS)
    source = OnsPostcodes()
    published = actions.publish_release(source.release(path), source.parse(path))
    assert not published.already_known
    assert find("N15 3DA").area_id == "haringey"
