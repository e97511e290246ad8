"""Which provider names of the Care Quality Commission may be shown: many a provider is a person.

The commission registers people and partnerships of people under their own names, with or without "Mrs". Only
the care directory says who is one. Elsewhere a name is shown where a word in it says that it is a body's.
"""

from __future__ import annotations

import re

from oneplace.sources.facts import facts_in

_WORDS = facts_in("cqc_names.toml")
_TITLES, _FORMS = frozenset(_WORDS["titles"]), frozenset(_WORDS["forms"])
_OF_A_BODY = _FORMS | frozenset(_WORDS["of_a_body"])


def public_name(name: str, number: str, ownership: str = "") -> tuple[str, bool]:
    """What a provider is called, and whether that is its number because the name is, or may be, a person's.

    `number` is the commission's. `ownership` is as the care directory has it ("Individual", "Partnership",
    "Organisation", "NHS Body"), "" where the publication does not say.
    """
    if ownership in ("Organisation", "NHS Body") and name:
        return name, False
    if not name or ownership == "Individual" or _may_be_a_person(name):
        return f"Provider {number.upper()}", True
    return name, False


def _may_be_a_person(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name.casefold().replace(".", " ").replace("'", "").replace("’", ""))
    if _TITLES.intersection(words):
        return not _FORMS.intersection(words)
    return len(words) > 1 and not _OF_A_BODY.intersection(words)
