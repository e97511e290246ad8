"""Rows that are written once: the record's and the statistics'.

The classes are for whoever writes Python, and triggers in the database (`guard`, in a migration of each room)
for whoever writes SQL: an update of a written row is refused by both. Rows of a release that never became live
are nobody's yet; `remove_pending` is the one way to clear them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What `migrations.RunPython` runs: it is given the models of that time, and what changes the schema.
Step = Callable[[Any, BaseDatabaseSchemaEditor], None]

_M = TypeVar("_M", bound="WriteOnce")


class WriteOnceQuerySet(models.QuerySet[_M]):
    """A query set that reads and adds, and does nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what is written stays as it was written."""
        raise self.model.refused("changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like `update`."""
        raise self.model.refused("changed")

    def delete(self) -> NoReturn:
        """Refuse: what is published is superseded or corrected, not removed."""
        raise self.model.refused("removed")

    def remove_pending(self) -> int:
        """Remove rows that no live release has vouched for. The caller has chosen them by that."""
        return int(self._raw_delete(self.db))


class WriteOnce(models.Model):
    """A row that is added and never changed. Each room says with which error it refuses, and what to do instead."""

    refusal: ClassVar[type[Exception]]
    instead: ClassVar[str]

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise self.refused("changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like the query set."""
        raise self.refused("removed")

    @classmethod
    def refused(cls, verb: str) -> Exception:
        """The error for somebody who would have such a row "changed" or "removed"."""
        return cls.refusal(f"A {cls._meta.verbose_name} is never {verb}: {cls.instead}.")


def guard(
    room: str, message: str, tables: Sequence[str], columns: Mapping[str, Sequence[str]] | None = None
) -> tuple[Step, Step]:
    """For `RunPython`: have the database refuse, with `message`, an update of a room's tables; and undo that.

    `columns` has the tables of which only these columns are written once, because a pointer in them moves.
    """
    updates = dict.fromkeys(tables, "UPDATE") | {
        table: f"UPDATE OF {', '.join(names)}" for table, names in (columns or {}).items()
    }

    def refuse(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            action = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        elif editor.connection.vendor == "postgresql":
            # The room's tables share the function; what it says is each table's own.
            action = f"FOR EACH ROW EXECUTE FUNCTION {room}_refuse('{message}')"
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {room}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_ARGV[0]; END $$"
            )
        else:
            return
        for table, update in updates.items():
            name = f"{room}_{table}"
            editor.execute(f"CREATE TRIGGER {name}_immutable BEFORE {update} ON {name} {action}")

    return refuse, lift(room, updates)


def lift(room: str, tables: Iterable[str]) -> Step:
    """For `RunPython`: take the guard off a room's tables, as SQLite asks before one is given another column."""

    def allow(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        for table in tables:
            name = f"{room}_{table}"
            if vendor == "sqlite":
                editor.execute(f"DROP TRIGGER IF EXISTS {name}_immutable")
            elif vendor == "postgresql":
                editor.execute(f"DROP TRIGGER IF EXISTS {name}_immutable ON {name}")
        if vendor == "postgresql":
            # Other tables of the room may still be guarded by it.
            editor.execute(
                f"DO $$ BEGIN DROP FUNCTION IF EXISTS {room}_refuse(); "
                "EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$"
            )

    return allow
