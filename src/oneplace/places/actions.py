"""Writing places: the whole register at a time, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from oneplace.places.models import Area, AreaCode, AreaName, Body, BodyArea, Succession
from oneplace.places.names import bare, fold
from oneplace.records import AreaRecord


class RegisterError(ValueError):
    """The register contradicts itself: an area twice, a code of two areas, a successor it does not have."""


def load_areas(records: Iterable[AreaRecord], release_id: str) -> int:
    """Replace the register by `records`, and make a council's body for each. Returns how many areas.

    All or nothing: with a contradiction in the register nothing changes (`RegisterError`). Loading the
    same register again changes nothing. An area that a new register leaves out goes with its names.
    """
    areas = tuple(records)
    _check(areas)
    kept = [record.area_id for record in areas]
    with transaction.atomic():
        _upsert_areas(areas, release_id)
        _replace_names_and_codes(areas)
        _upsert_bodies(areas)
        Area.objects.filter(county__isnull=False).exclude(county_id__in=kept).update(county=None)
        Body.objects.exclude(body_id__in=kept).delete()
        Area.objects.exclude(area_id__in=kept).delete()
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
    Body.objects.bulk_create(
        [Body(body_id=record.area_id, name=record.official_name, kind="local_authority") for record in areas],
        update_conflicts=True,
        unique_fields=["body_id"],
        update_fields=["name", "kind"],
    )
    BodyArea.objects.all().delete()
    BodyArea.objects.bulk_create(BodyArea(body_id=record.area_id, area_id=record.area_id) for record in areas)
