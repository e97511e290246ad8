"""The whole Local Authority Interactive Tool into SQLite, and how long others wait meanwhile."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import polars as pl

from oneplace.commands.load_benchmarks import (
    NotMeasured,
    Pass,
    Result,
    Setting,
    fresh_record,
    in_a_process,
    in_turn,
)

TABLE = "lait_2026-04.parquet"
REGISTER = "uk_local_authorities.csv"
# Between two questions or comments: a busy site.
PAUSE_SECONDS = 0.02


def measure(setting: Setting) -> Result:
    """Ours parses, places and publishes every value into a record that has the register; the reference reads it."""
    table, register = setting.find(TABLE), setting.find(REGISTER)
    if table is None or register is None:
        raise NotMeasured(f"give a folder with {TABLE}, its companions and {REGISTER}: --publications FOLDER")
    prepared = setting.work / "prepared"
    prepared.mkdir()
    in_a_process(prepare, prepared, register)
    ours, reference = in_turn(setting, (load_lait, prepared, table), (read_bare, table))
    return Result(
        title="the whole Local Authority Interactive Tool into SQLite",
        rows=reference[0].said,
        ours=ours,
        reference=reference,
        reference_name="bare Polars",
        goal="under 20 s, nobody waiting more than 0.5 s",
        notes=(_parts(ours), *_waits(prepared, table)),
    )


def prepare(home: Path, register: Path) -> None:
    """A record with the register of authorities in it, and a table of comments."""
    fresh_record(home)
    from oneplace.evidence.actions import publish_release
    from oneplace.sources.mysociety_register import MysocietyRegister

    for release, records in MysocietyRegister().releases(register):
        publish_release(release, records)
    with sqlite3.connect(home / "oneplace.sqlite3") as database:
        database.execute("CREATE TABLE comments (id INTEGER PRIMARY KEY, words TEXT)")


def load_lait(prepared: Path, table: Path, home: Path | None = None) -> tuple[float, float, int]:
    """Seconds to parse, seconds to publish, values published: into a copy of what was prepared."""
    home = home or _copied(prepared)
    fresh_record(home)
    from oneplace.evidence.actions import publish_release
    from oneplace.sources.dfe_lait import DfeLait

    start = time.perf_counter()
    ((release, records),) = DfeLait().releases(table)
    parsed = time.perf_counter()
    published = publish_release(release, records)
    return parsed - start, time.perf_counter() - parsed, published.counts.values


def _copied(prepared: Path) -> Path:
    home = Path(tempfile.mkdtemp(dir=prepared.parent))
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    return home


def read_bare(table: Path) -> int:
    """Every column read by Polars; how many rows."""
    return pl.read_parquet(table).height


def _parts(ours: list[Pass]) -> str:
    parse = statistics.median(each.said[0] for each in ours)
    publish = statistics.median(each.said[1] for each in ours)
    values = ours[0].said[2]
    return (
        f"of ours: parsing {parse:.2f} s, publishing {values:,} values {publish:.2f} s "
        f"({values / publish:,.0f} a second)"
    )


def _waits(prepared: Path, table: Path) -> list[str]:
    """One load more, with a reader and a writer of another table beside it."""
    context = multiprocessing.get_context("spawn")
    home = _copied(prepared)
    database = home / "oneplace.sqlite3"
    stop = context.Event()
    watchers = []
    for name, watch in (("reader", ask), ("writer of another table", comment)):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_watch, args=(watch, database, stop, theirs))
        process.start()
        watchers.append((name, process, ours))
    time.sleep(0.5)
    loaded = in_a_process(load_lait, prepared, table, home)
    stop.set()
    lines = [f"with a reader and a writer beside it: {loaded.seconds:.2f} s"]
    for name, process, ours in watchers:
        waits = ours.recv()
        process.join()
        lines.append(
            f"a {name} waited {statistics.median(waits) * 1000:.1f} ms (median of {len(waits):,}), "
            f"{max(waits) * 1000:.0f} ms at worst"
        )
    return lines


def _watch(watch: Any, database: Path, stop: Event, answer: Connection) -> None:
    # As the site's own connections are: see settings.DATABASES.
    connection = sqlite3.connect(database, timeout=20, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    waits = []
    while not stop.is_set():
        start = time.perf_counter()
        watch(connection)
        waits.append(time.perf_counter() - start)
        time.sleep(PAUSE_SECONDS)
    connection.close()
    answer.send(waits)


def ask(connection: sqlite3.Connection) -> None:
    """What a page asks: an area with its names, and a subject's newest values."""
    connection.execute(
        "SELECT a.name, n.name FROM places_area a JOIN places_areaname n ON n.area_id = a.area_id "
        "WHERE a.area_id = 'haringey'"
    ).fetchall()
    connection.execute(
        "SELECT v.value FROM indicators_value v JOIN indicators_subject s ON s.id = v.subject_id "
        "JOIN indicators_dataset d ON d.id = v.dataset_id "
        "WHERE s.key = 'haringey' AND d.state = 'live' ORDER BY v.measure_id LIMIT 500"
    ).fetchall()


def comment(connection: sqlite3.Connection) -> None:
    """What somebody writes, in a transaction of its own."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO comments (words) VALUES ('It is better since the spring.')")
    connection.execute("COMMIT")
