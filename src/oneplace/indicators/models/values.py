"""Measures, what each release says of them, and their values."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from oneplace.indicators.models.datasets import Dataset
from oneplace.indicators.models.immutable import WriteOnce


class Measure(WriteOnce):
    """That there is a measure, and what it is called in addresses. What it means is in its definitions."""

    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.key


class Definition(WriteOnce):
    """What one release says that a measure is. Columns as in `records.MeasureRecord`."""

    dataset = models.ForeignKey(Dataset, on_delete=models.DO_NOTHING, related_name="definitions")
    measure = models.ForeignKey(Measure, on_delete=models.DO_NOTHING, related_name="definitions")
    title = models.CharField(max_length=400)
    service = models.CharField(max_length=40, db_index=True)
    unit = models.CharField(max_length=60)
    polarity = models.CharField(max_length=10)
    definition = models.TextField()
    kind = models.CharField(max_length=10)
    decimals = models.PositiveSmallIntegerField(null=True)
    topic = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    source_note = models.TextField()
    polarity_source = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "measure"], name="indicators_defined_once")
        ]

    def __str__(self) -> str:
        return self.title


class Value(WriteOnce):
    """One cell of statistics, where it stands in its release.

    `subject` is a public identifier: an area's, a body's, "england" or a region's. `printed` is None where
    the cell is the number itself, written as `periods.plain` writes it.
    """

    # No index of their own: every question comes by subject or by measure, and each index costs a fifth of
    # the time to load a million values.
    dataset = models.ForeignKey(Dataset, on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    subject = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    ends = models.DateField()
    value = models.FloatField(null=True)
    marker = models.CharField(max_length=20)
    printed = models.CharField(max_length=60, null=True)
    sheet = models.CharField(max_length=200, null=True)
    row = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "measure", "ends"], name="indicators_value_subject"),
            models.Index(fields=["measure", "ends"], name="indicators_value_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.period}: {self.value}"
