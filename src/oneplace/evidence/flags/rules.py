"""The rules by which flags are raised, from `rules.toml`: reviewed data with versions, each in plain words.

A rule that is to say something else gets a further table with the next `version` and the day from which it holds
(`since`). The older one stays in the file: what was raised by it was raised by it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from oneplace.evidence.errors import EvidenceError
from oneplace.frameworks import Framework, Service, frameworks

FILE = Path(__file__).with_name("rules.toml")

Colour = Literal["red", "green"]
# "judgement": what the newest inspection found; "change": against the one before; "notice": a formal warning;
# "statistic": where a rate stands among the areas of its tier.
RuleKind = Literal["judgement", "change", "notice", "statistic"]

_TEXTS = ("key", "name", "threshold", "lowered", "why")
_OPTIONAL = {"reviewed_by"}
_COMMON = {*_TEXTS, "version", "since", "colour", "service", "kind", "reviewed_on", "next_review"}
_OF_KIND = {
    "judgement": {"when"},
    "notice": {"when"},
    "change": {"editions", "question", "grades_apart", "direction", "months"},
    "statistic": {"measure", "periods", "share", "fewest", "months"},
}


class InvalidRule(EvidenceError):
    """A rule in `rules.toml` does not say what it must; the message says which, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """One edition's part of a rule: so many of these questions with one of these grades, and for how long it counts.

    `of_all`: and with no other one for any of these questions. `in_a_row`: at so many inspections running.
    """

    editions: tuple[str, ...]
    questions: tuple[str, ...]
    grades: tuple[str, ...]
    at_least: int
    of_all: bool
    in_a_row: int
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule. `since` is the day from which it holds; version 1 is also held against earlier evidence.

    `until` is the day from which its next version holds. `threshold`, `lowered` and `why` are its published words.
    `reviewed_by` is who outside the project has checked it, "" where nobody has.
    """

    key: str
    version: int
    since: dt.date
    until: dt.date | None
    colour: Colour
    service: Service
    kind: RuleKind
    name: str
    threshold: str
    lowered: str
    why: str
    reviewed_on: dt.date
    next_review: dt.date
    reviewed_by: str = ""
    when: tuple[Grades, ...] = ()
    editions: tuple[str, ...] = ()
    question: str = ""
    grades_apart: int = 0
    direction: str = ""
    months: int = 0
    measure: str = ""
    periods: int = 0
    share: float = 0.0
    fewest: int = 0

    @property
    def from_inspections(self) -> bool:
        return self.kind != "statistic"

    def grades_of(self, edition: str) -> Grades | None:
        """What the rule asks of inspections under an edition; None where it does not speak of it."""
        return next((each for each in self.when if edition in each.editions), None)


@cache
def rules() -> tuple[Rule, ...]:
    """Every version of every rule, in the file's order."""
    return load(FILE.read_text("utf-8"))


@cache
def digest() -> str:
    """Of the rules as they are, to know whether what was raised was raised by them."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]


def rules_on(day: dt.date) -> tuple[Rule, ...]:
    """The version of each rule that holds on a day; before there were any, the first."""
    return tuple(
        rule
        for rule in rules()
        if (rule.version == 1 or rule.since <= day) and (rule.until is None or day < rule.until)
    )


def families() -> frozenset[str]:
    """The framework families of which any rule speaks."""
    known = frameworks()
    return frozenset(known[key].family for each in rules() for key in _editions(each))


def measures() -> tuple[str, ...]:
    """The measures of which any rule speaks."""
    return tuple(dict.fromkeys(each.measure for each in rules() if each.measure))


def load(text: str) -> tuple[Rule, ...]:
    """The rules of a file's text. Raises `InvalidRule`, which names the rule."""
    tables = tomllib.loads(text).get("rules", [])
    versions: dict[str, list[dt.date]] = {}
    for table in tables:
        versions.setdefault(str(table.get("key", "")), []).append(table.get("since"))
    return tuple(_rule(table, versions) for table in tables)


