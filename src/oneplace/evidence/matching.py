"""Which inspection a statement is about, and what a new inspection is called. Pure functions.

Two statements are about one inspection where publisher, body and kind are the same and

- they give the same number of the publisher's own for it (`reference`); where both give numbers and share
  none, they are two, whatever the dates say: two ratings of one day stay two; or
- the periods of fieldwork overlap or lie within 14 days of each other (the inspectorate's table gives a
  first day, a report two weeks; a report may give a second period); or
- one of the periods is not known, or cannot be right, and the dates of publication are the same; or
- they were read from the same place in the same publisher's list; or
- both are annual ratings published within 60 days of each other (one council was rated again three months
  after the others: that is another rating).

The kind is the framework's family, with a SIF re-inspection counted as a SIF, because a title does not
always say that it is one. A period that is no more than a month, a year or a round (`date_precision`) is met by
what lies within it, not by what lies near it. So a focused visit never becomes one with a full inspection, and two
inspections with one date of publication and different periods stay two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, MutableMapping
from dataclasses import dataclass
from functools import lru_cache

from oneplace.frameworks import Framework, edition
from oneplace.records import DatePrecision

NEAR = dt.timedelta(days=14)
# A report comes out after the fieldwork. The longest wait in Ofsted's list is about seven months: a
# period further back, or after publication, is a misprint in one of the two and proves nothing.
LONGEST_WAIT = dt.timedelta(days=240)
SAME_REVIEW = dt.timedelta(days=60)
# What an inspection is taken to be where the family has an edition of another name.
_ONE_KIND = {"SIF-reinspection": "SIF"}

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a statement tells about which inspection it means. `slot` is None for a row of a table."""

    publisher: str
    body_id: str
    family: str
    inspection_start: dt.date | None = None
    inspection_end: dt.date | None = None
    published: dt.date | None = None
    slot: tuple[str, str] | None = None  # (source, slot) of a release that holds one report
    reference: str = ""
    date_precision: DatePrecision = "day"

    @property
    def kind(self) -> str:
        """The family, with the families that are one kind of inspection taken together."""
        return _ONE_KIND.get(self.family, self.family)

    @property
    def key(self) -> tuple[str, str, str]:
        """Publisher, body and kind: nothing with another key can be the same inspection."""
        return self.publisher, self.body_id, self.kind

    @property
    def period(self) -> Period | None:
        """The fieldwork, where it is known and can be right for the date of publication.

        Of a period that is a month or more, `NEAR` is taken off at both ends: only what lies within is near.
        """
        known = [day for day in (self.inspection_start, self.inspection_end) if day is not None]
        if not known or min(known) != known[0]:
            return None
        if self.date_precision != "day":
            first, last = min(known), max(known)
            return (first + NEAR, last - NEAR) if last - first > 2 * NEAR else (first, last)
        # The days of a row with the publisher's own number are its system's: such a report came out late.
        is_late = bool(self.reference and self.published and self.published >= min(known))
        if self.published and not can_follow(min(known), self.published) and not is_late:
            return None
        return min(known), max(known)


def can_follow(fieldwork: dt.date, published: dt.date) -> bool:
    """Whether a report on fieldwork begun on one date can have been published on the other."""
    return dt.timedelta(0) <= published - fieldwork <= LONGEST_WAIT


