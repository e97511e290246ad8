"""The client that an update hands to a source: one that tells what it asks, and one that saves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from oneplace.sources.fetching import Client, Fetched, Page


class Told(Protocol):
    """Where it is kept what was asked, or would be."""

    url: str
    would_ask: list[str]


class Watched:
    """A client that says what it is asking, and remembers the last address."""

    def __init__(self, client: Client, told: Told, say: Callable[[str], None]) -> None:
        self._client, self._told, self._say = client, told, say

    def page(self, url: str, *, headers: Mapping[str, str] | None = None, expect: str = "") -> Page:
        """As the client does."""
        self._ask(url)
        return self._client.page(url, headers=headers, expect=expect)

    def file(
        self, url: str, path: Path, *, headers: Mapping[str, str] | None = None, expect: str = ""
    ) -> Fetched:
        """As the client does."""
        self._ask(url)
        return self._client.file(url, path, headers=headers, expect=expect)

    def _ask(self, url: str) -> None:
        self._told.url = url
        parts = urlsplit(url)
        self._say(f"asking {parts.hostname} for {unquote(parts.path)[-50:]}")


class Looking:
    """A client for a dry run: it reads listings, and of files it only says that it would ask for them."""

    def __init__(self, client: Client, told: Told) -> None:
        self._client, self._told = client, told

    def page(self, url: str, *, headers: Mapping[str, str] | None = None, expect: str = "") -> Page:
        """As the client does."""
        return self._client.page(url, headers=headers, expect=expect)

    def file(
        self, url: str, path: Path, *, headers: Mapping[str, str] | None = None, expect: str = ""
    ) -> Fetched:
        """Nothing is saved, and the file counts as new where there is none here yet."""
        is_new = not path.is_file()
        self._told.would_ask.append(url if is_new else f"{url} (if it has changed)")
        return Fetched(path=path, url=url, retrieved_at=dt.datetime.now(dt.UTC), is_new=is_new)
