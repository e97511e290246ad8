"""The tables of places: the affair of this app alone."""

from __future__ import annotations

from oneplace.places.models.areas import Area, AreaCode, AreaName, Succession
from oneplace.places.models.bodies import Body, BodyArea

__all__ = ["Area", "AreaCode", "AreaName", "Body", "BodyArea", "Succession"]
