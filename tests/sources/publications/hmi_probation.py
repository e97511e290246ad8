"""A small edition of what `hmi_probation` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_RATINGS = ("probation.csv", "")
PUBLICATION = Publication(
    main="probation.csv",
    tables={
        _RATINGS: table(
            "unit|region|published|overall|score|url|notes",
            "Fens and Broads|East of England|2022-10|inadequate|3/27|https://example.org/fens|",
            "Fens and Broads|East of England||requires_improvement||https://example.org/fens|second inspection",
            "Old Docks|London|2024|good|21|https://example.org/docks|score out of 27",
            "North East region|North East|2025-03-04|requires_improvement||https://example.org/ne|regional",
            "East Midlands (region)|East Midlands||inadequate||https://example.org/em|regional",
            "South West National Probation Service division|South West|2021-07|good||https://example.org/sw|",
            "Snowdon|Wales|2025|inadequate||https://example.org/wales|",
        )
    },
    records=6,
    spare=frozenset({"notes"}),
    faults=(
        Fault(_RATINGS, 2, "region", "Borders", "one of East Midlands"),
        Fault(_RATINGS, 2, "published", "1900", "a date from 1965-04-01", kind="date"),
        Fault(_RATINGS, 2, "published", "spring", "a date like"),
        Fault(
            _RATINGS,
            2,
            "overall",
            "adequate",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_RATINGS, 2, "score", "28", "a number from 0 to 27", kind="number"),
        Fault(_RATINGS, 2, "score", "3/36", "a number from 0 to 27", kind="number"),
        Fault(
            _RATINGS, 3, "published", "2022-10", "a unit once on a date (row 2 has it too)", kind="duplicate"
        ),
        Fault(_RATINGS, 8, "overall", "", "a value"),
        Fault(_RATINGS, 5, "unit", "", "a value"),
        Fault(_RATINGS, 5, "url", "", "a value"),
    ),
    without={"code": "bodies are told by name, no column has codes"},
)
