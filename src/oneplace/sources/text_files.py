"""Which letters the bytes of a file are: a file is in one encoding as a whole, or is refused."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from oneplace.sources.errors import SourceError

# A letter of several bytes. Hardly any text in Windows' Latin letters has such bytes side by side by chance.
_IN_UTF_8 = re.compile(rb"[\xC2-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF4][\x80-\xBF]{3}")
# How wider encodings begin; without a mark, the zero bytes of plain letters give them away.
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_WIDE_WITHIN = 1_000


def text_of(path: Path, content: bytes, encodings: Sequence[str]) -> str:
    """The text of a table. `SourceError` for a web page, and for bytes that are in none of `encodings`."""
    refuse_wide_text(path, content)
    if content.lstrip()[:1] == b"<":
        raise SourceError(path, "a CSV table, not a web page,", found=beginning_of(content))
    first: SourceError | None = None
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as fault:
            line = content[: fault.start].count(b"\n") + 1
            first = first or SourceError(
                path, "text in UTF-8", found=f"the byte {content[fault.start]:02X}", row=line
            )
        if encoding.startswith("utf-8") and (
            content.startswith(codecs.BOM_UTF8) or _IN_UTF_8.search(content)
        ):
            break  # It is in UTF-8, but for some bytes: any other reading would spoil the rest.
    assert first is not None
    raise first


def refuse_wide_text(path: Path, content: bytes) -> None:
    """Raise `SourceError` for text in UTF-16 or UTF-32, which spreadsheets save as "Unicode text"."""
    marked = next((name for mark, name in _WIDE if content.startswith(mark)), None)
    if marked or b"\0" in content[:_WIDE_WITHIN]:
        found = marked or "UTF-16 or another encoding with zero bytes"
        raise SourceError(path, "text in UTF-8 (save it again as “CSV UTF-8”)", found=found, row=1)


def line_not_in_utf_8(lines: Iterable[bytes]) -> int | None:
    """The number of the first line that is not text in UTF-8, None where all are."""
    for number, line in enumerate(lines, 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return None


def beginning_of(content: bytes) -> str:
    """How a file begins, for the error that it is not what it should be."""
    return " ".join(content[:40].decode("ascii", "replace").split())
