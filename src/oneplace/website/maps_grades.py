"""Grades on a map: every council's, or force's, own newest grade under one edition of a framework, never two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oneplace.charts.scales import EMPTY, Entry, grade_shade
from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import framework
from oneplace.places import queries as places
from oneplace.website.as_at import AsAt
from oneplace.website.grades import chart_grade
from oneplace.website.links import row_path
from oneplace.website.maps import Choice, Line, Mapped, counted
from oneplace.website.moments import when
from oneplace.website.services import service_label

# Service → the tier of places that are its tiles.
TIER_OF = {"children": "upper"}
_LAST = 1_000.0  # behind every grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A place with its newest graded inspection of the service, as the record tells it."""

    key: str
    name: str
    code: str
    region: str
    href: str
    newest: InspectionView | None
    unnamed: bool = False  # graded, and no source held names it


def graded_services() -> tuple[str, ...]:
    """The services of which there is a map of grades, in the order of pages."""
    return tuple(TIER_OF)


def grades_on_a_map(service: str, on: AsAt, edition: str = "", question: str = "") -> Mapped:
    """The map of a service's grades on a day: of the edition asked for, else of the one that most are under."""
    judged = _judged(service, on)
    under = Counter(one.newest.framework for one in judged if one.newest)
    keys = sorted(under, key=lambda key: (-under[key], framework(key).starts))
    chosen = edition if edition in under else next(iter(keys), "")
    questions = _questions(judged, chosen)
    asked = question if question in {each.key for each in questions} else next((q.key for q in questions), "")
    lines = tuple(_line(one, chosen, asked) for one in judged)
    name = framework(chosen).name if chosen else ""
    label = next((each.label for each in questions if each.key == asked), "")
    return Mapped(
        what=service.replace("_", "-"),
        title=f"{service_label(service)}: {_lower(label)}" if label else service_label(service),
        lead=f"Grades of the {name}." if name else "",
        tier=TIER_OF[service],
        day=on.day,
        lines=lines,
        entries=counted(_entries(chosen, lines), lines),
        notes=_notes(chosen, under),
        source=f"{name}, newest grades as at {on.day:%-d %B %Y}." if name else "",
        editions=tuple(
            Choice(key=key, label=framework(key).name, count=under[key])
            for key in sorted(under, key=lambda key: framework(key).starts, reverse=True)
        ),
        edition=chosen,
        questions=questions,
        question=asked,
    )


def _judged(service: str, on: AsAt) -> list[Judged]:
    review = evidence.annual_review(on.day)
    codes = {each.area_id: each.code("register_code") or "" for each in places.areas()}
    return [
        Judged(
            key=each.area_id,
            name=each.name,
            code=codes.get(each.area_id, ""),
            region=each.region,
            href=f"/areas/{each.area_id}/{on.query}",
            newest=each.current,
            unnamed=each.unnamed,
        )
        for each in review.authorities
    ]


def _questions(judged: Sequence[Judged], edition: str) -> tuple[Choice, ...]:
    """The questions that anyone has a grade for in this edition, in the framework's order."""
    found: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for one in judged:
        if one.newest and one.newest.framework == edition:
            for judgement in one.newest.judgements:
                if not judgement.subject:
                    found[judgement.question_key] += 1
                    labels.setdefault(judgement.question_key, judgement.question)
    order = [each.key for each in framework(edition).questions] if edition else []
    keys = sorted(found, key=lambda key: (order.index(key) if key in order else len(order), key))
    return tuple(Choice(key=key, label=labels[key], count=found[key]) for key in keys)


def _line(one: Judged, edition: str, question: str) -> Line:
    newest = one.newest
    judgement = newest.judgement(question) if newest and newest.framework == edition else None
    entry, words, order = _said(one, edition, judgement)
    source = judgement.source if judgement else (newest.source if newest else None)
    return Line(
        key=one.key,
        name=one.name,
        code=one.code,
        region=one.region,
        entry=entry,
        words=words,
        href=one.href,
        order=order,
        detail=when(newest) if newest else "",
        detail_href=newest.path if newest else "",
        framework=newest.framework if newest else "",
        grade=judgement.grade if judgement else "",
        source_href=(
            row_path(source.release_id, source.address.row, source.address.sheet)
            if source.address.row
            else f"/releases/{source.release_id}/"
        )
        if source
        else "",
        source_label=(
            f"page {source.page}"
            if source.page
            else f"row {source.address.row}"
            if source.address.row
            else "source"
        )
        if source
        else "",
    )


def _said(one: Judged, edition: str, judgement: JudgementView | None) -> tuple[str, str, float]:
    """The key of the legend's line, the words, and the place in the order of grades."""
    if one.newest is None:
        if one.unnamed:
            return "unnamed", _ABSENT["unnamed"][0], _LAST + 2
        return "none", _ABSENT["none"][0], _LAST + 3
    if one.newest.framework != edition:
        return "other", f"Judged by other rules: {framework(one.newest.framework).name}", _LAST + 1
    if judgement is None:
        return "ungraded", _ABSENT["ungraded"][0], _LAST
    ranked = [grade.key for grade in framework(edition).ranked_grades]
    if judgement.grade not in ranked:
        return "ungraded", judgement.grade_label, _LAST
    return judgement.grade, judgement.grade_label, float(ranked.index(judgement.grade))


# Why a tile is grey: in words, and as the sign that it carries.
_ABSENT: Mapping[str, tuple[str, str]] = {
    "ungraded": ("No grade for this question", "–"),
    "other": ("Judged by other rules", "≠"),
    "unnamed": ("Graded, not named by the sources held", "?"),
    "none": ("Not inspected yet", "·"),
}


def _entries(edition: str, lines: Sequence[Line]) -> list[Entry]:
    grades = framework(edition).ranked_grades if edition else ()
    entries = [
        Entry(
            key=grade.key,
            label=grade.label,
            sign=chart_grade(edition, grade.key).short,
            shade=grade_shade(chart_grade(edition, grade.key)),
        )
        for grade in grades
    ]
    return entries + [
        Entry(key=key, label=label, sign=sign, shade=EMPTY, absent=True)
        for key, (label, sign) in _ABSENT.items()
    ]


def _notes(edition: str, under: Counter[str]) -> tuple[str, ...]:
    others = sum(under.values()) - under[edition]
    if not others:
        return ()
    have = "1 council has" if others == 1 else f"{others} councils have"
    return (
        f"{have} a newer or older grade under other rules. Grades of two sets of rules are never shown on one map.",
    )


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
