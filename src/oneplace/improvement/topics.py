"""What a thing to improve is about: sector topics and telling words, each with a weight.

The topics and their phrases are ours, in `topics.toml`; how often each stands in inspection reports is
counted, in `frequencies.json`. What few reports say ("private fostering") tells two points apart far better
than what most of them say ("quality", "plans"), so a weight is the logarithm of how rare a thing is.
Plain Python, no Django.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import snowballstemmer

Kind = Literal["subject", "children", "aspect"]

# Whom a point is about, and in what respect, says less than what is to be done.
WEIGHT_OF_KIND: dict[Kind, float] = {"subject": 1.0, "children": 0.4, "aspect": 0.2}
# "Supervision, so that plans progress" is about supervision: what follows "so that" counts half.
WEIGHT_OF_A_PURPOSE = 0.5
# "…" in a phrase.
GAP = 4

_WORD = re.compile(r"[a-z0-9]+")
_PHRASE_WORD = re.compile(r"…|=?[a-z0-9]+")
_POSSESSIVE = re.compile(r"[’']s?\b")
_LIMB = re.compile(r"\s[•–]\s")
_PURPOSE = re.compile(
    r"\b(?:so that|in order to|in order that|so as to|to ensure|ensuring that|to make sure|to inform|to enable)\b",
    re.IGNORECASE,
)
# "Ensure that …" and "Progress is made so that" open a point; the purpose can only come after it.
_OPENING = re.compile(r"^\s*(?:to )?(?:ensure|make sure)(?: that)?\s", re.IGNORECASE)
_FIRST_WORDS = 15
_LONG_LEAD_IN = 200
_SAYING_NOTHING = """
    a all an and are as at be by for from has have in is it not of on or so that the their they this to when where
    which who with
