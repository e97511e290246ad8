"""The tables of a pack: columns, types, which may be empty, and what each means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

# Raised when an older version could no longer read what is written.
FORMAT = 1
DESCRIPTION = "datapackage.json"

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]
DTYPES: dict[Type, Any] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in Frictionless types. `required`: never empty."""

    name: str
    type: Type = "string"
    required: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `key` names the columns that tell its rows apart, and by which they are sorted."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.parquet"

    @property
    def schema(self) -> dict[str, Any]:
        """Column → Polars type, in order."""
        return {column.name: DTYPES[column.type] for column in self.columns}


PLACE = (
    Column("page", "integer", False, "page of the report, from 1"),
    Column("x0", "number", False, "left of the box on the page, in PDF points from the bottom left"),
    Column("y0", "number", False, "bottom of the box"),
    Column("x1", "number", False, "right of the box"),
    Column("y1", "number", False, "top of the box"),
    Column("sheet", required=False, description="sheet of the workbook, where the release is one"),
    Column("row", "integer", False, "row of the sheet or file, from 1"),
)
OF_STATEMENT = (Column("release"), Column("statement", "integer", description="its position in the release"))
TO_RELEASE = ((("release",), "releases", ("release",)),)
TO_STATEMENT = ((("release", "statement"), "statements", ("release", "statement")),)

AREAS = Table(
    "areas",
    "English authorities' areas, past and present",
    (
        Column("area"),
        Column("name"),
        Column("official_name"),
        Column("kind"),
        Column("region"),
        Column("start", "date", False),
        Column("end", "date", False, "the first day on which it no longer is"),
        Column("childrens_services", "boolean", description="responsible for children's social care"),
        Column("county", required=False),
        Column("latitude", "number", False),
        Column("longitude", "number", False),
        Column("release"),
        Column("row", "integer", False),
    ),
    ("area",),
    ((("county",), "areas", ("area",)), *TO_RELEASE),
)
AREA_NAMES = Table(
    "area_names",
    "Names that people and publishers use for an area, the one that pages show first",
    (Column("area"), Column("position", "integer"), Column("name")),
    ("area", "position"),
    ((("area",), "areas", ("area",)),),
)
AREA_CODES = Table(
    "area_codes",
    "Codes that publishers use for an area: GSS codes, Ofsted's numbers, …",
    (Column("area"), Column("scheme"), Column("position", "integer"), Column("code")),
    ("area", "scheme", "position"),
    ((("area",), "areas", ("area",)),),
)
SUCCESSIONS = Table(
    "successions",
    "Which area took over all or part of which",
    (Column("predecessor"), Column("successor")),
    ("predecessor", "successor"),
    ((("predecessor",), "areas", ("area",)), (("successor",), "areas", ("area",))),
)
RELEASES = Table(
    "releases",
    "What was fetched or read, from whom, when, and under which licence",
    (
        Column("release"),
        Column("source"),
        Column("slot"),
        Column("publisher"),
        Column("title"),
        Column("sha256"),
        Column("licence"),
        Column("retrieved_at", "datetime"),
        Column("url", required=False),
        Column("published", "date", False),
        Column("media_type"),
        Column("compiled_by", required=False, description="the third party whose table it is"),
        Column("reader", description="version of what read it"),
        Column("state", description="live, superseded or withdrawn"),
        Column("superseded_by", required=False),
    ),
    ("release",),
    ((("superseded_by",), "releases", ("release",)),),
)
INSPECTIONS = Table(
    "inspections",
    "Inspections: who inspected whom, and the name that each has here",
    (Column("inspection"), Column("publisher"), Column("body"), Column("family")),
    ("inspection",),
)
STATEMENTS = Table(
    "statements",
    "What a release says of an inspection",
    (
        *OF_STATEMENT,
        Column("inspection", required=False),
        Column("publisher"),
        Column("framework"),
        Column("body_name"),
        Column("body_urn", required=False),
        Column("body_gss", required=False),
        Column("form"),
        Column("title"),
        Column("inspection_start", "date", False),
        Column("inspection_end", "date", False),
        Column("published", "date", False),
        Column("published_source", required=False, description="text, filename or list"),
        Column("lead_inspector"),
        Column("pages", "integer", False),
        Column("report_url", required=False),
        *PLACE,
    ),
    ("release", "statement"),
    (*TO_RELEASE, (("inspection",), "inspections", ("inspection",))),
)
JUDGEMENTS = Table(
    "judgements",
    "Judgements, as printed and as keyed",
    (
        *OF_STATEMENT,
        Column("position", "integer"),
        Column("question"),
        Column("question_key"),
        Column("grade_printed"),
        Column("grade"),
        *PLACE,
    ),
    ("release", "statement", "position"),
    TO_STATEMENT,
)
RECOMMENDATIONS = Table(
    "recommendations",
    "What must improve",
    (
        *OF_STATEMENT,
        Column("ordinal", "integer"),
        Column("list_kind"),
        Column("text", required=False, description="empty where only its place is known"),
        Column("heading"),
        Column("subheading"),
        Column("printed_number"),
        Column("responsible_body"),
        *PLACE,
    ),
    ("release", "statement", "ordinal"),
    TO_STATEMENT,
)
FINDINGS = Table(
    "findings",
    "Findings, a paragraph each",
    (
        *OF_STATEMENT,
        Column("ordinal", "integer"),
        Column("section"),
        Column("paragraph", "integer", False, "the number printed"),
        Column("text", required=False),
        *PLACE,
    ),
    ("release", "statement", "ordinal"),
    TO_STATEMENT,
)
LOOKS_BACK = Table(
    "looks_back",
    "Sentences that look back at an earlier inspection",
    (
        *OF_STATEMENT,
        Column("ordinal", "integer"),
        Column("text", required=False),
        Column("status", required=False),
        *PLACE,
    ),
    ("release", "statement", "ordinal"),
    TO_STATEMENT,
)
PROBLEMS = Table(
    "problems",
    "What a reading could not settle by itself",
    (
        *OF_STATEMENT,
        Column("position", "integer"),
        Column("kind"),
        Column("message"),
        Column("field"),
        *PLACE,
    ),
    ("release", "statement", "position"),
    TO_STATEMENT,
)
RATING_TOTALS = Table(
    "rating_totals",
    "How many authorities a publication put at a grade, named or not",
    (
        Column("release"),
        Column("position", "integer"),
        Column("framework"),
        Column("published", "date"),
        Column("grade"),
        Column("count", "integer"),
        Column("note"),
        *PLACE,
    ),
    ("release", "position"),
    TO_RELEASE,
)
CORRECTIONS = Table(
    "corrections",
    "The record's own corrections, with reason, evidence and who decided",
    (
        Column("inspection"),
        Column("field"),
        Column("value", required=False),
        Column("reason"),
        Column("evidence"),
        Column("decided_by"),
        Column("decided_at", "datetime"),
    ),
    ("inspection", "field", "decided_at"),
)
DECISIONS = Table(
    "review_decisions",
    "How items of the review queue were decided",
    (
        Column("item"),
        Column("decision"),
        Column("reason"),
        Column("decided_by"),
        Column("decided_at", "datetime"),
    ),
    ("item", "decided_at"),
)

TABLES = (
    AREAS, AREA_NAMES, AREA_CODES, SUCCESSIONS, RELEASES, INSPECTIONS, STATEMENTS, JUDGEMENTS,
    RECOMMENDATIONS, FINDINGS, LOOKS_BACK, PROBLEMS, RATING_TOTALS, CORRECTIONS, DECISIONS,
)  # fmt: skip
