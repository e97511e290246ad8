"""The product's main job, on the real reports: a folder in, a browsable record with the inspectors' sentences out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def oneplace(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "oneplace.cli", *arguments],
        env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "ONEPLACE_HOME": str(home), "COLUMNS": "120"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A record with the pack, into which a reading was killed in the middle and then run again."""
    place = tmp_path_factory.mktemp("home")
    oneplace(place, "load")
    reading = subprocess.Popen(
        [sys.executable, "-m", "oneplace.cli", "read", str(shared / "reports")],
        env=environment(place), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    time.sleep(2.5)
    os.killpg(reading.pid, signal.SIGKILL)
    reading.wait()
    return place


@pytest.fixture(scope="module")
def told(home: Path, shared: Path) -> str:
    """What the run after the kill printed."""
    return oneplace(home, "read", str(shared / "reports"))


def words(section: str, brief: dict[str, Any]) -> str:
    found = [one for one in brief["sections"] if one["key"] == section]
    assert found, f"{section}: not among {[one['key'] for one in brief['sections']]}"
    return json.dumps(found, ensure_ascii=False)


def test_the_run_after_a_kill_completes_the_work_and_names_what_failed(told: str) -> None:
    counts = {line.split(maxsplit=1)[1].split(",")[0].strip(): int(line.split()[0])
              for line in told.splitlines() if line.strip()[:1].isdigit() and "inspection.pdf" not in line}  # fmt: skip
    read = next(count for what, count in counts.items() if what.startswith("report"))
    assert read + counts["already known"] == 219
    assert counts["failed"] == 2
    assert told.count("web_page: this is a web page saved as .pdf") == 2


def test_a_second_run_reads_nothing_again(home: Path, told: str, shared: Path) -> None:
    again = oneplace(home, "read", str(shared / "reports"))
    assert "219   already known" in again


def test_after_the_kill_every_passage_is_indexed_once_and_found(home: Path, told: str) -> None:
    ask = (
        "import django; django.setup(); from oneplace.evidence.queries import search;"
        "from oneplace.evidence.search import index;"
        "ask = lambda: [search(words).total for words in ('private fostering', 'children', 'zebra')];"
        "print(search('').held.reports, search('').held.passages, *ask()); print(index.rebuild(), *ask())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask], env={**environment(home), "DJANGO_SETTINGS_MODULE": "oneplace.settings"},
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert answer[0] == "219 13641 198 10125 0"
    assert answer[1] == "13641 198 10125 0", "written bit by bit, it is what is made at once"


def test_every_reading_is_of_an_inspection_that_the_checked_facts_have(told: str) -> None:
    assert "inspections that the record did not have" not in told
    assert "something to look at" not in told


def test_december_2018_is_told_with_the_sentences_and_their_pages(home: Path, told: str) -> None:
    brief = json.loads(oneplace(home, "brief", "haringey", "--as-at", "2018-12-20", "--json"))
    improve = words("improve", brief)
    for phrase in (
        "disabled children’s team",
        "case recording, including the recording of",
        "private fostering",
    ):
        assert phrase in improve
    assert '"page": 2' in improve
    looks_back = words("looks_back", brief)
    assert "have been sustained" in looks_back
    assert '"page": 1' in looks_back
    strengths = json.dumps(brief, ensure_ascii=False)
    for phrase in ("are tenacious in their efforts", "led to a step change", "Substantive improvements"):
        assert phrase in strengths


def test_the_points_of_2014_that_come_back_in_2018_are_told(home: Path, told: str) -> None:
    brief = json.dumps(
        json.loads(oneplace(home, "brief", "haringey", "--as-at", "2018-12-20", "--json")), ensure_ascii=False
    ).lower()
    assert "private fostering" in brief
    assert "independent reviewing officers" in brief
    assert "2023" not in brief


def test_of_the_reports_the_review_queue_holds_what_the_sectors_table_has_wrong_and_nothing_else(
    home: Path, told: str
) -> None:
    queue = " ".join(oneplace(home, "review").split())
    assert queue.count("Data to Insight says") == 5
