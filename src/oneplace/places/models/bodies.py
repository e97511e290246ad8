"""Bodies that are inspected, the areas they serve and the area they stand in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.places.models.areas import Area


class Body(models.Model):
    """An inspected body. A council has the same identifier as its area.

    What stands here is from the newest edition that lists the body; what that leaves out, from the newest of
    another source: `words` are what each says, once there are several. `listed_first` and `listed_last` are the
    days of the oldest and the newest edition that list it. A body that closed, or that nobody lists any more, stays.
    """

    body_id = models.CharField(primary_key=True)
    name = models.CharField()
    kind = models.CharField()  # a key of `oneplace.records.BODY_KINDS`
    folded = models.CharField(default="")
    parent = models.CharField(null=True)
    postcode = models.CharField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    details = models.JSONField(default=list)  # [["Places", "4"], …] in the order of the publication
    source = models.CharField(default="")
    release_id = models.CharField(default="")
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField(null=True)
    as_at = models.DateField(null=True)  # the day that what stands here describes
    listed_first = models.DateField(null=True)
    listed_last = models.DateField(null=True)
    words = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "folded"], name="places_body_kind_name"),
            models.Index(fields=["parent"], name="places_body_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class BodyName(models.Model):
    """Another name of a body. Publications name it among those of its kind: "Met", "Avon"."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField()
    name = models.CharField()
    folded = models.CharField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "folded"], name="places_bodyname_kind")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "folded"], name="places_name_once_a_body")
        ]

    def __str__(self) -> str:
        return self.name


class BodyCode(models.Model):
    """A publisher's number for a body: "ofsted_urn", "laestab", "cqc_provider", …"""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField()
    code = models.CharField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scheme", "code"], name="places_bodycode_code")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "scheme", "code"], name="places_code_once_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class BodyArea(models.Model):
    """`role` "serves": it is the area's public service; "stands_in": it is found there, whoever comes to it."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="areas_served")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="served_by")
    role = models.CharField(default="serves")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area", "role"], name="places_bodyarea_area")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "area", "role"], name="places_body_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.role} {self.area_id}"


class Listing(models.Model):
    """That an edition of a source listed bodies on a day: what is missing from it was no longer listed then."""

    source = models.CharField()
    kind = models.CharField()
    as_at = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "as_at"], name="places_listing_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.as_at}"
