"""Writing the record as a pack."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.db import models
from django.db.models import QuerySet

from oneplace.evidence import models as evidence
from oneplace.evidence.models import State
from oneplace.evidence.pack.of_figures import frames_of_figures
from oneplace.evidence.pack.of_places import frame, frames_of_places
from oneplace.evidence.pack.table import Table
from oneplace.evidence.pack.tables import (
    CORRECTIONS,
    DECISIONS,
    DESCRIPTION,
    EVENTS,
    FINDINGS,
    FORMAT,
    INSPECTIONS,
    JUDGEMENTS,
    LOOKS_BACK,
    PROBLEMS,
    RATING_TOTALS,
    RECOMMENDATIONS,
    RELEASES,
    STATEMENTS,
    TABLES,
)
from oneplace.evidence.standing import FACTS_ONLY, REPORT, standing
from oneplace.evidence.writer import only_writer

# The inspectorates' own sentences: columns that a pack of facts leaves empty.
SENTENCES = {("recommendations", "text"), ("findings", "text"), ("looks_back", "text")}
# Sources whose releases a pack does not have, as it has nothing of what they say: the directory of postcodes is in
# a Python package that comes with Oneplace, and a record that knew the release already would never load it.
NOT_CARRIED = ("ons_postcodes",)
# Where a column is called otherwise in the database.
_RELEASED = {"release": "statement__release__public_id", "statement": "statement__position"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, rows by table, and bytes in all."""

    folder: Path
    rows: Mapping[str, int]
    size: int


