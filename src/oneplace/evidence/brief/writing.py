"""Writing a brief: asks the record and puts each answer into a fact with its source."""

from __future__ import annotations

import datetime as dt

from oneplace.evidence import queries
from oneplace.evidence.brief.comparing import among_others
from oneplace.evidence.brief.contents import Brief, Fact, Section, source
from oneplace.evidence.errors import EvidenceError
from oneplace.evidence.views import InspectionView, LookBackView
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.wording import day, listed, many, span

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
NO_SENTENCE = "The sentence is in the report; this store holds its place only."
NO_SENTENCES = (
    "The sentences are in the report, on the pages given: this store holds their places only, until the "
    "report itself is read into it (oneplace read)."
)
NOT_HELD = (
    ("The council's plan", "This store holds no action plans, owners or dates yet."),
    ("Replies", "This store holds no replies by councils and no comments yet."),
    ("Other services", "This store holds no ratings of other services yet, by any inspectorate."),
)  # fmt: skip


class UnknownArea(EvidenceError):
    """No area is called so. `suggestions` are the names of areas that may be meant."""

    def __init__(self, text: str, suggestions: tuple[AreaView, ...]) -> None:
        meant = ", ".join(f"{each.area_id} ({each.name})" for each in suggestions)
        super().__init__(
            f"There is no area called “{text}” in the record."
            + (f" Did you mean {meant}?" if meant else " The record may not be loaded: oneplace load.")
        )
        self.suggestions = suggestions


def brief(area: str, as_at: dt.date) -> Brief:
    """What was known about an area, by identifier or exact name, by the end of a day.

    `UnknownArea` carries suggestions where there is no such area.
    """
    found = _area(area)
    history = queries.history(found.area_id, as_at)
    own = tuple(each for each in history if each.body_id == found.area_id)
    families = queries.children_services_families()
    graded = tuple(each for each in own if each.family in families)
    current = graded[0] if graded else None
    sections = [_area_section(found, as_at), _now(found, graded, as_at)]
    if found.childrens_services:
        sections.append(among_others(found, current, as_at))
    if current:
        sections += [_improve(current), _looking_back(current), _summary(current)]
    sections += [_others(own, current), _history(history, found), _differences(history), _not_held()]
    return Brief(
        area_id=found.area_id,
        name=found.name,
        as_at=as_at,
        sections=tuple(each for each in sections if each.facts or each.absence),
    )


def _area(text: str) -> AreaView:
    if exact := places.area(text.strip().casefold()):
        return exact
    if called := places.called(text):
        return called
    raise UnknownArea(text, places.find(text, limit=5))


def _area_section(area: AreaView, as_at: dt.date) -> Section:
    facts = []
    if area.start and area.start > as_at:
        facts.append(Fact(text=f"There was no such authority on {day(as_at)} yet."))
    if area.end and area.end <= as_at:
        names = [each.name for each in places.areas(area.successors)]
        after = f"; its area is now part of {listed(names)}" if names else ""
        facts.append(Fact(text=f"The authority ceased to exist on {day(area.end)}{after}."))
    if not area.childrens_services:
        county = places.area(area.county) if area.county else None
        whose = f": {county.name} is" if county else ""
        facts.append(Fact(text=f"It is not responsible for children's social care{whose}."))
    return Section(key="area", title="The authority", facts=tuple(facts))


def _now(area: AreaView, graded: tuple[InspectionView, ...], as_at: dt.date) -> Section:
    title = "Where it stands"
    if not graded:
        return Section(
            key="now",
            title=title,
            absence=f"The record holds no graded inspection of {area.name}'s services for children that was "
            f"published by {day(as_at)}. It may have had one that nobody has loaded.",
        )
    current, earlier = graded[0], graded[1:]
    facts = [_headline(current, as_at)]
    if later := queries.review_since(current, as_at):
        facts.append(
            Fact(
                text=f"It was rated again on {day(later)}: the sources held give that review's totals, "
                "and do not name this authority's rating."
            )
        )
    if earlier:
        facts.append(_against(earlier[0], current))
    for judgement in current.judgements:
        if judgement.question_key != "overall":
            facts.append(
                Fact(
                    text=f"{judgement.question}: {judgement.grade_label}",
                    sources=(source(judgement.source),),
                    anchor=current.path,
                )
            )
    if current.inspection_start and current.inspection_end:
        inspectors = f", led by {current.lead_inspector}" if current.lead_inspector else ""
        facts.append(
            Fact(
                text=f"Inspected from {day(current.inspection_start)} to {day(current.inspection_end)}"
                f"{inspectors}.",
                sources=(source(current.source),),
                anchor=current.path,
            )
        )
    return Section(key="now", title=title, facts=tuple(facts))


def _headline(current: InspectionView, as_at: dt.date) -> Fact:
    overall = current.overall
    when = f"published {day(current.published)}" if current.published else "date of publication not known"
    age = (
        f", {span(current.published, as_at)} before this brief"
        if current.published and _is_older(current, as_at)
        else ""
    )
    said = f"Overall: {overall.grade_label}" if overall else "No overall grade was given"
    by = (
        " (according to a third party)"
        if current.is_third_party and current.family != "annual-rating"
        else ""
    )
    return Fact(
        text=f"{said}{by}. {current.framework_name}, {when}{age}.",
        sources=(source(overall.source if overall else current.source),),
        anchor=current.path,
    )


