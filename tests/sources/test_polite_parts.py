"""The small parts of fetching: what robots may do, what a good answer looks like, files with receipts."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.sources.gov_uk import Attachment
from oneplace.sources.polite.expecting import ODS, Expected, is_web_page
from oneplace.sources.polite.robots import rules_for
from oneplace.sources.polite.saved import (
    Receipt,
    keep_receipt,
    receipt_of,
    receipt_path,
    remove_parts,
    save_whole,
)
from oneplace.sources.polite.unpacking import CutOff, TooLarge, unpacked

# --- robots.txt -------------------------------------------------------------------------------------------------------

ROBOTS = """
# A site of our own.
User-agent: GreedyBot
Disallow: /

User-agent: oneplace
User-agent: OtherBot
Disallow: /search
Allow: /search/open
Disallow: /*.zip$
Disallow: /a%20b
Crawl-delay: 2.5

User-agent: *
Disallow: /everything
Sitemap: https://example.org/map.xml
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("", True),
        ("/search", False),
        ("/search?q=1", False),
        ("/searching", False),
        ("/search/open/1", True),
        ("/files/all.zip", False),
        ("/files/all.zip?x=1", True),
        ("/a b/c", False),
        ("/everything", True),
        ("/robots", True),
    ],
)
def test_the_longest_rule_of_our_own_group_decides(path: str, may: bool) -> None:
    assert rules_for("Oneplace", ROBOTS).allow(f"https://example.org{path}") is may


def test_the_group_for_all_counts_where_none_is_ours() -> None:
    rules = rules_for("Unnamed", ROBOTS)
    assert not rules.allow("https://example.org/everything/1")
    assert rules.allow("https://example.org/search")
    assert rules.delay is None


def test_a_delay_is_kept_but_not_for_ever() -> None:
    assert rules_for("Oneplace", ROBOTS).delay == 2.5
    assert rules_for("Oneplace", "User-agent: *\nCrawl-delay: 86400").delay == 10
    assert rules_for("Oneplace", "User-agent: *\nCrawl-delay: soon").delay is None


@pytest.mark.parametrize("text", ["", "Disallow: /", "User-agent: *\nDisallow:", "nonsense\n:::\n", "\x00"])
def test_what_forbids_nothing_allows_all(text: str) -> None:
    assert rules_for("Oneplace", text).allow("https://example.org/search?q=1")


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_robots_txt_and_no_path_is_too_odd(text: str, path: str) -> None:
    assert rules_for("Oneplace", text).allow(
        f"https://example.org/{path.replace('[', '').replace(']', '')}"
    ) in (
        True,
        False,
    )


# --- What was expected ------------------------------------------------------------------------------------------------

PAGE = b"<!doctype html><html><body>Sorry</body></html>"


@pytest.mark.parametrize(
    ("content", "is_page"),
    [
        (PAGE, True),
        (b"\xef\xbb\xbf\r\n <HTML>", True),
        (b"<?xml version='1.0'?><html xmlns=''>", True),
        (b"<?xml version='1.0'?><data/>", False),
        (b"URN,Name\n1,<b>\n", False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_web_pages_are_told_by_how_they_begin(content: bytes, is_page: bool) -> None:
    assert is_web_page(content) is is_page


@pytest.mark.parametrize(
    ("kind", "media_type", "good"),
    [
        ("text/csv", "text/csv; charset=utf-8", True),
        ("text/csv", "application/octet-stream", True),
        ("text/csv", "", True),
        ("text/csv", "text/plain", True),
        ("text/csv", "text/html", False),
        ("text/csv", "application/pdf", False),
        (ODS, "application/zip", True),
        (ODS, "text/html", False),
        ("%PDF", "application/pdf", True),
        ("%PDF", "text/html; charset=utf-8", False),
        ("", "text/html", True),
    ],
)
def test_servers_may_call_a_file_by_any_of_its_names(kind: str, media_type: str, good: bool) -> None:
    assert (Expected(kind).fault_of_type(media_type) is None) is good


@pytest.mark.parametrize(
    ("kind", "tail", "whole"),
    [
        ("%PDF", b"startxref\n1\n%%EOF\n", True),
        ("%PDF", b"stream", False),
        ("application/pdf", b"stream", False),
        ("PK", b"PK\x05\x06" + bytes(18), True),
        ("PK", b"PK\x01\x02", False),
        (ODS, b"PK\x01\x02", False),
        ("text/csv", b"1,2", True),
    ],
)
def test_the_end_of_a_file_says_whether_it_is_whole(kind: str, tail: bytes, whole: bool) -> None:
    assert (Expected(kind).fault_of_end(tail) is None) is whole


# --- Unpacking --------------------------------------------------------------------------------------------------------


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_what_was_packed_is_unpacked_however_it_is_cut_into_pieces(content: bytes, size: int) -> None:
    packed = pieces(gzip.compress(content), size)
    assert b"".join(unpacked(packed, {"content-encoding": "gzip"}, 10_000)) == content


def test_what_was_packed_in_several_parts_is_unpacked_whole() -> None:
    packed = gzip.compress(b"a,b\n1,2\n") + gzip.compress(b"3,4\n")
    for size in (1, 7, 1_000):
        found = b"".join(unpacked(pieces(packed, size), {"content-encoding": "gzip"}, 10_000))
        assert found == b"a,b\n1,2\n3,4\n"
    with pytest.raises(CutOff):
        list(unpacked(pieces(packed[:-9], 7), {"content-encoding": "gzip"}, 10_000))


@given(st.binary(min_size=1, max_size=5000), st.data())
def test_a_packed_answer_without_its_end_is_cut_off(content: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(content)
    length = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(CutOff):
        list(unpacked(pieces(packed[:length], 100), {"content-encoding": "gzip"}, 10_000))


def test_a_limit_is_kept_packed_or_not() -> None:
    with pytest.raises(TooLarge):
        list(unpacked(iter([b"0" * 11]), {}, 10))
    with pytest.raises(TooLarge):
        list(unpacked(iter([]), {"content-length": "11"}, 10))
    with pytest.raises(TooLarge):
        list(unpacked(iter([gzip.compress(bytes(10_000_000))]), {"content-encoding": "gzip"}, 1_000_000))


def test_another_packing_than_was_asked_for_is_refused() -> None:
    with pytest.raises(CutOff, match="br"):
        list(unpacked(iter([b"x"]), {"content-encoding": "br"}, 10))


# --- Files with receipts ----------------------------------------------------------------------------------------------


def stops(content: bytes) -> Iterator[bytes]:
    yield content
    raise OSError("no more")


def test_a_file_that_stops_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    save_whole(path, [b"before"])
    with pytest.raises(OSError, match="no more"):
        save_whole(path, stops(b"half"))
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def receipt(path: Path, sha256: str, size: int) -> Receipt:
    import datetime as dt

    return Receipt(
        url="https://example.org/a.csv",
        sha256=sha256,
        size=size,
        retrieved_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        etag='W/"1"',
    )


def test_a_receipt_is_for_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    kept = receipt(path, *save_whole(path, [b"one", b"two"]))
    keep_receipt(path, kept)
    assert receipt_of(path) == kept
    assert kept.conditions == {"If-None-Match": 'W/"1"'}
    path.write_bytes(b"onetwO")
    assert receipt_of(path) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"url": 1}', "\x00"])
def test_a_receipt_that_makes_no_sense_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    save_whole(path, [b"one"])
    receipt_path(path).write_text(content, "utf-8")
    assert receipt_of(path) is None


def test_parts_that_a_kill_left_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / f".b.pdf.{os.getpid()}.part").write_bytes(b"half")
    (tmp_path / "a" / "b.pdf").write_bytes(b"whole")
    assert remove_parts(tmp_path) == 1
    assert [path.name for path in tmp_path.rglob("*.p*")] == ["b.pdf"]


# --- GOV.UK’s editions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "filename", "page", "edition", "day"),
    [
        ("… as at 31 March 2025", "x.ods", "", "2025-03-31", "31_Mar_2025"),
        ("… as at 3 Aug 2026", "x.ods", "", "2026-08-03", "03_Aug_2026"),
        ("Underlying data", "x_31_December_2024.ods", "", "2024-12-31", "31_Dec_2024"),
        ("Underlying data", "x.ods", "Outcomes as at 31 March 2025", "2025-03-31", "31_Mar_2025"),
        ("2012-13 to 2022-23", "x.ods", "", "2022-23", ""),
        ("Data", "LA_Spreadsheet_202122_rev2.ods", "", "2021-22", ""),
        ("Data 2022/23", "x.ods", "", "2022-23", ""),
        ("Data from 31 February 2025", "x.ods", "", "", ""),
        ("Data 2019", "x.ods", "", "", ""),
    ],
)
def test_an_edition_is_told_by_a_day_or_years(
    title: str, filename: str, page: str, edition: str, day: str
) -> None:
    found = Attachment(title=title, filename=filename, url="", page_title=page, updated=None)
    assert (found.edition, found.day) == (edition, day)
