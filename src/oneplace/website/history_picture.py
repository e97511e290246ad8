"""An area's history across frameworks as one picture: what to draw, from the record's views.

Each framework that gave grades is an era of its own; where nothing is held between two, the picture says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from oneplace.charts.drawing import Picture
from oneplace.charts.marks import Era, Mark, Row
from oneplace.charts.timeline import timeline
from oneplace.evidence.views import InspectionView, JudgementView
from oneplace.frameworks import framework
from oneplace.places.queries import AreaView
from oneplace.website.grades import chart_grade
from oneplace.website.wording import counted, day

# The picture begins with the first annual ratings, whatever is held: an empty stretch is a fact too.
STARTS = dt.date(2009, 1, 1)
# Short names for the panels; the whole names are in the table below the picture.
_PANELS = {
    "annual-rating": "Annual rating",
    "LAC-2013": "Looked after children",
    "SIF": "Inspections from 2013",
    "SIF-reinspection": "Inspections from 2013",
    "LSCB-review only": "Inspections from 2013",
    "ILACS": "Inspections from 2018",
    "ILACS-2026": "No overall grade",
}
_ROWS = (
    ("Overall", ("overall",)),
    ("Leadership", ("leadership",)),
    ("Help and protection", ("help_and_protection",)),
    ("Children in care", ("care", "care_and_leavers")),
    ("Care leavers", ("care_leavers", "care_and_leavers")),
    ("Adoption", ("adoption",)),
    ("Safeguarding board", ("lscb",)),
)
_ROOM_FOR_THE_LAST = dt.timedelta(days=420)
# A gap between two eras shorter than this is the time that any new framework takes to begin.
_WORTH_SAYING = dt.timedelta(days=400)


def history_picture(inspections: Sequence[InspectionView], area: AreaView, until: dt.date) -> Picture | None:
    """The picture of everything published by `until`; None where nothing was."""
    name = area.name
    if area.end and area.end < until:
        until = area.end
    dated = sorted((one for one in inspections if one.published), key=_published)
    if not dated:
        return None
    # What was published in the last days still needs room for its words.
    until = max(until, _published(dated[-1]) + _ROOM_FOR_THE_LAST)
    graded = [one for one in dated if one.framework in _PANELS]
    eras, era_of = _eras(graded, area, until)
    rows = [Row(label=label, marks=tuple(_marks(graded, keys, era_of))) for label, keys in _ROWS]
    others = [
        Row(label="Focused visits", marks=tuple(_visit(one) for one in dated if one.is_visit)),
        Row(
            label="Area SEND (with the CQC)",
            marks=tuple(_send(one) for one in dated if one.framework == "area-SEND"),
        ),
    ]
    return timeline(
        chart_id="history",
        title=f"{name}: every judgement held on children's services since 2009",
        description=_described(graded, name, len(dated)),
        start=STARTS,
        end=until,
        eras=eras,
        rows=[row for row in rows if row.marks],
        other_rows=[row for row in others if row.marks],
    )


def _published(one: InspectionView) -> dt.date:
    return one.published or dt.date.min


def _eras(
    graded: Sequence[InspectionView], area: AreaView, until: dt.date
) -> tuple[list[Era], dict[str, int]]:
    """The panels from left to right, and the panel of each inspection by its public id."""
    eras: list[Era] = []
    era_of: dict[str, int] = {}
    ends = STARTS
    for name, group in groupby(graded, key=lambda one: _PANELS[one.framework]):
        members = list(group)
        start = _published(members[0])
        if start - ends > _WORTH_SAYING:
            # A council that was made in this stretch had nothing to be judged on before.
            young = area.start is not None and area.start > ends
            blank = "Before this council" if young else "Nothing held"
            eras.append(Era(name=blank, start=ends, end=start, blank=True))
        era_of.update((one.public_id, len(eras)) for one in members)
        eras.append(Era(name=name, start=start, end=_ends(members[-1], until)))
        ends = eras[-1].end or until
    return eras, era_of


def _ends(last: InspectionView, until: dt.date) -> dt.date | None:
    """A yearly rating stands for its year; an inspection's grade until the next one."""
    if last.framework == "annual-rating":
        return min(_published(last) + dt.timedelta(days=366), until)
    return None


def _marks(graded: Sequence[InspectionView], keys: tuple[str, ...], era_of: dict[str, int]) -> list[Mark]:
    found: list[Mark] = []
    for one in graded:
        judgement = next((j for key in keys if (j := one.judgement(key))), None)
        if judgement:
            found.append(_mark(one, judgement, era_of[one.public_id]))
    return found


def _mark(one: InspectionView, judgement: JudgementView, era: int | None) -> Mark:
    published = _published(one)
    return Mark(
        at=published,
        label=f"{day(published)}: {judgement.question}: {judgement.grade_label}",
        grade=chart_grade(one.framework, judgement.grade),
        era=era,
    )


def _visit(one: InspectionView) -> Mark:
    urgent = any(point.list_kind == "priority_action" for point in one.improve)
    said = " with priority actions" if urgent else ""
    return Mark(
        at=_published(one),
        label=f"{day(_published(one))}: {framework(one.framework).name}{said}",
        urgent=urgent,
    )


def _send(one: InspectionView) -> Mark:
    outcome = one.judgement("send_outcome")
    if outcome is None:
        return Mark(at=_published(one), label=f"{day(_published(one))}: {one.title}")
    return _mark(one, outcome, None)


def _described(graded: Sequence[InspectionView], name: str, everything: int) -> str:
    told = [
        f"{day(_published(one))}, {one.framework_name}: "
        f"{one.overall.grade_label if one.overall else 'no overall grade'}"
        for one in graded
    ]
    whole = counted(everything, "inspection, rating or visit", "inspections, ratings and visits")
    return f"{whole} of {name}. {'; '.join(told)}. The table below has them all."