def export_pack(folder: Path, *, facts_only: bool = False) -> Exported:
    """Write the record into a folder, which is made where it is not there.

    With `facts_only` the inspectorates' sentences are left out: ordinals, kinds, pages and boxes stay.
    What is pending is not in it. Each file appears whole or not at all, the description last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    resources = []
    size = 0
    # Nothing is published meanwhile. Not a transaction: that would keep every other writer waiting as well.
    with only_writer():
        frames = _frames(facts_only)
    # What is published of statistics is never removed, so these need not be waited for.
    frames |= frames_of_figures(frames["releases"]["release"].sort().to_list())
    for table in TABLES:
        data_frame = frames[table.name].sort(table.key, nulls_last=True, maintain_order=True)
        buffer = io.BytesIO()
        data_frame.write_parquet(buffer, compression="zstd", compression_level=9, statistics=False)
        data = buffer.getvalue()
        _replace(folder / table.file, data)
        rows[table.name] = data_frame.height
        size += len(data)
        resources.append(_resource(table, data))
    description = json.dumps(_description(resources, frames, facts_only), indent=2, ensure_ascii=False)
    _replace(folder / DESCRIPTION, f"{description}\n".encode())
    return Exported(folder, rows, size + len(description.encode()) + 1)


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _frames(facts_only: bool) -> dict[str, pl.DataFrame]:
    published = evidence.Release.objects.exclude(state=State.PENDING).exclude(source__in=NOT_CARRIED)
    of_published = ~models.Q(statement__release__state=State.PENDING)
    spoken_of = evidence.Inspection.objects.filter(statements__release__in=published).distinct()
    names = list(published.values_list("public_id", flat=True))
    frames = {
        **frames_of_places(names),
        RELEASES.name: _frame(
            RELEASES,
            published,
            {"release": "public_id", "superseded_by": "superseded_by__public_id"},
        ),
        INSPECTIONS.name: _frame(INSPECTIONS, spoken_of, {"inspection": "public_id", "body": "body_id"}),
        STATEMENTS.name: _frame(
            STATEMENTS,
            evidence.Statement.objects.exclude(release__state=State.PENDING),
            {
                "release": "release__public_id",
                "statement": "position",
                "inspection": "inspection__public_id",
                "body_ref": "body_ref_id",
            },
        ),
        RATING_TOTALS.name: _frame(
            RATING_TOTALS,
            evidence.RatingTotal.objects.exclude(release__state=State.PENDING),
            {"release": "release__public_id"},
        ),
        CORRECTIONS.name: _frame(CORRECTIONS, evidence.Correction.objects.all(), {"inspection": "target"}),
        EVENTS.name: _numbered(
            _frame(
                EVENTS,
                evidence.Event.objects.filter(release__in=published),
                {"release": "release__public_id", "body": "body_id"},
            )
        ),
        DECISIONS.name: _frame(DECISIONS, evidence.ReviewDecision.objects.all(), {"item": "item_key"}),
    }
    children: tuple[tuple[Table, QuerySet[Any]], ...] = (
        (JUDGEMENTS, evidence.Judgement.objects.filter(of_published)),
        (RECOMMENDATIONS, evidence.Recommendation.objects.filter(of_published)),
        (FINDINGS, evidence.Finding.objects.filter(of_published)),
        (LOOKS_BACK, evidence.LookBack.objects.filter(of_published)),
        (PROBLEMS, evidence.Problem.objects.filter(of_published)),
    )
    for table, found in children:
        frames[table.name] = _frame(table, found, _RELEASED)
    return _without_sentences(frames) if facts_only else frames


def _numbered(events: pl.DataFrame) -> pl.DataFrame:
    """In their order, numbered from 1 without gaps also where those of a release were left out."""
    ordered = events.sort("sequence")
    return ordered.with_columns(sequence=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _frame(table: Table, found: QuerySet[Any], named: Mapping[str, str]) -> pl.DataFrame:
    columns = [named.get(column.name, column.name) for column in table.columns]
    return frame(table, found.order_by("pk").values_list(*columns))


def _without_sentences(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Empty the columns of sentences, and say in `reader` which releases lack theirs.

    Elsewhere such a release is not the reading itself: the report can still be read there, and the
    reading, with its sentences, then stands above it.
    """
    for name, column in SENTENCES:
        frames[name] = frames[name].with_columns(pl.lit(None, pl.String).alias(column))
    readers = [
        reader + FACTS_ONLY if standing(source, reader, compiled_by) == REPORT else reader
        for source, reader, compiled_by in frames["releases"]
        .select("source", "reader", "compiled_by")
        .iter_rows()
    ]
    frames["releases"] = frames["releases"].with_columns(pl.Series("reader", readers, dtype=pl.String))
    return frames


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "path": table.file,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    **({"description": column.description} if column.description else {}),
                    **({"constraints": {"required": True}} if column.required else {}),
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(fields),
                    "reference": {"resource": "" if other == table.name else other, "fields": list(theirs)},
                }
                for fields, other, theirs in table.references
            ],
        },
    }


def _description(
    resources: list[dict[str, Any]], frames: Mapping[str, pl.DataFrame], facts_only: bool
) -> dict[str, Any]:
    releases = frames["releases"].sort("release")
    sources = []
    for (source,), some in releases.group_by(["source"], maintain_order=True):
        titles = some["title"].unique().sort().to_list()
        urls = some["url"].drop_nulls().unique().sort().to_list()
        compiled = some["compiled_by"].drop_nulls().unique().sort().to_list()
        sources.append(
            {
                "title": titles[0] if len(titles) == 1 else f"{source}: {some.height} releases",
                **({"path": urls[0]} if len(urls) == 1 else {}),
                **({"compiledBy": ", ".join(compiled)} if compiled else {}),
            }
        )
    sources.sort(key=lambda each: str(each["title"]))
    licences = releases["licence"].unique().sort().to_list()
    return {
        "name": "oneplace-evidence",
        "title": "What inspectorates say about public services in England",
        "profile": "data-package",
        "oneplace": {"format": FORMAT, "sentences": not facts_only},
        "licenses": [{"title": licence} for licence in licences],
        "sources": sources,
        "resources": resources,
    }
