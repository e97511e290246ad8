"""Where the register and the Office for National Statistics tell differently of areas, and what either lacks.

Nothing is overwritten: the register's days decide what there was, and each disagreement is told here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from oneplace.places.models import Area, AreaCode, AreaName, Boundary, CodeName
from oneplace.places.names import fold
from oneplace.places.queries.subjects import WIDER

Lack = Literal["no_area", "no_boundary", "start_differs", "end_differs", "name_differs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDifference:
    """One thing that two sources tell differently, or that one of them lacks.

    `register` and `other` are what each says, "" where it says nothing. `release_id`, `sheet` and `row` are where
    the other says it, empty where it is what the other lacks.
    """

    kind: Lack
    area_id: str | None
    code: str
    name: str
    register: str = ""
    other: str = ""
    release_id: str = ""
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeNameView:
    """What a publication calls an area by one of its codes, and for which years, both inclusive.

    A year is all that it gives: None where it gives none.
    """

    code: str
    name: str
    first_year: int | None
    last_year: int | None
    source: str
    release_id: str
    sheet: str | None
    row: int | None


def names_over_time(area_id: str) -> tuple[CodeNameView, ...]:
    """The names of an area's codes, the oldest first. Two sources that say the same are both there."""
    codes = AreaCode.objects.filter(area_id=area_id, scheme="gss").values("code")
    found = [each for each in _said() if each.code in set(codes.values_list("code", flat=True))]
    return tuple(
        sorted(found, key=lambda each: (each.first_year or 0, each.last_year or 9999, each.code, each.source))
    )


def codes_without_area(release_id: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each area of which a release speaks, and that neither the register nor we know."""
    known = {*AreaCode.objects.filter(scheme="gss").values_list("code", flat=True), *WIDER}
    return tuple(
        sorted({(e.code, e.name) for e in _said() if e.release_id == release_id and e.code not in known})
    )


def differences() -> tuple[PlaceDifference, ...]:
    """Every disagreement, by area and code. Six statements; nothing where no boundaries and names are loaded."""
    said = _said()
    return (
        tuple(sorted(_found(said), key=lambda each: (each.kind, each.code, each.release_id))) if said else ()
    )


def _said() -> list[CodeNameView]:
    columns = ("code", "name", "first_year", "last_year", "release_id", "sheet", "row")
    views = []
    for rows in (CodeName.objects.values_list(*columns), Boundary.objects.values_list(*columns)):
        views += [
            CodeNameView(
                code=code, name=name, first_year=first, last_year=last, source=release.partition("/")[0],
                release_id=release, sheet=sheet, row=row,
            )
            for code, name, first, last, release, sheet, row in rows.order_by("pk")
        ]  # fmt: skip
    # A unitary council is in two tiers with the same words: they are said once.
    once = {(e.source, e.code, e.name, e.first_year, e.last_year): e for e in reversed(views)}
    return list(reversed(once.values()))


def _found(said: list[CodeNameView]) -> Iterator[PlaceDifference]:
    areas = {row.area_id: row for row in Area.objects.all()}
    codes: dict[str, list[str]] = {}
    owner: dict[str, str] = {}
    for area_id, code in (
        AreaCode.objects.filter(scheme="gss").order_by("position").values_list("area_id", "code")
    ):
        codes.setdefault(area_id, []).append(code)
        owner[code] = area_id
    names: dict[str, set[str]] = {}
    for area_id, folded in AreaName.objects.values_list("area_id", "folded"):
        names.setdefault(area_id, set()).add(folded)
    for each in said:
        if each.code in WIDER:
            continue
        owned = owner.get(each.code)
        if owned is None:
            yield _difference("no_area", None, each, "", _years(each))
            continue
        area = areas[owned]
        newest, oldest = codes[owned][0], codes[owned][-1]
        if fold(each.name) not in names.get(owned, ()):
            yield _difference("name_differs", owned, each, area.name, each.name)
        # A year of an end is the last whole one; the year of the day on which it ended is the next.
        if (
            each.code == oldest
            and each.first_year
            and area.start is not None
            and area.start.year != each.first_year
        ):
            yield _difference("start_differs", owned, each, area.start.isoformat(), str(each.first_year))
        if each.code == newest and _year_ended(area.end) != each.last_year:
            last = str(each.last_year) if each.last_year else ""
            yield _difference("end_differs", owned, each, area.end.isoformat() if area.end else "", last)
    bounded = set(Boundary.objects.values_list("code", flat=True))
    if bounded:
        for area_id, area in areas.items():
            if not bounded.intersection(codes.get(area_id, ())):
                yield PlaceDifference(
                    kind="no_boundary", area_id=area_id, code=codes.get(area_id, [""])[0], name=area.name
                )


def _year_ended(end: dt.date | None) -> int | None:
    """As the ONS counts: an authority that was no more from 1 April 2023 on has 2022 as its last year."""
    return end.year - 1 if end else None


def _difference(
    kind: Lack, area_id: str | None, each: CodeNameView, register: str, other: str
) -> PlaceDifference:
    return PlaceDifference(
        kind=kind,
        area_id=area_id,
        code=each.code,
        name=each.name,
        register=register,
        other=other,
        release_id=each.release_id,
        sheet=each.sheet,
        row=each.row,
    )


def _years(each: CodeNameView) -> str:
    return f"{each.first_year or ''}–{each.last_year or ''}".strip("–")
