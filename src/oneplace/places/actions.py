"""Writing places: the whole register at a time, in one transaction; bodies and likenesses an edition at a time."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction

from oneplace.large_loads import add_rows
from oneplace.places.errors import RegisterError
from oneplace.places.listings import restore_listings, restore_words
from oneplace.places.loading_bodies import area_of, load_bodies
from oneplace.places.loading_boundaries import load_geography
from oneplace.places.models import Area, AreaCode, AreaName, Body, BodyArea, Register, Similar, Succession
from oneplace.places.names import bare, fold
from oneplace.places.postcodes import forget_councils
from oneplace.places.postcodes import opened as open_postcodes
from oneplace.places.postcodes.index import build
from oneplace.places.queries.subjects import subjects
from oneplace.records import AreaRecord, AreaRef, PostcodesRecord, SimilarRecord

__all__ = [
    "COUNCIL",
    "RegisterError",
    "load_areas",
    "load_bodies",
    "load_geography",
    "load_postcodes",
    "load_similar",
    "prepare_postcodes",
    "restore_listings",
    "restore_words",
]

_LIKENESS = ("measure", "area_id", "other_id", "rank", "closeness", "release_id", "sheet", "row")
COUNCIL = "local_authority"


def load_areas(records: Iterable[AreaRecord], release_id: str) -> int:
    """Replace the register by `records`, and make a council's body for each. Returns how many areas.

    All or nothing: with a contradiction in the register nothing changes (`RegisterError`). Loading the
    same register again changes nothing. An area that a new register leaves out goes with its names; bodies that
    are no councils are left alone, but for where they stood or served in such an area.
    """
    areas = tuple(records)
    _check(areas)
    kept = [record.area_id for record in areas]
    with transaction.atomic():
        _upsert_areas(areas, release_id)
        _replace_names_and_codes(areas)
        _upsert_bodies(areas)
        Area.objects.filter(county__isnull=False).exclude(county_id__in=kept).update(county=None)
        Body.objects.filter(kind=COUNCIL).exclude(body_id__in=kept).delete()
        Area.objects.exclude(area_id__in=kept).delete()
        # Last: whoever reads the areas from here on, in this transaction too, reads all of them.
        Register.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    forget_councils()
    return len(areas)


def _check(areas: tuple[AreaRecord, ...]) -> None:
    if not areas:
        raise RegisterError("the register has no areas; nothing was changed")
    known = Counter(record.area_id for record in areas)
    if twice := [area_id for area_id, times in known.items() if times > 1]:
        raise RegisterError(f"the register has these areas more than once: {', '.join(twice)}")
    owner: dict[tuple[str, str], str] = {}
    for record in areas:
        for code in _codes(record):
            if owner.setdefault(code, record.area_id) != record.area_id:
                raise RegisterError(f"{code[0]} {code[1]} is given to {owner[code]} and to {record.area_id}")
        for other in (*record.successors, *((record.county,) if record.county else ())):
            if other not in known:
                raise RegisterError(f"{record.area_id} refers to {other}, which the register does not have")


def _codes(record: AreaRecord) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((*(("gss", code) for code in record.gss_codes), *record.codes)))


def _upsert_areas(areas: tuple[AreaRecord, ...], release_id: str) -> None:
    fields = [
        "name", "official_name", "kind", "region", "start", "end", "childrens_services", "county",
        "latitude", "longitude", "release_id", "row",
    ]  # fmt: skip
    # Counties first: a district's row points to its county's.
    for group in (
        [record for record in areas if record.county is None],
        [record for record in areas if record.county is not None],
    ):
        Area.objects.bulk_create(
            [
                Area(
                    area_id=record.area_id,
                    name=record.name,
                    official_name=record.official_name,
                    kind=record.kind,
                    region=record.region,
                    start=record.start,
                    end=record.end,
                    childrens_services=record.childrens_services,
                    county_id=record.county,
                    latitude=record.latitude,
                    longitude=record.longitude,
                    release_id=release_id,
                    row=record.address.row,
                )
                for record in group
            ],
            update_conflicts=True,
            unique_fields=["area_id"],
            update_fields=fields,
        )


def _replace_names_and_codes(areas: tuple[AreaRecord, ...]) -> None:
    AreaName.objects.all().delete()
    AreaCode.objects.all().delete()
    Succession.objects.all().delete()
    AreaName.objects.bulk_create(name for record in areas for name in _names(record))
    AreaCode.objects.bulk_create(
        AreaCode(area_id=record.area_id, scheme=scheme, code=code, position=position)
        for record in areas
        for position, (scheme, code) in enumerate(_codes(record))
    )
    Succession.objects.bulk_create(
        Succession(predecessor_id=record.area_id, successor_id=successor)
        for record in areas
        for successor in record.successors
    )


def _names(record: AreaRecord) -> list[AreaName]:
    ways: dict[str, str] = {}
    for name in (record.name, record.official_name, *record.names):
        ways.setdefault(fold(name), name)
    return [
        AreaName(area_id=record.area_id, name=name, folded=folded, bare=bare(folded), position=position)
        for position, (folded, name) in enumerate(ways.items())
        if folded
    ]


def _upsert_bodies(areas: tuple[AreaRecord, ...]) -> None:
    """A council for each area. A county's serves its districts too: they have no other schools or social care."""
    Body.objects.bulk_create(
        [
            Body(
                body_id=record.area_id,
                name=record.official_name,
                kind=COUNCIL,
                folded=fold(record.official_name),
            )
            for record in areas
        ],
        update_conflicts=True,
        unique_fields=["body_id"],
        update_fields=["name", "kind", "folded"],
    )
    BodyArea.objects.filter(body__kind=COUNCIL).delete()
    BodyArea.objects.bulk_create(BodyArea(body_id=record.area_id, area_id=record.area_id) for record in areas)
    BodyArea.objects.bulk_create(
        BodyArea(body_id=record.county, area_id=record.area_id) for record in areas if record.county
    )


def load_similar(records: Sequence[SimilarRecord], release_id: str) -> int:
    """Replace each measure of likeness that the records have. Returns how many likenesses there are.

    `RegisterError`, and nothing changes, where one names an area that nobody knows or gives a rank twice.
    """
    known = subjects()

    def named(ref: AreaRef, record: SimilarRecord) -> str:
        if (found := area_of(ref, known)) is None:
            said = ref.name or ref.gss_code or ref.dfe_code or ref.area_id
            raise RegisterError(
                f"row {record.address.row} names an area that the register does not have: {said}"
            )
        return found

    rows = [
        (
            record.measure, named(record.area, record), named(record.other, record), record.rank,
            record.closeness, release_id, record.address.sheet, record.address.row,
        )
        for record in records
    ]  # fmt: skip
    ranks = Counter((measure, area_id, rank) for measure, area_id, _, rank, *_ in rows)
    if twice := [key for key, times in ranks.items() if times > 1]:
        raise RegisterError(f"{twice[0][1]} has two areas of rank {twice[0][2]} by {twice[0][0]}")
    with transaction.atomic():
        Similar.objects.filter(measure__in={record.measure for record in records}).delete()
        add_rows(Similar, _LIKENESS, rows)
    return len(rows)


def load_postcodes(record: PostcodesRecord) -> None:
    """Make the index of an edition of the postcode directory. It is used from now on if it is the newest."""
    build(Path(record.path))


def prepare_postcodes() -> None:
    """Make the index of the packaged directory now, which the first question would make otherwise: a few seconds."""
    open_postcodes()