@dataclass(slots=True)
class Known:
    """An inspection that the record has, as the statements about it have told so far."""

    public_id: str
    key: tuple[str, str, str]
    # Tuples, as nearly all have one of each and there may be hundreds of thousands.
    periods: tuple[Period, ...] = ()
    published: tuple[dt.date, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()

    def tells_nothing_new(self, candidate: Candidate) -> bool:
        """Whether what the candidate tells is known already."""
        return (
            (not (period := candidate.period) or period in self.periods)
            and (not candidate.published or candidate.published in self.published)
            and (not candidate.slot or candidate.slot in self.slots)
            and (not candidate.reference or candidate.reference in self.references)
        )

    def learn(self, candidate: Candidate) -> None:
        """Take in what another statement about it tells."""
        if (period := candidate.period) and period not in self.periods:
            self.periods += (period,)
        if candidate.published and candidate.published not in self.published:
            self.published += (candidate.published,)
        if candidate.slot and candidate.slot not in self.slots:
            self.slots += (candidate.slot,)
        if candidate.reference and candidate.reference not in self.references:
            self.references += (candidate.reference,)


def match(candidate: Candidate, known: Iterable[Known]) -> Known | None:
    """The inspection that the candidate speaks of, or None where it is a new one.

    Where several would do, the one with the nearest period, then the first by public identifier.
    """
    likely = [each for each in known if each.key == candidate.key and is_same(candidate, each)]
    return min(likely, key=lambda each: (_distance(candidate, each), each.public_id), default=None)


def is_same(candidate: Candidate, known: Known) -> bool:
    """Whether the candidate, of the same key, speaks of this inspection."""
    if candidate.reference and known.references:
        return candidate.reference in known.references
    if candidate.slot is not None and candidate.slot in known.slots:
        return True
    if candidate.family == "annual-rating":
        return candidate.published is not None and any(
            abs(candidate.published - day) <= SAME_REVIEW for day in known.published
        )
    if candidate.period and known.periods:
        return _distance(candidate, known) <= NEAR
    return candidate.published is not None and candidate.published in known.published


def _distance(candidate: Candidate, known: Known) -> dt.timedelta:
    """Days between the candidate's period and the nearest of the inspection's; 0 where they overlap."""
    period = candidate.period
    if period is None or not known.periods:
        return dt.timedelta.max
    return min(max(start - period[1], period[0] - end, dt.timedelta(0)) for start, end in known.periods)


@lru_cache(maxsize=4096)
def _edition(family: str, on: dt.date | None) -> Framework:
    return edition(family, on)


def _as_known(day: dt.date | None, candidate: Candidate, framework: Framework) -> str:
    """As much of the date as is known: "2018-12-14", "2018-12", "2018", or the years of a round."""
    if day is None:
        return "undated"
    if candidate.date_precision == "round":
        years = re.search(r"\d{4}(?:[/-]\d{2})?$", framework.name)
        return years[0].replace("/", "-") if years else str((candidate.inspection_start or day).year)
    first, last = candidate.inspection_start, candidate.inspection_end
    if (
        candidate.date_precision == "year"
        and not candidate.published
        and first
        and last
        and first.year < last.year
    ):
        return f"{first.year}-{last.year % 100:02}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[candidate.date_precision]]


def public_id(
    candidate: Candidate, taken: Container[str], numbers: MutableMapping[str, int] | None = None
) -> str:
    """A name for a new inspection: publisher, body and date of publication, and what sort of visit it was.

    Where the date of publication is not known it is the last day of the inspection, else the first, else
    "undated". A date of which only the month, the year or the round is known is written as that: a day that
    nobody gave would be read off the name. A name that another inspection has gets the family added, and
    then -2, -3, …
    `numbers` keeps the last number of each name, for whoever asks many times.
    """
    day = candidate.published or candidate.inspection_end or candidate.inspection_start
    framework = _edition(candidate.family, candidate.inspection_start or day)
    base = f"{candidate.publisher}/{candidate.body_id}/{_as_known(day, candidate, framework)}"
    suffix = framework.suffix.strip("-")
    plain = f"{base}-{suffix}" if suffix else base
    if plain not in taken:
        return plain
    family = "-".join(candidate.family.casefold().split())
    named = plain if suffix else f"{base}-{family}"
    if named not in taken:
        return named
    number = numbers.get(named, 1) + 1 if numbers is not None else 2
    while f"{named}-{number}" in taken:
        number += 1
    if numbers is not None:
        numbers[named] = number
    return f"{named}-{number}"
