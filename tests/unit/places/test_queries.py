"""Finding areas by the names people use, and following them through reorganisations."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from oneplace.places import queries
from oneplace.records import AreaRecord, BodyRef

pytestmark = pytest.mark.usefixtures("places")

BEFORE_2023 = dt.date(2022, 7, 18)
AFTER_2023 = dt.date(2024, 10, 7)


def _ids(views: tuple[queries.AreaView, ...]) -> list[str]:
    return [view.area_id for view in views]


def test_an_area_says_everything_that_the_register_says_of_it() -> None:
    view = queries.area("haringey")
    assert view is not None
    assert view.official_name == "London Borough of Haringey"
    assert view.path == "/areas/haringey/"
    assert view.gss_codes == ("E09000014",)
    assert view.code("ofsted_urn") == "80498"
    assert view.code("dfe_code") is None
    assert (view.release_id, view.row) == ("register/0123456789ab", 189)


def test_an_unknown_area_is_none() -> None:
    assert queries.area("atlantis") is None


def test_the_newest_code_comes_first() -> None:
    view = queries.area("gateshead")
    assert view is not None
    assert view.gss_codes == ("E08000037", "E08000020")


def test_an_authority_is_responsible_until_the_day_before_its_end() -> None:
    last_day, first_day = dt.date(2023, 3, 31), dt.date(2023, 4, 1)
    assert "cumbria" in _ids(queries.areas_responsible_for_children(last_day))
    assert "cumberland" not in _ids(queries.areas_responsible_for_children(last_day))
    assert "cumbria" not in _ids(queries.areas_responsible_for_children(first_day))
    assert "cumberland" in _ids(queries.areas_responsible_for_children(first_day))


def test_districts_are_never_responsible_for_childrens_social_care() -> None:
    assert "taunton-deane" not in _ids(queries.areas_responsible_for_children(dt.date(2015, 1, 1)))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("haringey", "haringey"),
        ("HARINGEY council", "haringey"),
        ("London Borough of Haringey", "haringey"),
        ("hari", "haringey"),
        ("kensington & chelsea", "kensington-and-chelsea"),
        ("chelsea", "kensington-and-chelsea"),
        ("St. Helens", "st-helens"),
        ("st helens", "st-helens"),
        ("durham", "county-durham"),
        ("Poole", "poole"),
        ("christchurch poole", "bcp"),
        ("E08000020", "gateshead"),
        ("Harringay", "haringey"),
        ("kensinton", "kensington-and-chelsea"),
    ],
)
def test_people_find_an_area_by_what_they_type(typed: str, first: str) -> None:
    assert _ids(queries.find(typed))[0] == first


def test_the_area_that_exists_comes_before_the_one_it_replaced() -> None:
    assert _ids(queries.find("somerset"))[:2] == ["somerset", "somerset-county"]


def test_no_more_areas_are_found_than_asked_for() -> None:
    assert len(queries.find("so", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "   ", "!?", "xqzw"])
def test_nothing_is_found_by_what_is_no_name(typed: str) -> None:
    assert queries.find(typed) == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (BodyRef(urn="80498"), "haringey"),
        (BodyRef(name="someone else", urn="80498"), "haringey"),
        (BodyRef(gss_code="E08000020"), "gateshead"),
        (BodyRef(gss_code="E08000037"), "gateshead"),
        (BodyRef(name="the London Borough of Haringey"), "haringey"),
        (BodyRef(name="bournemouth, christchurch & poole"), "bcp"),
        (BodyRef(name="Durham"), "county-durham"),
        (BodyRef(name="Durham County Council"), "county-durham"),
        (BodyRef(name="Cumbria"), "cumbria"),
        (BodyRef(name="Somerset"), "somerset"),
        (BodyRef(name="haringey", urn="unheard of"), "haringey"),
    ],
)
def test_a_publication_names_a_body_in_many_ways(body: BodyRef, expected: str) -> None:
    assert queries.body_for(body) == expected


@pytest.mark.parametrize("body", [BodyRef(), BodyRef(name="Atlantis"), BodyRef(name="-"), BodyRef(urn="1")])
def test_an_unknown_body_is_never_guessed(body: BodyRef) -> None:
    assert queries.body_for(body) is None


@pytest.mark.parametrize(
    "body", [BodyRef(urn="80555"), BodyRef(gss_code="E06000066"), BodyRef(name="Somerset")]
)
def test_a_number_or_name_that_a_new_council_kept_means_the_old_one_before_its_time(body: BodyRef) -> None:
    assert queries.body_for(body, BEFORE_2023) == "somerset-county"
    assert queries.body_for(body, AFTER_2023) == "somerset"


def test_an_old_code_used_after_a_council_ended_means_the_one_that_took_over() -> None:
    assert queries.body_for(BodyRef(gss_code="E10000027"), AFTER_2023) == "somerset"


def test_a_council_replaced_by_two_stays_itself() -> None:
    assert queries.body_for(BodyRef(name="Cumbria"), AFTER_2023) == "cumbria"
    assert queries.body_for(BodyRef(gss_code="E06000058"), dt.date(2018, 1, 1)) == "bcp"


def test_predecessors_and_successors_reach_through_every_reorganisation() -> None:
    assert set(_ids(queries.predecessors("somerset"))) == {
        "somerset-county",
        "somerset-west-and-taunton",
        "taunton-deane",
    }
    assert set(_ids(queries.successors("taunton-deane"))) == {"somerset-west-and-taunton", "somerset"}
    assert _ids(queries.predecessors("cumberland")) == ["cumbria"]
    view = queries.area("cumbria")
    assert view is not None
    assert view.successors == ("cumberland", "westmorland-and-furness")


def test_a_district_knows_its_county_and_a_county_its_districts_of_the_day() -> None:
    view = queries.area("taunton-deane")
    assert view is not None
    assert view.county == "somerset-county"
    assert _ids(queries.districts("somerset-county", dt.date(2018, 1, 1))) == ["taunton-deane"]
    assert _ids(queries.districts("somerset-county", dt.date(2020, 1, 1))) == ["somerset-west-and-taunton"]


def test_a_region_has_the_areas_of_the_day() -> None:
    assert _ids(queries.areas_in_region("London", AFTER_2023)) == ["haringey", "kensington-and-chelsea"]
    assert "cumbria" in _ids(queries.areas_in_region("north west", BEFORE_2023))
    assert "cumbria" not in _ids(queries.areas_in_region("North West", AFTER_2023))


def test_a_council_serves_its_own_area() -> None:
    assert queries.areas_served("haringey") == ("haringey",)
    assert queries.bodies_serving("haringey") == ("haringey",)
    assert queries.body_name("haringey") == "London Borough of Haringey"


def test_reading_many_areas_takes_no_query_for_each(
    places: tuple[AreaRecord, ...], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        assert len(queries.areas()) == len(places)


@pytest.mark.parametrize(
    ("name", "urn", "code", "meant"),
    [
        ("Haringey", None, "E09000014", "haringey"),
        ("Gateshead", None, "E09000014", None),
        ("Gateshead", "80498", None, None),
        ("Somerset", None, "E10000027", "somerset-county"),
        ("Somerset West and Taunton", None, "E06000066", "somerset"),
        ("A name that nobody has", None, "E09000014", "haringey"),
        ("Haringey", None, "E99999999", None),
        ("Haringey", None, None, "haringey"),
    ],
    ids=[
        "agree",
        "code of another",
        "number of another",
        "old code",
        "before a merger",
        "only a code",
        "code of nobody",
        "only a name",
    ],
)
def test_a_code_and_a_name_that_mean_two_councils_mean_nobody(
    name: str, urn: str | None, code: str | None, meant: str | None
) -> None:
    on = AFTER_2023 if meant == "somerset" else BEFORE_2023
    assert queries.body_for(BodyRef(name=name, urn=urn, gss_code=code), on) == meant
