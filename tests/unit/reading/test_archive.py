"""Many files: in order, over processes, none able to stop the rest."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oneplace.reading import archive
from oneplace.reading.archive import as_published, read_all, report_files, sha256_of
from oneplace.reading.read import READER_VERSION, UnreadableReport, read_report
from oneplace.records import Reading
from tests.pdfs import others
from tests.pdfs.ilacs import Ilacs
from tests.pdfs.sif import Sif

REPORT = Ilacs().sheets().bytes()


def reports(folder: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        path = folder / f"8000{number % 10}-thornmere" / f"2023-10-{number + 1:02}-inspection.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(REPORT)
        made.append(path)
    return made


def until_no_other_thread_runs() -> None:
    for _ in range(100):
        if threading.active_count() == 1:
            return
        time.sleep(0.1)


def told(outcomes: Iterator[Reading | UnreadableReport]) -> list[tuple[str, str]]:
    return [
        (Path(one.path).name, one.kind if isinstance(one, UnreadableReport) else "read") for one in outcomes
    ]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_outcomes_come_in_the_files_order(tmp_path: Path, workers: int) -> None:
    paths = reports(tmp_path, 25)
    paths[3].write_bytes(others.WEB_PAGE)
    paths[20].write_bytes(b"")
    expected = [(path.name, "read") for path in paths]
    expected[3] = (paths[3].name, "web_page")
    expected[20] = (paths[20].name, "empty")
    assert told(read_all(paths, workers)) == expected


def test_no_file_gives_nothing() -> None:
    assert list(read_all([])) == []


def test_only_so_many_files_are_taken_ahead_of_the_one_that_is_waited_for(tmp_path: Path) -> None:
    path = reports(tmp_path, 1)[0]
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        while True:
            taken += 1
            yield path

    outcomes = read_all(endless(), 1)
    for _ in range(5):
        next(outcomes)
    assert taken <= 5 + 8


def test_a_file_that_takes_too_much_memory_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "BYTES_A_WORKER", 1024**3)
    paths = reports(tmp_path, 6)
    paths[2].write_bytes(others.bomb(600))
    expected = [(path.name, "read") for path in paths]
    expected[2] = (paths[2].name, "too_costly")
    assert told(read_all(paths, 2)) == expected


def test_a_file_that_takes_too_long_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SECONDS_A_FILE", 1)
    paths = reports(tmp_path, 4)
    paths[0].write_bytes(others.nested(8))
    assert told(read_all(paths, 2)) == [
        (paths[0].name, "too_costly"),
        *((path.name, "read") for path in paths[1:]),
    ]


def test_a_worker_that_dies_while_files_are_handed_over_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SECONDS_A_FILE", 1)
    paths = reports(tmp_path, 20)
    paths[1].write_bytes(others.nested(8))
    outcomes = read_all(paths, 1)
    found = [next(outcomes)]
    time.sleep(2)  # whoever takes the outcomes is slow: the worker dies meanwhile
    found += list(outcomes)
    expected = [(path.name, "read") for path in paths]
    expected[1] = (paths[1].name, "too_costly")
    assert told(iter(found)) == expected


def test_a_fault_of_ours_in_one_file_is_named_as_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until_no_other_thread_runs()  # then the process that reads is a copy of this one, with the fault in it

    def fail(path: Path) -> Reading:
        raise RuntimeError("a fault")

    monkeypatch.setattr(archive, "read_report", fail)
    (outcome,) = read_all(reports(tmp_path, 1), 1)
    assert isinstance(outcome, UnreadableReport)
    assert outcome.kind == "reader_fault"
    assert "RuntimeError: a fault" in outcome.message
    assert outcome.sha256


def test_a_folders_reports_are_its_pdfs_by_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/two.pdf", "a/one.PDF", "a/.hidden.pdf", ".git/three.pdf", "a/notes.txt", "four.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [path.relative_to(tmp_path).as_posix() for path in report_files(tmp_path)] == [
        "a/one.PDF",
        "b/two.pdf",
        "four.pdf",
    ]


def read_as(tmp_path: Path, name: str, data: bytes = REPORT) -> tuple[Path, Reading]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path, read_report(path)


def test_a_date_that_only_the_files_name_gives_is_marked_so(tmp_path: Path) -> None:
    path, reading = read_as(tmp_path, "80499-thornmere/2023-11-03-inspection.pdf")
    release, published = as_published(reading)
    assert published.inspection.published == dt.date(2023, 11, 3)
    assert published.inspection.published_source == "filename"
    assert published.inspection.body.urn == "80499"
    assert (release.slot, release.sha256) == ("80499-thornmere/2023-11-03-inspection.pdf", sha256_of(path))
    assert (release.publisher, release.published, release.reader) == (
        "ofsted",
        dt.date(2023, 11, 3),
        READER_VERSION,
    )


def test_a_date_that_the_report_prints_stays(tmp_path: Path) -> None:
    _, reading = read_as(tmp_path, "80499-thornmere/2015-04-09-inspection.pdf", Sif().sheets().bytes())
    _, published = as_published(reading)
    assert (published.inspection.published, published.inspection.published_source) == (
        dt.date(2015, 3, 27),
        "text",
    )


@pytest.mark.parametrize(
    "name", ["thornmere/inspection.pdf", "thornmere/2023-13-45-inspection.pdf", "x/120231-103-04.pdf"]
)
def test_a_name_without_a_date_gives_none(tmp_path: Path, name: str) -> None:
    _, reading = read_as(tmp_path, name)
    release, published = as_published(reading)
    assert (published.inspection.published, published.inspection.published_source) == (None, None)
    assert release.published is None
    assert published.inspection.body.urn is None
