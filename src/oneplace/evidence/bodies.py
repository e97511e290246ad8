"""What is known of bodies of every kind: one, those that serve an area, some side by side."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from oneplace.evidence.errors import UnknownInspection
from oneplace.evidence.resolving import views
from oneplace.evidence.reviewed import children_services_families
from oneplace.evidence.said import EVERYTHING, HEADER_AND_JUDGEMENTS, statements
from oneplace.evidence.views import Beside, InspectionView
from oneplace.frameworks import NotComparable, compare, framework
from oneplace.places import queries as places


def of_body(
    body_id: str, as_at: dt.date | None = None, held_at: dt.datetime | None = None
) -> tuple[InspectionView, ...]:
    """Every inspection of one body, of any kind and service, the newest first."""
    found = statements(Q(inspection__body_id=body_id), EVERYTHING, held_at)
    return views(found.values(), as_at, held_at)


def of_bodies(
    body_ids: Iterable[str],
    as_at: dt.date | None = None,
    families: Iterable[str] | None = None,
    *,
    with_points: bool = True,
) -> tuple[InspectionView, ...]:
    """Every inspection of several bodies, the newest first, with judgements and points and without findings.

    `families` keeps those of certain families of frameworks. A page that shows no points need not ask for them.
    """
    where = Q(inspection__body_id__in=list(body_ids))
    if families is not None:
        where &= Q(framework__in=list(families))
    found = statements(where, ("judgements", "recommendations") if with_points else HEADER_AND_JUDGEMENTS)
    return views(found.values(), as_at)


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
