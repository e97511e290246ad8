"""Where areas end, as lines that neighbours have in common; and what publishers call areas by code, with years."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Line(models.Model):
    """A line of the map. Points are easting and northing in metres, written as `places.lines` does.

    `coarse` is the same line with fewer points, for a map of all of England.
    """

    number = models.PositiveIntegerField(primary_key=True)
    points = models.TextField()
    coarse = models.TextField()
    release_id = models.CharField()

    def __str__(self) -> str:
        return f"line {self.number}"


class Boundary(models.Model):
    """Whose boundary it is, is told by `code`: the register says which area had it, now and with its next edition.

    `polygons` are lists of rings of lines' numbers, as `records.BoundaryRecord` has them. The point is the middle of
    the area, in metres.
    """

    tier = models.CharField()
    code = models.CharField()
    name = models.CharField()
    polygons = models.TextField()
    easting = models.IntegerField()
    northing = models.IntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    release_id = models.CharField()
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tier", "code"], name="places_boundary_once_a_tier")
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="places_boundary_code")]

    def __str__(self) -> str:
        return f"{self.tier} {self.code}"


class CodeName(models.Model):
    """What a publication calls the area of a code, and the years, both inclusive, for which it says so."""

    source = models.CharField()
    code = models.CharField()
    name = models.CharField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    release_id = models.CharField()
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "code"], name="places_code_named_once_a_source")
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="places_codename_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
