"""The body of an answer as it was before it was packed for the journey: whole, and not beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

# What is unpacked at a time: a bomb of a megabyte unpacks to a thousand.
_PIECE = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS


class CutOff(Exception):
    """The answer ended before its end. Asking again may help."""


class TooLarge(Exception):
    """The answer is larger than anything that was expected."""


def unpacked(chunks: Iterator[bytes], headers: Mapping[str, str], most: int) -> Iterator[bytes]:
    """The body's bytes without gzip, at most `most` of them. Raises `CutOff` and `TooLarge`.

    The HTTP library checks a Content-Length against what came; the end of gzip, only this does.
    """
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise TooLarge
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("gzip", "x-gzip"):
        pieces = _without_gzip(chunks)
    elif packing in ("", "identity"):
        pieces = chunks
    else:
        raise CutOff(f"the answer is packed as “{packing}”, which was not asked for")
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLarge
        yield piece


def _without_gzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    opened = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                if opened.eof:  # RFC 1952: members follow one another, and are read as one
                    opened = zlib.decompressobj(_GZIP)
                if piece := opened.decompress(waiting, _PIECE):
                    yield piece
                waiting = opened.unused_data if opened.eof else opened.unconsumed_tail
        if piece := opened.flush():
            yield piece
    except zlib.error as fault:
        raise CutOff("the answer's gzip packing is damaged") from fault
    if not opened.eof:
        raise CutOff("the answer was cut off on its way")
