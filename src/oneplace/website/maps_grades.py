"""Grades on a map: every council's, or force's, own newest grade under one edition of a framework, never two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from oneplace.charts.scales import EMPTY, Entry, grade_shade
from oneplace.evidence.views import InspectionView, JudgementView, SourceRef
from oneplace.frameworks import framework
from oneplace.website.as_at import AsAt
from oneplace.website.grades import chart_grade, question_label
from oneplace.website.links import row_path
from oneplace.website.maps import Choice, Line, Mapped, counted
from oneplace.website.maps_graded import Judged, Subject, Way, judged
from oneplace.website.moments import when
from oneplace.wording import day

_LAST = 1_000.0  # behind every grade


def grades_on_a_map(of: Subject, on: AsAt, edition: str = "", question: str = "", tier: str = "") -> Mapped:
    """The map of a subject's grades on a day: of the edition asked for, else of the one that most are under.

    `tier` is the key of one of the subject's ways to draw it.
    """
    way = of.way(tier)
    found = judged(of, way, on)
    under = Counter(one.framework for each in found for one in each.newest)
    newest_first = sorted(under, key=lambda key: framework(key).starts, reverse=True)
    keys = sorted(newest_first, key=lambda key: (_family_order(of, key), -under[key]))
    chosen = edition if edition in under else next(iter(keys), "")
    questions = _questions(found, chosen)
    asked = question if question in {each.key for each in questions} else next((q.key for q in questions), "")
    lines = tuple(_line(one, chosen, asked) for one in found)
    name = framework(chosen).name if chosen else ""
    label = next((each.label for each in questions if each.key == asked), "")
    label = "overall grade" if asked == "overall" else label
    title = of.label if _plain(label) in ("", _plain(of.label)) else f"{of.label}: {_lower(label)}"
    whose = f"{way.label}." if len(of.ways) > 1 else ""
    return Mapped(
        what=of.key,
        title=f"{title}, {way.short}" if way.short else title,
        lead=f"Grades of the {name}. {whose}".strip() if name else whose,
        tier=way.tier,
        day=on.day,
        lines=lines,
        entries=counted(_entries(chosen), lines),
        notes=_notes(way, lines),
        notes_of=partial(_notes, way),
        tiers=tuple(Choice(key=each.key, label=each.label) for each in of.ways) if len(of.ways) > 1 else (),
        way=way.key,
        source=f"{name}, newest grades as at {day(on.day)}." if name else "",
        editions=tuple(Choice(key=key, label=framework(key).name, count=under[key]) for key in newest_first),
        edition=chosen,
        questions=questions,
        question=asked,
    )


def _family_order(of: Subject, key: str) -> int:
    """Of several reviews the one that the subject names first."""
    family = framework(key).family
    return of.reviews.index(family) if family in of.reviews else 0


def _questions(places: Sequence[Judged], edition: str) -> tuple[Choice, ...]:
    """The questions that anyone has a grade for in this edition, in the framework's order."""
    found: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for one in places:
        for newest in one.newest:
            if newest.framework != edition:
                continue
            for judgement in newest.judgements:
                if not judgement.subject:
                    found[judgement.question_key] += 1
                    labels.setdefault(judgement.question_key, question_label(edition, judgement))
    order = [each.key for each in framework(edition).questions] if edition else []
    keys = sorted(found, key=lambda key: (order.index(key) if key in order else len(order), key))
    return tuple(Choice(key=key, label=labels[key], count=found[key]) for key in keys)


def _line(one: Judged, edition: str, question: str) -> Line:
    newest = _shown(one, edition)
    judgement = newest.judgement(question) if newest and newest.framework == edition else None
    entry, words, order = _said(one, edition, newest, judgement)
    source = judgement.source if judgement else (newest.source if newest else None)
    href, label = _where(source) if source else ("", "")
    details = (
        (one.served_by, when(newest)) if newest else (f"served by {one.served_by}" if one.served_by else "",)
    )
    return Line(
        key=one.key,
        name=one.name,
        code=one.code,
        region=one.region,
        entry=entry,
        words=words,
        href=one.href,
        order=order,
        detail=", ".join(each for each in details if each),
        detail_href=newest.path if newest else "",
        framework=newest.framework if newest else "",
        grade=judgement.grade if judgement else "",
        source_href=href,
        source_label=label,
        areas=one.areas,
        served_by=one.served_by,
    )


