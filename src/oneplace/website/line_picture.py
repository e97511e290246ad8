"""The history of one body's inspections of one kind as a picture, for services other than children's.

Each edition of the framework is a panel of its own: its questions and grades are its own too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import groupby

from oneplace.charts.drawing import Picture
from oneplace.charts.marks import Era, Mark, Row
from oneplace.charts.timeline import timeline
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import framework
from oneplace.website.grades import chart_grade, question_label
from oneplace.website.moments import when
from oneplace.wording import many

# More rows than this are a table.
MOST_ROWS, MOST_LETTERS = 16, 34
_ROOM_FOR_THE_LAST = dt.timedelta(days=500)
_ROOM_FOR_WORDS = dt.timedelta(days=500)
_BEFORE_THE_FIRST = dt.timedelta(days=60)


def line_picture(inspections: Sequence[InspectionView], name: str, until: dt.date) -> Picture | None:
    """The picture of a line, newest first as it comes; None where fewer than two have a date, or none a question."""
    dated = _dated(inspections)
    if len(dated) < 2:
        return None
    eras: list[Era] = []
    era_of: dict[str, int] = {}
    for _, group in groupby(dated, key=lambda each: each[1].framework):
        members = list(group)
        era_of.update((one.public_id, len(eras)) for _, one in members)
        eras.append(Era(name=_panel(members[0][1].framework_name), start=members[0][0]))
    asked: dict[str, str] = {}
    for _, one in reversed(dated):
        for each in one.judgements:
            if not each.subject:
                asked.setdefault(each.question_key, question_label(one.framework, each))
    rows = [
        Row(
            label=_short(label),
            marks=tuple(
                Mark(
                    at=day,
                    label=f"{when(one) or one.framework_name}: {given.question}: {given.grade_label}",
                    grade=chart_grade(one.framework, given.grade),
                    era=era_of[one.public_id],
                    told=_told(one),
                )
                for day, one in dated
                if (given := one.judgement(key))
            ),
        )
        for key, label in list(asked.items())[:MOST_ROWS]
    ]
    if not rows:  # a notice has a reason, and answers no question
        return None
    newest = dated[-1][1]
    return timeline(
        chart_id="history",
        title=f"{name}: judgements by question",
        description=f"{many(len(dated), 'inspection')} of {name}; the newest is {newest.framework_name}.",
        start=dated[0][0] - _BEFORE_THE_FIRST,
        end=max(until, dated[-1][0] + _ROOM_FOR_THE_LAST),
        eras=eras,
        rows=rows,
    )


def _dated(inspections: Sequence[InspectionView]) -> list[tuple[dt.date, InspectionView]]:
    """Each with its day, the oldest first."""
    found: list[tuple[dt.date, InspectionView]] = []
    for one in reversed(inspections):
        day = _day(one)
        if one.judgements and day:
            if one.date_precision == "round" and found:
                # Its source tells its round alone: it stands after the one before, with room for that one's words.
                day = max(day, found[-1][0] + _ROOM_FOR_WORDS)
            found.append((day, one))
    return sorted(found, key=lambda each: each[0])


def _day(one: InspectionView) -> dt.date | None:
    """Its day; of one whose source tells the round alone, the round's first: its panel is the round."""
    told = one.published or one.inspection_end or one.inspection_start
    return told or (framework(one.framework).starts if one.date_precision == "round" else None)


def _told(one: InspectionView) -> str:
    """How its date is told, where its source does not tell the day."""
    if one.date_precision == "day":
        return ""
    return (when(one) or f"in the round {_panel(one.framework_name)}").capitalize()


def _panel(framework_name: str) -> str:
    """What tells an edition from the others of its kind: "2021/22" of "Police inspection (PEEL) 2021/22"."""
    plain = re.sub(r" \([^()]*\)$", "", framework_name)
    years = re.split(r"[:,] ", plain)[-1]
    if years != plain and years[-1:].isdigit():
        return years[:1].upper() + years[1:]
    last = plain.rpartition(" ")[2]
    return last if last[:1].isdigit() else plain


def _short(question: str) -> str:
    """What fits beside the picture: the whole question is in the mark's own words and in the table."""
    if len(question) <= MOST_LETTERS:
        return question
    return question[:MOST_LETTERS].rpartition(" ")[0] + " …"
