"""Our own words are plain: an eleven- or twelve-year-old can read them. Inspectors' words are theirs.

The measure is Flesch and Kincaid's grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59, which is the
years of school that a text takes; reading age is about five more. Syllables are counted as groups of vowels. One
sentence says little, so each text is measured as a whole, and the hardest sentences are named where it fails.
"""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from oneplace.evidence.queries import flag_rules
from oneplace.frameworks import frameworks
from oneplace.website.next_steps import next_steps
from oneplace.website.services import services

TEMPLATES = Path(__file__).parents[3] / "src/oneplace/website/templates"
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "plain_language_exceptions.toml").read_text("utf-8"))
AGE = 12.0
FIVE = 5.0  # from years of school to years of age
# From GOV.UK's list of words to avoid, those that may be met in our subject.
AVOIDED = (
    "agenda", "collaborate", "combating", "deliver", "deliverables", "deploy", "dialogue", "disincentivise",
    "empower", "facilitate", "foster change", "going forward", "impact on", "in order to", "incentivise",
    "initiate", "leverage", "liaise", "one-stop shop", "overarching", "robust", "slimming down", "streamline",
    "strengthening", "tackling", "transforming", "utilise", "ring fencing", "key finding", "advancing",
)  # fmt: skip
# Texts shorter than this tell nothing.
_FEWEST = 3


def _plain(template: str) -> str:
    """What a template says itself: paragraphs, list items and headings, a blank line between them."""
    text = re.sub(r"\{%-?\s*(macro|block title).*?%\}", "", template, flags=re.S)
    text = re.sub(r"</?(p|li|h[1-6]|dt|dd|div|summary|td|th)\b[^>]*>", "\n\n", text)
    text = re.sub(r"\{\{.*?\}\}", "it", text, flags=re.S)
    text = re.sub(r"\{[%#].*?[%#]\}", " ", text, flags=re.S)
    text = unescape(re.sub(r"<[^>]+>", " ", text))
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _sentences(text: str) -> list[str]:
    """Sentences of five words or more; a heading or a label is none."""
    found = [each.strip() for part in text.split("\n\n") for each in re.split(r"(?<=[.!?:])\s+", part)]
    return [each for each in found if len(_words(each)) >= 5 and each not in EXCEPTIONS["sentences"]]


def _words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z’']+", sentence)


def _syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.casefold())
    plain = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouyscxzgh])es$", "", plain)
    return max(len(re.findall(r"[aeiouy]+", plain)), 1)


def reading_age(sentences: list[str]) -> float:
    """In years."""
    # The names of what the site is about cannot be said more simply.
    names = set(EXCEPTIONS["words"])
    words = [word for each in sentences for word in _words(each)]
    syllables = sum(2 if word.casefold() in names else _syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + FIVE


def _texts() -> dict[str, str]:
    found = {path.name: _plain(path.read_text("utf-8")) for path in sorted(TEMPLATES.glob("*.html"))}
    found["frameworks"] = "\n\n".join(each.description for each in frameworks().values())
    found["frameworks, grades"] = "\n\n".join(
        dict.fromkeys(grade.explanation for each in frameworks().values() for grade in each.grades)
    )
    found["frameworks, how often"] = "\n\n".join(each.cadence.text for each in frameworks().values())
    found["flags/rules.toml"] = "\n\n".join(
        part for rule in flag_rules() for part in (rule.threshold, rule.lowered, rule.why)
    )
    steps = [next_steps(each.key) for each in services()]
    found["next_steps.toml"] = "\n\n".join(dict.fromkeys(each.complain for each in steps))
    return {name: text for name, text in found.items() if len(_sentences(text)) >= _FEWEST}


TEXTS = _texts()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_ours_can_be_read_at_about_twelve(name: str) -> None:
    sentences = _sentences(TEXTS[name])
    most = EXCEPTIONS["ages"].get(name, {"age": AGE})["age"]
    worst = sorted(sentences, key=lambda each: reading_age([each]), reverse=True)[:5]
    found = reading_age(sentences)
    assert found <= most, f"{name}: {found:.1f} years. The hardest:\n" + "\n".join(worst)


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_of_ours_has_a_word_to_avoid(name: str) -> None:
    text = " ".join(_sentences(TEXTS[name])).casefold()
    assert not [word for word in AVOIDED if re.search(rf"\b{re.escape(word)}\b", text)]


def test_the_measure_tells_plain_from_hard() -> None:
    plain = ["The cat sat on the mat.", "It was a sunny day in the town."]
    hard = ["Multidisciplinary collaboration facilitates organisational transformation across authorities."]
    assert reading_age(plain) < 8
    assert reading_age(hard) > 18


def test_every_exception_says_why_and_is_still_needed() -> None:
    for name, one in EXCEPTIONS["ages"].items():
        assert one["why"]
        assert reading_age(_sentences(TEXTS[name])) > AGE, f"{name} needs no exception any more"
