"""A PDF on disk → a Reading, or one clear reason why not."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from oneplace.reading import forms
from oneplace.reading.furniture import strip_furniture
from oneplace.reading.pages import Page, read_pages
from oneplace.reading.report import Form, Report
from oneplace.reading.words import Vocabulary
from oneplace.records import InspectionRecord, Problem, Reading

# Raised when a rule changes what is read, so that a store knows which readings to make again.
READER_VERSION = "1"
# The longest report in the publisher's archive has 60 pages; the largest file is under 3 MB.
MAX_PAGES = 300
MAX_BYTES = 60 * 1024 * 1024
# Days. With a second period of fieldwork the longest inspection so far took 72.
_LONGEST_INSPECTION = 120


class UnreadableReport(Exception):
    """Why a file could not be read. `kind` is for machines, the message for people."""

    def __init__(self, path: str, sha256: str, kind: str, message: str) -> None:
        super().__init__(message)
        self.path, self.sha256, self.kind, self.message = path, sha256, kind, message

    def __reduce__(self) -> tuple[type[UnreadableReport], tuple[str, str, str, str]]:
        return type(self), (self.path, self.sha256, self.kind, self.message)


@cache
def known_forms() -> tuple[Form, ...]:
    """Every form that a module of `oneplace.reading.forms` has, in the order of the modules' names."""
    found: list[Form] = []
    for module in pkgutil.iter_modules(forms.__path__):
        found.extend(importlib.import_module(f"{forms.__name__}.{module.name}").FORMS)
    return tuple(found)


def read_report(path: str | Path) -> Reading:
    """Read one report.

    Raises UnreadableReport with a named kind: "missing", "empty", "not_a_pdf", "web_page", "truncated", "encrypted",
    "too_large", "too_many_pages", "no_text" (a scan), "unrecognised".
    """
    name = str(path)
    data = _bytes(Path(path), name)
    sha256 = hashlib.sha256(data).hexdigest()

    def refuse(kind: str, message: str) -> UnreadableReport:
        return UnreadableReport(name, sha256, kind, message)

    if not data:
        raise refuse("empty", "the file is empty (0 bytes); expected a PDF")
    if b"%PDF-" not in data[:1024]:
        start = data[:512].lstrip().lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")) or b"<html" in data[:4096].lower():
            raise refuse("web_page", "this is a web page saved as .pdf (it begins with HTML); expected a PDF")
        raise refuse("not_a_pdf", f"this is not a PDF: it begins with {data[:8]!r}; expected %PDF-")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise refuse(
                "encrypted", "the PDF is encrypted and asks for a password; expected one that opens without"
            ) from error
        raise refuse(
            "truncated", "the PDF is damaged or cut off: its pages cannot be found; fetch it again"
        ) from error
    try:
        if not len(document):
            raise refuse("truncated", "the PDF has no pages; fetch it again")
        if len(document) > MAX_PAGES:
            raise refuse(
                "too_many_pages",
                f"the PDF has {len(document)} pages; no inspection report has more than {MAX_PAGES}",
            )
        inspection = _read(list(read_pages(document)), document, refuse)
    except pdfium.PdfiumError as error:
        raise refuse("truncated", f"the PDF is damaged or cut off: {error}; fetch it again") from error
    finally:
        document.close()
    return Reading(path=name, sha256=sha256, inspection=inspection)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableReport(name, "", "missing", "this is a folder; expected a PDF")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableReport(
                name,
                "",
                "too_large",
                f"the file has {size:,} bytes; no inspection report has more than {MAX_BYTES:,}",
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(name, "", "missing", f"the file cannot be opened: {error.strerror}") from error
    except ValueError as error:
        raise UnreadableReport(name, "", "missing", f"no file can have this name: {error}") from error


def _read(
    pages: list[Page], document: pdfium.PdfDocument, refuse: Callable[[str, str], UnreadableReport]
) -> InspectionRecord:
    characters = sum(len(line.text) for page in pages for line in page.lines)
    if characters < 40 * len(pages):
        raise refuse(
            "no_text",
            f"the PDF has {len(pages)} page(s) and almost no text: it is a scan; expected a PDF with text",
        )
    strip_furniture(pages)
    report = Report(pages, Vocabulary(pages), document)
    for form in known_forms():
        if form.recognises(report):
            inspection = form.read(report)
            return replace(inspection, problems=(*inspection.problems, *_implausible_dates(inspection)))
    raise refuse(
        "unrecognised", "no form of report recognises this PDF: nothing was read, nothing is guessed"
    )


def _implausible_dates(said: InspectionRecord) -> Iterator[Problem]:
    """Dates that are told as printed and cannot be right, where the form has not said so itself."""
    start, end, published = said.inspection_start, said.inspection_end, said.published
    if start is None or end is None or any(problem.kind == "date_implausible" for problem in said.problems):
        return
    if end < start or (end - start).days > _LONGEST_INSPECTION:
        message = f"The inspection is printed as {start:%d %B %Y} to {end:%d %B %Y}."
        yield Problem(kind="date_implausible", field="inspection_start", message=message)
    if published and published < end:
        message = (
            f"The report is dated {published:%d %B %Y}, before the inspection's last day, {end:%d %B %Y}."
        )
        yield Problem(kind="date_implausible", field="published", message=message)
