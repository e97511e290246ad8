"""A report's page out of the archive: as a picture, and as lines with their boxes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from django.conf import settings
from PIL import Image

from oneplace.archive.models import ArchivedFile
from oneplace.reading.pages import read_page
from oneplace.records import Box

# Pixels a point: an A4 page is 1,190 pixels wide, sharp on a phone's screen and about 90 kB.
SCALE = 2.0
# Bytes: with its page's own and the stylesheet it stays within the 100 kB that a page may weigh.
HEAVIEST = 85_000
# A page larger than A2 is no page of a report; its picture could fill the memory.
LARGEST_SIDE = 1700.0
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
# PDFium is not thread-safe, and the server's workers have threads.
_pdfium = threading.Lock()


class NotInArchive(Exception):
    """Why a page cannot be shown. `kind`: "not_held", "moved", "changed", "no_such_page", "unreadable"."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page's text and its box in points, origin at the bottom left."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its number from 1, of how many, its size in points, and its lines in reading order."""

    number: int
    count: int
    width: float
    height: float
    lines: tuple[PageLine, ...]

    def within(self, box: Box) -> tuple[PageLine, ...]:
        """The lines whose middle stands in the box."""
        x0, y0, x1, y1 = box
        return tuple(
            line
            for line in self.lines
            if y0 <= (line.box[1] + line.box[3]) / 2 <= y1 and line.box[0] < x1 and line.box[2] > x0
        )


def held(sha256s: Iterable[str]) -> frozenset[str]:
    """Which of the files the archive has."""
    return frozenset(ArchivedFile.objects.filter(sha256__in=list(sha256s)).values_list("sha256", flat=True))


def page_text(sha256: str, number: int) -> PageText:
    """The text of a page. Raises NotInArchive."""
    with _page(sha256, number) as (document, page):
        read = read_page(page, number)
        lines = tuple(PageLine(line.text, line.box) for line in read.lines)
        return PageText(number, len(document), read.width, read.height, lines)


def page_picture(sha256: str, number: int) -> bytes:
    """A page as WebP of 85 kB at most, twice as many pixels as points. Drawn once, then kept. Raises NotInArchive."""
    file = _kept(sha256, number)
    if file is not None and file.is_file():
        _checked_path(sha256)
        return file.read_bytes()
    with _page(sha256, number) as (_, page):
        if max(page.get_size()) > LARGEST_SIDE:
            raise NotInArchive("unreadable", f"page {number} is larger than any page of a report")
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
    data = _small(picture)
    if file is not None:
        _keep(file, data)
    return data


def _small(picture: Image.Image) -> bytes:
    """Print in few colours without loss is sharper than as a photograph, and a third of its bytes.

    A dense page has fewer of them, then fewer pixels. A page of photographs is larger so: it becomes one. The
    first that fits, or else the smallest.
    """
    tried: list[bytes] = []
    for small in (1.0, 0.8):
        shown = (
            picture
            if small == 1.0
            else picture.resize((int(picture.width * small), int(picture.height * small)))
        )
        for colours in (16, 6):
            tried.append(_webp(shown.quantize(colours).convert("RGB"), lossless=True, quality=70))
            if len(tried[-1]) <= HEAVIEST:
                return tried[-1]
    for quality in (50, 25):
        tried.append(_webp(picture, quality=quality))
        if len(tried[-1]) <= HEAVIEST:
            return tried[-1]
    return min(tried, key=len)


def _webp(picture: Image.Image, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", method=4, **how)
    return out.getvalue()


def _kept(sha256: str, number: int) -> Path | None:
    if not _SHA256.match(sha256):
        return None
    return Path(settings.ONEPLACE_HOME) / "pictures" / sha256[:2] / f"{sha256}-{number}.small.webp"


def _keep(file: Path, data: bytes) -> None:
    """Write it whole or not at all: another worker may be reading."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
    Path(name).replace(file)


def _checked_path(sha256: str) -> Path:
    row = ArchivedFile.objects.filter(sha256=sha256).first() if _SHA256.match(sha256) else None
    if row is None:
        raise NotInArchive("not_held", "this report's PDF is not in the archive of this machine")
    path = Path(row.path)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotInArchive("moved", "the report's PDF is no longer where it was read from") from error
    if found != sha256:
        raise NotInArchive("changed", "the file is no longer the one that was read: its SHA-256 is another")
    return path


@contextmanager
def _page(sha256: str, number: int) -> Iterator[tuple[pdfium.PdfDocument, pdfium.PdfPage]]:
    path = _checked_path(sha256)
    with _pdfium:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            raise NotInArchive("unreadable", "the PDF cannot be opened") from error
        try:
            if not 1 <= number <= len(document):
                raise NotInArchive(
                    "no_such_page", f"the report has pages 1 to {len(document)}, and no page {number}"
                )
            page = document[number - 1]
            try:
                yield document, page
            finally:
                page.close()
        finally:
            document.close()
