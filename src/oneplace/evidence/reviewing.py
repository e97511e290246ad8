"""The review queue: what statements disagree about, and what a reading could not settle by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Q, Value, When

from oneplace.evidence.differences import Conflict, conflicts, plain_name, value_in_words
from oneplace.evidence.differences import Value as Word
from oneplace.evidence.models import (
    Correction,
    Judgement,
    Problem,
    Recommendation,
    ReviewDecision,
    State,
    Statement,
)
from oneplace.evidence.reporting import reported_items
from oneplace.evidence.resolving import correction_ref
from oneplace.evidence.said import (
    Part,
    corrections,
    in_lots,
    inspection_of,
    source_ref,
    standing_words,
    statements_of,
)
from oneplace.evidence.standing import REPORT, REPORT_FACTS, THIRD_PARTY
from oneplace.evidence.views import ReviewItem

REOPENED = "reopened"
_PARTS: tuple[Part, ...] = ("judgements", "recommendations")


def review_queue(include_decided: bool = False) -> tuple[ReviewItem, ...]:
    """Everything a person should look at: open items first the official ones, then third parties'.

    An item's key depends on what is said, not on the release that says it: a newer file with the same
    contradiction is the same item, decided if it was decided.
    """
    items = [*reported_items(), *_differences(), *_problems()]
    decided = _decisions()
    found = []
    for item in items:
        words = item.decided or decided.get(item.key, "")
        if include_decided or not words:
            found.append(_with_decision(item, words))
    return tuple(sorted(found, key=_order))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A correction as it was made. `value` None takes an earlier one back."""

    target: str
    field: str
    value: str | None
    reason: str
    evidence: str
    decided_by: str
    decided_at: dt.datetime


def corrections_made() -> tuple[CorrectionView, ...]:
    """Every correction that was ever made, the newest first, those that were taken back too."""
    return tuple(
        CorrectionView(
            target=each.target,
            field=each.field,
            value=each.value,
            reason=each.reason,
            evidence=each.evidence,
            decided_by=each.decided_by,
            decided_at=each.decided_at,
        )
        for each in Correction.objects.order_by("-decided_at", "-id")
    )


def _order(item: ReviewItem) -> tuple[bool, bool, str, str, str]:
    by_third_party = any(source.compiled_by for source in item.sources)
    return bool(item.decided), by_third_party, item.inspection or "", item.field, item.key


def _with_decision(item: ReviewItem, words: str) -> ReviewItem:
    return ReviewItem(
        key=item.key,
        kind=item.kind,
        message=item.message,
        inspection=item.inspection,
        field=item.field,
        sources=item.sources,
        decided=words,
    )


def _decisions() -> dict[str, str]:
    newest: dict[str, str] = {}
    for each in ReviewDecision.objects.order_by("decided_at", "id"):
        words = f"{each.decision}: {each.reason} ({each.decided_by}, {each.decided_at:%-d %B %Y})"
        newest[each.item_key] = "" if each.decision == REOPENED else words
    return newest


def _differences() -> list[ReviewItem]:
    corrected = corrections()
    items = []
    for group in statements_of(_where_statements_may_differ(), _PARTS).values():
        inspection = inspection_of(group).public_id
        for conflict in conflicts(standing_words(group)):
            correction = corrected.get(inspection, {}).get(conflict.field)
            items += [
                _difference(inspection, conflict, position, correction)
                for position in range(len(conflict.others))
            ]
    return items


# What of a statement, beside its inspector's name, is held against other statements'; see `differences.conflicts`.
_DAYS = ("published", "inspection_start", "inspection_end")
_HELD_AGAINST = (*_DAYS, "framework")
# A table that gives one of the two is held against a report with one judgement on both.
_QUESTION = Case(
    When(question_key__in=("care", "care_leavers"), then=Value("care_and_leavers")), default="question_key"
)


