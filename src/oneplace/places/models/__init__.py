from oneplace.places.models.areas import Area, AreaCode, AreaName, Succession
from oneplace.places.models.bodies import Body, BodyArea

__all__ = ["Area", "AreaCode", "AreaName", "Body", "BodyArea", "Succession"]
