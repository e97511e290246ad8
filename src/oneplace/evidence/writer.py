"""One writer at a time. Others wait for it; readers never do.

The lock goes with the process that holds it: one that is killed leaves none behind, only a pending
release, which the next writer clears away.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

# Any number does, as long as nothing else in the database uses it.
_ADVISORY_LOCK = 0x0E71_DE5C
_held = False

# SQLite has no queue: who waits to write looks again after some milliseconds, in the end after 100. Where the
# database is free for as long between two transactions, nobody has to wait for a third.
FREE_SECONDS = 0.1
_last_written = 0.0


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


@contextmanager
def one_of_many() -> Iterator[None]:
    """One of the many transactions of a large load: others who wait to write get in between two of them.

    Nothing is lost by it where the next one's rows take as long to make.
    """
    global _last_written
    is_alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    if is_alone:
        time.sleep(max(0.0, _last_written + FREE_SECONDS - time.monotonic()))
    with transaction.atomic():
        yield
    _last_written = time.monotonic()
