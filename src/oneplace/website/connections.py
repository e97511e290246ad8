"""Connections of readers: uvicorn's, with what is kept sent as soon as its request has been read.

A kept page needs no task, no queue of messages and no answer in pieces, which are most of what a server's request
costs. So the front is asked for its bytes first, and only what it has not ready becomes a request of ASGI. What
uvicorn leaves to a proxy is bounded here: how long a client may take to say what it wants, how much it may say,
and how much waits to be sent to one that does not read.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from oneplace.website.front import Front

# Seconds in which a client must have said what it wants, since it came or was last answered.
ASKS_WITHIN = 10.0
# Bytes of a request before its body. Browsers send under 2,000.
LARGEST_HEAD = 65_536


class Connection(HttpToolsProtocol):
    """A connection to one reader. The application must be a `Front`."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._front = cast(Front, self.app)
        self._is_answered = False
        self._is_in_head = False
        self._of_head = 0
        self._last_answer = 0.0
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to listen, and to watch that something is said."""
        super().connection_made(transport)
        self._last_answer = self.loop.time()
        self._watch = self.loop.call_later(ASKS_WITHIN, self._close_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        super().connection_lost(exc)
        if self._watch:
            self._watch.cancel()

    def _close_if_silent(self) -> None:
        left = self._last_answer + ASKS_WITHIN - self.loop.time()
        if self._is_busy():
            left = ASKS_WITHIN
        elif left <= 0:
            self.transport.close()
            return
        self._watch = self.loop.call_later(left, self._close_if_silent)

    def _is_busy(self) -> bool:
        """A request waits for its answer, or an answer for the reader."""
        going_on: RequestResponseCycle | None = self.cycle  # None until there is one
        return self.flow.write_paused or (going_on is not None and not going_on.response_complete)

    # --- What a client says ------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Read on; refuse a head that does not end."""
        super().data_received(data)
        if self._is_in_head:
            self._of_head += len(data)
            if self._of_head > LARGEST_HEAD:
                self.send_400_response("The request's head is too large.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._is_answered = False
        self._is_in_head = True

    def on_headers_complete(self) -> None:
        """All is said that a page depends on: send it, if it is ready."""
        self._is_in_head = False
        self._of_head = 0
        if (ready := self._ready()) is None:
            super().on_headers_complete()
            return
        self.transport.writelines(ready)
        self._is_answered = True
        self._last_answer = self.loop.time()

    def _ready(self) -> tuple[bytes, bytes, bytes] | None:
        """The bytes of the answer, where they are kept and it is this request's turn."""
        parser = self.parser
        is_plain = parser.get_method() == b"GET" and parser.get_http_version() == "1.1"
        if not is_plain or self._is_busy() or parser.should_upgrade() or not parser.should_keep_alive():
            return None
        return self._front.at_once(self.url, self.headers)

    def on_body(self, body: bytes) -> None:
        """Part of a body; the pages that are kept take none."""
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is read."""
        if not self._is_answered:
            super().on_message_complete()

    # --- What is sent ------------------------------------------------------------------------------------------

    def on_response_complete(self) -> None:
        """An answer that was not ready has been sent."""
        self._last_answer = self.loop.time()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is answered by a page of the site, and the connection closed."""
        if not self.transport.is_closing():
            self.transport.writelines(self._front.unreadable())
            self.transport.close()
