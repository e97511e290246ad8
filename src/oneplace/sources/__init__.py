"""One module a publication: bytes in, records out. Plain Python, no Django, no network while parsing.

from oneplace.sources import sources

source = sources()["ofsted_la_outcomes"]
for release, records in source.releases(path):
    ...
"""

from __future__ import annotations

from oneplace.sources.errors import SourceError
from oneplace.sources.registry import DuplicateSource, sources
from oneplace.sources.source import Source

__all__ = ["DuplicateSource", "Source", "SourceError", "sources"]
