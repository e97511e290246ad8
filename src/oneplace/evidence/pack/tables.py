"""The tables of a pack: columns, types, which may be empty, and what each means."""

from __future__ import annotations

from oneplace.evidence.pack.table import TO_RELEASE, Column, Table
from oneplace.evidence.pack.tables_of_places import (
    AREA_CODES,
    AREA_NAMES,
    AREAS,
    BODIES,
    BODY_AREAS,
    BODY_CODES,
    BODY_NAMES,
    BOUNDARIES,
    CODE_NAMES,
    LISTINGS,
    MAP_LINES,
    SIMILAR_AREAS,
    SUCCESSIONS,
)

# Raised when an older version could no longer read what is written, or lacks some of it. Format 1 had inspections of
# councils only, format 2 no boundaries, and of a body not which source says what.
FORMAT = 3
DESCRIPTION = "datapackage.json"

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
TO_STATEMENT = ((("release", "statement"), "statements", ("release", "statement")),)

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
        Column("as_at", "date", False, "the day that the table describes"),
        Column(
            "is_snapshot", "boolean", description="a table of the latest state, one edition after another"
        ),
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
        Column("body_kind"),
        Column("body_ref", required=False, description="the body by its identifier, where one was given"),
        Column("form"),
        Column("title"),
        Column("inspection_start", "date", False),
        Column("inspection_end", "date", False),
        Column("published", "date", False),
        Column("published_source", required=False, description="text, filename or list"),
        Column("lead_inspector"),
        Column("pages", "integer", False),
        Column("report_url", required=False),
        Column("reference", description="the publisher's own number for the inspection"),
        Column("date_precision", description="how much of its dates the publication tells"),
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
        Column("subject", description="the part of the body that it is of; empty: the whole"),
        Column("score", "number", False, "a number printed with the grade"),
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

MEASURES = Table(
    "measures",
    "What official statistics count, as each release defines it",
    (
        Column("release"),
        Column("measure"),
        Column("title"),
        Column("service"),
        Column("unit"),
        Column("polarity", description="which way is good: high, low or none"),
        Column("definition"),
        Column("kind", description="a count may be added up, a rate may not"),
        Column("decimals", "integer", False),
        Column("topic"),
        Column("publisher"),
        Column("source_note"),
        Column("polarity_source", description="who says which way is good"),
    ),
    ("release", "measure"),
    TO_RELEASE,
)
# In the order of the publications: a number's row there is then the one before's and one, which takes no room.
VALUES = Table(
    "values",
    "Official statistics: one cell a row",
    (
        Column("release"),
        Column("measure"),
        Column("subject", description="area or body; england; a region, such as region-london"),
        Column("period", description="as people write it"),
        Column("ends", "date", description="its last day"),
        Column("value", "number", False),
        Column("marker", description="why there is no number, or what is to be known of it"),
        Column(
            "printed", required=False, description="the cell as printed, where that is not the plain number"
        ),
        Column("sheet", required=False),
        Column("row", "integer"),
    ),
    ("release", "sheet", "row", "measure", "subject", "period", "ends"),
    ((("release", "measure"), "measures", ("release", "measure")),),
)
EVENTS = Table(
    "events",
    "What each release changed, in order",
    (
        Column("sequence", "integer"),
        Column("release"),
        Column("position", "integer"),
        Column("at", "datetime"),
        Column("kind"),
        Column("inspection"),
        Column("body"),
        Column("field"),
        Column("before"),
        Column("after"),
        Column("direction"),
        Column("on", "date", False),
        Column("first_load", "boolean", description="it came with the first load of its source: no news"),
    ),
    ("sequence",),
    TO_RELEASE,
)

TABLES = (
    AREAS, AREA_NAMES, AREA_CODES, SUCCESSIONS, BODIES, BODY_NAMES, BODY_CODES, BODY_AREAS, LISTINGS,
    SIMILAR_AREAS, BOUNDARIES, MAP_LINES, CODE_NAMES, RELEASES, INSPECTIONS, STATEMENTS, JUDGEMENTS,
    RECOMMENDATIONS, FINDINGS, LOOKS_BACK, PROBLEMS, RATING_TOTALS, MEASURES, VALUES, EVENTS, CORRECTIONS, DECISIONS,
)  # fmt: skip
