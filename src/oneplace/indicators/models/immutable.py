"""Rows of statistics, which are written once."""

from __future__ import annotations

from oneplace import write_once
from oneplace.indicators.errors import ValuesAreImmutable


class WriteOnce(write_once.WriteOnce):
    """A row of statistics: a newer release stands beside it, nothing changes it."""

    refusal = ValuesAreImmutable
    instead = "publish a newer release of the statistics"

    class Meta:
        abstract = True
