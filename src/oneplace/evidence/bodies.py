"""What is known of bodies of every kind: one, those that serve an area, those that stand in it, some side by side."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q
from django.utils import timezone

from oneplace.evidence.annual import NO_OVERALL, children_services_families
from oneplace.evidence.errors import UnknownInspection
from oneplace.evidence.models import Judgement, State, Statement
from oneplace.evidence.resolving import edition_of, views
from oneplace.evidence.said import (
    EVERYTHING,
    HEADER_AND_JUDGEMENTS,
    corrections,
    in_lots,
    inspection_of,
    statements,
    statements_of,
)
from oneplace.evidence.views import Beside, GradeCount, InspectionView, KindInArea
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework, frameworks, grade_label
from oneplace.places import queries as places


def of_body(
    body_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> tuple[InspectionView, ...]:
    """Every inspection of one body, of any kind and service, the newest first."""
    found = statements(Q(inspection__body_id=body_id), EVERYTHING, held_at)
    return views(found.values(), as_at, held_at)


def serving(area_id: str, as_at: dt.date | None = None) -> Mapping[str, tuple[InspectionView, ...]]:
    """Service → the inspections of every body that serves the area, the newest first.

    Its council, for a district its county's, its force, fire service, probation unit: `body_id` says whose.
    With their judgements but without their lists.
    """
    bodies = {area_id, *places.bodies_serving(area_id)}
    found = statements(Q(inspection__body_id__in=bodies), HEADER_AND_JUDGEMENTS)
    by_service: dict[str, list[InspectionView]] = defaultdict(list)
    for each in views(found.values(), as_at):
        by_service[each.service].append(each)
    return {service: tuple(some) for service, some in sorted(by_service.items())}


def in_area(area_id: str, kind: str, as_at: dt.date | None = None) -> KindInArea:
    """How many of the bodies of a kind that stand in an area were given each grade when last inspected.

    By the framework's overall grade, or its first question where it gives none overall. Grades of two
    editions are never added up. Those that had closed by the day, or were listed no more, are left out.
    """
    bodies = places.bodies_in(area_id, kind, as_at or timezone.localdate())
    newest = _newest_graded(bodies, as_at)
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rated: set[str] = set()
    for body_id, edition_key, grade in _main_grades(newest.values()):
        named[edition_key][grade or NO_OVERALL].append(body_id)
        rated.add(body_id)
    counts = []
    for edition in frameworks().values():
        theirs = named.get(edition.key, {})
        order = [grade.key for grade in edition.grades]
        for grade in (*order, *sorted(set(theirs) - set(order))):
            if some := theirs.get(grade):
                counts.append(
                    GradeCount(
                        framework=edition.key,
                        grade=grade,
                        grade_label=_label(edition.key, grade),
                        count=len(some),
                        named=tuple(sorted(some)),
                        source=None,
                    )
                )
    return KindInArea(
        area_id=area_id,
        kind=kind,
        bodies=len(bodies),
        counts=tuple(counts),
        not_inspected=tuple(each for each in bodies if each not in rated),
    )


def _main_grades(inspection_ids: Iterable[int]) -> Iterator[tuple[str, str, str]]:
    """Body, framework edition and the one grade ("" for none) of each inspection.

    An area has hundreds of homes and schools: nothing is read of them but what is counted.
    """
    groups = statements_of(inspection_ids, ())
    decided = corrections([inspection_of(group).public_id for group in groups.values()])
    answers: dict[tuple[int, str], str] = {}
    for some in in_lots(sorted(said.statement.pk for group in groups.values() for said in group)):
        rows = Judgement.objects.filter(statement_id__in=some, subject="", question_key="overall")
        for statement, question, grade in rows.values_list("statement_id", "question_key", "grade"):
            answers.setdefault((statement, question), grade)
    for group in groups.values():
        inspection, edition = inspection_of(group), edition_of(group)
        # Only an overall grade says how many are good: one of four tests, or of six questions, does not.
        question = "overall" if edition.question("overall") else ""
        grade = next((answer for said in group if (answer := answers.get((said.statement.pk, question)))), "")
        if correction := decided.get(inspection.public_id, {}).get(f"judgement:{question}"):
            grade = correction.value or ""
        yield inspection.body_id, edition.key, grade


def _newest_graded(bodies: Sequence[str], as_at: dt.date | None) -> dict[str, int]:
    """Body → its newest inspection that gave grades and was out by a day."""
    graded = [each.family for each in frameworks().values() if each.kind in ("inspection", "rating")]
    newest: dict[str, tuple[dt.date, int]] = {}
    for some in in_lots(sorted(bodies)):
        rows = Statement.objects.filter(
            release__state=State.LIVE, inspection__body_id__in=some, framework__in=graded
        ).values_list(
            "inspection__body_id",
            "inspection_id",
            "published",
            "inspection_end",
            "inspection_start",
            "release__retrieved_at",
        )
        for body, inspection, published, end, start, retrieved in rows:
            day = published or end or start or retrieved.date()
            if as_at is not None and (published or retrieved.date()) > as_at:
                continue
            newest[body] = max(newest.get(body, (dt.date.min, 0)), (day, inspection))
    return {body: inspection for body, (_, inspection) in newest.items()}


def side_by_side(
    inspection_ids: Iterable[str] = (),
    *,
    area_ids: Iterable[str] = (),
    family: str | None = None,
    question: str = "overall",
    as_at: dt.date | None = None,
) -> tuple[Beside, ...]:
    """Inspections beside each other, in the order asked for, with their answers to one question.

    Either certain ones, by public id, or of each area its own council's newest of a framework family (None:
    the newest graded one of its services for children); an area without one is left out. Raises
    `frameworks.NotComparable`, which gives the reason in plain words, where two of them came under frameworks
    that may not be compared, and `UnknownInspection`.
    """
    wanted, areas = list(dict.fromkeys(inspection_ids)), list(dict.fromkeys(area_ids))
    where = Q(inspection__public_id__in=wanted)
    if areas:
        of = [family] if family else children_services_families()
        where |= Q(inspection__body_id__in=areas, framework__in=of)
    found = views(statements(where, HEADER_AND_JUDGEMENTS).values(), as_at)
    by_name = {each.public_id: each for each in found}
    if missing := [name for name in wanted if name not in by_name]:
        raise UnknownInspection(f"{missing[0]}: there is no such inspection")
    chosen: list[tuple[str | None, InspectionView]] = [(None, by_name[name]) for name in wanted]
    for area in areas:
        own = (e for e in found if e.body_id == area and (not family or e.family == family))
        if newest := next(own, None):
            chosen.append((area, newest))
    refuse_unlike([each.framework for _, each in chosen], question)
    return tuple(
        Beside(area_id=area, inspection=each, judgement=each.judgement(question)) for area, each in chosen
    )


def refuse_unlike(keys: Iterable[str], question: str) -> None:
    """`NotComparable`, with the reason, where some of these framework editions may not be compared."""
    editions = [framework(key) for key in dict.fromkeys(keys)]
    for number, one in enumerate(editions):
        for other in editions[number:]:
            if not one.ranked_grades or not other.ranked_grades:
                ungraded = other if one.ranked_grades else one
                raise NotComparable(f"{ungraded.name} gives no grades that could be compared.")
            compare(one, one.ranked_grades[0].key, other, other.ranked_grades[0].key, question)


def _label(key: str, grade: str) -> str:
    if grade == NO_OVERALL:
        return "No overall grade"
    try:
        return grade_label(framework(key), grade)
    except UnknownGrade:
        return grade.replace("_", " ").capitalize()
