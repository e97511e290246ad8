"""What can go wrong with statistics, said for people."""

from __future__ import annotations

from oneplace.records import ValueRecord


class IndicatorError(Exception):
    """Base of everything that this room raises on purpose."""


class ValuesAreImmutable(IndicatorError):
    """Something tried to change or remove what is published. Publish a newer release instead."""


class UnknownDataset(IndicatorError):
    """Values were brought for a release that was not begun, or that is live already."""


class _AboutARow(IndicatorError):
    def __init__(self, value: ValueRecord, release_id: str, message: str) -> None:
        where = f"sheet {value.sheet}, row {value.row}" if value.sheet else f"row {value.row}"
        super().__init__(f"{release_id}, {where}: {message}")
        self.sheet = value.sheet
        self.row = value.row


class UnknownArea(_AboutARow):
    """A value's area is nobody's that this record knows."""

    def __init__(self, value: ValueRecord, release_id: str) -> None:
        super().__init__(
            value,
            release_id,
            f"{value.scheme} {value.area!r} is no area or body that the record knows; expected one of the"
            " register of authorities, a region, England, or a body that is loaded before its statistics",
        )


class UnknownMeasure(_AboutARow):
    """A value's measure is not defined by its release."""

    def __init__(self, value: ValueRecord, release_id: str) -> None:
        super().__init__(
            value, release_id, f"{value.measure!r} is a measure that the release does not define"
        )


class NotComparable(IndicatorError):
    """Values were to be compared that are of different measures or of different kinds of period."""