def _is_older(current: InspectionView, as_at: dt.date) -> bool:
    return current.published is not None and current.published < as_at


def _against(before: InspectionView, now: InspectionView) -> Fact:
    """The overall grade against the last inspection's, as far as the frameworks may be compared."""
    then = f"published {day(before.published)}" if before.published else "of an unknown date"
    if before.published and now.published:
        then += f", {span(before.published, now.published)} earlier"
    old, new = before.overall, now.overall
    refs = tuple(source(each.source) for each in (old or before, new or now))
    anchor = before.path
    if old is None or new is None:
        which = "this inspection" if new is None else "the last one"
        text = f"The last inspection was {then}; there is no comparison, as {which} gave no overall grade."
        return Fact(text=text, sources=refs, anchor=anchor)
    try:
        change = compare(
            framework(before.framework), old.grade, framework(now.framework), new.grade, "overall"
        )
    except (NotComparable, UnknownGrade) as reason:
        return Fact(
            text=f"The last grade before was “{old.grade_label}” ({before.framework_name}, {then}). {reason}",
            sources=refs,
            anchor=anchor,
        )
    said = {
        "same": f"The same as at the last inspection, {then}",
        "better": f"Better than at the last inspection, {then}: “{old.grade_label}”",
        "worse": f"Worse than at the last inspection, {then}: “{old.grade_label}”",
    }[change]
    return Fact(text=f"{said} ({before.framework_name}).", sources=refs, anchor=anchor)


def _improve(current: InspectionView) -> Section:
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


def _looking_back(current: InspectionView) -> Section:
    facts = tuple(
        Fact(
            text=_back(current, each),
            quote=_sentence(current, each.text),
            sources=(source(each.source),),
            anchor=current.path,
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


def _sentence(current: InspectionView, text: str | None) -> str | None:
    """The inspectors' sentence, or that it is not held; a rating has facts without any sentence."""
    return text or (None if current.family == "annual-rating" else NO_SENTENCE)


def _summary(current: InspectionView) -> Section:
    first = current.findings[0].section if current.findings else ""
    named = [each for each in current.findings if each.section.casefold() in ("summary", "executive summary")]
    facts = tuple(
        Fact(
            text=f"{each.section}, page {each.source.page}" if each.source.page else each.section,
            quote=_sentence(current, each.text),
            sources=(source(each.source),),
            anchor=f"{current.path}#{each.anchor}",
        )
        for each in named or [each for each in current.findings if each.section == first]
    )
    absence = "" if facts else _unread(current, "findings, strengths among them")
    return Section(key="findings", title="What inspectors found: the summary", facts=facts, absence=absence)


def _unread(current: InspectionView, what: str) -> str:
    if current.family == "annual-rating":
        return f"The record holds the rating only, not what it was given for: no {what}."
    if current.report_sha256:
        return f"The report was read, and the reading found no {what}."
    return f"This store has not read the report itself, so it holds no {what}."


def _others(own: tuple[InspectionView, ...], current: InspectionView | None) -> Section:
    since = [
        each
        for each in own
        if each is not current
        and (current is None or (each.published or dt.date.min) >= (current.published or dt.date.min))
    ]
    facts = []
    for each in since:
        outcome = "".join(f"; {judgement.grade_label}" for judgement in each.judgements[:1])
        points = f"; {many(len(each.improve), 'point')} to improve" if each.improve else ""
        when = f", published {day(each.published)}" if each.published else ""
        facts.append(
            Fact(
                text=f"{each.title}{when}{outcome}{points}", sources=(source(each.source),), anchor=each.path
            )
        )
    return Section(key="since", title="Visits and other inspections since", facts=tuple(facts))


def _history(history: tuple[InspectionView, ...], area: AreaView) -> Section:
    facts = []
    for each in history:
        overall = each.overall
        grade = f": {overall.grade_label}" if overall else ""
        whose = "" if each.body_id == area.area_id else f" ({_name(each.body_id)}, which it took over from)"
        when = day(each.published) if each.published else "undated"
        facts.append(
            Fact(
                text=f"{when} · {each.framework_name}{grade}{whose}",
                sources=(source(overall.source if overall else each.source),),
                anchor=each.path,
            )
        )
    return Section(key="history", title="Everything on record, the newest first", facts=tuple(facts))


def _name(body_id: str) -> str:
    return places.body_name(body_id) or body_id


def _differences(history: tuple[InspectionView, ...]) -> Section:
    facts = tuple(
        Fact(
            text=f"{each.public_id}, {difference.field}: {difference.shown}; "
            f"another source says {difference.other}",
            sources=(source(difference.shown_source), source(difference.other_source)),
            anchor=each.path,
        )
        for each in history
        for difference in each.differences
    )
    return Section(key="differences", title="Where sources differ", facts=facts)


def _not_held() -> Section:
    return Section(
        key="not_held",
        title="What this store does not hold",
        facts=tuple(Fact(text=f"{what}: {words}") for what, words in NOT_HELD),
    )