"""
_EMPTY_WORDS = frozenset(_SAYING_NOTHING.split())


class TopicsError(ValueError):
    """A topic of `topics.toml` that says too little or names one that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic. A phrase is a sequence of stems; "=word" is matched as written, "…" is a gap."""

    key: str
    name: str
    kind: Kind
    phrases: tuple[tuple[str, ...], ...]
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, lower case, and its stem."""

    written: str
    stem: str

    @property
    def tells(self) -> bool:
        """Whether it says anything by itself: "the" and "2" do not."""
        return self.written not in _EMPTY_WORDS and not self.written.isdigit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """In how many of `points` things to improve each topic and each stem stands."""

    points: int
    topics: Mapping[str, int]
    stems: Mapping[str, int]

    def topic_weight(self, key: str) -> float:
        return math.log((self.points + 1) / (self.topics.get(key, 0) + 1))

    def stem_weight(self, stem: str) -> float:
        return math.log((self.points + 1) / (self.stems.get(stem, 1) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What one point, or one limb of a point that lists several, is about: weights by topic and by stem.

    `written` gives a word of the text for each stem.
    """

    topics: dict[str, float]
    stems: dict[str, float]
    written: dict[str, str]


@cache
def topics() -> dict[str, Topic]:
    """Every topic by key, in the order of the file."""
    found: dict[str, Topic] = {}
    for row in _file()["topic"]:
        phrases = tuple(tuple(_phrase(phrase)) for phrase in row["phrases"])
        kind = row.get("kind", "subject")
        if kind not in WEIGHT_OF_KIND:
            raise TopicsError(
                f"topics.toml: {row['key']} is of kind {kind!r}; use one of {', '.join(WEIGHT_OF_KIND)}."
            )
        if not all(phrases) or any(phrase[0] == "…" or phrase[-1] == "…" for phrase in phrases):
            raise TopicsError(f"topics.toml: a phrase of {row['key']} is empty or starts or ends with a gap.")
        if row["key"] in found:
            raise TopicsError(f"topics.toml: {row['key']} stands there twice; join the two.")
        found[row["key"]] = Topic(
            key=row["key"],
            name=row["name"],
            kind=kind,
            phrases=phrases,
            within=tuple(row.get("within", ())),
        )
    for topic in found.values():
        for wider in topic.within:
            if wider not in found:
                raise TopicsError(f"topics.toml: {topic.key} is within {wider}, which is no topic.")
    return found


def topics_of(text: str) -> frozenset[str]:
    """The keys of the topics that a text speaks of: {"private_fostering", "assessments"}."""
    return frozenset(_topics_in(words(text)))


def gists(text: str, frequencies: Frequencies) -> tuple[Gist, ...]:
    """What a point is about; one gist for each limb of a point that lists several under one sentence."""
    return tuple(_gist(limb, frequencies) for limb in _limbs(text))


def words(text: str) -> list[Word]:
    """The words of a text in order, abbreviations written out, possessive endings left off."""
    return [Word(written, _stem(written)) for written in _written(text)]


@cache
def published_frequencies() -> Frequencies:
    """As counted over the reports that the product was made with, 2013 to 2026."""
    counted = json.loads(files("oneplace.improvement").joinpath("frequencies.json").read_text("utf-8"))
    return Frequencies(points=counted["points"], topics=counted["topics"], stems=counted["stems"])


def count(texts: Iterable[str]) -> Frequencies:
    """Frequencies over these points. A stem that stands in one only is as rare as one not seen: left out."""
    points = 0
    by_topic: Counter[str] = Counter()
    by_stem: Counter[str] = Counter()
    for text in texts:
        points += 1
        found = words(text)
        by_topic.update(_topics_in(found).keys())
        by_stem.update({word.stem for word in found if word.tells})
    return Frequencies(
        points=points, topics=dict(by_topic), stems={s: n for s, n in by_stem.items() if n > 1}
    )


def _gist(text: str, frequencies: Frequencies) -> Gist:
    opening = _OPENING.match(text)
    body = text[opening.end() :] if opening else text
    purpose = _PURPOSE.search(body, _FIRST_WORDS)
    parts = (
        [(body[: purpose.start()], 1.0), (body[purpose.start() :], WEIGHT_OF_A_PURPOSE)]
        if purpose
        else [(body, 1.0)]
    )
    by_topic: dict[str, float] = {}
    by_stem: dict[str, float] = {}
    written: dict[str, str] = {}
    for part, share in parts:
        found = words(part)
        for key in _topics_in(found):
            kind = WEIGHT_OF_KIND[topics()[key].kind]
            by_topic.setdefault(key, share * kind * frequencies.topic_weight(key))
        for word in found:
            if word.tells:
                by_stem.setdefault(word.stem, share * frequencies.stem_weight(word.stem))
                written.setdefault(word.stem, word.written)
    return Gist(topics=by_topic, stems=by_stem, written=written)


def _limbs(text: str) -> list[str]:
    """ "Oversight of: – private fostering – permanence" is two points under one lead-in."""
    lead_in, *limbs = _LIMB.split(text)
    if len(limbs) < 2:
        return [text]
    if len(lead_in) < _LONG_LEAD_IN:
        return [f"{lead_in} {limb}" for limb in limbs]
    return [lead_in, *limbs]


def _topics_in(found: list[Word]) -> dict[str, None]:
    """Keys in the order in which their phrases stand; a topic's wider ones after it."""
    keys: dict[str, None] = {}
    by_first = _by_first_word()
    for start, word in enumerate(found):
        for first in (word.stem, f"={word.written}"):
            for phrase, key in by_first.get(first, ()):
                if key not in keys and _stands(phrase, found, start):
                    keys[key] = None
                    keys.update(dict.fromkeys(topics()[key].within))
    return keys


def _stands(phrase: tuple[str, ...], found: list[Word], start: int) -> bool:
    at = start
    gap = 0
    for wanted in phrase:
        if wanted == "…":
            gap = GAP
            continue
        here = next((i for i in range(at, min(at + gap + 1, len(found))) if _is(found[i], wanted)), None)
        if here is None:
            return False
        at, gap = here + 1, 0
    return True


def _is(word: Word, wanted: str) -> bool:
    return word.written == wanted[1:] if wanted[0] == "=" else word.stem == wanted


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for topic in topics().values():
        for phrase in topic.phrases:
            index.setdefault(phrase[0], []).append((phrase, topic.key))
    return index


def _phrase(text: str) -> Iterator[str]:
    for word in _PHRASE_WORD.findall(_POSSESSIVE.sub("", text.lower())):
        yield word if word == "…" or word[0] == "=" else _stem(word)


def _written(text: str) -> Iterator[str]:
    for word in _WORD.findall(_POSSESSIVE.sub("", text.lower())):
        yield from _abbreviations().get(word, (word,))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Each abbreviation, and its plural, as the words it stands for."""
    written_out: dict[str, tuple[str, ...]] = {}
    for short, long in _file()["abbreviations"].items():
        written_out[short] = written_out[f"{short}s"] = tuple(_WORD.findall(long.lower()))
    return written_out


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("oneplace.improvement").joinpath("topics.toml").read_text("utf-8"))
