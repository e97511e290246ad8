"""Servers for a benchmark of the site: our own and nginx, on loopback, ended when the benchmark is."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from oneplace.commands.serve import SECONDS_TO_STOP, server_command

_SECONDS_TO_START = 60
# Only what serving a file needs. Compressed once, beforehand, like our kept pages; files stay open; no log.
_NGINX = """
worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
{user}
events {{ worker_connections 2048; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  gzip_static on; open_file_cache max=100;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs: "http://127.0.0.1:8123", and the parent of its processes."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Load:
    """What a load generator measured: requests a second, and how many of them were not answered as they should."""

    a_second: float
    wrong: int


def needed(*programs: str) -> None:
    """A click error that says what to install, where one of these is missing."""
    if missing := [name for name in programs if not _program(name)]:
        raise click.ClickException(
            f"This needs {' and '.join(missing)}. On Debian, as root: apt-get install {' '.join(missing)}"
        )


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


@contextmanager
def our_site(workers: int, settings: Mapping[str, str]) -> Iterator[Server]:
    """`oneplace serve`'s own server with these settings, answering."""
    port = _free_port()
    with _running(server_command("127.0.0.1", port, workers), settings) as process:
        _wait_for(port, process)
        yield Server(port, process.pid)


@contextmanager
def nginx(folder: Path, workers: int) -> Iterator[Server]:
    """Nginx, serving `folder/files`."""
    program = _program("nginx")
    assert program
    port = _free_port()
    # Started as root it would give its workers to somebody who may not look into the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(workers=workers, folder=folder, port=port, user=user))
    with _running([program, "-c", str(config), "-e", str(folder / "nginx.log")], {}) as process:
        _wait_for(port, process)
        yield Server(port, process.pid)


@contextmanager
def _running(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"ONEPLACE_HOSTS": "127.0.0.1", "ONEPLACE_HTTPS": ""} | dict(settings)
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(SECONDS_TO_STOP)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            get(port, "/")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
    raise click.ClickException("A server that the benchmark needs did not start: see the messages above.")


def get(port: int, path: str, coding: str = "gzip") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and the bytes as they came, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": coding})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()
    finally:
        connection.close()


def load(address: str, seconds: int, headers: Mapping[str, str], connections: int = 32) -> Load:
    """Ask for one address as often as it is answered, with wrk: two threads, so that a core is not its bound."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s"]
    command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    told = subprocess.run(
        [*command, address], capture_output=True, text=True, timeout=seconds + 30, check=True
    ).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", told)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    lost = re.search(r"Socket errors: (.*)", told)
    wrong = int(refused[1]) if refused else 0
    wrong += sum(int(number) for number in re.findall(r"\d+", lost[1])) if lost else 0
    return Load(float(rate[1]) if rate else 0.0, wrong)


def memory(server: Server) -> list[float]:
    """The megabytes of memory of each worker."""
    children = [stat.parent for stat in Path("/proc").glob("[0-9]*/stat") if _parent(stat) == server.pid]
    workers = [int(each.name) for each in children if b"spawn_main" in (each / "cmdline").read_bytes()]
    found = [re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in workers]
    return [int(each[1]) / 1024 for each in found if each]


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
