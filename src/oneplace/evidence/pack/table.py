"""What a table of a pack is: columns, types, key, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]
DTYPES: dict[Type, Any] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in Frictionless types. `required`: never empty."""

    name: str
    type: Type = "string"
    required: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `key` names the columns that tell its rows apart, and by which they are sorted."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.parquet"

    @property
    def schema(self) -> dict[str, Any]:
        """Column → Polars type, in order."""
        return {column.name: DTYPES[column.type] for column in self.columns}


TO_RELEASE = ((("release",), "releases", ("release",)),)
