"""What large loads have in common: rows by the thousand, and turns with others who wait to write.

Django makes and adds a row in about 100 microseconds, nearly all of it in Python, and asks for a key a row.
Here it is a tenth of that: rows are made without what no load needs (signals, relations that are looked up),
and go in as plain values under keys that were set aside before.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.base import ModelState

__all__ = ["Lots", "add", "add_rows", "made", "new_keys", "one_of_many", "relate", "those_there"]

_M = TypeVar("_M", bound=models.Model)
Row = tuple[Any, ...]

# SQLite has no queue: who waits to write looks again after 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100, 100 …
# milliseconds. Left free for as long as two of those looks are apart, the database is found free by who began to
# wait while it was held: pairs of how long it was held, and how far apart the looks are by then; in seconds, with
# a little for the time that it takes to wake up.
_LOOKS = ((0.1, 0.03), (0.2, 0.055))
_LOOKS_AT_LAST = 0.105
# A lot that is held nearly to the first of those: fewer transactions, and they are made while it is free.
_HOLDS = 0.08
MOST_TIMES = 4
_last_held = _last_written = 0.0


@contextmanager
def one_of_many() -> Iterator[None]:
    """One of the many transactions of a large load: others who wait to write get in between two of them.

    Nothing is lost by it where the next one's rows take as long to make.
    """
    global _last_held, _last_written
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    free = next((apart for held, apart in _LOOKS if _last_held < held), _LOOKS_AT_LAST)
    time.sleep(max(0.0, _last_written + free - time.monotonic()))
    with transaction.atomic():
        began = time.monotonic()
        yield
    _last_written = time.monotonic()
    _last_held = _last_written - began


class Lots:
    """How large the lots of a load are: `least`, or more where the database takes more within a moment.

    A transaction costs something however few its rows, and so does leaving the database free after it. How many
    rows a moment is worth depends on the machine, so it is learnt from lot to lot.
    """

    def __init__(self, least: int) -> None:
        self.size = least
        self._least = least

    @contextmanager
    def one(self, size: int) -> Iterator[None]:
        """Write one of them, which is of this size, as `one_of_many`; `self.size` is the next one's."""
        with one_of_many():
            yield
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            fitting = int(size * _HOLDS / max(_last_held, 0.001))
            # Not more than twice the one before: a lot may have been light for what was in it.
            self.size = max(self._least, min(fitting, 2 * self.size, MOST_TIMES * self._least))


def made(model: type[_M], **values: Any) -> _M:
    """A row that is not in the database yet, of its columns by their `attname`; the others have their defaults."""
    row = model.__new__(model)
    row.__dict__.update(_defaults(model))
    row.__dict__.update(values)
    row._state = ModelState()
    return row


def relate(row: models.Model, name: str, other: models.Model | None) -> None:
    """Say whose a row that was made is, as `row.name = other` does, without looking at what it was before."""
    row._state.fields_cache[name] = other
    row.__dict__[f"{name}_id"] = None if other is None else other.pk


@lru_cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {
        field.attname: None if field.primary_key else field.get_default()
        for field in model._meta.concrete_fields
    }


def new_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """As many keys as nobody has had, ascending. The caller is the only writer of the table."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = connection.ops.quote_name(table)
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [name, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return range(first, first + count)


def those_there(model: type[models.Model], name: str, values: Iterable[str]) -> frozenset[str]:
    """Those of the values that some row has in its column `name` (an `attname`); one question, however many."""
    wanted = list(values)
    if not wanted:
        return frozenset()
    field = next(each for each in model._meta.concrete_fields if each.attname == name)
    column, table = (connection.ops.quote_name(each) for each in (field.column or name, model._meta.db_table))
    is_postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if is_postgresql else "IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} {among}",
            [wanted if is_postgresql else json.dumps(wanted)],
        )
        return frozenset(value for (value,) in cursor.fetchall())


def add(model: type[_M], rows: Sequence[_M], *, keyed: bool = True) -> None:
    """Add rows. They have their keys afterwards, unless nobody asks for those (`keyed` is false)."""
    if not rows:
        return
    if keyed:
        for row, key in zip(rows, new_keys(model, len(rows)), strict=True):
            row.pk = key
    names = [field.attname for field in model._meta.concrete_fields if keyed or not field.primary_key]
    values = attrgetter(*names)
    add_rows(model, names, [values(row) for row in rows])
    if keyed:
        alias = connection.alias
        for row in rows:
            row._state.adding, row._state.db = False, alias


def add_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Row], *, over: str = "") -> None:
    """Add rows given as values of the columns `names` (each an `attname`), in that order.

    `over` is a column of which each value is once: a row that has it already becomes what the new one says.
    """
    if not rows:
        return
    columns: list[Any] = list(zip(*rows, strict=True))
    empty = {name for name, column in zip(names, columns, strict=True) if column.count(None) == len(rows)}
    if empty and not over:
        # What no row has is NULL without being said; a row of a table has a third of its columns.
        columns = [column for name, column in zip(names, columns, strict=True) if name not in empty]
        names = [name for name in names if name not in empty]
    sql, changed = _insert(model, tuple(names), over, connection.vendor)
    is_postgresql = connection.vendor == "postgresql"
    for number, change in changed:
        columns[number] = [None if value is None else change(value) for value in columns[number]]
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute(sql, [list(column) for column in columns])
        else:
            is_as_given = len(columns) == len(rows[0]) and not changed
            cursor.executemany(sql, rows if is_as_given else list(zip(*columns, strict=True)))


@lru_cache
def _insert(
    model: type[models.Model], names: tuple[str, ...], over: str, vendor: str
) -> tuple[str, list[tuple[int, Callable[[Any], Any]]]]:
    """The statement, and what must be done to the values of which columns."""
    quoted = connection.ops.quote_name
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in names]
    columns = [quoted(field.column or field.attname) for field in chosen]
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) "
    if vendor == "postgresql":
        # A lot a statement: a statement a row takes ten times as long.
        sql += f"SELECT * FROM unnest({', '.join(f'%s::{_type(field)}[]' for field in chosen)})"
    else:
        sql += f"VALUES ({', '.join(['%s'] * len(columns))})"
    if over:
        key = quoted(fields[over].column or over)
        news = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns if column != key)
        sql += f" ON CONFLICT ({key}) DO UPDATE SET {news}"
    changes: list[tuple[int, Callable[[Any], Any]]] = []
    for number, field in enumerate(chosen):
        if isinstance(field, models.JSONField):
            changes.append((number, json.dumps))
        elif isinstance(field, models.DateTimeField):
            changes.append((number, connection.ops.adapt_datetimefield_value))
        elif isinstance(field, models.FloatField) and vendor == "postgresql":
            changes.append((number, float))  # an array has numbers of one sort
    return sql, changes


def _type(field: models.Field[Any, Any]) -> str:
    """A column's type as PostgreSQL calls it; of words any length, so that one too long is refused and not cut."""
    name = field.rel_db_type(connection) if not field.is_relation else field.db_type(connection)
    assert name is not None
    return "text" if name.startswith("varchar") else name
