"""What a release changes in the record: inspections first known, grades changed, facts corrected.

Everything is told from what the record showed before and shows after: a third party's table that says
what the inspectorate's own said already changes nothing, however many statements it brings.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q

from oneplace.evidence.models import Correction, Inspection, Release
from oneplace.evidence.resolving import view
from oneplace.evidence.rows import StatementRows
from oneplace.evidence.said import (
    HEADER_AND_JUDGEMENTS,
    Said,
    best_first,
    corrections,
    inspection_of,
    statements,
    statements_of,
)
from oneplace.evidence.standing import standing
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import (
    Framework,
    NotComparable,
    UnknownFramework,
    UnknownGrade,
    compare,
    edition,
    framework,
)
from oneplace.records import InspectionRecord

NEW, CHANGED_GRADE, CORRECTED = "new", "changed_grade", "corrected"
WITHDRAWN, SUPERSEDED, FIGURES = "withdrawn", "superseded", "figures"
FLAG_RAISED, FLAG_LOWERED = "flag_raised", "flag_lowered"
KINDS = (NEW, CHANGED_GRADE, CORRECTED, WITHDRAWN, SUPERSEDED, FIGURES, FLAG_RAISED, FLAG_LOWERED)

_DATES = ("published", "inspection_start", "inspection_end")
_BODIES_A_QUERY = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An event before it has a number. Words as in `models.Event`."""

    kind: str
    inspection: str = ""
    body_id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    direction: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Graded:
    """An inspection's grades, to hold a later one's against. `on` is the day it counts from."""

    on: dt.date
    name: str
    framework: str
    grades: Mapping[str, str]


@dataclass(slots=True)
class Changes:
    """The changes of a run of releases, told one release, or one lot of a large one, at a time."""

    _graded: dict[str, dict[str, _Graded]] = field(default_factory=lambda: defaultdict(dict))
    _bodies_read: set[str] = field(default_factory=set)
    _to_compare: list[Inspection] = field(default_factory=list)
    _corrections: dict[str, dict[str, Correction]] | None = None

    def tell(
        self,
        release: Release,
        rows: Sequence[StatementRows],
        new: Collection[str],
        replaced: Collection[int],
        groups: dict[str, list[Said]],
    ) -> list[Change]:
        """What the release changes with these statements, in their order.

        `new`: the public ids that are first known with them. `groups`: what live releases said of the
        others until now, by public id; it is brought up to date. `replaced`: keys of releases that go.
        """
        if self._corrections is None:
            self._corrections = corrections()
        about: dict[str, list[Said]] = {}
        for each in rows:
            if each.statement.inspection is not None:
                about.setdefault(each.statement.inspection.public_id, []).append(said_by(release, each))
        told: list[Change] = []
        for name, saying in about.items():
            before = groups.get(name, [])
            after = best_first([*(each for each in before if each.release.pk not in replaced), *saying])
            groups[name] = after
            inspection = inspection_of(saying)
            if name in new:
                told.append(_new(inspection, saying[0]))
                self._to_compare.append(inspection)
            elif before and not _says_the_same(before, saying, replaced):
                told += self._corrected(name, before, after)
        return told

    def learn(self, about: Iterable[tuple[Inspection, InspectionRecord]]) -> None:
        """Take in the grades of inspections that are new with a release, before any of it is told."""
        found = [(inspection, grades) for inspection, each in about if (grades := graded(inspection, each))]
        if self._corrections is None:
            self._corrections = corrections()
        self._read({inspection.body_id for inspection, _ in found})
        for inspection, grades in found:
            self._graded[inspection.body_id].setdefault(inspection.public_id, grades)

    def of_grades(self) -> list[Change]:
        """Which of the new inspections changed a grade: told last, when all that the release corrects is known."""
        waiting, self._to_compare = self._to_compare, []
        return [change for inspection in waiting for change in self._of_grade(inspection)]

    def _of_grade(self, inspection: Inspection) -> Iterator[Change]:
        among = self._graded.get(inspection.body_id, {})
        this = among.get(inspection.public_id)
        if this is None or len(among) < 2:
            return
        now = framework(this.framework)
        question = main_question(now)
        earlier = [each for each in among.values() if (each.on, each.name) < (this.on, this.name)]
        for each in sorted(earlier, key=lambda each: (each.on, each.name), reverse=True):
            if question not in each.grades or question not in this.grades:
                continue
            try:
                direction = compare(
                    framework(each.framework), each.grades[question], now, this.grades[question], question
                )
            except (NotComparable, UnknownGrade):
                continue
            if direction != "same":
                yield Change(
                    kind=CHANGED_GRADE,
                    inspection=inspection.public_id,
                    body_id=inspection.body_id,
                    field=f"judgement:{question}",
                    before=each.grades[question],
                    after=this.grades[question],
                    direction=direction,
                    on=this.on,
                )
            return

    def _corrected(self, name: str, before: list[Said], after: list[Said]) -> Iterator[Change]:
        assert self._corrections is not None
        ours = self._corrections.get(name, {})
        was, now = view(before, ours), view(after, ours)
        if was is None or now is None:
            return
        self._remember(now)
        for what, old, new in _differing(was, now):
            yield Change(
                kind=CORRECTED,
                inspection=name,
                body_id=now.body_id,
                field=what,
                before=old,
                after=new,
                direction=_direction(was, now, what, old, new),
                on=now.published or now.inspection_end or now.inspection_start,
            )

    def _read(self, bodies: set[str]) -> None:
        """Read the grades that the record has of these bodies."""
        wanted = sorted(bodies - self._bodies_read)
        self._bodies_read.update(wanted)
        for start in range(0, len(wanted), _BODIES_A_QUERY):
            some = Q(inspection__body_id__in=wanted[start : start + _BODIES_A_QUERY])
            for group in statements(some, HEADER_AND_JUDGEMENTS).values():
                found = view(group, (self._corrections or {}).get(inspection_of(group).public_id, {}))
                if found:
                    self._remember(found)

    def _remember(self, found: InspectionView) -> None:
        if day := found.published or found.inspection_end or found.inspection_start:
            self._graded[found.body_id][found.public_id] = _Graded(
                day,
                found.public_id,
                found.framework,
                {each.question_key: each.grade for each in found.judgements if not each.subject},
            )


