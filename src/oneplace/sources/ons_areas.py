"""Which areas are like which, as the Office for National Statistics reckons, and what it calls each.

Data source
    The ONS's Explore Local Statistics: for each local authority twenty others that are most like it, over all that it
    measures, in its economy and in its population.
Format
    `areas_similar.json`: code → {"global": [codes], "economic": [codes], "demographic": [codes]}, the likest first; and
    beside it `areas_list.json`: lists of every area's code and name, in one order, with the years of some starts
    and ends by position.
Cadence
    When the ONS adds indicators or areas change, about yearly.
What needs care
    All of the United Kingdom is in it: an English area's neighbours elsewhere are left out, and the ranks of the others
    stay as they are. Combined authorities' are left out too: they have five, by codes newer than any register's.
    Of the list the names and years of England's authorities are taken: a year is all it gives, and none for most
    that are older than it; the year of an end is the last for which the code holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oneplace.records import Address, AreaNameRecord, AreaRef, SimilarRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.json_files import json_object
from oneplace.sources.source import Source

# What the publication calls a likeness → what the record calls it.
MEASURES = {
    "global": "ons-similar-areas",
    "economic": "ons-similar-areas-economic",
    "demographic": "ons-similar-areas-demographic",
}
ENGLISH = re.compile(r"E(0[6-9]|10)\d{6}")
CODE = re.compile(r"[EWSNK]\d{8}")
AUTHORITY = re.compile(r"E(0[6-9]|10|47)\d{6}")
YEARS = range(1950, 2101)


class OnsAreas(Source):
    # The data source
    name = "ons_areas"
    publisher = "ons"
    title = "Areas that are like each other"
    cadence = "about once a year"

    # Its format
    media_type = "application/json"
    filename = "areas_similar.json"
    companions = ("areas_list.json",)

    # How it is reached
    url = "https://www.ons.gov.uk/explore-local-statistics/"
    access = "manual"
    how = "Save the site's two files, areas_similar.json and areas_list.json, in one folder."
    months = 18
    version = "2"

    def records(self, path: Path) -> Iterator[SimilarRecord | AreaNameRecord]:
        """The likenesses in their order, then what each authority of England is called and for which years."""
        listed = path.with_name(self.companions[0])
        names = _names(listed)
        areas = json_object(path)
        if not areas or not all(CODE.fullmatch(code) for code in areas):
            found = next((code for code in areas if not CODE.fullmatch(code)), "nothing")
            raise SourceError(path, "codes of areas, like E09000014,", found=found)
        for row, (code, likenesses) in enumerate(areas.items(), 1):
            if ENGLISH.fullmatch(code):
                yield from _likenesses(path, row, code, likenesses, names)
        yield from _called(listed, names)


def _likenesses(
    path: Path, row: int, code: str, likenesses: Any, names: Mapping[str, str]
) -> Iterator[SimilarRecord]:
    if not isinstance(likenesses, dict) or set(likenesses) != set(MEASURES):
        found = ", ".join(likenesses) if isinstance(likenesses, dict) else str(likenesses)
        raise SourceError(path, f"{', '.join(MEASURES)}", found=found, row=row, column=code)
    for kind, measure in MEASURES.items():
        others = likenesses[kind]
        if not isinstance(others, list) or not others or len(set(others) | {code}) != len(others) + 1:
            expected = "a list of different codes, none of them the area's own,"
            raise SourceError(path, expected, found=str(others)[:60], row=row, column=f"{code} {kind}")
        for rank, other in enumerate(others, 1):
            if not isinstance(other, str) or other not in names:
                expected = "the code of an area in areas_list.json"
                raise SourceError(path, expected, found=str(other), row=row, column=f"{code} {kind}")
            if ENGLISH.fullmatch(other):
                yield SimilarRecord(
                    measure=measure,
                    area=AreaRef(name=names.get(code, ""), gss_code=code),
                    other=AreaRef(name=names[other], gss_code=other),
                    rank=rank,
                    address=Address(sheet=kind, row=row),
                )


def _names(path: Path) -> dict[str, str]:
    listed = json_object(path)
    for column in ("areacd", "areanm"):
        values = listed.get(column)
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise SourceError(path, f"a list “{column}”", found=", ".join(listed)[:200], column=column)
    codes, names = listed["areacd"], listed["areanm"]
    if len(codes) != len(names) or not codes:
        raise SourceError(
            path, "as many names as codes", found=f"{len(codes)} and {len(names)}", column="areanm"
        )
    found: dict[str, str] = {}
    for row, (code, name) in enumerate(zip(codes, names, strict=True), 1):
        if not CODE.fullmatch(code):
            raise SourceError(
                path, "the code of an area, like E09000014,", found=code, row=row, column="areacd"
            )
        if code in found:
            raise SourceError(path, "each code once", found=code, row=row, column="areacd")
        if not name.strip():
            raise SourceError(path, "the area's name", row=row, column="areanm")
        found[code] = name
    return found


def _called(path: Path, names: Mapping[str, str]) -> Iterator[AreaNameRecord]:
    listed = json_object(path)
    first, last = (_years(path, listed, column, len(names)) for column in ("start", "end"))
    for position, (code, name) in enumerate(names.items()):
        if not AUTHORITY.fullmatch(code):
            continue
        began, ended = first.get(position), last.get(position)
        if began is not None and ended is not None and ended < began:
            expected = f"a year from {began} on"
            raise SourceError(path, expected, found=str(ended), row=position + 1, column="end")
        yield AreaNameRecord(
            area=AreaRef(name=name.strip(), gss_code=code),
            first_year=began,
            last_year=ended,
            address=Address(row=position + 1),
        )


def _years(path: Path, listed: Mapping[str, Any], column: str, most: int) -> dict[int, int]:
    """Position in the list → year. The list has the years of some areas only, by their position as text."""
    given = listed.get(column)
    if not isinstance(given, dict):
        raise SourceError(path, f"years by position under “{column}”", found=str(given)[:60], column=column)
    found: dict[int, int] = {}
    for position, year in given.items():
        if not position.isascii() or not position.isdigit() or int(position) >= most:
            expected = f"positions from 0 to {most - 1}"
            raise SourceError(path, expected, found=position, column=column)
        if type(year) is not int or year not in YEARS:
            row = int(position) + 1
            raise SourceError(path, "a year like 2023", found=str(year)[:60], row=row, column=column)
        found[int(position)] = year
    return found
