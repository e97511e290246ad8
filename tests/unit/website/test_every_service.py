"""Services besides children's on the pages: whose each is, how old, and the row that each number stands in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.records import (
    Address,
    AreaRef,
    BodyRecord,
    BodyRef,
    InspectionRecord,
    JudgementRecord,
    MeasureRecord,
    ValueRecord,
)
from oneplace.website.figures import shown
from oneplace.website.services import services
from tests.unit.evidence.making import areas, register, release

pytestmark = pytest.mark.django_db

FORCE = BodyRecord(
    body_id="timber-police",
    name="Timber Police",
    kind="police_force",
    serves=(AreaRef(area_id="alder"), AreaRef(area_id="birch")),
    address=Address(row=3),
)
PARTNERSHIP = BodyRecord(
    body_id="csp-1",
    name="Alder and Birch Community Safety Partnership",
    kind="community_safety_partnership",
    serves=(AreaRef(area_id="alder"), AreaRef(area_id="birch")),
    codes=(("gss", "E22000999"),),
    address=Address(row=4),
)
HOME = BodyRecord(
    body_id="urn-77",
    name="Children's home in Alder",
    kind="social_care_provider",
    stands_in=AreaRef(area_id="alder"),
    details=(("Places", "4"),),
    address=Address(row=9),
)
PEEL = InspectionRecord(
    publisher="hmicfrs",
    framework="PEEL",
    body=BodyRef(kind="police_force", name="Timber Police"),
    inspection_start=dt.date(2019, 2, 1),
    inspection_end=dt.date(2019, 2, 28),
    published=dt.date(2019, 5, 2),
    published_source="list",
    judgements=(
        JudgementRecord(
            question="Effectiveness",
            question_key="effectiveness",
            grade_printed="good",
            grade="good",
            address=Address(row=44),
        ),
    ),
    address=Address(row=44),
)
RATE = MeasureRecord(
    key="waste-recycling-rate",
    title="Household waste recycled",
    service="waste",
    unit="percent",
    polarity="high",
    definition="The share of household waste that is recycled.",
)


def value(area: str, year: int, number: float | None, marker: str = "", row: int = 5) -> ValueRecord:
    printed = "[x]" if number is None else f"{number}"
    code = (
        next(each.gss_codes[0] for each in areas() if each.area_id == area)
        if area != "england"
        else "E92000001"
    )
    return ValueRecord(
        "waste-recycling-rate", "gss", code, str(year), dt.date(year, 12, 31), number, marker, printed, "Table_3", row,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs"), [FORCE, HOME, PEEL])
    figures = [
        value("alder", 2021, 30.5, row=5),
        value("alder", 2022, None, "suppressed", row=6),
        value("alder", 2023, 33.25, row=7),
        value("england", 2023, 44.0, row=8),
        value("birch", 2023, 61.0, row=9),
    ]
    actions.publish_release(
        release(source="defra_waste", publisher="defra", content="waste"), [RATE, *figures]
    )


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_of_two_tables_of_one_number_the_one_that_goes_further_is_shown(client: Client) -> None:
    assert "33.25%" in page(client, "/areas/alder/waste/")
    other = replace(RATE, key="recycling-rate-tidy", title="Recycled, in one table of four nations")
    figures = [value("alder", 2024, 35.5)._replace(measure=other.key)]
    figures.append(value("birch", 2023, 61.0)._replace(measure=other.key))
    actions.publish_release(
        release(source="defra_recycling", publisher="defra", content="four"), [other, *figures]
    )
    alder = page(client, "/areas/alder/waste/")
    assert "35.5%" in alder
    assert "33.25%" not in alder
    birch = page(client, "/areas/birch/waste/")
    assert "/measures/waste-recycling-rate/" in birch
    assert "/measures/recycling-rate-tidy/" not in birch


def test_what_is_still_counted_by_a_former_councils_area_stands_with_its_successor(client: Client) -> None:
    crimes = replace(
        RATE, key="crime-total", title="Recorded crime", service="police", unit="count", polarity="none"
    )
    fallen = replace(crimes, key="crime-burglary", title="Burglary")
    figures = [
        value("cumbria", 2024, 6405)._replace(measure=crimes.key),
        # Of a year in which the council was still there: no figure of its successors'.
        value("cumbria", 2022, 187)._replace(measure=fallen.key),
    ]
    actions.publish_release(
        release(source="police_crime", publisher="ons", content="crime"), [crimes, fallen, *figures]
    )
    for path in ("/areas/cumberland/", "/areas/cumberland/police/"):
        text = re.sub(r"<[^>]+>|\s+", " ", page(client, path))
        assert re.search(r"counted by the areas of the councils before this one\s+Cumbria\s+6,405", text)
        assert "187" not in text
    # In the few lines that stand for the whole council there is no number of a part.
    glance = page(client, "/areas/cumberland/").partition('id="service-police"')[0]
    assert "6,405" not in glance


def test_the_empty_cells_after_a_council_s_end_do_not_hide_its_last_figure(client: Client) -> None:
    figures = [value("cumbria", 2022, 50.5), value("cumbria", 2024, None, "not_available", row=6)]
    actions.publish_release(
        release("late", source="defra_waste", publisher="defra", content="late"), [RATE, *figures]
    )
    text = page(client, "/areas/cumbria/waste/")
    assert "50.5%" in text
    assert "not available" not in text
    alder = [value("alder", 2024, None, "not_available", row=8)]
    actions.publish_release(
        release("later", source="defra_waste", publisher="defra", content="later"), [RATE, *alder]
    )
    assert "not available" in page(client, "/areas/alder/waste/"), "of a council that goes on it is said"


def test_a_partnership_of_several_councils_has_its_figures_on_its_page_and_on_theirs(client: Client) -> None:
    crimes = replace(
        RATE, key="crime-total", title="Recorded crime", service="police", unit="count", polarity="none"
    )
    joint = value("alder", 2024, 22451)._replace(measure=crimes.key, area="E22000999")
    actions.publish_release(
        release(source="oneplace_bodies", publisher="oneplace", content="bodies"), [PARTNERSHIP]
    )
    actions.publish_release(release(source="police_crime", publisher="ons", content="crime"), [crimes, joint])
    own = re.sub(r"<[^>]+>|\s+", " ", page(client, "/bodies/csp-1/"))
    assert "No inspectorate grades a community safety partnership." in own
    assert re.search(r"Police: statistics.*Recorded crime.*22,451", own)
    assert "22,451" not in page(client, "/bodies/csp-1/?as-at=2025-01-01")
    for area in ("alder", "birch"):
        text = re.sub(r"<[^>]+>|\s+", " ", page(client, f"/areas/{area}/police/"))
        assert re.search(r"Community Safety Partnership: the figure for all its area\s+22,451", text)


def test_every_service_that_a_framework_may_be_of_has_a_place_on_the_page() -> None:
    assert len({service.key for service in services()}) == len(services())


def test_a_force_s_grades_are_on_the_page_of_each_council_that_it_serves(client: Client) -> None:
    for area in ("alder", "birch"):
        text = page(client, f"/areas/{area}/")
        assert "Timber Police" in text
        assert "Effectiveness" in text
    assert "Timber Police" not in page(client, "/areas/cumberland/")


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        (("good",), "Effectiveness: “Good”"),
        (("good", "good"), "two questions, both “Good”, with no overall grade"),
        (("good", "good", "good"), "three questions, all “Good”, with no overall grade"),
        (
            ("good", "inadequate", "good"),
            "of three questions, two “Good” and one “Inadequate”, with no overall grade",
        ),
    ],
)
def test_grades_without_one_for_the_whole_are_counted_in_a_sentence(
    client: Client, grades: tuple[str, ...], told: str
) -> None:
    questions = ("effectiveness", "efficiency", "legitimacy")
    judgements = tuple(
        replace(
            PEEL.judgements[0],
            question=key.capitalize(),
            question_key=key,
            grade_printed=grade,
            grade=grade,
            address=Address(row=row),
        )
        for row, (key, grade) in enumerate(zip(questions, grades, strict=False), 70)
    )
    newer = replace(
        PEEL,
        inspection_start=dt.date(2019, 7, 1),
        inspection_end=dt.date(2019, 7, 31),
        published=dt.date(2019, 9, 27),
        judgements=judgements,
    )
    actions.publish_release(
        release("2", source="hmicfrs_peel", publisher="hmicfrs", content="b"), [FORCE, newer]
    )
    text = re.sub(r"\s+", " ", page(client, "/areas/alder/story/?service=police"))
    assert told in text
    assert all(f"row {row}" in text for row in range(70, 70 + len(grades))), "each grade's own row is cited"


def test_a_notice_is_told_with_its_reason_and_as_no_grade(client: Client) -> None:
    notice = InspectionRecord(
        publisher="councils",
        framework="section-114",
        body=BodyRef(name="Alder"),
        published=dt.date(2023, 11, 29),
        published_source="list",
        judgements=(
            JudgementRecord(
                question="Notice",
                question_key="notice",
                grade_printed="Issued",
                grade="issued",
                subject="Unlawful HRA diversion",
                address=Address(row=6),
            ),
        ),
        address=Address(row=6),
    )
    actions.publish_release(release(source="councils_section_114", publisher="councils"), [notice])
    text = re.sub(r"\s+", " ", page(client, "/areas/alder/story/?service=money"))
    assert "warning about a council&#39;s money (section 114 notice), published 29 November 2023" in text
    assert "The reason: unlawful HRA diversion." in text
    assert "no overall grade" not in text
    own = page(client, "/areas/alder/money/")
    assert "Every notice" in own
    assert "none of Alder is held here" not in own
    assert "how each question was judged" not in own  # a notice answers no question
    notice_page = page(client, "/inspections/councils/alder/2023-11-29-section-114/")
    for missing in ("Findings", "What must improve", "<dt>Inspected</dt>"):
        assert missing not in notice_page
    others = re.sub(r"\s+", " ", page(client, "/areas/birch/money/"))
    assert "none of Birch is held here. The record holds 1 such notice of all councils, of 2023." in others
    assert "none of Birch" not in page(client, "/areas/birch/money/?as-at=2020-01-01")  # nor of anybody


def test_a_force_s_grades_never_stand_among_the_children_s(client: Client) -> None:
    _, _, sections = page(client, "/areas/alder/").partition('id="service-children"')
    children, _, others = sections.partition('id="service-police"')
    assert "Effectiveness" not in children
    assert "Effectiveness" in others
    assert "Effectiveness" not in page(client, "/areas/alder/children/")
    assert "Effectiveness" in page(client, "/areas/alder/police/")


def test_the_first_page_tells_a_service_without_a_grade_for_the_whole_question_by_question(
    client: Client,
) -> None:
    page = client.get("/").content.decode()
    (listed,) = re.findall(r'<ul class="glance-questions" aria-label="Police: .*?</ul>', page, re.DOTALL)
    assert "Effectiveness" in listed
    assert 'class="tally"' in listed
    assert "1 good" in listed


def test_a_page_of_an_earlier_day_has_no_grade_given_later_and_no_statistics(client: Client) -> None:
    text = page(client, "/areas/alder/?as-at=2018-01-01")
    assert "Effectiveness" not in text
    assert "33.25" not in text


def test_the_age_of_a_rating_is_told(client: Client) -> None:
    assert "Inspected one year and ten months ago." in page(client, "/bodies/timber-police/?as-at=2021-01-01")


def test_every_number_leads_to_the_row_that_it_stands_in(client: Client) -> None:
    text = page(client, "/areas/alder/")
    links = re.findall(r'href="(/releases/[^"]+/rows/\d+/[^"]*)"', text)
    figure = next(link for link in links if "/rows/7/" in link)
    row = page(client, figure.replace("&amp;", "&"))
    assert "33.25%" in row
    assert "Table_3" in row
    grade = next(link for link in links if "/rows/44/" in link)
    assert "Effectiveness" in page(client, grade)


def test_a_row_of_which_nothing_was_taken_is_no_page(client: Client) -> None:
    path = re.findall(r'href="(/releases/[^"]+/rows/)7/', page(client, "/areas/alder/"))[0]
    assert "took nothing from that row" in page(client, f"{path}999/", 404)


def test_what_is_not_published_says_so_and_is_no_nought(client: Client) -> None:
    text = page(client, "/measures/waste-recycling-rate/?period=2022")
    assert "not published: the number is too small" in text
    assert not re.search(r">\s*0(\.0)?%", text)


def test_england_stands_beside_a_rate(client: Client) -> None:
    assert "England 44%" in page(client, "/areas/alder/")


def test_a_measure_as_a_file_has_the_address_of_each_figure(client: Client) -> None:
    answer = client.get("/measures/waste-recycling-rate.csv")
    rows = {row["area"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert (rows["alder"]["value"], rows["alder"]["sheet"], rows["alder"]["row"]) == ("33.25", "Table_3", "7")
    assert rows["alder"]["release"].startswith("defra_waste/")
    code = next(each.gss_codes[0] for each in areas() if each.area_id == "alder")
    assert (rows["alder"]["gss_code"], rows["alder"]["unit"], rows["alder"]["good"]) == (
        code,
        "percent",
        "more",
    )
    every = client.get("/measures/waste-recycling-rate.csv?period=all").content.decode()
    periods = {row["period"] for row in csv.DictReader(io.StringIO(every))}
    assert len(periods) > 1
    assert rows["alder"]["period"] in periods


def test_a_measure_may_be_read_from_the_best_down(client: Client) -> None:
    text = page(client, "/measures/waste-recycling-rate/?order=figure")
    assert "the best first" in text
    shown_numbers = [
        float(number)
        for who, number in re.findall(r'<th scope="row"[^>]*>([^<]*)</th><td[^>]*>([\d.]+)%', text)
        if who != "England"
    ]
    assert len(shown_numbers) > 1
    assert shown_numbers == sorted(shown_numbers, reverse=True)
    page(client, "/measures/waste-recycling-rate/?order=magic", 404)


def test_a_day_in_the_past_is_not_passed_over_in_silence(client: Client) -> None:
    assert "is not known" not in page(client, "/measures/waste-recycling-rate/")
    told = page(client, "/measures/waste-recycling-rate/?as-at=2018-12-20")
    assert "what this table said on 20 December 2018 is not known" in told


def test_england_s_figure_that_no_average_of_its_areas_could_be_is_told_as_that(client: Client) -> None:
    assert "no other page compares with it" not in page(client, "/measures/waste-recycling-rate/")
    figures = [
        value("alder", 2025, 30.0),
        value("birch", 2025, 40.0),
        value("england", 2025, 350.0, row=99),
    ]
    edition = release(source="defra_waste", publisher="defra", content="astray")
    list(actions.publish_many([(edition, [RATE, *figures])], insists=True))
    assert "no other page compares with it" in page(client, "/measures/waste-recycling-rate/")
    assert "350" not in page(client, "/areas/alder/")
    assert "England: 350" not in page(client, "/map/waste-recycling-rate/")


def test_a_cell_of_a_file_is_no_formula(client: Client) -> None:
    evil = value("alder", 2024, None, "not_available")._replace(printed="=1+1")
    evil_file = release(source="defra_waste", publisher="defra", content="evil")
    list(actions.publish_many([(evil_file, [RATE, evil])], insists=True))
    text = client.get("/measures/waste-recycling-rate.csv?period=2024").content.decode()
    assert "'=1+1" in text


def test_a_body_that_stands_in_an_area_is_counted_there_and_listed(client: Client) -> None:
    text = page(client, "/areas/alder/")
    assert "1 children&#39;s social care provider</a> stands in Alder" in text
    assert 'href="/areas/alder/bodies/social-care-provider/"' in text
    listed = page(client, "/areas/alder/bodies/social-care-provider/")
    assert 'href="/bodies/urn-77/"' in listed
    assert "Not graded in the record" in listed
    home = page(client, "/bodies/urn-77/")
    assert "<dt>Places</dt><dd>4</dd>" in home
    assert "holds no inspection of it" in home


def test_a_council_s_body_is_its_area_s_page(client: Client) -> None:
    assert client.get("/bodies/alder/").headers["Location"] == "/areas/alder/"
    page(client, "/bodies/nobody/", 404)


def test_a_first_load_is_no_news_and_a_new_grade_is(client: Client) -> None:
    assert "Nothing yet" in page(client, "/changes/")
    later = InspectionRecord(
        publisher="hmicfrs",
        framework="PEEL",
        body=BodyRef(kind="police_force", name="Timber Police"),
        inspection_start=dt.date(2019, 11, 1),
        published=dt.date(2020, 1, 5),
        published_source="list",
        judgements=(
            JudgementRecord(
                question="Effectiveness",
                question_key="effectiveness",
                grade_printed="inadequate",
                grade="inadequate",
            ),
        ),
    )
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs", content="b"), [PEEL, later])
    text = page(client, "/changes/")
    assert "Timber Police: from good to inadequate (worse)" in text
    assert "Timber Police" in page(client, "/changes/?area=birch")
    assert "Timber Police" not in page(client, "/changes/?area=cumberland")
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs", content="c"), [later])
    text = page(client, "/changes/")
    assert "No longer listed" in text
    assert "Timber Police: an inspection that the newer edition of" in text
    assert "leaves out (hmicfrs/timber-police/2019-05-02-peel)" in text
    assert "took it back" not in text


@pytest.mark.parametrize(
    ("number", "unit", "decimals", "marker", "words"),
    [
        (12.345, "percent", 1, "", "12.3%"),
        (7.0, "percent", None, "", "7%"),
        (7.25, "per_10000", None, "", "7.25 per 10,000"),
        (1204.0, "pounds", 0, "", "£1,204"),
        (None, "percent", 1, "suppressed", "not published: the number is too small"),
        (None, "percent", 1, "", "no figure"),
    ],
)
def test_a_figure_reads_as_people_write_it(
    number: float | None, unit: str, decimals: int | None, marker: str, words: str
) -> None:
    assert shown(number, unit, decimals, marker) == words


def test_a_day_that_no_page_gives_is_never_shown(client: Client) -> None:
    """Known to the month: what the record keeps is the month's last day."""
    monthly = InspectionRecord(
        publisher="hmicfrs",
        framework="PEEL",
        body=BodyRef(kind="police_force", name="Timber Police"),
        published=dt.date(2023, 3, 31),
        published_source="list",
        date_precision="month",
        judgements=(
            JudgementRecord(
                question="Investigating crime",
                question_key="investigating_crime",
                grade_printed="good",
                grade="good",
                address=Address(row=45),
            ),
        ),
        address=Address(row=45),
    )
    actions.publish_release(release(source="hmicfrs_peel", publisher="hmicfrs", content="m"), [PEEL, monthly])
    areas_page = page(client, "/areas/alder/")
    paths = {*re.findall(r'href="(/(?:inspections|releases)/[^"]+)"', areas_page), "/bodies/timber-police/"}
    assert any("2023-03" in path for path in paths)
    for path in ("/areas/alder/", *paths):
        text = page(client, path.replace("&amp;", "&"))
        assert "31 March 2023" not in text, path
    assert "in March 2023" in areas_page
    (before,) = {path for path in paths if "timber-police/2019-05-02" in path}
    older = page(client, before)
    assert "in March 2023" in older
