"""The client against a site that misbehaves in every way that sites do."""

from __future__ import annotations

import gzip
import threading
from email.utils import format_datetime
from pathlib import Path

import pytest

from oneplace.sources.fetching import NotFetched
from oneplace.sources.polite.client import Limits, PoliteClient, user_agent
from oneplace.sources.polite.saved import receipt_of
from tests.integration.fetching.conftest import Time, make_client
from tests.integration.fetching.replay import HTML, PDF, Answer, Site, packed, serving

REPORT = b"%PDF-1.7\n" + b"words " * 400 + b"\n%%EOF\n"
LOGIN = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>"


def nothing_saved(folder: Path) -> bool:
    return list(folder.iterdir()) == []


def refusal(client: PoliteClient, url: str, path: Path, expect: str = "%PDF") -> str:
    with pytest.raises(NotFetched) as refused:
        client.file(url, path, expect=expect)
    assert url.split("?")[0].rpartition("/")[0] in str(refused.value)
    return str(refused.value)


# --- A good answer ---------------------------------------------------------------------------------------------


def test_a_file_is_saved_with_a_receipt(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers={**PDF, "ETag": '"a"'})
    fetched = client.file(f"{site.url}/1.pdf", tmp_path / "1.pdf", expect="%PDF")
    assert fetched.is_new
    assert (tmp_path / "1.pdf").read_bytes() == REPORT
    receipt = receipt_of(tmp_path / "1.pdf")
    assert receipt is not None
    assert (receipt.url, receipt.etag, receipt.size) == (f"{site.url}/1.pdf", '"a"', len(REPORT))


def test_a_file_that_has_not_changed_is_not_sent_again(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers={**PDF, "ETag": '"a"'})
    path = tmp_path / "1.pdf"
    first = client.file(f"{site.url}/1.pdf", path)
    written = path.stat().st_mtime_ns
    again = client.file(f"{site.url}/1.pdf", path)
    assert not again.is_new
    assert again.retrieved_at == first.retrieved_at
    assert path.stat().st_mtime_ns == written
    assert site.asked[-1].headers["If-None-Match"] == '"a"'