def _shown(one: Judged, edition: str) -> InspectionView | None:
    """Its newest of the edition's family; of a subject whose families follow each other, its newest of any."""
    if len(one.newest) == 1:
        return one.newest[0]
    return one.of_family(framework(edition).family) if edition else None


def _where(source: SourceRef) -> tuple[str, str]:
    """The address of a fact's place in its source, and what to call it."""
    row = source.address.row
    if row:
        return row_path(source.release_id, row, source.address.sheet), f"row {row}"
    return f"/releases/{source.release_id}/", f"page {source.page}" if source.page else "source"


def _said(
    one: Judged, edition: str, newest: InspectionView | None, judgement: JudgementView | None
) -> tuple[str, str, float]:
    """The key of the legend's line, the words, and the place in the order of grades."""
    if newest is None:
        flags = {"unnamed": one.unnamed, "nobody": one.nobody, "undated": one.undated, "none": True}
        why = next(key for key, holds in flags.items() if holds)
        return why, _ABSENT[why][0], _LAST + 2 + list(_ABSENT).index(why)
    if newest.framework != edition:
        return "other", f"Judged by other rules: {framework(newest.framework).name}", _LAST + 1
    if judgement is None:
        return "ungraded", _ABSENT["ungraded"][0], _LAST
    ranked = [grade.key for grade in framework(edition).ranked_grades]
    if judgement.grade not in ranked:
        return "ungraded", judgement.grade_label, _LAST
    return (
        f"g{ranked.index(judgement.grade) + 1}",
        judgement.grade_label,
        float(ranked.index(judgement.grade)),
    )


# Why a tile is grey: in words, and as the sign that it carries.
_ABSENT: Mapping[str, tuple[str, str]] = {
    "ungraded": ("No grade of this question is held", "–"),
    "other": ("Judged by other rules", "≠"),
    "unnamed": ("Graded, not named by the sources held", "?"),
    "undated": ("Inspected by then; no source tells when that was published", "?"),
    "none": ("No graded inspection is known", "·"),
    "nobody": ("Who provides it here is not in the record", "×"),
}


def _entries(edition: str) -> list[Entry]:
    grades = framework(edition).ranked_grades if edition else ()
    entries = [
        Entry(
            key=f"g{place}",
            label=grade.label,
            sign=chart_grade(edition, grade.key).short,
            shade=grade_shade(chart_grade(edition, grade.key)),
        )
        for place, grade in enumerate(grades, 1)
    ]
    return entries + [
        Entry(key=key, label=label, sign=sign, shade=EMPTY, absent=True)
        for key, (label, sign) in _ABSENT.items()
    ]


def _notes(way: Way, lines: Sequence[Line]) -> tuple[str, ...]:
    notes = [way.note] if way.note else []
    graded = [line for line in lines if line.grade]
    served = [line.served_by for line in graded if line.served_by]
    if any(line.served_by for line in lines):
        notes.append(
            "A council’s tile shows the service that works there. One service may work for several councils"
            + (
                f": the grades on these {len(graded)} tiles are of {len(graded) - len(served) + len(set(served))}."
                if len(set(served)) < len(served)
                else "."
            )
        )
    others = sum(line.entry == "other" for line in lines)
    if others:
        has = f"{others} of these places has its" if others == 1 else f"{others} of these places have their"
        notes.append(
            f"{has} newest grade under other rules. Grades of two sets of rules are never shown on one map."
        )
    return tuple(notes)


def _plain(label: str) -> str:
    """For telling whether two labels say the same."""
    return label.casefold().replace("’", "'")


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
