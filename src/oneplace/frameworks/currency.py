"""How old a rating is against its framework's own rule of how often it comes round.

    currency(framework("ILACS"), dt.date(2021, 3, 1), dt.date(2026, 11, 22), grade="good").state  # "overdue"

Words are for the pages; this gives states, months and days. Where the inspectorate has laid down no
interval, nothing is expected and nothing is overdue.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oneplace.frameworks import edition
from oneplace.frameworks.definitions import Cadence, Framework, GradeCadence
from oneplace.frameworks.errors import UnknownFramework

# "withdrawn": the body is closed, or its rating was taken away. "no_current_rating": inspected, and what was
# given is no level ("not judged", or a visit). "ended_framework": inspected under one that ended, and that no
# later edition goes on with.
State = Literal["current", "overdue", "no_current_rating", "never_inspected", "withdrawn", "ended_framework"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """How a rating stands on a day.

    `months_ago`: whole months since the inspection; None where there was none. `expected_from` and
    `expected_until`: the days between which the next one falls due by the rule, both included; None where the
    rule sets no such end. `rule` is the part of the cadence that was used, with its words and source.
    """

    state: State
    months_ago: int | None
    expected_from: dt.date | None
    expected_until: dt.date | None
    rule: Cadence | GradeCadence


def currency(
    framework: Framework,
    inspected: dt.date | None,
    on: dt.date,
    grade: str | None = None,
    closed: dt.date | None = None,
) -> Currency:
    """How a rating under this framework stands on the day `on`.

    `inspected` is the inspection's last day or, where only that is known, the day of publication; None (or a
    later day) where there was none by then. `grade` is the key of the (overall) grade, which may change the
    rule. `closed` is the day on which the body closed or the rating was withdrawn. The rule is that of the
    edition that inspected; where it laid down no interval, that of a later edition of the family which did.
    """
    in_use = _in_use(framework, on)
    rule = _rule(framework, in_use, grade)
    if inspected is not None and inspected > on:
        inspected = None
    begins, ends = (None, None) if inspected is None else _expected(inspected, rule)
    state = _state(framework, in_use, inspected, on, grade, closed, ends)
    is_due = state in ("current", "overdue", "no_current_rating") and not framework.is_visit
    return Currency(
        state=state,
        months_ago=None if inspected is None else _months_between(inspected, on),
        expected_from=begins if is_due else None,
        expected_until=ends if is_due else None,
        rule=rule,
    )


def _state(
    framework: Framework,
    in_use: Framework,
    inspected: dt.date | None,
    on: dt.date,
    grade: str | None,
    closed: dt.date | None,
    until: dt.date | None,
) -> State:
    if closed is not None and closed <= on:
        return "withdrawn"
    if inspected is None:
        return "never_inspected"
    if in_use.ends is not None and in_use.ends < on:
        return "ended_framework"
    if framework.is_visit or (grade is not None and _is_no_level(framework, grade)):
        return "no_current_rating"
    return "overdue" if until is not None and until < on else "current"


def _in_use(framework: Framework, on: dt.date) -> Framework:
    """The newest edition of the family by that day; the framework itself where it is no published one."""
    try:
        newest = edition(framework.family, on)
    except UnknownFramework:
        return framework
    return newest if newest.starts > framework.starts else framework


def _rule(framework: Framework, in_use: Framework, grade: str | None) -> Cadence | GradeCadence:
    own = framework.cadence.rule(grade)
    if own is framework.cadence and not (own.months or own.months_most):
        return in_use.cadence
    return own


def _is_no_level(framework: Framework, grade: str) -> bool:
    found = framework.grade(grade)
    return found is not None and not found.ranked


def _expected(inspected: dt.date, rule: Cadence | GradeCadence) -> tuple[dt.date | None, dt.date | None]:
    least, most = rule.months_least or rule.months, rule.months_most or rule.months
    return (
        None if least is None else months_after(inspected, least),
        None if most is None else months_after(inspected, most),
    )


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of a month that is too short to have it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _months_between(day: dt.date, later: dt.date) -> int:
    months = (later.year - day.year) * 12 + later.month - day.month
    return months if months_after(day, months) <= later else months - 1
