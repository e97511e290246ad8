"""What one inspection says, as facts: its grades, what must improve, what it says of earlier ones, its strengths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from oneplace.evidence import queries
from oneplace.evidence.brief.against import against, by_question
from oneplace.evidence.brief.contents import BriefSource, Fact, Section, source
from oneplace.evidence.search.sections import STRENGTHS, section_of
from oneplace.evidence.search.sentences import sentences_of
from oneplace.evidence.views import InspectionView, JudgementView, LookBackView
from oneplace.frameworks import framework
from oneplace.wording import day, listed, many, number, span

_LISTS = {
    "recommendation": "Recommendation",
    "priority_action": "Priority action",
    "area_for_improvement": "Area for improvement",
    "lscb_recommendation": "For the safeguarding board",
}
_STATUSES = {
    "addressed": "read as: addressed",
    "partly": "read as: partly addressed",
    "not_addressed": "read as: not addressed",
    "unclear": "read as: effort, without a result yet",
}
# What the pages of the day reported of a rating: a fact, in place of a sentence of the inspectors.
_PROGRESS = {"addressed": "made", "partly": "limited", "not_addressed": "none", "unclear": "not clear"}
NO_SENTENCE = "The sentence is in the report; this copy holds its place and not its words."
NO_SENTENCES = (
    "The sentences are in the report, on the pages given. This copy holds their places and not their words, until "
    "whoever runs it reads the report into it."
)
SUMMARIES = ("Summary", "Executive summary", "Executive Summary")
MOST_STRENGTHS = 12
# An age is told from a month on.
_WORTH_AN_AGE = dt.timedelta(days=31)
OUR_READING = (
    "Which sentences are praise is our reading of standing words in them; no inspectorate marks them so."
)


def where_it_stands(whose: str, graded: Sequence[InspectionView], as_at: dt.date) -> Section:
    """The newest graded inspection, against the one before. `whose`: "Alder's services for children"."""
    title = "Where it stands"
    if not graded:
        return Section(
            key="now",
            title=title,
            absence=f"The record holds no graded inspection of {whose} that was published by {day(as_at)}. "
            "There may have been one that nobody has loaded.",
        )
    current, earlier = graded[0], graded[1:]
    facts = [headline(whose, current, as_at)]
    if later := queries.review_since(current, as_at):
        facts.append(
            Fact(
                text=f"{_begins(whose)} were rated again on {day(later)}: the sources held give that review's "
                "totals, and do not name this authority's rating."
            )
        )
    if earlier:
        facts.append(against(whose, earlier[0], current))
        facts += by_question(whose, earlier[0], current)
    facts += [_judged(whose, current, each) for each in current.judgements if each.question_key != "overall"]
    if current.inspection_start and current.inspection_end and current.date_precision == "day":
        inspectors = f", led by {current.lead_inspector}" if current.lead_inspector else ""
        facts.append(
            Fact(
                text=f"{_begins(whose)} were inspected from {day(current.inspection_start)} to "
                f"{day(current.inspection_end)}{inspectors}.",
                sources=(source(current.source),),
                anchor=current.path,
            )
        )
    return Section(key="now", title=title, facts=tuple(facts))


def headline(whose: str, current: InspectionView, as_at: dt.date) -> Fact:
    """The grade as a whole, under which rules, published when."""
    overall = current.overall
    age = ""
    if current.published and as_at - current.published > _WORTH_AN_AGE and current.date_precision == "day":
        age = f", {span(current.published, as_at)} before {day(as_at)}"
    when = f", {told}" if (told := dated(current)) else ""
    which = f"{current.framework_name}{when}{age}"
    if overall:
        said = f"“{overall.grade_label}” overall{_compiled(current)}. {which}"
    elif tally := _tally(current):
        said = f"{tally}{_compiled(current)}. {which}"
    elif framework(current.framework).kind == "notice":  # it has a reason, and no grade
        reason = ", ".join(f"{each.subject[:1].lower()}{each.subject[1:]}" for each in current.judgements)
        said = f"{which[:1].lower()}{which[1:]}{_compiled(current)}" + (
            f". The reason: {reason}" if reason else ""
        )
    else:
        said = f"no overall grade was given{_compiled(current)}. {which}"
    return Fact(
        text=f"{_begins(whose)}: {said}.",
        sources=_behind(current, overall),
        anchor=current.path,
    )


def _behind(one: InspectionView, overall: JudgementView | None) -> tuple[BriefSource, ...]:
    """Where the grade stands or, where each question has its own, where each of them does."""
    if overall:
        return (source(overall.source),)
    each = (judgement.source for judgement in one.judgements if not judgement.subject)
    return tuple(dict.fromkeys(source(place) for place in each)) or (source(one.source),)


def _compiled(one: InspectionView) -> str:
    """That nothing but somebody's table says so."""
    by = one.source.compiled_by
    if by is None or one.family == "annual-rating":
        return ""
    return (
        " (typed from public pages)"
        if by.startswith("Oneplace")
        else f" (according to a table compiled by {by})"
    )


