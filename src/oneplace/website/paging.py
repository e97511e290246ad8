"""Lists of several pages: which one is asked for, and the links to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """One page among several. `steps` are the numbers to offer with their addresses; None is a gap."""

    page: int
    pages: int
    steps: tuple[tuple[int, str] | None, ...]
    previous: str
    next: str


def page_asked(request: HttpRequest) -> int:
    """The page that the address names, and the first where it names none."""
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def paging(page: int, pages: int, address: Callable[[int], str]) -> Paging:
    """The first page, the last and those around this one, with what each is reached by."""
    near = {1, pages, *range(page - 1, page + 2)}
    steps: list[tuple[int, str] | None] = []
    before = 0
    for number in sorted(number for number in near if 1 <= number <= pages):
        if number - before > 1:
            steps.append(None)
        steps.append((number, address(number)))
        before = number
    return Paging(
        page=page,
        pages=pages,
        steps=tuple(steps),
        previous=address(page - 1) if page > 1 else "",
        next=address(page + 1) if page < pages else "",
    )
