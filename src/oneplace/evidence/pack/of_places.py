"""Areas, bodies and likenesses as tables, and back as records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import polars as pl

from oneplace.evidence.pack.table import Table
from oneplace.evidence.pack.tables_of_places import (
    AREA_CODES,
    AREA_NAMES,
    AREAS,
    BODIES,
    BODY_AREAS,
    BODY_CODES,
    BODY_NAMES,
    BOUNDARIES,
    CODE_NAMES,
    LISTINGS,
    MAP_LINES,
    SIMILAR_AREAS,
    SUCCESSIONS,
)
from oneplace.places import queries as places
from oneplace.places.actions import restore_listings, restore_words
from oneplace.places.queries import whole
from oneplace.places.queries.whole import points_of
from oneplace.records import (
    Address,
    ArcRecord,
    AreaNameRecord,
    AreaRecord,
    AreaRef,
    BodyRecord,
    BoundaryRecord,
    SimilarRecord,
)

Row = Mapping[str, Any]
PlaceRecord = AreaRecord | BodyRecord | SimilarRecord | BoundaryRecord | ArcRecord | AreaNameRecord
# Rows are made into a table so many at a time: as Python's own objects they take ten times the room.
_LOT = 50_000


def frame(table: Table, rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    """The rows as a table's data."""
    left = iter(rows)
    parts = [pl.DataFrame(schema=table.schema)]
    while lot := list(islice(left, _LOT)):
        parts.append(pl.DataFrame(lot, schema=table.schema, orient="row"))
    return pl.concat(parts)


def frames_of_places(releases: Collection[str]) -> dict[str, pl.DataFrame]:
    """Every table of places. Of bodies those that one of `releases` lists."""
    areas = places.areas()
    bodies = frame(BODIES, whole.bodies()).filter(pl.col("release").is_in(list(releases)))
    similar = frame(SIMILAR_AREAS, whole.likenesses()).filter(pl.col("release").is_in(list(releases)))
    return {
        AREAS.name: frame(
            AREAS,
            (
                (
                    each.area_id, each.name, each.official_name, each.kind, each.region, each.start, each.end,
                    each.childrens_services, each.county, each.latitude, each.longitude, each.release_id,
                    each.row,
                )
                for each in areas
            ),
        ),
        AREA_NAMES.name: frame(
            AREA_NAMES,
            ((each.area_id, position, name) for each in areas for position, name in enumerate(each.names)),
        ),
        AREA_CODES.name: frame(
            AREA_CODES,
            (
                (each.area_id, scheme, position, code)
                for each in areas
                for position, (scheme, code) in enumerate(each.codes)
            ),
        ),
        SUCCESSIONS.name: frame(
            SUCCESSIONS, ((each.area_id, successor) for each in areas for successor in each.successors)
        ),
        BODIES.name: bodies,
        BODY_NAMES.name: frame(BODY_NAMES, whole.body_names()).join(bodies, on="body", how="semi"),
        BODY_CODES.name: frame(BODY_CODES, whole.body_codes()).join(bodies, on="body", how="semi"),
        BODY_AREAS.name: frame(BODY_AREAS, whole.body_areas()).join(bodies, on="body", how="semi"),
        LISTINGS.name: frame(LISTINGS, whole.listings()),
        SIMILAR_AREAS.name: similar,
        **{
            table.name: frame(table, rows).filter(pl.col("release").is_in(list(releases)))
            for table, rows in (
                (BOUNDARIES, whole.boundaries()),
                (MAP_LINES, whole.map_lines()),
                (CODE_NAMES, whole.code_names()),
            )
        },
    }  # fmt: skip


