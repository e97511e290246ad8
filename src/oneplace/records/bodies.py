"""Bodies that are inspected, and how publications name them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from oneplace.records.areas import AreaRef
from oneplace.records.releases import NOWHERE, Address


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """A body that is inspected, other than a council: a force, a prison, a care home, a school.

    `body_id` is the public identifier, a slug: "metropolitan-police", "hmp-bedford", Ofsted's number with
    a prefix ("urn-1027076", "sc037454"), the CQC's location number ("1-125856395"), a school's URN
    ("school-101234"). `kind` is one of `BODY_KINDS`. `serves`: the areas whose public service it is (a
    force's councils). `stands_in`: the area in which it is found, where it serves whoever comes (a prison,
    a care home). `parent` is the body it is part of. `details` are facts that pages show, in order:
    ("Provision type", "Children's home"), ("Places", "4"). Never a person's name or telephone number.
    """

    body_id: str
    name: str
    kind: str
    serves: tuple[AreaRef, ...] = ()
    stands_in: AreaRef | None = None
    parent: str | None = None
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opened: dt.date | None = None
    closed: dt.date | None = None
    details: tuple[tuple[str, str], ...] = ()
    address: Address = NOWHERE


# Kind of body → what one of them is called.
BODY_KINDS = {
    "local_authority": "council",
    "police_force": "police force",
    "fire_service": "fire and rescue service",
    "prison": "prison",
    "probation_unit": "probation delivery unit",
    "probation_region": "probation region",
    "youth_justice_service": "youth justice service",
    "community_safety_partnership": "community safety partnership",
    "waste_authority": "waste disposal authority",
    "social_care_provider": "children's social care provider",
    "school": "school",
    "care_location": "health or care service",
    "care_provider": "health or care provider",
    "housing_provider": "social housing landlord",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRef:
    """The inspected body as a publication names it.

    A council: any of name, Ofsted's `urn` and `gss_code` may be missing. Another body: its `body_id`, where
    the source makes the `BodyRecord` itself, or its name among those of its `kind`.
    """

    name: str = ""
    urn: str | None = None
    gss_code: str | None = None
    kind: str = "local_authority"
    body_id: str | None = None
