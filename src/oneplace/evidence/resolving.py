"""From everything that is said of an inspection to one view of it.

Each header field comes from the statement of the best standing that gives it; the date of publication
from where it counts most (printed, the inspectorate's table, a file's name). Each judgement comes from the
best statement that answers its question. Lists (what must improve, findings, looks back) are taken whole
from the best statement that has any, so that their numbers never mix.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from oneplace.evidence.differences import (
    Conflict,
    best_published,
    conflicts,
    field_in_words,
    question_identity,
    value_in_words,
)
from oneplace.evidence.models import Correction
from oneplace.evidence.said import Said, corrections, inspection_of, standing_words
from oneplace.evidence.standing import REPORT
from oneplace.evidence.views import (
    Difference,
    FindingView,
    InspectionView,
    JudgementView,
    LookBackView,
    RecommendationView,
    SourceRef,
)
from oneplace.frameworks import Framework, UnknownGrade, edition, grade_label
from oneplace.records import Address

Corrections = Mapping[str, Correction]
Decided = Mapping[str, Corrections]  # inspection's public id → field → what was decided


def known_since(group: list[Said], corrections: Corrections) -> dt.date:
    """The day from which the inspection counts as published.

    Its date of publication; where no statement gives one, the day on which the first release that speaks
    of it was fetched: it was out by then, and an earlier day would be a guess that could tell too much.
    """
    if correction := corrections.get("published"):
        return dt.date.fromisoformat(correction.value or "")
    if (best := best_published(standing_words(group))) and best.statement.published:
        return best.statement.published
    return min(said.release.retrieved_at for said in group).date()


def view(
    group: list[Said],
    corrections: Corrections,
    as_at: dt.date | None = None,
    *,
    with_differences: bool = True,
) -> InspectionView | None:
    """The inspection as known, or None where it was not published by `as_at`.

    `group` is what is said of one inspection, the best standing first. With `as_at`, differences with
    releases that came out later are left out, as are those releases from the list of other sources; a
    fact of an inspection that was out by then may be taken from a later release about it.
    """
    if as_at is not None and known_since(group, corrections) > as_at:
        return None
    inspection, best = inspection_of(group), group[0]
    everyone, group = group, standing_words(group)
    framework = edition_of(group)
    dated = best_published(group)
    published, published_source = (
        (dated.statement.published, dated.statement.published_source) if dated else (None, None)
    )
    if correction := corrections.get("published"):
        published, published_source = dt.date.fromisoformat(correction.value or ""), "list"
    shown_from = [said for said in everyone if as_at is None or said is best or _was_out(said, as_at)]
    return InspectionView(
        public_id=inspection.public_id,
        publisher=inspection.publisher,
        framework=framework.key,
        framework_name=framework.name,
        family=best.statement.framework,
        is_visit=framework.is_visit,
        body_id=inspection.body_id,
        title=_corrected("title", corrections, str, _first(group, "title")) or framework.name,
        inspection_start=_date("inspection_start", corrections, group),
        inspection_end=_date("inspection_end", corrections, group),
        published=published,
        published_source=published_source,  # type: ignore[arg-type]  # one of the three, as recorded
        lead_inspector=_corrected("lead_inspector", corrections, str, _first(group, "lead_inspector")) or "",
        pages=_first(group, "pages"),
        report_url=_first(group, "report_url"),
        report_sha256=next((each.release.sha256 for each in group if each.standing == REPORT), None),
        judgements=_judgements(group, framework, corrections),
        improve=_improve(group),
        findings=_findings(group),
        looks_back=_looks_back(group),
        differences=_differences(conflicts(standing_words(shown_from)), corrections)
        if with_differences
        else (),
        source=best.source(),
        other_sources=tuple(said.source() for said in shown_from if said is not best),
        body_kind=best.statement.body_kind,
        service=framework.service,
        reference=_first(group, "reference") or "",
        date_precision=(dated or best).statement.date_precision,  # type: ignore[arg-type]  # as recorded
    )


def views(
    groups: Iterable[list[Said]],
    as_at: dt.date | None = None,
    held_at: dt.datetime | None = None,
    decided: Decided | None = None,
) -> tuple[InspectionView, ...]:
    """The inspections that groups of statements are about, as known, the newest first.

    `decided` are the corrections of these inspections, where the caller has them.
    """
    listed = list(groups)
    corrected = (
        corrections([inspection_of(group).public_id for group in listed], held_at)
        if decided is None
        else decided
    )
    found = (view(group, corrected.get(inspection_of(group).public_id, {}), as_at) for group in listed)
    return tuple(sorted((each for each in found if each is not None), key=_newest_first, reverse=True))


def _newest_first(each: InspectionView) -> tuple[dt.date, dt.date, str]:
    published = each.published or each.inspection_end or each.inspection_start or dt.date.min
    return published, each.inspection_end or published, each.public_id


def _was_out(said: Said, as_at: dt.date) -> bool:
    release = said.release
    return (release.published or release.retrieved_at.date()) <= as_at


@lru_cache(maxsize=4096)
def edition_on(family: str, on: dt.date | None) -> Framework:
    """The edition of a family that was in force on a day."""
    return edition(family, on)


def edition_of(group: list[Said]) -> Framework:
    """The edition of the framework that an inspection came under."""
    on = _first(group, "inspection_start") or _first(group, "inspection_end") or _first(group, "published")
    return edition_on(group[0].statement.framework, on)


def _first(group: list[Said], name: str) -> Any:
    """A header field of the best statement that gives it."""
    return next((value for said in group if (value := getattr(said.statement, name))), None)


def _corrected(name: str, corrections: Corrections, parse: Callable[[str], Any], otherwise: Any) -> Any:
    correction = corrections.get(name)
    return parse(correction.value or "") if correction else otherwise


def _date(name: str, corrections: Corrections, group: list[Said]) -> dt.date | None:
    value: dt.date | None = _corrected(name, corrections, dt.date.fromisoformat, _first(group, name))
    return value


def _judgements(
    group: list[Said], framework: Framework, corrections: Corrections
) -> tuple[JudgementView, ...]:
    answered: dict[str, JudgementView] = {}
    for said in group:
        for row in said.judgements:
            key = question_identity(row.question_key, row.question, row.subject)
            if key in answered or (key in ("care", "care_leavers") and "care_and_leavers" in answered):
                continue
            grade, source, printed = row.grade, said.source(row), row.grade_printed
            if correction := corrections.get(f"judgement:{key}"):
                grade, source = correction.value or "", correction_ref(correction)
                printed = _label(framework, grade, grade)
            answered[key] = JudgementView(
                question_key=row.question_key,
                question=row.question,
                grade=grade,
                grade_label=_label(framework, grade, printed),
                grade_printed=printed,
                source=source,
                subject=row.subject,
                score=None if correction else row.score,
            )
    return tuple(answered.values())


def _label(framework: Framework, grade: str, printed: str) -> str:
    """The framework's word for a grade; where it has no such grade, what was printed."""
    try:
        return grade_label(framework, grade)
    except UnknownGrade:
        return printed or grade


