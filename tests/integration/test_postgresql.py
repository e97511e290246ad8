"""The same tests on PostgreSQL: those of the rooms that keep something, run once more with a `DATABASE_URL`.

In a process of its own, because Django has one database from its start to its end. Left out are the tests that
only reckon, those of the pages, and the long ones that ask the database nothing which others do not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, SHARED
from tests.postgresql import database, server, why_not

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(why_not() is not None, reason=why_not() or ""),
    pytest.mark.timeout(600),
]

ROOMS = {
    "evidence": ["tests/unit/evidence", "--ignore=tests/unit/evidence/test_matching.py"],
    "the others": [
        "tests/unit/indicators",
        "tests/unit/places",
        "tests/unit/archive",
        "tests/unit/improvement",
    ],
    # Without ../shared, those that compare with it would be skipped: here nothing may be.
    "England": [
        "tests/integration/test_record_of_england.py",
        *([] if SHARED.is_dir() else ["-m", "not shared"]),
    ],
    "killed": ["tests/integration/test_killed.py", "-k", "[8] or readers or writers"],
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server() as address:
        yield address


def environment(url: str, home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    return {**kept, "DATABASE_URL": url, "ONEPLACE_HOME": str(home)}


@pytest.mark.parametrize("room", ROOMS)
def test_what_passes_on_sqlite_passes_on_postgresql(url: str, tmp_path: Path, room: str) -> None:
    mine = database(url, f"tests-of-{room.replace(' ', '-')}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--create-db", *ROOMS[room]],
        env=environment(mine, tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=580, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    summary = done.stdout.splitlines()[-1]
    assert re.match(r"[1-9]\d* passed", summary), summary
    assert "skipped" not in summary, summary


def oneplace(
    url: str, home: Path, *arguments: str, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    found = environment(url, home) | ({"PYTHONPATH": str(path)} if path else {})
    return subprocess.run(
        [sys.executable, "-m", "oneplace.cli", *arguments],
        env=found, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_first_start_makes_the_tables(url: str, tmp_path: Path) -> None:
    done = oneplace(database(url, "first"), tmp_path, "brief", "nowhere")
    assert done.returncode == 1
    assert "There is no area called “nowhere”" in done.stderr


@pytest.mark.parametrize("how", ["LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'", "ENCODING 'SQL_ASCII' LOCALE 'C'"])
def test_a_database_with_words_in_another_order_is_refused(url: str, tmp_path: Path, how: str) -> None:
    done = oneplace(database(url, how.split()[0].lower(), how), tmp_path, "brief", "haringey")
    assert done.returncode == 1
    assert "createdb --template=template0 --encoding=UTF8 --locale=C" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_said_in_one_line(url: str, tmp_path: Path) -> None:
    done = oneplace(url.rpartition("/")[0] + "/absent", tmp_path, "brief", "haringey")
    assert done.returncode == 1
    assert 'database "absent" does not exist' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_driver_is_said_with_what_to_install(url: str, tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('not here')\n")
    done = oneplace(url, tmp_path, "brief", "haringey", path=tmp_path)
    assert done.returncode == 1
    assert "oneplace[postgresql]" in done.stderr
    assert "Traceback" not in done.stderr
