"""Whether a folder is a pack that can be loaded: every fault with its file and column."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

import polars as pl

from oneplace.evidence.errors import PackError
from oneplace.evidence.models import State
from oneplace.evidence.pack.table import Table
from oneplace.evidence.pack.tables import DESCRIPTION, FORMAT, TABLES
from oneplace.frameworks import frameworks

Resources = Mapping[str, Mapping[str, Any]]

# A pack of format 1 has inspections of councils only: these tables are empty, and these columns are the same
# in every row.
NEW_IN_2 = frozenset(
    {
        "bodies", "body_names", "body_codes", "body_areas", "listings", "similar_areas", "measures", "values",
        "events",
    }
)  # fmt: skip
# A pack of format 2 has no boundaries, and does not say of a body which source says what.
NEW_IN_3 = frozenset({"boundaries", "map_lines", "code_names"})
UNTOLD_IN_2: Mapping[str, Mapping[str, object]] = {"bodies": {"words": None}}
UNTOLD_IN_1: Mapping[str, Mapping[str, object]] = {
    "releases": {"as_at": None, "is_snapshot": False},
    "statements": {
        "body_kind": "local_authority", "body_ref": None, "reference": "", "date_precision": "day",
    },
    "judgements": {"subject": "", "score": None},
}  # fmt: skip


def read_description(folder: Path) -> Resources:
    """The resources of a pack by name. `PackError` where the folder is not a pack of this format."""
    path = folder / DESCRIPTION
    try:
        description = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise PackError(str(path), "is missing: this folder is not an evidence pack") from None
    except (ValueError, OSError) as fault:
        raise PackError(str(path), f"is not a data package description: {fault}") from None
    about = description.get("oneplace") if isinstance(description, dict) else None
    written = about.get("format") if isinstance(about, dict) else None
    if not isinstance(written, int):
        raise PackError(str(path), "does not say which format of evidence pack it is: oneplace.format")
    if written > FORMAT:
        raise PackError(
            str(path),
            f"is of format {written}, and this version of Oneplace reads up to {FORMAT}: update Oneplace",
        )
    listed = description.get("resources")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise PackError(str(path), "has no list of resources")
    resources = {str(each.get("name")): each for each in listed}
    for table in TABLES:
        new = (NEW_IN_2 if written < 2 else frozenset()) | (NEW_IN_3 if written < 3 else frozenset())
        if table.name not in resources and table.name not in new:
            raise PackError(str(path), f"does not list the table “{table.name}”")
    return resources


def checked(folder: Path, table: Table, resources: Resources) -> pl.DataFrame:
    """One table, as the description says it is and as this version expects it, in the order of its key."""
    path = folder / table.file
    if table.name not in resources:
        return pl.DataFrame(schema=table.schema)
    resource = resources[table.name]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PackError(table.file, f"is missing from {folder}") from None
    except OSError as fault:
        raise PackError(table.file, f"cannot be read: {fault.strerror}") from None
    if resource.get("bytes") != len(data):
        raise PackError(
            table.file,
            f"has {len(data):,} bytes, {DESCRIPTION} says {resource.get('bytes')}: cut short or changed",
        )
    if resource.get("hash") != f"sha256:{hashlib.sha256(data).hexdigest()}":
        raise PackError(table.file, f"is not the file that {DESCRIPTION} describes: its SHA-256 differs")
    try:
        frame = pl.read_parquet(io.BytesIO(data))
    except Exception as fault:  # Polars raises several families of its own
        raise PackError(table.file, f"is not a Parquet file that can be read: {fault}") from None
    for told_later, new in ((UNTOLD_IN_1, NEW_IN_2), (UNTOLD_IN_2, NEW_IN_3)):
        if not new.intersection(resources):
            frame = frame.with_columns(
                pl.lit(value, table.schema[name]).alias(name)
                for name, value in told_later.get(table.name, {}).items()
            )
    for column in table.columns:
        if column.name not in frame.columns:
            raise PackError(table.file, "is missing", column.name)
        found, expected = frame.schema[column.name], table.schema[column.name]
        if found != expected:
            raise PackError(table.file, f"is {found}; {expected} was expected", column.name)
        if column.required and frame[column.name].null_count():
            row = int(frame[column.name].is_null().arg_max() or 0) + 1
            raise PackError(table.file, f"is empty in row {row}; a value was expected", column.name)
    frame = frame.select(list(table.schema))
    if not _ascends(frame, table.key):
        frame = frame.sort(table.key, nulls_last=True, maintain_order=True)
        if not _ascends(frame, table.key):
            raise PackError(table.file, "two rows have the same key", ", ".join(table.key))
    return frame


def _ascends(frame: pl.DataFrame, key: tuple[str, ...]) -> bool:
    """Whether each row's key is greater than the one before's: in order, and no key twice.

    Every file that was written by `export_pack` is so. To sort a million rows, or to look for two that are
    alike in any order, takes 200 MB each.
    """
    greater = pl.lit(False)
    for name in reversed(key):
        now, before = pl.col(name), pl.col(name).shift(1)
        above = (now > before).fill_null(now.is_null() & before.is_not_null())
        greater = above | (now.eq_missing(before) & greater)
    return bool(frame.select((greater | (pl.int_range(pl.len()) == 0)).all()).item())


def check_tables(tables: Mapping[str, pl.DataFrame]) -> None:
    """Whether what the tables refer to is there, and what they say can be said."""
    for table in TABLES:
        for columns, other, theirs in table.references:
            mine = tables[table.name].select(columns).drop_nulls()
            missing = mine.join(tables[other], left_on=columns, right_on=theirs, how="anti")
            if not missing.is_empty():
                value = " ".join(str(each) for each in missing.row(0))
                raise PackError(table.file, f"{value} is not in {other}.parquet", ", ".join(columns))
    _check_what_is_json(tables)
    states = set(tables["releases"]["state"].to_list()) - {State.LIVE, State.SUPERSEDED, State.WITHDRAWN}
    if states:
        raise PackError(
            "releases.parquet",
            f"{min(states)!r} is no state; live, superseded or withdrawn was expected",
            "state",
        )
    families = {each.family for each in frameworks().values()}
    for name, column in (
        ("inspections", "family"),
        ("statements", "framework"),
        ("rating_totals", "framework"),
    ):
        if unknown := set(tables[name][column].to_list()) - families:
            raise PackError(
                f"{name}.parquet", f"{min(unknown)!r} is no framework that this version has", column
            )


def _check_what_is_json(tables: Mapping[str, pl.DataFrame]) -> None:
    for row, details in enumerate(tables["bodies"]["details"].to_list(), 1):
        if not _is_pairs(details):
            raise PackError("bodies.parquet", f"row {row} is no JSON list of pairs of words", "details")
    for row, words in enumerate(tables["bodies"]["words"].to_list(), 1):
        if words is not None and not _is_words(words):
            raise PackError(
                "bodies.parquet", f"row {row} is no JSON object of what each source says", "words"
            )
    numbers = set()
    for row, (number, points) in enumerate(tables["map_lines"].select("number", "points").iter_rows(), 1):
        numbers.add(number)
        if not _LINE.fullmatch(points):
            raise PackError("map_lines.parquet", f"row {row} is no line of pairs of whole numbers", "points")
    for row, polygons in enumerate(tables["boundaries"]["polygons"].to_list(), 1):
        if not _is_polygons(polygons, numbers):
            raise PackError(
                "boundaries.parquet", f"row {row} is no JSON of rings of lines that map_lines has", "polygons"
            )


_LINE = re.compile(r"-?\d+ -?\d+(?: -?\d+ -?\d+)+")
# What `places` keeps of each source's word on a body.
_WORD = {"parent", "latitude", "longitude", "opened", "as_at", "details"}


def _is_words(text: str) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and all(
        isinstance(word, dict) and set(word) == _WORD and _is_pairs(json.dumps(word["details"]))
        for word in found.values()
    )


def _is_polygons(text: str, numbers: Set[int]) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return _is_lists(found) and all(
        _is_lists(rings)
        and all(
            _is_lists([ring])
            and all(type(each) is int and (each if each >= 0 else ~each) in numbers for each in ring)
            for ring in rings
        )
        for rings in found
    )


def _is_lists(value: Any) -> bool:
    """Whether it is a list of lists, none of them empty."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, list) and each for each in value)


def _is_pairs(text: str) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, list) and all(
        isinstance(each, list) and len(each) == 2 and all(isinstance(word, str) for word in each)
        for each in found
    )
