"""Whole pages, kept ready to send: already compressed, each under its address, within a bound of bytes.

Nothing here knows Django, the record or the server. A page is right for one edition of the site; whoever keeps
it says which, and whoever asks compares. The page of an edition before stays until its successor is there, for
moments when the successor cannot be had.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import brotli

Headers = tuple[tuple[bytes, bytes], ...]

PLAIN, GZIP, BROTLI = b"", b"gzip", b"br"
CODINGS = (BROTLI, GZIP)  # the smaller first
# Measured on an area's page of 139 kB: Brotli 5 gives 14.2 kB in 1.5 ms and gzip 6 gives 16.6 kB in 1.5 ms.
# Brotli 4 is 7 % larger, 11 takes 139 ms for another 15 %.
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6
_COMPRESSED = (b"text/", b"image/svg", b"application/json", b"application/atom", b"application/xml")
_WORTH_COMPRESSING = 256
_OF_WHAT_IS_KEPT = (b"cache-control", b"vary", b"content-location", b"expires")
# What an entry costs beside its bodies: headers, keys and the dictionary's own, roughly.
_OVERHEAD = 2_048
# One page may not push out more than this part of the others.
_LARGEST_PART = 16


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that may be sent many times. `bodies` by content coding; `headers` say nothing of coding or length.

    `is_everybodys`: whoever asks for this address may be sent this very answer. It is so unless it sets a cookie,
    depends on one, or says that it is private.
    """

    status: int
    headers: Headers
    bodies: Mapping[bytes, bytes]
    is_everybodys: bool
    etag: bytes = b""
    edition: str = ""
    ready: dict[bytes, tuple[list[tuple[bytes, bytes]], bytes]] = field(default_factory=dict, compare=False)
    lines: dict[tuple[bytes, bool], bytes] = field(default_factory=dict, compare=False)

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        return _OVERHEAD + sum(len(body) for body in self.bodies.values())

    def answer(self, coding: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """All headers but Date, and the body, in this coding or in the one that the page has."""
        if found := self.ready.get(coding):
            return found
        body = self.bodies.get(coding)
        if body is None and PLAIN in self.bodies:
            coding, body = PLAIN, self.bodies[PLAIN]
        if body is None:
            coding, body = PLAIN, gzip.decompress(self.bodies[GZIP])
        headers = [*self.headers, (b"content-length", str(len(body)).encode())]
        if coding:
            headers.append((b"content-encoding", coding))
        if self.etag:
            headers.append((b"etag", self.etag))
        if coding in self.bodies:
            self.ready[coding] = headers, body
        return headers, body

    def written(self, coding: bytes, is_known: bool) -> tuple[bytes, bytes]:
        """The answer as HTTP/1.1 writes it, to a client that has the page already or has not: head and body.

        The head is without Date, and without the empty line that ends it.
        """
        headers, body = (self.unchanged(), b"") if is_known else self.answer(coding)
        if (head := self.lines.get((coding, is_known))) is None:
            status = HTTPStatus(304 if is_known else self.status)
            lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
            lines += [name + b": " + value for name, value in headers]
            head = self.lines[coding, is_known] = b"\r\n".join([*lines, b""])
        return head, body

    def unchanged(self) -> list[tuple[bytes, bytes]]:
        """The headers for who has the page already (304)."""
        return [(b"etag", self.etag), *(each for each in self.headers if each[0] in _OF_WHAT_IS_KEPT)]


def page(
    status: int,
    headers: Sequence[tuple[bytes, bytes]],
    body: bytes,
    codings: Sequence[bytes],
    edition: str = "",
) -> Page:
    """An answer as it was made, compressed in these codings if its kind gains from it."""
    given = dict(headers)
    kept = [
        each for each in headers if each[0] not in (b"content-length", b"etag", b"last-modified", b"vary")
    ]
    vary = [each for each in given.get(b"vary", b"").split(b", ") if each and each != b"Accept-Encoding"]
    bodies = {PLAIN: body}
    if given.get(b"content-type", b"").startswith(_COMPRESSED) and b"content-encoding" not in given:
        vary.append(b"Accept-Encoding")
        if len(body) >= _WORTH_COMPRESSING:
            bodies = {coding: compressed(body, coding) for coding in codings}
    if vary:
        kept.append((b"vary", b", ".join(vary)))
    return Page(
        status=status,
        headers=tuple(kept),
        bodies=bodies,
        is_everybodys=_is_everybodys(status, headers),
        # Weak: one name for every coding of the same page.
        etag=b'W/"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"' if status == 200 else b"",
        edition=edition,
    )


def compressed(body: bytes, coding: bytes) -> bytes:
    """The body in a coding."""
    if coding == BROTLI:
        return bytes(brotli.compress(body, quality=_BROTLI_QUALITY))
    # Without the time, so that the same page is the same bytes.
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def _is_everybodys(status: int, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    own = {b"private", b"no-cache", b"no-store"} if status == 200 else {b"private"}
    for name, value in headers:
        words = {each.split(b"=")[0].strip() for each in value.lower().split(b",")}
        if name == b"set-cookie" or (name == b"vary" and words - {b"accept-encoding", b""}):
            return False
        if name == b"cache-control" and words & own:
            return False
    return True


@lru_cache(maxsize=256)
def chosen_coding(accept_encoding: bytes) -> bytes:
    """The smallest coding that a client takes, by its Accept-Encoding; PLAIN for neither."""
    weights: dict[bytes, float] = {}
    for each in accept_encoding.lower().split(b","):
        name, _, weight = each.replace(b" ", b"").partition(b";q=")
        try:
            weights[name] = float(weight or 1)
        except ValueError:
            weights[name] = 0
    for coding in CODINGS:
        if weights.get(coding, weights.get(b"*", 0)) > 0:
            return coding
    return PLAIN


class Pages:
    """Pages by address. The one that nobody has asked for longest goes first when they are more than `most` bytes."""

    def __init__(self, most: int) -> None:
        self._pages: OrderedDict[object, Page] = OrderedDict()
        self.most = most
        self.weight = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: object) -> Page | None:
        """The page kept for an address, of whichever edition."""
        if found := self._pages.get(address):
            self._pages.move_to_end(address)
        return found

    def keep(self, address: object, kept: Page) -> None:
        """Keep a page in place of the address's last one, if it is not too large to keep."""
        if (before := self._pages.pop(address, None)) is not None:
            self.weight -= before.weight
        if kept.weight > self.most // _LARGEST_PART:
            return
        self._pages[address] = kept
        self.weight += kept.weight
        while self.weight > self.most:
            _, gone = self._pages.popitem(last=False)
            self.weight -= gone.weight