def groups_of(inspections: Iterable[Inspection]) -> dict[str, list[Said]]:
    """What live releases say of inspections that the record has, by public id."""
    found = statements_of({inspection.pk for inspection in inspections}, HEADER_AND_JUDGEMENTS)
    return {inspection_of(group).public_id: group for group in found.values()}


def said_by(release: Release, rows: StatementRows) -> Said:
    """A statement on its way in, as one that is read back."""
    return Said(
        rows.statement,
        release,
        standing(release.source, release.reader, release.compiled_by),
        judgements=rows.judgements,
    )


def graded(inspection: Inspection, record: InspectionRecord) -> _Graded | None:
    """The grades that a record gives its inspection as a whole; None where it gives none, or no date."""
    day = record.published or record.inspection_end or record.inspection_start
    grades = {each.question_key: each.grade for each in record.judgements if not each.subject}
    if not day or not grades:
        return None
    try:
        found = _edition(record.framework, record.inspection_start or record.inspection_end or day)
    except UnknownFramework:
        return None
    return _Graded(day, inspection.public_id, found.key, grades)


@lru_cache(maxsize=4096)
def _edition(family: str, on: dt.date | None) -> Framework:
    return edition(family, on)


def main_question(of: Framework) -> str:
    """The question that an inspection's one grade answers: "overall", else the framework's first; "" for none."""
    if of.question("overall") or not of.questions:
        return "overall" if of.questions else ""
    return of.questions[0].key


def _new(inspection: Inspection, said: Said) -> Change:
    statement = said.statement
    day = statement.published or statement.inspection_end or statement.inspection_start
    try:
        question = main_question(_edition(statement.framework, statement.inspection_start or day))
    except UnknownFramework:
        question = ""
    grade = next(
        (each.grade for each in said.judgements if each.question_key == question and not each.subject), ""
    )
    return Change(
        kind=NEW,
        inspection=inspection.public_id,
        body_id=inspection.body_id,
        field=f"judgement:{question}" if grade else "",
        after=grade,
        on=day,
    )


def _says_the_same(before: list[Said], saying: list[Said], replaced: Collection[int]) -> bool:
    """Whether the file that goes said of the inspection what the one in its place says: the common case."""
    went = [each.statement.fingerprint for each in before if each.release.pk in replaced]
    return bool(went) and went == [each.statement.fingerprint for each in saying]


def _differing(was: InspectionView, now: InspectionView) -> Iterator[tuple[str, str, str]]:
    """Field, before and after, of each date and grade that was shown and is shown otherwise."""
    if was.date_precision == now.date_precision:
        for name in _DATES:
            old, new = getattr(was, name), getattr(now, name)
            if old and new and old != new:
                yield name, old.isoformat(), new.isoformat()
    before = {_question(each): each for each in was.judgements}
    for each in now.judgements:
        found = before.get(_question(each))
        if found is not None and found.grade != each.grade:
            of = f" ({each.subject})" if each.subject else ""
            yield f"judgement:{each.question_key}{of}", found.grade, each.grade


def _question(judgement: JudgementView) -> tuple[str, str, str]:
    words = judgement.question if judgement.question_key == "other" else ""
    return judgement.subject, judgement.question_key, words


def _direction(was: InspectionView, now: InspectionView, what: str, old: str, new: str) -> str:
    if not what.startswith("judgement:"):
        return ""
    question = what.removeprefix("judgement:").split(" (")[0]
    try:
        return compare(framework(was.framework), old, framework(now.framework), new, question)
    except (NotComparable, UnknownGrade):
        return ""
