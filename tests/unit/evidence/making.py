"""Small records and releases, and a record of their own for state machines: for tests of the record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from oneplace.evidence.parcels import Ready
from oneplace.places.actions import load_areas
from oneplace.records import (
    Address,
    AreaRecord,
    BodyRef,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    LookBackRecord,
    RecommendationRecord,
    ReleaseRecord,
)

FETCHED = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def area(area_id: str, **changes: Any) -> AreaRecord:
    name = area_id.replace("-", " ").title()
    values: dict[str, Any] = {
        "area_id": area_id,
        "name": name,
        "official_name": f"{name} Council",
        "kind": "unitary",
        "region": "North West",
        "gss_codes": (f"E{int(hashlib.sha256(area_id.encode()).hexdigest()[:6], 16)}",),
        "childrens_services": True,
    }
    return AreaRecord(**{**values, **changes})


def areas() -> list[AreaRecord]:
    """Alder and Birch, and Cumbria with the two that took over from it."""
    split = day("2023-04-01")
    return [
        area("alder"),
        area("birch"),
        area("cumbria", end=split, kind="county", successors=("cumberland", "westmorland")),
        area("cumberland", start=split),
        area("westmorland", start=split),
    ]


def register() -> None:
    """The areas, without a release."""
    load_areas(areas(), "register/1")


def release(
    slot: str = "", content: str = "a", source: str = "ofsted_la_outcomes", **changes: Any
) -> ReleaseRecord:
    values: dict[str, Any] = {
        "source": source,
        "slot": slot,
        "publisher": "ofsted",
        "title": f"{source} {slot or content}",
        "sha256": hashlib.sha256(f"{source}{content}".encode()).hexdigest(),
        "licence": "OGL",
        "retrieved_at": FETCHED,
        "reader": "1",
    }
    return ReleaseRecord(**{**values, **changes})


def report(slot: str, content: str = "a", **changes: Any) -> ReleaseRecord:
    return release(slot, content, "ofsted_reports", media_type="application/pdf", **changes)


def overview(content: str = "a", **changes: Any) -> ReleaseRecord:
    return release("", content, "overview", compiled_by="Somebody Else", **changes)


def judgement(key: str = "overall", grade: str = "good", page: int = 1) -> JudgementRecord:
    return JudgementRecord(
        question=key.capitalize(),
        question_key=key,
        grade_printed=grade,
        grade=grade,
        address=Address(page=page),
    )


def inspection(
    published: str | None = "2018-12-14",
    start: str | None = "2018-10-29",
    end: str | None = "2018-11-09",
    *,
    body: str = "Alder",
    framework: str = "ILACS",
    grade: str | None = "good",
    points: int = 0,
    text: str | None = "Keep better records.",
    **changes: Any,
) -> InspectionRecord:
    values: dict[str, Any] = {
        "publisher": "ofsted",
        "framework": framework,
        "body": BodyRef(name=body),
        "title": "Inspection of services",
        "inspection_start": day(start) if start else None,
        "inspection_end": day(end) if end else None,
        "published": day(published) if published else None,
        "published_source": "list" if published else None,
        "judgements": (judgement(grade=grade),) if grade else (),
        "improve": tuple(
            RecommendationRecord(
                ordinal=number,
                list_kind="area_for_improvement",
                text=text,
                address=Address(page=2, box=(1.5, 2.0, 3.25, 4.0)),
            )
            for number in range(1, points + 1)
        ),
        "findings": tuple(
            FindingRecord(ordinal=number, section="Summary", text=text, address=Address(page=1))
            for number in range(1, points + 1)
        ),
        "looks_back": (LookBackRecord(ordinal=1, text=text, status="partly", address=Address(page=1)),)
        if points
        else (),
    }
    return InspectionRecord(**{**values, **changes})


def visit(
    published: str | None = "2019-06-20", start: str | None = "2019-06-01", **changes: Any
) -> InspectionRecord:
    return inspection(published, start, start, framework="focused-visit", grade=None, **changes)


def edition(number: int, content: str = "", **changes: Any) -> ReleaseRecord:
    """An edition of a table of the latest state, of the first day of a month of 2025."""
    values: dict[str, Any] = {
        "as_at": dt.date(2025, number, 1),
        "is_snapshot": True,
        "retrieved_at": FETCHED + dt.timedelta(days=number),
    }
    as_at = values["as_at"].isoformat()
    return release(as_at, content or as_at, "latest_ratings", **{**values, **changes})


def rated(
    name: str = "a", grade: str = "good", row: int = 2, on: str | None = None, **changes: Any
) -> InspectionRecord:
    """A rating of Alder with a number of the publisher's own, from which its date follows."""
    values: dict[str, Any] = {
        "reference": name,
        "judgements": (replace(judgement(grade=grade), address=Address(sheet="Ratings", row=row)),),
        "address": Address(sheet="Ratings", row=row),
    }
    published = dt.date(2010, 1, 1) + dt.timedelta(days=7 * sum(map(ord, name)))
    return inspection(on or published.isoformat(), None, None, **{**values, **changes})


class Killed(BaseException):
    """The process ended here."""


@contextmanager
def to_be_killed(after: int, at_the_flip: bool = False) -> Iterator[Callable[[int], None]]:
    """A progress that kills once `after` transactions are written, or in the very one that flips the pointer."""
    written = 0

    def progress(more: int) -> None:
        nonlocal written
        written += 1
        if written > after:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        if at_the_flip:
            patch.setattr(Ready, "counts", property(lambda ready: (_ for _ in ()).throw(Killed())))
        yield progress


class OwnRecord(RuleBasedStateMachine):
    """Every run has a record of its own, in which nothing is but the areas."""

    def __init__(self) -> None:
        super().__init__()
        self._all = transaction.atomic()
        self._all.__enter__()
        register()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._all.__exit__(None, None, None)


def run_in_any_order(machine: type[OwnRecord], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            # Each step is some dozen questions, and a server takes ten times as long to answer one.
            max_examples=examples if connection.vendor == "sqlite" else 4,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
