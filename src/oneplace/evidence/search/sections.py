"""The part of a report that a passage stands in, and what standing there says of it. Plain Python, no Django."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

# "" where the place says neither.
Stance = Literal["", "strength", "weakness"]

IMPROVE, LOOKS_BACK, STRENGTHS = "improve", "looks_back", "strengths"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of reports. `questions` are the judgements that may be on it, the first given one counts."""

    key: str
    label: str
    patterns: tuple[re.Pattern[str], ...]
    questions: tuple[str, ...]


@cache
def sections() -> dict[str, Section]:
    """Every part by key, in the order of the filter."""
    return {
        each["key"]: Section(
            key=each["key"],
            label=each["label"],
            patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in each.get("patterns", ())),
            questions=tuple(each.get("questions", ())),
        )
        for each in _file()["sections"]
    }


@lru_cache(maxsize=4096)
def section_of(heading: str) -> Section:
    """The part that a printed heading stands over."""
    return next(
        each
        for each in sections().values()
        if any(pattern.search(heading.strip()) for pattern in each.patterns)
    )


@lru_cache(maxsize=4096)
def place_of(heading: str) -> Stance:
    """What it says of a passage to stand under a printed heading."""
    for stance, patterns in _file()["places"].items():
        if any(re.search(pattern, heading.strip(), re.IGNORECASE) for pattern in patterns):
            return cast(Stance, stance)
    return ""


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("oneplace.evidence.search").joinpath("sections.toml").read_text("utf-8"))
