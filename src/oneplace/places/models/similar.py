"""Which areas are like which, and by whose reckoning."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.places.models.areas import Area


class Similar(models.Model):
    """`other` is the `rank`th most like `area`; `measure` says who reckons so."""

    measure = models.CharField()
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="similar")
    other = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="similar_to")
    rank = models.PositiveSmallIntegerField()
    closeness = models.CharField(default="")
    release_id = models.CharField()
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "area", "rank"], name="places_similar_rank_once")
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.rank} {self.other_id}"
