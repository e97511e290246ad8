"""One writer at a time. Others wait for it; readers never do.

The lock goes with the process that holds it: one that is killed leaves none behind, only a pending
release, which the next writer clears away.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number does, as long as nothing else in the database uses it.
_ADVISORY_LOCK = 0x0E71_DE5C
_held = False


@contextmanager
def only_writer() -> Iterator[None]:
    """Hold the record's write lock; waits while another process holds it. Within one process it nests."""
    global _held
    if _held:
        yield
        return
    with _locked():
        _held = True
        try:
            yield
        finally:
            _held = False


@contextmanager
def _locked() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with _locked_in_the_database():
            yield
        return
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        yield  # nobody else can open it
        return
    with Path(f"{name}.writer-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _locked_in_the_database() -> Iterator[None]:
    """The same lock for writers on other machines. It is the connection's that writes: they are lost together."""
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            # Nobody else sees what is written before the caller's transaction ends: the lock is held until then.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
            yield
            return
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
