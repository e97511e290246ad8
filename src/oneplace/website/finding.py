"""What the one box finds: areas, bodies of every kind, a postcode; and where it goes at once if one thing is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
from oneplace.places import postcodes
from oneplace.places import queries as places
from oneplace.places.postcodes import PostcodeAnswer
from oneplace.records import BODY_KINDS
from oneplace.website.finding_services import ServiceHit, services_meant
from oneplace.website.names import body_names

MOST_TYPED = 100
_MOST_AREAS = 20
_A_KIND = 6
_ONLY_KIND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A body that was found, where it is, and its newest inspection, which says under what it was judged."""

    body: places.FoundBody
    where: str
    newest: InspectionView | None

    @property
    def path(self) -> str:
        return f"/bodies/{self.body.body_id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Bodies of a kind; `more` are not on this page, which is one of `pages`."""

    kind: str
    label: str
    hits: tuple[Hit, ...]
    more: int
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`go_to` is the one page that is meant, "" where there are several or none.

    `took_over`: of the areas, those that are there because a council that ended is the only one found.
    """

    typed: str
    go_to: str
    areas: tuple[places.AreaView, ...]
    towns: tuple[places.Town, ...]
    groups: tuple[Group, ...]
    by_slip: bool
    postcode: PostcodeAnswer | None
    names: dict[str, str]
    took_over: frozenset[str] = frozenset()
    services: tuple[ServiceHit, ...] = ()

    @property
    def found(self) -> int:
        """Services, areas, towns and bodies that are shown."""
        bodies = sum(len(each.hits) for each in self.groups)
        return len(self.services) + len(self.areas) + len(self.towns) + bodies


def find(typed: str, kind: str = "", page: int = 1) -> Finding:
    """Everything of this name, number or postcode. With `kind`, a page of the bodies of that kind, and nothing else.

    A page beyond the last is the last.
    """
    if kind:
        bodies, page = _page_of(typed, kind, page) if typed else (_NOBODY, 1)
        return _finding(typed, bodies=bodies, page=page)
    if postcode := _postcode(typed):
        found = places.find_bodies(typed, evidence.generation(), _A_KIND)
        return _finding(typed, bodies=found, postcode=postcode)
    if not typed:
        return _finding(typed)
    areas, bodies = _areas_and_bodies(typed)
    if (services := services_meant(typed)) and not any(_is_meant(each, typed) for each in areas):
        # What only resembles the whole line is not meant where its parts are known.
        return _finding(typed, bodies=_NOBODY if bodies.by_slip else bodies, services=services)
    towns = places.find_towns(typed)
    if towns and not any(_is_meant(each, typed) for each in areas):
        areas = ()
    is_found = towns or any(_is_meant(each, typed) for each in areas)
    are_near = not is_found and (not bodies.bodies or bodies.by_slip)
    if are_near:
        towns = places.find_towns_near(typed)
    # A town that has its council's name is the council.
    called = {_plain(area.name) for area in areas}
    towns = tuple(each for each in towns if _plain(each.name) not in called)
    took_over: tuple[places.AreaView, ...] = ()
    if len(areas) == 1 and areas[0].end:
        # Who lives there wants the councils of today; who reads about the past wants the old one.
        took_over = tuple(each for each in places.successors(areas[0].area_id) if not each.end)
    return _finding(typed, areas=areas, towns=towns, bodies=bodies, are_near=are_near, took_over=took_over)


_NOBODY = places.FoundBodies(bodies=(), totals=(), by_slip=False)


def _areas_and_bodies(typed: str) -> tuple[tuple[places.AreaView, ...], places.FoundBodies]:
    areas = places.find(typed, _MOST_AREAS)
    bodies = places.find_bodies(typed, evidence.generation(), _A_KIND)
    if areas and bodies.bodies and not bodies.by_slip and not _is_named(areas, typed):
        # An area that is only near what was typed is not meant where a body is called so.
        areas = tuple(each for each in areas if _has_words(each, typed))
    is_less = bodies.by_slip and (len(typed.split()) == 1 or any(_is_meant(each, typed) for each in areas))
    return areas, _NOBODY if areas and is_less else bodies


def _finding(
    typed: str,
    *,
    areas: tuple[places.AreaView, ...] = (),
    towns: tuple[places.Town, ...] = (),
    bodies: places.FoundBodies = _NOBODY,
    are_near: bool = False,
    took_over: tuple[places.AreaView, ...] = (),
    postcode: PostcodeAnswer | None = None,
    services: tuple[ServiceHit, ...] = (),
    page: int = 0,
) -> Finding:
    """What to show, or where to go at once. `page`: which page of the bodies of the one kind asked for, 0 for none."""
    areas += took_over
    is_clear = not page and not (towns and not _is_named(areas, typed))
    go_to = _go_to(typed, postcode, areas, bodies) if is_clear else ""
    if not go_to and len(services) == 1 and not services[0].town and not bodies.bodies:
        go_to = services[0].path
    councils = (
        _councils(postcode)
        if postcode
        else {
            area.county
            for area in (*(each.area for each in towns), *(each.area for each in services))
            if area.county
        }
    )
    return Finding(
        typed=typed,
        go_to=go_to,
        areas=areas,
        towns=towns,
        groups=() if go_to else _groups(bodies, page),
        by_slip=bodies.by_slip or (are_near and bool(areas or towns)),
        postcode=postcode,
        names={} if go_to else body_names(councils),
        took_over=frozenset(each.area_id for each in took_over),
        services=() if go_to else services,
    )


def _page_of(typed: str, kind: str, page: int) -> tuple[places.FoundBodies, int]:
    """The bodies of a kind on a page, and which page that is."""
    generation = evidence.generation()
    page = max(page, 1)
    found = places.find_bodies(typed, generation, _ONLY_KIND, kind=kind, skip=(page - 1) * _ONLY_KIND)
    if (last := _pages(sum(count for _, count in found.totals))) < page:
        page = last
        found = places.find_bodies(typed, generation, _ONLY_KIND, kind=kind, skip=(page - 1) * _ONLY_KIND)
    return found, page


def _pages(total: int) -> int:
    return max(-(-total // _ONLY_KIND), 1)


def _go_to(
    typed: str,
    postcode: PostcodeAnswer | None,
    areas: tuple[places.AreaView, ...],
    bodies: places.FoundBodies,
) -> str:
    if postcode is not None:
        clear = postcode.area_id and not postcode.ended and not postcode.is_corrected
        return f"/areas/{postcode.area_id}/" if clear and not bodies.bodies else ""
    if areas:
        if len(areas) == 1 and (not bodies.bodies or _is_named(areas, typed)) and _is_meant(areas[0], typed):
            return areas[0].path
        return ""
    exact = [each for each in bodies.bodies if each.is_exact]
    total = sum(count for _, count in bodies.totals)
    # One word is seldom all of a name: where others have it too, the reader chooses.
    is_more_than_a_word = len(typed.split()) > 1 or any(letter.isdigit() for letter in typed)
    is_clear = len(exact) == 1 and is_more_than_a_word
    if is_clear or (total == 1 and not bodies.by_slip and (exact or is_more_than_a_word)):
        return f"/bodies/{(exact or bodies.bodies)[0].body_id}/"
    return ""


def _is_named(areas: Iterable[places.AreaView], typed: str) -> bool:
    """Whether one of the areas is called just so."""
    called = places.called(typed)
    return called is not None and called.area_id in {each.area_id for each in areas}


def _is_meant(area: places.AreaView, typed: str) -> bool:
    """Whether it was found by a name or number of its own, and not by one that is a slip away: that is asked."""
    return (
        _is_named((area,), typed)
        or _has_words(area, typed)
        or typed.strip().casefold() in {code.casefold() for _, code in area.codes}
    )


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ")


def _has_words(area: places.AreaView, typed: str) -> bool:
    """Whether a name of the area, old ones too, has the beginning of what was typed."""
    wanted = typed.casefold().strip()
    return any(wanted in name.casefold() for name in (area.name, area.official_name, *area.names))


def _groups(bodies: places.FoundBodies, page: int) -> tuple[Group, ...]:
    """By kind; `page` is which page of the one kind that was asked for, 0 where none was."""
    by_kind: dict[str, list[places.FoundBody]] = defaultdict(list)
    for each in bodies.bodies:
        by_kind[each.kind].append(each)
    shown = [each for some in by_kind.values() for each in some]
    names = body_names({area for each in shown for area in each.areas[:2]})
    newest: dict[str, InspectionView] = {}
    ids = [each.body_id for each in shown]
    for one in evidence.of_bodies(ids, with_points=False) if shown else ():
        newest.setdefault(one.body_id, one)
    totals = dict(bodies.totals)
    return tuple(
        Group(
            kind=key,
            label=BODY_KINDS.get(key, key.replace("_", " ")),
            hits=tuple(
                Hit(body=each, where=_where(each, names), newest=newest.get(each.body_id)) for each in some
            ),
            more=totals[key] - len(some),
            page=page or 1,
            pages=_pages(totals[key]) if page else 1,
        )
        for key, some in by_kind.items()
    )


def _where(body: places.FoundBody, names: dict[str, str]) -> str:
    if len(body.areas) > 2:
        return f"{len(body.areas)} council areas"
    return " and ".join(names[each] for each in body.areas)


def _postcode(typed: str) -> PostcodeAnswer | None:
    """What the directory says, where the text has a postcode's shape; a name such as "York" has none."""
    if not any(letter.isdigit() for letter in typed):
        return None
    try:
        answer = postcodes.find(typed)
    except postcodes.NoPostcodes:
        return None
    return None if answer.kind == "not_a_postcode" else answer


def _councils(answer: PostcodeAnswer) -> set[str]:
    return {
        each
        for each in (answer.area_id, answer.county, answer.was, *(one.area_id for one in answer.shares))
        if each
    }
