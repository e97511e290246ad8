"""Questions to ask, made from the record by the forms of `questions.toml`, each with the fact that it rests on."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from oneplace.evidence.brief import BriefSource, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: `text` with the fact's words in braces, `when` it is used, in words, `most` questions of it."""

    key: str
    text: str
    when: str
    most: int


@cache
def forms() -> dict[str, Form]:
    """Every form by its key, in the order of the questions."""
    found = tomllib.loads(files("oneplace.website").joinpath("questions.toml").read_text("utf-8"))
    return {each["key"]: Form(**each) for each in found["forms"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A fact that a question rests on: the form's key, the words for its braces, the source, and its place here."""

    key: str
    words: tuple[tuple[str, str], ...]
    sources: tuple[BriefSource, ...]
    anchor: str


def ground(key: str, sources: tuple[BriefSource, ...], anchor: str, **words: str) -> Ground:
    """A ground, with its words by name."""
    return Ground(key=key, words=tuple(sorted(words.items())), sources=sources, anchor=anchor)


def questions(grounds: list[Ground]) -> tuple[Fact, ...]:
    """The questions in the order of the forms, of each form no more than it allows."""
    order = list(forms())
    asked: Counter[str] = Counter()
    found = []
    for each in sorted(grounds, key=lambda one: order.index(one.key)):
        form = forms()[each.key]
        if asked[each.key] < form.most:
            asked[each.key] += 1
            found.append(
                Fact(text=form.text.format(**dict(each.words)), sources=each.sources, anchor=each.anchor)
            )
    return tuple(found)
