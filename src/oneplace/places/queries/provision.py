"""Who provides what in an area: the council itself, the county's, a joint body, or nobody here."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from oneplace.places.queries.areas import AreaView, area, districts
from oneplace.places.queries.around import Around, around
from oneplace.places.queries.bodies import SERVES, STANDS_IN

# "own": the area's own council. "county": the county council. "districts": each district, in a county. "joint": a
# body that serves several councils, or that is no council. "elsewhere": nobody here. "not_held": somebody, and the
# record does not say who.
Provider = Literal["own", "county", "districts", "joint", "elsewhere", "not_held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """Who is responsible for a service in an area.

    `key` names the service ("waste_disposal"), `service` the word that inspections and statistics have for it
    ("waste"). `bodies` are the identifiers of those who are; for "elsewhere" of those that stand in the area.
    `rule` is the law that says so, in words.
    """

    key: str
    service: str
    title: str
    provider: Provider
    bodies: tuple[str, ...]
    rule: str
    note: str = ""

    @property
    def is_provided_here(self) -> bool:
        """Whether the area's own council provides it: a district has no children's services of its own."""
        return self.provider == "own"


def provision(area_id: str | AreaView, on: dt.date, near: Around | None = None) -> tuple[Provision, ...]:
    """Every service and who is responsible for it in an area on a day, in the order of pages.

    `near` are the bodies around it on that day, where the caller has them already.

    () for an area that nobody knows or that was not there, and for a combined authority, whose councils keep
    their services. Joint bodies are those of today: for an earlier day one that had not been opened, or had
    closed, is left out, and the service is "not_held".
    """
    found = area_id if isinstance(area_id, AreaView) else area(area_id)
    if found is None or not found.existed(on):
        return ()
    rules = [each for each in _rules() if found.kind in each["by"]]
    there = _there(near or around(found.area_id, on), on)
    return tuple(_provision(each, found, on, there) for each in rules)


def _there(near: Around, on: dt.date) -> dict[tuple[str, str], tuple[str, ...]]:
    """(kind, role) → the bodies that serve the area, or stand in it, and were open on the day."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for role, bodies in ((SERVES, near.serving), (STANDS_IN, near.standing)):
        for body in bodies:
            if body.was_open(on):
                found[body.kind, role].append(body.body_id)
    return {key: tuple(ids) for key, ids in found.items()}


def _provision(
    rule: Mapping[str, Any], found: AreaView, on: dt.date, there: Mapping[tuple[str, str], tuple[str, ...]]
) -> Provision:
    joint = there.get((rule.get("kind", ""), SERVES), ())
    provider, responsible = _responsible(rule["by"][found.kind], found, on, joint)
    if rule["key"] == "prisons":
        responsible = there.get(("prison", STANDS_IN), ())
    return Provision(
        key=rule["key"],
        service=rule["service"],
        title=rule["title"],
        provider=provider,
        bodies=responsible,
        rule=rule["rule"],
        note=rule.get("note", ""),
    )


def _responsible(
    by: str, found: AreaView, on: dt.date, joint: tuple[str, ...]
) -> tuple[Provider, tuple[str, ...]]:
    if by.startswith("joint") and joint:
        return "joint", joint
    if by in ("own", "joint_or_own"):
        return "own", (found.area_id,)
    if by in ("county", "joint_or_county") and found.county:
        return "county", (found.county,)
    if by == "districts":
        return "districts", tuple(each.area_id for each in districts(found.area_id, on))
    return ("elsewhere", ()) if by == "elsewhere" else ("not_held", ())


@cache
def _rules() -> tuple[Mapping[str, Any], ...]:
    text = files("oneplace.places").joinpath("provision.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["provision"])
