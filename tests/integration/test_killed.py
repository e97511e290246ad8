"""A process killed in the middle of loading: nothing is lost, nothing half-done is seen, readers go on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgresql import database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# What each child process begins with: small transactions, and a line on standard output after each.
PREAMBLE = """
import datetime as dt, json, sys
from oneplace.commands.record import open_record
open_record()
from oneplace import large_loads
from oneplace.evidence import actions, publishing, queries
from tests.unit.evidence.making import FETCHED, inspection, register, release
publishing.ROWS_A_TRANSACTION = publishing.VALUES_A_TRANSACTION = 40
large_loads.MOST_TIMES = 1

def edition(number):
    records = [
        inspection(f"{2014 + n % 10}-{1 + n // 10:02}-20", None, None, title=f"edition {number}", points=2)
        for n in range(100)
    ]
    record = release(content=str(number), retrieved_at=FETCHED + dt.timedelta(days=number))
    return actions.publish_release(record, records, lambda more: print("written", more, flush=True))
"""
# An edition of a table of the latest state of sixty care homes, some of them with another grade each month.
EDITIONS = """
from oneplace.records import AreaRef, BodyRecord, BodyRef
from dataclasses import replace
from tests.unit.evidence.making import edition as month, rated
from tests.unit.evidence.test_every_kind_of_record import home, measure, rating, value

def snapshot(number):
    records = []
    for n in range(60):
        grade = "inadequate" if n % 7 == number % 7 else "good"
        on = f"2024-0{number}-15" if n % 11 == number else "2023-05-01"
        records += [home(n), rating(n, grade, on, reference=f"{n} {on}")]
    records += [measure(), *(value(period=str(1900 + y), row=y) for y in range(1, 100))]
    return actions.publish_release(month(number), records, lambda more: print("written", more, flush=True))
"""
STATE = """
print(json.dumps({
    "titles": sorted({view.title for view in queries.history("alder")}),
    "inspections": len(queries.history("alder")),
    "names": sorted(queries.inspection_ids()),
    "releases": [[each.state, each.statements] for each in queries.releases()],
    "log": [[e.sequence, e.position, e.kind, e.inspection, e.field, e.before.split("/")[0], e.after.split("/")[0],
             str(e.on), e.first_load] for e in queries.events(limit=10_000)],
}))
"""


# The tests of PostgreSQL run these too, with the address of a server.
SERVER = os.environ.get("DATABASE_URL", "")


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if SERVER:
        kept["DATABASE_URL"] = database(SERVER, f"home-of-{home.name}")
    return {**kept, "ONEPLACE_HOME": str(home), "PYTHONPATH": str(ROOT)}


def reader_of(home: Path) -> AbstractContextManager[Any]:
    """A connection to ask by, which fails where it would have to wait."""
    if SERVER:
        url = environment(home)["DATABASE_URL"]
        return psycopg.connect(url, autocommit=True, options="-c lock_timeout=1")
    return sqlite3.connect(home / "oneplace.sqlite3", timeout=0)


def run(home: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + code],
        env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def state(home: Path) -> Any:
    return json.loads(run(home, STATE).splitlines()[-1])


def killed_after(home: Path, code: str, lines: int) -> None:
    """Run a child and kill it once it has said so many lines."""
    with subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + code],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for _ in range(lines):
            assert child.stdout.readline().startswith("written")
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=30)
        assert child.returncode == -signal.SIGKILL


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store with one edition of a hundred inspections."""
    run(tmp_path, "register()\nedition(1)")
    return tmp_path


@pytest.mark.parametrize("lines", [1, 2, 7])
def test_a_kill_leaves_the_edition_before_and_the_next_run_completes(home: Path, lines: int) -> None:
    before = state(home)
    assert before["titles"] == ["edition 1"]
    killed_after(home, "edition(2)", lines)
    assert state(home) == before
    assert not json.loads(run(home, "print(json.dumps(edition(2).already_known))").splitlines()[-1])
    after = state(home)
    assert after["titles"] == ["edition 2"]
    assert after["names"] == before["names"]
    assert after["releases"] == [["superseded", 100], ["live", 100]]


