"""Towns and villages by name, each with the council that it lies in: who lives in Whitehaven seeks Cumberland.

Data source
    GeoNames (https://www.geonames.org/, CC BY 4.0), its places of England with some hundred people or more; the
    council is that of the nearest postcode in the ONS Postcode Directory of November 2025. `script/list-towns` writes
    `towns.csv`, a row a place: name, the council's GSS code, people (0 where GeoNames does not say).
What needs care
    One name may be many places ("Newport"). Near a border the nearest postcode may be the next council's.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oneplace.places.names import fold
from oneplace.places.queries.areas import AreaView, register

SOURCE = "GeoNames"
MOST_TOWNS = 12
# A beginning that is shorter is of too many places.
_SHORTEST = 4
_NEAR = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place and the council that it is in. `people` is 0 where nobody says."""

    name: str
    area: AreaView
    people: int


def find_towns(typed: str) -> tuple[Town, ...]:
    """The places of this name, the largest first; else those whose names begin so."""
    wanted = fold(typed)
    if not wanted:
        return ()
    exact = _listed().get(wanted, ())
    if exact or len(wanted) < _SHORTEST:
        return _towns(exact)
    return _towns(row for name, rows in _listed().items() if name.startswith(wanted) for row in rows)


def find_towns_near(typed: str) -> tuple[Town, ...]:
    """The places whose name is a slip of the keys away."""
    wanted = fold(typed)
    if len(wanted) < _SHORTEST:
        return ()
    near = difflib.get_close_matches(wanted, _listed(), n=3, cutoff=_NEAR)
    return _towns(row for name in near for row in _listed()[name])


_Row = tuple[str, str, int]


@cache
def _listed() -> dict[str, tuple[_Row, ...]]:
    """Folded name → name, GSS code and people of each place of that name."""
    found: dict[str, list[_Row]] = {}
    with files("oneplace.places").joinpath("towns.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(fold(row["name"]), []).append(
                (row["name"], row["gss_code"], int(row["population"]))
            )
    return {name: tuple(rows) for name, rows in found.items()}


def _towns(rows: Iterable[_Row]) -> tuple[Town, ...]:
    by_code = {code: area for area in register().by_id.values() for code in area.gss_codes}
    found = [
        Town(name=name, area=area, people=people)
        for name, code, people in rows
        if (area := by_code.get(code))
    ]
    return tuple(sorted(found, key=lambda each: (-each.people, each.name, each.area.name))[:MOST_TOWNS])
