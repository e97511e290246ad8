"""The client that sources fetch with: patient, bounded, and easy on the sites.

One request at a time a host with a pause between; asks again, later and later, when a host is busy or drops the
line; never saves what is not the file that was asked for. What cannot be had is a `NotFetched` that says why.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from oneplace.sources.fetching import Fetched, NotFetched, Page
from oneplace.sources.polite import robots
from oneplace.sources.polite.expecting import TAIL, Expected
from oneplace.sources.polite.saved import Receipt, keep_receipt, receipt_of, refused_path, save_whole
from oneplace.sources.polite.unpacking import CutOff, TooLarge, unpacked

ROBOT = "Oneplace"
# Answers that ask to come again later (RFC 9110, RFC 6585) or that a gateway gives while its site restarts.
BUSY = {429, 500, 502, 503, 504}
REDIRECTS = {301, 302, 303, 307, 308}
_BEGINNING = 512

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much. Seconds and bytes. The largest publication so far is an archive of 60 MB."""

    connect: float = 10.0
    read: float = 60.0  # between two pieces of an answer
    whole: float = 900.0  # a page or file with all its tries and waits
    page_bytes: int = 32_000_000
    file_bytes: int = 400_000_000
    tries: int = 5
    redirects: int = 5
    pause: float = 1.0  # between two requests to one host
    first_wait: float = 2.0  # doubled at each further try
    longest_wait: float = 120.0  # of what a host asks for in Retry-After


@dataclass(slots=True)
class Host:
    """What is known of one host: who has the turn, when it was last asked, what it asks of robots."""

    turn: threading.RLock = field(default_factory=threading.RLock)
    asked: float | None = None
    rules: robots.Rules | None = None
    unreachable: str = ""  # why it could not be reached at all, in this run


