"""A body's inspections of one kind as a line: the newest, how it stands to the one before, and the way there.

A line holds what follows on from each other: the inspections of a council's services for children under one
framework after another, or the rounds of one family. Where two of them may not be compared, the line breaks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from oneplace.charts.grades import Grade
from oneplace.evidence.brief.inspected import grades_in_all
from oneplace.evidence.queries import children_services_families
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import NotComparable, compare, framework, frameworks, why_not_compared
from oneplace.website.grades import chart_grade
from oneplace.website.moments import age_if_overdue, standing, standing_words, when
from oneplace.wording import as_precise, listed, many

Side = Literal["better", "worse", "same", "mixed", "not_comparable"]

# Of a body's inspections before the newest, a line shows so many.
MOST_BEFORE = 5
_YEARS = r"\b(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?"
# "Police inspection (PEEL) 2018/19", and not "Probation inspection before 2021".
_ROUND = re.compile(rf"(?:\)|inspection) ({_YEARS})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many questions were given this grade."""

    grade: Grade
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How the newest inspection stands to the one before it, or why that is not said."""

    side: Side
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One inspection of a line. `breaks` is why it is not compared with the one before it, "" where it may be."""

    inspection: InspectionView
    year: str  # "2018"; of a round "2018/19"; "" where nobody says
    when: str
    month: str  # "in February 2026"; "" where nobody says
    main: JudgementView | None
    of: str  # what the main judgement is of, where that is not the whole: "Children's services"
    tally: tuple[Tally, ...]  # by grade, where there is no main judgement
    part: str  # "3 of up to 9 grades are held"; "" where none is known to lack
    breaks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A line. `moments` are the oldest first and end with the newest; `more` are left out before them."""

    body_id: str
    name: str
    whose: str  # "the county council", "police force"; "" for the area's own council
    path: str
    newest: InspectionView
    moments: tuple[Moment, ...]
    more: int
    direction: Direction | None
    standing: str
    old: str  # "eight years ago", where the next was to be expected by now; "" else
    has_ended: bool  # whether inspections of this kind have ended

    @property
    def now(self) -> Moment:
        return self.moments[-1]

    @property
    def is_notice(self) -> bool:
        """Whether these are warnings, given when something is wrong, and no inspections."""
        return framework(self.newest.framework).kind == "notice"


def line_of(one: InspectionView) -> str:
    """What an inspection follows on from: others of the same line."""
    return "children" if one.family in children_services_families() else one.family


def main_judgement(one: InspectionView) -> JudgementView | None:
    """The one judgement that stands for the whole: overall, or the only one that is held."""
    return one.overall or (one.judgements[0] if len(one.judgements) == 1 else None)


def tally_of(one: InspectionView) -> tuple[Tally, ...]:
    """How many questions about the body as a whole were given each grade, the best first."""
    counts: dict[str, int] = {}
    for each in one.judgements:
        if not each.subject:
            counts[each.grade] = counts.get(each.grade, 0) + 1
    found = [
        Tally(grade=chart_grade(one.framework, key), key=key, count=count) for key, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.grade.rank is None, each.grade.rank or 0)))


def tally_words(tally: Sequence[Tally]) -> str:
    """ "1 good, 4 adequate and 2 inadequate"."""
    return listed([_counted(each) for each in tally])


def _counted(each: Tally) -> str:
    label = each.grade.label
    return (
        f"{each.count} at “{label}”"
        if label[:1].isdigit()
        else f"{each.count} {label[:1].lower()}{label[1:]}"
    )


def judged(
    inspections: Iterable[InspectionView],
    *,
    name: str,
    whose: str,
    on: dt.date,
    closed: dt.date | None,
    ended: bool = False,
) -> Judged | None:
    """One body's line, of inspections of that line with the newest first; None where none gave a grade.

    `ended`: it is a council that is no more, and keeps its last grade.
    """
    graded = [one for one in inspections if one.judgements]
    if not graded:
        return None
    newest, shown = graded[0], graded[: MOST_BEFORE + 1]
    goes_on = _goes_on(line_of(newest), on)
    moments = tuple(
        _moment(one, shown[place + 1] if place + 1 < len(shown) else None)
        for place, one in reversed(list(enumerate(shown)))
    )
    return Judged(
        body_id=newest.body_id,
        name=name,
        whose=whose,
        path=f"/bodies/{newest.body_id}/",
        newest=newest,
        moments=moments,
        more=len(graded) - len(shown),
        # A notice is given when something is wrong: the next one is neither better nor worse.
        direction=direction(newest, graded[1])
        if len(graded) > 1 and framework(newest.framework).kind != "notice"
        else None,
        standing="The council has ended: this is its last."
        if ended
        else standing_words(newest, on, closed, others_follow=goes_on),
        old=age_if_overdue(newest, on, closed),
        has_ended=standing(newest, on, closed).state == "ended_framework" and not goes_on,
    )


def _goes_on(line: str, on: dt.date) -> bool:
    """Whether councils' services for children are inspected on the day, under whichever framework.

    Until the next inspection, which is by newer rules, a grade of the older ones is the one that counts.
    """
    return line == "children" and any(
        each.family in children_services_families()
        and each.starts <= on
        and (each.ends is None or on <= each.ends)
        for each in frameworks().values()
    )


def _moment(one: InspectionView, before: InspectionView | None) -> Moment:
    main = main_judgement(one)
    return Moment(
        inspection=one,
        year=_year(one),
        when=when(one),
        month=_month(one),
        main=main,
        of=_of(one, main) if main else "",
        tally=() if main else tally_of(one),
        part=_part(one),
        breaks=_unlike(before, one) if before else "",
    )


def _part(one: InspectionView) -> str:
    in_all = grades_in_all(one)
    told = sum(not each.subject for each in one.judgements)
    return f"{told} of up to {in_all} grades {'is' if told == 1 else 'are'} held" if in_all else ""


def _of(one: InspectionView, main: JudgementView) -> str:
    edition = framework(one.framework)
    if len(edition.grades) == 1:  # "Issued" says nothing until it says what
        return ": ".join(part for part in (edition.name, main.subject) if part)
    if main.subject:
        return main.subject[:1].upper() + main.subject[1:]
    return main.question if len(edition.questions) > 1 and not one.overall else ""


def _year(one: InspectionView) -> str:
    # A round is named after its years, "PEEL 2018/19": what is published of it a year later belongs there too.
    if in_round := _ROUND.search(one.framework_name):
        return in_round[1]
    dated = one.published or one.inspection_end or one.inspection_start
    if dated and one.date_precision != "round":
        return f"{dated:%Y}"
    named = re.search(_YEARS, one.framework_name)
    return named[0] if named else ""


def _unlike(before: InspectionView, after: InspectionView) -> str:
    """Why grades of the two are not compared; "" where they may be."""
    return why_not_compared(framework(before.framework), framework(after.framework))


def direction(newest: InspectionView, before: InspectionView) -> Direction:
    """Better, worse or the same, question by question where no one judgement stands for the whole."""
    dated = before.published or before.inspection_end
    then = (
        as_precise(dated, "month" if before.date_precision == "day" else before.date_precision)
        if dated
        else ""
    )
    main, earlier = main_judgement(newest), main_judgement(before)
    if main and earlier and (main.question_key, main.subject) == (earlier.question_key, earlier.subject):
        try:
            side = _compared(before, earlier, newest, main)
        except NotComparable as reason:
            return Direction(side="not_comparable", words=str(reason))
        words = {"better": "better than", "worse": "worse than", "same": "the same as"}[side]
        return Direction(side=side, words=f"{words} {then} ({earlier.grade_label})".replace("  ", " "))
    return _by_question(newest, before, then)


def _month(one: InspectionView) -> str:
    """ "in February 2026", or as much of it as its source tells."""
    dated = one.published or one.inspection_end or one.inspection_start
    if dated is None or one.date_precision == "round":
        return ""
    return as_precise(dated, "month" if one.date_precision == "day" else one.date_precision)


def _compared(
    before: InspectionView, earlier: JudgementView, after: InspectionView, later: JudgementView
) -> Literal["better", "worse", "same"]:
    return compare(
        framework(before.framework),
        earlier.grade,
        framework(after.framework),
        later.grade,
        later.question_key,
    )


def _by_question(newest: InspectionView, before: InspectionView, then: str) -> Direction:
    sides: dict[Side, int] = {}
    reason = ""
    for each in newest.judgements:
        earlier = before.judgement(each.question_key, each.subject)
        if earlier is None:
            continue
        try:
            side = _compared(before, earlier, newest, each)
        except NotComparable as refused:
            reason = str(refused)
            continue
        sides[side] = sides.get(side, 0) + 1
    if not sides:
        return Direction(
            side="not_comparable", words=reason or "The questions are not those of the one before."
        )
    told = listed([f"{count} {words}" for key, words in _SIDES if (count := sides.get(key))])
    asked = sum(sides.values())
    return Direction(
        side=next(iter(sides)) if len(sides) == 1 else "mixed",
        words=f"of {many(asked, 'question')} asked {then} too, {told}",
    )


_SIDES: tuple[tuple[Side, str], ...] = (("better", "better"), ("same", "the same"), ("worse", "worse"))
