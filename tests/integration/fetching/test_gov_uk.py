"""What GOV.UK publishes is found by its Content API: the newest edition, or how the page has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oneplace.commands.fetched_files import SourceFiles
from oneplace.sources import sources
from oneplace.sources.fetching import Fetched, NotFetched
from tests.integration.fetching.conftest import Time, make_client
from tests.integration.fetching.replay import Answer, Site

JSON = {"Content-Type": "application/json; charset=utf-8"}
ODS = {"Content-Type": "application/vnd.oasis.opendocument.spreadsheet", "ETag": '"1"'}
WORKBOOK = b"PK\x03\x04" + b"0" * 600 + b"PK\x05\x06" + b"\x00" * 18
CSV = {"Content-Type": "text/csv"}


def attachment(title: str, filename: str, folder: str = "a1") -> dict[str, Any]:
    return {
        "attachment_type": "file",
        "title": title,
        "filename": filename,
        "url": f"https://assets.publishing.service.gov.uk/media/{folder}/{filename}",
        "content_type": "text/csv",
    }


def put(site: Site, path: str, **said: Any) -> None:
    page = {
        "base_path": path,
        "document_type": "official_statistics",
        "title": "A page",
        "public_updated_at": "2025-09-25T08:30:00+00:00",
        **said,
    }
    site.answers[f"/api/content{path}"] = Answer(json.dumps(page).encode(), headers=JSON)


def file(site: Site, filename: str, body: bytes, headers: dict[str, str], folder: str = "a1") -> None:
    site.answers[f"/media/{folder}/{filename}"] = Answer(body, headers=headers)


def fetch(site: Site, source: str, folder: Path) -> list[Fetched | NotFetched]:
    hosts = ("https://www.gov.uk", "https://assets.publishing.service.gov.uk")
    with make_client(Time(), instead=dict.fromkeys(hosts, site.url)) as client:
        return list(sources()[source].fetch(client, SourceFiles(sources()[source], folder)))


def only(found: list[Fetched | NotFetched]) -> Fetched:
    (one,) = found
    assert isinstance(one, Fetched)
    return one


SCHOOLS = (
    "/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes"
)
STEM = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_"
TITLE = "Management information - state-funded schools - latest inspections as at "


@pytest.fixture
def schools(site: Site) -> Site:
    months = [("31 Dec 2025", "d"), ("31 August 2026", "b"), ("31 May 2026", "c"), ("30 September 2024", "e")]
    listed = [
        attachment(TITLE + day, STEM + day.replace(" ", "_") + ".csv", folder) for day, folder in months
    ]
    other = attachment("All inspections, year to 31 October 2026", "all_inspections_31_October_2026.csv")
    put(site, SCHOOLS, details={"attachments": [other, *listed, {"title": "A web page", "url": "/x"}]})
    file(site, STEM + "31_August_2026.csv", b"URN\n1\n", CSV, "b")
    return site


def test_the_newest_month_of_a_page_is_fetched(schools: Site, tmp_path: Path) -> None:
    fetched = only(fetch(schools, "ofsted_schools", tmp_path))
    assert fetched.path == tmp_path / f"{STEM}31_Aug_2026.csv"
    assert fetched.path.read_bytes() == b"URN\n1\n"
    assert fetched.url.endswith("/media/b/" + STEM + "31_August_2026.csv")
    assert fetched.published is not None
    assert fetched.published.isoformat() == "2025-09-25"
    assert sources()["ofsted_schools"].accepts(fetched.path)
    assert str(sources()["ofsted_schools"].as_at(fetched.path)) == "2026-08-31"


def test_a_page_without_the_file_says_what_it_has(site: Site, tmp_path: Path) -> None:
    put(site, SCHOOLS, details={"attachments": [attachment("Something else", "else.csv")]})
    with pytest.raises(NotFetched, match="“Something else”") as fault:
        fetch(site, "ofsted_schools", tmp_path)
    assert fault.value.where == f"https://www.gov.uk{SCHOOLS}"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<!DOCTYPE html><html>Sorry</html>", headers={"Content-Type": "text/html"}),
        Answer(b'{"errors": []}', headers=JSON),
        Answer(b"[]", headers=JSON),
        Answer(b'{"base_path": "/x", "details": {"attach', headers=JSON),
        Answer(b'{"base_path": "/x", "document_type": "gone"}', headers=JSON),
        Answer(b'{"base_path": "/x", "details": {"attachments": "none"}}', headers=JSON),
        Answer(b'{"base_path": "/x", "details": []}', headers=JSON),
        Answer(status=404),
    ],
    ids=["a web page", "other JSON", "a list", "cut off", "gone", "no list", "no details", "not found"],
)
def test_an_answer_that_describes_no_page_is_plainly_refused(
    site: Site, tmp_path: Path, answer: Answer
) -> None:
    site.answers[f"/api/content{SCHOOLS}"] = answer
    with pytest.raises(NotFetched):
        fetch(site, "ofsted_schools", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../escape as at 31 May 2026.csv", ".hidden.csv", "a/b.csv"])
def test_no_file_name_leads_out_of_the_folder(site: Site, tmp_path: Path, name: str) -> None:
    put(site, SCHOOLS, details={"attachments": [attachment(TITLE + "31 May 2026", name)]})
    with pytest.raises(NotFetched):
        fetch(site, "ofsted_schools", tmp_path)


# --- A collection of pages ------------------------------------------------------------------------------------------

COLLECTION = "/government/collections/childrens-social-care-statistics"
OUTCOMES = "/government/statistics/local-authority-inspection-outcomes-as-at-31-march-{year}"


@pytest.fixture
def outcomes(site: Site) -> Site:
    pages = [
        {"title": f"Local authority inspection outcomes as at 31 March {year}", "base_path": OUTCOMES.format(year=year)}
        for year in (2023, 2025, 2024)
    ]  # fmt: skip
    other = {"title": "Fostering in England 2026", "base_path": "/government/statistics/fostering-2026"}
    put(site, COLLECTION, links={"documents": [other, *pages]})
    put(
        site,
        OUTCOMES.format(year=2025),
        title="Local authority inspection outcomes as at 31 March 2025",
        details={
            "attachments": [
                {"title": "Main findings", "url": "/government/statistics/x/main-findings"},
                attachment("Underlying data", "LA_inspection_outcomes.ods"),
                attachment("Pre-release access list", "list.odt"),
            ]
        },
    )
    file(site, "LA_inspection_outcomes.ods", WORKBOOK, ODS)
    return site


def test_the_newest_page_of_a_collection_has_the_newest_edition(outcomes: Site, tmp_path: Path) -> None:
    fetched = only(fetch(outcomes, "ofsted_la_outcomes", tmp_path))
    assert fetched.path == tmp_path / "la_inspection_outcomes_2025-03-31.ods"
    assert fetched.path.read_bytes() == WORKBOOK
    assert sources()["ofsted_la_outcomes"].accepts(fetched.path)


def test_an_edition_that_is_here_is_only_asked_after(outcomes: Site, tmp_path: Path) -> None:
    fetch(outcomes, "ofsted_la_outcomes", tmp_path)
    assert not only(fetch(outcomes, "ofsted_la_outcomes", tmp_path)).is_new
    assert outcomes.asked[-1].headers["If-None-Match"] == '"1"'


def test_a_collection_without_the_page_says_so(site: Site, tmp_path: Path) -> None:
    put(site, COLLECTION, links={"documents": [{"title": "Other", "base_path": "/x"}]})
    with pytest.raises(NotFetched, match="the collection has changed"):
        fetch(site, "ofsted_la_outcomes", tmp_path)


def test_half_a_workbook_is_never_saved(outcomes: Site, tmp_path: Path) -> None:
    file(outcomes, "LA_inspection_outcomes.ods", WORKBOOK[:-30], ODS)
    with pytest.raises(NotFetched, match="cut off"):
        fetch(outcomes, "ofsted_la_outcomes", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def providers(site: Site) -> Site:
    titles = ("Children's social care data in England 2023", "Children’s social care in England 2024")
    pages = [
        {"title": title, "base_path": f"/government/statistics/social-care-{title[-4:]}"} for title in titles
    ]
    other = {"title": "Local authority inspection outcomes as at 31 March 2025", "base_path": "/government/x"}
    put(site, COLLECTION, links={"documents": [*pages, other]})
    put(
        site,
        "/government/statistics/social-care-2024",
        title=titles[1],
        details={
            "attachments": [
                attachment("Provider level data in year 2023-24", "In_year.csv"),
                attachment("Provider level data as at 31 March 2024", "Providers.ods"),
                attachment("Provider level data as at 31 March 2024", "Providers.csv"),
            ]
        },
    )
    file(site, "Providers.csv", b"Children's social care, as at 31 March 2024\nURN\n", CSV)
    return site


def test_the_register_of_social_care_is_the_table_of_a_day_and_not_of_a_year(
    providers: Site, tmp_path: Path
) -> None:
    fetched = only(fetch(providers, "ofsted_social_care_providers", tmp_path))
    assert fetched.path == tmp_path / "social_care_providers_2024-03-31.csv"
    assert fetched.path.read_bytes().endswith(b"URN\n")
    assert sources()["ofsted_social_care_providers"].accepts(fetched.path)


def test_a_page_of_social_care_without_the_table_says_what_it_has(providers: Site, tmp_path: Path) -> None:
    put(
        providers,
        "/government/statistics/social-care-2024",
        details={"attachments": [attachment("Provider level data as at 31 March 2024", "Providers.ods")]},
    )
    with pytest.raises(NotFetched, match=r"the page has changed.*Provider level data as at 31 March 2024"):
        fetch(providers, "ofsted_social_care_providers", tmp_path)


# --- Plain tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "page", "names", "saved"),
    [
        (
            "defra_waste",
            "/government/statistical-data-sets/env18-local-authority-collected-waste-annual-results-tables",
            [
                "LA_and_Regional_Spreadsheet_202122.ods",
                "LA_and_Regional_Spreadsheet_2022-23_for_Web_revised.ods",
            ],
            "la_collected_waste_2022-23.ods",
        ),
        (
            "defra_flytipping",
            "/government/statistical-data-sets/env24-fly-tipping-incidents-and-actions-taken-in-england",
            [
                "Flytipping_incidents_and_actions_taken__reported_by_LAs_in_England__2012-13_to_2022-23_accessible.ods",
                "Flytipping_incidents_and_actions_taken__nat_level_2007-08_to_2022-23_accessible.ods",
            ],
            "flytipping_2022-23.ods",
        ),
    ],
)
def test_a_plain_table_says_in_its_file_where_on_gov_uk_it_is(
    site: Site, tmp_path: Path, source: str, page: str, names: list[str], saved: str
) -> None:
    put(site, page, details={"attachments": [attachment("Local authority data", name) for name in names]})
    for name in names:
        file(site, name, WORKBOOK, ODS)
    fetched = only(fetch(site, source, tmp_path))
    assert fetched.path == tmp_path / saved
    assert sources()[source].accepts(fetched.path)
