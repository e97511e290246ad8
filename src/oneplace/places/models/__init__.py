"""The tables of places: the affair of this app alone."""

from __future__ import annotations

from oneplace.places.models.areas import Area, AreaCode, AreaName, Register, Succession
from oneplace.places.models.bodies import Body, BodyArea, BodyCode, BodyName, Listing
from oneplace.places.models.boundaries import Boundary, CodeName, Line
from oneplace.places.models.similar import Similar

__all__ = [
    "Area",
    "AreaCode",
    "AreaName",
    "Body",
    "BodyArea",
    "BodyCode",
    "BodyName",
    "Boundary",
    "CodeName",
    "Line",
    "Listing",
    "Register",
    "Similar",
    "Succession",
]
