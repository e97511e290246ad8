"""The brief: what the record says about an area's services for children, each fact with its source and page.

`brief` builds a frozen `Brief` from queries alone; `as_markdown`, `as_json` and `as_rich` print it. Asked as
at a date, nothing in it is later than that date. What the record does not hold it says plainly.
"""

from __future__ import annotations

from oneplace.evidence.brief.contents import Brief, BriefSource, Fact, Section
from oneplace.evidence.brief.printing import as_json, as_markdown, as_rich
from oneplace.evidence.brief.writing import UnknownArea, brief, brief_of

__all__ = [
    "Brief",
    "BriefSource",
    "Fact",
    "Section",
    "UnknownArea",
    "as_json",
    "as_markdown",
    "as_rich",
    "brief",
    "brief_of",
]
