"""Reading the flags: those of an area, all that are up on a day, and the history of an area."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from oneplace.evidence.flags.folding import TOO_OLD
from oneplace.evidence.flags.rules import Rule, rules
from oneplace.evidence.models import FlagStep
from oneplace.evidence.resolving import views
from oneplace.evidence.said import statements
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import Framework, frameworks
from oneplace.places import queries as places
from oneplace.records import Address

# Bodies of these kinds stand in an area without serving it, and raise flags for it.
_STANDING = "prison"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagEvidence:
    """One reference into the record: an answer of an inspection, or a figure of an area.

    Of an inspection `inspection`, `framework`, `question` and `grade` are set; of a figure `measure` with its
    `title` and `unit`, `period`, `value`, and that it is `within` so many of the `of` areas with a number that are
    as bad (of a green flag: as good), or more so.
    """

    on: dt.date  # when it raised, bore out or lowered the flag
    does: str  # "raised", "confirmed", "lowered"
    release_id: str
    address: Address
    inspection: str = ""
    framework: str = ""
    question: str = ""
    grade: str = ""
    published: dt.date | None = None
    precision: str = "day"
    is_before: bool = False  # what the newer grade is held against
    measure: str = ""
    title: str = ""
    unit: str = ""
    decimals: int | None = None
    period: str = ""
    value: float | None = None
    within: int = 0
    of: int = 0

    @property
    def path(self) -> str:
        """The page of the inspection, or of the measure."""
        return f"/inspections/{self.inspection}/" if self.inspection else f"/measures/{self.measure}/"

    @property
    def edition(self) -> Framework | None:
        """The framework edition of the inspection."""
        return frameworks().get(self.framework)

    @property
    def question_label(self) -> str:
        asked = self.edition.question(self.question) if self.edition else None
        return asked.label if asked else self.question

    @property
    def grade_label(self) -> str:
        given = self.edition.grade(self.grade) if self.edition else None
        return given.label if given else self.grade


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagView:
    """A flag on a day. `raised_on` is the day its evidence was published, or that was first held here.

    `stands_until` is when it comes down if nothing newer is published. `lowered_on` is None while it is up, and
    `lowered_why` "newer", "too_old", "ended" (the body is no more) or "rule_changed". `evidence` is what
    keeps it up, `lowered_by` what brought it down, `earlier` what raised it before that.
    """

    rule: Rule
    body_id: str
    raised_on: dt.date
    confirmed_on: tuple[dt.date, ...]
    stands_until: dt.date | None
    lowered_on: dt.date | None
    lowered_why: str
    evidence: tuple[FlagEvidence, ...]
    earlier: tuple[FlagEvidence, ...]
    lowered_by: tuple[FlagEvidence, ...]

    @property
    def colour(self) -> str:
        return self.rule.colour

    @property
    def service(self) -> str:
        return self.rule.service

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def is_up(self) -> bool:
        return self.lowered_on is None

    @property
    def is_dated(self) -> bool:
        """Whether it is known when what raised it was published; else `raised_on` is when it was first held here."""
        first = (self.earlier or self.evidence)[0]
        return bool(first.published or first.measure)

    @property
    def precision(self) -> str:
        """How exactly the day of `raised_on` is known: "day", "month", "year" or "round"."""
        first = (self.earlier or self.evidence)[0]
        return first.precision if first.published == self.raised_on else "day"

    @property
    def is_worked_out_later(self) -> bool:
        """Whether the rule is younger than the flag: it follows from the evidence, and nobody raised it that day."""
        return self.raised_on < self.rule.since


def flags(
    area_id: str, as_at: dt.date | None = None, bodies: Iterable[str] | None = None
) -> tuple[FlagView, ...]:
    """The flags that are up for an area, red before green: of its bodies, and of prisons that stand in it.

    Three questions; one where the caller gives the `bodies`. With `as_at`, what was published by then and no more.
    """
    return tuple(sorted(_flags(_of(area_id, bodies), as_at, only_up=True), key=_order))


def flag_history(
    area_id: str, as_at: dt.date | None = None, bodies: Iterable[str] | None = None
) -> tuple[FlagView, ...]:
    """Every flag of an area, those that came down too; those that are up first, then the newest."""
    return tuple(sorted(_flags(_of(area_id, bodies), as_at), key=_order))


def _of(area_id: str, bodies: Iterable[str] | None) -> Q:
    if bodies is None:
        bodies = (area_id, *places.bodies_serving(area_id), *places.bodies_in(area_id, _STANDING))
    return Q(flag__body_id__in=set(bodies))


def flags_raised(
    as_at: dt.date | None = None,
    colour: str | None = None,
    service: str | None = None,
    region: str | None = None,
) -> tuple[FlagView, ...]:
    """Every flag that is up on a day, red first, then by service and rule; of a region's areas alone."""
    where = Q()
    if colour is not None:
        where &= Q(flag__colour=colour)
    if service is not None:
        where &= Q(flag__service=service)
    found = _flags(where, as_at, only_up=True)
    if region is not None:
        areas = areas_of(each.body_id for each in found)
        there = {each.area_id for each in places.areas() if each.region == region}
        found = [each for each in found if there.intersection(areas.get(each.body_id, ()))]
    return tuple(sorted(found, key=_order))


