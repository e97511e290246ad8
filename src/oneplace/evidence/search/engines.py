"""The full text of both databases behind one set of functions: SQLite's FTS5, and PostgreSQL's tsvector with GIN.

Both are given words of the same sort and stem by the same rules (migration 0005), so both find the same
passages. Their order by fit differs: bm25 there, `ts_rank` here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection

from oneplace.evidence.search.typed import Query
from oneplace.evidence.search.words import Term, without_apostrophes, words_of

# A passage's statement, kind, ordinal, section and place; with its key before them once it has one.
Row = tuple[int, int, int, str, str]
# All its words, those of praise, those of criticism: the columns of the full text.
Texts = tuple[str, str, str]
Column = Literal["words", "strengths", "weaknesses"]

_COLUMNS = ("words", "strengths", "weaknesses")
_ROW = "id, statement_id, kind, ordinal, section, place"
_CONFIGURATION = "evidence_words"


@dataclass(frozen=True, slots=True)
class Matching:
    """The passages that a query finds, as SQL: what stands after FROM, after WHERE, and after ORDER BY for fit."""

    tables: str
    where: str
    parameters: tuple[Any, ...]
    fit: str
    fit_parameters: tuple[Any, ...]


def add(rows: Sequence[tuple[int, int, int, int, str, str]], texts: Sequence[Texts]) -> None:
    """Add passages with their words."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO evidence_passage ({_ROW}) VALUES (%s, %s, %s, %s, %s, %s)", rows)
            cursor.executemany(
                "INSERT INTO evidence_passage_words (rowid, words, strengths, weaknesses) VALUES (%s, %s, %s, %s)",
                [(row[0], *map(without_apostrophes, each)) for row, each in zip(rows, texts, strict=True)],
            )
            return
        columns = [list(column) for column in zip(*rows, strict=True)]
        columns += [[" ".join(words_of(text)) for text in column] for column in zip(*texts, strict=True)]
        types = ("bigint", "bigint", "smallint", "integer", "text", "text", "text", "text", "text")
        given = ", ".join(f"%s::{each}[]" for each in types)
        cursor.execute(
            f"INSERT INTO evidence_passage ({_ROW}, words, strengths, weaknesses) "
            "SELECT a, b, c, d, e, f, "
            + ", ".join(f"to_tsvector('{_CONFIGURATION}', {each})" for each in "ghi")
            + f" FROM unnest({given}) AS t(a, b, c, d, e, f, g, h, i)",
            columns,
        )


def matching(query: Query, column: Column = "words") -> Matching:
    """What finds the passages in which a query is met, in all their words or in one sort of them.

    What must not be there must be nowhere in the passage.
    """
    if connection.vendor == "sqlite":
        wanted = " AND ".join(f"({' OR '.join(map(_for_fts5, either))})" for either in query.all_of)
        expression = f"{{{column}}} : ({wanted})"
        if query.none_of:
            expression = f"({expression}) NOT ({{words}} : ({' OR '.join(map(_for_fts5, query.none_of))}))"
        # The cross join keeps the order: first what the words find, then whose each is.
        return Matching(
            "evidence_passage_words CROSS JOIN evidence_passage p ON p.id = evidence_passage_words.rowid",
            "evidence_passage_words MATCH %s",
            (expression,),
            "evidence_passage_words.rank",
            (),
        )
    expression, parameters = _all_of(query)
    where = f"p.{column} @@ ({expression})"
    given = parameters
    if query.none_of:
        refused = " || ".join(_for_postgresql(term) for term in query.none_of)
        where += f" AND NOT p.words @@ ({refused})"
        given += tuple(_value(term) for term in query.none_of)
    return Matching(
        "evidence_passage p", where, given, f"-ts_rank(p.{column}, ({expression}), 1)", parameters
    )


def among(expression: str, values: Sequence[int] | Sequence[str]) -> tuple[str, Any]:
    """SQL for "is one of these", of any number of them, and its parameter."""
    if connection.vendor == "sqlite":
        # A JSON text of numbers or of words that we made: neither has a quotation mark in it.
        listed = ",".join(str(each) if isinstance(each, int) else f'"{each}"' for each in values)
        return f"{expression} IN (SELECT value FROM json_each(%s))", f"[{listed}]"
    return f"{expression} = ANY(%s)", list(values)


def pairs(numbers: Iterable[tuple[int, int]]) -> tuple[str, tuple[Any, ...]]:
    """SQL for a table `w` of these pairs, its columns `a` and `b`, and its parameters."""
    listed = list(numbers)
    if connection.vendor == "sqlite":
        both = "json_extract(value, '$[0]') AS a, json_extract(value, '$[1]') AS b"
        return f"(SELECT {both} FROM json_each(%s)) AS w", (str([list(pair) for pair in listed]),)
    first, second = ([pair[n] for pair in listed] for n in (0, 1))
    return "unnest(%s::bigint[], %s::integer[]) AS w(a, b)", (first, second)


def vocabulary() -> dict[str, int]:
    """Every stem of the index, with the number of passages that have it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Of several columns: a passage counts once in each, and the first has them all.
            cursor.execute("SELECT term, doc FROM evidence_passage_stems")
        else:
            cursor.execute("SELECT word, ndoc FROM ts_stat('SELECT words FROM evidence_passage')")
        return dict(cursor.fetchall())


def a_passage_with(found_stem: str) -> int | None:
    """The key of some passage that has a stem."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT doc FROM evidence_passage_places WHERE term = %s LIMIT 1", [found_stem])
        else:
            lexeme = "'" + found_stem.replace("'", "''") + "'"
            cursor.execute(
                "SELECT id FROM evidence_passage WHERE words @@ %s::tsquery ORDER BY id LIMIT 1", [lexeme]
            )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _for_fts5(term: Term) -> str:
    """A term as FTS5 reads it: words are letters and digits alone, so nothing in them is an operator."""
    return f'"{" ".join(term.words)}"' + (" *" if term.begins else "")


def _all_of(query: Query) -> tuple[str, tuple[Any, ...]]:
    every = []
    parameters: list[Any] = []
    for either in query.all_of:
        every.append(f"({' || '.join(_for_postgresql(term) for term in either)})")
        parameters += [_value(term) for term in either]
    return " && ".join(every), tuple(parameters)


def _for_postgresql(term: Term) -> str:
    return f"{'to_tsquery' if term.begins else 'phraseto_tsquery'}('{_CONFIGURATION}', %s)"


def _value(term: Term) -> str:
    if not term.begins:
        return " ".join(term.words)
    *before, last = (f"'{word}'" for word in term.words)
    return " <-> ".join((*before, f"{last}:*"))