def test_two_kills_in_a_row_and_one_while_clearing_up_are_survived(home: Path) -> None:
    killed_after(home, "edition(2)", 9)
    killed_after(home, "edition(3)", 1)
    killed_after(
        home,
        "from oneplace.evidence.models import Statement\n"
        "real = Statement.objects.all().__class__.remove_pending\n"
        "def slowly(rows):\n"
        "    removed = real(rows)\n"
        "    print('written', removed, flush=True)\n"
        "    import time; time.sleep(0.2)\n"
        "    return removed\n"
        "Statement.objects.all().__class__.remove_pending = slowly\n"
        "edition(4)",
        2,
    )
    assert state(home)["titles"] == ["edition 1"]
    run(home, "edition(5)")
    assert state(home)["releases"] == [["superseded", 100], ["live", 100]]


def test_readers_are_neither_blocked_nor_shown_anything_half_done(home: Path) -> None:
    question = (
        "SELECT title, count(*) FROM evidence_statement s JOIN evidence_release r ON r.id = s.release_id "
        "WHERE r.state = 'live' GROUP BY s.title"
    )
    with subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + "edition(2)"],
        env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline().startswith("written")
        with reader_of(home) as reader:
            seen = {
                tuple(row)
                for _ in range(300)
                for row in reader.execute(question.replace("title", "s.title", 1))
            }
        child.stdout.read()
        child.wait(timeout=60)
    assert ("edition 1", 100) in seen
    assert seen <= {("edition 1", 100), ("edition 2", 100)}


def test_two_writers_take_turns(home: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", PREAMBLE + f"edition({number})"],
            env=environment(home), cwd=ROOT, stdout=subprocess.DEVNULL,
        )
        for number in (2, 3)
    ]  # fmt: skip
    assert [child.wait(timeout=120) for child in children] == [0, 0]
    assert state(home)["titles"] == ["edition 3"]
    assert len(state(home)["releases"]) == 3


def of_homes(home: Path) -> Any:
    return json.loads(
        run(
            home,
            EDITIONS
            + """
found = [queries.of_body(f"1-{n}") for n in range(60)]
print(json.dumps([[[v.public_id, v.overall.grade] for v in views] for views in found]))
""",
        ).splitlines()[-1]
    )


@pytest.fixture(scope="module")
def without_a_kill(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """What the log and the homes are after three editions, none of them killed."""
    folder = tmp_path_factory.mktemp("calm")
    run(folder, EDITIONS + "register()\nsnapshot(1)\nsnapshot(2)\nsnapshot(3)")
    return state(folder)["log"], of_homes(folder)


@pytest.mark.parametrize("lines", [1, 8, 12])
def test_a_kill_leaves_no_trace_in_the_change_log_or_in_the_editions(
    tmp_path: Path, without_a_kill: tuple[Any, Any], lines: int
) -> None:
    run(tmp_path, EDITIONS + "register()\nsnapshot(1)")
    before = state(tmp_path)["log"]
    killed_after(tmp_path, EDITIONS + "snapshot(2)", lines)
    assert state(tmp_path)["log"] == before
    run(tmp_path, EDITIONS + "snapshot(2)\nsnapshot(3)")
    assert (state(tmp_path)["log"], of_homes(tmp_path)) == without_a_kill
    kinds = {event[2] for event in without_a_kill[0]}
    assert kinds == {"new", "changed_grade", "corrected", "figures"}


def test_a_process_that_ends_in_the_transaction_that_flips_leaves_no_trace(
    tmp_path: Path, without_a_kill: tuple[Any, Any]
) -> None:
    run(tmp_path, EDITIONS + "register()\nsnapshot(1)")
    before = state(tmp_path)["log"]
    dying = (
        "import os\nfrom oneplace.evidence.parcels import Ready\n"
        "Ready.counts = property(lambda ready: os._exit(9))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + EDITIONS + dying + "snapshot(2)"],
        env=environment(tmp_path), cwd=ROOT, stdout=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 9
    assert state(tmp_path)["log"] == before
    run(tmp_path, EDITIONS + "snapshot(2)\nsnapshot(3)")
    assert (state(tmp_path)["log"], of_homes(tmp_path)) == without_a_kill
