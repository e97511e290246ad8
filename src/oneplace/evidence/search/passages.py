"""Passages as pages show them: their sentences with the words marked, what stands beside them, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from oneplace.evidence.models import Finding, LookBack, Recommendation
from oneplace.evidence.said import source_ref
from oneplace.evidence.search import engines
from oneplace.evidence.search.catalogue import Catalogue, Entry
from oneplace.evidence.search.index import FINDING, KINDS, LOOK_BACK, POINT, Part
from oneplace.evidence.search.sections import Stance
from oneplace.evidence.search.sentences import sentences_of
from oneplace.evidence.search.views import PassageView, Sentence
from oneplace.evidence.search.words import Term, places


class Key(NamedTuple):
    """Where a passage is: its statement, kind and ordinal, and what the index says of its place."""

    statement: int
    kind: int
    ordinal: int
    section: str
    place: Stance


def passages(
    keys: Sequence[Key], known: Catalogue, reports: Mapping[int, Entry], terms: Sequence[Term]
) -> tuple[PassageView, ...]:
    """The passages at these places, in that order, with the terms marked."""
    parts = _parts(keys)
    return tuple(
        PassageView(
            report=reports[key.statement].report,
            kind=KINDS[key.kind],
            ordinal=key.ordinal,
            section=key.section,
            heading=_heading(part),
            place=key.place,
            sentences=_sentences(part.text or "", key, terms),
            before=_text(parts, key, -1),
            after=_text(parts, key, 1),
            source=source_ref(known.releases[key.statement], part.address),
        )
        for key in keys
        if (part := parts.get((key.statement, key.kind, key.ordinal)))
    )


def _parts(keys: Sequence[Key]) -> dict[tuple[int, int, int], Part]:
    """The rows at the places, and of findings those beside them."""
    found: dict[tuple[int, int, int], Part] = {}
    models: dict[int, type[Part]] = {FINDING: Finding, POINT: Recommendation, LOOK_BACK: LookBack}
    for kind, model in models.items():
        steps = (-1, 0, 1) if kind == FINDING else (0,)
        wanted = {(key.statement, key.ordinal + step) for key in keys if key.kind == kind for step in steps}
        if not wanted:
            continue
        listed, parameters = engines.pairs(sorted(wanted))
        # The cross join keeps the order: the few places first, then the rows of the statement of each.
        sql = (
            f"SELECT part.* FROM {listed} CROSS JOIN {model._meta.db_table} part "
            "WHERE part.statement_id = w.a AND part.ordinal = w.b"
        )
        for part in model._default_manager.raw(sql, parameters):
            found[part.statement_id, kind, part.ordinal] = part
    return found


def _heading(part: Part) -> str:
    if isinstance(part, Finding):
        return part.section
    return part.heading if isinstance(part, Recommendation) else ""


def _text(parts: Mapping[tuple[int, int, int], Part], key: Key, step: int) -> str:
    """The text beside a finding, of the same section; a point and a look back stand for themselves."""
    if key.kind != FINDING:
        return ""
    here = parts[key.statement, key.kind, key.ordinal]
    beside = parts.get((key.statement, key.kind, key.ordinal + step))
    if not isinstance(here, Finding) or not isinstance(beside, Finding) or beside.section != here.section:
        return ""
    return beside.text or ""


def _sentences(text: str, key: Key, terms: Sequence[Term]) -> tuple[Sentence, ...]:
    if key.place:
        # Where it stands says it of all of it: nothing is read into its sentences.
        listed = (
            [(text, key.place)]
            if key.kind != FINDING
            else [(one, key.place) for one, _ in sentences_of(text)]
        )
        return tuple(
            Sentence(text=one, marks=tuple(places(one, terms)), stance=stance, basis="place")
            for one, stance in listed
        )
    return tuple(
        Sentence(text=one, marks=tuple(places(one, terms)), stance=stance, basis="reading" if stance else "")
        for one, stance in sentences_of(text)
    )
