"""Which parameters of an address a page reads. The others change nothing on it, so its address goes without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict

# A page that looks through its whole query may depend on any of it.
EVERYTHING = "*"


class AskedQuery(QueryDict):
    """A request's query that notes each name a page asks it for."""

    def __init__(self, query: str) -> None:
        self.asked: set[str] = set()
        super().__init__(query)
        self.asked.clear()
        self._whole = query

    @property
    def part_asked(self) -> str:
        """What has been asked of it by now, as a query."""
        return part_asked(self._whole, frozenset(self.asked))

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().getlist(key, default)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(EVERYTHING)
        return super().__iter__()

    def __len__(self) -> int:
        self.asked.add(EVERYTHING)
        return super().__len__()

    def keys(self) -> Any:
        self.asked.add(EVERYTHING)
        return super().keys()

    def lists(self) -> Any:
        self.asked.add(EVERYTHING)
        return super().lists()

    def items(self) -> Any:
        self.asked.add(EVERYTHING)
        return super().items()


def part_asked(query: str, asked: frozenset[str]) -> str:
    """The query with only these names, in their order; all of them where a page looks through everything."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if EVERYTHING not in asked:
        pairs = [pair for pair in pairs if pair[0] in asked]
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))


def address_of(request: HttpRequest) -> str:
    """The whole address of a page, with what it has read of its query.

    A page is kept for every address that differs in the rest, so the rest must not be on it.
    """
    query = request.GET.part_asked if isinstance(request.GET, AskedQuery) else request.GET.urlencode()
    return request.build_absolute_uri(request.path) + (f"?{query}" if query else "")
