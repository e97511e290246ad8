"""The grades of HMICFRS, which inspects every police force and fire service in rounds of one to three years.

A body's round becomes one inspection for each date of publication that its pages give. Most pages give
none: what they say goes with the date of the others, and where no page has one, with the round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from oneplace.frameworks import Framework, edition, framework
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import Period, asked, period, precise, told_once

COLUMNS = ("round", "question", "grade", "published", "url")  # and whose grade it is

# Rounds in which effectiveness, efficiency and legitimacy were published months apart.
PILLARS_APART = frozenset({"PEEL-2015", "PEEL-2016", "PEEL-2017"})


@dataclass(frozen=True, slots=True)
class Told:
    """One row: what a page says of one question."""

    row: Row
    judgement: JudgementRecord
    when: Period | None


def rounds(
    path: Path, body: str, kind: str, editions: Mapping[str, str], leave_out: frozenset[str]
) -> Iterator[InspectionRecord]:
    """The inspections of a table of rounds, in its order. `editions`: a round as printed → its framework's key.

    `body` is the column of the inspected body. Bodies to `leave_out` are read and checked, not yielded.
    """
    groups: dict[tuple[str, str], list[Told]] = defaultdict(list)
    table = csv_rows(path, (body, *COLUMNS))
    unique(table, (body, "round", "published", "url", "question"), "a grade of a page once")
    for row in table:
        rated = framework(editions[row.one_of("round", tuple(editions))])
        told = _told(row, rated)
        if row.text(body) not in leave_out:
            groups[row.text(body), row.text("round")].append(told)
    for (name, printed), rows in groups.items():
        ref = BodyRef(name=name, kind=kind)
        yield from _inspections(ref, printed, framework(editions[printed]), rows)


def _told(row: Row, rated: Framework) -> Told:
    row.text("url")
    when = period(row, "published")
    for day in (when.first, when.last) if when else ():
        if edition(rated.family, day).key != rated.key:
            span = f"from {rated.starts}" + (f" to {rated.ends}" if rated.ends else " on")
            raise row.fault("published", f"a date of the round, {span},")
    question = asked(row, "question", rated)
    said = row.judgement("grade", rated, question.key, wording=row.text("question"))
    return Told(row, said, when)


def _inspections(
    body: BodyRef, printed: str, rated: Framework, rows: Sequence[Told]
) -> Iterator[InspectionRecord]:
    dates = precise(told.when for told in rows)
    by_date: dict[Period | None, list[Told]] = defaultdict(list)
    for told in rows:
        by_date[_date_of(told, dates, rated)].append(told)
    said: dict[tuple[str, str], str] = {}  # question → grade, of the dates before
    for when in sorted(by_date, key=lambda each: (each is None, each)):
        first, otherwise = told_once(told.judgement for told in by_date[when])
        anew = tuple(each for each in first if said.get((each.question_key, each.subject)) != each.grade)
        said |= {(each.question_key, each.subject): each.grade for each in first}
        reference = f"{printed}, {when.last}" if when and len(by_date) > 1 else printed
        if anew:
            yield _inspection(body, reference, rated, when, anew, by_date[when])
        for number, each in enumerate(otherwise, 2):
            told = next(one for one in by_date[when] if one.judgement is each)
            other = _inspection(body, f"{reference}, page {number}", rated, when, (each,), [told])
            yield _disagreeing(other, each, first)


def _date_of(told: Told, dates: Sequence[Period], rated: Framework) -> Period | None:
    """The row's date as precisely as any page gives it; the latest of the round where it has none.

    By the latest date all of the round's grades were out. Until 2017 each pillar had a report and a day of its
    own: a grade of another pillar's day says nothing of this one's.
    """
    if told.when is None:
        return dates[-1] if dates and rated.key not in PILLARS_APART else None
    return next(each for each in dates if told.when.holds(each))


def _inspection(
    body: BodyRef,
    reference: str,
    rated: Framework,
    when: Period | None,
    judgements: tuple[JudgementRecord, ...],
    rows: Sequence[Told],
) -> InspectionRecord:
    first = next(told.row for told in rows if told.judgement.address == judgements[0].address)
    return InspectionRecord(
        publisher="hmicfrs",
        framework=rated.family,
        body=body,
        title=rated.name,
        inspection_start=None if when else rated.starts,
        inspection_end=None if when else rated.ends,
        published=when.last if when else None,
        published_source="list" if when else None,
        date_precision=when.precision if when else "round",
        report_url=first.text("url"),
        reference=reference,
        judgements=judgements,
        address=first.address,
    )


def _disagreeing(
    record: InspectionRecord, each: JudgementRecord, first: Sequence[JudgementRecord]
) -> InspectionRecord:
    shown = next(one for one in first if (one.question_key, one.subject) == (each.question_key, each.subject))
    message = (
        f"One page says “{shown.grade_printed}” for “{shown.question}” (row {shown.address.row}), another "
        f"“{each.grade_printed}” (row {each.address.row}): which of them the inspectorate gave has to be looked up"
    )
    problem = Problem(
        kind="grades_disagree", message=message, field=f"judgement:{each.question_key}", address=each.address
    )
    return replace(record, problems=(problem,))
