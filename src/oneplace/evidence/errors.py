"""What can go wrong in keeping the record, said for people."""

from __future__ import annotations

from oneplace.records import ReleaseRecord, ValueRecord


class EvidenceError(Exception):
    """Base of everything that this room raises on purpose."""


class RecordIsImmutable(EvidenceError):
    """Something tried to change or remove what is published. Publish a release or a correction instead."""


class UnknownReviewItem(EvidenceError):
    """No open or decided item of the review queue has this key."""


class UnknownInspection(EvidenceError):
    """No inspection of the record has this public identifier."""


class InvalidCorrection(EvidenceError):
    """The field cannot be corrected, or the value is not one that it can hold."""


class PackError(EvidenceError):
    """A pack cannot be loaded. Says which file and column; the store is as it was."""

    def __init__(self, file: str, message: str, column: str | None = None) -> None:
        where = f"{file}, column {column}" if column else file
        super().__init__(f"{where}: {message}")
        self.file = file
        self.column = column


class UnplacedValue(EvidenceError):
    """A figure is of an area or a measure that nobody knows. Nothing of its release was written."""

    def __init__(self, release: ReleaseRecord, value: ValueRecord, message: str, *, is_of_area: bool) -> None:
        where = f"sheet {value.sheet}, row {value.row}" if value.sheet else f"row {value.row}"
        super().__init__(f"{release.title}, {where}: {message}")
        self.release = release
        self.where = where
        self.sheet = value.sheet
        self.row = value.row
        self.is_of_area = is_of_area  # and not of the measure
        self.message = message


class LeavesMuchOut(EvidenceError):
    """An edition leaves out much of what the one before it has. Nothing of it was written."""

    def __init__(self, release: ReleaseRecord, message: str) -> None:
        super().__init__(f"{release.title}: {message}")
        self.release = release


class InvalidRelease(EvidenceError):
    """A release says of itself what cannot be."""