def correction_ref(correction: Correction) -> SourceRef:
    """A correction as a source: who decided it and when, and where it can be checked."""
    return SourceRef(
        release_id=f"correction/{correction.pk}",
        publisher="oneplace",
        title=f"Correction: {correction.reason} ({correction.evidence})",
        url=None,
        sha256="",
        licence="",
        retrieved_at=correction.decided_at,
        compiled_by=correction.decided_by,
        address=Address(),
    )


def _improve(group: list[Said]) -> tuple[RecommendationView, ...]:
    said = next((said for said in group if said.recommendations), None)
    return tuple(
        RecommendationView(
            ordinal=row.ordinal,
            list_kind=row.list_kind,
            text=row.text,
            heading=row.heading,
            responsible_body=row.responsible_body,
            source=said.source(row),
        )
        for row in (said.recommendations if said else ())
        if said
    )


def _findings(group: list[Said]) -> tuple[FindingView, ...]:
    said = next((said for said in group if said.findings), None)
    return tuple(
        FindingView(
            ordinal=row.ordinal,
            section=row.section,
            paragraph=row.paragraph,
            text=row.text,
            source=said.source(row),
        )
        for row in (said.findings if said else ())
        if said
    )


def _looks_back(group: list[Said]) -> tuple[LookBackView, ...]:
    said = next((said for said in group if said.looks_back), None)
    return tuple(
        LookBackView(
            ordinal=row.ordinal,
            text=row.text,
            status=row.status,  # type: ignore[arg-type]  # one of the four, as recorded
            source=said.source(row),
        )
        for row in (said.looks_back if said else ())
        if said
    )


def _differences(found: tuple[Conflict, ...], corrections: Corrections) -> tuple[Difference, ...]:
    differences = []
    for conflict in found:
        correction = corrections.get(conflict.field)
        shown = (correction.value or "") if correction else conflict.stands.words
        shown_source = correction_ref(correction) if correction else conflict.stands.source
        for other in (conflict.stands, *conflict.others) if correction else conflict.others:
            if other.words != shown:
                differences.append(
                    Difference(
                        field=conflict.field,
                        what=field_in_words(conflict.field, conflict.stands.said),
                        shown=shown,
                        shown_in_words=value_in_words(conflict.field, shown, conflict.stands.said),
                        shown_source=shown_source,
                        other=other.words,
                        other_in_words=value_in_words(conflict.field, other.words, other.said),
                        other_source=other.source,
                    )
                )
    return tuple(differences)
