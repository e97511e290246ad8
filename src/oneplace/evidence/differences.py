"""Where statements about one inspection do not agree, field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oneplace.evidence.said import Said
from oneplace.evidence.standing import THIRD_PARTY
from oneplace.evidence.views import SourceRef
from oneplace.frameworks import UnknownFramework, UnknownGrade, edition, grade_label
from oneplace.wording import day

# The date in a file's name is the day on which the file was put up. That is often some days from the day
# of publication: a difference of up to a week says nothing about either.
_FILE_NAME_SLACK = dt.timedelta(days=7)
_TITLES = re.compile(r"\b(senior|her|his|majesty['’]?s|inspectors?|hmi|shmi|mr|mrs|ms|dr)\b")
_RANK_ELSEWHERE, _RANK_THIRD_PARTY = 1, 3
_JUDGEMENT = "judgement:"
_FIELDS = {
    "published": "the day of publication",
    "inspection_start": "the first day of the inspection",
    "inspection_end": "the last day of the inspection",
    "lead_inspector": "who led the inspection",
    "framework": "the kind of inspection",
    "improve": "how many points must improve",
}
_PUBLISHED_RANK = {"text": 0, "list": _RANK_ELSEWHERE, "filename": 2}


@dataclass(frozen=True, slots=True)
class Value:
    """One statement's word on a field: the words, whose they are, and the statement."""

    words: str
    said: Said
    source: SourceRef


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which statements differ: the value that stands, and each different one once."""

    field: str
    stands: Value
    others: tuple[Value, ...]


def published_rank(said: Said) -> int:
    """Printed in the report, then the inspectorate's table, then a file's name, then others' tables."""
    return published_order(said.standing, said.statement.published_source)


def published_order(standing: int, published_source: str | None) -> int:
    """The same, from a release's standing and where its statement found the date. 0 is the best."""
    if standing == THIRD_PARTY:
        return _RANK_THIRD_PARTY
    return _PUBLISHED_RANK.get(published_source or "", _RANK_ELSEWHERE)


def best_published(group: list[Said]) -> Said | None:
    """The statement whose date of publication stands; None where none gives one."""
    dated = [said for said in group if said.statement.published]
    return min(dated, key=published_rank, default=None)


def field_in_words(field: str, said: Said) -> str:
    """What the statements differ on, as a sentence has it: "the day of publication", "care leavers"."""
    if not field.startswith(_JUDGEMENT):
        return _FIELDS.get(field, field.replace("_", " "))
    identity = field.removeprefix(_JUDGEMENT)
    for each in said.judgements:
        if identity == question_identity(each.question_key, each.question, each.subject):
            return f"{each.question} ({each.subject})" if each.subject else each.question
    return identity.removeprefix("other:").replace("_", " ")


def value_in_words(field: str, words: str, said: Said) -> str:
    """A grade by its label, a day as people write it, a kind of inspection by its name; else the words."""
    statement = said.statement
    try:
        if field.startswith(_JUDGEMENT):
            return grade_label(edition(statement.framework, statement.inspection_start), words)
        if field == "framework":
            return edition(words, statement.inspection_start).name
        return day(dt.date.fromisoformat(words))
    except (UnknownFramework, UnknownGrade, ValueError):
        return words


def conflicts(group: list[Said]) -> tuple[Conflict, ...]:
    """Every field on which the group, the best standing first, does not agree.

    Only like is held against like: a question that another statement does not have is no difference,
    with one exception. Where a report has one judgement on children in care and care leavers together,
    a table that gives either of the two is held against it.
    """
    if len(group) < 2:
        return ()
    return tuple(
        conflict
        for conflict in (
            _published(group),
            _field(group, "inspection_start", _day("inspection_start")),
            _field(group, "inspection_end", _day("inspection_end")),
            _field(group, "lead_inspector", lambda said: said.statement.lead_inspector, plain_name),
            _field(group, "framework", lambda said: said.statement.framework),
            *_judgements(group),
            _improve(group),
        )
        if conflict is not None
    )


def _published(group: list[Said]) -> Conflict | None:
    best = best_published(group)
    if best is None:
        return None
    ordered = sorted((said for said in group if said.statement.published), key=published_rank)
    values = [
        Value(said.statement.published.isoformat(), said, said.source())
        for said in ordered
        if said.statement.published is not None and not _is_slack(best, said)
    ]
    return _conflict("published", values)


def _is_slack(best: Said, other: Said) -> bool:
    assert best.statement.published is not None
    assert other.statement.published is not None
    gap = abs(best.statement.published - other.statement.published)
    by_name = "filename" in (best.statement.published_source, other.statement.published_source)
    return bool(gap) and by_name and gap <= _FILE_NAME_SLACK


def _day(name: str) -> Callable[[Said], str]:
    def words(said: Said) -> str:
        value: dt.date | None = getattr(said.statement, name)
        return value.isoformat() if value else ""

    return words


def plain_name(words: str) -> str:
    """A name without titles, accents of style and order of "A; B", for comparing."""
    names = (_TITLES.sub("", name) for name in re.split(r"[;,/]| and ", words.casefold()))
    words_only = (" ".join(re.findall(r"[a-z]+", name)) for name in names)
    return ";".join(sorted(name for name in words_only if name))


def _field(
    group: list[Said],
    name: str,
    words: Callable[[Said], str],
    alike: Callable[[str], str] = str,
) -> Conflict | None:
    return _conflict(name, [Value(words(s), s, s.source()) for s in group if words(s)], alike)


def _conflict(name: str, values: list[Value], alike: Callable[[str], str] = str) -> Conflict | None:
    if not values:
        return None
    stands, seen, others = values[0], {alike(values[0].words)}, []
    for value in values[1:]:
        if alike(value.words) not in seen:
            seen.add(alike(value.words))
            others.append(value)
    return Conflict(name, stands, tuple(others)) if others else None


def question_identity(question_key: str, question: str, subject: str = "") -> str:
    """What makes two judgements answers to one question: the key, or the words where the key is "other".

    Of a part of the body, that part too: "overall (Maternity)".
    """
    words = f"other:{' '.join(question.casefold().split())}" if question_key == "other" else question_key
    return f"{words} ({subject})" if subject else words


def _judgements(group: list[Said]) -> Iterator[Conflict]:
    stands: dict[str, Value] = {}
    others: dict[str, list[Value]] = {}
    for said in group:
        for judgement in said.judgements:
            value = Value(judgement.grade, said, said.source(judgement))
            key = question_identity(judgement.question_key, judgement.question, judgement.subject)
            if key in ("care", "care_leavers") and key not in stands and "care_and_leavers" in stands:
                key = "care_and_leavers"
            first = stands.setdefault(key, value)
            if value.words != first.words:
                others.setdefault(key, []).append(value)
    for key, different in others.items():
        if conflict := _conflict(f"{_JUDGEMENT}{key}", [stands[key], *different]):
            yield conflict


def _improve(group: list[Said]) -> Conflict | None:
    """How many things must improve, where two statements that list them count differently."""
    return _conflict(
        "improve",
        [
            Value(f"{len(said.recommendations)} listed", said, said.source())
            for said in group
            if said.recommendations
        ],
    )
