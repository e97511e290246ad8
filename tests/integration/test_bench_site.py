"""`oneplace bench site` runs, and prints what the site is judged by."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from oneplace.commands import site_servers
from tests.conftest import ROOT
from tests.integration.test_serving import environment, publish

HERE = [sys.executable, "-m", "oneplace.cli", "bench", "site"]


def has_what_it_needs() -> bool:
    return all(site_servers._program(name) for name in ("nginx", "wrk"))


@pytest.mark.slow
@pytest.mark.skipif(not has_what_it_needs(), reason="nginx or wrk is not installed")
def test_the_benchmark_prints_each_measure_and_leaves_no_server(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    done = subprocess.run(
        [*HERE, "--rounds", "1", "--areas", "2", "--clients", "20", "--seconds", "1"],
        env=environment(tmp_path, COLUMNS="160"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for measure in (
        "area page",
        "search",
        "/review/annual/",
        "(304)",
        "nginx",
        "Memory",
        "try again",
        "wrong",
    ):
        assert measure in done.stdout
    left = [
        path for path in Path("/proc").glob("[0-9]*/environ") if str(tmp_path).encode() in environ_of(path)
    ]
    assert left == []


def environ_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_without_nginx_it_says_what_to_install(tmp_path: Path) -> None:
    told = subprocess.run(
        HERE,
        env=environment(tmp_path, PATH=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert "wrk" in told.stderr
    assert "apt-get install" in told.stderr
