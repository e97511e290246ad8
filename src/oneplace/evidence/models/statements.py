"""What a release says of an inspection, part by part, each with its place in the release."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.evidence.models.immutable import WriteOnce
from oneplace.evidence.models.releases import Inspection, Release
from oneplace.records import Address, Box


class Addressed(WriteOnce):
    """A row with its place: page and box (PDF points, origin bottom left), or sheet and row."""

    page = models.PositiveIntegerField(null=True)
    x0 = models.FloatField(null=True)
    y0 = models.FloatField(null=True)
    x1 = models.FloatField(null=True)
    y1 = models.FloatField(null=True)
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> Address:
        """The place as a record."""
        box: Box | None = None
        if self.x0 is not None and self.y0 is not None and self.x1 is not None and self.y1 is not None:
            box = (self.x0, self.y0, self.x1, self.y1)
        return Address(page=self.page, box=box, sheet=self.sheet, row=self.row)


class Statement(Addressed):
    """What one release says of one inspection. Columns as in `records.InspectionRecord`.

    `inspection` is None where the body is not one that `places` knows: a problem says so.
    """

    release = models.ForeignKey(Release, on_delete=models.DO_NOTHING, related_name="statements")
    inspection = models.ForeignKey(
        Inspection, null=True, on_delete=models.DO_NOTHING, related_name="statements"
    )
    position = models.PositiveIntegerField()  # within the release, from 1
    publisher = models.CharField()
    framework = models.CharField()
    body_name = models.CharField()
    body_urn = models.CharField(null=True)
    body_gss = models.CharField(null=True)
    body_kind = models.CharField(default="local_authority")
    body_ref_id = models.CharField(null=True)  # the body by its public id, where one was given
    form = models.CharField()
    title = models.CharField()
    inspection_start = models.DateField(null=True)
    inspection_end = models.DateField(null=True)
    published = models.DateField(null=True, db_index=True)
    published_source = models.CharField(null=True)
    lead_inspector = models.CharField()
    pages = models.PositiveIntegerField(null=True)
    report_url = models.CharField(null=True)
    reference = models.CharField(default="")
    date_precision = models.CharField(default="day")
    # Of everything that it says but where it says it: `fingerprints.fingerprint`. "" before there were any.
    fingerprint = models.CharField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "position"], name="evidence_statement_position")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} says of {self.inspection_id}"


class Judgement(Addressed):
    """A printed judgement. `position` is its place in the statement, from 1."""

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="judgements")
    position = models.PositiveSmallIntegerField()
    question = models.CharField()
    question_key = models.CharField()
    grade_printed = models.CharField()
    grade = models.CharField()
    subject = models.CharField(default="")  # the part of the body that it is of; "" the whole
    score = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.question_key}: {self.grade}"


class Recommendation(Addressed):
    """A thing to improve. `text` is None where only the fact and place of it are known."""

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="recommendations")
    ordinal = models.PositiveSmallIntegerField()
    list_kind = models.CharField()
    text = models.TextField(null=True)
    heading = models.CharField()
    subheading = models.CharField()
    printed_number = models.CharField()
    responsible_body = models.CharField()

    def __str__(self) -> str:
        return f"{self.list_kind} {self.ordinal}"


class Finding(Addressed):
    """A paragraph of findings."""

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="findings")
    ordinal = models.PositiveIntegerField()
    section = models.CharField()
    paragraph = models.PositiveIntegerField(null=True)
    text = models.TextField(null=True)

    def __str__(self) -> str:
        return f"finding {self.ordinal}"


class LookBack(Addressed):
    """A sentence in which the inspector looks back."""

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="looks_back")
    ordinal = models.PositiveIntegerField()
    text = models.TextField(null=True)
    status = models.CharField(null=True)

    def __str__(self) -> str:
        return f"look back {self.ordinal}"


class Problem(Addressed):
    """What a reading could not settle by itself: for the review queue."""

    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="problems")
    position = models.PositiveIntegerField()
    kind = models.CharField()
    message = models.TextField()
    field = models.CharField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"


class RatingTotal(Addressed):
    """How many authorities a publication put at a grade, named or not."""

    release = models.ForeignKey(Release, on_delete=models.DO_NOTHING, related_name="totals")
    position = models.PositiveIntegerField()
    framework = models.CharField()
    published = models.DateField()
    grade = models.CharField()
    count = models.PositiveIntegerField()
    note = models.CharField()

    def __str__(self) -> str:
        return f"{self.count} at {self.grade}"
