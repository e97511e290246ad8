"""The one box: bodies are found by their names, former names and numbers, and a slip is forgiven."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oneplace.places.models import Area, Body, BodyArea, BodyCode, BodyName
from oneplace.places.names import fold
from oneplace.places.queries import find_bodies
from oneplace.places.queries.towns import _listed
from tests.unit.evidence.making import areas, register

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


@pytest.fixture
def many_homes(fresh: Client) -> Client:
    """Ninety care homes of nearly one name: three pages."""
    Body.objects.bulk_create(
        Body(
            body_id=f"larch-{number}",
            kind="care_location",
            name=f"Larch House {number:02}",
            folded=f"larch house {number:02}",
        )
        for number in range(1, 91)
    )
    return fresh


def test_the_pages_of_a_kind_hold_each_body_once_and_lead_to_each_other(many_homes: Client) -> None:
    address = "/search/?q=larch&kind=care_location"
    pages = [many_homes.get(f"{address}&page={number}").content.decode() for number in (1, 2, 3)]
    listed = [found for page in pages for found in re.findall(r'href="/bodies/(larch-\d+)/"', page)]
    assert len(listed) == len(set(listed)) == 90
    assert "Page 2 of 3" in pages[1]
    assert "page 2 of 3" in pages[1].split("</title>")[0]
    assert 'rel="prev" href="/search/?q=larch&amp;kind=care_location#found"' in pages[1]
    assert 'rel="next" href="/search/?q=larch&amp;kind=care_location&amp;page=3#found"' in pages[1]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' not in pages[2]
    assert 'aria-current="page"' in pages[2]


@pytest.mark.parametrize("page", ["4", "0", "-1", "two", "999999"])
def test_a_page_that_there_is_not_is_the_nearest_that_there_is(many_homes: Client, page: str) -> None:
    text = many_homes.get(f"/search/?q=larch&kind=care_location&page={page}").content.decode()
    nearest = "3 of 3" if page in ("4", "999999") else "1 of 3"
    assert f"Page {nearest}" in text


def test_a_list_of_all_kinds_leads_to_the_pages_of_one(many_homes: Client) -> None:
    text = many_homes.get("/search/?q=larch").content.decode()
    assert 'href="/search/?q=larch&amp;kind=care_location"' in text
    assert "All 90 " in text


def test_a_council_that_ended_is_found_with_the_councils_that_took_over(client: Client) -> None:
    answer = client.get("/search/", {"q": "cumbria"})
    assert answer.status_code == 200
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert re.findall(r'<a class="govuk-link" href="/areas/([a-z-]+)/">', text) == [
        "cumbria",
        "cumberland",
        "westmorland",
    ]
    assert text.count("It took over from Cumbria") == 2
    assert "It ended on 1 April 2023" in text
    assert client.get("/search/", {"q": "cumberland"}).headers["Location"] == "/areas/cumberland/"


@pytest.mark.parametrize("typed", ["aldr", "birsh"])
def test_a_council_whose_name_is_a_slip_away_is_shown_and_not_gone_to(client: Client, typed: str) -> None:
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == 200
    assert f"Nothing is called just “{typed}”" in answer.content.decode()


def test_a_body_that_has_a_word_of_its_name_in_common_is_shown_and_not_gone_to(client: Client) -> None:
    answer = client.get("/search/", {"q": "lane"})
    assert answer.status_code == 200
    assert "Moor Lane Primary School" in answer.content.decode()
    assert client.get("/search/", {"q": "moor lane"}).headers["Location"] == "/bodies/school-1/"


@pytest.fixture
def towns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three towns, of which two have one name, and one has its council's."""
    codes = {each.area_id: each.gss_codes[0] for each in areas()}
    listed = {
        "fellside": (("Fellside", codes["cumberland"], 900), ("Fellside", codes["birch"], 21_000)),
        "alder": (("Alder", codes["alder"], 50_000),),
        "moor": (("Moor", codes["birch"], 700),),
    }
    monkeypatch.setattr("oneplace.places.queries.towns._listed", lambda: listed)


