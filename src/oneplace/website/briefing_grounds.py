"""What the record gives a committee to ask about: points, grades that fell or are lowest, figures, who improved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oneplace.evidence.brief import BriefSource
from oneplace.evidence.brief.contents import source
from oneplace.evidence.brief.inspected import dated
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework
from oneplace.improvement.queries import Retold
from oneplace.places.queries import AreaView
from oneplace.website.area_services import Section
from oneplace.website.briefing_elsewhere import Improved
from oneplace.website.judged import Judged
from oneplace.website.questions import Ground, ground
from oneplace.website.stories import figure_facts
from oneplace.wording import day, listed, many

# How a statistic that should be asked about stands among similar areas.
_LOW = ("Worst of", "2nd worst of", "3rd worst of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """The newest inspection of a line that lists points, with its findings; `newer` is one since, without a list."""

    name: str
    inspection: InspectionView
    newer: InspectionView | None


def pages_of(one: InspectionView) -> str:
    """ "page 2", "pages 3 and 5": where a report lists what must improve."""
    pages = sorted({each.source.page for each in one.improve if each.source.page})
    if not pages:
        return "pages that the record does not tell"
    return f"page{'s' if len(pages) > 1 else ''} {listed([str(page) for page in pages])}"


def of_points(pointed: Pointed) -> Iterable[Ground]:
    """What an inspection's list, and what it says of earlier ones, give to ask about."""
    one = pointed.inspection
    report, since = _report(one), _since(pointed.newer)
    words = [each for each in one.improve if each.text]
    for each in words:
        yield ground(
            "priority" if each.list_kind == "priority_action" else "point",
            (source(each.source),),
            f"{one.path}#{each.anchor}",
            words=_trimmed(each.text or ""),
            report=report,
            since=since,
        )
    if one.improve and not words:
        yield ground(
            "points",
            tuple(dict.fromkeys(source(each.source) for each in one.improve)),
            f"{one.path}#improve",
            report=report,
            count=many(len(one.improve), "point"),
            pages=pages_of(one),
            since=since,
        )
    for back in one.looks_back:
        if back.text and back.status in ("partly", "not_addressed", "unclear"):
            yield ground(
                "looks_back",
                (source(back.source),),
                f"{one.path}#looks-back",
                words=_trimmed(back.text),
                report=report,
            )


def _report(one: InspectionView) -> str:
    """ "report published 14 December 2018"; of a report without a day, its kind of inspection."""
    when = dated(one)
    return f"report {when}" if when.startswith("published") else f"report ({when or one.framework_name})"


def _since(newer: InspectionView | None) -> str:
    """What a newer inspection gave, as a sentence that follows another; "" where there is none."""
    if newer is None:
        return ""
    of = f"a newer inspection ({dated(newer) or newer.framework_name})"
    overall = newer.overall
    return f" Since then {of} gave “{overall.grade_label}” overall." if overall else f" There is {of} since."


def _trimmed(words: str) -> str:
    """Without the full stop, which the question's own sentence has."""
    return words.strip().rstrip(".;")


def of_worse(line: Judged) -> Iterable[Ground]:
    """The questions that were answered worse than the time before."""
    before, one = line.moments[-2].inspection, line.newest
    for each in one.judgements:
        earlier = before.judgement(each.question_key, each.subject)
        if earlier is None:
            continue
        try:
            side = compare(
                framework(before.framework),
                earlier.grade,
                framework(one.framework),
                each.grade,
                each.question_key,
            )
        except (NotComparable, UnknownGrade):
            continue
        if side == "worse":
            yield ground(
                "worse",
                (source(earlier.source), source(each.source)),
                one.path,
                whose=line.name,
                question=_question(each),
                before=earlier.grade_label,
                after=each.grade_label,
                when=dated(one) or one.framework_name,
            )


def of_lowest(line: Judged) -> Iterable[Ground]:
    """What has the lowest grade of its scale, in one question a body; and a notice, with its reason."""
    one = line.newest
    edition = framework(one.framework)
    ranked = edition.ranked_grades
    lowest = [each for each in one.judgements if len(ranked) > 1 and each.grade == ranked[-1].key]
    sources = tuple(dict.fromkeys(source(each.source) for each in lowest or one.judgements))
    kind = ", ".join(part for part in (one.framework_name, dated(one)) if part)
    if lowest:
        asked = listed([_question(each) for each in lowest])
        yield ground(
            "lowest",
            sources,
            one.path,
            whose=line.name,
            question=f"{asked} {'was' if len(lowest) == 1 else 'were'}",
            grade=lowest[0].grade_label,
            kind=kind,
        )
    elif edition.kind == "notice" and len(edition.grades) == 1:
        reason = listed([_lower(each.subject) for each in one.judgements if each.subject])
        yield ground(
            "notice",
            sources,
            one.path,
            whose=line.name,
            kind=_lower(kind),
            reason=f" ({reason})" if reason else "",
        )


def _question(each: JudgementView) -> str:
    """What was graded. Of the whole the report's own words may be half a sentence ("Children's services are")."""
    if each.question_key == "overall" and not each.subject:
        return "overall effectiveness"
    return _lower(f"{each.subject}: {each.question}" if each.subject else each.question)


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def of_told_again(area: AreaView, found: Retold) -> Iterable[Ground]:
    """The points of this council that came back, the newest first."""
    threads = [thread for thread in found.threads if thread.points[0].body_id == area.area_id]
    for thread in sorted(threads, key=lambda one: one.points[-1].published, reverse=True):
        first, last = thread.points[0], thread.points[-1]
        yield ground(
            "told_again",
            (source(first.item.source), source(last.item.source)),
            last.path,
            first=day(first.published),
            last=day(last.published),
            subject=thread.subject,
        )


def of_figures(told: Sequence[Section]) -> Iterable[Ground]:
    """The statistics that stand low among similar areas, where it is known which way is good."""
    figures = [figure for each in told for figure in each.figures if figure.stands.startswith(_LOW)]
    for fact, one in zip(figure_facts("", figures), figures, strict=True):
        yield ground(
            "low_figure",
            fact.sources,
            f"/measures/{one.key}/",
            title=f"{one.of}: {one.title}" if one.of else one.title,
            shown=one.shown,
            period=one.value.told,
            stands=one.stands,
        )


def of_improved(one: Improved) -> Ground:
    """A similar council that improved."""
    refs: tuple[BriefSource, ...] = (source(one.before.source), source(one.after.source))
    return ground(
        "improved",
        refs,
        one.inspection.path,
        name=one.name,
        before=one.before.grade_label,
        after=one.after.grade_label,
        when=dated(one.inspection) or one.inspection.framework_name,
    )