class PoliteClient:
    """Implements `fetching.Client`. Use it with `with`, so that its connections are closed.

    `contact` is an address under which whoever runs this can be reached; it goes into the User-Agent. `instead`
    maps origins to others that are asked in their place ("https://www.gov.uk" → a mirror inside a network).
    """

    def __init__(
        self,
        contact: str = "",
        *,
        limits: Limits | None = None,
        instead: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits or Limits()
        self._instead = {key.rstrip("/"): value.rstrip("/") for key, value in (instead or {}).items()}
        self._clock, self._sleep, self._now, self._jitter = clock, sleep, now, jitter
        self._hosts: dict[str, Host] = {}
        self._http = httpx.Client(
            headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    # --- What sources call -------------------------------------------------------------------------------

    def page(self, url: str, *, headers: Mapping[str, str] | None = None, expect: str = "") -> Page:
        """Read a page into memory, as `fetching.Client` says."""
        expected = Expected(expect)

        def read(found: httpx.Response, at: str, until: float) -> Page:
            self._check(expected.fault_of_type(found.headers.get("content-type", "")), at)
            content = b"".join(self._body(found, at, until, self._limits.page_bytes))
            self._check(expected.fault_of_beginning(content[:_BEGINNING]), at)
            return Page(url=at, status=found.status_code, content=content, headers=dict(found.headers))

        return self._answer(url, headers or {}, read)

    def file(
        self, url: str, path: Path, *, headers: Mapping[str, str] | None = None, expect: str = ""
    ) -> Fetched:
        """Save a file, whole or not at all, as `fetching.Client` says."""
        there = path if path.is_file() else refused_path(path)
        receipt = receipt_of(there)
        if receipt is not None and receipt.url != url:
            receipt = None
        expected = Expected(expect)

        def read(found: httpx.Response, at: str, until: float) -> Fetched:
            if found.status_code == HTTPStatus.NOT_MODIFIED:
                if receipt is None:
                    raise NotFetched(at, "the server says “not changed” of a file that was never fetched")
                return Fetched(path=there, url=url, retrieved_at=receipt.retrieved_at, is_new=False)
            media_type = found.headers.get("content-type", "")
            self._check(expected.fault_of_type(media_type), at)
            was = receipt.sha256 if receipt else None
            chunks = self._body(found, at, until, self._limits.file_bytes)
            sha256, size = save_whole(path, _checked(chunks, expected, at), unless=was)
            kept = path if sha256 != was else there
            retrieved_at = self._now() if sha256 != was or receipt is None else receipt.retrieved_at
            keep_receipt(
                kept,
                Receipt(
                    url=url,
                    sha256=sha256,
                    size=size,
                    retrieved_at=retrieved_at,
                    etag=found.headers.get("etag"),
                    last_modified=found.headers.get("last-modified"),
                    media_type=media_type,
                ),
            )
            return Fetched(path=kept, url=url, retrieved_at=retrieved_at, is_new=sha256 != was)

        return self._answer(url, headers or {}, read, conditions=receipt.conditions if receipt else {})

    # --- Asking, and asking again --------------------------------------------------------------------------

    def _answer(
        self,
        url: str,
        headers: Mapping[str, str],
        read: Callable[[httpx.Response, str, float], T],
        *,
        conditions: Mapping[str, str] | None = None,
        as_robot: bool = True,
    ) -> T:
        """What `read` makes of the answer, after as many tries and redirects as the limits allow."""
        until = self._clock() + self._limits.whole
        why = ""
        host = self._host(url)
        if host.unreachable:
            raise NotFetched(
                url, f"{host.unreachable} a moment ago, so the host is not asked again this time"
            )
        connected = True
        for number in range(1, self._limits.tries + 1):
            try:
                found = self._try(url, headers, conditions or {}, read, until, as_robot)
            except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
                why, wait, connected = f"the host cannot be reached ({_words(fault)})", None, False
            except CutOff as fault:
                why, wait = str(fault), None
            except httpx.TimeoutException:
                why, wait = f"no answer within {self._limits.read:g} seconds", None
            except httpx.TransportError as fault:
                why, wait = f"the connection failed ({_words(fault)})", None
            else:
                if not isinstance(found, _Busy):
                    return found
                why, wait = found.why, found.wait
            if number < self._limits.tries:
                self._wait(url, self._back_off(number, wait), why, until)
        if not connected:
            host.unreachable = why
        raise NotFetched(url, f"{why}; {self._limits.tries} tries failed. Run the same again later")

    def _try(
        self,
        url: str,
        headers: Mapping[str, str],
        conditions: Mapping[str, str],
        read: Callable[[httpx.Response, str, float], T],
        until: float,
        as_robot: bool,
    ) -> T | _Busy:
        at = url
        for _ in range(self._limits.redirects + 1):
            host = self._host(at)
            if as_robot and not self._rules(at).allow(at):
                raise NotFetched(at, "the site's robots.txt asks programs not to fetch this", is_lasting=True)
            with host.turn:
                self._pause(host)
                try:
                    # A key is for the host that it was given for, wherever that may send us.
                    sent = {**(headers if _origin(at) == _origin(url) else {}), **conditions}
                    with self._http.stream("GET", self._where(at), headers=sent) as found:
                        if found.status_code in BUSY:
                            return _Busy(_said(found), self._asked_to_wait(found))
                        if found.status_code not in REDIRECTS:
                            if as_robot:
                                self._check_status(found, at)
                            return read(found, at, until)
                        at = self._redirected(found, at)
                except httpx.InvalidURL as fault:
                    raise NotFetched(
                        at, f"it is, or leads to, what is no web address: {fault}", is_lasting=True
                    ) from fault
                finally:
                    host.asked = self._clock()
        raise NotFetched(url, f"redirected more than {self._limits.redirects} times, last to {at}")

    def _check_status(self, found: httpx.Response, at: str) -> None:
        if found.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            return
        why = _said(found)
        if found.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise NotFetched(at, f"{why}: it wants a key or a login, or does not let programs in")
        gone = found.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
        if gone:
            why += ": it has moved or was withdrawn"
        raise NotFetched(at, why, is_lasting=gone)

    def _redirected(self, found: httpx.Response, at: str) -> str:
        to = str(urljoin(at, found.headers.get("location", "")))
        if "location" not in found.headers or not _is_web_address(to):
            raise NotFetched(at, f"redirected to “{to}”, which is no web address")
        if urlsplit(at).scheme == "https" and urlsplit(to).scheme == "http":
            raise NotFetched(at, f"redirected to {to}, which is not secure")
        return to

    # --- Being polite ----------------------------------------------------------------------------------------

    def _host(self, url: str) -> Host:
        if not _is_web_address(url):
            raise NotFetched(url, "this is no web address", is_lasting=True)
        return self._hosts.setdefault(_origin(url), Host())

    def _pause(self, host: Host) -> None:
        if host.asked is not None:
            asked_for = host.rules.delay if host.rules and host.rules.delay else 0.0
            self._rest(host.asked + max(self._limits.pause, asked_for) - self._clock())

    def _rest(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)

    def _rules(self, url: str) -> robots.Rules:
        """The host's robots.txt. One that is not there, or is a web page, asks for nothing (RFC 9309, 2.3.1.3)."""
        host = self._host(url)
        if host.rules is None:
            address = urljoin(_origin(url) + "/", "robots.txt")
            text = self._answer(address, {}, self._read_robots, as_robot=False)
            host.rules = robots.rules_for(ROBOT, text)
        return host.rules

    def _read_robots(self, found: httpx.Response, at: str, until: float) -> str:
        if found.status_code != HTTPStatus.OK:
            return ""
        text = b"".join(self._body(found, at, until, robots.LONGEST)).decode("utf-8", "replace")
        return "" if text.lstrip().startswith("<") else text

    def _back_off(self, number: int, asked: float | None) -> float:
        """Seconds before the next try: what the host asks for, else longer each time, never two clients in step."""
        if asked is not None:
            return asked + self._jitter()
        return self._limits.first_wait * float(1 << (number - 1)) * (0.5 + self._jitter())

    def _wait(self, url: str, seconds: float, why: str, until: float) -> None:
        if seconds > self._limits.longest_wait:
            raise NotFetched(
                url, f"{why}, and asks to wait {seconds:.0f} seconds. Run the same again after that"
            )
        if self._clock() + seconds > until:
            raise NotFetched(
                url, f"{why}; {self._limits.whole:g} seconds have passed. Run the same again later"
            )
        self._rest(seconds)

    def _asked_to_wait(self, found: httpx.Response) -> float | None:
        """Seconds in Retry-After, which is a number or a date (RFC 9110, 10.2.3); None for neither."""
        asked = str(found.headers.get("retry-after", "")).strip()
        if asked.isdecimal():
            return float(asked)
        try:
            when: dt.datetime = parsedate_to_datetime(asked)
        except ValueError:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=dt.UTC)
        seconds: float = (when - self._now()).total_seconds()
        return max(0.0, seconds)

    # --- The body --------------------------------------------------------------------------------------------

    def _body(self, found: httpx.Response, at: str, until: float, most: int) -> Iterator[bytes]:
        try:
            for chunk in unpacked(found.iter_raw(), found.headers, most):
                if self._clock() > until:
                    raise NotFetched(
                        at, f"not there within {self._limits.whole:g} seconds. Run the same again later"
                    )
                yield chunk
        except TooLarge as fault:
            raise NotFetched(at, f"larger than {most:,} bytes; nothing was saved", is_lasting=True) from fault

    def _check(self, fault: str | None, at: str) -> None:
        if fault:
            raise NotFetched(at, fault, is_lasting=True)

    def _where(self, url: str) -> str:
        """The address that is really asked: another, where a setting says so."""
        instead = self._instead.get(_origin(url))
        if instead is None:
            return url
        parts = urlsplit(url)
        return instead + urlunsplit(("", "", parts.path or "/", parts.query, ""))


@dataclass(frozen=True, slots=True)
class _Busy:
    why: str
    wait: float | None


def user_agent(contact: str = "") -> str:
    """What the sites read in their logs: who asks, why, and how to reach them."""
    contact = "".join(char for char in contact if char.isascii() and char.isprintable() and char not in "()")
    said = f"; contact: {contact.strip()}" if contact.strip() else ""
    return f"{ROBOT}/{version('oneplace')} (a public record of inspections; fetches new publications{said})"


def _checked(chunks: Iterator[bytes], expected: Expected, at: str) -> Iterator[bytes]:
    """The chunks, if the file begins and ends as it should: a fault is raised before the last is handed on."""
    beginning, tail, size = b"", b"", 0
    for chunk in chunks:
        if size < _BEGINNING:
            beginning = (beginning + chunk)[:_BEGINNING]
        size += len(chunk)
        tail = (tail + chunk)[-TAIL:]
        if size >= _BEGINNING and (fault := expected.fault_of_beginning(beginning)):
            raise NotFetched(at, fault, is_lasting=True)
        yield chunk
    if fault := expected.fault_of_beginning(beginning):
        raise NotFetched(at, fault, is_lasting=True)
    if fault := expected.fault_of_end(tail):
        raise CutOff(fault)


def _words(fault: Exception) -> str:
    return str(fault) or type(fault).__name__


def _said(found: httpx.Response) -> str:
    return f"the server answers {found.status_code} {found.reason_phrase}".rstrip()


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
