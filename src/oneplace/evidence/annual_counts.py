"""How many stand at each grade of an annual review, edition by edition: never added up across editions.

Three stories make the counts. Those whom the record names are counted by their own grades. A total that was
published of everybody, and that names nobody, counts for as long as nobody has been graded otherwise since.
After that, those whom it graded and no source names are a group of their own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from oneplace.evidence.models import RatingTotal
from oneplace.evidence.reviewed import main_question
from oneplace.evidence.said import source_ref
from oneplace.evidence.views import GradeCount, ReviewAuthority
from oneplace.frameworks import UnknownGrade, edition, framework, frameworks, grade_label

NO_OVERALL = "no_overall_grade"
NOT_NAMED = "not_named"

_Named = Mapping[tuple[str, str], Sequence[str]]  # (edition, grade) → identifiers
_Totals = Mapping[tuple[str, str], RatingTotal]


def counts(
    lines: Sequence[ReviewAuthority], totals: Iterable[RatingTotal], as_at: dt.date
) -> tuple[GradeCount, ...]:
    """By edition, grades best first. `totals` are the published ones, oldest first."""
    newest = _newest_totals(totals, as_at)
    holding = _still_holding(newest, lines)
    named = _named(lines)
    if newest and not holding and (unnamed := [line.area_id for line in lines if line.unnamed]):
        latest = max(newest, key=lambda each: newest[each].published)[0]
        named[latest, NOT_NAMED] = unnamed
    return tuple(
        _count(key, grade, named.get((key, grade), ()), holding.get((key, grade)))
        for key, grade in _in_order({*named, *holding})
    )


def by_question(lines: Iterable[ReviewAuthority]) -> tuple[GradeCount, ...]:
    """Of editions that give no grade for the whole: by edition and question, grades best first."""
    named: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    words: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.current is None or main_question(framework(line.current.framework)):
            continue
        for each in line.current.judgements:
            if not each.subject:
                named[line.current.framework, each.question_key][each.grade].append(line.area_id)
                words.setdefault((line.current.framework, each.question_key), each.question)
    found = []
    for edition_of in frameworks().values():
        asked = [each.key for each in edition_of.questions]
        others = sorted({key for of, key in named if of == edition_of.key} - set(asked))
        for question in (*asked, *others):
            at = named.get((edition_of.key, question), {})
            for _, grade in _in_order({(edition_of.key, grade) for grade in at}):
                found.append(
                    GradeCount(
                        framework=edition_of.key,
                        grade=grade,
                        grade_label=label(edition_of.key, grade),
                        count=len(at[grade]),
                        named=tuple(at[grade]),
                        source=None,
                        question_key=question,
                        question=words[edition_of.key, question],
                    )
                )
    return tuple(found)


def _named(lines: Iterable[ReviewAuthority]) -> dict[tuple[str, str], Sequence[str]]:
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        if line.current:
            main = main_question(framework(line.current.framework))
            judgement = line.current.judgement(main) if main else None
            grade = judgement.grade if judgement else NO_OVERALL
            named[line.current.framework, grade].append(line.area_id)
    return dict(named)


def _newest_totals(totals: Iterable[RatingTotal], as_at: dt.date) -> _Totals:
    """Of each edition the totals of its last review by the day."""
    newest: dict[tuple[str, str], RatingTotal] = {}
    for total in totals:
        if total.published <= as_at:
            newest[edition(total.framework, total.published).key, total.grade] = total
    last = {key: max(t.published for (of, _), t in newest.items() if of == key) for key, _ in newest}
    return {each: total for each, total in newest.items() if total.published == last[each[0]]}


def _still_holding(newest: _Totals, lines: Sequence[ReviewAuthority]) -> _Totals:
    """The totals that still tell of everybody: nobody has been graded under other rules since."""
    editions = {key for key, _ in newest}
    current = [line.current for line in lines if line.current]
    if any(one.framework not in editions for one in current):
        return {}
    reviewed = {(one.framework, one.published) for one in current}
    return {each: total for each, total in newest.items() if (each[0], total.published) in reviewed}


def _in_order(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(edition, grade), the oldest edition first and its grades best first, what is no grade of it last."""
    editions = list(frameworks())

    def place(each: tuple[str, str]) -> tuple[int, int, str]:
        key, grade = each
        grades = [one.key for one in framework(key).grades]
        return editions.index(key), grades.index(grade) if grade in grades else len(grades), grade

    return sorted(keys, key=place)


def _count(key: str, grade: str, known: Sequence[str], total: RatingTotal | None) -> GradeCount:
    return GradeCount(
        framework=key,
        grade=grade,
        grade_label=label(key, grade),
        # One that was graded anew after the review may be named beside those of the total.
        count=max(total.count, len(known)) if total else len(known),
        named=() if grade == NOT_NAMED else tuple(known),
        source=source_ref(total.release, total.address) if total else None,
        question_key=main_question(framework(key)) or "overall",
    )


def total_label(family: str, published: dt.date, grade: str) -> str:
    """The grade of a published total, in words."""
    return label(edition(family, published).key, grade)


def label(key: str, grade: str) -> str:
    """A grade in words, and what stands in place of one."""
    if grade == NO_OVERALL:
        return "No overall grade"
    if grade == NOT_NAMED:
        return "Graded, not named by the sources held"
    try:
        return grade_label(framework(key), grade)
    except UnknownGrade:
        return grade.replace("_", " ").capitalize()
