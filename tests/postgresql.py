"""A PostgreSQL of the tests' own: in a temporary folder, reached by a socket in it, ended by its process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

# Debian keeps the server's programs out of the PATH, a folder a version.
DEBIAN = Path("/usr/lib/postgresql")
OWNER = "postgres"
# A server that loses everything when the machine stops is quick, and all that a test needs.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "listen_addresses=")


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest version's; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [each for each in DEBIAN.glob("*/bin") if (each / "initdb").is_file()]
    return max(versions, key=lambda folder: float(folder.parent.name), default=None)


def why_not() -> str | None:
    """Why no server can be started here; None where one can."""
    if programs() is None:
        return "PostgreSQL is not installed (on Debian, as root: apt-get install postgresql)"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(OWNER)
        except KeyError:
            return f"PostgreSQL does not run as root, and there is no user {OWNER} to run it as"
    return None


@contextmanager
def server() -> Iterator[str]:
    """Start a server with an empty database; gives the `DATABASE_URL` of that."""
    place = programs()
    assert place is not None
    # Not pytest's own folder: only root may look into that, where the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="oneplace-postgresql-"))
    somebody: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, pwd.getpwnam(OWNER).pw_gid)
        somebody |= {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid, "extra_groups": []}
    try:
        made = subprocess.run(
            [place / "initdb", "-D", folder / "data", "-U", OWNER, "--auth=trust", "--no-sync", "--encoding=UTF8",
             "--locale=C"],
            **somebody, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        settings = [word for setting in QUICK for word in ("-c", setting)]
        with (folder / "log").open("w") as log:
            running = subprocess.Popen(
                [place / "postgres", "-D", folder / "data", "-k", folder, *settings],
                **somebody, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            url = f"postgres://{OWNER}@{quote(str(folder), safe='')}/{OWNER}"
            _wait_for(url, running, folder / "log")
            yield url
        finally:
            running.send_signal(signal.SIGQUIT)  # at once: nobody needs what it holds
            with suppress(subprocess.TimeoutExpired):
                running.wait(timeout=30)
            if running.poll() is None:
                running.kill()
                running.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert running.poll() is None, log.read_text()
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        time.sleep(0.1)
    raise AssertionError(f"PostgreSQL did not start in 30 seconds:\n{log.read_text()}")


def database(url: str, name: str, how: str = "") -> str:
    """The `DATABASE_URL` of another database of the same server, which is made where it is not there."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            identifier = psycopg.sql.Identifier(name)
            statement = psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE template0 " + how)
            connection.execute(statement.format(identifier))
    return urlsplit(url)._replace(path=f"/{name}").geturl()
