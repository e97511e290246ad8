"""`oneplace serve` as a person meets it: an address, a page, Ctrl-C, and nothing left behind.

And as thousands meet it: kept pages, from two workers, that are right a moment after a release is published.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest

from tests.conftest import ROOT

SERVE = [sys.executable, "-m", "oneplace.cli", "serve"]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PORT", "HOST", "DATABASE_URL")}
    return kept | {
        "ONEPLACE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "oneplace.settings",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


@contextmanager
def serving(home: Path, *options: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and the address that it printed; ended at the latest when the test is."""
    server = subprocess.Popen(
        [*SERVE, *options], env=environment(home, **more), stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        for line in server.stdout:
            if found := re.search(r"http://\S+/", line):
                yield server, found[0]
                break
        else:
            pytest.fail("the server printed no address")
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        server.stdout.close()


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def offspring(parent: int) -> set[int]:
    """The processes that descend from one, by what the kernel lists; empty where it lists nothing."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found |= {int(stat.parent.name)} | offspring(int(stat.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_site_answers_at_the_printed_address_and_stopping_it_leaves_no_process(
    tmp_path: Path, how: signal.Signals
) -> None:
    with serving(tmp_path, PORT=str(free_port())) as (server, address):
        assert status(address) == 200
        processes = offspring(server.pid)
        assert len(processes) >= 3, "uvicorn and its two workers"
        server.send_signal(how)
        assert server.wait(timeout=30) == 0
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in processes if alive(pid)] == []


@pytest.mark.slow
def test_a_second_start_says_where_the_first_is_and_a_named_port_starts_another(tmp_path: Path) -> None:
    with serving(tmp_path, PORT=str(free_port())) as (_, address):
        again = subprocess.run(
            SERVE, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
        )
        assert again.returncode == 0
        assert f"already running: {address}" in again.stdout
        with serving(tmp_path, PORT=str(free_port())) as (_, other):
            assert other != address
            assert status(other) == 200


def test_a_port_that_another_program_holds_is_said_to_be_in_use(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = subprocess.run(
            SERVE,
            env=environment(tmp_path, PORT=str(port)),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert refused.returncode == 1
    assert f"Port {port} is in use" in refused.stderr


def test_without_a_named_port_the_next_free_one_is_taken() -> None:
    from oneplace.commands.serve import FIRST_PORT, PORTS_TRIED, _free_port

    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first = _free_port("127.0.0.1", None)
        holder.bind(("127.0.0.1", first))
        holder.listen()
        second = _free_port("127.0.0.1", None)
    assert FIRST_PORT <= first < second < FIRST_PORT + PORTS_TRIED


PUBLISH = """
import os, sys
from oneplace.commands.record import open_record
open_record()
from oneplace.evidence import actions
from tests.unit.evidence.making import inspection, register, release
if sys.argv[1] == "first":
    register()
    actions.publish_release(release(), [inspection(grade="good")])
else:
    actions.publish_release(release("b"), [inspection(grade="outstanding")])
"""


def publish(home: Path, which: str) -> None:
    """In another process, as an update does it at night."""
    subprocess.run(
        [sys.executable, "-c", PUBLISH, which], env=environment(home), cwd=ROOT, check=True, timeout=120
    )


def asked(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Over a connection of its own: the kernel chooses the worker."""
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=30)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): each for name, each in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): each for name, each in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.slow
def test_what_another_process_publishes_is_on_every_workers_page_within_two_seconds(tmp_path: Path) -> None:
    page = "/inspections/ofsted/alder/2018-12-14/"
    publish(tmp_path, "first")
    with serving(tmp_path, PORT=str(free_port())) as (_, address):
        for _ in range(30):
            status, headers, body = asked(address, page)
            assert status == 200
            assert b"Outstanding" not in body
        etag = headers["etag"]
        assert asked(address, page, If_None_Match=etag)[0] == 304
        publish(tmp_path, "second")
        time.sleep(1.1)
        asked(address, page)  # who comes first tells the worker to ask; the next two are told
        time.sleep(0.9)
        for _ in range(30):
            status, headers, body = asked(address, page, If_None_Match=etag)
            assert status == 200
            assert b"Outstanding" in body


@pytest.mark.slow
def test_two_hundred_at_once_are_all_answered_rightly_by_two_workers(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    with serving(tmp_path, PORT=str(free_port())) as (_, address), ThreadPoolExecutor(200) as people:
        found = list(people.map(lambda number: asked(address, f"/areas/?x={number}"), range(200)))
        assert {status for status, _, _ in found} == {200}
        assert len({body for _, _, body in found}) == 1


@pytest.mark.slow
def test_the_server_speaks_http_as_caches_and_operators_expect(tmp_path: Path) -> None:
    with serving(tmp_path, PORT=str(free_port())) as (_, address):
        assert asked(address, "/healthz")[2] == b"ok\n"
        status, headers, body = asked(address, "/about/", "HEAD")
        assert (status, body) == (200, b"")
        plain = asked(address, "/about/")[2]
        assert int(headers["content-length"]) == len(plain)
        assert "date" in headers
        assert gzip.decompress(asked(address, "/about/", Accept_Encoding="gzip")[2]) == plain
        assert brotli.decompress(asked(address, "/about/", Accept_Encoding="gzip, br")[2]) == plain
        assert asked(address, "/about/" + "a" * 5000)[0] == 414
        assert asked(address, "/about/", Host="elsewhere.example")[0] == 400
        assert asked(address, "/about/", "POST")[0] == 405
        status, headers, body = asked(address, "/about/", "OPTIONS")
        assert (status, headers["allow"], body) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.slow
def test_a_record_that_goes_missing_leaves_the_pages_that_are_kept(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    # Each worker keeps the pages that it was asked for: of two, one might never have been asked.
    with serving(tmp_path, "--workers", "1", PORT=str(free_port())) as (_, address):
        for _ in range(20):
            assert asked(address, "/areas/alder/")[0] == 200
        for file in tmp_path.glob("oneplace.sqlite3*"):
            file.unlink()
        (tmp_path / "oneplace.sqlite3").mkdir()  # nothing can be opened there
        time.sleep(1.1)
        assert {asked(address, "/areas/alder/")[0] for _ in range(20)} == {200}
