"""Bodies that are inspected, and the areas they serve."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.places.models.areas import Area


class Body(models.Model):
    """An inspected body. A council has the same identifier as its area."""

    body_id = models.CharField(max_length=80, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # "local_authority"

    def __str__(self) -> str:
        return self.name


class BodyArea(models.Model):
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="areas_served")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="served_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "area"], name="places_body_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} serves {self.area_id}"