def dated(one: InspectionView) -> str:
    """ "published 14 December 2018", as exactly as its source tells it; "" where the round's name is all it tells."""
    date, verb = one.published, "published"
    if date is None:
        date, verb = one.inspection_end or one.inspection_start, "inspected"
    if date is None:
        return "date of publication not known"
    if one.date_precision == "round":
        return ""
    exact = {"day": day(date), "month": f"in {date:%B %Y}", "year": f"in {date:%Y}"}
    return f"{verb} {exact[one.date_precision]}"


def grades_in_all(one: InspectionView) -> int:
    """How many grades such an inspection may give, where fewer were typed in from public pages; 0 where none lack.

    Not every body is asked every question, so it may be that none is missing.
    """
    edition = framework(one.framework)
    asked = {each.key for each in edition.questions} - {"overall"}
    told = {each.question_key for each in one.judgements if not each.subject}
    # Where all answers are of some matter each, nobody can say how many there might be.
    return len(asked) if told and one.overall is None and one.is_typed and told < asked else 0


def _tally(one: InspectionView) -> str:
    """ "of three questions, two “Good” and one “Inadequate”"; "two questions, both “Good”".

    Where somebody typed in some of the grades, it is of these and says so: the others may be unlike them.
    """
    whole = [each for each in one.judgements if not each.subject]
    if not whole:
        return ""
    in_all = grades_in_all(one)
    if len(whole) == 1:
        alone = f" (the only grade held, of up to {number(in_all)})" if in_all else ""
        return f"{whole[0].question}: “{whole[0].grade_label}”{alone}"
    asked = many(len(whole), "question") + (
        f" whose grade is held (of up to {number(in_all)})" if in_all else ""
    )
    counts: dict[str, int] = {}
    for each in whole:
        counts[each.grade_label] = counts.get(each.grade_label, 0) + 1
    if len(counts) == 1:
        both = "both" if len(whole) == 2 else "all"
        return f"{asked}, {both} “{whole[0].grade_label}”, with no overall grade"
    told = listed([f"{many(count, f'“{label}”', f'“{label}”')}" for label, count in counts.items()])
    return f"of {asked}, {told}, with no overall grade"


def _judged(whose: str, current: InspectionView, each: JudgementView) -> Fact:
    of = f"{each.subject}, " if each.subject else ""
    score = f" (score {each.score:g})" if each.score is not None else ""
    return Fact(
        text=f"{_begins(whose)}, {of}{each.question[:1].lower()}{each.question[1:]}: “{each.grade_label}”{score}.",
        sources=(source(each.source),),
        anchor=current.path,
    )


def _begins(whose: str) -> str:
    return whose[:1].upper() + whose[1:]


def must_improve(current: InspectionView) -> Section:
    """The inspection's list of what must improve."""
    title = "What must improve"
    if not current.improve:
        return Section(
            key="improve",
            title=title,
            absence="The record holds no list of what must improve from this one"
            + (": only the rating." if current.family == "annual-rating" else "."),
        )
    facts = []
    for item in current.improve:
        kind = _LISTS.get(item.list_kind, item.list_kind)
        whose = f", for {item.responsible_body}" if item.responsible_body else ""
        facts.append(
            Fact(
                text=f"{item.ordinal}. {kind}{whose}",
                quote=item.text,
                sources=(source(item.source),),
                anchor=f"{current.path}#{item.anchor}",
            )
        )
    return Section(
        key="improve",
        title=f"{title}: {many(len(facts), 'point')}",
        facts=tuple(facts),
        absence="" if any(item.text for item in current.improve) else NO_SENTENCES,
    )


