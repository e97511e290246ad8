"""Raising and lowering: what follows from rules and record against what is kept, and only the difference written.

It is done at the end of each run that publishes, for the bodies it spoke of, in one transaction. Killed before
that, the next run finds that the record has gone on since the last round, and goes through all of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from oneplace.evidence import changelog
from oneplace.evidence.changes import FLAG_LOWERED, FLAG_RAISED, Change
from oneplace.evidence.flags import figures
from oneplace.evidence.flags.folding import CORRECTED, Course, Step, courses
from oneplace.evidence.flags.observing import Evidence, Observation, observed
from oneplace.evidence.flags.rules import Rule, digest, families, rules
from oneplace.evidence.models import Correction, Event, Flag, FlagRound, FlagStep, Release, Statement
from oneplace.evidence.parcels import Published
from oneplace.evidence.resolving import views
from oneplace.evidence.said import HEADER_AND_JUDGEMENTS, in_lots, statements
from oneplace.large_loads import add
from oneplace.places import queries as places

# Of more bodies than this it is quicker to go through all.
_MOST_BODIES = 400
# Goes up where the same record and the same rules give other flags than before: a copy goes through all of it again.
_WORKED_OUT = 2

_Key = tuple[str, int, str]  # rule, version, body


@dataclass(slots=True)
class Round:
    """The flags of one run of releases: what it touched, and in the end what that raised and lowered.

    `is_news` is false where the run brings what was known elsewhere already, as a pack does.
    """

    is_news: bool = True
    _spoken: list[str] = field(default_factory=list)
    _all: bool = False
    _figures: bool = False
    _last: FlagRound | None = None

    def __post_init__(self) -> None:
        self._last = FlagRound.objects.order_by("-pk").first()
        self._all = self._last is None or self._last.through != _through()

    def saw(self, published: Published) -> None:
        """The run published a release, or met one that is known."""
        if published.already_known:
            return
        self._spoken += [published.release_id, *published.superseded]
        self._figures = self._figures or published.counts.values > 0

    def end(self) -> int:
        """Raise and lower what follows from it. Returns how many steps were written."""
        if not self._all and not self._spoken:
            return 0
        bodies = None if self._all else self._bodies()
        with transaction.atomic():
            written = self._write(bodies, self._all or self._figures)
            FlagRound.objects.create(through=_through(), at=timezone.now())
        return written

    def _bodies(self) -> set[str] | None:
        found: set[str] = set()
        for some in in_lots(self._spoken):
            about = Statement.objects.filter(
                release__public_id__in=some, framework__in=families(), inspection__isnull=False
            )
            found.update(about.values_list("inspection__body_id", flat=True).distinct())
        return found if len(found) <= _MOST_BODIES else None

    def _write(self, bodies: set[str] | None, with_figures: bool) -> int:
        chosen = rules()
        if bodies == set() and not with_figures:
            return 0
        follows = _follows(chosen, bodies, with_figures)
        kept = _kept(bodies, with_figures)
        plan = _Plan()
        for key in sorted({*follows, *kept}):
            plan.settle(follows.get(key, ()), kept.get(key, ()))
        plan.write()
        if self.is_news and self._last is not None:
            _log(plan, self._last.at)
        return len(plan.steps)


def raise_flags() -> int:
    """Go through all of the record if it has gone on, or the rules have changed, since that was last done."""
    return Round(is_news=False).end()


def _through() -> str:
    """As of what the flags are: changes whenever a release moves, something is corrected, or the rules change."""
    moved = Release.objects.aggregate(live=Max("published_at"), ended=Max("superseded_at"))
    last = Correction.objects.aggregate(last=Max("pk"))["last"]
    asked = (moved["live"], moved["ended"], last, digest(), _WORKED_OUT)
    return "/".join(str(each or "") for each in asked)


def _follows(
    chosen: Sequence[Rule], bodies: set[str] | None, with_figures: bool
) -> dict[_Key, tuple[Course, ...]]:
    """The flags that follow from the record, by rule and body."""
    seen: dict[tuple[Rule, str], list[Observation]] = defaultdict(list)
    if bodies is None or bodies:
        where = Q(framework__in=families())
        if bodies is not None:
            where &= Q(inspection__body_id__in=bodies)
        inspections = views(statements(where, HEADER_AND_JUDGEMENTS).values(), None)
        for rule, body, each in observed(chosen, inspections):
            seen[rule, body].append(each)
    if with_figures:
        for rule, body, each in figures.observed(chosen):
            seen[rule, body].append(each)
    up = [key for key, some in seen.items() if any(each.meets for each in some)]
    ended = _ended({body for _, body in up})
    return {
        (rule.key, rule.version, body): found
        for rule, body in up
        if (found := courses(rule, body, seen[rule, body], ended.get(body)))
    }


def _ended(bodies: Iterable[str]) -> Mapping[str, dt.date]:
    """The first day on which a council, or another body, was no more."""
    wanted = set(bodies)
    ends = {each.body_id: each.closed for each in places.bodies(wanted) if each.closed}
    return ends | {each.area_id: each.end for each in places.areas(wanted) if each.end}


@dataclass(frozen=True, slots=True)
class _Kept:
    flag: Flag
    steps: tuple[FlagStep, ...]


def _kept(bodies: set[str] | None, with_figures: bool) -> dict[_Key, list[_Kept]]:
    """The flags that are kept and were no mistake, of the same bodies and sorts of rules."""
    where = Q()
    by_figures = {rule.key for rule in rules() if not rule.from_inspections}
    if bodies is not None:
        where = Q(body_id__in=bodies) & ~Q(rule__in=by_figures)
        if with_figures:
            where |= Q(rule__in=by_figures)
    elif not with_figures:
        where = ~Q(rule__in=by_figures)
    of_flag: dict[int, list[FlagStep]] = defaultdict(list)
    flags: dict[int, Flag] = {}
    chosen = Q(flag__in=Flag.objects.filter(where)) if where else Q()
    for step in FlagStep.objects.filter(chosen).select_related("flag").order_by("flag_id", "number"):
        flags[step.flag_id] = step.flag
        of_flag[step.flag_id].append(step)
    found: dict[_Key, list[_Kept]] = defaultdict(list)
    for pk, steps in of_flag.items():
        if steps[-1].kind != "withdrawn":
            flag = flags[pk]
            found[flag.rule, flag.version, flag.body_id].append(_Kept(flag, tuple(steps)))
    return found


@dataclass(slots=True)
class _Plan:
    """What is to be written. `raised` and `lowered` are what the change log is told."""

    flags: list[Flag] = field(default_factory=list)
    steps: list[FlagStep] = field(default_factory=list)
    raised: list[tuple[Flag, Step]] = field(default_factory=list)
    lowered: list[tuple[Flag, Step]] = field(default_factory=list)

    def settle(self, follows: Iterable[Course], kept: Iterable[_Kept]) -> None:
        """Bring the flags of one body under one rule to what follows from the record."""
        waiting = {course.raised_on: course for course in follows}
        was_up = is_up = False
        mistaken: list[_Kept] = []
        for each in kept:
            course = waiting.get(each.flag.raised_on)
            was_up = was_up or _is_up(each.steps[-1])
            if course is None or not _begins_with(course.steps, each.steps):
                mistaken.append(each)
                continue
            del waiting[each.flag.raised_on]
            is_up = is_up or _is_up(course.steps[-1])
            self._add(each.flag, course.steps[len(each.steps) :], len(each.steps))
            if len(course.steps) > len(each.steps) and course.steps[-1].kind == "lowered":
                self.lowered.append((each.flag, course.steps[-1]))
        for each in mistaken:
            gone = Step(kind="withdrawn", on=timezone.localdate(), reason=CORRECTED)
            self._add(each.flag, [gone], len(each.steps))
        is_up = is_up or any(_is_up(course.steps[-1]) for course in waiting.values())
        for course in waiting.values():
            flag = _flag(course)
            self.flags.append(flag)
            self._add(flag, course.steps, 0)
            if not was_up and _is_up(course.steps[-1]):
                self.raised.append((flag, course.steps[-1]))
        if was_up and not is_up:
            self.lowered += [
                (each.flag, Step(kind="withdrawn", on=timezone.localdate(), reason=CORRECTED))
                for each in mistaken
                if _is_up(each.steps[-1])
            ]

    def _add(self, flag: Flag, steps: Iterable[Step], after: int) -> None:
        now = timezone.now()
        for number, step in enumerate(steps, after + 1):
            self.steps.append(
                FlagStep(
                    flag=flag, number=number, kind=step.kind, on=step.on, until=step.until,
                    reason=step.reason, evidence=list(step.evidence), at=now,
                )
            )  # fmt: skip

    def write(self) -> None:
        """Add the rows; the caller holds the transaction."""
        add(Flag, self.flags)
        for step in self.steps:
            step.flag_id = step.flag.pk
        add(FlagStep, self.steps)


def _is_up(step: Step | FlagStep) -> bool:
    """Whether a flag whose last step this is stands today: what came down years ago is no news."""
    return step.kind != "lowered" and (step.until is None or step.until > timezone.localdate())


def _flag(course: Course) -> Flag:
    rule = course.rule
    return Flag(
        rule=rule.key,
        version=rule.version,
        body_id=course.body_id,
        colour=rule.colour,
        service=rule.service,
        raised_on=course.raised_on,
    )


def _begins_with(steps: Sequence[Step], kept: Sequence[FlagStep]) -> bool:
    return len(steps) >= len(kept) and all(
        (now.kind, now.on, now.until, now.reason, _said(now.evidence))
        == (then.kind, then.on, then.until, then.reason, _said(then.evidence))
        for now, then in zip(steps, kept, strict=False)
    )


def _said(evidence: Iterable[Evidence]) -> list[tuple[Any, ...]]:
    """What evidence says, whichever release it is read from."""
    names = ("inspection", "question", "grade", "measure", "period", "value")
    return [tuple(each.get(name) for name in names) for each in evidence]


def _log(plan: _Plan, since: dt.datetime) -> None:
    """Tell what the releases since the last round raised and lowered: of sources that were in the record by then."""
    known = set(Release.objects.filter(published_at__lte=since).values_list("source", flat=True).distinct())
    fresh = {
        each.public_id: each
        for each in Release.objects.filter(Q(published_at__gt=since) | Q(superseded_at__gt=since))
        if each.source in known
    }
    about: dict[int, list[Change]] = defaultdict(list)
    rows: dict[int, Release] = {}
    pairs: list[tuple[str, Flag, Step]] = [
        *((FLAG_RAISED, flag, step) for flag, step in plan.raised),
        *((FLAG_LOWERED, flag, step) for flag, step in plan.lowered),
    ]
    for kind, flag, step in pairs:
        release = next(
            (fresh[each["release"]] for each in step.evidence if each.get("release") in fresh), None
        )
        if release is None and step.kind == "withdrawn":
            release = next(iter(fresh.values()), None)
        if release is None:
            continue
        rows[release.pk] = release
        about[release.pk].append(_change(kind, flag, step))
    for pk in sorted(about):
        last = Event.objects.filter(release=pk).aggregate(last=Max("position"))["last"] or 0
        changelog.write(rows[pk], about[pk], last + 1, first_load=False)


def _change(kind: str, flag: Flag, step: Step) -> Change:
    return Change(
        kind=kind,
        inspection=next((each["inspection"] for each in step.evidence if "inspection" in each), ""),
        body_id=flag.body_id,
        field=f"flag:{flag.rule}",
        before="" if kind == FLAG_RAISED else flag.colour,
        after=flag.colour if kind == FLAG_RAISED else "",
        on=step.on,
    )
