"""The facts of an area or an inspection as sentences with their sources, for a page, a file or an article.

The sentences are made by `evidence.brief` and `improvement.brief`, as for the command; here are the services that the
command leaves out, the statistics, and where each source is on this site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from oneplace.archive import queries as archive
from oneplace.evidence import brief as briefs
from oneplace.evidence import queries as evidence
from oneplace.evidence.brief import Brief, BriefSource, Fact
from oneplace.evidence.brief import Section as Facts
from oneplace.evidence.brief.against import against, by_question
from oneplace.evidence.brief.inspected import (
    NO_SENTENCE,
    differing,
    headline,
    looking_back,
    must_improve,
    strengths,
    summary,
    where_it_stands,
)
from oneplace.evidence.views import InspectionView, ReleaseView
from oneplace.improvement.brief import with_told_again
from oneplace.places.queries import AreaView
from oneplace.website.area_facts import AreaFacts, area_facts
from oneplace.website.area_services import Figure, section
from oneplace.website.as_at import AsAt
from oneplace.website.judged import Judged
from oneplace.website.links import page_path, row_path
from oneplace.website.services import Service, services
from oneplace.website.stories_flags import flags_of
from oneplace.website.wording import thing
from oneplace.wording import day, listed

# Of a fact that many sources bear out, a page shows so many; the file has all.
SOURCES_SHOWN = 3
# Lines of inspections that a service's kit tells in full: an area with many prisons has the rest on its own pages.
MOST_LINES = 4


def story(area: AreaView, on: AsAt, service: Service | None) -> Brief:
    """What the record says of one service of an area, or of all, as at a day."""
    if service is None:
        return _every_service(area_facts(area, on))
    facts = area_facts(area, on, [service])
    told = section(facts, service)
    if service.key == "children":
        made = with_told_again(briefs.brief(area, on.day))
        added = [flags_of(facts, service), _statistics(area.name, told.figures, on)]
        return _with(made, added, before=("since", "history"))
    sections: list[Facts] = []
    for line in [one for one in told.judged if not one.has_ended][:MOST_LINES] or told.judged[:1]:
        sections += _line(facts, line)
    if not told.judged:
        sections.append(_nothing(facts, service))
    sections += [flags_of(facts, service), _statistics(area.name, told.figures, on)]
    return _brief(facts, sections)


def story_of(inspection: InspectionView, area: AreaView | None, name: str, on: AsAt) -> Brief:
    """The same of one inspection, with what was known on a day: that of its publication, or the one chosen."""
    families = evidence.children_services_families()
    if area and inspection.family in families and inspection.judgements:
        return briefs.brief_of(inspection, on.day)
    own = [one for one in evidence.of_body(inspection.body_id, on.day) if one.judgements]
    line = [one for one in own if one.family == inspection.family]
    at = next((n for n, one in enumerate(line) if one.public_id == inspection.public_id), None)
    graded = [inspection, *line[at + 1 :]] if at is not None else [inspection]
    return Brief(
        area_id=inspection.body_id,
        name=name,
        as_at=on.day,
        sections=_kept([where_it_stands(_whose(name, inspection), graded, on.day), *_said(inspection)]),
    )


def _whose(name: str, one: InspectionView) -> str:
    """What was inspected: a body, or the part of a council that the kind of inspection looks at."""
    return f"{name} ({one.framework_name})" if one.is_visit or not one.judgements else name


def _said(one: InspectionView) -> list[Facts]:
    found = [must_improve(one), looking_back(one)] if one.improve or one.looks_back or one.findings else []
    return [*found, *([summary(one), strengths(one)] if one.findings else []), differing([one])]


def _line(facts: AreaFacts, line: Judged) -> list[Facts]:
    """A line of inspections in full, under the name of the body."""
    newest = evidence.inspection(line.newest.public_id, facts.on.asked) or line.newest
    graded = [newest, *(one.inspection for one in reversed(line.moments[:-1]))]
    kind = "" if line.whose else f": {newest.framework_name}"
    stands = where_it_stands(line.name, graded, facts.on.day)
    standing = Fact(text=f"{line.name}: {line.standing}", anchor=newest.path) if line.standing else None
    found = replace(
        stands,
        key=f"now-{line.body_id}-{newest.family}",
        title=f"{line.name}{kind}",
        facts=(*stands.facts, *([standing] if standing else [])),
    )
    return [
        found,
        *(
            replace(
                each,
                key=f"{each.key}-{line.body_id}-{newest.family}",
                title=f"{line.name}: {_low(each.title)}",
            )
            for each in _said(newest)
        ),
    ]


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def _nothing(facts: AreaFacts, service: Service) -> Facts:
    return Facts(
        key="now",
        title="Where it stands",
        absence=f"The record holds no graded inspection of this service ({_low(service.label)}) in "
        f"{facts.area.name} that was published by {day(facts.on.day)}. There may have been one that nobody has loaded.",
    )


def _every_service(facts: AreaFacts) -> Brief:
    """Each service in a few sentences: its newest grades, against those before, and its figures."""
    sections = [flags_of(facts, None)]
    every = [section(facts, service) for service in services()]
    figures = iter(figure_facts(facts.area.name, [one for told in every for one in told.figures]))
    for told in every:
        service = told.service
        found: list[Fact] = []
        for line in [one for one in told.judged if not one.has_ended][:MOST_LINES]:
            whose = line.name if line.whose else f"{line.name}, {_low(service.label)}"
            found.append(headline(whose, line.newest, facts.on.day))
            if len(line.moments) > 1:
                before = line.moments[-2].inspection
                if line.newest.overall:
                    found.append(against(whose, before, line.newest))
                else:
                    found += by_question(whose, before, line.newest)
        found += islice(figures, len(told.figures))
        if found:
            sections.append(Facts(key=f"service-{service.slug}", title=service.label, facts=tuple(found)))
    missing = [
        one.label for one in services() if f"service-{one.slug}" not in {each.key for each in sections}
    ]
    if missing:
        sections.append(
            Facts(
                key="missing",
                title="Of which nothing is held",
                absence=f"The record holds no inspection that still counts, and no figure, of: {listed(missing)}.",
            )
        )
    return _brief(facts, sections)


def _statistics(name: str, figures: Iterable[Figure], on: AsAt) -> Facts:
    absence = ""
    found = figure_facts(name, figures)
    if on.chosen:
        absence = "A table of statistics is brought up to date as a whole: what it said on an earlier day is not known."
    elif not found:
        absence = "The record holds no statistics of this service for this area."
    return Facts(key="statistics", title="Statistics", facts=tuple(found), absence=absence)


def figure_facts(name: str, figures: Iterable[Figure]) -> list[Fact]:
    """A sentence for each figure, with its row."""
    listed_here = list(figures)
    releases = evidence.releases_named(each.value.release_id for each in listed_here)
    return [_figure(name, one, releases.get(one.value.release_id)) for one in listed_here]


def _figure(name: str, one: Figure, release: ReleaseView | None) -> Fact:
    beside = f" England: {one.beside}." if one.beside else ""
    stands = f" {one.stands}, as {one.alike_by} reckons similarity." if one.stands else ""
    better = f" {one.better}." if one.better else ""
    return Fact(
        text=f"{one.of or name}, {_low(one.title)}: {one.shown} ({one.value.told}).{beside}{stands}{better}",
        sources=_released(release, one.value.sheet, one.value.row),
        anchor=f"/measures/{one.key}/",
    )


def _released(found: ReleaseView | None, sheet: str | None, row: int | None) -> tuple[BriefSource, ...]:
    if found is None:
        return ()
    return (
        BriefSource(
            release_id=found.public_id,
            publisher=found.publisher,
            title=found.title,
            url=found.url,
            sha256=found.sha256,
            licence=found.licence,
            compiled_by=found.compiled_by,
            page=None,
            box=None,
            sheet=sheet,
            row=row,
        ),
    )


def _brief(facts: AreaFacts, sections: Iterable[Facts]) -> Brief:
    return Brief(
        area_id=facts.area.area_id, name=facts.area.name, as_at=facts.on.day, sections=_kept(sections)
    )


def _kept(sections: Iterable[Facts]) -> tuple[Facts, ...]:
    return tuple(each for each in sections if each.facts or each.absence)


def _with(made: Brief, sections: list[Facts], before: tuple[str, ...]) -> Brief:
    keys = [each.key for each in made.sections]
    at = next((keys.index(key) for key in before if key in keys), len(keys))
    return replace(made, sections=(*made.sections[:at], *_kept(sections), *made.sections[at:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A source as a reader can go to it: `words` name it, `href` is its place on this site, `release` its release's."""

    words: str
    href: str
    release: str
    compiled_by: str
    url: str  # at the publisher, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact for a page: `refs` are its first sources and `more` how many there are beyond. `copied` stands alone."""

    text: str
    quote: str
    note: str  # that the sentence itself is not held
    refs: tuple[Ref, ...]
    more: int
    href: str
    copied: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSection:
    """A section for a page."""

    key: str
    title: str
    facts: tuple[Told, ...]
    absence: str


