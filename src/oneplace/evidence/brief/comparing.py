"""An authority among all others on the same day, under the same framework only."""

from __future__ import annotations

import datetime as dt

from oneplace.evidence import queries
from oneplace.evidence.brief.contents import BriefSource, Fact, Section, source
from oneplace.evidence.views import AnnualReview, GradeCount, InspectionView, ReviewAuthority, SourceRef
from oneplace.places.queries import AreaView
from oneplace.records import Address
from oneplace.wording import listed, many, number

# More names than this are a table, not a sentence; the annual review has them all.
NAMES_IN_A_SENTENCE = 12


def among_others(area: AreaView, current: InspectionView | None, as_at: dt.date) -> Section:
    """How many authorities there were, at which grades, and who else in the region had this one's.

    Only authorities whose latest grade is of the same framework are counted; the section says how many.
    """
    review = queries.annual_review(as_at)
    facts = [
        Fact(
            text=f"{len(review.authorities)} authorities were responsible for children's social care.",
            sources=_register(area),
        )
    ]
    if current is not None and current.overall is not None:
        comparison = _Comparison(area, current, review)
        facts += comparison.facts()
    return Section(key="among_others", title="Among all authorities", facts=tuple(facts))


def _register(area: AreaView) -> tuple[BriefSource, ...]:
    """The register of authorities, as a source."""
    release = queries.release(area.release_id)
    if release is None:
        return ()
    return (
        source(
            SourceRef(
                release_id=release.public_id,
                publisher=release.publisher,
                title=release.title,
                url=release.url,
                sha256=release.sha256,
                licence=release.licence,
                retrieved_at=release.retrieved_at,
                compiled_by=release.compiled_by,
                address=Address(),
            )
        ),
    )


class _Comparison:
    """One authority's grade beside those of the same framework."""

    def __init__(self, area: AreaView, current: InspectionView, review: AnnualReview) -> None:
        self._area, self._current, self._review = area, current, review
        self._lines = {line.area_id: line for line in review.authorities}
        self._counts = [each for each in review.counts if each.framework == current.framework]
        self._covered = sum(each.count for each in self._counts)

    def facts(self) -> list[Fact]:
        """The counts, and where the region's authorities stand among them."""
        overall = self._current.overall
        mine = next((each for each in self._counts if overall and each.grade == overall.grade), None)
        if mine is None:
            return []
        found = self._others() + [self._count(each) for each in self._counts]
        if self._area.area_id not in self._lines:
            return found
        found += self._in_region(mine)
        if self._counts[0].grade != mine.grade:
            found += self._best_of_region(self._counts[0])
        return found

    @property
    def _is_whole(self) -> bool:
        return self._covered == len(self._lines)

    def _others(self) -> list[Fact]:
        if self._is_whole or self._covered > len(self._lines):
            return []
        return [
            Fact(
                text=f"For {self._covered} of them the latest grade in the record is of this framework "
                f"({self._current.framework_name}); the others' are of another one and are not counted here."
            )
        ]

    def _sources(self, each: GradeCount) -> tuple[BriefSource, ...]:
        """The publication of the total, or each authority's own."""
        if each.source:
            return (source(each.source),)
        views = [self._lines[area_id].current for area_id in each.named]
        return tuple(source(view.overall.source) for view in views if view and view.overall)

    def _count(self, each: GradeCount) -> Fact:
        called = ""
        if each.named and len(each.named) <= NAMES_IN_A_SENTENCE:
            called = ": " + listed([self._lines[area_id].name for area_id in each.named])
        if each.count > len(each.named):
            unnamed = each.count - len(each.named)
            called += f"; {number(unnamed)} of them not named in the record" if each.named else ", not named"
        return Fact(
            text=f"“{each.grade_label}”: {many(each.count, 'authority', 'authorities')}{called}.",
            sources=self._sources(each),
        )

    def _region(self) -> list[ReviewAuthority]:
        """The region's authorities; where not all are of this framework, those that are."""
        region = [line for line in self._lines.values() if line.region == self._area.region]
        if self._is_whole:
            return region
        framework = self._current.framework
        return [line for line in region if line.current and line.current.framework == framework]

    def _of_whom(self, region: list[ReviewAuthority]) -> str:
        if not self._is_whole:
            return f"{self._area.region}'s {many(len(region), 'authority', 'authorities')} of this framework"
        corporations = [line for line in region if line.kind == "city_corporation"]
        kinds = ""
        if corporations:
            boroughs = many(len(region) - len(corporations), "London borough")
            kinds = f" ({boroughs} and {listed([f'the {line.name}' for line in corporations])})"
        return f"{self._area.region}'s {len(region)} authorities{kinds}"

    def _in_region(self, mine: GradeCount) -> list[Fact]:
        """Whether anyone else in the region has the same grade, where all that have it are named."""
        region = self._region()
        if len(mine.named) < mine.count or len(region) < 2:
            return []
        others = [
            line.name for line in region if line.area_id in mine.named and line.area_id != self._area.area_id
        ]
        of_whom, refs = self._of_whom(region), self._sources(mine)
        if not others:
            return [
                Fact(
                    text=f"{self._area.name}: the only one of {of_whom} with “{mine.grade_label}”.",
                    sources=refs,
                )
            ]
        text = (
            f"{number(len(others) + 1).capitalize()} of {of_whom} have “{mine.grade_label}”, "
            f"{self._area.name} among them"
        )
        if len(others) <= NAMES_IN_A_SENTENCE:
            text += f"; the {'other is' if len(others) == 1 else 'others are'} {listed(others)}"
        return [Fact(text=f"{text}.", sources=refs)]

    def _best_of_region(self, best: GradeCount) -> list[Fact]:
        """Who in the region has the highest grade that anyone has."""
        if len(best.named) < best.count:
            return []
        here = [line.name for line in self._region() if line.area_id in best.named]
        return [
            Fact(
                text=f"{self._area.region}'s authorities with “{best.grade_label}”: {listed(here) or 'none'}.",
                sources=self._sources(best),
            )
        ]