class Places:
    """The tables of places, in reach by release."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._areas = by(tables["areas"], "release")
        self._names = by(tables["area_names"], "area")
        self._codes = by(tables["area_codes"], "area")
        self._successions = by(tables["successions"], "predecessor")
        self._bodies = tables["bodies"]
        self._with_bodies = frozenset(self._bodies["release"].to_list())
        self._body_names = by(tables["body_names"], "body")
        self._body_codes = by(tables["body_codes"], "body")
        self._body_areas = by(tables["body_areas"], "body")
        self._similar = by(tables["similar_areas"], "release")
        self._listings = tables["listings"]
        self._boundaries = by(tables["boundaries"], "release")
        self._lines = by(tables["map_lines"], "release")
        self._code_names = by(tables["code_names"], "release")

    def of(self, release: str) -> Iterator[PlaceRecord]:
        """What a release says of places."""
        yield from (self._area(each) for each in self._areas.get((release,), []))
        if release in self._with_bodies:
            of_it = self._bodies.filter(pl.col("release") == release)
            yield from (self._body(each) for each in of_it.iter_rows(named=True))
        yield from (_similar(each) for each in self._similar.get((release,), []))
        yield from (_boundary(each) for each in self._boundaries.get((release,), []))
        yield from (_line(each) for each in self._lines.get((release,), []))
        yield from (_code_name(each) for each in self._code_names.get((release,), []))

    def restore(self) -> None:
        """Say of each body when it was listed first and last, and by whom what, as the pack's record knew it."""
        spans = self._bodies.select("body", "listed_first", "listed_last").iter_rows()
        restore_listings(self._listings.iter_rows(), {body: (first, last) for body, first, last in spans})
        words = self._bodies.select("body", "release", "words").drop_nulls("words").iter_rows()
        restore_words((body, release, json.loads(said)) for body, release, said in words)

    def _area(self, row: Row) -> AreaRecord:
        area = row["area"]
        codes = [(each["scheme"], each["code"]) for each in self._codes.get((area,), [])]
        return AreaRecord(
            area_id=area,
            name=row["name"],
            official_name=row["official_name"],
            kind=row["kind"],
            region=row["region"],
            gss_codes=tuple(code for scheme, code in codes if scheme == "gss"),
            start=row["start"],
            end=row["end"],
            childrens_services=row["childrens_services"],
            county=row["county"],
            successors=tuple(each["successor"] for each in self._successions.get((area,), [])),
            names=tuple(each["name"] for each in self._names.get((area,), [])),
            latitude=row["latitude"],
            longitude=row["longitude"],
            codes=tuple((scheme, code) for scheme, code in codes if scheme != "gss"),
            address=Address(row=row["row"]),
        )

    def _body(self, row: Row) -> BodyRecord:
        body = row["body"]
        roles: dict[str, list[AreaRef]] = defaultdict(list)
        for each in self._body_areas.get((body,), []):
            roles[each["role"]].append(AreaRef(area_id=each["area"]))
        return BodyRecord(
            body_id=body,
            name=row["name"],
            kind=row["kind"],
            serves=tuple(roles["serves"]),
            stands_in=next(iter(roles["stands_in"]), None),
            parent=row["parent"],
            names=tuple(each["name"] for each in self._body_names.get((body,), [])),
            codes=tuple((each["scheme"], each["code"]) for each in self._body_codes.get((body,), [])),
            postcode=row["postcode"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            opened=row["opened"],
            closed=row["closed"],
            details=tuple((name, value) for name, value in json.loads(row["details"])),
            address=Address(sheet=row["sheet"], row=row["row"]),
        )


def _similar(row: Row) -> SimilarRecord:
    return SimilarRecord(
        measure=row["measure"],
        area=AreaRef(area_id=row["area"]),
        other=AreaRef(area_id=row["other"]),
        rank=row["rank"],
        closeness=row["closeness"],
        address=Address(sheet=row["sheet"], row=row["row"]),
    )


def _boundary(row: Row) -> BoundaryRecord:
    return BoundaryRecord(
        tier=row["tier"],
        area=AreaRef(name=row["name"], gss_code=row["code"]),
        polygons=tuple(tuple(tuple(ring) for ring in rings) for rings in json.loads(row["polygons"])),
        first_year=row["first_year"],
        last_year=row["last_year"],
        address=Address(sheet=row["sheet"], row=row["row"]),
    )


def _line(row: Row) -> ArcRecord:
    return ArcRecord(number=row["number"], points=points_of(row["points"]))


def _code_name(row: Row) -> AreaNameRecord:
    return AreaNameRecord(
        area=AreaRef(name=row["name"], gss_code=row["code"]),
        first_year=row["first_year"],
        last_year=row["last_year"],
        address=Address(sheet=row["sheet"], row=row["row"]),
    )


def by(data: pl.DataFrame, *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows of a table by some of its columns."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in data.iter_rows(named=True):
        found[tuple(row[column] for column in columns)].append(row)
    return found
