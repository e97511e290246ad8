"""Whether an answer is what was asked for, by its media type, how it begins and how it ends.

A site that has moved a file, or wants a login, often answers 200 with a web page. Nothing of the kind may be
saved under the name of a publication.
"""

from __future__ import annotations

from dataclasses import dataclass

ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# How a file of a kind begins and, where that can be told, what stands near its end.
_BEGINNINGS = {
    "application/pdf": b"%PDF",
    "application/zip": b"PK",
    ODS: b"PK",
    XLSX: b"PK",
}
_NEAR_THE_END = {b"%PDF": b"%%EOF", b"PK": b"PK\x05\x06"}
# The end of a zip file may be followed by a comment of 65,535 bytes; a PDF by some white space.
TAIL = 66_000

# Kinds that servers give to files of any other kind.
_VAGUE = {"", "application/octet-stream", "binary/octet-stream", "application/force-download"}
_ALSO = {
    "text/csv": {"text/plain", "application/csv", "application/vnd.ms-excel", "text/comma-separated-values"},
    "application/json": {"text/json", "text/plain", "application/hal+json"},
    "application/zip": {"application/x-zip-compressed", "application/x-zip"},
    "text/html": {"application/xhtml+xml"},
    ODS: {"application/zip", "application/x-vnd.oasis.opendocument.spreadsheet"},
    XLSX: {"application/zip", "application/vnd.ms-excel"},
}
_CALLED = {
    "application/pdf": "a PDF",
    "application/zip": "a zip archive",
    "application/json": "JSON",
    "text/csv": "a CSV file",
    "text/html": "a web page",
    ODS: "an OpenDocument spreadsheet",
    XLSX: "an Excel workbook",
    "%PDF": "a PDF",
    "PK": "a zip archive or spreadsheet",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a good answer is: a media type ("text/csv") or the first bytes ("%PDF"); "" expects nothing."""

    kind: str

    @property
    def called(self) -> str:
        return _CALLED.get(self.kind, f"“{self.kind}”")

    @property
    def is_media_type(self) -> bool:
        return "/" in self.kind

    def fault_of_type(self, media_type: str) -> str | None:
        """What is wrong with the answer's Content-Type; None where it will do."""
        given = media_type.split(";")[0].strip().lower()
        if not self.kind or given in _VAGUE or given in self._good_types():
            return None
        if not self.is_media_type and given not in {"text/html", "application/xhtml+xml", "application/json"}:
            return None
        return f"{self.called} was expected, but the server calls its answer “{given}”"

    def fault_of_beginning(self, beginning: bytes) -> str | None:
        """What is wrong with the first bytes; None where they are as they should be."""
        if not self.kind:
            return None
        if self._begins:
            if beginning.startswith(self._begins):
                return None
        elif self.kind == "text/html":
            if b"<" in beginning:
                return None
        elif self.kind == "application/json":
            if beginning.lstrip()[:1] in (b"{", b"["):
                return None
        elif beginning.strip() and not is_web_page(beginning):
            return None
        found = "a web page" if is_web_page(beginning) else f"“{_plain(beginning)}”"
        if not beginning.strip():
            found = "nothing"
        return (
            f"{self.called} was expected, but the answer is {found}: the publication has moved, or the site "
            "wants a login or is closed for the moment"
        )

    def fault_of_end(self, tail: bytes) -> str | None:
        """What is wrong with the last bytes; None where the file is whole as far as its kind can tell."""
        mark = _NEAR_THE_END.get(self._begins)
        if mark is None or mark in tail:
            return None
        return f"{self.called} was expected, but the answer is cut off: its end is not there"

    @property
    def _begins(self) -> bytes:
        if self.is_media_type:
            return _BEGINNINGS.get(self.kind, b"")
        return self.kind.encode()

    def _good_types(self) -> set[str]:
        return {self.kind, *_ALSO.get(self.kind, ())}


def is_web_page(beginning: bytes) -> bool:
    """Whether the first bytes are those of HTML."""
    start = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<!--", b"<?xml")) and b"<html" in start
    )


def _plain(beginning: bytes) -> str:
    text = beginning[:40].decode("ascii", "replace")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