def told(made: Brief, on: AsAt, absolute: Callable[[str], str]) -> tuple[ToldSection, ...]:
    """A story's sections with the place of every source on this site. `absolute` makes whole addresses of paths."""
    every = [ref for each in made.sections for fact in each.facts for ref in fact.sources]
    held = archive.held({ref.sha256 for ref in every if ref.page is not None})
    return tuple(
        ToldSection(
            key=each.key,
            title=each.title,
            facts=tuple(_told(made, each, fact, held, on, absolute) for fact in each.facts),
            absence=each.absence,
        )
        for each in made.sections
    )


def _told(
    made: Brief,
    of: Facts,
    fact: Fact,
    held: frozenset[str],
    on: AsAt,
    absolute: Callable[[str], str],
) -> Told:
    refs = tuple(ref_of(each, held) for each in dict.fromkeys(fact.sources))
    quote = fact.quote if fact.quote and fact.quote != NO_SENTENCE else ""
    href = _on_the_day(fact.anchor or "", on)
    words = f"{made.name}. {of.title}. {fact.text}: “{quote}”" if quote else fact.text
    cited = f" Source: {'; '.join(ref.words for ref in refs[:SOURCES_SHOWN])}." if refs else ""
    more = len(refs) - SOURCES_SHOWN
    cited += f" And {more} more." if more > 0 else ""
    place = f": {absolute(href)}" if href else ""
    return Told(
        text=fact.text,
        quote=quote,
        note=NO_SENTENCE if fact.quote == NO_SENTENCE else "",
        refs=refs[:SOURCES_SHOWN],
        more=max(more, 0),
        href=href,
        copied=f"{words}{cited} Oneplace, as at {day(made.as_at)}{place}",
    )


def _on_the_day(anchor: str, on: AsAt) -> str:
    path, mark, place = anchor.partition("#")
    return f"{path}{on.query}{mark}{place}" if path.startswith(("/inspections/", "/areas/")) else anchor


def ref_of(one: BriefSource, held: frozenset[str]) -> Ref:
    """Where a source is on this site: the page of the report with the passage marked, the row, else the release."""
    if one.page is not None and one.sha256 in held:
        href = page_path(one.sha256, one.page, one.box)
    elif one.row is not None:
        href = row_path(one.release_id, one.row, one.sheet)
    else:
        href = f"/releases/{one.release_id}/"
    by = thing(one.publisher)
    publisher = "" if one.compiled_by else f"{by[:1].upper()}{by[1:]}, "
    return Ref(
        words=f"{publisher}{one.words}",
        href=href,
        release=f"/releases/{one.release_id}/",
        compiled_by=one.compiled_by or "",
        url=one.url or "",
    )
