"""Up to five areas side by side: each service's newest grades, question by question, and the headline figures.

Only like stands beside like. Where the areas were inspected under several editions, the one that most of them
have is compared; a grade of another is shown greyed, with the framework's own reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, framework
from oneplace.places import queries as places
from oneplace.places.queries import AreaView, NearBody, Provision
from oneplace.website.as_at import AsAt
from oneplace.website.comparison_prisons import PRISONS, Prisons, beside_each_other, prisons_in
from oneplace.website.grades import question_label
from oneplace.website.judged import line_of
from oneplace.website.services import Service, services
from oneplace.wording import listed

COUNCIL = "local_authority"
# Given to a council for itself: a county's are not its districts'.
_OF_THE_COUNCIL = frozenset({"council", "money"})
# Judged under the rules of its parts, and not one of them.
_WHOLES = {"probation_region": "a whole region"}
OTHER_RULES = "other rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An area's grade for a question. `reason` says why it is greyed, or why there is no grade at all.

    `apart` is the same of a grade in two or three words: "other rules".
    """

    judgement: JudgementView | None
    framework: str
    reason: str
    apart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a framework, and each area's answer in the order of the areas."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose inspection an area's column shows. `reason` is why it is not compared, or why there is none."""

    inspection: InspectionView | None
    whose: str  # "Metropolitan Police"; "" for the area's own council
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One line of inspections of a service: `edition` is the one compared."""

    line: str
    edition: str
    name: str
    heads: tuple[Head, ...]
    questions: tuple[Question, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether some area's inspection came under other rules."""
        return any(head.inspection and head.reason for head in self.heads)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedService:
    """A service: who provides it in each area, and the lines of inspections; of prisons those that stand there."""

    service: Service
    provided: tuple[str, ...]  # of each area: "" by its own council or nothing to say
    lines: tuple[SideBySide, ...]
    prisons: Prisons | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """An area, the bodies that serve it, and who provides what."""

    area: AreaView
    bodies: Mapping[str, NearBody]
    provision: tuple[Provision, ...]

    def serves(self, one: InspectionView) -> bool:
        """Whether an inspection is of somebody who provides the service in this area."""
        if one.body_id not in self.bodies and one.body_id != self.area.area_id:
            return False
        is_its_own = one.body_id == self.area.area_id
        if one.body_kind == COUNCIL and one.service in _OF_THE_COUNCIL:
            return is_its_own
        if is_its_own:
            return not any(each.provider == "county" for each in self.of(one.service))
        return True

    def of(self, service: str) -> list[Provision]:
        return [each for each in self.provision if each.service == service]


def surroundings(areas: Sequence[AreaView], on: AsAt) -> tuple[Around, ...]:
    """Who serves each of the areas: one statement."""
    near = places.serving_each([each.area_id for each in areas])
    found = []
    for area in areas:
        around = near.get(area.area_id) or places.Around(serving=(), standing=())
        found.append(
            Around(
                area=area,
                bodies={each.body_id: each for each in around.serving if each.was_open(on.day)},
                provision=places.provision(area, on.day, around),
            )
        )
    return tuple(found)


def compared_services(around: Sequence[Around], on: AsAt) -> tuple[ComparedService, ...]:
    """Every service of which one of the areas has a grade, or is served by another's council."""
    bodies = {each.area.area_id for each in around}.union(*(each.bodies for each in around))
    standing = prisons_in([each.area for each in around], on.day)
    newest = evidence.newest_of(
        bodies.union(*({one.body_id for one in some} for some in standing.values())), on.day
    )
    names = names_around(around)
    found = []
    for service in services():
        if service.key == PRISONS:
            if any(standing.values()):
                prisons = beside_each_other([standing[each.area.area_id] for each in around], newest)
                found.append(ComparedService(service=service, provided=(), lines=(), prisons=prisons))
            continue
        theirs = [one for one in newest if one.service == service.key and one.judgements]
        # What a county was judged on as a council is none of its districts': there it is nobody's line.
        of_areas = {
            line: [area_inspection(each, theirs, line) for each in around]
            for line in dict.fromkeys(line_of(one) for one in theirs)
        }
        lines = tuple(
            _line(line, inspections, around, names)
            for line, inspections in of_areas.items()
            if any(inspections)
        )
        provided = tuple(provided_by(each, service, names) for each in around)
        if lines:
            found.append(
                ComparedService(
                    service=service,
                    provided=provided,
                    lines=tuple(sorted(lines, key=lambda line: line.line != service.key)),
                )
            )
    return tuple(found)


def names_around(around: Iterable[Around]) -> Mapping[str, str]:
    """The names of the areas and of the bodies that serve them, a council's as people say it."""
    names = {body_id: body.name for each in around for body_id, body in each.bodies.items()}
    councils = {each.area_id: each.name for each in places.areas(names)}
    return {**names, **councils, **{each.area.area_id: each.area.name for each in around}}


def area_inspection(around: Around, newest: Iterable[InspectionView], line: str) -> InspectionView | None:
    """The area's of a line: of several bodies the one of the kind that the framework is made for."""
    theirs = [one for one in newest if line_of(one) == line and around.serves(one)]
    return min(theirs, key=lambda one: framework(one.framework).inspects != one.body_kind, default=None)


def provided_by(around: Around, service: Service, names: Mapping[str, str]) -> str:
    """ "Provided by West Sussex", where it is not the area's own council; "" where there is nothing to say."""
    counties = [each for each in around.of(service.key) if each.provider == "county"]
    if not counties:
        return ""
    who = listed(list(dict.fromkeys(names.get(body, body) for each in counties for body in each.bodies)))
    own = any(each.provider == "own" for each in around.of(service.key))
    return f"{'Partly provided' if own else 'Provided'} by {who}"


def _line(
    line: str,
    inspections: Sequence[InspectionView | None],
    around: Sequence[Around],
    names: Mapping[str, str],
) -> SideBySide:
    edition = compared_edition(inspections)
    kinds = {one.body_kind for one in inspections if one and one.framework == edition}
    heads = tuple(
        Head(
            inspection=one,
            whose=""
            if one is None or one.body_id == each.area.area_id
            else names.get(one.body_id, one.body_id),
            reason=unlike(edition, one.framework) or why_whole(one, kinds) if one else _why_none(each, line),
        )
        for one, each in zip(inspections, around, strict=True)
    )
    return SideBySide(
        line=line,
        edition=edition,
        name=framework(edition).name,
        heads=heads,
        questions=tuple(
            Question(key=key, label=label, cells=tuple(_cell(head, edition, key) for head in heads))
            for key, label in _questions(edition, [one for one in inspections if one])
        ),
    )


def compared_edition(inspections: Iterable[InspectionView | None]) -> str:
    """The edition that most of them came under; of several the newest."""
    under = Counter(one.framework for one in inspections if one)
    return max(under, key=lambda key: (under[key], framework(key).starts), default="")


def _why_none(around: Around, line: str) -> str:
    if not any(each.provider != "not_held" for each in around.provision):
        return "Not known to the record"
    return "No graded inspection is in the record"


def why_whole(one: InspectionView, kinds: Iterable[str]) -> str:
    """Why a judgement of a whole is not set beside those of parts, where there are such; "" where there is none."""
    if one.body_kind not in _WHOLES or not set(kinds) - {one.body_kind}:
        return ""
    return f"This is a judgement of {_WHOLES[one.body_kind]}. It is not compared with judgements of parts of one."


def unlike(edition: str, other: str) -> str:
    """Why inspections under two editions are not compared at all; "" where some question may be."""
    if edition == other:
        return ""
    reason = ""
    for question in framework(edition).questions:
        try:
            evidence.refuse_unlike([edition, other], question.key)
        except NotComparable as refused:
            reason = reason or str(refused)
        else:
            return ""
    return reason


def _questions(edition: str, inspections: Sequence[InspectionView]) -> list[tuple[str, str]]:
    """Those that anyone was asked, in the order of the edition compared; those of others after them."""
    labels = {
        each.question_key: question_label(one.framework, each)
        for one in sorted(inspections, key=lambda one: one.framework == edition)
        for each in one.judgements
        if not each.subject
    }
    order = [each.key for each in framework(edition).questions]
    return sorted(labels.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order))


def _cell(head: Head, edition: str, question: str) -> Cell:
    one = head.inspection
    if one is None:
        return Cell(judgement=None, framework="", reason=head.reason)
    judgement = one.judgement(question)
    if judgement is None:
        return Cell(judgement=None, framework=one.framework, reason=no_grade_of(one))
    if one.framework == edition:
        apart = _WHOLES.get(one.body_kind, "") if head.reason else ""
        return Cell(judgement=judgement, framework=one.framework, reason=head.reason, apart=apart)
    reason = ""
    try:
        evidence.refuse_unlike([edition, one.framework], question)
    except NotComparable as refused:
        reason = str(refused)
    return Cell(
        judgement=judgement, framework=one.framework, reason=reason, apart=OTHER_RULES if reason else ""
    )


def no_grade_of(one: InspectionView) -> str:
    """Why an inspection has no grade for a question: it gave none or, where grades were typed in, it may have."""
    return "No grade of this question was typed in" if one.is_typed else "No grade for this question"
