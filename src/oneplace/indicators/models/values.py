"""Measures, what each release says of them, and their values."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.indicators.models.datasets import Dataset
from oneplace.indicators.models.immutable import WriteOnce


class Measure(WriteOnce):
    """That there is a measure, and what it is called in addresses. What it means is in its definitions."""

    key = models.CharField(unique=True)

    def __str__(self) -> str:
        return self.key


class Definition(WriteOnce):
    """What one release says that a measure is. Columns as in `records.MeasureRecord`."""

    dataset = models.ForeignKey(Dataset, on_delete=models.DO_NOTHING, related_name="definitions")
    measure = models.ForeignKey(Measure, on_delete=models.DO_NOTHING, related_name="definitions")
    title = models.CharField()
    service = models.CharField(db_index=True)
    unit = models.CharField()
    polarity = models.CharField()
    definition = models.TextField()
    kind = models.CharField()
    decimals = models.PositiveSmallIntegerField(null=True)
    topic = models.CharField()
    publisher = models.CharField()
    source_note = models.TextField()
    polarity_source = models.CharField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "measure"], name="indicators_defined_once")
        ]

    def __str__(self) -> str:
        return self.title


class Subject(WriteOnce):
    """Whose values there are: the public identifier of an area or a body, "england", or a region's."""

    key = models.CharField(unique=True)

    def __str__(self) -> str:
        return self.key


class Period(WriteOnce):
    """A period as people write it, with its last day."""

    written = models.CharField()
    ends = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["written", "ends"], name="indicators_period_once")
        ]

    def __str__(self) -> str:
        return self.written


class Value(WriteOnce):
    """One cell of statistics, where it stands in its release.

    `printed` is None where the cell is the number itself, as `periods.plain` writes it.
    """

    # Keys of small tables, so that a million values and their two indexes take 65 MB and not 120. The keys
    # have no index of their own: every question comes by subject or by measure.
    dataset = models.ForeignKey(Dataset, on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.DO_NOTHING, db_index=False, related_name="values")
    subject = models.ForeignKey(Subject, on_delete=models.DO_NOTHING, db_index=False, related_name="values")
    period = models.ForeignKey(Period, on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    value = models.FloatField(null=True)
    marker = models.CharField()
    printed = models.CharField(null=True)
    sheet = models.CharField(null=True)
    row = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "measure", "period"], name="indicators_value_subject"),
            models.Index(fields=["measure", "period"], name="indicators_value_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} in {self.period_id}: {self.value}"
