"""Many reports: a folder's files, read over all cores, in order, none able to stop the rest.

PDFium is not thread-safe, so each core has a process. A file that takes too long or too much memory ends its process,
not the reading: the files that were under way are then read one by one, and the culprit is named.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import hashlib
import multiprocessing
import os
import re
import resource
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

from oneplace.reading.read import READER_VERSION, UnreadableReport, read_report
from oneplace.records import BodyRef, InspectionRecord, Reading, ReleaseRecord

# The slowest real report takes a third of a second and 60 MB: these are for files made to be slow or large.
SECONDS_A_FILE = 60
BYTES_A_WORKER = 2 * 1024**3
# Files handed to the workers ahead of the one that is waited for.
_AHEAD = 8

_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_URN_IN_FOLDER = re.compile(r"^(\d{5,7})-")

Outcome = Reading | UnreadableReport


def report_files(folder: Path) -> list[Path]:
    """The PDFs in a folder and its folders, by name; hidden ones are left out."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(
            Path(place, name) for name in names if name.lower().endswith(".pdf") and not name.startswith(".")
        )
    return sorted(found)


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal. Raises OSError where it cannot be opened."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_all(paths: Iterable[Path], workers: int | None = None) -> Iterator[Outcome]:
    """A Reading, or the reason why not, for each path, in their order.

    `workers` is the number of processes; None takes one a core. Memory stays bounded however many paths there are.
    """
    waiting: deque[tuple[Path, Future[Outcome]]] = deque()
    count = workers or len(os.sched_getaffinity(0))
    pool = _pool(count)
    done = False
    try:
        for path in paths:
            waiting.append((path, _submitted(pool, path)))
            if len(waiting) >= count * _AHEAD:
                outcomes, pool = _next(waiting, pool, count)
                yield from outcomes
        while waiting:
            outcomes, pool = _next(waiting, pool, count)
            yield from outcomes
        done = True
    finally:
        # With nothing under way the workers end at once, and are waited for: an interpreter that ends before them
        # may complain of their closed pipes. A caller that stops early does not wait for the file that is being read.
        pool.shutdown(wait=done, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, path: Path) -> Future[Outcome]:
    try:
        return pool.submit(_outcome, path, SECONDS_A_FILE)
    except BrokenProcessPool as error:
        # A worker has died meanwhile: whoever waits for the file finds out, as for those handed over before.
        never: Future[Outcome] = Future()
        never.set_exception(error)
        return never


def _next(
    waiting: deque[tuple[Path, Future[Outcome]]], pool: ProcessPoolExecutor, count: int
) -> tuple[list[Outcome], ProcessPoolExecutor]:
    """The first waiting outcome; after a worker's death, all the waiting ones and a new pool."""
    path, future = waiting.popleft()
    try:
        return [future.result()], pool
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
        if not waiting:
            return [_too_costly(path)], _pool(count)  # nothing else was under way: it was this file
        paths = [path, *(other for other, _ in waiting)]
        waiting.clear()
        return [_alone(each) for each in paths], _pool(count)


def _alone(path: Path) -> Outcome:
    with _pool(1) as pool:
        try:
            return _submitted(pool, path).result()
        except BrokenProcessPool:
            return _too_costly(path)


def _too_costly(path: Path) -> UnreadableReport:
    return UnreadableReport(
        str(path),
        _sha256_or_nothing(path),
        "too_costly",
        f"reading it took more than {SECONDS_A_FILE} seconds or {BYTES_A_WORKER // 1024**3} GB of memory: "
        "it is damaged or made to be so; no inspection report is",
    )


def _pool(count: int) -> ProcessPoolExecutor:
    # Forking is quicker by a third of a second, and safe only while no other thread runs.
    method = "fork" if threading.active_count() == 1 else "forkserver"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_limit, initargs=(BYTES_A_WORKER,))


def _limit(bytes_of_memory: int) -> None:
    faulthandler.disable()  # a worker that a file ends is reported in a line, not by its stack
    resource.setrlimit(resource.RLIMIT_AS, (bytes_of_memory, bytes_of_memory))
    # The default action ends the process even while it is inside PDFium, where no Python handler would run.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(path: Path, seconds: int) -> Outcome:
    signal.alarm(seconds)
    try:
        return read_report(path)
    except UnreadableReport as unreadable:
        return unreadable
    except MemoryError:
        os._exit(1)
    except Exception as error:
        # A fault of ours in one file must not stop an archive; the kind tells it from a fault of the file's.
        return UnreadableReport(
            str(path),
            _sha256_or_nothing(path),
            "reader_fault",
            f"our reader failed on it ({type(error).__name__}: {error}); please report it",
        )
    finally:
        signal.alarm(0)


def _sha256_or_nothing(path: Path) -> str:
    try:
        return sha256_of(path)
    except (OSError, ValueError):
        return ""


def as_published(reading: Reading) -> tuple[ReleaseRecord, Reading]:
    """The release that a file of the publisher's archive is, and the reading with what the archive adds to it.

    The archive names a file "URN-council/DATE-kind.pdf". Where the report prints no publication date, the one in the
    name is taken and marked "filename"; the URN identifies the council whose name the report prints in its own way.
    """
    path = Path(reading.path)
    inspection = reading.inspection
    named = _date_in(path.name)
    if inspection.published is None and named:
        inspection = replace(inspection, published=named, published_source="filename")
    if urn := _URN_IN_FOLDER.match(path.parent.name):
        inspection = replace(inspection, body=BodyRef(name=inspection.body.name, urn=urn[1]))
    release = ReleaseRecord(
        source="ofsted_reports",
        slot=f"{path.parent.name}/{path.name}",
        publisher=inspection.publisher,
        title=_title(inspection),
        sha256=reading.sha256,
        licence="Open Government Licence v3.0",
        retrieved_at=dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC),
        published=inspection.published,
        media_type="application/pdf",
        reader=READER_VERSION,
    )
    return release, replace(reading, inspection=inspection)


def _title(said: InspectionRecord) -> str:
    """The title with what tells it from others of its kind: the council, where it does not name it, and the day."""
    council = "" if said.body.name.lower() in said.title.lower() else f", {said.body.name}"
    day = f", {said.published.day} {said.published:%B %Y}" if said.published else ""
    return f"{said.title}{council}{day}"


def _date_in(name: str) -> dt.date | None:
    found = _DATE_IN_NAME.search(name)
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
