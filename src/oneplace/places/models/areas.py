"""An authority's area: never deleted by a boundary change, only ended and succeeded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Area(models.Model):
    """`end` is the first day on which the area no longer is; None while it exists."""

    area_id = models.CharField(primary_key=True)
    name = models.CharField()
    official_name = models.CharField()
    kind = models.CharField()
    region = models.CharField()
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    childrens_services = models.BooleanField(default=False, db_index=True)
    county: models.ForeignKey[Area | None, Area | None] = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="districts"
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    release_id = models.CharField()
    row = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["region"], name="places_area_region")]

    def __str__(self) -> str:
        return self.name


class AreaName(models.Model):
    """A name that people or publishers use. `folded` and `bare` are what `names.py` makes of it."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="names")
    name = models.CharField()
    folded = models.CharField(db_index=True)
    bare = models.CharField(db_index=True)
    position = models.PositiveSmallIntegerField()  # 0: the name that pages show

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "folded"], name="places_name_once_an_area")
        ]

    def __str__(self) -> str:
        return self.name


class AreaCode(models.Model):
    """A publisher's code for the authority: "gss" (several over time), "ofsted_urn", "dfe_code", …"""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField()
    code = models.CharField()
    position = models.PositiveSmallIntegerField()  # within the scheme: 0 is the newest

    class Meta:
        ordering: ClassVar = ["scheme", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="places_code_is_one_area")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class Succession(models.Model):
    """`successor` took over all or part of `predecessor` on the day the predecessor ended."""

    predecessor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="later")
    successor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="earlier")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="places_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Register(models.Model):
    """Which register the areas are: one row, with another `token` after every load of them.

    The areas are few, are read by every page and change once in months: whoever holds them in memory asks for
    this alone.
    """

    token = models.CharField()

    def __str__(self) -> str:
        return self.token
