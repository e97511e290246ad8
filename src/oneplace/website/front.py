"""What stands before Django: an ASGI application that answers from kept pages, and lets few compute at once.

On a busy morning most readers ask for the same few pages. They are answered here, on the event loop, from
bytes that are ready to send; only what is not kept goes to a thread, where Django computes it. One request
computes a page, and others of the same page wait for it. When more are computing or queueing than may, or one
takes too long, the reader gets the page as it was before the record last changed, or else a plain page that says
to try again. So nobody waits without end, and a page that is kept is answered at once whatever else goes on.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any, NamedTuple, Protocol

from oneplace.website.asked_queries import EVERYTHING, part_asked
from oneplace.website.page_cache import CODINGS, PLAIN, Page, Pages, chosen_coding, page

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)

# A process runs one thread of Python at a time: more would only take turns with the loop that sends kept pages.
THREADS = 2
# A page takes some 30 ms, so that the last of these waits about two seconds.
MOST_COMPUTING = 64
# Seconds. Who can be given the page of a moment ago need not wait long for the new one.
PATIENCE, PATIENCE_WITH_OLD = 10.0, 1.0
# How often at most, in seconds, a worker asks which edition of the site this is, and how long it waits to hear.
ASKED_EVERY, ASKED_WITHIN = 1.0, 0.25
LONGEST_ADDRESS = 2_048
LARGEST_FORM = 1_000_000
# Seconds in which a form must have come whole.
SENT_WITHIN = 30.0
HEALTH = "/healthz"
_ALL = frozenset({EVERYTHING})


class Computed(Protocol):
    """An answer from behind: `computing.Answer`."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> list[tuple[bytes, bytes]]: ...
    @property
    def body(self) -> bytes: ...
    @property
    def asked(self) -> frozenset[str]: ...


class Computes(Protocol):
    """Who answers what is not kept; called from threads."""

    def answer(self, scope: Scope, body: bytes) -> Computed:
        """One whole answer."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The pages for what nobody behind can answer, ready before they are needed."""

    overloaded: Page
    failed: Page
    unreadable: Page
    too_slow: Page
    too_long: Page
    too_large: Page


class _Sent:
    """The request's headers that an answer may depend on."""

    __slots__ = ("codings", "host", "is_https", "known")

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.host = self.codings = self.known = b""
        self.is_https = False
        for name, value in headers:
            if name == b"host":
                self.host = value
            elif name == b"accept-encoding":
                self.codings = value
            elif name == b"if-none-match":
                self.known = value
            elif name == b"x-forwarded-proto":
                self.is_https = value == b"https"


class _Address(NamedTuple):
    host: bytes
    is_https: bool
    path: str
    query: str


