"""What the page of an annual review shows of it: a part of it, who is best and worst, who moved."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from oneplace.evidence.queries import main_question
from oneplace.evidence.views import AnnualReview, GradeCount, InspectionView, JudgementView, ReviewAuthority
from oneplace.frameworks import framework
from oneplace.places.queries import REGIONS
from oneplace.records import BODY_KINDS
from oneplace.website.grades import chart_grade
from oneplace.website.judged import Tally
from oneplace.website.wording import thing

ORDERS = ("name", "region", "kind", "grade", "published", "change")
# What stands first when the table is ordered by change: what moved.
_CHANGES = ("worse", "mixed", "better", "first", "same", "not_comparable", "not_again", "unnamed", "none")
# So many are looked through as they are.
FEW_QUESTIONS = 4
CHANGES = ("better", "worse", "mixed", "same", "first", "not_comparable", "not_again", "unnamed", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Who holds the best and the worst grade that anyone holds: all of them, for ties are ties."""

    best: GradeCount | None
    worst: GradeCount | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShares:
    """One question of an edition without a grade for the whole."""

    question: str
    tally: tuple[Tally, ...]
    total: int
    ends: Ends

    @property
    def well(self) -> float:
        """The share of those graded whose grade is in the upper half of the scale, its middle left out."""
        return self._share(lambda rank, ranks: 2 * rank < ranks + 1)

    @property
    def poorly(self) -> float:
        """The same of the lower half."""
        return self._share(lambda rank, ranks: 2 * rank > ranks + 1)

    def _share(self, is_in: Callable[[int, int], bool]) -> float:
        graded = [each for each in self.tally if each.grade.rank]
        among = sum(each.count for each in graded)
        those = sum(each.count for each in graded if is_in(each.grade.rank or 0, each.grade.ranks))
        return those / among if among else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionQuestions:
    """The questions of one edition, and how many bodies' latest grades are of it."""

    key: str
    name: str
    total: int
    questions: tuple[QuestionShares, ...]

    @property
    def is_partly_held(self) -> bool:
        """Whether some body has no grade for some question."""
        return any(each.total < self.total for each in self.questions)

    @property
    def best(self) -> QuestionShares | None:
        """The one question with the largest share of grades in the upper half; None for few questions or a tie."""
        return self._foremost(lambda each: each.well)

    @property
    def worst(self) -> QuestionShares | None:
        """The same of the lower half."""
        return self._foremost(lambda each: each.poorly)

    def _foremost(self, share: Callable[[QuestionShares], float]) -> QuestionShares | None:
        if len(self.questions) <= FEW_QUESTIONS:
            return None
        first, second = sorted(self.questions, key=share, reverse=True)[:2]
        return first if share(first) > share(second) else None


def part_of(review: AnnualReview, region: str = "", kind: str = "") -> AnnualReview:
    """The review of one region, of one type of council, or of both: those in it and nobody else."""
    if not region and not kind:
        return review
    lines = tuple(
        line
        for line in review.authorities
        if (not region or line.region == region) and (not kind or line.kind == kind)
    )
    ids = {line.area_id for line in lines}
    counts = [_part(each, ids) for each in review.counts]
    return replace(
        review,
        authorities=lines,
        counts=tuple(each for each in counts if each.count),
        by_question=tuple(part for each in review.by_question if (part := _part(each, ids)).count),
    )


def _part(of: GradeCount, ids: set[str]) -> GradeCount:
    """Those named and no others: a total that names nobody does not say where they are."""
    named = tuple(each for each in of.named if each in ids)
    return replace(of, named=named, count=len(named), source=None)


def ends(key: str, counts: Iterable[GradeCount]) -> Ends:
    """Of one edition, or of one of its questions."""
    ranked = {grade.key for grade in framework(key).ranked_grades}
    held = [count for count in counts if count.count and count.grade in ranked]
    return Ends(best=held[0] if held else None, worst=held[-1] if len(held) > 1 else None)


def questions_of(review: AnnualReview) -> tuple[EditionQuestions, ...]:
    """Editions without a grade for the whole, the newest first, question by question."""
    asked: dict[str, dict[str, list[GradeCount]]] = {}
    for each in review.by_question:
        asked.setdefault(each.framework, {}).setdefault(each.question_key, []).append(each)
    bodies = Counter(line.current.framework for line in review.authorities if line.current)
    found = [
        EditionQuestions(
            key=key,
            name=framework(key).name,
            total=bodies[key],
            questions=tuple(
                QuestionShares(
                    question=counts[0].question,
                    tally=tuple(
                        Tally(grade=chart_grade(key, each.grade), key=each.grade, count=each.count)
                        for each in counts
                    ),
                    total=sum(each.count for each in counts),
                    ends=ends(key, counts),
                )
                for counts in questions.values()
            ),
        )
        for key, questions in asked.items()
    ]
    return tuple(sorted(found, key=lambda each: framework(each.key).starts, reverse=True))


def whole_judgement(one: InspectionView) -> JudgementView | None:
    """The grade for the whole. The only one held of several that were given is not that."""
    key = main_question(framework(one.framework))
    return one.judgement(key) if key else None


