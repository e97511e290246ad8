"""What the pages of the flags say: the rule, the evidence with its row, the history, and 2009 as what it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oneplace.evidence import actions
from oneplace.evidence.queries import flag_rules
from oneplace.places.actions import load_bodies
from oneplace.records import (
    Address,
    AreaRef,
    BodyRecord,
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
)
from tests.unit.evidence.making import inspection, register, release, report

pytestmark = pytest.mark.django_db

FORCE = BodyRecord(
    body_id="timber-police",
    name="Timber Police",
    kind="police_force",
    serves=(AreaRef(area_id="alder"), AreaRef(area_id="birch")),
    address=Address(row=3),
)


def answer(key: str, grade: str, row: int, subject: str = "") -> JudgementRecord:
    return JudgementRecord(
        question=key.capitalize(), question_key=key, grade_printed=grade, grade=grade, subject=subject,
        address=Address(row=row),
    )  # fmt: skip


PEEL = InspectionRecord(
    publisher="hmicfrs",
    framework="PEEL",
    body=BodyRef(kind="police_force", name="Timber Police"),
    inspection_start=dt.date(2019, 2, 1),
    inspection_end=dt.date(2019, 2, 28),
    published=dt.date(2019, 5, 2),
    published_source="list",
    judgements=(answer("efficiency", "inadequate", 44),),
    address=Address(row=44),
)
CAA = InspectionRecord(
    publisher="audit-commission",
    framework="CAA",
    body=BodyRef(name="Alder"),
    title="Flags",
    published=dt.date(2009, 12, 9),
    published_source="list",
    judgements=(answer("flag", "red_flag", 7, "housing"),),
    findings=(
        FindingRecord(
            ordinal=1, section="Two red flags in total (https://example.org/)", address=Address(row=8)
        ),
    ),
    address=Address(row=7),
)


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()
    load_bodies([FORCE], "bodies/1")
    actions.publish_release(report("a.pdf"), [inspection(grade="inadequate")])
    actions.publish_release(release(source="hmicfrs_peel"), [PEEL])
    actions.publish_release(release(source="audit_commission_caa"), [CAA])


def text(client: Client, path: str) -> str:
    found = client.get(path)
    assert found.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.content.decode()))


def test_an_area_shows_its_flags_with_whose_they_are_the_rule_and_the_row(client: Client) -> None:
    page = client.get("/areas/alder/flags/?as-at=2019-06-01").content.decode()
    assert "Red flag" in page
    assert "Timber Police" in page
    assert 'href="/releases/hmicfrs_peel/' in page
    assert "/rows/44/" in page
    assert 'href="/flags/rules/#police-inadequate"' in page
    words = text(client, "/areas/alder/flags/?as-at=2019-06-01")
    assert "Up then: 2 red flags and 0 green flags." in words
    assert "Efficiency : Inadequate" in words.replace("Efficiency:", "Efficiency :")


def test_a_day_before_tells_nothing_of_what_came_later(client: Client) -> None:
    words = text(client, "/areas/alder/flags/?as-at=2018-12-13")
    assert "No flag was up." in words
    assert "Inadequate" not in words
    assert "None that is known." in words


def test_what_came_down_stays_with_the_reason(client: Client) -> None:
    words = text(client, "/areas/alder/flags/")
    assert "No flag is up. That is no praise" in words
    assert "November 2023" in words
    assert "nothing newer raised it again" in words


def test_the_flags_of_2009_are_shown_as_theirs(client: Client) -> None:
    page = client.get("/areas/alder/flags/?as-at=2010-01-01").content.decode()
    words = text(client, "/areas/alder/flags/?as-at=2010-01-01")
    assert "Red flag Housing" in words
    assert "Two red flags in total" in words
    assert "They are theirs, by none of the rules here." in words
    assert "/rows/7/" in page
    assert "https://example.org" not in words
    assert "no flag that the inspectorates of 2009 gave Alder" in text(
        client, "/areas/alder/flags/?as-at=2009-12-08"
    )
    assert "no flag that the inspectorates of 2009 gave Birch" in text(client, "/areas/birch/flags/")


def test_a_flag_of_2009_stands_under_its_service_too(client: Client) -> None:
    housing = client.get("/areas/alder/housing/").content.decode()
    assert "from the inspectorates of 2009: Housing" in housing
    assert "row 7</a>" in housing
    assert "from the inspectorates of 2009" not in client.get("/areas/alder/children/").content.decode()
    assert "from the inspectorates of 2009" not in client.get("/areas/alder/").content.decode()
    assert "from the inspectorates of 2009" in client.get("/areas/alder/?as-at=2010-01-01").content.decode()
    assert (
        "from the inspectorates of 2009" not in client.get("/areas/alder/?as-at=2009-12-01").content.decode()
    )


@pytest.mark.parametrize("path", ["/areas/alder/", "/areas/alder/flags/", "/areas/alder/police/"])
def test_of_a_day_before_the_rules_each_page_says_that_a_flag_was_worked_out_afterwards(
    client: Client, path: str
) -> None:
    then = client.get(f"{path}?as-at=2019-06-01").content.decode().lower()
    assert "worked out afterwards" in then
    assert "worked out afterwards" not in client.get(path).content.decode().lower().partition("came down")[0]


def test_all_flags_of_a_day_can_be_chosen_and_the_choice_is_kept(client: Client) -> None:
    words = text(client, "/flags/?as-at=2019-06-01")
    assert "2 red flags and 0 green flags were up" in words
    assert "Timber Police" in words
    chosen = client.get(
        "/flags/?as-at=2019-06-01&colour=red&service=police&region=North+West"
    ).content.decode()
    assert "Timber Police" in chosen
    assert "Children’s services were given the lowest grade" not in chosen
    assert "/flags.csv?colour=red&amp;service=police&amp;region=North+West&amp;as-at=2019-06-01" in chosen
    assert "No flag was up among those asked for." in text(client, "/flags/?as-at=2019-06-01&colour=green")
    assert "2 red flags" in text(client, "/flags/?as-at=2019-06-01&colour=blue&service=nothing")


def test_a_service_without_a_rule_says_that_and_not_that_all_is_well(client: Client) -> None:
    words = text(client, "/flags/?service=waste")
    assert "There is no rule for waste and recycling" in words
    assert "No flag is up" not in words


def test_what_went_up_before_the_rules_says_that_it_was_worked_out_afterwards(client: Client) -> None:
    assert "They were worked out afterwards, by rules of" in text(client, "/flags/?as-at=2019-06-01")


def test_the_file_has_a_line_for_each_piece_of_evidence(client: Client) -> None:
    content = client.get("/flags.csv?as-at=2019-06-01").content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["rule"], row["body"], row["areas"], row["inspection"], row["row"]) for row in rows] == [
        ("children-inadequate", "alder", "alder", "ofsted/alder/2018-12-14", ""),
        ("police-inadequate", "timber-police", "alder birch", "hmicfrs/timber-police/2019-05-02-peel", "44"),
    ]


def test_every_rule_is_published_with_its_words_version_and_review(client: Client) -> None:
    words = text(client, "/flags/rules/?as-at=2019-06-01")
    page = client.get("/flags/rules/").content.decode()
    for rule in flag_rules():
        assert f'id="{rule.key}"' in page
        for each in (rule.name, rule.threshold, rule.lowered, rule.why):
            assert each in words
    assert "1 flag" in words
    assert "None, as far as what is loaded tells" in words


def test_the_page_of_the_rules_says_who_wrote_them_and_how_to_object(client: Client) -> None:
    assert "The Oneplace project wrote these rules. Nobody outside it has checked them yet." in text(
        client, "/flags/rules/"
    )
    assert 'href="/about/mistake/?about=/flags/rules/"' in client.get("/flags/rules/").content.decode()


def test_the_colour_is_said_by_a_word_wherever_a_flag_stands(client: Client) -> None:
    for path in ("/flags/?as-at=2019-06-01", "/areas/alder/flags/?as-at=2019-06-01", "/flags/rules/"):
        page = client.get(path).content.decode()
        marks = re.findall(
            r'class="flag__mark flag__mark--(red|green)">.*?</svg> (\w+) flag', page, re.DOTALL
        )
        assert marks
        assert all(colour == word.casefold() for colour, word in marks)


def test_an_area_that_is_none_has_no_flags(client: Client) -> None:
    assert client.get("/areas/nowhere/flags/").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"), [("/flags/", 21), ("/areas/alder/flags/", 18), ("/flags/rules/", 2)]
)
def test_a_page_of_flags_asks_few_questions_however_many_flags_there_are(
    client: Client, path: str, most: int
) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= most, [each["sql"][:90] for each in asked]
