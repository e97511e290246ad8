"""A figure of an area that nobody knows, told with its file and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oneplace.evidence.errors import UnplacedValue
    from oneplace.sources import Source


def told_of_unplaced(fault: UnplacedValue, source: Source, file: str) -> str:
    """Where the cell is, and what was expected there."""
    columns = source.area_columns(fault.sheet) if fault.is_of_area else ()
    column = " or ".join(f"“{name}”" for name in columns)
    where = f"{fault.where}, column {column}" if column else fault.where
    return f"{file}, {where}: {fault.message}"
