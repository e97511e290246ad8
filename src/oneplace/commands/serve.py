"""`oneplace serve`: the site on this machine, until Ctrl-C.

The server is uvicorn: one parent and its workers, which outlive a parent that is merely ended. So they get a
process group of their own, and it is the group that is stopped.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

import click

from oneplace.commands.progress import loading
from oneplace.commands.record import open_record

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

    from oneplace.website.front import Front

# About how many postcodes the packaged directory has, living and ended: for the progress bar alone.
POSTCODES = 2_700_000
FIRST_PORT = 8000
PORTS_TRIED = 20
SECONDS_TO_START = 60
CONNECTIONS = "oneplace.website.connections:Connection"
# Connections that wait to be accepted: on a busy morning, thousands come within a second.
BACKLOG = 4_096
# A page takes milliseconds; whatever has not ended by then is not going to.
SECONDS_TO_STOP = 5
SECONDS_TO_END_ANSWERS = 3
# A browser goes on to its next page within this, mostly. The same as `connections.ASKS_WITHIN`.
SECONDS_OF_SILENCE = 10
# The parent asks each worker for a sign of life, which a thread of its own gives; without one it starts another.
SECONDS_UNTIL_DEAD = 30
# A connection is an open file, and most systems allow a process a thousand unless it asks for more.
MOST_OPEN_FILES = 65_536


def site() -> Front:
    """The site as `oneplace serve` runs it, an ASGI application: kept pages before Django (`uvicorn --factory`)."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    django.setup()
    from oneplace.website import computing

    return computing.site()


def application() -> WSGIHandler:
    """The site as a WSGI application, for any WSGI server: Django alone, which keeps no pages."""
    from django.core.wsgi import get_wsgi_application

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    return get_wsgi_application()


def server_command(host: str, port: int, workers: int) -> list[str]:
    """What starts the server's parent process, which starts its workers."""
    options = {
        "host": host, "port": port, "workers": workers, "backlog": BACKLOG,
        "interface": "asgi3", "loop": "uvloop", "http": CONNECTIONS, "ws": "none", "lifespan": "off",
        "timeout-keep-alive": SECONDS_OF_SILENCE, "timeout-graceful-shutdown": SECONDS_TO_END_ANSWERS,
        "timeout-worker-healthcheck": SECONDS_UNTIL_DEAD, "log-level": "error",
    }  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "--factory", f"{__name__}:site"]
    command += [f"--{name}={value}" for name, value in options.items()]
    # The front says the date, and what a proxy says of a client is for the settings to believe or not.
    return [*command, "--no-access-log", "--no-proxy-headers", "--no-server-header", "--no-date-header"]


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    envvar="HOST",
    show_default=True,
    show_envvar=True,
    help="The address to listen on; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="PORT",
    show_envvar=True,
    help=f"The port to listen on.  [default: {FIRST_PORT}, or the next that is free]",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Server processes; about one for each core.",
)
def serve(host: str, port: int | None, workers: int) -> None:
    """Serve the site on this machine until Ctrl-C.

    Each worker keeps finished pages (ONEPLACE_PAGE_CACHE: 64 MB) and sends them at once, until something is
    published. A site with many readers has a worker for each core, and in front of it a proxy or a content
    network that does HTTPS and keeps pages for as long as their Cache-Control says. /healthz tells whether the
    record answers. More in docs/reference/serving.md.
    """
    open_record()
    _open_postcodes()
    from django.conf import settings

    with _only_one(Path(settings.ONEPLACE_HOME) / "serving.txt", port) as note:
        chosen = _free_port(host, port)
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{chosen}/"
        if note:
            note.write(address)
            note.flush()
        raise SystemExit(_run(host, chosen, workers, address))


def _open_postcodes() -> None:
    """Make the index of postcodes where there is none, so that no reader waits for it. It takes seconds, once."""
    from oneplace.places import postcodes
    from oneplace.sources.ons_postcodes import packaged

    if (package := packaged()) is None:
        return
    with loading("Making the index of postcodes", POSTCODES) as progress:
        postcodes.build(package, progress)


@contextmanager
def _only_one(path: Path, port: int | None) -> Iterator[TextIO | None]:
    """Hold the note of where this record is being served, or say where it is served already.

    The lock goes with the process that holds it, so a note left by a crash stops nobody. Who names a port
    that is not the running one's gets a second server.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            address = note.read().strip()
            if port is None or address.endswith(f":{port}/"):
                click.echo(f"Oneplace is already running: {address}")
                click.echo(
                    "Stop it with Ctrl-C where it was started, or start another with --port (or PORT=8001)."
                )
                raise SystemExit(0) from None
            yield None
            return
        note.seek(0)
        note.truncate()
        yield note


def _free_port(host: str, port: int | None) -> int:
    """The port asked for, or the first free one from 8000; a click error if there is none."""
    candidates = [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for candidate in candidates:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except PermissionError as error:
                raise click.ClickException(
                    f"Port {candidate} is reserved for the administrator. Choose one above 1023."
                ) from error
            except OSError:
                continue
        return candidate
    if port:
        raise click.ClickException(f"Port {port} is in use by another program. Choose another, or name none.")
    raise click.ClickException(
        f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all in use. Name a free one with --port."
    )


def _run(host: str, port: int, workers: int, address: str) -> int:
    """Start the server, say where it is, wait for its end or a signal; the exit status."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)

    _allow_many_connections()
    command = server_command(host, port, workers)
    server = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
    try:
        status = _wait_until_it_answers(server, address, lambda: stopping)
        if server.poll() is None and not stopping:
            click.echo(f"\nOneplace is at {click.style(address, bold=True)}")
            if status >= 500:
                click.echo(f"Its home page answers with an error ({status}): see the messages above.")
            click.echo("Press Ctrl-C to stop it.")
        while server.poll() is None and not stopping:
            time.sleep(0.1)
    finally:
        _stop_group(server)
    if stopping:
        click.echo("\nStopped.")
        return 0
    click.echo(f"The server ended by itself (status {server.returncode}): see the messages above.", err=True)
    return server.returncode or 1


def _allow_many_connections() -> None:
    """Raise this process's limit of open files, which its workers inherit, as far as the system lets anybody."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN_FILES if most == resource.RLIM_INFINITY else min(most, MOST_OPEN_FILES)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _wait_until_it_answers(
    server: subprocess.Popen[bytes], address: str, stopping: Callable[[], bool]
) -> int:
    """The status of the home page, once there is one; 0 if the server ended or was stopped before."""
    host, port = address.removeprefix("http://").rstrip("/").rsplit(":", 1)
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and not stopping():
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise click.ClickException(
                    f"The server did not answer within {SECONDS_TO_START} seconds."
                ) from None
            time.sleep(0.05)
        finally:
            connection.close()
    return 0


def _stop_group(server: subprocess.Popen[bytes]) -> None:
    """End the server and its workers: kindly, then firmly."""
    with suppress(ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(SECONDS_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
