"""The public services in the order of the pages, from `services.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from oneplace.frameworks import Service as ServiceKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: `headline` are the keys of measures shown first, `counted` kinds of body counted where they stand.

    `asked_for_as`: what people call it beside the name of a place.
    `listed` are kinds of which an area has one or two: each is shown with its grades, as those that serve it are.
    `same`: measures that are one number, out of tables of which one goes further than the other.
    `of_2009`: how the subjects of the inspectorates' own flags of 2009 begin that are this service's.
    """

    key: ServiceKey
    label: str
    asked_for_as: tuple[str, ...]
    headline: tuple[str, ...]
    counted: tuple[str, ...]
    listed: tuple[str, ...]
    of_2009: tuple[str, ...]
    same: tuple[frozenset[str], ...]

    @property
    def slug(self) -> str:
        """As addresses write it: "adult-social-care"."""
        return self.key.replace("_", "-")


@cache
def services() -> tuple[Service, ...]:
    """Every service that a framework may be of, each once."""
    found = tomllib.loads(files("oneplace.website").joinpath("services.toml").read_text("utf-8"))["services"]
    listed = tuple(
        Service(
            key=each["key"],
            label=each["label"],
            asked_for_as=tuple(each["asked_for_as"]),
            headline=tuple(each["headline"]),
            counted=tuple(each["counted"]),
            listed=tuple(each.get("listed", ())),
            of_2009=tuple(each.get("of_2009", ())),
            same=tuple(map(frozenset, each.get("same", ()))),
        )
        for each in found
    )
    missing = {*get_args(ServiceKey)} ^ {each.key for each in listed}
    if missing:
        raise ValueError(f"services.toml and the frameworks' services differ: {', '.join(sorted(missing))}")
    return listed


def service_of(slug: str) -> Service | None:
    """The service whose address this is."""
    return next((each for each in services() if each.slug == slug), None)


def service_label(key: str) -> str:
    """ "Police"."""
    return next((each.label for each in services() if each.key == key), key.replace("_", " ").capitalize())
