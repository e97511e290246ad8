"""What the record does not have, worked out from the record: by service, by source, by council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import HeldFamily, held_families
from oneplace.evidence.views import AnnualReview
from oneplace.frameworks import Framework, frameworks
from oneplace.website.services import Service, services


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHeld:
    """A kind of inspection by its newest edition, and what is held of it: None where that is nothing."""

    edition: Framework
    held: HeldFamily | None

    @property
    def has_earlier(self) -> bool:
        """Is something held that was published before this edition began, under one that came before it?"""
        return bool(self.held and self.held.first and self.held.first < self.edition.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungraded:
    """Who is reviewed by name and has no grade that is held: (name, path) of each, and how many there are in all."""

    of: str
    names: tuple[tuple[str, str], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGaps:
    """One service: its kinds of inspection with nothing held, those with something, and who has no grade."""

    service: Service
    nothing: tuple[KindHeld, ...]
    something: tuple[KindHeld, ...]
    ungraded: tuple[Ungraded, ...]


def gaps(on: dt.date) -> tuple[ServiceGaps, ...]:
    """Of each service what is held and what is not, as at a day."""
    held = {each.family: each for each in held_families()}
    # Of all at once: each review on its own asks the record as much again.
    listed = [of for service in services() for of in evidence.reviews_of(service.key) if not of.is_by_area]
    reviews = tuple(zip(listed, evidence.annual_reviews(on, listed), strict=True))
    found = []
    for service in services():
        newest: dict[str, Framework] = {}
        for each in sorted(frameworks().values(), key=lambda one: one.starts, reverse=True):
            if each.service == service.key:
                newest.setdefault(each.family, each)
        kinds = [KindHeld(edition=each, held=held.get(family)) for family, each in newest.items()]
        found.append(
            ServiceGaps(
                service=service,
                nothing=tuple(each for each in kinds if each.held is None),
                something=tuple(each for each in kinds if each.held is not None),
                ungraded=_ungraded((of, review) for of, review in reviews if of.service == service.key),
            )
        )
    return tuple(found)


def _ungraded(reviews: Iterable[tuple[evidence.Reviewed, AnnualReview]]) -> tuple[Ungraded, ...]:
    found = []
    for of, review in reviews:
        without = [each for each in review.authorities if each.current is None]
        # Where nobody has a grade, the kind of inspection is named among those of which nothing is held.
        if without and len(without) < len(review.authorities):
            newest = max(
                (each for each in frameworks().values() if each.family in of.families),
                key=lambda each: each.starts,
            )
            found.append(
                Ungraded(
                    of=newest.name,
                    names=tuple((each.name, each.path) for each in without),
                    total=len(review.authorities),
                )
            )
    return tuple(found)
