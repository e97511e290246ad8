"""Each body's newest graded inspection by a day.

Two steps keep it quick. First one light question about all statements tells when each inspection was
published; then only the wanted ones are fetched, as plain rows, and resolved.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from oneplace.evidence.differences import best_published, published_order
from oneplace.evidence.models import Judgement, Release, Statement
from oneplace.evidence.resolving import Decided, view
from oneplace.evidence.reviewed import children_services_families
from oneplace.evidence.said import Said, best_first, corrections, held, in_lots, standing_words
from oneplace.evidence.standing import standing
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import frameworks
from oneplace.records import Address, Box

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """An inspection. The greatest is the newest: by publication, or where nobody tells that by inspection.

    It was known from `since`: where no day of publication is told (`is_told`), the day on which the first
    release that speaks of it was fetched. An earlier one would be a guess.
    """

    dated: dt.date
    inspected: dt.date
    public_id: str
    body_id: str
    line: str  # what it follows on from: others of the same line
    pk: int
    since: dt.date
    is_told: bool


@dataclass(frozen=True, slots=True)
class _Dated:
    """What one statement tells of when its inspection was published."""

    published: dt.date | None
    order: int
    retrieved: dt.date


@cache
def graded_families() -> frozenset[str]:
    """The families of frameworks under which grades are given on a round: no visits, no notices."""
    return frozenset(e.family for e in frameworks().values() if e.kind in ("inspection", "rating"))


def line_of_family(family: str) -> str:
    """What inspections of a family follow on from: a council's services for children are one line."""
    return "children" if family in children_services_families() else family


def graded(
    families: Iterable[str],
    decided: Decided,
    *,
    bodies: Sequence[str] | None = None,
    held_at: dt.datetime | None = None,
) -> list[Known]:
    """Every graded inspection of some families, of certain bodies or of all."""
    (found,) = graded_by([frozenset(families)], decided, bodies=bodies, held_at=held_at)
    return found


def graded_by(
    groups: Sequence[frozenset[str]],
    decided: Decided,
    *,
    bodies: Sequence[str] | None = None,
    held_at: dt.datetime | None = None,
) -> list[list[Known]]:
    """The same for each of several groups of families, in their order: one statement for all of them."""
    families = sorted(frozenset().union(*groups))
    found = Statement.objects.filter(held(held_at), inspection__isnull=False, framework__in=families)
    if bodies is not None:
        found = found.filter(inspection__body_id__in=list(bodies))
    rows = list(
        found.order_by("pk").values_list(
            "inspection_id", "inspection__body_id", "inspection__public_id", "framework", "published",
            "published_source", "release_id", "release__source", "release__reader", "release__compiled_by",
            "release__retrieved_at", "inspection_end", "inspection_start",
        )
    )  # fmt: skip
    return [_known((row for row in rows if row[3] in group), decided, held_at) for group in groups]


def _known(rows: Iterable[tuple[Any, ...]], decided: Decided, held_at: dt.datetime | None) -> list[Known]:
    whose: dict[int, tuple[str, str, str, dt.date]] = {}
    dates: dict[int, list[_Dated]] = defaultdict(list)
    releases: dict[int, tuple[int, dt.date]] = {}
    for (
        pk, body, public_id, family, published, origin, release, source, reader, compiled_by, retrieved, end, start,
    ) in rows:  # fmt: skip
        if release not in releases:
            releases[release] = standing(source, reader, compiled_by), retrieved.date()
        counts, day = releases[release]
        dates[pk].append(_Dated(published, published_order(counts, origin), day))
        if pk not in whose:
            whose[pk] = body, public_id, line_of_family(family), end or start or published or day
    known = []
    doubtful = [pk for pk, told in dates.items() if len({each.published for each in told} - {None}) > 1]
    groups = _groups(doubtful, held_at) if doubtful else {}
    for pk, (body, public_id, line, inspected) in whose.items():
        published = _published(public_id, dates[pk], groups.get(pk), decided)
        since = published or min(each.retrieved for each in dates[pk])
        known.append(
            Known(published or inspected, inspected, public_id, body, line, pk, since, published is not None)
        )
    return known


def _published(
    public_id: str, told: Iterable[_Dated], group: list[Said] | None, decided: Decided
) -> dt.date | None:
    """The day that counts. Where statements give several, `group` has them all, as a page that shows one asks them."""
    if correction := decided.get(public_id, {}).get("published"):
        return dt.date.fromisoformat(correction.value or "")
    if group is not None and (said := best_published(standing_words(group))):
        return said.statement.published
    best = min((each for each in told if each.published), key=lambda each: each.order, default=None)
    return best.published if best else None


def newest(found: Iterable[Known], by: dt.date) -> dict[tuple[str, str], Known]:
    """(body, line) → its newest inspection published by a day."""
    return _best(each for each in found if each.since <= by)


def newest_held(found: Iterable[Known], by: dt.date) -> dict[tuple[str, str], Known]:
    """The same, where those of which nobody tells the day of publication count from the day of inspection."""
    return _best(each for each in found if (each.since if each.is_told else each.inspected) <= by)


