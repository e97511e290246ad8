"""What a source needs of the network, and what it says of a file that it saved.

A source is written against these alone; `oneplace update` hands it a client that is polite.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class NotFetched(RuntimeError):
    """Why a publication could not be fetched: where, and what was found or expected there.

    `is_lasting`: asking again will not help (it is gone, or it is not what it is said to be).
    """

    def __init__(self, where: str, why: str, *, is_lasting: bool = False) -> None:
        self.where, self.why, self.is_lasting = where, why, is_lasting
        super().__init__(f"{where}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that was saved. `is_new` is false where the publisher said that it has not changed."""

    path: Path
    url: str
    retrieved_at: dt.datetime
    is_new: bool = True
    slot: str | None = None  # where the release's slot is the publisher's own name for the file
    published: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer that is read at once and not kept: a listing, a page of links, JSON."""

    url: str  # after redirects
    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The answer as JSON. Raises `NotFetched` where it is anything else, a web page for example."""
        try:
            return json.loads(self.content)
        except ValueError as fault:
            beginning = " ".join(self.text[:60].split())
            raise NotFetched(self.url, f"JSON was expected, but the answer begins “{beginning}”") from fault


class Client(Protocol):
    """A polite way to the network: one request at a time a host, with back-off and a time limit.

    Both raise `NotFetched` for anything but a good answer: 404, a login page instead of a file, an answer
    cut off, a host that stays busy, a time limit passed.
    """

    def page(self, url: str, *, headers: Mapping[str, str] | None = None, expect: str = "") -> Page:
        """Read a page into memory. `expect` as in `file`: "text/html", "application/json"."""
        ...

    def file(
        self, url: str, path: Path, *, headers: Mapping[str, str] | None = None, expect: str = ""
    ) -> Fetched:
        """Save a file, whole or not at all. Asks only whether it has changed where `path` is there.

        `expect` is the media type or the first bytes that a good file has ("%PDF", "PK", "text/csv").
        """
        ...


class Held(Protocol):
    """What is here already, so that it is not fetched again."""

    @property
    def folder(self) -> Path:
        """Where the source's files are saved."""
        ...

    def has_slot(self, slot: str) -> bool:
        """Whether the record has a release of this source in this slot."""
        ...

    def slots(self, beginning: str) -> tuple[str, ...]:
        """The slots of this source that begin so and that the record knows of, be it only by their facts."""
        ...

    @property
    def latest(self) -> dt.datetime | None:
        """When the source's newest release was fetched."""
        ...
