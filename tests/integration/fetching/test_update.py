"""`oneplace update` against a replaying site: into a fresh home, again, killed in between, and when all goes wrong."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.integration.fetching.ofsted_site import SEARCH, Report, lay_out, results
from tests.integration.fetching.replay import HTML, Answer, Site
from tests.pdfs import others
from tests.pdfs.ilacs import Ilacs
from tests.pdfs.letters import Letter

pytestmark = pytest.mark.slow

INSPECTION = Ilacs(council="Thornmere").sheets().bytes()
LETTER = Letter().sheets().bytes()
COUNCILS = {
    "80001": (
        "Thornmere",
        [
            Report(50000002, "Children's services focused visit, pdf - 14 March 2025", LETTER),
            Report(50000001, "Children's services inspection, pdf - 16 November 2023", INSPECTION),
        ],
    ),
    "80002": (
        "Ashby",
        [
            Report(
                50000003,
                "Children's services inspection, pdf - 17 November 2023",
                Ilacs(council="Ashby").sheets().bytes(),
            )
        ],
    ),
}
REGISTER = """
from oneplace.commands.record import open_record
open_record()
from oneplace.places.actions import load_areas
from tests.unit.evidence.making import area
urns = {"thornmere": "80001", "ashby": "80002"}
load_areas([area(name, codes=(("ofsted_urn", urn),)) for name, urn in urns.items()], "register/1")
"""
STATE = """
import json
from oneplace.commands.record import open_record
open_record()
from oneplace.evidence import queries
print(json.dumps({
    "inspections": queries.inspection_ids(),
    "releases": [[each.source, each.slot, each.url, each.state] for each in queries.releases()],
    "attempts": [[each.source, each.outcome, each.message] for each in queries.attempts()],
}))
"""


@pytest.fixture
def ofsted(site: Site) -> Site:
    lay_out(site, COUNCILS, a_page=1)
    return site


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that knows two councils and nothing else, made once."""
    made = tmp_path_factory.mktemp("registered")
    python(made, Site(), "-c", REGISTER)
    return made


@pytest.fixture
def home(registered: Path, tmp_path: Path) -> Path:
    """A copy of that record."""
    return Path(shutil.copytree(registered, tmp_path / "home"))


def environment(home: Path, site: Site) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    mirrors = " ".join(f"https://{host}.ofsted.gov.uk={site.url}" for host in ("reports", "files"))
    return {
        **kept,
        "ONEPLACE_HOME": str(home),
        "ONEPLACE_MIRRORS": mirrors,
        "ONEPLACE_PAUSE": "0",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
    }


