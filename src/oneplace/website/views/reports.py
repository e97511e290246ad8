"""A page of a report, as a picture with the passage marked, and as text beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from oneplace.archive.queries import NotInArchive, PageLine, page_picture, page_text
from oneplace.evidence import queries as evidence
from oneplace.records import Box
from oneplace.website.links import page_path

_BOX = re.compile(r"^(-?\d{1,5}(?:\.\d{1,2})?)(?:,(-?\d{1,5}(?:\.\d{1,2})?)){3}$")
# Points around the marked lines, so that their letters do not touch the frame.
_AROUND = 3.0
# What is not shown because the file is not here is not the reader's mistake.
_STATUS = {"not_held": 404, "no_such_page": 404, "moved": 404, "changed": 409, "unreadable": 409}


def report_page(request: HttpRequest, sha256: str, number: int) -> HttpResponse:
    """The page, with the box of `?box=x0,y0,x1,y1` (points, origin at the bottom left) marked."""
    box = _box(request.GET.get("box", ""))
    about = evidence.inspection_of_report(sha256)
    try:
        page = page_text(sha256, number)
    except NotInArchive as reason:
        missing: dict[str, object] = {"reason": reason, "about": about, "number": number, "sha256": sha256}
        return render(request, "report_missing.html", missing, status=_STATUS[reason.kind])
    marked = page.within(box) if box else ()
    context: dict[str, object] = {
        "page": page,
        "about": about,
        "sha256": sha256,
        "paragraphs": _paragraphs(page.lines),
        "marked": marked,
        "passage": " ".join(line.text for line in marked),
        "rectangle": _rectangle(box, page.height) if box else None,
        "before": page_path(sha256, number - 1) if number > 1 else None,
        "after": page_path(sha256, number + 1) if number < page.count else None,
    }
    return render(request, "report_page.html", context)


# The address holds the file's SHA-256: what it answers with never changes.
@cache_control(public=True, max_age=31_536_000, immutable=True)
def report_picture(request: HttpRequest, sha256: str, number: int) -> HttpResponse:
    """The page's picture."""
    try:
        return HttpResponse(page_picture(sha256, number), content_type="image/webp")
    except NotInArchive as reason:
        raise Http404(reason.message) from reason


def _box(typed: str) -> Box | None:
    """The four numbers, or None where they are not a box."""
    if not _BOX.match(typed):
        return None
    x0, y0, x1, y1 = (float(value) for value in typed.split(","))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _paragraphs(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """The lines in runs, cut where the gap between two is wider than between a paragraph's."""
    runs: list[list[PageLine]] = []
    for line in lines:
        before = runs[-1][-1].box if runs else None
        height = line.box[3] - line.box[1]
        if before is None or before[1] - line.box[3] > height * 0.6 or line.box[1] > before[1]:
            runs.append([])
        runs[-1].append(line)
    return runs


def _rectangle(box: Box, height: float) -> dict[str, float]:
    """The box as SVG has it: origin at the top left."""
    x0, y0, x1, y1 = box
    return {
        "x": round(x0 - _AROUND, 1),
        "y": round(height - y1 - _AROUND, 1),
        "width": round(x1 - x0 + 2 * _AROUND, 1),
        "height": round(y1 - y0 + 2 * _AROUND, 1),
    }
