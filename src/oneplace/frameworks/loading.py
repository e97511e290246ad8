"""Reading the framework files, and refusing those that do not say what they must.

One TOML file an edition, in `editions/`. A fault is reported with the file and the key it is at.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from oneplace.frameworks.definitions import (
    Cadence,
    Comparability,
    Framework,
    Grade,
    GradeCadence,
    Kind,
    Question,
    Service,
    Tone,
    folded,
)
from oneplace.frameworks.errors import InvalidFramework
from oneplace.records import BODY_KINDS

EDITIONS = Path(__file__).parent / "editions"


def load_editions(folder: Path = EDITIONS) -> dict[str, Framework]:
    """Every edition in a folder by its key, oldest first. `InvalidFramework` names file and key."""
    loaded = {path: _load(path) for path in sorted(folder.glob("*.toml"))}
    by_key: dict[str, Framework] = {}
    for path, framework in sorted(loaded.items(), key=lambda item: (item[1].starts, item[1].key)):
        if framework.key in by_key:
            raise InvalidFramework(f"{path.name}: key: {framework.key!r} is another file's key too")
        by_key[framework.key] = framework
    _check_families(loaded)
    _check_comparability(loaded, by_key)
    return by_key


class _Table:
    """One table of a file: takes typed values out of it and notices what nobody took."""

    def __init__(self, file: str, values: Mapping[str, Any], at: str = "") -> None:
        self.file, self.at = file, at
        self._left = dict(values)

    def fault(self, key: str, message: str) -> InvalidFramework:
        return InvalidFramework(f"{self.file}: {self.at}{key}: {message}")

    def take(self, key: str, kind: type, default: Any = ...) -> Any:
        if key not in self._left:
            if default is ...:
                raise self.fault(key, f"is missing; a {kind.__name__} was expected")
            return default
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.fault(key, f"is {value!r}; a {kind.__name__} was expected")
        return value

    def text(self, key: str, default: Any = ...) -> str:
        value = str(self.take(key, str, default)).strip()
        if not value and default is ...:
            raise self.fault(key, "is empty; text was expected")
        return value

    def day(self, key: str, default: Any = ...) -> Any:
        return self.take(key, dt.date, default)

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        values = self.take(key, list, default)
        if any(not isinstance(value, str) or not value.strip() for value in values):
            raise self.fault(key, "a list of texts was expected")
        return tuple(values)

    def one_of(self, key: str, choices: tuple[str, ...], default: Any = ...) -> Any:
        value = self.text(key, default)
        if value not in choices:
            raise self.fault(key, f"is {value!r}; one of {', '.join(choices)} was expected")
        return value

    def tables(self, key: str) -> list[_Table]:
        rows = self.take(key, list, [])
        if any(not isinstance(row, dict) for row in rows):
            raise self.fault(key, "a list of tables was expected")
        return [_Table(self.file, row, f"{self.at}{key}[{number}].") for number, row in enumerate(rows, 1)]

    def table(self, key: str) -> _Table:
        return _Table(self.file, self.take(key, dict), f"{self.at}{key}.")

    def finish(self) -> None:
        for key in self._left:
            raise self.fault(key, "is not something that a framework file says")


def _load(path: Path) -> Framework:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InvalidFramework(f"{path.name}: is not a TOML file: {fault}") from fault
    top = _Table(path.name, values)
    framework = Framework(
        key=top.text("key"),
        family=top.text("family"),
        name=top.text("name"),
        description=top.text("description"),
        publisher=top.text("publisher"),
        service=top.one_of("service", get_args(Service)),
        inspects=top.one_of("inspects", tuple(BODY_KINDS), "local_authority"),
        kind=top.one_of("kind", get_args(Kind)),
        suffix=top.text("suffix", ""),
        starts=top.day("starts"),
        ends=top.day("ends", None),
        source=top.text("source"),
        questions=tuple(_question(table) for table in top.tables("questions")),
        grades=tuple(_grade(table) for table in top.tables("grades")),
        comparability=_comparability(top.table("comparability")),
        cadence=_cadence(top.table("cadence")),
    )
    _check(framework, top)
    top.finish()
    return framework


def _question(table: _Table) -> Question:
    question = Question(
        key=table.text("key"),
        label=table.text("label"),
        asked_from=table.day("asked_from", None),
        asked_until=table.day("asked_until", None),
        printed=table.texts("printed"),
    )
    if question.asked_from and question.asked_until and question.asked_until < question.asked_from:
        raise table.fault("asked_until", "is before asked_from")
    table.finish()
    return question


def _grade(table: _Table) -> Grade:
    grade = Grade(
        key=table.text("key"),
        label=table.text("label"),
        printed=table.texts("printed"),
        phrases=table.texts("phrases", []),
        explanation=table.text("explanation"),
        tone=table.one_of("tone", get_args(Tone)),
        ranked=table.take("ranked", bool, True),
    )
    if grade.ranked == (grade.tone == "neutral"):
        raise table.fault("tone", "a grade that is not a level is neutral, and no other grade is")
    table.finish()
    return grade


def _comparability(table: _Table) -> Comparability:
    editions = table.texts("with")
    comparability = Comparability(
        editions=editions,
        reason=table.text("reason", ... if editions else ""),
        otherwise=table.text("otherwise"),
        source=table.text("source"),
    )
    table.finish()
    return comparability


def _cadence(table: _Table) -> Cadence:
    cadence = Cadence(
        **_months(table),
        text=table.text("text"),
        source=table.text("source"),
        by_grade=tuple(_grade_cadence(rule) for rule in table.tables("by_grade")),
    )
    table.finish()
    return cadence


def _grade_cadence(table: _Table) -> GradeCadence:
    rule = GradeCadence(
        grades=table.texts("grades"),
        **_months(table),
        text=table.text("text"),
        source=table.text("source"),
    )
    if not rule.grades:
        raise table.fault("grades", "is empty; the grades that the rule is for were expected")
    table.finish()
    return rule


def _months(table: _Table) -> dict[str, int | None]:
    months = {key: table.take(key, int, None) for key in ("months", "months_least", "months_most")}
    for key, number in months.items():
        if number is not None and number < 1:
            raise table.fault(key, f"is {number}; a positive number was expected")
    about, least, most = months.values()
    if about is not None and (least is not None or most is not None):
        raise table.fault("months", "stands alone; a range is months_least and months_most")
    if least is not None and most is None:
        raise table.fault("months_most", "is missing; a range has an end")
    if least is not None and most is not None and most < least:
        raise table.fault("months_most", "is less than months_least")
    return months


def _check(framework: Framework, top: _Table) -> None:
    if framework.ends is not None and framework.ends < framework.starts:
        raise top.fault("ends", "is before starts")
    if framework.is_visit and (framework.grades or framework.questions):
        raise top.fault("grades", "a visit gives no grades and asks no graded questions")
    if not framework.is_visit and not (framework.ranked_grades and framework.questions):
        raise top.fault("grades", "questions and grades were expected; only a visit has none")
    if twice := _twice(question.key for question in framework.questions):
        raise top.fault("questions", f"{twice!r} is there twice")
    if twice := _twice(grade.key for grade in framework.grades):
        raise top.fault("grades", f"{twice!r} is there twice")
    if twice := _twice(folded(text) for grade in framework.grades for text in grade.printed):
        raise top.fault("grades", f"{twice!r} is printed for two grades, or twice for one")
    keys = {grade.key for grade in framework.grades}
    ruled = [grade for rule in framework.cadence.by_grade for grade in rule.grades]
    if unknown := next((grade for grade in ruled if grade not in keys), None):
        raise top.fault("cadence.by_grade", f"{unknown!r} is not one of the grades")
    if twice := _twice(ruled):
        raise top.fault("cadence.by_grade", f"{twice!r} has two rules")
    unranked_seen = False
    for grade in framework.grades:
        if grade.ranked and unranked_seen:
            raise top.fault("grades", f"{grade.key!r} is a level and must come before those that are not")
        unranked_seen = unranked_seen or not grade.ranked


def _check_families(loaded: Mapping[Path, Framework]) -> None:
    """Editions of one family follow one another: a date is in one of them at most."""
    for path, framework in loaded.items():
        for other_path, other in loaded.items():
            if path == other_path or framework.family != other.family:
                continue
            if framework.starts <= other.starts and (
                framework.ends is None or framework.ends >= other.starts
            ):
                raise InvalidFramework(
                    f"{path.name}: ends: the next edition of {framework.family} ({other_path.name}) "
                    f"starts on {other.starts}; an end before that was expected"
                )


def _check_comparability(loaded: Mapping[Path, Framework], by_key: Mapping[str, Framework]) -> None:
    for path, framework in loaded.items():
        for key in framework.comparability.editions:
            other = by_key.get(key)
            if other is None:
                raise InvalidFramework(f"{path.name}: comparability.with: there is no framework {key!r}")
            mine = [grade.key for grade in framework.ranked_grades]
            theirs = [grade.key for grade in other.ranked_grades]
            if mine != theirs:
                raise InvalidFramework(
                    f"{path.name}: comparability.with: {key!r} has other grades, or another order of them: "
                    f"{', '.join(theirs)}"
                )


def _twice(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