class Front:
    """The application. `edition` says what pages are right for: the record's generation and the day."""

    def __init__(
        self,
        behind: Computes,
        edition: Callable[[], str],
        route_of: Callable[[str], str | None],
        faults: Faults,
        most_bytes: int,
        patience: tuple[float, float] = (PATIENCE, PATIENCE_WITH_OLD),
    ) -> None:
        self._behind = behind
        self._ask_edition = edition
        self._route_of = route_of
        self._faults = faults
        self._patience, self._patience_with_old = patience
        self.pages = Pages(most_bytes)
        # By kind of page: the names in a query that such pages have been seen to read.
        self._asked: dict[str, frozenset[str]] = {}
        self._noting = threading.Lock()
        self._learning: dict[str, asyncio.Future[Page]] = {}
        self._computing: dict[object, asyncio.Future[Page]] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="computing")
        # Apart from the others, so that an operator and this cache are answered when all of them are busy.
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._edition = ""
        self._edition_at = float("-inf")
        self._health_asked: asyncio.Future[Page] | None = None
        self._edition_asked: asyncio.Future[str] | None = None
        self._date = (0, b"", b"")

    def at_once(
        self, target: bytes, headers: Iterable[tuple[bytes, bytes]]
    ) -> tuple[bytes, bytes, bytes] | None:
        """The whole answer to a GET of HTTP/1.1 as it goes over the wire, where it is kept; None where it is not.

        For a server that asks before it makes a request of what it has read (`connections`): what is answered
        here costs a third of what it costs as a request. An address with a query or an escape is not looked for.
        """
        if time.monotonic() - self._edition_at >= ASKED_EVERY or b"?" in target or b"%" in target:
            return None
        sent = _Sent(headers)
        kept = self.pages.get(_Address(sent.host, sent.is_https, target.decode("latin-1"), ""))
        if kept is None or kept.edition != self._edition:
            return None
        head, body = kept.written(chosen_coding(sent.codings), _is_known(kept, sent))
        return head, self._date_line(), body

    def unreadable(self) -> tuple[bytes, bytes, bytes]:
        """What is sent, before the connection ends, to a client that does not speak HTTP."""
        head, body = self._faults.unreadable.written(PLAIN, False)
        return head + b"connection: close\r\n", self._date_line(), body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        sent = _Sent(scope["headers"])
        if scope["method"] not in ("GET", "HEAD"):
            found = await self._written(scope, receive)
        elif len(scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            found = self._faults.too_long
        elif scope["path"] == HEALTH:
            found = await self._health(scope)
        else:
            found = await self._read(scope, sent)
        status, headers, body = found.status, *found.answer(chosen_coding(sent.codings))
        if _is_known(found, sent):
            status, headers, body = 304, found.unchanged(), b""
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [*headers, (b"date", self._now()[1])],
            }
        )
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _now(self) -> tuple[int, bytes, bytes]:
        """The second, its name, and the line of it that ends a head."""
        second = int(time.time())
        if second != self._date[0]:
            name = formatdate(second, usegmt=True).encode()
            self._date = second, name, b"date: " + name + b"\r\n\r\n"
        return self._date

    def _date_line(self) -> bytes:
        return self._now()[2]

    # --- A page is read --------------------------------------------------------------------------------------

    async def _read(self, scope: Scope, sent: _Sent) -> Page:
        if time.monotonic() - self._edition_at >= ASKED_EVERY or not self._edition:
            await self._learn_edition()
        if self._learning and scope["query_string"]:
            # Until the first page of a kind is there, nobody knows which of their parameters tell two apart.
            await _in_time(self._learning.get(self._route_of(scope["path"]) or ""), self._patience)
        address = self._address(scope, sent)
        kept = self.pages.get(address)
        if kept is not None and kept.edition == self._edition:
            return kept
        return await self._made(scope, sent, address, kept)

    def _address(self, scope: Scope, sent: _Sent) -> _Address:
        """What tells one page from another: where it was asked for, and what of the query it reads."""
        query = scope["query_string"].decode("utf-8", "replace")
        if query:
            asked = self._asked.get(self._route_of(scope["path"]) or "", _ALL)
            query = part_asked(query, asked)
        return _Address(sent.host, sent.is_https, scope["path"], query)

    async def _made(self, scope: Scope, sent: _Sent, address: _Address, kept: Page | None) -> Page:
        """The page as it is computed now, once for all who wait; the one kept where that takes too long."""
        key = (address, self._edition)
        going_on = self._computing.get(key)
        is_ours, as_asked = going_on is None, scope
        if going_on is None:
            # Django sees what the page is kept under, so that nothing else can be on it.
            scope = {**scope, "query_string": address.query.encode()}
            going_on = self._begin(key, scope, b"", sent)
        made = await _in_time(going_on, self._patience_with_old if kept else self._patience)
        if made is None or (made.status >= 500 and kept):
            return kept or self._faults.overloaded
        wanted = self._address(as_asked, sent)
        # It may have read what no page of its kind had read before: then it was not shown what was asked of it, or
        # was asked otherwise by who began it.
        if wanted != (self._address(scope, sent) if is_ours else address):
            return await self._read(as_asked, sent)
        if is_ours or made.is_everybodys:
            return made
        own = await _in_time(self._begin(object(), scope, b"", sent), self._patience)
        return own or self._faults.overloaded

    def _begin(
        self, key: object, scope: Scope, body: bytes, sent: _Sent | None = None
    ) -> asyncio.Future[Page] | None:
        """Begin to compute, and keep what comes of it; None where too many are being computed."""
        if len(self._computing) >= MOST_COMPUTING:
            return None
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._threads, self._compute, dict(scope), body, self._edition)
        self._computing[key] = future
        route = self._route_of(scope["path"]) if sent else None
        if route and route not in self._asked:
            self._learning.setdefault(route, future)

        def ended(future: asyncio.Future[Page]) -> None:
            self._computing.pop(key, None)
            if route and self._learning.get(route) is future:
                del self._learning[route]
            made = future.result()
            if sent is None or not made.is_everybodys or made.status != 200:
                return
            address = self._address(scope, sent)
            if address.query.encode() == scope["query_string"]:
                self.pages.keep(address, made)

        future.add_done_callback(ended)
        return future

    def _compute(self, scope: Scope, body: bytes, edition: str) -> Page:
        """On a thread of its own."""
        try:
            answer = self._behind.answer(scope, body)
        except Exception:
            logger.exception("No page could be made for %s", scope["path"])
            return self._faults.failed
        if (route := self._route_of(scope["path"])) and scope["method"] in ("GET", "HEAD"):
            with self._noting:
                self._asked[route] = self._asked.get(route, frozenset()) | answer.asked
        return page(answer.status, answer.headers, answer.body, CODINGS, edition)

    # --- What is not a page ----------------------------------------------------------------------------------

    async def _written(self, scope: Scope, receive: Receive) -> Page:
        """A form that is sent, or a method that no page knows."""
        body, is_more = b"", True
        try:
            async with asyncio.timeout(SENT_WITHIN):
                while is_more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        # Nobody waits for an answer, and half a form is none.
                        return self._faults.too_slow
                    body += message.get("body", b"")
                    is_more = message.get("more_body", False)
                    if len(body) > LARGEST_FORM:
                        return self._faults.too_large
        except TimeoutError:
            return self._faults.too_slow
        answer = await _in_time(self._begin(object(), scope, body), self._patience)
        return answer or self._faults.overloaded

    async def _health(self, scope: Scope) -> Page:
        if self._health_asked is None or self._health_asked.done():
            # One answer for all who ask meanwhile: the thread also learns which edition of the site this is.
            self._health_asked = asyncio.get_running_loop().run_in_executor(
                self._asking, self._compute, dict(scope), b"", self._edition
            )
        return await _in_time(self._health_asked, self._patience) or self._faults.overloaded

    async def _learn_edition(self) -> None:
        """Ask which edition of the site this is. While nobody answers, it stays the one that was known last."""
        self._edition_at = time.monotonic()
        if self._edition_asked is None:
            loop = asyncio.get_running_loop()
            self._edition_asked = loop.run_in_executor(self._asking, self._ask_edition)
            self._edition_asked.add_done_callback(self._edition_learned)
        await asyncio.wait({self._edition_asked}, timeout=ASKED_WITHIN)

    def _edition_learned(self, future: asyncio.Future[str]) -> None:
        self._edition_asked = None
        if problem := future.exception():
            logger.error("The record does not say which generation it is: %s", problem)
        else:
            self._edition = future.result()


def _is_known(page: Page, sent: _Sent) -> bool:
    """Whether the client has this very page, and says so."""
    return bool(sent.known and page.etag and page.etag in sent.known)


async def _in_time(future: asyncio.Future[Page] | None, seconds: float) -> Page | None:
    """What is being computed, or None if nothing is or it takes longer. It goes on, for those who still wait."""
    if future is None:
        return None
    done, _ = await asyncio.wait({future}, timeout=seconds)
    return future.result() if done else None
