"""What inspections mean under the rules: each, on the day it was published, as an observation of its body.

An inspection that does not answer what a rule asks is no observation: nothing is raised, or lowered, by what is
absent.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from oneplace.evidence.flags.rules import Rule
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework
from oneplace.frameworks.currency import months_after

Evidence = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Whether a rule was met by what was published on a day, and by what. It counts until `until`.

    `order` puts those of one day in order. `evidence` are references into the record, by public ids.
    """

    day: dt.date
    order: tuple[str, ...]
    meets: bool
    until: dt.date | None
    evidence: tuple[Evidence, ...]


def known_on(one: InspectionView) -> dt.date:
    """The day from which an inspection counts as published: where none is told, when it was first fetched."""
    fetched = min(each.retrieved_at for each in (one.source, *one.other_sources)).date()
    return one.published or fetched


def observed(
    rules: Iterable[Rule], views: Iterable[InspectionView]
) -> Iterator[tuple[Rule, str, Observation]]:
    """Rule, body and observation, of every rule that speaks of inspections; a body's in the order of their days."""
    of_body: dict[str, list[InspectionView]] = defaultdict(list)
    for one in views:
        of_body[one.body_id].append(one)
    chosen = [rule for rule in rules if rule.from_inspections]
    for body, all_of_it in sorted(of_body.items()):
        some = sorted((one for one in all_of_it if not _is_overtaken(one, all_of_it)), key=_order)
        for rule in chosen:
            seen = _changes(rule, some) if rule.kind == "change" else _judgements(rule, some)
            for observation in seen:
                yield rule, body, observation


def _is_overtaken(one: InspectionView, others: Iterable[InspectionView]) -> bool:
    """Whether nobody tells when it was published, and one of a later round was known when it came to be known.

    It says how things were some years ago, and would else count as of the day on which it was fetched.
    """
    if one.published:
        return False
    its = framework(one.framework)
    rounds = ((framework(other.framework), other) for other in others)
    return any(
        of.family == its.family and of.starts > its.starts and known_on(other) <= known_on(one)
        for of, other in rounds
    )


def _order(one: InspectionView) -> tuple[dt.date, str, str]:
    return known_on(one), str(one.inspection_end or one.inspection_start or ""), one.public_id


def _judgements(rule: Rule, some: Iterable[InspectionView]) -> Iterator[Observation]:
    before: list[
        tuple[InspectionView, JudgementView]
    ] = []  # what met it at the inspections running up to this one
    running = 0
    for one in some:
        asked = rule.grades_of(one.framework)
        if asked is None:
            continue
        if rule.kind == "notice":
            # A notice has no other answer, and may be about one matter alone.
            answers = [each for each in one.judgements if each.question_key in asked.questions]
        else:
            answers = [
                each for key in asked.questions if (each := one.judgement(key)) and _is_level(one, each)
            ]
        if not answers:
            continue
        meeting = [each for each in answers if each.grade in asked.grades]
        is_met = len(meeting) >= (len(answers) if asked.of_all else 1) and len(meeting) >= asked.at_least
        running = running + 1 if is_met else 0
        meets = is_met and running >= asked.in_a_row
        yield _observation(
            one,
            meets,
            meeting if is_met else answers,
            asked.months,
            before if meets and asked.in_a_row > 1 else [],
        )
        before = [(one, each) for each in meeting] if is_met else []


def _changes(rule: Rule, some: Iterable[InspectionView]) -> Iterator[Observation]:
    before: tuple[InspectionView, JudgementView] | None = None
    for one in some:
        if one.framework not in rule.editions:
            continue
        answer = one.judgement(rule.question)
        if answer is None or not _is_level(one, answer):
            continue
        if before is not None:
            apart = _apart(rule, before, (one, answer))
            if apart is not None:
                yield _observation(one, apart >= rule.grades_apart, [answer], rule.months, [before])
        before = one, answer


def _apart(
    rule: Rule, before: tuple[InspectionView, JudgementView], now: tuple[InspectionView, JudgementView]
) -> int | None:
    """By how many grades the later is away in the rule's direction: 0 for the other one; None: not comparable."""
    earlier, later = framework(before[0].framework), framework(now[0].framework)
    try:
        direction = compare(earlier, before[1].grade, later, now[1].grade, rule.question)
    except (NotComparable, UnknownGrade):
        return None
    scales = [[grade.key for grade in each.ranked_grades] for each in (earlier, later)]
    if scales[0] != scales[1]:
        return None
    if direction != rule.direction:
        return 0
    return abs(scales[0].index(before[1].grade) - scales[0].index(now[1].grade))


def _is_level(one: InspectionView, answer: JudgementView) -> bool:
    grade = framework(one.framework).grade(answer.grade)
    return grade is not None and grade.ranked


def _observation(
    one: InspectionView,
    meets: bool,
    answers: Iterable[JudgementView],
    months: int,
    before: Iterable[tuple[InspectionView, JudgementView]] = (),
) -> Observation:
    day = known_on(one)
    inspected = one.inspection_end or one.inspection_start or one.published or day
    evidence = [_reference(one, each) for each in answers]
    evidence += [{**_reference(*each), "is_before": True} for each in before]
    return Observation(
        day=day,
        order=(str(inspected), one.public_id),
        meets=meets,
        until=months_after(inspected, months),
        evidence=tuple(evidence),
    )


def _reference(one: InspectionView, answer: JudgementView) -> Evidence:
    address = answer.source.address
    return {
        "inspection": one.public_id,
        "framework": one.framework,
        "question": answer.question_key,
        "grade": answer.grade,
        "release": answer.source.release_id,
        "page": address.page,
        "sheet": address.sheet,
        "row": address.row,
        "published": one.published.isoformat() if one.published else None,
        "precision": one.date_precision,
    }
