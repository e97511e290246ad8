"""One area among a group: those like it by somebody's reckoning, its region, its type, all of England.

Its own grades stand beside how many of the group have each; a grade under other rules is counted apart, with the
framework's reason, and never as better or worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import framework
from oneplace.indicators import queries as indicators
from oneplace.indicators.queries import Standing
from oneplace.indicators.views import MeasureView
from oneplace.places import queries as places
from oneplace.places.queries import AreaView, BodyOfKind
from oneplace.website.area_facts import MOST_ALIKE, NEIGHBOURS, SIMILAR
from oneplace.website.area_services import Figure, figure_of
from oneplace.website.as_at import AsAt
from oneplace.website.comparison import (
    OTHER_RULES,
    Around,
    area_inspection,
    names_around,
    surroundings,
    unlike,
    why_whole,
)
from oneplace.website.comparison_prisons import PRISONS, prisons_in
from oneplace.website.figures import shown
from oneplace.website.grades import chart_grade, question_label
from oneplace.website.judged import Tally, line_of
from oneplace.website.services import Service, services
from oneplace.website.wording import thing

# Districts have other duties than the rest: an area is never put among those of another tier.
_TWO_TIER = ("district", "county", "combined_authority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Those whom the area is put among, itself left out. `note` tells who is not there and might be looked for."""

    key: str
    words: str
    areas: tuple[AreaView, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupQuestion:
    """A question: the area's own grade, and how many of the group have each. `apart` are not comparable."""

    label: str
    own: JudgementView
    tally: tuple[Tally, ...]
    apart: int
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another's newest inspection of the line, if there is one. `reason` is why it is not compared at all."""

    area: AreaView
    whose: str  # "Metropolitan Police"; "" for the area's own council
    inspection: InspectionView | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A line of inspections of a service. `reason` is why those `apart` are not compared, "" where none is.

    `bodies` is how many bodies the others' inspections are of: one force may serve them all. `shared` is how many
    of the others have the area's own.
    """

    service: Service
    inspection: InspectionView
    whose: str  # as of `Beside`
    reason: str
    apart: str  # the reason in two or three words
    beside: tuple[Beside, ...]
    bodies: int
    shared: int
    questions: tuple[GroupQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigure:
    """A measure: the area's figure, the middle one of the group, and where the area stands."""

    service: Service
    figure: Figure
    median: str
    stands: str
    defined: MeasureView

    @property
    def is_count(self) -> bool:
        """Areas are of different size: counts are told and not ranked."""
        return self.defined.kind == "count"


GROUPS: Mapping[str, str] = {
    "neighbours": "its statistical neighbours",
    "similar": "the areas most like it, as the Office for National Statistics reckons them",
    "region": "its region",
    "type": "councils of its type",
    "england": "every council in England with the same duties",
}


def group_of(area: AreaView, key: str, on: AsAt) -> Group:
    """The group that a key of `GROUPS` names, for an area, on a day."""
    there = [each for each in places.areas() if each.existed(on.day) and each.area_id != area.area_id]
    if key in ("neighbours", "similar"):
        by = NEIGHBOURS if key == "neighbours" else SIMILAR
        ids = places.similar_by(area.area_id, (by,))[by][:MOST_ALIKE]
        near = {each.area_id: each for each in there}
        found = tuple(near[one] for one in ids if one in near)
        return Group(key=key, words=GROUPS[key], areas=found)
    if key == "region":
        found = tuple(each for each in there if each.region == area.region and _tier(each) == _tier(area))
        words = f"councils in {area.region} with the same duties"
        return Group(key=key, words=words, areas=found, note=_NOT_THERE[_tier(area)])
    if key == "type":
        found = tuple(each for each in there if each.kind == area.kind)
        return Group(key=key, words=f"every other {thing(area.kind)}", areas=found)
    found = tuple(each for each in there if _tier(each) == _tier(area))
    return Group(key=key, words=GROUPS[key], areas=found, note=_NOT_THERE[_tier(area)])


# Who is left out, where a reader would not think of it.
_NOT_THERE = {
    "single": "Counties and districts are not among them: each has only some of these duties.",
    "county": "These are the other counties. Councils that have all duties to themselves are not among them.",
    "district": "These are the other districts. Councils that have all duties to themselves are not among them.",
    "combined_authority": "",
}


def _tier(area: AreaView) -> str:
    return area.kind if area.kind in _TWO_TIER else "single"


def group_lines(area: AreaView, group: Group, on: AsAt) -> tuple[GroupLine, ...]:
    """Every line of inspections that the area has a grade of, beside the group's; of each of its prisons one."""
    own, *others = surroundings([area, *group.areas], on)
    names = names_around([own, *others])
    bodies = {area.area_id, *own.bodies}.union(*({each.area.area_id, *each.bodies} for each in others))
    standing = prisons_in([area, *group.areas], on.day)
    bodies.update(one.body_id for some in standing.values() for one in some)
    by_service: dict[str, list[InspectionView]] = {}
    for one in evidence.newest_of(bodies, on.day):
        if one.judgements:
            by_service.setdefault(one.service, []).append(one)
    found: list[GroupLine] = []
    for service in services():
        theirs = by_service.get(service.key, [])
        if service.key == PRISONS:
            found += _prisons(service, area, group, standing, theirs)
            continue
        for line in dict.fromkeys(line_of(one) for one in theirs):
            some = [one for one in theirs if line_of(one) == line]
            of_body: dict[str, list[tuple[int, InspectionView]]] = {}
            for place, one in enumerate(some):
                of_body.setdefault(one.body_id, []).append((place, one))
            if mine := area_inspection(own, some, line):
                beside = [(each.area, area_inspection(each, _of(each, of_body), line)) for each in others]
                found.append(_line(service, area, mine, beside, names))
    return tuple(found)


_Placed = Mapping[
    str, Sequence[tuple[int, InspectionView]]
]  # body → its inspections, each with its place among all


def _of(around: Around, of_body: _Placed) -> list[InspectionView]:
    """Those of the area and of the bodies that serve it, in their order: a few among the hundreds of a country."""
    bodies = {around.area.area_id, *around.bodies} & of_body.keys()
    return [one for _, one in sorted((each for body in bodies for each in of_body[body]), key=itemgetter(0))]


def _prisons(
    service: Service,
    area: AreaView,
    group: Group,
    standing: Mapping[str, Sequence[BodyOfKind]],
    newest: Sequence[InspectionView],
) -> Iterator[GroupLine]:
    """Each prison of the area, beside the prisons that stand in the group's areas."""
    of = {one.body_id: one for one in newest}
    own = {one.body_id for one in standing[area.area_id]}
    where = {each.body_id: other for other in group.areas for each in standing[other.area_id]}
    names = {each.body_id: each.name for some in standing.values() for each in some}
    beside = [(other, of.get(body_id)) for body_id, other in where.items() if body_id not in own]
    for body_id in sorted(own, key=lambda each: names[each]):
        if mine := of.get(body_id):
            yield _line(service, area, mine, beside, names)


def _line(
    service: Service,
    area: AreaView,
    own: InspectionView,
    others: Sequence[tuple[AreaView, InspectionView | None]],
    names: Mapping[str, str],
) -> GroupLine:
    # Hundreds of inspections are of a few editions and kinds of body, and nothing else tells whether they are alike.
    why: dict[tuple[str, str], str] = {}
    for _, one in others:
        if one and (one.framework, one.body_kind) not in why:
            why[one.framework, one.body_kind] = why_apart(own, one)
    beside = tuple(
        Beside(
            area=each,
            whose=_whose(each, one, names),
            inspection=one,
            reason=why[one.framework, one.body_kind] if one else "",
        )
        for each, one in others
    )
    questions = []
    for judgement in own.judgements:
        if judgement.subject:
            continue
        # Grades of an edition that may be compared are words of the same scale.
        answers = [
            theirs.grade
            for each in beside
            if each.inspection
            and not each.reason
            and (theirs := each.inspection.judgement(judgement.question_key))
        ]
        apart = sum(bool(each.reason) for each in beside)
        counts = Counter(answers)
        order = [grade.key for grade in framework(own.framework).grades]
        questions.append(
            GroupQuestion(
                label=question_label(own.framework, judgement),
                own=judgement,
                tally=tuple(
                    Tally(grade=chart_grade(own.framework, key), key=key, count=counts[key])
                    for key in sorted(
                        counts, key=lambda key: order.index(key) if key in order else len(order)
                    )
                ),
                apart=apart,
                without=len(beside) - len(answers) - apart,
            )
        )
    reasons = {each.reason: each.inspection.framework for each in beside if each.inspection and each.reason}
    is_by_rules = any(edition != own.framework for edition in reasons.values())
    return GroupLine(
        service=service,
        inspection=own,
        whose=_whose(area, own, names),
        reason=next(iter(reasons), ""),
        apart=OTHER_RULES if is_by_rules or not reasons else "other rules, or as another kind of body",
        beside=beside,
        bodies=len({each.inspection.body_id for each in beside if each.inspection and not each.reason}),
        shared=sum(each.inspection == own for each in beside),
        questions=tuple(questions),
    )


def _whose(area: AreaView, one: InspectionView | None, names: Mapping[str, str]) -> str:
    return "" if one is None or one.body_id == area.area_id else names.get(one.body_id, one.body_id)


def why_apart(own: InspectionView, other: InspectionView) -> str:
    """Why another's inspection is not set beside the area's own; "" where some question may be."""
    return (
        unlike(own.framework, other.framework)
        or why_whole(other, {own.body_kind})
        or why_whole(own, {other.body_kind})
    )


def group_figures(area: AreaView, group: Group) -> tuple[GroupFigure, ...]:
    """Every headline figure of the area among the group's of the same period."""
    keys = {key: service for service in services() for key in service.headline}
    ids = [each.area_id for each in group.areas]
    found = indicators.in_context(area.area_id, tuple(keys), dict.fromkeys(keys, ids))
    made = []
    for key, service in keys.items():
        one = found.get(key)
        figure = figure_of(area.name, one) if one else None
        if one is None or figure is None or one.series.measure is None:
            continue
        defined = one.series.measure
        made.append(
            GroupFigure(
                service=service,
                figure=figure,
                median=shown(one.standing.median, defined.unit, defined.decimals)
                if one.standing and one.standing.median is not None
                else "",
                stands=_stands(one.standing),
                defined=defined,
            )
        )
    return tuple(made)


def _stands(one: Standing | None) -> str:
    """ "Number 3 of 33 from the best, in the best quarter"; the number that ties share is told as shared."""
    if one is None or one.rank is None or one.quartile is None:
        return ""
    tied = f", level with {one.tied} other{'s' if one.tied > 1 else ''}" if one.tied else ""
    if not one.best_first:
        return f"Number {one.rank} of {one.of} from the highest{tied}"
    if one.side == "same":
        return f"Number {one.rank} of {one.of} from the best{tied}: in the middle"
    quarter = ("best", "second best", "second worst", "worst")[one.quartile - 1]
    return f"Number {one.rank} of {one.of} from the best{tied}: the {quarter} quarter"