def tally(lines: Sequence[ReviewAuthority]) -> list[tuple[str, str, str, int]]:
    """How many of the lines stand at each grade: (edition, grade, label, count), each edition's best first."""
    counted = Counter(
        (line.current.framework, main.grade, main.grade_label)
        for line in lines
        if line.current and (main := whole_judgement(line.current))
    )
    order = {
        (key, grade.key): (place, rank)
        for place, key in enumerate(
            sorted({key for key, _, _ in counted}, key=lambda key: framework(key).starts)
        )
        for rank, grade in enumerate(framework(key).grades)
    }
    last = (len(order), 0)
    return [
        (*key, count)
        for key, count in sorted(counted.items(), key=lambda item: order.get((item[0][0], item[0][1]), last))
    ]


def tally_by_rules(lines: Sequence[ReviewAuthority]) -> list[tuple[str, list[tuple[str, int]]]]:
    """The same for a page: the name of each edition with how many stand at each of its grades."""
    return [
        (framework(key).name, [(label, count) for _, _, label, count in some])
        for key, some in groupby(tally(lines), key=lambda each: each[0])
    ]


def by_region(review: AnnualReview) -> list[tuple[str, list[ReviewAuthority]]]:
    """The regions in their order, with those in them; those of no region last."""
    found = [(name, [line for line in review.authorities if line.region == name]) for name in (*REGIONS, "")]
    return [(name, lines) for name, lines in found if lines]


def by_kind(review: AnnualReview) -> list[tuple[str, list[ReviewAuthority]]]:
    """The types of council, or the kinds of body, with those of each."""
    return [
        (kind, [line for line in review.authorities if line.kind == kind])
        for kind in sorted({line.kind for line in review.authorities})
    ]


def several(kinds: Iterable[str]) -> tuple[str, str]:
    """What those reviewed are called, one and several: ("police force", "police forces")."""
    one = BODY_KINDS[min(kinds)]
    return one, f"{one}s"


def kind_words(kind: str) -> str:
    """A type of council or kind of body in words."""
    return BODY_KINDS.get(kind) or thing(kind)


def change_words(change: str) -> str:
    """What changed in a year. The record does not go back far enough to call a grade the first."""
    return "Better and worse" if change == "mixed" else thing(change)


def in_order(review: AnnualReview, order: str) -> list[ReviewAuthority]:
    """The lines by one of `ORDERS`; never by grade across editions."""
    return sorted(review.authorities, key=lambda line: _order(line, order))


def _order(line: ReviewAuthority, order: str) -> tuple[object, ...]:
    if order == "region":
        return (line.region, line.name)
    if order == "kind":
        return (kind_words(line.kind), line.name)
    if order == "published":
        published = _dated(line.current)
        return (published is None, -published.toordinal() if published else 0, line.name)
    if order == "change":
        return (_CHANGES.index(line.change) if line.change in _CHANGES else len(_CHANGES), line.name)
    if order == "grade" and line.current:
        edition = framework(line.current.framework)
        keys = [grade.key for grade in edition.grades]
        main = whole_judgement(line.current)
        rank = keys.index(main.grade) if main and main.grade in keys else len(keys)
        return (0, edition.name, rank, line.name)
    return (1, line.name) if order == "grade" else (line.name,)


def _dated(one: InspectionView | None) -> dt.date | None:
    return (one.published or one.inspection_end or one.inspection_start) if one else None


CSV_HEADER = (
    "area", "name", "type", "region", "as_at", "framework", "grade", "grade_printed", "published", "inspection",
    "change_in_a_year", "grade_a_year_before", "framework_a_year_before", "source", "page", "graded_but_not_named",
    "service", "question", "sheet", "row", "inspected", "inspected_but_day_of_publication_not_told",
)  # fmt: skip


def csv_rows(review: AnnualReview) -> Iterator[tuple[object, ...]]:
    """A line for each grade that stands for the whole; for each question where none does."""
    for line in review.authorities:
        now, then = line.current, line.previous
        main = whole_judgement(now) if now else None
        was = whole_judgement(then) if then else None
        asked: list[JudgementView | None] = [main]
        if now and not main:
            asked = [each for each in now.judgements if not each.subject] or list(now.judgements)
        for each in asked or [None]:
            earlier = was if main else (then.judgement(each.question_key) if then and each else None)
            source = each.source if each else None
            yield (
                line.area_id, line.name, line.kind, line.region, review.as_at, now.framework if now else "",
                each.grade if each else "", each.grade_printed if each else "", (now.published if now else None) or "",
                now.public_id if now else "", line.change, earlier.grade if earlier else "",
                then.framework if then else "", source.release_id if source else "",
                (source.page if source else None) or "", "yes" if line.unnamed else "no", review.service,
                each.question_key if each else "", (source.address.sheet if source else None) or "",
                (source.address.row if source else None) or "", (now.inspection_end if now else None) or "",
                "yes" if line.undated else "no",
            )  # fmt: skip