def python(home: Path, site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(home, site), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def update(home: Path, site: Site, *arguments: str, status: int = 0) -> str:
    done = python(home, site, "-m", "oneplace.cli", "update", *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def state(home: Path, site: Site) -> Any:
    return json.loads(python(home, site, "-c", STATE).stdout.splitlines()[-1])


def files_asked(site: Site) -> list[str]:
    return [each.path for each in site.asked if each.path.startswith("/v1/file/")]


def test_reports_are_fetched_read_and_in_the_record_and_the_second_time_nothing_is_fetched(
    ofsted: Site, home: Path
) -> None:
    told = update(home, ofsted, "ofsted_reports")
    assert "3 reports loaded" in told
    after = state(home, ofsted)
    assert after["inspections"] == [
        "ofsted/ashby/2023-11-17",
        "ofsted/thornmere/2023-11-16",
        "ofsted/thornmere/2025-03-14-focused-visit",
    ]
    assert after["releases"][0] == [
        "ofsted_reports",
        "80001-thornmere/2023-11-16-inspection.pdf",
        "https://files.ofsted.gov.uk/v1/file/50000001",
        "live",
    ]
    assert after["attempts"][0][:2] == ["ofsted_reports", "new"]
    asked = len(files_asked(ofsted))
    assert "unchanged" in update(home, ofsted, "ofsted_reports")
    assert len(files_asked(ofsted)) == asked == 3
    assert state(home, ofsted)["releases"] == after["releases"]


def test_reports_that_were_read_from_a_folder_are_not_fetched_again(
    ofsted: Site, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    path = folder / "80001-thornmere" / "2023-11-16-inspection.pdf"
    path.parent.mkdir()
    path.write_bytes(INSPECTION)
    python(home, ofsted, "-m", "oneplace.cli", "read", str(folder))
    update(home, ofsted, "ofsted_reports")
    assert files_asked(ofsted) == ["/v1/file/50000002", "/v1/file/50000003"]
    assert len(state(home, ofsted)["releases"]) == 3


def test_a_kill_in_the_middle_of_fetching_loses_nothing(ofsted: Site, home: Path) -> None:
    whole = ofsted.answers["/v1/file/50000003"]
    assert isinstance(whole, Answer)
    ofsted.answers["/v1/file/50000003"] = Answer(
        whole.body, headers=whole.headers, piece=500, seconds_a_piece=0.2
    )
    with subprocess.Popen(
        [sys.executable, "-m", "oneplace.cli", "update", "ofsted_reports"],
        env=environment(home, ofsted), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        for _ in range(300):
            if "/v1/file/50000003" in files_asked(ofsted):
                break
            time.sleep(0.05)
        time.sleep(0.3)
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=20)
    assert state(home, ofsted)["releases"] == []
    folder = home / "fetched" / "ofsted_reports"
    assert len(list(folder.rglob("*.pdf"))) == 2
    assert len(list(folder.rglob(".*.part"))) == 1
    ofsted.answers["/v1/file/50000003"] = whole
    update(home, ofsted, "ofsted_reports")
    assert files_asked(ofsted).count("/v1/file/50000001") == 1
    assert len(state(home, ofsted)["inspections"]) == 3
    assert list(folder.rglob(".*.part")) == []


def test_a_changed_layout_fails_plainly_and_what_was_there_stays(ofsted: Site, home: Path) -> None:
    update(home, ofsted, "ofsted_reports")
    before = state(home, ofsted)
    ofsted.answers[SEARCH.format(start=0)] = Answer(results({}), headers=HTML)
    told = update(home, ofsted, "ofsted_reports", status=1)
    assert "layout of the search has changed" in told
    after = state(home, ofsted)
    assert after["releases"] == before["releases"]
    assert "failed" in [outcome for _, outcome, _ in after["attempts"]]


def test_what_came_before_a_failure_is_loaded(ofsted: Site, home: Path) -> None:
    ofsted.answers["/provider/44/80002"] = Answer(status=404)
    told = update(home, ofsted, "ofsted_reports", status=1)
    assert "2 reports loaded" in told
    assert "404" in told
    assert len(state(home, ofsted)["inspections"]) == 2


def test_a_report_that_cannot_be_read_is_put_aside_and_not_fetched_again(ofsted: Site, home: Path) -> None:
    minutes = others.minutes().bytes()
    ofsted.answers["/v1/file/50000001"] = Answer(minutes, headers={"Content-Type": "application/pdf"})
    told = update(home, ofsted, "ofsted_reports", status=1)
    assert "unrecognised" in told
    aside = home / "fetched/ofsted_reports/80001-thornmere/refused/2023-11-16-inspection.pdf"
    assert aside.read_bytes() == minutes
    assert "unrecognised" in aside.with_name(aside.name + ".why.txt").read_text("utf-8")
    asked = len(files_asked(ofsted))
    assert "was refused" in update(home, ofsted, "ofsted_reports")
    assert len(files_asked(ofsted)) == asked


def rough_sleeping(*councils: str) -> str:
    """A table of people sleeping rough, in its real layout."""
    heading = "lad24cd,rough_sleeping_2024,rough_sleeping_2025,snapshot_year,source"
    rows = [f"{code},4,5,2025,MHCLG Rough Sleeping Snapshot autumn 2025" for code in councils]
    return "\n".join([heading, *rows, ""])


KNOWN = tuple(f"E0800000{number}" for number in range(8))
CODED = """
from oneplace.commands.record import open_record
open_record()
from oneplace.places.actions import load_areas
from tests.unit.evidence.making import area
load_areas([area(f"area-{n}", gss_codes=(f"E0800000{n}",)) for n in range(8)], "register/2")
"""


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ((*KNOWN[:-1], "E09999999"), "E09999999"),
        (KNOWN[:2], "2 measures of places"),
    ],
    ids=["a code of nobody", "half a file"],
)
def test_a_table_that_is_not_as_usual_is_put_aside_and_the_one_before_stays(
    site: Site, home: Path, second: tuple[str, ...], why: str
) -> None:
    python(home, site, "-c", CODED)
    folder = home / "fetched/mhclg_rough_sleeping"
    folder.mkdir(parents=True)
    file = folder / "rough_sleeping_snapshot_2025.csv"
    file.write_text(rough_sleeping(*KNOWN))
    assert "mhclg_rough_sleeping" in update(home, site, "mhclg_rough_sleeping")
    before = state(home, site)["releases"]
    file.write_text(rough_sleeping(*second))
    told = update(home, site, "mhclg_rough_sleeping", status=1)
    assert (folder / "refused" / file.name).read_text() == rough_sleeping(*second)
    assert not file.exists()
    after = state(home, site)
    assert after["releases"] == before
    (*_, (source, outcome, message)) = [
        each for each in after["attempts"] if each[0] == "mhclg_rough_sleeping"
    ][:1]
    assert (source, outcome) == ("mhclg_rough_sleeping", "refused")
    assert "fetched/mhclg_rough_sleeping/refused" in message
    assert str(home) not in message
    if why[0] == "E":
        assert why in " ".join(told.split())


def test_a_dry_run_says_what_would_be_fetched_and_saves_nothing(ofsted: Site, home: Path) -> None:
    told = update(home, ofsted, "--dry-run", "ofsted_reports")
    assert "https://files.ofsted.gov.uk/v1/file/50000001" in told
    assert files_asked(ofsted) == []
    assert not (home / "fetched" / "ofsted_reports").exists()


def test_two_updates_do_not_run_at_once(ofsted: Site, home: Path) -> None:
    with (home / "updating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another update is running" in update(home, ofsted, "ofsted_reports", status=1)
    assert ofsted.asked == []


def test_without_councils_the_reports_are_kept_and_the_way_on_is_told(ofsted: Site, tmp_path: Path) -> None:
    told = update(tmp_path, ofsted, "ofsted_reports", status=1)
    assert "oneplace load" in told
    python(tmp_path, ofsted, "-c", REGISTER)
    update(tmp_path, ofsted, "ofsted_reports")
    assert len(files_asked(ofsted)) == 3
    assert len(state(tmp_path, ofsted)["inspections"]) == 3


def test_a_source_that_nobody_knows_is_named(ofsted: Site, home: Path) -> None:
    assert "no source 'ofsted_repots'" in update(home, ofsted, "ofsted_repots", status=2)


def test_ctrl_c_stops_plainly_keeps_whole_files_and_lets_the_lock_go(ofsted: Site, home: Path) -> None:
    whole = ofsted.answers["/v1/file/50000003"]
    assert isinstance(whole, Answer)
    ofsted.answers["/v1/file/50000003"] = Answer(
        whole.body, headers=whole.headers, piece=500, seconds_a_piece=0.2
    )
    with subprocess.Popen(
        [sys.executable, "-m", "oneplace.cli", "update", "ofsted_reports"],
        env=environment(home, ofsted), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        for _ in range(300):
            if "/v1/file/50000003" in files_asked(ofsted):
                break
            time.sleep(0.05)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "run it again and it goes on" in said
    assert "Traceback" not in said
    folder = home / "fetched" / "ofsted_reports"
    assert len(list(folder.rglob("*.pdf"))) == 2
    assert list(folder.rglob(".*.part")) == []
    ofsted.answers["/v1/file/50000003"] = whole
    assert "3 reports loaded" in update(home, ofsted, "ofsted_reports")
