"""What there is of each source in the record, how old it is, and what is missing."""

from __future__ import annotations

import calendar
import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from oneplace.evidence.described import Described
from oneplace.evidence.newest_of_sources import Newest
from oneplace.evidence.standing import REPORT_FACTS, standing
from oneplace.evidence.views import AttemptView, ReleaseView
from oneplace.indicators.queries.datasets import datasets
from oneplace.places import postcodes
from oneplace.places.queries.held import held_by_source
from oneplace.wording import day

if TYPE_CHECKING:
    from oneplace.sources import Source

# Its directory is used without a release where it comes in a package.
POSTCODES = "ons_postcodes"

Condition = Literal["loaded", "stale", "failed", "not loaded yet", "needs a key", "by hand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source as it stands. `reason` completes the condition, `todo` is what would change it; "" where there is
    nothing to say.
    """

    source: Source
    condition: Condition
    reason: str = ""
    todo: str = ""
    releases: int = 0
    as_at: dt.date | None = None  # the newest day that its releases say they describe
    figures_to: dt.date | None = None  # the last day of its latest statistics
    newest: Newest | None = None  # the newest inspection that it tells of
    published: dt.date | None = None  # when its newest release was
    retrieved_at: dt.datetime | None = None
    inspections: int = 0
    values: int = 0
    areas: int = 0
    bodies: int = 0
    likenesses: int = 0
    postcodes: int = 0
    comes_along: bool = False  # in a package: it is in use without a release
    only_facts: int = 0  # reports of which the record has the facts without the sentences
    last_attempt: dt.datetime | None = None

    @property
    def rows(self) -> int:
        """Everything that the record holds of it."""
        return self.inspections + self.values + self.areas + self.bodies + self.likenesses + self.postcodes

    @property
    def why(self) -> str:
        """The reason and what to do about it, one after the other."""
        if not (self.reason and self.todo):
            return self.reason or self.todo
        return f"{self.reason}. {self.todo[:1].upper()}{self.todo[1:]}"

    @property
    def is_held(self) -> bool:
        return self.releases > 0 or self.comes_along

    @property
    def edition(self) -> dt.date | None:
        """The day that what is held describes, by which its age is reckoned; None where nothing tells it."""
        return Described(self.figures_to, self.as_at, self._newest_day).day or self.published

    @property
    def _newest_day(self) -> dt.date | None:
        return self.newest.day if self.newest else None

    @property
    def describes(self) -> str:
        """What is held, by its days, in words: "figures to 31 March 2023"; "" where nothing tells them."""
        told = []
        if self.as_at:
            told.append(f"as at {day(self.as_at)}")
        if self.figures_to and self.figures_to != self.as_at:
            told.append(f"figures to {day(self.figures_to)}")
        if self.newest:
            told.append(self.newest.in_words)
        if not told and self.published:
            told.append(f"published {day(self.published)}")
        return ", ".join(told)

    def as_json(self) -> dict[str, Any]:
        """Everything, for machines."""
        source = self.source
        return {
            "source": source.name,
            "publisher": source.publisher,
            "title": source.title,
            "compiled_by": source.compiled_by,
            "licence": source.licence,
            "cadence": source.cadence,
            "access": source.access,
            "url": source.url,
            "how": source.how or None,
            "key_setting": source.key_setting,
            "stale_after_months": source.months,
            "state": self.condition,
            "why": self.why or None,
            "releases": self.releases,
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "figures_to": self.figures_to.isoformat() if self.figures_to else None,
            "newest_inspection": self.newest.day.isoformat() if self.newest else None,
            "published": self.published.isoformat() if self.published else None,
            "retrieved_at": self.retrieved_at.isoformat() if self.retrieved_at else None,
            "last_attempt": self.last_attempt.isoformat() if self.last_attempt else None,
            "rows": self.rows,
            "inspections": self.inspections,
            "values": self.values,
            "areas": self.areas,
            "bodies": self.bodies,
            "likenesses": self.likenesses,
            "postcodes": self.postcodes,
            "only_facts": self.only_facts,
        }


def states_of(
    chosen: Iterable[Source],
    today: dt.date,
    live: Iterable[ReleaseView],
    described: Mapping[str, Described],
    newest: Mapping[str, Newest],
    last_attempt: Callable[[str], AttemptView | None],
) -> tuple[SourceState, ...]:
    """The state of each source, in their order, from the live releases, the days that each of them describes (by its
    public identifier), the newest inspection that each source's tables tell of, and the last attempt to fetch each.
    """
    # The sources bring the reading of tables with them, which most questions to the record do not need.
    from oneplace.sources import sources

    releases: dict[str, list[ReleaseView]] = {}
    for release in live:
        releases.setdefault(release.source, []).append(release)
        if release.reader != release.source and release.reader in sources():
            # Facts of a report are in the report's slot, and were read by another source.
            releases.setdefault(release.reader, []).append(release)
    values: dict[str, int] = {}
    for dataset in datasets():
        if dataset.state == "live":
            values[dataset.source] = values.get(dataset.source, 0) + dataset.values
    places = held_by_source()
    return tuple(
        _state(
            source,
            releases.get(source.name, ()),
            described,
            newest.get(source.name),
            values.get(source.name, 0),
            places.get(source.name, {}),
            last_attempt(source.name),
            today,
        )
        for source in chosen
    )


def _state(
    source: Source,
    releases: Sequence[ReleaseView],
    described: Mapping[str, Described],
    newest: Newest | None,
    values: int,
    places: Mapping[str, int],
    attempt: AttemptView | None,
    today: dt.date,
) -> SourceState:
    facts, releases = _only_facts(source, releases)
    whole = len(releases) - facts
    days = [described[each.public_id] for each in releases if each.public_id in described]
    published = max((each.published for each in releases if each.published), default=None)
    if published and source.reads == "reports":
        newest = Newest(published, "day", "report", is_published=True)
    along = postcodes.in_use() if source.name == POSTCODES else None
    found = SourceState(
        source=source,
        condition="loaded",
        releases=len(releases),
        as_at=along[0] if along else max((each.as_at for each in releases if each.as_at), default=None),
        figures_to=max((each.last_period for each in days if each.last_period), default=None),
        newest=newest,
        published=published,
        retrieved_at=max((each.retrieved_at for each in releases), default=None),
        inspections=sum(each.statements for each in releases),
        values=values,
        areas=places.get("areas", 0),
        bodies=places.get("bodies", 0),
        likenesses=places.get("likenesses", 0),
        postcodes=along[1] if along else 0,
        comes_along=along is not None,
        only_facts=facts,
        last_attempt=attempt.finished_at if attempt else None,
    )
    condition, reason, todo = _condition(found, attempt, whole, today)
    return replace(found, condition=condition, reason=reason, todo=todo)


def is_only_facts(release: ReleaseView) -> bool:
    """Whether it has a report's facts without its sentences."""
    return standing(release.source, release.reader, release.compiled_by) == REPORT_FACTS


def _only_facts(source: Source, releases: Sequence[ReleaseView]) -> tuple[int, Sequence[ReleaseView]]:
    """Of how many reports only facts are held; and the releases without the facts of those that are held whole."""
    if source.reads != "reports":
        return 0, releases
    facts: list[ReleaseView] = []
    whole: list[ReleaseView] = []
    for each in releases:
        (facts if is_only_facts(each) else whole).append(each)
    slots = {each.slot for each in whole}
    alone = [each for each in facts if each.slot not in slots]
    return len(alone), [*whole, *alone]


def _condition(
    found: SourceState, attempt: AttemptView | None, whole: int, today: dt.date
) -> tuple[Condition, str, str]:
    source = found.source
    todo = f"run `oneplace update {source.name}`" if _fetches(source) else source.how
    if attempt is not None and attempt.outcome in ("failed", "refused"):
        return "failed", f"on {day(attempt.finished_at.date())}: {attempt.message}", ""
    if not found.is_held:
        if source.access == "key" and not os.environ.get(source.key_setting or ""):
            return "needs a key", "", f"set {source.key_setting}. {source.how}"
        return "by hand" if source.access == "manual" else "not loaded yet", "", todo
    edition = found.edition or (found.retrieved_at.date() if found.retrieved_at else None)
    if source.months is not None and edition is not None and _months_later(edition, source.months) < today:
        age = f"{_age(found, edition)}, more than {source.months} months ago"
        return "stale", f"a newer edition is likely: {age}", todo
    if found.only_facts and not whole:
        only = "facts of reports only, out of the pack; an update fetches the reports themselves"
        return "loaded", only, ""
    return "loaded", "", ""


def _fetches(source: Source) -> bool:
    """Whether `oneplace update` gets an edition of it: from its site, or out of a package."""
    from oneplace.sources import Source

    return type(source).fetch is not Source.fetch


def _months_later(start: dt.date, months: int) -> dt.date:
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _age(found: SourceState, edition: dt.date) -> str:
    return found.describes or f"this one, which names no day, was fetched on {day(edition)}"
