"""Fetching what live releases say of inspections, with as few queries as there are tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from django.db.models import Q

from oneplace.evidence.models import (
    Correction,
    Finding,
    Inspection,
    Judgement,
    LookBack,
    Problem,
    Recommendation,
    Release,
    State,
    Statement,
)
from oneplace.evidence.models.statements import Addressed
from oneplace.evidence.standing import standing
from oneplace.evidence.views import SourceRef
from oneplace.records import Address, JudgementRecord

Part = Literal["judgements", "recommendations", "findings", "looks_back", "problems"]

HEADER_AND_JUDGEMENTS: tuple[Part, ...] = ("judgements",)
EVERYTHING: tuple[Part, ...] = ("judgements", "recommendations", "findings", "looks_back")

# SQLite takes 32,766 parameters in a statement; a list of identifiers is cut to fit.
_IDS_A_QUERY = 30_000
# Corrections are made by hand: past so many inspections it is quicker to read all of them.
_MOST_TARGETS = 500

_Id = TypeVar("_Id", int, str)


@dataclass(slots=True)
class Said:
    """One statement with its parts. `standing` is its release's, 1 the best."""

    statement: Statement
    release: Release
    standing: int
    # Rows where they are read back; the release's own words where it is on its way in.
    judgements: Sequence[Judgement | JudgementRecord] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    looks_back: list[LookBack] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def source(self, row: Addressed | JudgementRecord | None = None) -> SourceRef:
        """The release, and the place in it of a row: the statement itself where none is given."""
        return source_ref(self.release, (row or self.statement).address)


def source_ref(release: Release, address: Address) -> SourceRef:
    """A release and a place in it, as views show them."""
    return SourceRef(
        release_id=release.public_id,
        publisher=release.publisher,
        title=release.title,
        url=release.url,
        sha256=release.sha256,
        licence=release.licence,
        retrieved_at=release.retrieved_at,
        compiled_by=release.compiled_by,
        address=address,
    )


def held(held_at: dt.datetime | None, prefix: str = "release__") -> Q:
    """The releases that this store holds true now, or held true at a moment."""
    if held_at is None:
        return Q(**{f"{prefix}state": State.LIVE})
    return Q(**{f"{prefix}published_at__lte": held_at}) & (
        Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gt": held_at})
    )


def statements(where: Q, parts: Iterable[Part], held_at: dt.datetime | None = None) -> dict[int, list[Said]]:
    """What is said of each inspection: inspection's key → statements, the best standing first."""
    found = Statement.objects.filter(held(held_at), where, inspection__isnull=False)
    return _with_parts(list(found.select_related("release", "inspection")), parts)


def statements_of(
    inspection_ids: Iterable[int], parts: Iterable[Part], held_at: dt.datetime | None = None
) -> dict[int, list[Said]]:
    """The same for certain inspections."""
    said: dict[int, list[Said]] = {}
    for some in in_lots(sorted(inspection_ids)):
        said.update(statements(Q(inspection_id__in=some), parts, held_at))
    return said


def _with_parts(found: list[Statement], parts: Iterable[Part]) -> dict[int, list[Said]]:
    releases: dict[int, Release] = {}
    by_statement: dict[int, Said] = {}
    for statement in found:
        release = releases.setdefault(statement.release_id, statement.release)
        by_statement[statement.pk] = Said(
            statement, release, standing(release.source, release.reader, release.compiled_by)
        )
    models: dict[str, tuple[Any, str]] = {
        "judgements": (Judgement, "position"),
        "recommendations": (Recommendation, "ordinal"),
        "findings": (Finding, "ordinal"),
        "looks_back": (LookBack, "ordinal"),
        "problems": (Problem, "position"),
    }
    for part in parts:
        model, order = models[part]
        for some in in_lots(sorted(by_statement)):
            for row in model.objects.filter(statement_id__in=some).order_by("statement_id", order):
                getattr(by_statement[row.statement_id], part).append(row)
    by_inspection: dict[int, list[Said]] = defaultdict(list)
    for said in by_statement.values():
        assert said.statement.inspection_id is not None
        by_inspection[said.statement.inspection_id].append(said)
    return {inspection: best_first(group) for inspection, group in by_inspection.items()}


def best_first(group: Iterable[Said]) -> list[Said]:
    """By standing; of two releases of one standing the one fetched last; then as the release has them.

    The editions of a snapshot stand together where the one of them that was fetched last stands, the newest
    edition first: one that was found late tells no newer state for that.
    """
    listed = list(group)
    if len(listed) < 2:
        return listed
    fetched: dict[str, float] = {}
    for each in listed:
        if each.release.is_snapshot:
            source = each.release.source
            fetched[source] = max(fetched.get(source, 0.0), each.release.retrieved_at.timestamp())

    def order(said: Said) -> tuple[int, float, str, int, float, int, int]:
        release = said.release
        when = release.retrieved_at.timestamp()
        is_edition = release.is_snapshot
        return (
            said.standing,
            -fetched[release.source] if is_edition else -when,
            release.source if is_edition else "",
            -release.as_at.toordinal() if is_edition and release.as_at else 0,
            -when,
            release.pk,
            said.statement.position,
        )

    return sorted(listed, key=order)


def standing_words(group: list[Said]) -> list[Said]:
    """The group without what a newer edition of the same snapshot says otherwise: that is no doubt."""
    newest: dict[str, int] = {}
    for each in group:
        if each.release.is_snapshot:
            newest.setdefault(each.release.source, each.release.pk)
    if not newest:
        return group
    return [each for each in group if newest.get(each.release.source, each.release.pk) == each.release.pk]


def in_lots(ids: Sequence[_Id]) -> Iterable[Sequence[_Id]]:
    """The identifiers, as many at a time as a query takes."""
    return (ids[start : start + _IDS_A_QUERY] for start in range(0, len(ids), _IDS_A_QUERY))


Corrected = dict[str, dict[str, Correction]]

_pinned: ContextVar[list[Corrected] | None] = ContextVar("corrections", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it the corrections that hold now are those of one moment, and are asked of the store once."""
    token = _pinned.set([])
    try:
        yield
    finally:
        _pinned.reset(token)


def corrections(targets: Iterable[str] | None = None, held_at: dt.datetime | None = None) -> Corrected:
    """The corrections that hold: inspection's public id → field → the newest, unless taken back."""
    pinned = _pinned.get()
    if held_at is not None or pinned is None:
        return _corrections(targets, held_at)
    if not pinned:
        pinned.append(_corrections(None, None))
    if targets is None:
        return pinned[0]
    return {target: pinned[0][target] for target in frozenset(targets) & pinned[0].keys()}


def _corrections(targets: Iterable[str] | None, held_at: dt.datetime | None) -> Corrected:
    found = Correction.objects.order_by("decided_at", "id")
    wanted = None if targets is None else frozenset(targets)
    if wanted is not None and len(wanted) <= _MOST_TARGETS:
        found = found.filter(target__in=wanted)
    if held_at is not None:
        found = found.filter(decided_at__lte=held_at)
    newest: dict[str, dict[str, Correction]] = defaultdict(dict)
    for correction in found:
        newest[correction.target][correction.field] = correction
    return {
        target: {name: each for name, each in fields.items() if each.value is not None}
        for target, fields in newest.items()
        if wanted is None or target in wanted
    }


def inspection_of(group: list[Said]) -> Inspection:
    """The inspection that a group of statements is about."""
    inspection = group[0].statement.inspection
    assert inspection is not None
    return inspection
