"""Finding the inspection that a statement is about, among those that the record has."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from types import EllipsisType

from oneplace.evidence.matching import Candidate, Known, match, public_id
from oneplace.evidence.models import Inspection, Statement
from oneplace.places import queries as places
from oneplace.records import BodyRef, InspectionRecord, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """The inspection, new or known; None, with a problem that says so, where the body is not known."""

    inspection: Inspection | None
    is_new: bool
    problems: tuple[Problem, ...] = ()


class Identities:
    """Every inspection of the record, with what the statements about it tell of which one it is."""

    def __init__(self, distinct: frozenset[str] = frozenset()) -> None:
        """`distinct` are public ids that a pack tells apart: none of them is taken for another of them."""
        self._distinct = distinct
        self._inspections = {each.public_id: each for each in Inspection.objects.all()}
        self._known: dict[tuple[str, str, str], dict[str, Known]] = defaultdict(dict)
        self._bodies: dict[tuple[BodyRef, dt.date | None], str | None] = {}
        rows = Statement.objects.filter(inspection__isnull=False).values_list(
            "inspection__public_id",
            "inspection__publisher",
            "inspection__body_id",
            "framework",
            "inspection_start",
            "inspection_end",
            "published",
            "release__source",
            "release__slot",
        )
        for name, publisher, body, family, start, end, published, source, slot in rows.iterator():
            self._learn(
                name,
                Candidate(
                    publisher=publisher,
                    body_id=body,
                    family=family,
                    inspection_start=start,
                    inspection_end=end,
                    published=published,
                    slot=(source, slot) if slot else None,
                ),
            )

    def find(
        self,
        record: InspectionRecord,
        slot: tuple[str, str] | None,
        given: tuple[str, str] | EllipsisType | None = ...,
    ) -> Found:
        """The inspection of a record.

        `given` is set for a record out of a pack: the public id and body that its inspection had there,
        or None where it had none. The body is taken as it is; the public id is the new inspection's,
        where the record does not have the inspection under another.
        """
        if given is None:
            return Found(None, False)
        on = record.inspection_start or record.inspection_end or record.published
        body = self._body(record.body, on) if given is ... else given[1]
        if body is None:
            return Found(None, False, self._unknown(record))
        candidate = Candidate(
            publisher=record.publisher,
            body_id=body,
            family=record.framework,
            inspection_start=record.inspection_start,
            inspection_end=record.inspection_end,
            published=record.published,
            slot=slot,
        )
        among = self._known[candidate.key]
        apart = frozenset[str]() if given is ... else self._distinct
        if given is not ... and given[0] in among:
            name = given[0]
        elif known := match(candidate, (each for name, each in among.items() if name not in apart)):
            name = known.public_id
        else:
            name = given[0] if given is not ... else public_id(candidate, self._inspections)
            if name in self._inspections:  # another inspection has the pack's name here
                name = public_id(candidate, self._inspections)
            self._inspections[name] = Inspection(
                public_id=name, publisher=record.publisher, body_id=body, family=record.framework
            )
            self._learn(name, candidate)
            return Found(self._inspections[name], True)
        self._learn(name, candidate)
        return Found(self._inspections[name], False)

    def _learn(self, name: str, candidate: Candidate) -> None:
        among = self._known[candidate.key]
        among.setdefault(name, Known(name, candidate.key)).learn(candidate)

    def _body(self, body: BodyRef, on: dt.date | None) -> str | None:
        if (body, on) not in self._bodies:
            self._bodies[body, on] = places.body_for(body, on)
        return self._bodies[body, on]

    @staticmethod
    def _unknown(record: InspectionRecord) -> tuple[Problem, ...]:
        if any(problem.kind == "body_unknown" for problem in record.problems):
            return ()
        named = record.body.name or record.body.urn or record.body.gss_code or "nothing"
        return (
            Problem(
                kind="body_unknown",
                message=f"No authority is known by “{named}”: the inspection is on no area's page",
                field="body",
                address=record.address,
            ),
        )
