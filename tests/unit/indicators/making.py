"""Small statistics, for tests of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from oneplace.indicators import actions
from oneplace.places import queries as places
from oneplace.places.actions import load_areas, load_similar
from oneplace.records import AreaRecord, AreaRef, MeasureRecord, SimilarRecord, ValueRecord

COUNCILS = ("ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak")
FETCHED = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def register() -> None:
    """Nine councils and a district of the North West; ash is like beech, cedar and elm."""
    load_areas(
        [
            *(area(name) for name in COUNCILS),
            area("willow", kind="district", childrens_services=False),
        ],
        "register/1",
    )
    load_similar(
        [
            SimilarRecord(
                measure="dfe-statistical-neighbours",
                area=AreaRef(area_id="ash"),
                other=AreaRef(area_id=other),
                rank=rank,
            )
            for rank, other in enumerate(("beech", "cedar", "elm"), 1)
        ],
        "neighbours/1",
    )


def area(area_id: str, **changes: Any) -> AreaRecord:
    number = sum(ord(letter) * 31**place for place, letter in enumerate(area_id)) % 10_000_000
    values: dict[str, Any] = {
        "area_id": area_id,
        "name": area_id.title(),
        "official_name": f"{area_id.title()} Council",
        "kind": "unitary",
        "region": "North West",
        "gss_codes": (f"E{number:08}",),
        "childrens_services": True,
    }
    return AreaRecord(**{**values, **changes})


def measure(key: str = "t-visits", **changes: Any) -> MeasureRecord:
    values: dict[str, Any] = {
        "key": key,
        "title": f"Title of {key}",
        "service": "children",
        "unit": "percent",
        "polarity": "high",
        "definition": "What is counted",
        "decimals": 1,
        "topic": "Visits",
        "publisher": "Department",
    }
    return MeasureRecord(**{**values, **changes})


def value(
    area_name: str = "Ash",
    number: float | None = 12.5,
    period: str = "2022-23",
    ends: str = "2023-03-31",
    key: str = "t-visits",
    scheme: str = "name",
    marker: str = "",
    printed: str | None = None,
    row: int = 2,
    sheet: str | None = None,
) -> ValueRecord:
    written = printed if printed is not None else ("c" if number is None else f"{number:g}")
    return ValueRecord(key, scheme, area_name, period, day(ends), number, marker, written, sheet, row)


def publish(
    values: Sequence[ValueRecord],
    measures: Sequence[MeasureRecord] = (),
    release_id: str = "stats/1",
    replaces: Sequence[str] = (),
    days: int = 0,
) -> None:
    """A release of statistics, all the way."""
    dated = FETCHED + dt.timedelta(days=days)
    actions.begin(release_id, "stats", measures or [measure()], dated)
    actions.add(release_id, values, places.subjects())
    actions.go_live(release_id, replaces)


def across(numbers: Mapping[str, float | None], **changes: Any) -> list[ValueRecord]:
    """One value for each area, in one period."""
    return [
        value(name, number, row=row, marker="" if number is not None else "suppressed", **changes)
        for row, (name, number) in enumerate(numbers.items(), 2)
    ]
