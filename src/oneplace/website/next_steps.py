"""What a reader can do about a service, from `next_steps.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """How to complain, by which law; who looks at it then; which meeting asks about the service ("" for none).

    `or_then` looks at complaints of another sort, where there are two.
    """

    complain: str
    complain_source: str
    then: str
    then_url: str
    meeting: str
    or_then: str = ""
    or_then_url: str = ""


def next_steps(service: str) -> NextSteps:
    """Those of a service, by its key."""
    return _all()[service]


@cache
def _all() -> dict[str, NextSteps]:
    found = tomllib.loads(files("oneplace.website").joinpath("next_steps.toml").read_text("utf-8"))
    return {
        service: NextSteps(**{name: value for name, value in each.items() if name != "services"})
        for each in found["steps"]
        for service in each["services"]
    }
