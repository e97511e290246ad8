"""Finding the inspection that a statement is about, among those that the record has."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import EllipsisType

from oneplace.evidence.among import Among
from oneplace.evidence.matching import Candidate, public_id
from oneplace.evidence.models import Inspection, Statement
from oneplace.large_loads import made, those_there
from oneplace.places import queries as places
from oneplace.records import BODY_KINDS, BodyRef, InspectionRecord, Problem

# What a pack says of an inspection's identity: its public id and body, or None where it had none there.
# `...`: the record comes from no pack.
Given = tuple[str, str] | None | EllipsisType

# Fewer than the 999 parameters that older versions of SQLite take.
_NAMES_A_QUERY = 900


BODY_UNKNOWN = "body_unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """The inspection, new or known; None, with a problem that says so, where the body is not known."""

    inspection: Inspection | None
    is_new: bool
    problems: tuple[Problem, ...] = ()


class Identities:
    """The inspections of the bodies met so far, with what the statements about them tell of which is which.

    A body's are read from the record when the body is first met: a report asks for those of one council,
    a table of forty thousand care homes for those of some hundreds at a time.
    """

    def __init__(self, distinct: frozenset[str] = frozenset()) -> None:
        """`distinct` are public ids that a pack tells apart: none of them is taken for another of them."""
        self._distinct = distinct
        self._inspections: dict[str, Inspection] = {}
        self._known: dict[tuple[str, str, str], Among] = defaultdict(Among)
        self._read: set[str] = set()  # the bodies whose inspections are in the two above
        self._there: set[str] = set()  # identifiers that are a body's
        self._bodies: dict[tuple[BodyRef, dt.date | None], str | None] = {}
        self._numbers: dict[str, int] = {}

    def find_all(
        self,
        records: Sequence[InspectionRecord],
        slot: tuple[str, str] | None = None,
        given: Sequence[Given] | None = None,
    ) -> Iterator[Found]:
        """The inspection of each record, in order; with few queries, however many records."""
        for start in range(0, len(records), _NAMES_A_QUERY):
            some = records[start : start + _NAMES_A_QUERY]
            theirs = given[start : start + len(some)] if given is not None else [...] * len(some)
            self._there |= places.existing_bodies(
                {record.body.body_id for record in some if record.body.body_id} - self._there
            )
            bodies = [self._body_of(record, each) for record, each in zip(some, theirs, strict=True)]
            self._read_bodies(body for body in bodies if body)
            self._read_names(each[0] for each in theirs if isinstance(each, tuple))
            for record, body, each in zip(some, bodies, theirs, strict=True):
                yield self._find(record, body, slot, each)

    def forget_bodies(self) -> None:
        """The register changed: names and numbers may be other bodies' now."""
        self._bodies.clear()

    def _find(
        self, record: InspectionRecord, body: str | None, slot: tuple[str, str] | None, given: Given
    ) -> Found:
        if given is None:
            return Found(None, False)
        if body is None:
            return Found(None, False, _unknown(record))
        candidate = Candidate(
            publisher=record.publisher,
            body_id=body,
            family=record.framework,
            inspection_start=record.inspection_start,
            inspection_end=record.inspection_end,
            published=record.published,
            slot=slot,
            reference=record.reference,
            date_precision=record.date_precision,
        )
        among = self._known[candidate.key]
        if given is not ... and given[0] in among:
            name = given[0]
        elif known := among.match(candidate, () if given is ... else self._distinct):
            name = known.public_id
        else:
            name = given[0] if given is not ... else public_id(candidate, self._inspections, self._numbers)
            if name in self._inspections:  # another inspection has the pack's name here
                name = public_id(candidate, self._inspections, self._numbers)
            self._inspections[name] = made(
                Inspection, public_id=name, publisher=record.publisher, body_id=body, family=record.framework
            )
            among.learn(name, candidate)
            return Found(self._inspections[name], True)
        among.learn(name, candidate)
        return Found(self._inspections[name], False)

    def _body_of(self, record: InspectionRecord, given: Given) -> str | None:
        """The body: out of a pack as it was there, else as `places` knows it on the day of the inspection."""
        if given is None:
            return None
        if given is not ...:
            return given[1]
        body = record.body
        if body.body_id in self._there:
            return body.body_id
        on = record.inspection_start or record.inspection_end or record.published
        if (body, on) not in self._bodies:
            self._bodies[body, on] = places.body_for(body, on)
        return self._bodies[body, on]

    def _read_bodies(self, bodies: Iterable[str]) -> None:
        wanted = sorted(set(bodies) - self._read)
        self._read.update(wanted)
        for start in range(0, len(wanted), _NAMES_A_QUERY):
            # Of most bodies that a table names first, there are none yet.
            some = sorted(those_there(Inspection, "body_id", wanted[start : start + _NAMES_A_QUERY]))
            if not some:
                continue
            for inspection in Inspection.objects.filter(body_id__in=some):
                self._inspections[inspection.public_id] = inspection
            rows = Statement.objects.filter(inspection__body_id__in=some).values_list(
                "inspection__public_id",
                "inspection__publisher",
                "inspection__body_id",
                "framework",
                "inspection_start",
                "inspection_end",
                "published",
                "release__source",
                "release__slot",
                "release__is_snapshot",
                "reference",
                "date_precision",
            )
            for (
                name, publisher, body, family, start_, end, published, source, slot, snapshot, reference, precision,
            ) in rows.iterator():  # fmt: skip
                candidate = Candidate(
                    publisher=publisher,
                    body_id=body,
                    family=family,
                    inspection_start=start_,
                    inspection_end=end,
                    published=published,
                    slot=(source, slot) if slot and not snapshot else None,
                    reference=reference,
                    date_precision=precision,  # type: ignore[arg-type]  # one of the four, as recorded
                )
                self._known[candidate.key].learn(name, candidate)

    def _read_names(self, names: Iterable[str]) -> None:
        """Read the bodies of inspections that have a name out of a pack: it may be another's here."""
        wanted = [name for name in names if name not in self._inspections]
        if wanted:
            owners = Inspection.objects.filter(public_id__in=wanted).values_list("body_id", flat=True)
            self._read_bodies(owners.distinct())


def _unknown(record: InspectionRecord) -> tuple[Problem, ...]:
    if any(problem.kind == BODY_UNKNOWN for problem in record.problems):
        return ()
    body = record.body
    named = body.name or body.urn or body.gss_code or body.body_id or "nothing"
    called = "authority" if body.kind == "local_authority" else BODY_KINDS.get(body.kind, body.kind)
    return (
        Problem(
            kind=BODY_UNKNOWN,
            message=f"No {called} is known by “{named}”: the inspection is on no area's page",
            field="body",
            address=record.address,
        ),
    )