def _rule(table: Mapping[str, Any], versions: Mapping[str, list[dt.date]]) -> Rule:
    name = f"{table.get('key', 'a rule without a key')}, version {table.get('version')}"
    kind = str(table.get("kind"))
    if kind not in get_args(RuleKind):
        raise InvalidRule(f"{name}: kind: {kind!r}; expected {', '.join(get_args(RuleKind))}")
    expected = _COMMON | _OF_KIND[kind]
    if wrong := expected ^ (set(table) - _OPTIONAL):
        raise InvalidRule(f"{name}: {', '.join(sorted(wrong))}: missing, or not of a rule of this kind")
    texts = [*_TEXTS, *(_OPTIONAL & set(table))]
    for key in texts:
        if not isinstance(table[key], str) or not table[key].strip():
            raise InvalidRule(f"{name}: {key}: words were expected")
    for key, choices in (("colour", get_args(Colour)), ("service", get_args(Service))):
        if table[key] not in choices:
            raise InvalidRule(f"{name}: {key}: {table[key]!r}; expected {', '.join(choices)}")
    days = versions[table["key"]]
    number = table["version"]
    if days != sorted(set(days)) or not 1 <= number <= len(days) or table["since"] != days[number - 1]:
        raise InvalidRule(f"{name}: since: versions are numbered from 1 in the order of their days")
    if not table["reviewed_on"] < table["next_review"]:
        raise InvalidRule(f"{name}: next_review: a day after reviewed_on was expected")
    values = {key: value for key, value in table.items() if key != "when"}
    values |= {key: " ".join(str(table[key]).split()) for key in texts}
    if "editions" in values:
        values["editions"] = tuple(values["editions"])
    made = Rule(
        **values,
        until=days[number] if number < len(days) else None,
        when=tuple(_grades(name, each) for each in table.get("when", ())),
    )
    _check(made, name)
    return made


def _grades(name: str, table: Mapping[str, Any]) -> Grades:
    needed, possible = {"editions", "questions", "grades", "months"}, {"at_least", "of_all", "in_a_row"}
    if wrong := (needed - set(table)) | (set(table) - needed - possible):
        raise InvalidRule(f"{name}: when: {', '.join(sorted(wrong))}: missing, or not known")
    return Grades(
        editions=tuple(table["editions"]),
        questions=tuple(table["questions"]),
        grades=tuple(table["grades"]),
        at_least=table.get("at_least", 1),
        of_all=table.get("of_all", False),
        in_a_row=table.get("in_a_row", 1),
        months=table["months"],
    )


def _check(rule: Rule, name: str) -> None:
    """Refuse what no framework has: a slip of a key would be a rule that never raises anything."""
    if rule.from_inspections and not _editions(rule):
        raise InvalidRule(f"{name}: it speaks of no framework")
    for part in rule.when:
        for edition in _known(part.editions, name):
            if missing := {key for key in part.questions if edition.question(key) is None}:
                raise InvalidRule(f"{name}: {edition.key} does not ask {', '.join(sorted(missing))}")
            if missing := {key for key in part.grades if edition.grade(key) is None}:
                raise InvalidRule(f"{name}: {edition.key} has no grade {', '.join(sorted(missing))}")
    for edition in _known(rule.editions, name):
        if edition.question(rule.question) is None:
            raise InvalidRule(f"{name}: {edition.key} does not ask {rule.question}")
    if rule.kind == "change" and rule.direction not in ("better", "worse"):
        raise InvalidRule(f"{name}: direction: better or worse was expected")


def _known(keys: Iterable[str], name: str) -> Iterable[Framework]:
    for key in keys:
        if key not in frameworks():
            raise InvalidRule(f"{name}: there is no framework edition {key!r}")
        yield frameworks()[key]


def _editions(rule: Rule) -> tuple[str, ...]:
    return cast("tuple[str, ...]", (*rule.editions, *(key for each in rule.when for key in each.editions)))