def _best(found: Iterable[Known]) -> dict[tuple[str, str], Known]:
    best: dict[tuple[str, str], Known] = {}
    for each in found:
        key = each.body_id, each.line
        if key not in best or each > best[key]:
            best[key] = each
    return best


def newest_of(
    body_ids: Iterable[str],
    as_at: dt.date,
    families: Iterable[str] | None = None,
    held_at: dt.datetime | None = None,
) -> tuple[InspectionView, ...]:
    """Of each body and line its newest graded inspection by a day, with judgements, without lists or differences."""
    decided = corrections(held_at=held_at)
    found = graded(families or graded_families(), decided, bodies=list(body_ids), held_at=held_at)
    best = newest(found, as_at)
    views = resolved([each.pk for each in best.values()], decided, as_at, held_at)
    return tuple(view for each in sorted(best.values(), reverse=True) if (view := views.get(each.pk)))


def resolved(
    inspections: Iterable[int], decided: Decided, as_at: dt.date, held_at: dt.datetime | None = None
) -> Mapping[int, InspectionView]:
    """Inspections by key, with their judgements alone: many of one release, so that each is fetched once."""
    groups = _groups(sorted(set(inspections)), held_at)
    found = {}
    for pk, group in groups.items():
        public_id = group[0].statement.inspection.public_id if group[0].statement.inspection else ""
        if one := view(group, decided.get(public_id, {}), as_at, with_differences=False):
            found[pk] = one
    return found


def _groups(inspections: Sequence[int], held_at: dt.datetime | None) -> dict[int, list[Said]]:
    told: list[_Told] = []
    for some in in_lots(inspections):
        rows = Statement.objects.filter(held(held_at), inspection_id__in=some)
        told += [
            _Told._make((*row, _About(public_id, publisher, body)))
            for *row, public_id, publisher, body in rows.values_list(
                *_TOLD, "inspection__public_id", "inspection__publisher", "inspection__body_id"
            )
        ]
    releases = _by_key(Release.objects.in_bulk, {each.release_id for each in told})
    judgements = _judgements([each.pk for each in told])
    groups: dict[int, list[Said]] = defaultdict(list)
    for each in told:
        release = releases[each.release_id]
        counts = standing(release.source, release.reader, release.compiled_by)
        statement = cast("Statement", each)
        groups[each.inspection_id].append(
            Said(statement, release, counts, judgements=judgements.get(each.pk, ()))
        )
    return {pk: best_first(group) for pk, group in groups.items()}


class _About(NamedTuple):
    """The inspection's own row, as far as a view needs it."""

    public_id: str
    publisher: str
    body_id: str


class _Told(NamedTuple):
    """A statement as plain values: of the six hundred in a review, rows of Django's take as long as all the rest."""

    pk: int
    inspection_id: int
    release_id: int
    position: int
    framework: str
    body_kind: str
    title: str
    inspection_start: dt.date | None
    inspection_end: dt.date | None
    published: dt.date | None
    published_source: str | None
    lead_inspector: str
    pages: int | None
    report_url: str | None
    reference: str
    date_precision: str
    page: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    sheet: str | None
    row: int | None
    inspection: _About

    @property
    def address(self) -> Address:
        return _address(self.page, self.x0, self.y0, self.x1, self.y1, self.sheet, self.row)


_TOLD = _Told._fields[:-1]


def _address(
    page: int | None,
    x0: float | None,
    y0: float | None,
    x1: float | None,
    y1: float | None,
    sheet: str | None,
    row: int | None,
) -> Address:
    box: Box | None = None
    if x0 is not None and y0 is not None and x1 is not None and y1 is not None:
        box = (x0, y0, x1, y1)
    return Address(page=page, box=box, sheet=sheet, row=row)


def _by_key(fetch: Callable[[Sequence[int]], dict[int, _Row]], keys: Iterable[int]) -> dict[int, _Row]:
    found: dict[int, _Row] = {}
    for some in in_lots(sorted(keys)):
        found.update(fetch(some))
    return found


class _Answer(NamedTuple):
    """A judgement as plain values, most of which no view shows: several statements answer one question."""

    statement_id: int
    question: str
    question_key: str
    grade_printed: str
    grade: str
    subject: str
    score: float | None
    page: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    sheet: str | None
    row: int | None

    @property
    def address(self) -> Address:
        return _address(self.page, self.x0, self.y0, self.x1, self.y1, self.sheet, self.row)


def _judgements(statements: Sequence[int]) -> Mapping[int, Sequence[Judgement]]:
    found: dict[int, list[Judgement]] = defaultdict(list)
    for some in in_lots(sorted(statements)):
        rows = Judgement.objects.filter(statement_id__in=some).order_by("statement_id", "position")
        for row in rows.values_list(*_Answer._fields):
            found[row[0]].append(cast("Judgement", _Answer._make(row)))
    return found
