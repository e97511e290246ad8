"""Comparisons as a file: a line for each grade and each figure, with its place in its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable
from oneplace.indicators import queries as indicators
from oneplace.indicators.views import ValueView
from oneplace.places.queries import AreaView
from oneplace.website.comparison import ComparedService, no_grade_of
from oneplace.website.comparison_figures import ComparedFigure
from oneplace.website.comparison_group import Group, GroupFigure, GroupLine
from oneplace.website.comparison_prisons import Prisons
from oneplace.website.figures import plain_number, shown

Row = tuple[object, ...]

HEADER = (
    "area", "name", "service", "what", "framework_or_period", "question_or_measure", "grade_or_value", "in_words",
    "whose", "date", "compared", "why_not", "release", "page", "sheet", "row", "as_at",
)  # fmt: skip
A_COUNT = "a count: areas are of different size"


def side_by_side_rows(
    areas: Sequence[AreaView],
    compared: Iterable[ComparedService],
    figures: Iterable[ComparedFigure],
    on: dt.date,
) -> Iterator[Row]:
    """Everything of the page that has up to five areas beside each other."""
    for service in compared:
        for line in service.lines:
            for question in line.questions:
                for area, head, cell in zip(areas, line.heads, question.cells, strict=True):
                    yield _grade(
                        area, service.service.key, cell.framework, question.key, head.inspection, cell.judgement,
                        head.whose, cell.reason, on,
                    )  # fmt: skip
        if service.prisons:
            yield from _prison_rows(areas, service.service.key, service.prisons, on)
    for one in figures:
        for area, of in zip(areas, one.cells, strict=True):
            if of.figure:
                why = A_COUNT if one.is_count else of.note
                yield _figure(area, one.service.key, of.figure.value, of.figure.shown, why, on)


def group_rows(
    area: AreaView,
    group: Group,
    lines: Iterable[GroupLine],
    figures: Iterable[GroupFigure],
    on: dt.date,
) -> Iterator[Row]:
    """The area and each of its group: the grades that the page counts, and the figures that it ranks."""
    for line in lines:
        one, service = line.inspection, line.service.key
        for question in line.questions:
            key = question.own.question_key
            yield _grade(area, service, one.framework, key, one, question.own, line.whose, "", on)
            for each in line.beside:
                theirs = each.inspection
                judgement = theirs.judgement(key) if theirs else None
                if theirs is None:
                    why = "No graded inspection is in the record"
                elif judgement is None:
                    why = each.reason or no_grade_of(theirs)
                else:
                    why = each.reason or _unlike(one.framework, theirs.framework, key)
                edition = theirs.framework if theirs else ""
                yield _grade(each.area, service, edition, key, theirs, judgement, each.whose, why, on)
    yield from _figures_of_group(area, group, list(figures), on)


def _figures_of_group(
    area: AreaView, group: Group, figures: Sequence[GroupFigure], on: dt.date
) -> Iterator[Row]:
    """The area's figures, and those of the group of the same period: of another none would be compared."""
    known = {each.area_id: each for each in group.areas}
    found = indicators.beside([of.figure.value for of in figures], known)
    for of in figures:
        why = A_COUNT if of.is_count else ""
        own = of.figure.value
        yield _figure(area, of.service.key, own, of.figure.shown, why, on)
        for value in found.get((own.measure, own.period, own.ends), ()):
            words = shown(value.value, of.defined.unit, of.defined.decimals, value.marker)
            yield _figure(known[value.subject], of.service.key, value, words, why, on)


def _prison_rows(areas: Sequence[AreaView], service: str, of: Prisons, on: dt.date) -> Iterator[Row]:
    for test in of.tests:
        for area, outcomes in zip(areas, test.cells, strict=True):
            for each in outcomes:
                yield _grade(
                    area, service, each.framework, test.key, each.prison.inspection, each.judgement,
                    each.prison.name, each.reason, on,
                )  # fmt: skip


def _grade(
    area: AreaView,
    service: str,
    edition: str,
    question: str,
    one: InspectionView | None,
    judgement: JudgementView | None,
    whose: str,
    reason: str,
    on: dt.date,
) -> Row:
    source = judgement.source if judgement else None
    dated = (one.published or one.inspection_end) if one else None
    return (
        area.area_id, area.name, service, "grade", edition, question, judgement.grade if judgement else "",
        judgement.grade_label if judgement else reason, whose or (area.name if one else ""), dated or "",
        "yes" if judgement and not reason else "no", reason, source.release_id if source else "",
        (source.page if source else None) or "", (source.address.sheet if source else None) or "",
        (source.address.row if source else None) or "", on,
    )  # fmt: skip


def _figure(area: AreaView, service: str, value: ValueView, words: str, why: str, on: dt.date) -> Row:
    return (
        area.area_id, area.name, service, "figure", value.period, value.measure,
        plain_number(value.value), words, area.name, value.ends, "no" if why else "yes", why,
        value.release_id, "", value.sheet or "", value.row, on,
    )  # fmt: skip


def _unlike(edition: str, other: str, question: str) -> str:
    try:
        evidence.refuse_unlike([edition, other], question)
    except NotComparable as refused:
        return str(refused)
    return ""
