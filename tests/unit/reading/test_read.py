"""Files that cannot be read, each refused with a named reason; and files that look odd and can."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oneplace.reading.read import MAX_BYTES, MAX_PAGES, UnreadableReport, read_report
from tests.pdfs import others
from tests.pdfs.ilacs import ITEMS, Ilacs

REPORT = Ilacs().sheets().bytes()


def refusal(path: Path) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as refused:
        read_report(path)
    unreadable = refused.value
    assert "\n" not in unreadable.message
    assert unreadable.path == str(path)
    return unreadable


def as_file(folder: Path, data: bytes) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(data)
    return path


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("report.txt", "not a report")
    return out.getvalue()


BAD = {
    "empty": b"",
    "web_page": others.WEB_PAGE,
    "not_a_pdf": zipped(),
    "truncated": REPORT[:2000],
    "truncated, to no pages": others.many_pages(0),
    "encrypted": others.encrypted(REPORT, user_password="sesame"),
    "no_text": others.scan(),
    "too_many_pages": others.many_pages(500),
    "unrecognised": others.school().bytes(),
}


@pytest.mark.parametrize("kind", list(BAD))
def test_each_bad_file_is_refused_with_its_own_reason(tmp_path: Path, kind: str) -> None:
    path = as_file(tmp_path, BAD[kind])
    unreadable = refusal(path)
    assert unreadable.kind == kind.split(",")[0]
    assert unreadable.sha256 == hashlib.sha256(BAD[kind]).hexdigest()


@pytest.mark.parametrize(
    "page",
    [
        b"<html>sorry</html>",
        b"\xef\xbb\xbf<!DOCTYPE html><html></html>",
        b"\n\n  <HTML><BODY>gone</BODY></HTML>",
        b'<?xml version="1.0"?><!DOCTYPE html><html></html>',
        b"<!-- made by a server --><html><body>%PDF not found</body></html>",
    ],
)
def test_a_web_page_is_known_however_it_begins(tmp_path: Path, page: bytes) -> None:
    assert refusal(as_file(tmp_path, page)).kind == "web_page"


def test_a_file_that_is_not_there_and_a_folder_are_missing(tmp_path: Path) -> None:
    absent = refusal(tmp_path / "absent.pdf")
    assert (absent.kind, absent.sha256) == ("missing", "")
    assert "No such file" in absent.message
    assert refusal(tmp_path).kind == "missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open any file")
def test_a_file_that_may_not_be_opened_is_missing(tmp_path: Path) -> None:
    path = as_file(tmp_path, REPORT)
    path.chmod(0)
    assert refusal(path).kind == "missing"


def test_a_name_that_no_file_can_have_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a\0b.pdf").kind == "missing"
    assert refusal(tmp_path / ("long" * 100 + ".pdf")).kind == "missing"


def test_a_file_far_larger_than_any_report_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # sparse: it takes no room on the disk
    assert refusal(path).kind == "too_large"


def test_the_most_pages_a_report_may_have_are_allowed(tmp_path: Path) -> None:
    assert refusal(as_file(tmp_path, others.many_pages(MAX_PAGES))).kind == "unrecognised"


def test_a_pdf_that_opens_without_a_password_is_read_though_it_may_not_be_changed(tmp_path: Path) -> None:
    path = as_file(tmp_path, others.encrypted(REPORT, user_password=""))
    assert tuple(item.text for item in read_report(path).inspection.improve) == ITEMS


def test_bytes_before_the_header_do_no_harm(tmp_path: Path) -> None:
    path = as_file(tmp_path, b"\r\n\r\n" + REPORT)
    assert read_report(path).inspection.framework == "ILACS"


def test_a_reading_names_its_file_and_its_hash(tmp_path: Path) -> None:
    path = as_file(tmp_path, REPORT)
    reading = read_report(str(path))
    assert (reading.path, reading.sha256) == (str(path), hashlib.sha256(REPORT).hexdigest())


def test_a_refusal_survives_the_way_between_processes() -> None:
    import pickle

    refused = pickle.loads(pickle.dumps(UnreadableReport("a.pdf", "0" * 64, "empty", "the file is empty")))
    assert (refused.path, refused.sha256, refused.kind, refused.message) == (
        "a.pdf",
        "0" * 64,
        "empty",
        "the file is empty",
    )


def read_or_refused(path: Path, data: bytes) -> None:
    """Anything else than a refusal fails the test."""
    path.write_bytes(data)
    with suppress(UnreadableReport):
        read_report(path)


quietly = settings(
    max_examples=200, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quietly
@given(data=st.binary(max_size=2000), header=st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, header: bool) -> None:
    read_or_refused(tmp_path / "any.pdf", (b"%PDF-1.4\n" if header else b"") + data)


@quietly
@given(length=st.integers(0, len(REPORT)))
def test_any_beginning_of_a_report_is_read_or_refused(tmp_path: Path, length: int) -> None:
    read_or_refused(tmp_path / "cut.pdf", REPORT[:length])


@quietly
@given(
    flips=st.lists(st.tuples(st.integers(0, len(REPORT) - 1), st.integers(0, 255)), min_size=1, max_size=40)
)
def test_a_report_with_bytes_changed_is_read_or_refused(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    changed = bytearray(REPORT)
    for at, byte in flips:
        changed[at] = byte
    read_or_refused(tmp_path / "changed.pdf", bytes(changed))