def test_a_file_that_has_changed_takes_the_place_of_the_old_one(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    site.answers["/t.csv"] = Answer(b"a\n1\n", headers={"Content-Type": "text/csv", "ETag": '"1"'})
    client.file(f"{site.url}/t.csv", path, expect="text/csv")
    site.answers["/t.csv"] = Answer(b"a\n2\n", headers={"Content-Type": "text/csv", "ETag": '"2"'})
    assert client.file(f"{site.url}/t.csv", path, expect="text/csv").is_new
    assert path.read_bytes() == b"a\n2\n"


def test_the_same_bytes_again_are_nothing_new_even_where_the_server_knows_no_versions(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers=PDF)
    path = tmp_path / "1.pdf"
    client.file(f"{site.url}/1.pdf", path)
    written = path.stat().st_mtime_ns
    assert not client.file(f"{site.url}/1.pdf", path).is_new
    assert path.stat().st_mtime_ns == written


def test_a_file_that_somebody_changed_on_disk_is_fetched_again(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers={**PDF, "ETag": '"a"'})
    path = tmp_path / "1.pdf"
    client.file(f"{site.url}/1.pdf", path)
    path.write_bytes(REPORT[:20])
    assert client.file(f"{site.url}/1.pdf", path).is_new
    assert path.read_bytes() == REPORT


def test_a_packed_answer_is_unpacked(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    body, packing = packed(b"a,b\n" + b"1,2\n" * 300_000)
    site.answers["/t.csv"] = Answer(body, headers={"Content-Type": "text/csv", **packing})
    client.file(f"{site.url}/t.csv", tmp_path / "t.csv", expect="text/csv")
    assert (tmp_path / "t.csv").stat().st_size == 4 + 4 * 300_000


# --- Not what was asked for --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_gone_is_not_asked_for_again(
    site: Site, client: PoliteClient, tmp_path: Path, status: int
) -> None:
    site.answers["/1.pdf"] = Answer(LOGIN, status, HTML)
    assert f"answers {status}" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert site.paths() == ["/1.pdf"]
    assert nothing_saved(tmp_path)


@pytest.mark.parametrize(
    "expect",
    [
        "%PDF",
        "PK",
        "application/pdf",
        "text/csv",
        "application/json",
        "application/vnd.oasis.opendocument.spreadsheet",
    ],
)
@pytest.mark.parametrize("called", ["text/html", "application/octet-stream"])
def test_a_web_page_is_never_saved_as_a_file(
    site: Site, client: PoliteClient, tmp_path: Path, expect: str, called: str
) -> None:
    site.answers["/file"] = Answer(LOGIN, headers={"Content-Type": called})
    told = refusal(client, f"{site.url}/file", tmp_path / "file", expect)
    assert "a web page" in told or "text/html" in told
    assert nothing_saved(tmp_path)


def test_a_login_page_behind_a_redirect_is_never_saved(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(status=302, headers={"Location": "/login?next=1"})
    site.answers["/login?next=1"] = Answer(LOGIN, headers=HTML)
    told = refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert "/login?next=1" in told
    assert nothing_saved(tmp_path)


def test_what_was_there_stays_when_the_new_answer_is_a_web_page(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = [Answer(REPORT, headers=PDF), Answer(LOGIN, headers=HTML)]
    path = tmp_path / "1.pdf"
    client.file(f"{site.url}/1.pdf", path, expect="%PDF")
    refusal(client, f"{site.url}/1.pdf", path)
    assert path.read_bytes() == REPORT
    assert receipt_of(path) is not None


def test_a_spreadsheet_called_by_another_type_is_told_apart(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/t.csv"] = Answer(b"a,b\n1,2\n", headers={"Content-Type": "application/pdf"})
    assert "“application/pdf”" in refusal(client, f"{site.url}/t.csv", tmp_path / "t.csv", "text/csv")


def test_an_empty_answer_is_no_file(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.answers["/1.pdf"] = Answer(b"", headers=PDF)
    assert "nothing" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert nothing_saved(tmp_path)


# --- Cut off, dropped, slow ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cut",
    [
        Answer(REPORT, headers=PDF, cut=len(REPORT) // 2),
        Answer(REPORT[:-20], headers=PDF, says_length=False),
        Answer(REPORT[:-20], headers=PDF),
        Answer(gzip.compress(REPORT)[:-9], headers={**PDF, "Content-Encoding": "gzip"}),
        Answer(b"\x1f\x8b nonsense", headers={**PDF, "Content-Encoding": "gzip"}),
        Answer(drop=True),
    ],
    ids=["less than promised", "no length", "no end", "gzip without its end", "no gzip at all", "dropped"],
)
def test_an_answer_that_is_cut_off_is_asked_for_again_and_saved_when_it_is_whole(
    site: Site, client: PoliteClient, tmp_path: Path, cut: Answer
) -> None:
    site.answers["/1.pdf"] = [cut, cut, Answer(REPORT, headers=PDF)]
    client.file(f"{site.url}/1.pdf", tmp_path / "1.pdf", expect="%PDF")
    assert (tmp_path / "1.pdf").read_bytes() == REPORT
    assert site.paths() == ["/1.pdf"] * 3


def test_an_answer_that_is_always_cut_off_is_given_up_and_nothing_saved(
    site: Site, client: PoliteClient, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers=PDF, cut=30)
    assert "5 tries" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert len(site.paths()) == 5
    assert nothing_saved(tmp_path)


def test_nobody_there_is_said_so(tmp_path: Path, time: Time) -> None:
    site = Site()
    with serving(site) as gone:
        pass
    with make_client(time) as client:
        assert "cannot be reached" in refusal(client, f"{gone}/1.pdf", tmp_path / "1.pdf")
        waited = sum(time.slept)
        assert waited > 20
        assert "is not asked again" in refusal(client, f"{gone}/2.pdf", tmp_path / "2.pdf")
        assert sum(time.slept) == waited


def test_a_server_that_says_nothing_for_too_long_is_given_up(site: Site, time: Time, tmp_path: Path) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers=PDF, piece=100, seconds_a_piece=0.5)
    with make_client(time, read=0.1, tries=2) as client:
        assert "no answer within 0.1 seconds" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert nothing_saved(tmp_path)


def test_a_server_that_drips_is_given_up_after_the_whole_time(site: Site, tmp_path: Path) -> None:
    site.answers["/1.pdf"] = Answer(REPORT, headers=PDF, piece=20, seconds_a_piece=0.02)
    with PoliteClient(limits=Limits(whole=0.3, pause=0)) as client:
        assert "not there within 0.3 seconds" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert nothing_saved(tmp_path)


@pytest.mark.parametrize("is_packed", [False, True], ids=["large", "a gzip bomb"])
def test_what_is_far_too_large_is_not_taken_in(
    site: Site, time: Time, tmp_path: Path, is_packed: bool
) -> None:
    body = b"a,b\n" + b"0" * 50_000_000
    packing: dict[str, str] = {}
    if is_packed:
        body, packing = packed(body)
        assert len(body) < 100_000
    site.answers["/t.csv"] = Answer(body, headers={"Content-Type": "text/csv", **packing})
    with make_client(time, file_bytes=2_000_000) as client:
        assert "larger than 2,000,000" in refusal(client, f"{site.url}/t.csv", tmp_path / "t.csv", "text/csv")
    assert nothing_saved(tmp_path)


# --- Busy -------------------------------------------------------------------------------------------------------------


def test_a_busy_server_is_asked_again_when_it_says(
    site: Site, client: PoliteClient, time: Time, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = [
        Answer(status=429, headers={"Retry-After": "30"}),
        Answer(REPORT, headers=PDF),
    ]
    client.file(f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert 30.5 in time.slept


def test_retry_after_may_be_a_date(site: Site, client: PoliteClient, time: Time, tmp_path: Path) -> None:
    when = format_datetime(time.now().replace(minute=1), usegmt=True)
    site.answers["/1.pdf"] = [
        Answer(status=503, headers={"Retry-After": when}),
        Answer(REPORT, headers=PDF),
    ]
    client.file(f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert max(time.slept) == pytest.approx(60, abs=3)


@pytest.mark.parametrize("asked", ["soon", "-5", "", "Mon, 99 Foo 2026 25:61:00 GMT"])
def test_a_retry_after_that_makes_no_sense_is_passed_over(
    site: Site, client: PoliteClient, time: Time, tmp_path: Path, asked: str
) -> None:
    site.answers["/1.pdf"] = [
        Answer(status=503, headers={"Retry-After": asked}),
        Answer(REPORT, headers=PDF),
    ]
    client.file(f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert max(time.slept) == 2.0


def test_waits_grow_longer(site: Site, client: PoliteClient, time: Time, tmp_path: Path) -> None:
    site.answers["/1.pdf"] = Answer(status=502)
    assert "answers 502" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert [wait for wait in time.slept if wait != 1.0] == [2.0, 4.0, 8.0, 16.0]


def test_a_server_that_asks_for_an_hour_is_left_alone(
    site: Site, client: PoliteClient, time: Time, tmp_path: Path
) -> None:
    site.answers["/1.pdf"] = Answer(status=503, headers={"Retry-After": "3600"})
    assert "asks to wait 36" in refusal(client, f"{site.url}/1.pdf", tmp_path / "1.pdf")
    assert sum(time.slept) < 5
    assert site.paths() == ["/1.pdf"]


# --- Redirects ----------------------------------------------------------------------------------------------------


def test_a_redirect_is_followed_and_the_address_at_its_end_is_told(site: Site, client: PoliteClient) -> None:
    site.answers["/old"] = Answer(status=301, headers={"Location": "/new?x=1"})
    site.answers["/new?x=1"] = Answer(b"<html>here</html>", headers=HTML)
    page = client.page(f"{site.url}/old")
    assert page.url == f"{site.url}/new?x=1"
    assert page.text == "<html>here</html>"


def test_a_circle_of_redirects_ends(site: Site, client: PoliteClient, tmp_path: Path) -> None:
    site.answers["/a"] = Answer(status=302, headers={"Location": "/b"})
    site.answers["/b"] = Answer(status=302, headers={"Location": "/a"})
    assert "redirected more than 5 times" in refusal(client, f"{site.url}/a", tmp_path / "a")
    assert len(site.paths()) == 6


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)"])
def test_a_redirect_leads_only_to_the_web(site: Site, client: PoliteClient, tmp_path: Path, to: str) -> None:
    site.answers["/a"] = Answer(status=302, headers={"Location": to})
    assert "no web address" in refusal(client, f"{site.url}/a", tmp_path / "a")


def test_a_key_is_not_handed_on_to_another_host(site: Site, client: PoliteClient) -> None:
    other = Site({"/x": Answer(b"{}", headers={"Content-Type": "application/json"})})
    with serving(other) as elsewhere:
        site.answers["/a"] = Answer(status=302, headers={"Location": f"{elsewhere}/x"})
        client.page(f"{site.url}/a", headers={"Subscription-Key": "secret"})
    assert [each.headers.get("Subscription-Key") for each in site.asked if each.path == "/a"] == ["secret"]
    assert all("Subscription-Key" not in each.headers for each in other.asked)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "nonsense", "http://[::1", ""])
def test_only_web_addresses_are_asked(client: PoliteClient, tmp_path: Path, url: str) -> None:
    with pytest.raises(NotFetched):
        client.file(url, tmp_path / "x")


# --- Polite -----------------------------------------------------------------------------------------------------------


def test_every_request_says_who_asks(site: Site, time: Time) -> None:
    site.answers["/"] = Answer(b"<html></html>", headers=HTML)
    with make_client(time, "data@council.example") as client:
        client.page(f"{site.url}/")
    assert {each.headers["User-Agent"] for each in site.asked} == {user_agent("data@council.example")}
    assert "data@council.example" in user_agent("data@council.example")
    assert user_agent("x\r\nCookie: 1").isprintable()
    assert user_agent().startswith("Oneplace/")


def test_there_is_a_pause_between_requests_to_one_host(site: Site, client: PoliteClient, time: Time) -> None:
    site.answers["/a"] = site.answers["/b"] = Answer(b"<html></html>", headers=HTML)
    client.page(f"{site.url}/a")
    client.page(f"{site.url}/b")
    assert time.slept == [1.0, 1.0]


def test_two_threads_ask_one_host_one_after_the_other(site: Site) -> None:
    site.answers["/a"] = Answer(b"<html>" + b"x" * 400, headers=HTML, piece=100, seconds_a_piece=0.02)
    with PoliteClient(limits=Limits(pause=0)) as client:
        threads = [threading.Thread(target=client.page, args=(f"{site.url}/a",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(site.paths()) == 4
    assert site.most_at_once == 1


def test_what_robots_txt_asks_programs_to_leave_is_left(site: Site, client: PoliteClient) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /search\nCrawl-delay: 3\n")
    site.answers["/open"] = Answer(b"<html></html>", headers=HTML)
    client.page(f"{site.url}/open")
    with pytest.raises(NotFetched, match=r"robots\.txt asks programs not"):
        client.page(f"{site.url}/search?q=1")
    assert site.paths() == ["/open"]


def test_robots_txt_is_asked_for_once_and_its_delay_kept(
    site: Site, client: PoliteClient, time: Time
) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 3\n")
    site.answers["/a"] = Answer(b"<html></html>", headers=HTML)
    client.page(f"{site.url}/a")
    client.page(f"{site.url}/a")
    assert [each.path for each in site.asked] == ["/robots.txt", "/a", "/a"]
    assert time.slept == [3.0, 3.0]


@pytest.mark.parametrize("answer", [Answer(LOGIN, headers=HTML), Answer(status=403), Answer(b"\x00\xff")])
def test_a_robots_txt_that_is_none_asks_for_nothing(site: Site, client: PoliteClient, answer: Answer) -> None:
    site.answers["/robots.txt"] = answer
    site.answers["/a"] = Answer(b"<html></html>", headers=HTML)
    assert client.page(f"{site.url}/a").status == 200


def test_a_mirror_is_asked_in_place_of_a_site_whose_name_stays_in_the_record(
    site: Site, time: Time, tmp_path: Path
) -> None:
    site.answers["/v1/file/1?x=2"] = Answer(REPORT, headers=PDF)
    with make_client(time, instead={"https://files.example": site.url}) as client:
        fetched = client.file("https://files.example/v1/file/1?x=2", tmp_path / "1.pdf")
    assert fetched.url == "https://files.example/v1/file/1?x=2"
    assert site.paths() == ["/v1/file/1?x=2"]


def test_json_that_is_none_is_said_with_how_it_begins(site: Site, client: PoliteClient) -> None:
    site.answers["/a"] = Answer(b'{"a": 1')
    with pytest.raises(NotFetched, match="JSON was expected"):
        client.page(f"{site.url}/a").json()
