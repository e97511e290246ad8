"""What can go wrong in keeping the record, said for people."""

from __future__ import annotations


class EvidenceError(Exception):
    """Base of everything that this room raises on purpose."""


class RecordIsImmutable(EvidenceError):  # noqa: N818 - what it is, not that it is an error
    """Something tried to change or remove what is published. Publish a release or a correction instead."""


class UnknownReviewItem(EvidenceError):  # noqa: N818 - what it is, not that it is an error
    """No open or decided item of the review queue has this key."""


class UnknownInspection(EvidenceError):  # noqa: N818 - what it is, not that it is an error
    """No inspection of the record has this public identifier."""


class InvalidCorrection(EvidenceError):  # noqa: N818 - what it is, not that it is an error
    """The field cannot be corrected, or the value is not one that it can hold."""


class PackError(EvidenceError):
    """A pack cannot be loaded. Says which file and column; the store is as it was."""

    def __init__(self, file: str, message: str, column: str | None = None) -> None:
        where = f"{file}, column {column}" if column else file
        super().__init__(f"{where}: {message}")
        self.file = file
        self.column = column
