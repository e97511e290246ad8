"""What tables that were typed from public pages have in common: dates in part, and one grade told on several pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from oneplace.frameworks import Framework, Question
from oneplace.frameworks.definitions import folded
from oneplace.records import DatePrecision, JudgementRecord
from oneplace.sources.days import EARLIEST, end_of_month, latest_day
from oneplace.sources.source import Source
from oneplace.sources.tables import Row

COMPILED_BY = "Oneplace, from public pages"
LICENCE = "Facts, typed from the pages named in each row"


class TypedTable(Source):
    """A table of an inspectorate that publishes none, to which people add rows. `how` is best said by `by_hand`."""

    # The data source
    licence = LICENCE
    cadence = "none; rows are added by hand"
    compiled_by = COMPILED_BY

    # Its format
    media_type = "text/csv"
    grows = True

    # How it is reached
    access = "manual"


def by_hand(name: str, columns: Sequence[str], what: str) -> str:
    """How a person adds rows to such a table, where the inspectorate publishes none."""
    headings = ", ".join(f"“{column}”" for column in columns)
    return (
        f"There is no table to download. Type {what} into a CSV file with the headings {headings}, each row with the "
        f"address of its page. Then run `oneplace ingest {name} FILE --add`: the new rows stand beside those that "
        "are there. The same file, put right and added again, takes the place of what it said before."
    )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days between which something was: a day, or a month or years of which no more is known."""

    first: dt.date
    last: dt.date
    precision: DatePrecision

    def holds(self, other: Period) -> bool:
        """Whether the other says the same more precisely, or as precisely."""
        return self.first <= other.first and other.last <= self.last


def period(row: Row, column: str) -> Period | None:
    """The date in a cell: "2019-07-14", "2019-07", "2019", "2016-2017", or None for an empty one.

    Raises `SourceError` for anything else, and for dates that no inspection of these can have.
    """
    if not (value := row.optional(column)):
        return None
    if found := re.fullmatch(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?", value):
        begins, ends = int(found[1]), int(found[2] or found[1])
        told = Period(dt.date(begins, 1, 1), dt.date(ends, 12, 31), "year")
    elif found := re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", value):
        year, month = int(found[1]), int(found[2])
        told = Period(dt.date(year, month, 1), end_of_month(year, month), "month")
    else:
        day = row.date(column, ("%Y-%m-%d",))
        told = Period(day, day, "day")
    latest = latest_day()
    if not EARLIEST <= told.first <= told.last or told.first > latest:
        raise row.fault(column, f"a date from {EARLIEST} to {latest}")
    return told


def asked(row: Row, column: str, framework: Framework) -> Question:
    """The question that a cell names, in any of the wordings that the framework's file lists."""
    wording = folded(row.text(column))
    for question in framework.questions:
        if wording == folded(question.key) or any(wording == folded(form) for form in question.printed):
            return question
    expected = ", ".join(question.label for question in framework.questions)
    raise row.fault(column, f"a question of {framework.name} ({expected})")


def told_once(
    judgements: Iterable[JudgementRecord],
) -> tuple[tuple[JudgementRecord, ...], tuple[JudgementRecord, ...]]:
    """The judgements with each question once, as first told; and those that another page tells otherwise."""
    first: dict[tuple[str, str], JudgementRecord] = {}
    otherwise: list[JudgementRecord] = []
    for each in judgements:
        known = first.setdefault((each.question_key, each.subject), each)
        if known.grade != each.grade:
            otherwise.append(each)
        elif known.score is None and each.score is not None:
            first[each.question_key, each.subject] = replace(known, score=each.score)
    return tuple(first.values()), tuple(otherwise)


def precise(periods: Iterable[Period | None]) -> Sequence[Period]:
    """The distinct periods, oldest first, without those that only say another less precisely."""
    distinct = sorted({each for each in periods if each})
    return [each for each in distinct if not any(each != other and each.holds(other) for other in distinct)]
