"""What there are maps of grades of, and every place's newest graded inspection for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView, ReviewAuthority
from oneplace.frameworks import Service
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.as_at import AsAt

# What a tile has no room for, and every one of its map would have.
_ENDINGS = (
    " Police",
    " Police Service",
    " Constabulary",
    " Fire and Rescue Service",
    " Fire and Rescue",
    " Fire Brigade",
)


_ABBREVIATIONS = {
    "Buckinghamshire": "Bucks",
    "Cambridgeshire": "Cambs",
    "Gloucestershire": "Glos",
    "Northamptonshire": "Northants",
    "Northumberland": "Northumb",
    "Nottinghamshire": "Notts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to draw a subject: whose the tiles are (`tier`), and which kinds of body are told of, () for all.

    `short` goes with a title, "" of the usual way. `note` says what the reader has to know of it.
    """

    key: str
    label: str
    short: str = ""
    tier: str = "upper"
    kinds: tuple[str, ...] = ()
    note: str = ""


_COUNCILS = Way(key="upper", label="Each council")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One map of grades. `key` is its address; `reviews` are the annual reviews that it draws, the chief one first.

    Where several ways of drawing it are right, `ways` has them, the usual one first. A council's tile shows its own
    grade, or that of the body that serves it.
    """

    key: str
    label: str
    service: Service
    reviews: tuple[str, ...]
    ways: tuple[Way, ...] = (_COUNCILS,)

    def way(self, key: str) -> Way:
        """The way of this key, else the usual one."""
        return next((each for each in self.ways if each.key == key), self.ways[0])


SUBJECTS = (
    Subject(key="children", label="Children’s services", service="children", reviews=("children",)),
    Subject(
        key="area-send",
        label="Special educational needs and disabilities",
        service="children",
        reviews=("area-SEND",),
    ),
    Subject(
        key="adult-social-care",
        label="Adult social care",
        service="adult_social_care",
        reviews=("CQC-local-authority",),
    ),
    Subject(
        key="police",
        label="Police",
        service="police",
        reviews=("PEEL",),
        ways=(
            Way(
                key="police",
                label="Each police force",
                tier="police",
                note="No council is judged here: a force is, and has one tile, however many councils it serves.",
            ),
            Way(key="upper", label="Each council, with its police force", short="by council"),
        ),
    ),
    Subject(
        key="fire",
        label="Fire and rescue",
        service="fire",
        reviews=("FRS",),
        ways=(
            Way(
                key="fire",
                label="Each fire and rescue service",
                tier="fire",
                note="Each fire service has one tile, however many councils it serves.",
            ),
            Way(key="upper", label="Each council, with its fire service", short="by council"),
        ),
    ),
    Subject(key="youth-justice", label="Youth justice", service="youth_justice", reviews=("youth-justice",)),
    Subject(
        key="probation",
        label="Probation",
        service="probation",
        reviews=("probation", "probation-regions"),
        ways=(
            Way(
                key="upper",
                label="Each council, with its probation unit",
                kinds=("probation_unit",),
                note="Probation is no council’s service. Inspectors judge its units, and then whole regions. "
                "A region’s grade and a unit’s are not of the same thing, so each has a map of its own.",
            ),
            Way(
                key="regions",
                label="Each council, with its probation region",
                short="by region",
                kinds=("probation_region",),
                note="Probation is no council’s service. Inspectors judge its units, and then whole regions. "
                "Here each council has the grade of its region, and the grades of the units are left out.",
            ),
        ),
    ),
    Subject(
        key="council",
        label="The council as a whole, until 2009",
        service="council",
        reviews=("CPA-stars", "CPA", "CPA-direction"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A place, and its newest graded inspection of each family as the record tells it.

    `served_by` is who serves a tile's council that is not judged itself, graded or not: whose inspections these
    are. `nobody` says that no body of the kind is known to serve it.
    """

    key: str
    name: str
    code: str
    region: str
    href: str
    newest: tuple[InspectionView, ...]
    unnamed: bool = False  # graded, and no source held names it
    undated: bool = False  # inspected by the day, and no source tells when that was published
    served_by: str = ""
    nobody: bool = False
    areas: tuple[str, ...] = ()  # those that a body serves

    def of_family(self, family: str) -> InspectionView | None:
        """Its newest inspection of a family."""
        return next((one for one in self.newest if one.family == family), None)


def subject(key: str) -> Subject | None:
    """The map of this address, or None."""
    return next((each for each in SUBJECTS if each.key == key), None)


def judged(of: Subject, way: Way, on: AsAt) -> list[Judged]:
    """Every place of the map, with what was published of it by the day, as the annual review has it."""
    reviews = [evidence.annual_review(on.day, service=of.service, key=key) for key in of.reviews]
    lines: dict[str, list[ReviewAuthority]] = {}
    served: set[str] = set()  # by a body of any kind: by a region, of which no unit is in the record
    for review in reviews:
        for line in review.authorities:
            served.update(line.areas)
            if not way.kinds or line.kind in way.kinds:
                lines.setdefault(line.area_id, []).append(line)
    if way.tier != "upper":
        return [_body(some, on) for some in lines.values()]
    serving: dict[str, list[str]] = {}
    for body, some in lines.items():
        for area in some[0].areas:
            serving.setdefault(area, []).append(body)
    return [
        replace(
            _council(
                each, lines.get(each.area_id), [lines[body] for body in serving.get(each.area_id, ())], on
            ),
            nobody=each.area_id not in lines and each.area_id not in served,
        )
        for each in places.areas_responsible_for_children(on.day)
    ]


def _body(lines: Sequence[ReviewAuthority], on: AsAt) -> Judged:
    first = lines[0]
    return Judged(
        key=first.area_id,
        name=_short(first.name),
        code=_abbreviated(first.name),
        region=first.region,
        href=f"{first.path}{on.query}",
        newest=_newest(lines),
        undated=first.undated,
        areas=first.areas,
    )


def _council(
    council: AreaView,
    own: Sequence[ReviewAuthority] | None,
    serving: Sequence[Sequence[ReviewAuthority]],
    on: AsAt,
) -> Judged:
    """A council with its own grades, or with those of whoever serves it: the one with the fewest areas that has any."""
    theirs = min(serving, key=lambda some: (not _newest(some), len(some[0].areas)), default=())
    lines = own if own is not None else theirs
    return Judged(
        key=council.area_id,
        name=council.name,
        code=council.code("register_code") or "",
        region=council.region,
        href=f"{council.path}{on.query}",
        newest=_newest(lines),
        unnamed=any(line.unnamed for line in lines),
        undated=any(line.undated for line in lines),
        served_by=theirs[0].name if own is None and theirs else "",
    )


def _newest(lines: Sequence[ReviewAuthority]) -> tuple[InspectionView, ...]:
    return tuple(line.current for line in lines if line.current)


def _short(name: str) -> str:
    """A force or service as a tile has room for it."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def _abbreviated(name: str) -> str:
    """What people write where a county's name has no room: "Northants"."""
    short = _short(name)
    return _ABBREVIATIONS.get(short, short.split()[0][:9])
