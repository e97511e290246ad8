"""Bodies into the record, an edition at a time: editions in any order leave the same behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model

from oneplace.large_loads import Lots, Row, add_rows, made, those_there
from oneplace.places.models import Area, Body, BodyArea, BodyCode, BodyName, Listing
from oneplace.places.names import bare_body, fold
from oneplace.places.queries.subjects import subjects
from oneplace.records import AreaRef, BodyRecord

# With their names, codes and areas some 1,500 rows. More where the machine is quick: a longer transaction keeps the
# site's writers waiting.
BODIES_A_TRANSACTION = 400

_COLUMNS = (
    "body_id", "name", "kind", "folded", "parent", "postcode", "latitude", "longitude", "opened", "closed", "details",
    "source", "release_id", "sheet", "row", "as_at", "listed_first", "listed_last", "words",
)  # fmt: skip
_values = attrgetter(*_COLUMNS)
_FOLDED = _COLUMNS.index("folded")
_NAME_COLUMNS = ("body_id", "kind", "name", "folded")
_CODE_COLUMNS = ("body_id", "scheme", "code")
_AREA_COLUMNS = ("body_id", "area_id", "role")
# What one publication of a body tells and another leaves out. Not whether it closed: a list of those that are open
# says that too; and not its postcode, which may be left out because it is somebody's home.
_TOLD = ("parent", "latitude", "longitude", "opened")

Pair = tuple[str, str]
Word = dict[str, Any]


def load_bodies(
    records: Sequence[BodyRecord], release_id: str, as_at: dt.date | None = None, *, is_whole: bool = True
) -> tuple[str, ...]:
    """Add bodies, or bring them up to date. Returns the names of areas that nobody knows, each once.

    Of a body's attributes those of its newest edition stand; of two editions of one day, those of the source that
    comes later by name. Where that one says nothing of coordinates, opening day, parent or one of the details, the
    newest edition of another source does. Names and codes add up. A body that an edition leaves out stays as it is,
    and counts as gone from there on where the edition is of all bodies (`is_whole`), not of the changed ones.
    Councils are made from the register alone: a record of one is left aside.
    """
    areas = _Areas(subjects(), _counties())
    wanted = [record for record in _once(records) if record.kind != "local_authority"]
    lots, done = Lots(BODIES_A_TRANSACTION), 0
    while some := wanted[done : done + lots.size]:
        there = those_there(Body, "body_id", (record.body_id for record in some))
        again = [record for record in some if record.body_id in there]
        rows = [
            made(Body, **dict(zip(_COLUMNS, _row(each, release_id, as_at), strict=True))) for each in again
        ]
        new = _new([record for record in some if record.body_id not in there], release_id, as_at, areas)
        with lots.one(len(some)):
            for model, columns, its in new:
                add_rows(model, columns, its)
            if again:
                _load(again, rows, areas)
        done += len(some)
    if as_at is not None and is_whole:
        source = release_id.split("/")[0]
        Listing.objects.bulk_create(
            [Listing(source=source, kind=kind, as_at=as_at) for kind in sorted({r.kind for r in wanted})],
            ignore_conflicts=True,
        )
    return tuple(areas.unplaced)


def _once(records: Iterable[BodyRecord]) -> Iterable[BodyRecord]:
    """A body that an edition lists twice is what its last row says."""
    return {record.body_id: record for record in records}.values()


def _new(
    records: Sequence[BodyRecord], release_id: str, as_at: dt.date | None, areas: _Areas
) -> tuple[tuple[type[Model], Sequence[str], list[Row]], ...]:
    """The rows of bodies that nobody has told of, a model each: nothing needs to be asked about those."""
    bodies = [_row(record, release_id, as_at) for record in records]
    names = [
        (record.body_id, record.kind, name, folded)
        for record, body in zip(records, bodies, strict=True)
        for name, folded in _names(record.kind, body[_FOLDED], (record.name, *record.names))
    ]
    codes = [(record.body_id, *code) for record in records for code in dict.fromkeys(record.codes)]
    return (
        (Body, _COLUMNS, bodies),
        (BodyName, _NAME_COLUMNS, names),
        (BodyCode, _CODE_COLUMNS, codes),
        (BodyArea, _AREA_COLUMNS, [each for record in records for each in areas.of(record)]),
    )


def _load(records: Sequence[BodyRecord], coming: Sequence[Body], areas: _Areas) -> None:
    there = Body.objects.in_bulk([record.body_id for record in records])
    rows: list[Body] = []
    standing: list[BodyRecord] = []
    called = {record.body_id: [record.name, *record.names] for record in records}
    for record, row in zip(records, coming, strict=True):
        before = there[record.body_id]
        called[record.body_id].append(before.name)
        row.listed_first = _first(row.listed_first, before.listed_first)
        row.listed_last = _last(row.listed_last, before.listed_last)
        words = _words(before, row)
        if _order(before) > _order(row):
            before.listed_first, before.listed_last = row.listed_first, row.listed_last
            _complete(before, words)
            rows.append(before)
            continue
        _complete(row, words)
        rows.append(row)
        standing.append(record)
    add_rows(Body, _COLUMNS, [_values(row) for row in rows], over="body_id")
    _place(standing, areas)
    _name(rows, called)
    _number(records)


def _words(before: Body, row: Body) -> dict[str, Word] | None:
    """What the newest edition of each source says of a body; None while only one speaks of it."""
    if before.words is None and before.source == row.source:
        return None
    words = dict(before.words or {before.source: _word(before)})
    had = words.get(row.source)
    if had is None or (had["as_at"] or "") <= (row.as_at.isoformat() if row.as_at else ""):
        words[row.source] = _word(row)
    return words


def _word(row: Body) -> Word:
    word = {name: getattr(row, name) for name in _TOLD}
    for name in ("opened", "as_at"):
        day = getattr(row, name)
        word[name] = day.isoformat() if day else None
    return {**word, "details": row.details}


def _complete(row: Body, words: dict[str, Word] | None) -> None:
    """Its own source's word, and of the others', the newest first, what that one leaves out."""
    row.words = words
    if words is None:
        return
    others = sorted(words.items(), key=lambda each: (each[1]["as_at"] or "", each[0]), reverse=True)
    newest_first = [words[row.source], *(word for source, word in others if source != row.source)]
    told = {
        name: next((word[name] for word in newest_first if word[name] is not None), None) for name in _TOLD
    }
    # A point is one edition's: not the latitude of one and the longitude of another.
    points = ((word["latitude"], word["longitude"]) for word in newest_first)
    row.latitude, row.longitude = next((point for point in points if None not in point), (None, None))
    row.parent = told["parent"]
    row.opened = dt.date.fromisoformat(told["opened"]) if told["opened"] else None
    details: list[list[str]] = []
    for word in newest_first:
        named = {name for name, _ in details}
        details += [[name, value] for name, value in word["details"] if name not in named]
    row.details = details


def _name(rows: Sequence[Body], called: Mapping[str, list[str]]) -> None:
    held = BodyName.objects.filter(body_id__in=[row.body_id for row in rows])
    before = {(body_id, folded): pk for pk, body_id, folded in held.values_list("pk", "body_id", "folded")}
    add_rows(
        BodyName,
        _NAME_COLUMNS,
        [
            (row.body_id, row.kind, name, folded)
            for row in rows
            for name, folded in _names(row.kind, row.folded, called[row.body_id])
            if (row.body_id, folded) not in before
        ],
    )
    # What was another name may be the name that stands now.
    stands = {(row.body_id, row.folded) for row in rows}
    if again := [pk for key, pk in before.items() if key in stands]:
        BodyName.objects.filter(pk__in=again).delete()


def _number(records: Sequence[BodyRecord]) -> None:
    held = BodyCode.objects.filter(body_id__in=[record.body_id for record in records])
    before = set(held.values_list("body_id", "scheme", "code"))
    wanted = {(record.body_id, scheme, code): None for record in records for scheme, code in record.codes}
    add_rows(BodyCode, _CODE_COLUMNS, [each for each in wanted if each not in before])


def _order(body: Body) -> tuple[dt.date, str]:
    return (body.as_at or dt.date.min, body.source)


def _first(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min((day for day in (one, other) if day), default=None)


def _last(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max((day for day in (one, other) if day), default=None)


def _row(record: BodyRecord, release_id: str, as_at: dt.date | None) -> Row:
    """A body by `_COLUMNS`, as one edition tells of it."""
    return (
        record.body_id,
        record.name,
        record.kind,
        fold(record.name),
        record.parent,
        record.postcode,
        record.latitude,
        record.longitude,
        record.opened,
        record.closed,
        [list(pair) for pair in record.details],
        release_id.split("/")[0],
        release_id,
        record.address.sheet,
        record.address.row,
        as_at,
        as_at,
        as_at,
        None,
    )


def _place(records: Sequence[BodyRecord], areas: _Areas) -> None:
    held = BodyArea.objects.filter(body_id__in=[record.body_id for record in records])
    before = {
        (body_id, area_id, role): pk
        for pk, body_id, area_id, role in held.values_list("pk", "body_id", "area_id", "role")
    }
    wanted = {each: None for record in records for each in areas.of(record)}
    if gone := [pk for key, pk in before.items() if key not in wanted]:
        BodyArea.objects.filter(pk__in=gone).delete()
    add_rows(BodyArea, _AREA_COLUMNS, [each for each in wanted if each not in before])


class _Areas:
    """The areas that bodies serve and stand in; `unplaced` are the names that nobody knows, each once."""

    def __init__(self, known: Mapping[Pair, str], counties: Mapping[str, frozenset[str]]) -> None:
        self.unplaced: dict[str, None] = {}
        self._known, self._counties = known, counties
        self._found: dict[AreaRef, str | None] = {}  # a publication names the same ones again and again

    def of(self, record: BodyRecord) -> Iterator[tuple[str, str, str]]:
        """Body, area and role, each once."""
        if record.serves:
            served = frozenset(filter(None, map(self._area, record.serves)))
            for area_id in sorted(_with_counties(served, self._counties)):
                yield record.body_id, area_id, "serves"
        if record.stands_in and (stands_in := self._area(record.stands_in)):
            yield record.body_id, stands_in, "stands_in"

    def _area(self, ref: AreaRef) -> str | None:
        if ref not in self._found:
            self._found[ref] = area_of(ref, self._known)
            if self._found[ref] is None:
                self.unplaced[ref.name or ref.gss_code or ref.dfe_code or ref.area_id or ""] = None
        return self._found[ref]


def _counties() -> dict[str, frozenset[str]]:
    """Each county that there is, with the districts that there are."""
    members: dict[str, set[str]] = {}
    there = Area.objects.filter(end__isnull=True, county__end__isnull=True, county__isnull=False)
    for area_id, county_id in there.values_list("area_id", "county_id"):
        members.setdefault(county_id, set()).add(area_id)
    return {county_id: frozenset(districts) for county_id, districts in members.items()}


def _with_counties(served: frozenset[str], counties: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Who serves a county serves its districts; who serves all of its districts serves the county."""
    if not served:
        return served
    inside = frozenset().union(*(counties[each] for each in served if each in counties))
    above = {county for county, districts in counties.items() if districts <= served}
    return served | inside | above


def area_of(ref: AreaRef, known: Mapping[Pair, str]) -> str | None:
    """The area that a publication names, by code before name; None for England, its regions and the unknown."""
    found = next((known[way] for way in _ways(ref) if way in known), None)
    if found is None or found == "england" or found.startswith("region-"):
        return None
    return found


def _ways(ref: AreaRef) -> Iterator[Pair]:
    if ref.area_id:
        yield "body", ref.area_id
    if ref.gss_code:
        yield "gss", ref.gss_code
    if ref.dfe_code:
        yield "dfe", ref.dfe_code
    if ref.name:
        yield "name", fold(ref.name)


def _names(kind: str, its: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Names other than `its` (folded), as they are and folded, and each without what its kind is called."""
    ways: dict[str, str] = {}
    for name in names:
        folded = fold(name)
        ways.setdefault(folded, name)
        ways.setdefault(bare_body(kind, folded), name)
    return [(name, folded) for folded, name in ways.items() if folded and folded != its]
