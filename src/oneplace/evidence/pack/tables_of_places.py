"""The tables of areas, bodies, and which are like which."""

from __future__ import annotations

from oneplace.evidence.pack.table import TO_RELEASE, Column, Table

TO_BODY = ((("body",), "bodies", ("body",)),)

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
BODIES = Table(
    "bodies",
    "Bodies that are inspected, other than councils",
    (
        Column("body"),
        Column("name"),
        Column("kind"),
        Column("parent", required=False, description="the body that it is part of"),
        Column("postcode", required=False),
        Column("latitude", "number", False),
        Column("longitude", "number", False),
        Column("opened", "date", False),
        Column("closed", "date", False),
        Column("details", description="what pages show of it, in order: a JSON list of pairs"),
        Column("listed_first", "date", False, "the day of the oldest edition that lists it"),
        Column("listed_last", "date", False, "the day of the newest edition that lists it"),
        Column("release"),
        Column("sheet", required=False),
        Column("row", "integer", False),
        Column(
            "words",
            required=False,
            description="what each source says of it, where several do: a JSON object",
        ),
    ),
    ("body",),
    TO_RELEASE,
)
BODY_NAMES = Table(
    "body_names",
    "Other names of a body",
    (Column("body"), Column("name")),
    ("body", "name"),
    TO_BODY,
)
BODY_CODES = Table(
    "body_codes",
    "Publishers' numbers for a body",
    (Column("body"), Column("scheme"), Column("code")),
    ("body", "scheme", "code"),
    TO_BODY,
)
BODY_AREAS = Table(
    "body_areas",
    "Whose public service a body is, and where it stands",
    (Column("body"), Column("area"), Column("role", description="serves or stands_in")),
    ("body", "role", "area"),
    (*TO_BODY, (("area",), "areas", ("area",))),
)
LISTINGS = Table(
    "listings",
    "The days for which a source listed bodies of a kind",
    (Column("source"), Column("kind"), Column("as_at", "date")),
    ("source", "kind", "as_at"),
)
SIMILAR_AREAS = Table(
    "similar_areas",
    "Areas that are like each other, and who reckons so",
    (
        Column("measure"),
        Column("area"),
        Column("rank", "integer", description="1 is the most like"),
        Column("other"),
        Column("closeness"),
        Column("release"),
        Column("sheet", required=False),
        Column("row", "integer", False),
    ),
    ("measure", "area", "rank"),
    ((("area",), "areas", ("area",)), (("other",), "areas", ("area",)), *TO_RELEASE),
)
BOUNDARIES = Table(
    "boundaries",
    "Where areas end, as lines of the map",
    (
        Column("tier", description="what the map divides England into: lower, upper, region, …"),
        Column("code", description="GSS code of the area"),
        Column("name", description="as the publisher of the boundary calls it"),
        Column(
            "polygons",
            description="JSON: polygons of rings, the outer one first, of lines' numbers; ~number is backwards",
        ),
        Column("first_year", "integer", False, "the first year for which the code holds"),
        Column("last_year", "integer", False, "the last year for which the code holds"),
        Column("release"),
        Column("sheet", required=False),
        Column("row", "integer", False),
    ),
    ("tier", "code"),
    TO_RELEASE,
)
MAP_LINES = Table(
    "map_lines",
    "Lines of the map, which neighbours have in common",
    (
        Column("number", "integer"),
        Column(
            "points",
            description="easting and northing in metres on the British National Grid, then each step to the next",
        ),
        Column("release"),
    ),
    ("number",),
    TO_RELEASE,
)
CODE_NAMES = Table(
    "code_names",
    "What publishers call the area of a code, and for which years",
    (
        Column("code", description="GSS code of the area"),
        Column("name"),
        Column("first_year", "integer", False, "the first year for which the code holds"),
        Column("last_year", "integer", False, "the last year for which the code holds"),
        Column("release"),
        Column("sheet", required=False),
        Column("row", "integer", False),
    ),
    ("code", "release"),
    TO_RELEASE,
)
