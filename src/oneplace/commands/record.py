"""Opening the record for a command: Django is set up here, and nowhere at import."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def open_record() -> None:
    """Set Django up, and bring the database's tables up to this version where they are not."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    # Two first starts at once: the second waits, and then finds the tables made.
    with (Path(settings.ONEPLACE_HOME) / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


@contextmanager
def said_plainly(*expected: type[Exception]) -> Iterator[None]:
    """Turn the errors that a person can do something about into one line and exit status 1."""
    try:
        yield
    except expected as fault:
        raise click.ClickException(str(fault)) from fault
