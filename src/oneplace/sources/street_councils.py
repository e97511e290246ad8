"""Which council a small area's name is of, on a day, and which force serves it: from `police_street.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from oneplace.sources.facts import facts_in

FACTS = "police_street.toml"


@dataclass(frozen=True, slots=True)
class Council:
    """A council by the code of the Office for National Statistics, and the short name of its force."""

    code: str
    force: str
    until: dt.date | None  # the first day without it
    then: str | None  # the name of what took its place


@cache
def forces() -> frozenset[str]:
    """Every territorial force of England: "kent", "hampshire-and-isle-of-wight", "city-of-london"."""
    return frozenset(council.force for council in _councils().values())


def council_names() -> tuple[tuple[str, str], ...]:
    """Every council that is there today, as small areas are named, with its force: ("Ashford", "Kent Police")."""
    today = [(name, said) for name, said in _said().items() if "until" not in said]
    return tuple((name, f"{said['force'].replace('-', ' ').title()} Police") for name, said in today)


def council_of(name: str, on: dt.date) -> Council | None:
    """The council there on a day: "Hambleton" is North Yorkshire since April 2023. None: nobody knows it."""
    found = _councils().get(_folded(name))
    while found and found.until and found.then and on >= found.until:
        found = _councils()[_folded(found.then)]
    return found


def force_of(name: str) -> str:
    """A force's short name: "Kent Police" is "kent", "Gloucestershire Constabulary" is "gloucestershire"."""
    area = re.sub(r" (Police Service|Police|Constabulary)$", "", name.replace("&", "and"))
    short = "-".join(re.findall(r"[a-z]+", area.casefold()))
    # Hampshire's force took the island into its name in 2022.
    return "hampshire-and-isle-of-wight" if short == "hampshire" else short


@cache
def _councils() -> Mapping[str, Council]:
    found = {}
    for name, said in _said().items():
        council = Council(said["code"], said["force"], said.get("until"), said.get("then"))
        found.update({_folded(each): council for each in (name, *said.get("names", ()))})
    return MappingProxyType(found)


def _said() -> dict[str, dict[str, Any]]:
    councils: dict[str, dict[str, Any]] = facts_in(FACTS)["councils"]
    return councils


def _folded(name: str) -> str:
    """ "Bristol, City of" and "Bristol" fold alike, and so do "St. Helens" and "St Helens"."""
    plain = re.sub(r", (city|county) of$", "", name.casefold())
    return " ".join(re.findall(r"[a-z]+", plain.replace("&", " and ").replace("'", "")))
