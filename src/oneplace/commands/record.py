"""Opening the record for a command: Django is set up here, and nowhere at import."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

# Any number does, as long as nothing else in the database uses it.
_MIGRATING = 0x0E71_DE5D

NO_DRIVER = (
    "DATABASE_URL names PostgreSQL, and its driver is not installed. Install it beside Oneplace: "
    "the package psycopg[binary], or oneplace[postgresql]."
)
# Words in the order of their letters' numbers, as SQLite has them: in the order of some language, lists and packs
# would differ from machine to machine, and an update of the system's libraries may break an index.
OTHER_ORDER = (
    "The database that DATABASE_URL names is not one for Oneplace: it needs the encoding UTF8 and the collation C. "
    "Make it so: createdb --template=template0 --encoding=UTF8 --locale=C NAME"
)


def open_record() -> None:
    """Set Django up, and bring the database's tables up to this version where they are not."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    # Records and rows are no cycles. To look for some among a million of them, again and again while they are
    # made, is a quarter of the time that a large load takes: it is looked for seldom.
    gc.set_threshold(100_000, 100, 20)
    try:
        django.setup()
        from django.db import DatabaseError

        try:
            _bring_up_to_date()
        except DatabaseError as fault:
            raise click.ClickException(
                f"The database did not do what was asked of it: {fault}".strip()
            ) from fault
    except ImproperlyConfigured as fault:
        if "psycopg" not in str(fault):
            raise
        raise click.ClickException(NO_DRIVER) from fault


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    # Two first starts at once: the second waits, and then finds the tables made.
    with _alone():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else makes tables meanwhile: in PostgreSQL, from no other machine either."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_encoding') = 'UTF8' AND 'B' < 'a' AND 'a b' < 'ab'"
            )
            if cursor.fetchone() != (True,):
                raise click.ClickException(OTHER_ORDER)
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
        return
    with (Path(settings.ONEPLACE_HOME) / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def said_plainly(*expected: type[Exception]) -> Iterator[None]:
    """Turn the errors that a person can do something about into one line and exit status 1."""
    try:
        yield
    except expected as fault:
        raise click.ClickException(str(fault)) from fault