def looking_back(current: InspectionView) -> Section:
    """Sentences that refer back to earlier inspections."""
    facts = tuple(
        Fact(
            text=_back(current, each),
            quote=_sentence(current, each.text),
            sources=(source(each.source),),
            anchor=f"{current.path}#looks-back",
        )
        for each in current.looks_back
    )
    absence = "" if facts else _unread(current, "sentences that look back at earlier inspections")
    return Section(
        key="looks_back", title="Looking back at earlier inspections", facts=facts, absence=absence
    )


def _back(current: InspectionView, each: LookBackView) -> str:
    if current.family == "annual-rating" and each.status:
        return f"Progress since the last inspection: {_PROGRESS[each.status]}."
    read_as = f" ({_STATUSES[each.status]})" if each.status else ""
    return f"Refers back to an earlier inspection{read_as}"


def strengths(current: InspectionView) -> Section:
    """Sentences that praise: of the summary and under a heading of strengths; where neither has one, the first."""
    first = current.findings[0].section if current.findings else ""
    shown: list[Fact] = []
    others: list[Fact] = []
    for finding in current.findings:
        is_strength = section_of(finding.section).key == STRENGTHS
        for sentence, reads in sentences_of(finding.text or ""):
            if is_strength or reads == "strength":
                fact = Fact(
                    text=_place(finding.section, finding.source.page),
                    quote=sentence,
                    sources=(source(finding.source),),
                    anchor=f"{current.path}#{finding.anchor}",
                )
                is_main = is_strength or finding.section in (first, *SUMMARIES)
                (shown if is_main else others).append(fact)
    facts = shown or others[:MOST_STRENGTHS]
    title = "What inspectors praised"
    if not facts:
        has_words = any(finding.text for finding in current.findings)
        return Section(
            key="strengths",
            title=title,
            absence="None of the sentences that were read is plain praise."
            if has_words
            else "What inspectors praised is in the report: this copy holds no sentences of it.",
        )
    more = len(shown) + len(others) - len(facts)
    rest = (
        f" {many(more, 'more sentence')} of the report {'reads' if more == 1 else 'read'} so." if more else ""
    )
    return Section(key="strengths", title=title, facts=(*facts, Fact(text=OUR_READING + rest)))


def _place(section: str, page: int | None) -> str:
    return f"{section or 'Findings'}, page {page}" if page else section or "Findings"


def summary(current: InspectionView) -> Section:
    """The first section of the findings, which sums them up."""
    first = current.findings[0].section if current.findings else ""
    named = [each for each in current.findings if each.section in SUMMARIES]
    facts = tuple(
        Fact(
            text=_place(each.section, each.source.page),
            quote=_sentence(current, each.text),
            sources=(source(each.source),),
            anchor=f"{current.path}#{each.anchor}",
        )
        for each in named or [each for each in current.findings if each.section == first]
    )
    absence = "" if facts else _unread(current, "findings, strengths among them")
    return Section(key="findings", title="What inspectors found: the summary", facts=facts, absence=absence)


def differing(inspections: Sequence[InspectionView]) -> Section:
    """What two sources say differently of one inspection, each with its place."""
    facts = tuple(
        Fact(
            text=f"{', '.join(filter(None, (each.framework_name, dated(each))))}. {_begins(one.what)}: shown here as "
            f"“{one.shown_in_words}”; another source says “{one.other_in_words}”.",
            sources=(source(one.shown_source), source(one.other_source)),
            anchor=f"{each.path}#differences",
        )
        for each in inspections
        for one in each.differences
    )
    return Section(key="differences", title="Where sources differ", facts=facts)


def _sentence(current: InspectionView, text: str | None) -> str | None:
    """The inspectors' sentence, or that it is not held; a rating has facts without any sentence."""
    return text or (None if current.family == "annual-rating" else NO_SENTENCE)


def _unread(current: InspectionView, what: str) -> str:
    if current.family == "annual-rating":
        return f"The record holds the rating only, not what it was given for: no {what}."
    if current.report_sha256:
        return f"The report was read, and the reading found no {what}."
    return f"This copy has not read the report itself, so it holds no {what}."
