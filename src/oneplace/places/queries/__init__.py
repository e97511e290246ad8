"""Reading places. Every answer is frozen; no database object leaves this package."""

from __future__ import annotations

from oneplace.places.postcodes import NoPostcodes, PostcodeAnswer
from oneplace.places.postcodes import find as find_postcode
from oneplace.places.queries.areas import (
    REGIONS,
    AreaView,
    area,
    areas,
    areas_in_region,
    areas_responsible_for_children,
    called,
    districts,
    find,
    one_register,
    predecessors,
    successors,
)
from oneplace.places.queries.around import Around, NearBody, around, serving_each
from oneplace.places.queries.bodies import (
    BodyView,
    areas_served,
    bodies,
    bodies_in,
    bodies_serving,
    body,
    body_for,
    body_name,
    existing_bodies,
)
from oneplace.places.queries.boundaries import BoundaryView, boundaries, boundary, centres
from oneplace.places.queries.differences import CodeNameView, PlaceDifference, differences, names_over_time
from oneplace.places.queries.finding_bodies import FoundBodies, FoundBody, find_bodies
from oneplace.places.queries.held_of_release import (
    areas_served_by_listed,
    bodies_listed,
    held_of_release,
    postcodes_held,
)
from oneplace.places.queries.of_kind import BodyOfKind, bodies_of_kind
from oneplace.places.queries.provision import Provision, provision
from oneplace.places.queries.rows import bodies_of_row, names_of, wider_names
from oneplace.places.queries.similar import SimilarView, similar, similar_by, similar_by_each
from oneplace.places.queries.subjects import subject_names, subjects
from oneplace.places.queries.towns import Town, find_towns, find_towns_near

__all__ = [
    "REGIONS",
    "AreaView",
    "Around",
    "BodyOfKind",
    "BodyView",
    "BoundaryView",
    "CodeNameView",
    "FoundBodies",
    "FoundBody",
    "NearBody",
    "NoPostcodes",
    "PlaceDifference",
    "PostcodeAnswer",
    "Provision",
    "SimilarView",
    "Town",
    "area",
    "areas",
    "areas_in_region",
    "areas_responsible_for_children",
    "areas_served",
    "areas_served_by_listed",
    "around",
    "bodies",
    "bodies_in",
    "bodies_listed",
    "bodies_of_kind",
    "bodies_of_row",
    "bodies_serving",
    "body",
    "body_for",
    "body_name",
    "boundaries",
    "boundary",
    "called",
    "centres",
    "differences",
    "districts",
    "existing_bodies",
    "find",
    "find_bodies",
    "find_postcode",
    "find_towns",
    "find_towns_near",
    "held_of_release",
    "names_of",
    "names_over_time",
    "one_register",
    "postcodes_held",
    "predecessors",
    "provision",
    "serving_each",
    "similar",
    "similar_by",
    "similar_by_each",
    "subject_names",
    "subjects",
    "successors",
    "wider_names",
]
