"""The real server over the bundled pack, and Debian's Chromium."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT
from tests.pdfs.ilacs import Ilacs

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a record with the bundled pack and one report, in words of our own, on Rutland."""
    if not (ROOT / "src/oneplace/website/static/built/manifest.json").is_file():
        pytest.skip("the stylesheet is not built: run script/setup")
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "ONEPLACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "oneplace.settings"}
    environment.pop("DATABASE_URL", None)
    oneplace = str(Path(sys.executable).with_name("oneplace"))
    subprocess.run([oneplace, "load", "pack"], env=environment, check=True, capture_output=True, timeout=240)
    report = tmp_path_factory.mktemp("reports") / "rutland" / "2026-07-01-inspection.pdf"
    report.parent.mkdir()
    Ilacs(layout="2026", council="Rutland").sheets().save(report)
    reading = [oneplace, "read", str(report.parent.parent)]
    subprocess.run(reading, env=environment, check=True, capture_output=True, timeout=240)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [oneplace, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/about/")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once a file: while it runs, Django's database may not be used in the same process."""
    if not shutil.which(CHROMIUM):
        pytest.skip("Chromium is not installed: run script/setup --dev as root")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()
