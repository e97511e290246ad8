"""Whose a number of statistics is: every way in which a publication names an area, and what is not an area.

England, its regions, and Inner and Outer London are no authorities' areas. They have identifiers of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from oneplace.places.models import Area, AreaCode, AreaName, Body, BodyCode
from oneplace.places.names import bare, fold

# Code of the Office for National Statistics → identifier and name.
WIDER = {
    "E92000001": ("england", "England"),
    "E12000001": ("region-north-east", "North East"),
    "E12000002": ("region-north-west", "North West"),
    "E12000003": ("region-yorkshire-and-the-humber", "Yorkshire and The Humber"),
    "E12000004": ("region-east-midlands", "East Midlands"),
    "E12000005": ("region-west-midlands", "West Midlands"),
    "E12000006": ("region-east-of-england", "East of England"),
    "E12000007": ("region-london", "London"),
    "E12000008": ("region-south-east", "South East"),
    "E12000009": ("region-south-west", "South West"),
    "E13000001": ("region-inner-london", "Inner London"),
    "E13000002": ("region-outer-london", "Outer London"),
}

# Other names of them in publications.
WIDER_NAMES = {
    "region-yorkshire-and-the-humber": ("Yorkshire and Humber", "Yorkshire & the Humber", "Yorkshire and Humberside"),
    "region-east-of-england": ("East", "Eastern"),
}  # fmt: skip

# The register's scheme of codes → the scheme by which a value names its area.
SCHEMES = {"gss": "gss", "dfe_code": "dfe", "ofsted_urn": "ofsted"}

# Bodies of which there are tens of thousands, and no statistics by them.
MANY = ("social_care_provider", "school", "care_location", "care_provider")


def subjects() -> Mapping[tuple[str, str], str]:
    """(scheme, what a publication writes) → identifier of the area, region, or body.

    ("gss", "E09000014") and ("dfe", "309") are haringey; so is ("name", a name as `places.names.fold` has it).
    Abolished areas count. A name that several have means the one that is there and runs children's services;
    one that is still of several means none of them. ("body", identifier) is a body that is no area.
    """
    found: dict[tuple[str, str], str] = {}
    for body_id in Body.objects.exclude(kind__in=MANY).values_list("body_id", flat=True):
        found["body", body_id] = body_id
    # A force, a partnership or a waste authority has a code of the ONS too.
    for body_id, code in BodyCode.objects.filter(scheme="gss").values_list("body_id", "code"):
        found["gss", code] = body_id
    names = _names()
    found.update(names)
    for area_id, scheme, code in AreaCode.objects.filter(scheme__in=SCHEMES).values_list(
        "area_id", "scheme", "code"
    ):
        found[SCHEMES[scheme], code] = area_id
    for code, (identifier, name) in WIDER.items():
        found["gss", code] = identifier
        for each in (name, *WIDER_NAMES.get(identifier, ())):
            found["name", fold(each)] = identifier
    return MappingProxyType(found)


def subject_names() -> Mapping[str, str]:
    """Identifier → name, of every area, region and body that `subjects` may answer with."""
    names = {row[0]: row[1] for row in Body.objects.exclude(kind__in=MANY).values_list("body_id", "name")}
    names.update(Area.objects.values_list("area_id", "name"))
    names.update(dict(WIDER.values()))
    return MappingProxyType(names)


def _names() -> dict[tuple[str, str], str]:
    """Folded name → area: the exact name first, then the name without its style."""
    areas = {
        area_id: (end is not None, not children)
        for area_id, end, children in Area.objects.values_list("area_id", "end", "childrens_services")
    }
    owners: dict[tuple[int, str], set[str]] = {}
    for area_id, folded, position in AreaName.objects.values_list("area_id", "folded", "position"):
        for rank, way in ((0 if position == 0 else 1, folded), (2, bare(folded))):
            owners.setdefault((rank, way), set()).add(area_id)
    found: dict[tuple[str, str], str] = {}
    for (_, way), ids in sorted(owners.items()):
        best = min(areas[each] for each in ids)
        of_best = [each for each in ids if areas[each] == best]
        if len(of_best) == 1:
            found.setdefault(("name", way), of_best[0])
    return found
