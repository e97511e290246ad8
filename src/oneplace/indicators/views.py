"""Answers about statistics, frozen. No database object leaves this room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oneplace.indicators.periods import in_words, kind, plain
from oneplace.records import Address

# Why there is no number at all, where the publications do not even have a cell:
# "not_loaded": this store has no statistics of the measure. "withdrawn": it had, and the publisher took them
# back. "not_provided": the measure is published for no area of this tier (a district's adoptions).
# "not_published": it is published for others of its tier, and not for this one.
Absence = Literal["not_loaded", "withdrawn", "not_provided", "not_published"]


# The public identifiers of what is wider than an area.
ENGLAND, REGION = "england", "region-"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure, as its newest release defines it. Fields as in `records.MeasureRecord`."""

    key: str
    title: str
    service: str
    unit: str
    polarity: str
    definition: str
    kind: str
    decimals: int | None
    topic: str
    publisher: str
    source_note: str
    polarity_source: str
    source: str
    release_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value with its address. `value` is None where `marker` says why there is no number.

    `printed` is the cell as it stands in the release.
    """

    measure: str
    subject: str
    period: str
    ends: dt.date
    value: float | None
    marker: str
    printed: str
    release_id: str
    sheet: str | None
    row: int

    @property
    def kind(self) -> str:
        """What sort of period it is of: only values of one kind are compared."""
        return kind(self.period, self.ends)

    @property
    def told(self) -> str:
        """The period as people say it: "July to September 2025"."""
        return in_words(self.period, self.ends)

    @property
    def address(self) -> Address:
        return Address(sheet=self.sheet, row=self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """The trend of one measure for one subject, the oldest first.

    `absence` says why where there is no cell at all. `measure` is None where it is not loaded.
    """

    key: str
    subject: str
    measure: MeasureView | None
    values: tuple[ValueView, ...] = ()
    absence: Absence | None = None

    @property
    def latest(self) -> ValueView | None:
        """The newest cell, number or not."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossView:
    """One measure in one period, for every subject that the publication has a cell for."""

    measure: MeasureView
    period: str
    ends: dt.date
    values: tuple[ValueView, ...]

    @property
    def told(self) -> str:
        """The period as people say it."""
        return in_words(self.period, self.ends)

    @property
    def england_is_astray(self) -> bool:
        """Whether England's rate lies outside those of all areas: it is some other thing, see `queries.astray`."""
        england = next((each.value for each in self.values if each.subject == ENGLAND), None)
        numbers = [
            each.value
            for each in self.values
            if each.value is not None and each.subject != ENGLAND and not each.subject.startswith(REGION)
        ]
        is_rate = self.measure.kind == "rate"
        return (
            is_rate and england is not None and bool(numbers) and not min(numbers) <= england <= max(numbers)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetView:
    """The statistics of one release: how many measures and values, and in which state."""

    release_id: str
    source: str
    state: str
    measures: int
    values: int


def printed(kept: str | None, value: float | None) -> str:
    """The cell as it stands there, where only what differs from the number was kept."""
    if kept is not None:
        return kept
    return "" if value is None else plain(value)
