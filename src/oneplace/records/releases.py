"""What was fetched or read, and where in it a fact stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where in a release a fact stands: page and box of a PDF, or sheet and row of a table."""

    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    row: int | None = None


NOWHERE = Address()


ADDED = "added/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRecord:
    """One thing that was fetched or read: a file, at a moment, from a publisher.

    `source` names the module that understands it; `slot` says which of the source's publications it
    is, so that a newer file in the same slot supersedes the older (a table's slot is "", a report's
    is its path in the publisher's list: "80498-haringey/2018-12-14-inspection.pdf"; a file of new rows
    alone, which stands beside the table that they belong to, has one that begins with `ADDED`).
    `compiled_by` is set where a third party made the table: such facts are shown as theirs.
    """

    source: str
    slot: str
    publisher: str
    title: str
    sha256: str
    licence: str
    retrieved_at: dt.datetime
    url: str | None = None
    published: dt.date | None = None
    media_type: str = ""
    compiled_by: str | None = None
    # Which version of our reader made the records: a new version re-reads and supersedes.
    reader: str = ""
    # The day that the table describes, where it is a picture of a day ("as at 31 March 2025").
    as_at: dt.date | None = None
    # A table of the latest state of many bodies, one edition after the other. Its slot is its `as_at`, its
    # editions stay beside each other, and only what an edition says anew is written.
    is_snapshot: bool = False
    # An edition of what has changed alone: a body that it leaves out has not gone.
    is_partial: bool = False
