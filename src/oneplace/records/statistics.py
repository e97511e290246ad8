"""Official statistics: what is counted, and each cell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

# Which way is good: "high" (more is better), "low", or "none" (neither, or nobody has said).
Polarity = Literal["high", "low", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecord:
    """Something that official statistics count, by area and period.

    `key` is the public identifier: the source's prefix and its own short name, "lait-infmort",
    "waste-recycling-rate". `unit` is "percent", "per_1000", "per_10000", "pounds", "number", "days",
    "weeks", "score", "rate" or what the publication says. `decimals` is how many it prints. `kind` says
    what happens in a sum: a "count" may be added up, a "rate" may not.
    """

    key: str
    title: str
    service: str
    unit: str
    polarity: Polarity
    definition: str
    kind: Literal["count", "rate"] = "rate"
    decimals: int | None = None
    topic: str = ""
    publisher: str = ""
    source_note: str = ""  # the publication that the compiler took it from, with its next update
    polarity_source: str = ""  # who says which way is good


class ValueRecord(NamedTuple):
    """One cell of statistics. A named tuple, as a release may hold millions.

    `scheme` and `area` say whose it is: ("gss", "E09000014"), ("dfe", "309"), ("name", "Haringey"),
    ("body", "north-london-waste-authority"); England is ("gss", "E92000001"), a region its code or name.
    ("oneplace", "haringey") is this store's own identifier, out of a pack.
    `period` is as people write it: "2023", "2022-23", "2025 Q2", "2025-10"; `ends` is its last day, for
    order. `value` is None where the publication gives no number, and `marker` says why: "suppressed",
    "not_available", "not_applicable", "not_collected", "low_reliability", "provisional", "estimated",
    "rounds_to_zero", "joint" (one figure that several areas share, so that it must not be added up); the
    last four come with a value. `printed` is the cell as it stands there.
    """

    measure: str
    scheme: str
    area: str
    period: str
    ends: dt.date
    value: float | None
    marker: str
    printed: str
    sheet: str | None
    row: int
