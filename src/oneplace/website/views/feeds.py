"""What changed, as feeds: of everything, of an area, of a body. Atom, as Django's syndication writes it.

An entry is a change of the log. Its name is the change's number, which is never used again, so that no reader
of feeds shows one twice; and a feed in which nothing happened is the same text each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import EventView
from oneplace.places import queries as places
from oneplace.website.changes_in_words import Change, told
from oneplace.website.names import body_names

_ENTRIES = 50
# Where nothing was ever published: the day on which the first Oneplace opened.
_NEVER = dt.datetime(2009, 12, 9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    event: EventView
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a feed is of. `path` is the page that it belongs to."""

    title: str
    subtitle: str
    path: str
    area_id: str | None = None
    body_id: str | None = None


class _Atom(Atom1Feed):
    """A feed without entries is as old as the record, not as new as the question."""

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else _published()


class _Changes(Feed):  # type: ignore[type-arg]  # Django’s own class takes no types when it runs
    feed_type = _Atom

    def __init__(self, about: Callable[..., _About]) -> None:
        self._about = about

    def get_object(self, request: HttpRequest, *args: Any, **named: Any) -> _About:
        return self._about(**named)

    def title(self, about: _About) -> str:
        return about.title

    def subtitle(self, about: _About) -> str:
        return about.subtitle

    def link(self, about: _About) -> str:
        return about.path

    def items(self, about: _About) -> list[_Entry]:
        found = evidence.latest_events(limit=_ENTRIES, area_id=about.area_id, body_id=about.body_id)
        names = body_names(one.body_id for one in found if one.body_id)
        return [_Entry(event=one, change=told(one, names)) for one in found]

    def item_title(self, item: _Entry) -> str:
        return f"{item.change.kind}: {item.change.sentence}"

    def item_description(self, item: _Entry) -> str:
        return f"{item.change.sentence}."

    def item_link(self, item: _Entry) -> str:
        return item.change.href or item.change.release

    def item_guid(self, item: _Entry) -> str:
        return f"urn:oneplace:change:{item.event.sequence}"

    def item_pubdate(self, item: _Entry) -> dt.datetime:
        return item.event.at

    def item_updateddate(self, item: _Entry) -> dt.datetime:
        return item.event.at


def _published() -> dt.datetime:
    last = evidence.generation().partition("/")[0]
    return dt.datetime.fromisoformat(last) if last else _NEVER


def _everything() -> _About:
    return _About(
        title="Oneplace: what changed",
        subtitle="New inspections, grades, figures, flags and corrections, as each is noted.",
        path=reverse("changes"),
    )


def _area(area_id: str) -> _About:
    area = places.area(area_id)
    if area is None:
        raise Http404(f"There is no area “{area_id}” in the record.")
    return _About(
        title=f"Oneplace: what changed for {area.name}",
        subtitle=f"Of the council and the other public services of {area.name}, as each change is noted.",
        path=area.path,
        area_id=area.area_id,
    )


def _body(body_id: str) -> _About:
    name = places.names_of([body_id]).get(body_id)
    if name is None:
        raise Http404(f"There is no body “{body_id}” in the record.")
    return _About(
        title=f"Oneplace: what changed for {name}",
        subtitle=f"New inspections, grades and corrections of {name}, as each is noted.",
        path=f"/bodies/{body_id}/",
        body_id=body_id,
    )


_EVERYTHING, _AREA, _BODY = _Changes(_everything), _Changes(_area), _Changes(_body)


def changes_feed(request: HttpRequest) -> HttpResponse:
    """What changed in the whole record: the newest fifty."""
    return _EVERYTHING(request)


def area_feed(request: HttpRequest, area_id: str) -> HttpResponse:
    """What changed of the bodies that serve an area."""
    return _AREA(request, area_id=area_id)


def body_feed(request: HttpRequest, body_id: str) -> HttpResponse:
    """What changed of one body."""
    return _BODY(request, body_id=body_id)
