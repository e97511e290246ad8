"""From what was observed on each day to flags that go up, are borne out and come down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from oneplace.evidence.flags.observing import Evidence, Observation
from oneplace.evidence.flags.rules import Rule

StepKind = Literal["raised", "confirmed", "lowered", "withdrawn"]

# Why a flag came down. "too_old" is told by its last `until` and has no step of its own.
NEWER, TOO_OLD, ENDED, RULE_CHANGED, CORRECTED = "newer", "too_old", "ended", "rule_changed", "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened to a flag on a day. Raised or confirmed, it stands until `until` if nothing comes before."""

    kind: StepKind
    on: dt.date
    until: dt.date | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A flag of a body with everything that happened to it, as it follows from rule and record."""

    rule: Rule
    body_id: str
    steps: tuple[Step, ...]

    @property
    def raised_on(self) -> dt.date:
        return self.steps[0].on


def courses(
    rule: Rule, body_id: str, seen: Iterable[Observation], ended: dt.date | None = None
) -> tuple[Course, ...]:
    """The flags of a body under a rule, the oldest first. `ended` is the first day on which it no longer is.

    What went up and came down on one day was never to be seen and is no flag.
    """
    found: list[list[Step]] = []
    last: Step | None = None  # of the flag that is up
    for each in sorted(seen, key=lambda one: (one.day, one.order)):
        if last is not None and last.until is not None and last.until < each.day:
            last = None
        if each.meets and (each.until is None or each.until > each.day):
            step = Step(
                kind="confirmed" if last else "raised", on=each.day, until=each.until, evidence=each.evidence
            )
            if last is None:
                found.append([])
            found[-1].append(step)
            last = step
        elif last is not None:
            found[-1].append(Step(kind="lowered", on=each.day, reason=NEWER, evidence=each.evidence))
            last = None
    clipped = (_clipped(rule, steps, ended) for steps in found)
    return tuple(
        Course(rule=rule, body_id=body_id, steps=tuple(steps)) for steps in clipped if _was_up(steps)
    )


def _clipped(rule: Rule, steps: list[Step], ended: dt.date | None) -> list[Step]:
    """What of it lies within the days of the rule's version and of the body."""
    if rule.version > 1:
        early = [step for step in steps if step.on < rule.since]
        if early and early[-1].kind != "lowered" and _stands(early[-1], rule.since):
            steps = [replace(early[-1], kind="raised", on=rule.since), *steps[len(early) :]]
        elif early:
            return []
    for day, reason in ((rule.until, RULE_CHANGED), (ended, ENDED)):
        if day is None or not steps:
            continue
        kept = [step for step in steps if step.on < day]
        if kept and kept[-1].kind != "lowered" and _stands(kept[-1], day):
            kept.append(Step(kind="lowered", on=day, reason=reason))
        steps = kept
    return steps


def _stands(step: Step, day: dt.date) -> bool:
    return step.until is None or step.until > day


def _was_up(steps: list[Step]) -> bool:
    return bool(steps) and (steps[-1].kind != "lowered" or steps[-1].on > steps[0].on)
