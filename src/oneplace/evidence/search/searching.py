"""The answers: passages by words and filters, how many by year, grade and body, and who does a thing well."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection

from oneplace.evidence.search import engines, near
from oneplace.evidence.search.catalogue import Catalogue, Entry, catalogue
from oneplace.evidence.search.engines import Column, Matching
from oneplace.evidence.search.passages import Key, passages
from oneplace.evidence.search.sections import sections
from oneplace.evidence.search.tallies import tallies
from oneplace.evidence.search.typed import Query, read
from oneplace.evidence.search.views import Filters, Found, Held, Order, PassageView, Praise, Praised
from oneplace.frameworks import framework

A_PAGE = 20
# Of one inspection, where bodies are told that do a thing well.
_PRAISE_A_REPORT = 3
# Grades by the tone of their framework: what is "good or better".
_GOOD = ("best", "good")
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose passages may be found, as SQL, and the report of each statement."""

    where: str
    parameters: tuple[Any, ...]
    reports: dict[int, Entry]


def search(
    words: str,
    filters: Filters = _NO_FILTERS,
    *,
    order: Order = "best",
    page: int = 1,
    as_at: dt.date | None = None,
) -> Found:
    """What inspectors wrote with these words, `A_PAGE` passages at a time. `page` from 1, cut to what there is.

    As at a day: of inspections published by then. Words as in `typed`; nothing typed is an error.
    """
    query = read(words)
    known = catalogue()
    scope = _scope(known, filters, as_at)
    counted = _counted(query, filters, scope)
    total = sum(counted.values())
    pages = max(-(-total // A_PAGE), 1)
    page = min(max(page, 1), pages)
    keys = _page(query, filters, scope, counted, order, (page - 1) * A_PAGE) if total else []
    unfiltered = total
    if not total and filters != _NO_FILTERS:
        everything = _scope(known, _NO_FILTERS, as_at)
        unfiltered = sum(_counted(query, _NO_FILTERS, everything).values())
    return Found(
        query=query,
        filters=filters,
        total=total,
        reports=len({statement for statement, _ in counted}),
        passages=passages(keys, known, scope.reports, query.wanted),
        tallies=tallies(counted, scope.reports),
        page=page,
        pages=pages,
        unfiltered=unfiltered,
        nearly=() if unfiltered or query.is_empty else near.nearly(query, known),
        held=_held(known, as_at),
    )


def every_passage(
    words: str, filters: Filters = _NO_FILTERS, *, as_at: dt.date | None = None, most: int = 5_000
) -> tuple[PassageView, ...]:
    """All that is found, the newest inspection first and in the order of each report, up to so many."""
    query = read(words)
    known = catalogue()
    scope = _scope(known, filters, as_at)
    counted = _counted(query, filters, scope)
    keys = _newest(query, filters, scope, counted, 0, most)
    return passages(keys, known, scope.reports, query.wanted)


def praised(
    words: str, filters: Filters = _NO_FILTERS, *, as_at: dt.date | None = None, most: int = 40
) -> Praised:
    """Who does it well: bodies praised for it where that part of their services was good or better then.

    Each body once, with the newest such inspection; the newest first. No order among frameworks is meant.
    """
    query = read(words)
    strengths = replace(filters, stance="strength")
    known = catalogue()
    scope = _scope(known, strengths, as_at)
    good: dict[int, set[str]] = defaultdict(set)
    for (statement, section), _ in _counted(query, strengths, scope).items():
        if _is_good(scope.reports[statement], section):
            good[statement].add(section)
    chosen: dict[str, int] = {}
    for statement in _by_newest(good, scope.reports):
        chosen.setdefault(scope.reports[statement].report.body_id, statement)
    newest = list(chosen.values())[:most]
    found: dict[int, list[Key]] = defaultdict(list)
    for key in _of(query, strengths, scope, newest):
        if key.section in good[key.statement]:
            found[key.statement].append(key)
    wanted = [key for statement in newest for key in found[statement][:_PRAISE_A_REPORT]]
    shown: dict[str, list[PassageView]] = defaultdict(list)
    for each in passages(wanted, known, scope.reports, query.wanted):
        shown[each.report.inspection].append(each)
    told = []
    for statement in newest:
        report = scope.reports[statement].report
        listed = shown[report.inspection]
        judgement = report.judgement(*sections()[listed[0].section].questions)
        assert judgement is not None
        told.append(
            Praise(
                body_id=report.body_id,
                report=report,
                judgement=judgement,
                passages=tuple(listed),
                more=len(found[statement]) - len(listed),
            )
        )
    return Praised(
        query=query,
        filters=filters,
        bodies=tuple(told),
        more=len(chosen) - len(newest),
        held=_held(known, as_at),
    )


@lru_cache(maxsize=4)
def _held(known: Catalogue, as_at: dt.date | None) -> Held:
    """What there is to search in."""
    entries = known.chosen(_NO_FILTERS, as_at)
    reports = [entry.report for entry in entries]
    names: dict[str, str] = {}
    grades: dict[tuple[str, str], str] = {}
    for report in reports:
        names.setdefault(report.family, report.framework_name)
        given = {(report.family, judgement.grade) for judgement in report.judgements}
        for grade in framework(report.framework).grades:
            if (report.family, grade.key) in given:
                grades.setdefault((report.family, grade.key), grade.label)
    return Held(
        passages=sum(entry.passages for entry in entries),
        reports=len(reports),
        bodies=tuple(sorted({report.body_id for report in reports})),
        kinds=tuple(sorted({known.areas[r.body_id][1] for r in reports if r.body_id in known.areas})),
        services=tuple(sorted({report.service for report in reports})),
        publishers=tuple(sorted({report.publisher for report in reports})),
        families=tuple(names.items()),
        grades=tuple((*key, label) for key, label in sorted(grades.items(), key=_grade_order)),
        first=min((report.known_since for report in reports), default=None),
        last=max((report.known_since for report in reports), default=None),
    )


def _grade_order(item: tuple[tuple[str, str], str]) -> tuple[str, int]:
    (family, grade), _ = item
    keys = [each.key for each in framework(family).grades]
    return family, keys.index(grade) if grade in keys else len(keys)


def _scope(known: Catalogue, filters: Filters, as_at: dt.date | None) -> _Scope:
    entries = known.chosen(filters, as_at)
    reports = {statement: entry for entry in entries for statement in entry.statements.values()}
    lists = [pk * 4 + kind for entry in entries for kind, pk in entry.statements.items()]
    where, parameter = engines.among("p.statement_id * 4 + p.kind", lists)
    parameters = [parameter]
    if filters.section:
        where += " AND p.section = %s"
        parameters.append(filters.section)
    _, _, grade = filters.grade.partition(":")
    if grade and filters.grade_of == "section":
        judged = [
            f"{pk}:{section.key}"
            for pk, entry in reports.items()
            for section in sections().values()
            if (judgement := entry.report.judgement(*section.questions)) and judgement.grade == grade
        ]
        more, parameter = engines.among("p.statement_id || ':' || p.section", judged)
        where += f" AND {more}"
        parameters.append(parameter)
    return _Scope(where, tuple(parameters), reports)


def _column(filters: Filters) -> Column:
    if filters.stance == "strength":
        return "strengths"
    return "weaknesses" if filters.stance == "weakness" else "words"


def _matching(query: Query, filters: Filters) -> Matching:
    return engines.matching(query, _column(filters))


def _counted(query: Query, filters: Filters, scope: _Scope) -> Counter[tuple[int, str]]:
    """How many passages are found, by statement and section."""
    if query.is_empty or not scope.reports:
        return Counter()
    found = _matching(query, filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.statement_id, p.section, count(*) FROM {found.tables} "
            f"WHERE {found.where} AND {scope.where} GROUP BY p.statement_id, p.section",
            (*found.parameters, *scope.parameters),
        )
        return Counter({(statement, section): count for statement, section, count in cursor.fetchall()})


def _page(
    query: Query, filters: Filters, scope: _Scope, counted: Counter[tuple[int, str]], order: Order, skip: int
) -> list[Key]:
    if order == "newest":
        return _newest(query, filters, scope, counted, skip, A_PAGE)
    found = _matching(query, filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.statement_id, p.kind, p.ordinal, p.section, p.place FROM {found.tables} "
            f"WHERE {found.where} AND {scope.where} ORDER BY {found.fit}, p.id LIMIT %s OFFSET %s",
            (*found.parameters, *scope.parameters, *found.fit_parameters, A_PAGE, skip),
        )
        return [Key(*row) for row in cursor.fetchall()]


def _newest(
    query: Query, filters: Filters, scope: _Scope, counted: Counter[tuple[int, str]], skip: int, most: int
) -> list[Key]:
    """Some of the passages in the order of their inspections, the newest first: only those reports are asked."""
    by_statement: Counter[int] = Counter()
    for (statement, _), count in counted.items():
        by_statement[statement] += count
    wanted: list[int] = []
    left_out = seen = 0
    for statement in _by_newest(by_statement, scope.reports):
        if seen >= skip + most:
            break
        seen += by_statement[statement]
        if seen <= skip:
            left_out = seen
        else:
            wanted.append(statement)
    return list(islice(_of(query, filters, scope, wanted), skip - left_out, skip - left_out + most))


def _of(query: Query, filters: Filters, scope: _Scope, statements: Sequence[int]) -> Iterator[Key]:
    """The passages found in these statements, in their order and in that of each report."""
    if not statements:
        return
    found = _matching(query, filters)
    where, parameter = engines.among("p.statement_id", statements)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.statement_id, p.kind, p.ordinal, p.section, p.place FROM {found.tables} "
            f"WHERE {found.where} AND {scope.where} AND {where} ORDER BY p.kind, p.ordinal",
            (*found.parameters, *scope.parameters, parameter),
        )
        by_statement: dict[int, list[Key]] = defaultdict(list)
        for row in cursor.fetchall():
            by_statement[row[0]].append(Key(*row))
    for statement in statements:
        yield from by_statement[statement]


def _by_newest(statements: Iterable[int], reports: dict[int, Entry]) -> list[int]:
    return sorted(
        statements,
        key=lambda pk: (reports[pk].report.known_since, reports[pk].report.inspection, -pk),
        reverse=True,
    )


def _is_good(entry: Entry, section: str) -> bool:
    """Whether the part of the report was judged good or better by its own framework."""
    judgement = entry.report.judgement(*sections()[section].questions)
    if judgement is None:
        return False
    grade = framework(entry.report.framework).grade(judgement.grade)
    return grade is not None and grade.tone in _GOOD
