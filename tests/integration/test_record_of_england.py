"""The record that comes with Oneplace: two stories, and nothing told before its day."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from oneplace.cli import oneplace
from oneplace.evidence import queries
from oneplace.evidence.brief import UnknownArea, as_json, as_markdown, brief
from oneplace.evidence.pack import bundled_pack, load_pack
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places

# Without the mark no test database is made where this file is run by itself, and the tests meet the real one.
pytestmark = pytest.mark.django_db

DAY_2009, DAY_2018 = dt.date(2009, 12, 9), dt.date(2018, 12, 20)


@pytest.fixture(scope="module", autouse=True)
def record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The bundled pack, loaded once for all tests of this module."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with transaction.atomic():
                load_pack(bundled_pack())
                yield
                transaction.set_rollback(True)
        else:
            # Within a transaction a server reckons on empty tables, and searches them row by row. Nor does the
            # tests' own server count what is in them by itself.
            try:
                load_pack(bundled_pack())
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
                yield
            finally:
                call_command("flush", interactive=False, verbosity=0)


def facts(as_at: dt.date, section: str, area: str = "haringey") -> list[str]:
    found = brief(area, as_at).section(section)
    return [fact.text for fact in found.facts] if found else []


def test_december_2009_is_told_with_its_sources() -> None:
    told = brief("haringey", DAY_2009)
    assert facts(DAY_2009, "now")[0].startswith(
        "Haringey's services for children: “Performs poorly” overall."
    )
    among = " ".join(facts(DAY_2009, "among_others"))
    assert "152 authorities were responsible" in among
    assert "“Performs well”: 93 authorities" in among
    assert "“Performs adequately”: 40 authorities" in among
    assert (
        "“Performs poorly”: nine authorities: Birmingham, Cornwall, Doncaster, Essex, Haringey, Leeds, "
        "Rotherham, Warrington and Wokingham."
    ) in among
    assert (
        "Haringey: the only one of London's 33 authorities (32 London boroughs and the City of London) "
        "with “Performs poorly”."
    ) in among
    assert (
        "“Performs excellently”: ten authorities: Blackburn with Darwen, Camden, City of London, Kensington "
        "and Chelsea, Kingston upon Thames, Lewisham, Richmond upon Thames, Tower Hamlets, Wandsworth and York."
    ) in among
    assert (
        "London's authorities with “Performs excellently”: Camden, City of London, Kensington and Chelsea, "
        "Kingston upon Thames, Lewisham, Richmond upon Thames, Tower Hamlets and Wandsworth."
    ) in among
    assert "safeguarding children" in facts(DAY_2009, "findings")[0]
    assert facts(DAY_2009, "looks_back") == ["Progress since the last inspection: limited."]
    for key in ("now", "among_others", "findings", "looks_back"):
        section = told.section(key)
        assert section is not None
        assert all(fact.sources for fact in section.facts)


def test_december_2018_is_told_with_its_pages() -> None:
    now = facts(DAY_2018, "now")
    assert now[0].startswith("Haringey's services for children: “Requires improvement to be good” overall.")
    assert "published 14 December 2018" in now[0]
    assert now[1].startswith(
        "The overall grade of Haringey's services for children is “Requires improvement to be good” (published "
        "14 December 2018), the same as at the inspection before (published 18 July 2014, four years and four "
        "months earlier)."
    )
    improve = brief("haringey", DAY_2018).section("improve")
    assert improve is not None
    assert len(improve.facts) == 9
    assert {fact.sources[0].page for fact in improve.facts} == {2}
    assert "/inspections/ofsted/haringey/2018-12-14/#improve-5" in {fact.anchor for fact in improve.facts}
    assert "their places and not their words" in improve.absence


def test_what_is_not_held_is_said_and_not_left_out() -> None:
    held = " ".join(facts(DAY_2018, "not_held"))
    for what in ("council's plan", "Replies", "Other services"):
        assert what in held


def years(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<![0-9a-f/-])(20[0-3][0-9])(?![0-9a-f])", text)}


AREAS = st.sampled_from(
    ["haringey", "cumberland", "northamptonshire", "kent", "bournemouth", "city-of-london"]
)
DAYS = st.dates(dt.date(2009, 11, 1), dt.date(2026, 7, 1))
FEW = settings(
    # A server takes several times as long to answer.
    max_examples=40 if connection.vendor == "sqlite" else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FEW
@given(AREAS, DAYS)
def test_a_brief_never_tells_anything_later_than_its_date(area: str, day: dt.date) -> None:
    told = brief(area, day)
    text = as_markdown(told)
    assert not {year for year in years(text) if year > day.year}
    dates = [dt.datetime.strptime(found, "%d %B %Y").replace(tzinfo=dt.UTC).date() for found in re.findall(
        r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
        r" \d{4}", text)]  # fmt: skip
    assert all(each <= day for each in dates)
    anchors = re.findall(r"/inspections/\w+/[\w-]+?/(\d{4}-\d\d-\d\d)", as_json(told).decode())
    assert all(dt.date.fromisoformat(each) <= day + dt.timedelta(days=7) for each in anchors)


@FEW
@given(AREAS, DAYS)
def test_a_history_is_a_part_of_every_later_one(area: str, day: dt.date) -> None:
    then = [view.public_id for view in queries.history(area, day)]
    later = [view.public_id for view in queries.history(area, day + dt.timedelta(days=400))]
    assert set(then) <= set(later)
    for view in queries.history(area, day):
        assert view.published is None or view.published <= day
        for difference in view.differences:
            release = queries.release(difference.other_source.release_id)
            assert release is not None
            assert (release.published or release.retrieved_at.date()) <= day


def test_the_annual_review_of_december_2009_names_the_nine_and_the_ten() -> None:
    review = queries.annual_review(DAY_2009)
    lines = {line.area_id: line for line in review.authorities}
    assert len(lines) == 152
    counts = {each.grade: each for each in review.counts}
    assert {grade: each.count for grade, each in counts.items()} == {
        "performs_excellently": 10, "performs_well": 93, "performs_adequately": 40, "performs_poorly": 9,
    }  # fmt: skip
    assert sorted(lines[each].name for each in counts["performs_poorly"].named) == [
        "Birmingham", "Cornwall", "Doncaster", "Essex", "Haringey", "Leeds", "Rotherham", "Warrington", "Wokingham",
    ]  # fmt: skip
    assert [each for each in counts["performs_poorly"].named if lines[each].region == "London"] == [
        "haringey"
    ]
    best = {each for each in counts["performs_excellently"].named if lines[each].region == "London"}
    assert len(best) == 8


@FEW
@given(DAYS)
def test_the_annual_review_of_a_day_has_the_authorities_and_inspections_of_that_day(day: dt.date) -> None:
    review = queries.annual_review(day)
    assert len(review.authorities) in (150, 151, 152, 153)
    for line in review.authorities:
        for view in (line.current, line.previous):
            assert view is None or view.published is None or view.published <= day


@pytest.mark.shared
def test_the_record_has_every_inspection_of_the_checked_facts(shared: object) -> None:
    import csv

    from tests.conftest import SHARED

    with (SHARED / "reports/truth/all_inspections.csv").open(encoding="utf-8") as file:
        reports = list(csv.DictReader(file))
    slots = {each.slot for each in queries.releases("live") if each.source == "ofsted_reports"}
    assert {row["report"] for row in reports} == slots
    assert len(slots) == len(reports)


@pytest.mark.shared
def test_what_the_sectors_table_has_wrong_is_in_the_review_queue(shared: object) -> None:
    import csv

    from tests.conftest import SHARED

    with (SHARED / "reports/truth/peer_errors.csv").open(encoding="utf-8") as file:
        wrong = [row for row in csv.DictReader(file) if row["error_type"] == "wrong"]
    bodies = {row["local_authority"].replace(" ", "-") for row in wrong}
    differing = [item for item in queries.review_queue() if item.kind == "third_party_differs"]
    assert {(item.inspection or "").split("/")[1] for item in differing} == bodies
    assert len(differing) == len(wrong)


def test_what_the_sources_cannot_settle_is_in_the_review_queue_with_its_row() -> None:
    items = [item for item in queries.review_queue() if item.kind != "third_party_differs"]
    assert {item.kind for item in items} == {
        "grades_disagree", "date_implausible", "field_missing", "grade_unseen", "body_unknown",
    }  # fmt: skip
    assert all(source.address.row for item in items for source in item.sources)
    # The counties that ended in April 2009, before the register begins.
    unknown = {item.message.split("“")[1].split("”")[0] for item in items if item.kind == "body_unknown"}
    assert unknown == {"Bedfordshire", "Cheshire"}


def test_cumbrias_judgement_shows_on_cumberlands_page_as_cumbrias() -> None:
    history = queries.history("cumberland")
    assert [(view.public_id, view.body_id) for view in history] == [
        ("ofsted/cumberland/2025-09-09-area-send", "cumberland"),
        ("ofsted/cumberland/2024-11-26", "cumberland"),
        *((view.public_id, "cumbria") for view in history[2:]),
    ]
    assert "ofsted/cumbria/2022-11-15" in {view.public_id for view in history}
    assert queries.current("cumberland", dt.date(2024, 1, 1)) is None
    assert "which it took over from" in " ".join(facts(dt.date(2024, 1, 1), "history", "cumberland"))


def test_every_area_and_any_date_has_a_brief() -> None:
    for area in places.areas():
        told = brief(area.area_id, dt.date(2012, 6, 1))
        assert told.section("not_held") is not None
    early = brief("haringey", dt.date(2009, 12, 8))
    now = early.section("now")
    assert now is not None
    assert not now.facts
    assert "holds no graded inspection" in now.absence


def test_an_unknown_area_gets_suggestions() -> None:
    with pytest.raises(UnknownArea) as fault:
        brief("harringey", DAY_2018)
    assert "haringey" in [each.area_id for each in fault.value.suggestions]
    assert brief("Haringey", DAY_2018).area_id == "haringey"


def test_the_command_prints_and_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oneplace.commands.brief.open_record", lambda: None)
    run = CliRunner().invoke
    shown = run(oneplace, ["brief", "haringey", "--as-at", "2018-12-20"])
    assert (shown.exit_code, "14 December 2018" in shown.output) == (0, True)
    machine = run(oneplace, ["brief", "haringey", "--as-at", "2018-12-20", "--json"])
    assert json.loads(machine.output)["as_at"] == "2018-12-20"
    refused = run(oneplace, ["brief", "harringey"])
    assert refused.exit_code == 1
    assert "haringey" in refused.output


def test_six_inspectorates_and_the_statistics_of_the_same_places_are_in_what_comes_with_oneplace() -> None:
    publishers = {
        view.publisher
        for area in ("haringey", "bedford")
        for some in queries.serving(area).values()
        for view in some
    }
    assert {"ofsted", "cqc", "hmicfrs", "hmi-probation", "audit-commission"} <= publishers
    assert queries.in_area("bedford", "prison").counts
    figures = indicators.trends(
        ["haringey", "england"], ["lait-lac", "waste-recycling-rate", "workforce-turnover"]
    )
    assert {key for subject, key in figures if subject == "haringey"} == {
        "lait-lac", "waste-recycling-rate", "workforce-turnover",
    }  # fmt: skip
    assert ("england", "lait-lac") in figures


def test_every_figure_of_what_comes_with_oneplace_has_the_row_that_it_stands_in() -> None:
    for (_, _), series in indicators.trends(
        ["haringey"], [each.key for each in indicators.measures()]
    ).items():
        for value in series.values:
            assert value.row > 0
            assert value in indicators.in_row(value.release_id, value.row, value.sheet, value.measure)
            break


def test_a_force_never_stands_among_the_children_s_services_of_an_area() -> None:
    assert {view.service for view in queries.history("haringey")} == {"children"}
    assert {view.service for view in queries.recent(50)} == {"children"}