@pytest.mark.usefixtures("towns")
def test_a_town_leads_to_its_council_the_largest_of_a_name_first(client: Client) -> None:
    for typed in ("Fellside", "fells"):
        text = client.get("/search/", {"q": typed}).content.decode()
        assert re.findall(r'href="(/areas/[a-z]+/)">(Fellside, in \w+)<', text) == [
            ("/areas/birch/", "Fellside, in Birch"),
            ("/areas/cumberland/", "Fellside, in Cumberland"),
        ]
        assert "Nothing is called just" not in text
    near = client.get("/search/", {"q": "felside"}).content.decode()
    assert "Nothing is called just “felside”" in near
    assert "Fellside, in Birch" in near


@pytest.mark.usefixtures("towns")
def test_a_town_that_has_its_council_s_name_is_the_council(client: Client) -> None:
    assert client.get("/search/", {"q": "alder"}).headers["Location"] == "/areas/alder/"


@pytest.mark.usefixtures("towns")
def test_a_town_and_a_body_of_one_name_are_both_shown(client: Client) -> None:
    text = client.get("/search/", {"q": "moor"}).content.decode()
    assert "Moor, in Birch" in text
    assert "HMP Moor" in text


def test_the_towns_of_england_are_listed_each_with_a_council_by_its_code() -> None:
    listed = _listed()
    assert sum(len(rows) for rows in listed.values()) > 4_000
    codes = {code for rows in listed.values() for _, code, _ in rows}
    assert all(re.fullmatch(r"E0[6-9]\d{6}", code) for code in codes)
    assert len(codes) > 290, "of 296 councils"
    assert {code for _, code, _ in listed["whitehaven"]} == {"E06000063"}
    assert len(listed["newport"]) > 3


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("recycling in Alder", "/areas/alder/waste/"),
        ("Alder children's services", "/areas/alder/children/"),
        ("fly-tipping alder council", "/areas/alder/waste/"),
        ("children's social care in Birch", "/areas/birch/children/"),  # and not "social care"
    ],
)
def test_a_service_and_a_place_lead_to_the_service_of_the_place(fresh: Client, typed: str, page: str) -> None:
    assert fresh.get("/search/", {"q": typed}).headers["Location"] == page


@pytest.mark.usefixtures("towns")
def test_a_service_of_a_town_is_offered_and_not_gone_to(fresh: Client) -> None:
    text = fresh.get("/search/", {"q": "bins in Fellside"}).content.decode()
    assert re.findall(r'href="(/areas/[a-z]+/waste/)">', text) == [
        "/areas/birch/waste/",
        "/areas/cumberland/waste/",
    ]
    assert "Fellside is in Birch." in text


def test_a_service_of_a_council_that_ended_is_offered_with_those_that_took_over(fresh: Client) -> None:
    text = fresh.get("/search/", {"q": "fire in cumbria"}).content.decode()
    assert re.findall(r'href="(/areas/[a-z]+/fire/)">', text) == [
        "/areas/cumberland/fire/",
        "/areas/westmorland/fire/",
        "/areas/cumbria/fire/",
    ]
    assert text.count("It took over from Cumbria.") == 2


@pytest.mark.parametrize("typed", ["moor prison", "alder valley police"])
def test_a_body_that_is_called_so_comes_before_a_service_of_its_place(fresh: Client, typed: str) -> None:
    assert fresh.get("/search/", {"q": typed}).headers["Location"].startswith("/bodies/")


def test_words_that_name_no_place_are_no_service_of_one(fresh: Client) -> None:
    for typed in ("recycling", "recycling in xylophone", "in alder"):
        assert "Services of a place" not in fresh.get("/search/", {"q": typed}, follow=True).content.decode()


def test_a_slip_in_one_of_two_words_is_forgiven(generation: str) -> None:
    found = find_bodies("Aldre police", generation)
    assert ([each.body_id for each in found.bodies], found.by_slip) == (["alder-police"], True)
    found = find_bodies("alder down prsion", generation)  # what its kind is called
    assert [each.body_id for each in found.bodies] == ["hmp-alder"]
    # The word with the slip may be the beginning of the name's.
    found = find_bodies("Vally police", generation)
    assert [each.body_id for each in found.bodies] == ["alder-police"]
    Body.objects.create(
        body_id="elm-police", kind="police_force", name="Elmfordshire Police", folded="elmfordshire police"
    )
    Body.objects.create(body_id="elm-school", kind="school", name="Elmford School", folded="elmford school")
    found = find_bodies("Elmfrod police", f"{generation} and two more")
    assert [each.body_id for each in found.bodies] == ["elm-police"]
