"""Maps: whose tiles, what each says, and that unlike grades, absences and other days are not taken for the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.places.actions import load_areas
from oneplace.records import (
    Address,
    AreaRecord,
    AreaRef,
    BodyRecord,
    BodyRef,
    InspectionRecord,
    JudgementRecord,
    MeasureRecord,
    ValueRecord,
)
from tests.unit.evidence.making import release

pytestmark = pytest.mark.django_db

COUNCILS = (
    ("haringey", "Haringey", "London", "E09000014", "HRY", "309"),
    ("camden", "Camden", "London", "E09000007", "CMD", "202"),
    ("barnet", "Barnet", "London", "E09000003", "BNE", "302"),
    ("rutland", "Rutland", "East Midlands", "E06000017", "RUT", "857"),
    ("leeds", "Leeds", "Yorkshire and The Humber", "E08000035", "LDS", "383"),
)


def council(area_id: str, name: str, region: str, gss: str, code: str, dfe: str) -> AreaRecord:
    return AreaRecord(
        area_id=area_id,
        name=name,
        official_name=f"{name} Council",
        kind="unitary",
        region=region,
        childrens_services=True,
        gss_codes=(gss,),
        codes=(("register_code", code), ("dfe_code", dfe)),
    )


def inspected(
    name: str, framework: str, grade: str | None, day: dt.date, row: int, **changes: str
) -> InspectionRecord:
    kind, question = changes.get("kind", "local_authority"), changes.get("question", "overall")
    judgements = (
        JudgementRecord(
            question="Overall effectiveness" if question == "overall" else "Help and protection",
            question_key=question,
            grade_printed=(grade or "").replace("_", " "),
            grade=grade or "",
            address=Address(row=row),
        ),
    )
    return InspectionRecord(
        publisher=changes.get("publisher", "ofsted"),
        framework=framework,
        body=BodyRef(kind=kind, name=name),
        inspection_start=day - dt.timedelta(days=40),
        inspection_end=day - dt.timedelta(days=30),
        published=day,
        published_source="list",
        judgements=judgements,
        address=Address(row=row),
    )


FORCE = BodyRecord(
    body_id="west-yorkshire-police",
    name="West Yorkshire Police",
    kind="police_force",
    serves=(AreaRef(area_id="leeds"),),
    address=Address(row=3),
)
RATE = MeasureRecord(
    key="late-reviews", title="Reviews that were late", service="children", unit="percent", polarity="low",
    definition="The share of reviews that were late.",
)  # fmt: skip
COUNT = MeasureRecord(
    key="children-seen", title="Children seen", service="children", unit="number", polarity="none",
    definition="How many.", kind="count",
)  # fmt: skip


def value(
    measure: str, gss: str, year: int, number: float | None, marker: str = "", row: int = 5
) -> ValueRecord:
    printed = "c" if number is None else f"{number:g}"
    return ValueRecord(
        measure, "gss", gss, str(year), dt.date(year, 3, 31), number, marker, printed, "Table_1", row
    )


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    load_areas([council(*each) for each in COUNCILS], "register/1")
    actions.publish_release(
        release(),
        [
            inspected("Haringey", "ILACS", "good", dt.date(2023, 3, 1), 11),
            inspected("Camden", "ILACS", "outstanding", dt.date(2022, 5, 1), 12),
            inspected("Rutland", "SIF", "requires_improvement", dt.date(2017, 1, 9), 13),
            inspected("Leeds", "ILACS", "inadequate", dt.date(2020, 2, 1), 14),
        ],
    )
    peel = inspected(
        "West Yorkshire Police",
        "PEEL",
        "good",
        dt.date(2019, 5, 2),
        44,
        kind="police_force",
        publisher="hmicfrs",
    )
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, peel])
    figures = [
        *(value("late-reviews", gss, 2024, number, row=20 + place) for place, (gss, number) in enumerate(
            (("E09000014", 4.0), ("E09000007", 10.0), ("E08000035", 30.5), ("E92000001", 12.0)))),
        value("late-reviews", "E06000017", 2024, None, "suppressed", row=30),
        value("late-reviews", "E09000014", 2023, 9.0, row=31),
        value("children-seen", "E09000014", 2024, 512.0, row=32),
        value("children-seen", "E09000007", 2024, 40.0, row=33),
    ]  # fmt: skip
    actions.publish_release(release(source="dfe_lait", publisher="dfe"), [RATE, COUNT, *figures])


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def titles(text: str) -> dict[str, str]:
    """Name → what its tile is read out as; each is there twice, for a phone and a desk."""
    found = [
        each.partition(": ")
        for each in re.findall(r"<title>([^<]+: [^<]+)</title>", text[text.index("<main") :])
    ]
    return {name: said for name, _, said in found}


def rows(text: str) -> list[tuple[str, ...]]:
    table = text[text.index("<tbody") :]
    return [
        tuple(" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row))
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)
    ]  # fmt: skip


OTHER = "Inspection of children's services, from November 2013 (single inspection framework)"
ESCAPED = OTHER.replace("'", "&#39;")


def test_every_council_has_a_tile_and_a_line_with_the_same_words(client: Client) -> None:
    text = page(client, "/map/")
    assert "Children’s services: overall grade" in text
    assert titles(text) == {
        "Leeds": "Inadequate, published 1 February 2020",
        "Rutland": f"Judged by other rules: {OTHER}, published 9 January 2017",
        "Barnet": "No graded inspection is known",
        "Camden": "Outstanding, published 1 May 2022",
        "Haringey": "Good, published 1 March 2023",
    }
    assert [row[:2] for row in rows(text)] == [
        ("Barnet", "· No graded inspection is known"),
        ("Camden", "O Outstanding"),
        ("Haringey", "G Good"),
        ("Leeds", "I Inadequate"),
        ("Rutland", f"≠ Judged by other rules: {ESCAPED}"),
    ]


def test_two_sets_of_rules_are_never_on_one_map_and_the_other_has_a_map_of_its_own(client: Client) -> None:
    text = page(client, "/map/children/")
    assert "never shown on one map" in text
    assert 'href="/map/children/?edition=SIF"' in text
    assert "Inadequate (1)" in text
    other = titles(page(client, "/map/children/?edition=SIF"))
    assert other["Rutland"].startswith("Requires improvement")
    assert other["Haringey"].startswith("Judged by other rules")


def test_the_tiles_of_a_day_say_nothing_of_later(client: Client) -> None:
    text = page(client, "/map/children/?as-at=2020-06-01")
    assert titles(text)["Leeds"].startswith("Inadequate")
    assert titles(text)["Haringey"] == "No graded inspection is known"
    assert "Outstanding, published" not in text
    assert 'href="/areas/leeds/?as-at=2020-06-01"' in text


def test_a_tile_leads_to_its_council_and_is_reached_region_by_region_from_the_north(client: Client) -> None:
    text = page(client, "/map/children/")
    wide = text[text.index('id="map-children-wide-title"') : text.index('id="map-children-narrow-title"')]
    assert re.findall(r'<a href="(/areas/[^"]+)"', wide) == [
        f"/areas/{area}/" for area in ("leeds", "rutland", "barnet", "camden", "haringey")
    ]


def test_a_region_is_a_map_by_itself_with_its_own_counts(client: Client) -> None:
    text = page(client, "/map/children/?region=London")
    assert "have their newest grade under other rules" not in text
    assert "has its newest grade under other rules" not in text
    assert set(titles(text)) == {"Barnet", "Camden", "Haringey"}
    assert "Inadequate (0)" in text
    assert len(rows(text)) == 3


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name", ["Barnet", "Camden", "Haringey", "Leeds", "Rutland"]),
        ("grade", ["Camden", "Haringey", "Leeds", "Rutland", "Barnet"]),
        ("region", ["Leeds", "Rutland", "Barnet", "Camden", "Haringey"]),
        ("nonsense", ["Barnet", "Camden", "Haringey", "Leeds", "Rutland"]),
    ],
)
def test_the_table_is_in_the_order_asked_for(client: Client, order: str, names: list[str]) -> None:
    assert [row[0] for row in rows(page(client, f"/map/children/?order={order}"))] == names


def test_forces_have_tiles_of_their_own(client: Client) -> None:
    text = page(client, "/map/police/")
    assert titles(text) == {"West Yorkshire": "Good, published 2 May 2019"}
    assert 'href="/bodies/west-yorkshire-police/"' in text
    assert "Haringey" not in titles(text)


def test_a_service_that_nobody_is_known_to_provide_says_so_and_is_not_ungraded(client: Client) -> None:
    text = page(client, "/map/probation/")
    assert set(titles(text).values()) == {"Who provides it here is not in the record"}


def test_figures_are_in_classes_with_their_limits_and_who_has_none_says_why(client: Client) -> None:
    text = page(client, "/map/late-reviews/")
    assert titles(text) == {
        "Leeds": "30.5%",
        "Rutland": "not published: the number is too small",
        "Barnet": "not published for this area",
        "Camden": "10%",
        "Haringey": "4%",
    }
    assert "Less is better. The darker a tile, the worse." in text
    assert "Class 1 of 3: 4% (1)" in text
    assert "Class 3 of 3: 30.5% (1)" in text
    assert "England: 12%" in text
    assert [row[0] for row in rows(page(client, "/map/late-reviews/?order=grade"))][:3] == [
        "Haringey", "Camden", "Leeds",
    ]  # fmt: skip


def test_a_count_is_told_to_be_one_and_has_no_best(client: Client) -> None:
    text = page(client, "/map/children-seen/")
    assert "The largest number is no rank" in text
    assert "Best" not in text
    assert "the worse" not in text


def test_every_figure_on_the_table_leads_to_its_row(client: Client) -> None:
    text = page(client, "/map/late-reviews/")
    links = re.findall(r'href="(/releases/dfe_lait/[^"]+/rows/\d+/[^"]*)"', text)
    assert len(links) == 4
    for link in links:
        page(client, link.replace("&amp;", "&"))


def test_another_period_may_be_asked_for_and_one_without_figures_is_said(client: Client) -> None:
    assert titles(page(client, "/map/late-reviews/?period=2023"))["Haringey"] == "9%"
    text = page(client, "/map/late-reviews/?period=1999")
    assert "There are no figures for “1999”: these are for 2024." in text


def test_there_is_no_map_of_statistics_as_at_another_day(client: Client) -> None:
    text = page(client, "/map/late-reviews/?as-at=2020-01-01")
    assert "no map of them as at another day" in text
    assert "This page shows what had been published by that day" not in text


def test_what_has_no_map_is_answered_with_those_that_have(client: Client) -> None:
    text = page(client, "/map/no-such-thing/", status=404)
    assert "There is no map of “no-such-thing”" in text
    assert 'href="/map/police/"' in text
    assert 'href="/map/late-reviews/"' in text
    assert client.get("/map/no-such-thing.csv").status_code == 404
    assert 'href="/map/late-reviews/"' in page(client, "/map/list/")


def test_the_form_leads_to_the_address_of_what_was_chosen(client: Client) -> None:
    asked = "what=late-reviews&period=2023&region=London&as-at=&other=x"
    answer = client.get(f"/map/?from=late-reviews&{asked}")
    assert answer.status_code == 302
    assert answer["Location"] == "/map/late-reviews/?period=2023&region=London"
    # Another map's period is not this one's.
    assert client.get(f"/map/?from=children&{asked}")["Location"] == "/map/late-reviews/?region=London"
    assert client.get("/map/?what=//elsewhere.example/")["Location"].startswith("/map/")


def test_the_form_offers_every_service_and_of_the_statistics_those_that_pages_begin_with(
    client: Client,
) -> None:
    text = page(client, "/map/late-reviews/")
    offered = re.findall(r'<option value="([a-z-]+)"', text[: text.index("</form>")])
    assert {"children", "police", "late-reviews"} <= set(offered)
    assert "children-seen" not in offered
    assert 'href="/map/list/"' in text


def test_the_file_has_each_line_with_the_rules_it_was_judged_by(client: Client) -> None:
    text = client.get("/map/children.csv").content.decode()
    lines = {line["area"]: line for line in csv.DictReader(io.StringIO(text))}
    assert lines["haringey"]["grade"] == "good"
    assert lines["haringey"]["framework"] == "ILACS"
    assert (lines["rutland"]["grade"], lines["rutland"]["framework"]) == ("", "SIF")
    assert lines["barnet"]["words"] == "No graded inspection is known"
    answer = client.get("/map/children.csv?region=London")
    london = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {line["region"] for line in london} == {"London"}
    assert len(london) < len(lines)
    assert "-london.csv" in answer["Content-Disposition"]
    text = client.get("/map/late-reviews.csv").content.decode()
    figures = {line["area"]: line for line in csv.DictReader(io.StringIO(text))}
    assert figures["leeds"]["value"] == "30.5"
    assert (figures["rutland"]["value"], figures["rutland"]["words"]) == (
        "",
        "not published: the number is too small",
    )


def test_without_boundaries_in_the_record_the_tiles_are_shown_and_that_is_said(client: Client) -> None:
    text = page(client, "/map/children/?shape=boundaries")
    assert "The boundaries of these places are not in the record" in text
    assert titles(text)["Haringey"].startswith("Good")


def test_a_map_is_few_questions(client: Client, django_assert_max_num_queries: object) -> None:
    for path in ("/map/children/", "/map/late-reviews/", "/map/police/"):
        client.get(path)
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            client.get(path)


# --- Whose body is no council --------------------------------------------------------------------------------


def probation(body_id: str, name: str, kind: str, *serves: str) -> BodyRecord:
    return BodyRecord(
        body_id=body_id,
        name=name,
        kind=kind,
        serves=tuple(AreaRef(area_id=each) for each in serves),
        address=Address(row=4),
    )


@pytest.fixture
def units() -> None:
    def judged(name: str, kind: str, grade: str, row: int) -> InspectionRecord:
        return inspected(
            name, "probation", grade, dt.date(2023, 2, 1), row, kind=kind, publisher="hmi-probation"
        )

    actions.publish_release(
        release(source="hmi_probation", publisher="hmi-probation"),
        [
            probation("pdu-north", "North Unit", "probation_unit", "haringey", "barnet"),
            probation("pdu-camden", "Camden Unit", "probation_unit", "camden"),
            probation("london", "London Probation", "probation_region", "haringey", "barnet", "camden"),
            judged("North Unit", "probation_unit", "inadequate", 51),
            probation("yorkshire", "Yorkshire Probation", "probation_region", "leeds"),
            judged("London Probation", "probation_region", "good", 52),
        ],
    )


@pytest.mark.usefixtures("units")
def test_each_council_shows_the_unit_that_serves_it_and_says_so(client: Client) -> None:
    text = page(client, "/map/probation/")
    said = titles(text)
    assert said["Haringey"] == said["Barnet"] == "Inadequate, North Unit, published 1 February 2023"
    assert said["Camden"] == "No graded inspection is known, served by Camden Unit"
    assert (
        said["Leeds"] == "No graded inspection is known"
    )  # of a unit: none is in the record, and a region is
    assert said["Rutland"] == "Who provides it here is not in the record"
    assert "the grades on these 2 tiles are of 1" in text
    assert ("Camden", "· No graded inspection is known", "Served by Camden Unit", "London") in rows(text)
    lines = csv.DictReader(io.StringIO(client.get("/map/probation.csv").content.decode()))
    assert {line["area"]: line["served_by"] for line in lines}["barnet"] == "North Unit"


@pytest.mark.usefixtures("units")
def test_regions_have_a_map_of_their_own_for_their_grades_are_of_something_else(client: Client) -> None:
    text = page(client, "/map/probation/")
    assert "Good, London Probation" not in text
    assert 'href="/map/probation/?tier=regions"' in text
    other = page(client, "/map/probation/?tier=regions")
    assert titles(other)["Camden"] == "Good, London Probation, published 1 February 2023"
    assert "North Unit" not in other
    assert "Probation: overall grade, by region" in other


def test_the_police_of_each_council_is_a_map_too(client: Client) -> None:
    assert "No council is judged here" in page(client, "/map/police/")
    text = page(client, "/map/police/?tier=upper")
    assert titles(text)["Leeds"] == "Good, West Yorkshire Police, published 2 May 2019"
    assert titles(text)["Haringey"] == "Who provides it here is not in the record"
    assert 'href="/map/police/?tier=police' in text


def test_what_is_on_no_map_is_told_with_the_reason_and_its_review(client: Client) -> None:
    text = page(client, "/map/list/")
    assert "serves none of them, so no area has a grade to show" in text
    for href in re.findall(r'href="(/review/annual/\?[^"]+)"', text):
        assert client.get(href.replace("&amp;", "&")).status_code == 200


# --- The way on, and the picture elsewhere -------------------------------------------------------------------


def test_a_map_of_grades_and_the_review_of_them_lead_to_each_other(client: Client) -> None:
    text = page(client, "/map/police/?region=Yorkshire+and+The+Humber&as-at=2020-06-01")
    review = "/review/annual/?service=police&amp;region=Yorkshire+and+The+Humber&amp;as-at=2020-06-01"
    assert f'href="{review}"' in text
    there = client.get(review.replace("&amp;", "&")).content.decode()
    back = re.findall(r'href="([^"]+)">The same grades on a map', there)[0].replace("&amp;", "&")
    assert client.get(back).status_code == 200
    assert "region=Yorkshire" in back
    assert "as-at=2020-06-01" in back


def test_a_map_of_figures_and_the_measure_lead_to_each_other(client: Client) -> None:
    assert 'href="/measures/late-reviews/"' in page(client, "/map/late-reviews/")
    assert 'href="/map/late-reviews/?period=2024"' in page(client, "/measures/late-reviews/")


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("/map/children/", "/charts/map/children.svg"),
        ("/map/children/?region=London&order=grade", "/charts/map/children.svg?region=London"),
        (
            "/map/children/?edition=SIF&as-at=2020-06-01",
            "/charts/map/children.svg?edition=SIF&as-at=2020-06-01",
        ),
        ("/map/police/?tier=upper", "/charts/map/police.svg?tier=upper"),
        ("/map/late-reviews/?period=2023", "/charts/map/late-reviews.svg?period=2023"),
        ("/map/children/?shape=boundaries", "/charts/map/children.svg?shape=boundaries"),
    ],
)
def test_the_picture_that_is_shared_is_the_one_on_the_page(client: Client, path: str, picture: str) -> None:
    text = page(client, path)
    assert f'href="{picture.replace("&", "&amp;")}" download' in text
    file = page(client, picture)
    words = set(titles(text).values())
    alone = {
        said.partition(": ")[2]
        for said in re.findall(r"<title>([^<]+: [^<]+)</title>", file.partition("<g")[2])
    }
    assert words == alone or words <= alone
    told = client.get("/oembed", {"url": f"http://testserver{path}"}).json()
    assert told["thumbnail_url"].removeprefix("http://testserver").startswith(picture.replace(".svg", ".png"))
    assert client.get(told["thumbnail_url"]).status_code == 200
    framed = re.findall(r'src="http://testserver([^"]+)"', told["html"])[0].replace("&amp;", "&")
    assert client.get(framed).status_code == 200
    assert told["title"].replace("’", "") in text.replace("’", "")


def test_a_region_alone_is_alone_in_its_file(client: Client) -> None:
    file = page(client, "/charts/map/children.svg?region=London")
    assert "Haringey" in file
    assert "Leeds" not in file
    lines = csv.DictReader(io.StringIO(page(client, "/charts/map/children.csv?region=London")))
    assert {line["region"] for line in lines} == {"London"}
