"""What there are maps of grades of, and every place's newest graded inspection for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import InspectionView
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
class Subject:
    """One map of grades. `key` is its address. `families` are those of frameworks, none for the annual review's.

    `bodies` is the kind of body that is judged, "" for the councils themselves. Of some each has a tile of its
    own (`tier` "police"); of others each council's tile shows the body that serves it.
    """

    key: str
    label: str
    tier: str
    families: tuple[str, ...] = ()
    bodies: str = ""


SUBJECTS = (
    Subject(key="children", label="Children’s services", tier="upper"),
    Subject(
        key="area-send",
        label="Special educational needs and disabilities",
        tier="upper",
        families=("area-SEND",),
    ),
    Subject(
        key="adult-social-care", label="Adult social care", tier="upper", families=("CQC-local-authority",)
    ),
    Subject(key="police", label="Police", tier="police", families=("PEEL",), bodies="police_force"),
    Subject(key="fire", label="Fire and rescue", tier="fire", families=("FRS",), bodies="fire_service"),
    Subject(
        key="youth-justice",
        label="Youth justice",
        tier="upper",
        families=("youth-justice",),
        bodies="youth_justice_service",
    ),
    Subject(
        key="probation", label="Probation", tier="upper", families=("probation",), bodies="probation_unit"
    ),
    Subject(
        key="council",
        label="The council as a whole, until 2009",
        tier="upper",
        families=("CPA-stars", "CPA", "CPA-direction"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A place, and its newest graded inspection of each family as the record tells it.

    `served_by` is whose inspections they are where a tile's council is not judged itself. `nobody` says that no
    body of the kind is known to serve it.
    """

    key: str
    name: str
    code: str
    region: str
    href: str
    newest: tuple[InspectionView, ...]
    unnamed: bool = False  # graded, and no source held names it
    served_by: str = ""
    nobody: bool = False

    def of_family(self, family: str) -> InspectionView | None:
        """Its newest inspection of a family."""
        return next((one for one in self.newest if one.family == family), None)


def subject(key: str) -> Subject | None:
    """The map of this address, or None."""
    return next((each for each in SUBJECTS if each.key == key), None)


def judged(of: Subject, on: AsAt) -> list[Judged]:
    """Every place of the map, with what was published of it by the day."""
    if not of.families:
        return _of_the_review(on)
    councils = places.areas_responsible_for_children(on.day)
    if not of.bodies:
        return _of_councils(of, councils, on)
    serving = places.who_serves(of.bodies, on.day)
    wanted = {body for some in serving.values() for body in some}
    newest = _newest(evidence.of_bodies(wanted, on.asked, of.families))
    bodies = {each.body_id: each for each in places.bodies(wanted)}
    if of.tier != "upper":
        region = {each.area_id: each.region for each in councils}
        return [
            Judged(
                key=body.body_id,
                name=_short(body.name),
                code=_abbreviated(body.name),
                region=_most(region[area] for area in body.serves if area in region),
                href=f"/bodies/{body.body_id}/{on.query}",
                newest=newest.get(body.body_id, ()),
            )
            for body in bodies.values()
        ]
    found = []
    for council in councils:
        theirs = [body for body in serving.get(council.area_id, ()) if newest.get(body)]
        body = bodies[theirs[0]] if theirs else None
        found.append(
            _council(
                council,
                on,
                newest.get(body.body_id, ()) if body else (),
                served_by=body.name if body else "",
                nobody=council.area_id not in serving,
            )
        )
    return found


def _of_the_review(on: AsAt) -> list[Judged]:
    """Services for children: the annual review knows whom a yearly review graded without naming them."""
    review = evidence.annual_review(on.day)
    councils = {each.area_id: each for each in places.areas_responsible_for_children(on.day)}
    return [
        _council(councils[one.area_id], on, (one.current,) if one.current else (), unnamed=one.unnamed)
        for one in review.authorities
    ]


def _of_councils(of: Subject, councils: Sequence[AreaView], on: AsAt) -> list[Judged]:
    ids = [each.area_id for each in councils]
    newest = _newest(evidence.of_bodies(ids, on.asked, of.families))
    return [_council(each, on, newest.get(each.area_id, ())) for each in councils]


def _council(
    council: AreaView,
    on: AsAt,
    newest: tuple[InspectionView, ...],
    *,
    unnamed: bool = False,
    served_by: str = "",
    nobody: bool = False,
) -> Judged:
    return Judged(
        key=council.area_id,
        name=council.name,
        code=council.code("register_code") or "",
        region=council.region,
        href=f"{council.path}{on.query}",
        newest=newest,
        unnamed=unnamed,
        served_by=served_by,
        nobody=nobody,
    )


def _newest(inspections: Iterable[InspectionView]) -> Mapping[str, tuple[InspectionView, ...]]:
    """Body → its newest graded inspection of each family; they come newest first."""
    found: dict[str, dict[str, InspectionView]] = {}
    for one in inspections:
        if one.judgements:
            found.setdefault(one.body_id, {}).setdefault(one.family, one)
    return {body: tuple(some.values()) for body, some in found.items()}


def _short(name: str) -> str:
    """A force or service as a tile has room for it."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def _abbreviated(name: str) -> str:
    """What people write where a county's name has no room: "Northants"."""
    short = _short(name)
    return _ABBREVIATIONS.get(short, short.split()[0][:9])


def _most(regions: Iterable[str]) -> str:
    """The region of most of the areas."""
    listed = sorted(regions)
    return max(dict.fromkeys(listed), key=listed.count, default="")