def _where_statements_may_differ() -> set[int]:
    """The few inspections, of hundreds said twice, of which statements give two values of anything.

    Three light questions tell them. Whether two values are a difference is for `conflicts` to say.
    """
    found: set[int] = set()
    for several in in_lots(_inspections_said_twice()):
        live = Q(release__state=State.LIVE, inspection_id__in=several)
        headers = Statement.objects.filter(live).values_list(
            "inspection_id", "lead_inspector", *_HELD_AGAINST
        )
        values: dict[tuple[int, int], set[object]] = defaultdict(set)
        for inspection, name, *others in headers:
            for place, value in enumerate((plain_name(name) if name else None, *others)):
                if value is not None:
                    values[inspection, place].add(value)
        found.update(inspection for (inspection, _), given in values.items() if len(given) > 1)
        live = Q(statement__release__state=State.LIVE, statement__inspection_id__in=several)
        answers = Judgement.objects.filter(live).values("statement__inspection_id", "subject", of=_QUESTION)
        graded = answers.order_by().annotate(grades=Count("grade", distinct=True)).filter(grades__gt=1)
        found.update(row["statement__inspection_id"] for row in graded)
        points = Recommendation.objects.filter(live).values("statement__inspection_id", "statement_id")
        listed: dict[int, set[int]] = defaultdict(set)
        for row in points.order_by().annotate(many=Count("pk")):
            listed[row["statement__inspection_id"]].add(row["many"])
        found.update(inspection for inspection, counts in listed.items() if len(counts) > 1)
    return found


def _inspections_said_twice() -> list[int]:
    return list(
        Statement.objects.filter(release__state=State.LIVE, inspection__isnull=False)
        .values("inspection_id")
        .annotate(
            times=Count("id"),
            sources=Count("release__source", distinct=True),
            editions=Count("id", filter=Q(release__is_snapshot=True)),
        )
        # What only the editions of one snapshot speak of has no second source to differ from.
        .filter(Q(times__gt=1) & (Q(sources__gt=1) | Q(editions=0)))
        .values_list("inspection_id", flat=True)
    )


def _difference(
    inspection: str, conflict: Conflict, position: int, correction: Correction | None
) -> ReviewItem:
    stands, other = conflict.stands, conflict.others[position]
    kind = "third_party_differs" if other.said.standing == THIRD_PARTY else "sources_differ"
    decided = ""
    if correction:
        decided = f"corrected to {correction.value}: {correction_ref(correction).title}"
    return ReviewItem(
        key=_key(inspection, conflict.field, stands.words, other.words),
        kind=kind,
        message=f"{_whose(stands)} says {_quoted(conflict.field, stands)}; "
        f"{_whose(other)} says {_quoted(conflict.field, other)}",
        inspection=inspection,
        field=conflict.field,
        sources=(stands.source, other.source),
        decided=decided,
    )


def _quoted(field: str, value: Word) -> str:
    """What is said, in marks but for a day."""
    words = value_in_words(field, value.words, value.said)
    return words if field in _DAYS else f"“{words}”"


def _whose(value: Word) -> str:
    """Whose word it is, as a sentence begins."""
    if value.said.standing == REPORT:
        return "The report, as read,"
    if value.said.standing == REPORT_FACTS:
        return "The report, as checked by hand,"
    return value.source.compiled_by or value.source.title


def _problems() -> list[ReviewItem]:
    rows = Problem.objects.filter(statement__release__state=State.LIVE).select_related(
        "statement__release", "statement__inspection"
    )
    items = []
    for row in rows:
        statement = row.statement
        inspection = statement.inspection.public_id if statement.inspection else None
        whose = inspection or f"{statement.release.slot or statement.release.title}/{statement.body_name}"
        items.append(
            ReviewItem(
                key=_key(whose, row.kind, row.field, row.message),
                kind=row.kind,
                message=row.message,
                inspection=inspection,
                field=row.field,
                sources=(source_ref(statement.release, row.address),),
                decided="",
            )
        )
    return list({item.key: item for item in items}.values())


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