def flags_of_2009(
    area_ids: Iterable[str] | None = None, as_at: dt.date | None = None
) -> tuple[InspectionView, ...]:
    """What inspectorates flagged in the Comprehensive Area Assessment, an area each: theirs, by no rule of ours."""
    where = Q(framework="CAA")
    if area_ids is not None:
        where &= Q(inspection__body_id__in=set(area_ids))
    found = views(statements(where, ("judgements", "findings")).values(), as_at)
    return tuple(sorted(found, key=lambda one: one.body_id))


def areas_of(body_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Body → the areas that it serves, or where it stands; of a council, itself."""
    wanted = set(body_ids)
    found: dict[str, tuple[str, ...]] = {
        each.area_id: (each.area_id,) for each in places.areas() if each.area_id in wanted
    }
    for each in places.bodies(wanted - set(found)):
        found[each.body_id] = each.serves or ((each.stands_in,) if each.stands_in else ())
    return found


def _order(flag: FlagView) -> tuple[object, ...]:
    return (
        not flag.is_up,
        flag.colour == "green",
        -(flag.lowered_on or flag.raised_on).toordinal() if not flag.is_up else 0,
        flag.service,
        flag.rule.key,
        -flag.raised_on.toordinal(),
        flag.body_id,
    )


def _flags(where: Q, as_at: dt.date | None, only_up: bool = False) -> list[FlagView]:
    """Flags in one question. One that was a mistake is none, on whatever day."""
    day = as_at or timezone.localdate()
    steps: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = FlagStep.objects.filter(where).order_by("flag_id", "number")
    for flag, *rest in rows.values_list(
        "flag_id", "flag__rule", "flag__version", "flag__body_id", "kind", "on", "until", "reason", "evidence"
    ):
        steps[flag].append(tuple(rest))
    known = {(each.key, each.version): each for each in rules()}
    found = []
    for some in steps.values():
        key, version, body = some[0][:3]
        of = known.get((key, version))
        happened = [step[3:] for step in some if step[4] <= day]
        if of is None or some[-1][3] == "withdrawn" or not happened:
            continue
        if only_up and (happened[-1][0] == "lowered" or (happened[-1][2] or dt.date.max) <= day):
            continue
        found.append(_view(of, body, happened, day))
    return found


def _view(of: Rule, body: str, happened: list[tuple[Any, ...]], day: dt.date) -> FlagView:
    ups = [step for step in happened if step[0] != "lowered"]
    kind, on, _, why, _ = happened[-1]
    until = ups[-1][2]
    lowered_on = on if kind == "lowered" else None
    if lowered_on is None and until is not None and until <= day:
        lowered_on, why = until, TOO_OLD
    return FlagView(
        rule=of,
        body_id=body,
        raised_on=ups[0][1],
        confirmed_on=tuple(step[1] for step in ups[1:]),
        stands_until=until,
        lowered_on=lowered_on,
        lowered_why=why if lowered_on else "",
        evidence=_evidence(ups[-1]),
        earlier=tuple(each for step in ups[:-1] for each in _evidence(step)),
        lowered_by=_evidence(happened[-1]) if kind == "lowered" else (),
    )


def _evidence(step: tuple[Any, ...]) -> tuple[FlagEvidence, ...]:
    kind, on, _, _, references = step
    return tuple(
        FlagEvidence(
            on=on,
            does=kind,
            release_id=each["release"],
            address=Address(page=each.get("page"), sheet=each["sheet"], row=each["row"]),
            inspection=each.get("inspection", ""),
            framework=each.get("framework", ""),
            question=each.get("question", ""),
            grade=each.get("grade", ""),
            published=dt.date.fromisoformat(each["published"]) if each.get("published") else None,
            precision=each.get("precision", "day"),
            is_before=each.get("is_before", False),
            measure=each.get("measure", ""),
            title=each.get("title", ""),
            unit=each.get("unit", ""),
            decimals=each.get("decimals"),
            period=each.get("period", ""),
            value=each.get("number"),
            within=each.get("within", 0),
            of=each.get("of", 0),
        )
        for each in references
    )
