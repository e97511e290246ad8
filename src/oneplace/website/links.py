"""Addresses of the site that are made from the record's own."""

from __future__ import annotations

from urllib.parse import urlencode

from oneplace.evidence.views import SourceRef
from oneplace.records import Box


def passage_path(source: SourceRef, sha256: str | None = None) -> str | None:
    """The report's page with the passage marked; None where the source is no report or says no page."""
    if source.page is None:
        return None
    return page_path(sha256 or source.sha256, source.page, source.box)


def page_path(sha256: str, page: int, box: Box | None = None) -> str:
    """A report's page, with a box marked on it."""
    marked = "?box=" + ",".join(f"{value:g}" for value in box) if box else ""
    return f"/reports/{sha256}/pages/{page}/{marked}"


def row_path(release_id: str, row: int, sheet: str | None = None, measure: str = "") -> str:
    """What the record took from a row of a release. `measure` leads to one figure of a wide row."""
    wanted = {name: value for name, value in (("sheet", sheet), ("of", measure)) if value}
    return f"/releases/{release_id}/rows/{row}/" + (f"?{urlencode(wanted)}" if wanted else "")
