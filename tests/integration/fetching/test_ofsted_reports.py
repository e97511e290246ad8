"""Ofsted's reports are found through its search and its pages of authorities, and only the new ones are fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from oneplace.commands.fetched_files import Known, SourceFiles
from oneplace.sources import sources
from oneplace.sources.fetching import Fetched, NotFetched
from oneplace.sources.ofsted_reports import kind_of
from tests.integration.fetching.conftest import Time, make_client
from tests.integration.fetching.ofsted_site import SEARCH, Report, lay_out, provider, results
from tests.integration.fetching.replay import HTML, Answer, Site

PDF = b"%PDF-1.7 a report\n%%EOF\n"
COUNCILS = {
    "80001": (
        "Thornmere",
        [
            Report(50000003, "Children's services focused visit, PDF - 01 August 2024", PDF),
            Report(50000002, "Area SEND full inspection, pdf - 12 July 2024", PDF),
            Report(50000001, "Children's services inspection, pdf - 05 October 2023", PDF),
            Report(50000009, "Joint area child protection inspection, pdf - 30 January 2024", PDF),
            Report(50000008, "Children's services monitoring visit, pdf - 3 May 2022", PDF),
        ],
    ),
    "80002": (
        "Royal Borough of Ashby &amp; Elm",
        [Report(50000004, "Children's services inspection, pdf - 1 May 2026", PDF)],
    ),
    "2700003": (
        "St. Osyth's",
        [Report(50000005, "Children's services inspection, pdf - 2 May 2026", PDF)],
    ),
}
SLOTS = [
    "80001-thornmere/2023-10-05-inspection.pdf",
    "80001-thornmere/2024-07-12-area-send.pdf",
    "80001-thornmere/2024-08-01-focused-visit.pdf",
    "80002-royal-borough-of-ashby-and-elm/2026-05-01-inspection.pdf",
    "2700003-st-osyths/2026-05-02-inspection.pdf",
]


@pytest.fixture
def ofsted(site: Site) -> Site:
    lay_out(site, COUNCILS, a_page=2)
    return site


def fetch(
    site: Site, folder: Path, known: Sequence[Known] = (), tries: int = 5
) -> list[Fetched | NotFetched]:
    instead = {"https://reports.ofsted.gov.uk": site.url, "https://files.ofsted.gov.uk": site.url}
    source = sources()["ofsted_reports"]
    with make_client(Time(), instead=instead, tries=tries) as client:
        return list(source.fetch(client, SourceFiles(source, folder, known)))


def slots(found: list[Fetched | NotFetched]) -> list[str | None]:
    assert all(isinstance(each, Fetched) for each in found), found
    return [each.slot for each in found if isinstance(each, Fetched)]


def known(slot: str, is_whole: bool = True) -> Known:
    return Known(slot, is_whole, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def test_every_report_of_every_authority_is_fetched_into_the_slot_that_a_folder_gives_it(
    ofsted: Site, tmp_path: Path
) -> None:
    found = fetch(ofsted, tmp_path)
    assert slots(found) == SLOTS
    assert all((tmp_path / slot).read_bytes() == PDF for slot in SLOTS)
    first = found[0]
    assert isinstance(first, Fetched)
    assert first.url == "https://files.ofsted.gov.uk/v1/file/50000001"
    assert first.published == dt.date(2023, 10, 5)


def test_a_second_time_no_report_is_asked_for(ofsted: Site, tmp_path: Path) -> None:
    fetch(ofsted, tmp_path)
    asked = len(ofsted.asked)
    assert fetch(ofsted, tmp_path) == []
    assert [each.path for each in ofsted.asked[asked:] if "/v1/file/" in each.path] == []


def test_a_report_that_the_record_has_from_a_folder_is_not_fetched(ofsted: Site, tmp_path: Path) -> None:
    assert slots(fetch(ofsted, tmp_path, [known(SLOTS[0]), known(SLOTS[3])])) == [
        SLOTS[1],
        SLOTS[2],
        SLOTS[4],
    ]


def test_a_report_of_which_only_facts_are_known_is_fetched_into_its_own_folder(
    ofsted: Site, tmp_path: Path
) -> None:
    """The site calls a council otherwise than the record does: the report is the same, and so is its slot."""
    facts = known("80002-ashby/2026-05-01-inspection.pdf", is_whole=False)
    found = fetch(ofsted, tmp_path, [facts])
    assert "80002-ashby/2026-05-01-inspection.pdf" in slots(found)


def test_a_report_that_the_site_replaced_is_fetched_again(ofsted: Site, tmp_path: Path) -> None:
    fetch(ofsted, tmp_path)
    name, (first, *others) = COUNCILS["80001"]
    better = Report(50000077, first.said, PDF.replace(b"report", b"corrected report"))
    lay_out(ofsted, {**COUNCILS, "80001": (name, [better, *others])}, a_page=2)
    assert slots(fetch(ofsted, tmp_path)) == [SLOTS[2]]
    assert b"corrected" in (tmp_path / SLOTS[2]).read_bytes()


def test_two_reports_of_one_day_and_kind_have_two_slots(site: Site, tmp_path: Path) -> None:
    said = "Children's services inspection, pdf - 05 October 2023"
    lay_out(site, {"80001": ("Thornmere", [Report(51, said, PDF), Report(50, said, PDF)])})
    assert slots(fetch(site, tmp_path)) == [
        "80001-thornmere/2023-10-05-inspection.pdf",
        "80001-thornmere/2023-10-05-inspection-2.pdf",
    ]


def test_a_link_to_a_web_page_stops_no_other_report_and_is_not_asked_for_each_time(
    ofsted: Site, tmp_path: Path
) -> None:
    ofsted.answers["/v1/file/50000002"] = Answer(b"<!DOCTYPE html><html>Sorry</html>", headers=HTML)
    found = fetch(ofsted, tmp_path)
    (missed,) = [each for each in found if isinstance(each, NotFetched)]
    assert "50000002" in str(missed)
    assert len(found) == len(SLOTS)
    asked = len(ofsted.asked)
    assert fetch(ofsted, tmp_path) == []
    assert not any("/v1/file/" in each.path for each in ofsted.asked[asked:])


def test_an_authority_whose_page_cannot_be_had_stops_no_other_and_is_asked_again(
    ofsted: Site, tmp_path: Path
) -> None:
    ofsted.answers["/provider/44/80002"] = Answer(status=503)
    first = fetch(ofsted, tmp_path, tries=2)
    (missed,) = [each for each in first if isinstance(each, NotFetched)]
    assert missed.where.endswith("/provider/44/80002")
    assert len(first) == len(SLOTS)
    lay_out(ofsted, COUNCILS, a_page=2)
    assert slots(fetch(ofsted, tmp_path)) == [SLOTS[3]]


def test_a_site_that_answers_for_no_authority_is_left_after_a_few(site: Site, tmp_path: Path) -> None:
    councils = {f"8000{number}": (f"Town {number}", COUNCILS["80001"][1]) for number in range(9)}
    lay_out(site, councils)
    for urn in councils:
        site.answers[f"/provider/44/{urn}"] = Answer(status=503)
    with pytest.raises(NotFetched):
        fetch(site, tmp_path, tries=1)
    assert sum("/provider/" in path for path in site.paths()) == 3


def test_a_new_authority_has_no_report_yet(site: Site, tmp_path: Path) -> None:
    lay_out(site, {**COUNCILS, "80004": ("Newtown", [])})
    assert slots(fetch(site, tmp_path)) == SLOTS


# --- A changed layout ------------------------------------------------------------------------------------------------


def layout_fault(site: Site, folder: Path) -> str:
    try:
        (fault,) = [each for each in fetch(site, folder) if isinstance(each, NotFetched)]
    except NotFetched as stopped:
        fault = stopped
    assert "reports.ofsted.gov.uk" in fault.where
    return str(fault)


def test_a_search_without_results_is_a_changed_layout_and_not_nothing_new(
    ofsted: Site, tmp_path: Path
) -> None:
    ofsted.answers[SEARCH.format(start=0)] = Answer(results({}), headers=HTML)
    told = layout_fault(ofsted, tmp_path)
    assert "layout of the search has changed" in told
    assert "“Search results”" in told


def test_authorities_that_have_all_lost_their_reports_are_a_changed_layout(
    site: Site, tmp_path: Path
) -> None:
    lay_out(site, {urn: (name, []) for urn, (name, _) in COUNCILS.items()})
    assert "publication-link" in layout_fault(site, tmp_path)


def test_a_page_that_is_not_the_authoritys_is_a_changed_layout(ofsted: Site, tmp_path: Path) -> None:
    ofsted.answers["/provider/44/80001"] = Answer(provider("Thornmere", []), headers=HTML)
    told = layout_fault(ofsted, tmp_path)
    assert "/provider/44/80001" in told
    assert "publication-link" in told


@pytest.mark.parametrize(
    "said", ["Children's services inspection", "Children's services inspection, pdf - 31 February 2024"]
)
def test_a_link_that_no_longer_tells_its_date_is_a_changed_layout(
    ofsted: Site, tmp_path: Path, said: str
) -> None:
    page = provider("Thornmere", [Report(50000001, said)])
    ofsted.answers["/provider/44/80001"] = Answer(page, headers=HTML)
    assert said in layout_fault(ofsted, tmp_path)


def test_a_link_that_leads_to_no_file_is_a_changed_layout(ofsted: Site, tmp_path: Path) -> None:
    page = provider("Thornmere", COUNCILS["80001"][1], files="https://reports.ofsted.gov.uk/gone")
    ofsted.answers["/provider/44/80001"] = Answer(page.replace(b"/v1/file/", b"/document/"), headers=HTML)
    assert "/v1/file/" in layout_fault(ofsted, tmp_path)


def test_a_login_page_in_place_of_the_search_is_told_by_its_title(ofsted: Site, tmp_path: Path) -> None:
    ofsted.answers[SEARCH.format(start=0)] = Answer(status=302, headers={"Location": "/login"})
    ofsted.answers["/login"] = Answer(b"<html><head><title>Sign in</title></head></html>", headers=HTML)
    told = layout_fault(ofsted, tmp_path)
    assert "/login" in told
    assert "“Sign in”" in told


def test_a_list_that_goes_round_in_a_circle_ends(site: Site, tmp_path: Path) -> None:
    lay_out(site, {"80001": COUNCILS["80001"]})
    first = SEARCH.format(start=0)
    site.answers[first] = Answer(results({"80001": "Thornmere"}, first.replace("&", "&amp;")), headers=HTML)
    assert "round in a circle" in layout_fault(site, tmp_path)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Children's services inspection, pdf - 14 December 2018", "inspection"),
        ("Children’s services focused visit, PDF - 21 January 2020", "focused-visit"),
        ("Area SEND full inspection, pdf - 12 July 2024", "area-send"),
        ("Joint area child protection inspection, pdf - 6 January 2023", None),
        ("Children's services monitoring visit, pdf - 6 January 2023", None),
        ("Local area SEND inspection, pdf - 6 January 2018", None),
        ("Letter, pdf - 6 January 2018", None),
        ("", None),
    ],
)
def test_links_are_told_apart_by_their_words(said: str, kind: str | None) -> None:
    assert kind_of(said) == kind
