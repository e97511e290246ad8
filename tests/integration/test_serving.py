"""`oneplace serve` as a person meets it: an address, a page, Ctrl-C, and nothing left behind."""

from __future__ import annotations

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
from contextlib import contextmanager
from pathlib import Path

import pytest

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
def serving(home: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and the address that it printed; ended at the latest when the test is."""
    server = subprocess.Popen(SERVE, env=environment(home, **more), stdout=subprocess.PIPE, text=True)
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
        assert len(processes) >= 3, "granian and its two workers"
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
