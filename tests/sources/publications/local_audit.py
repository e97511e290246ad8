"""A small edition of what `local_audit` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_OPINIONS = ("local_audit_opinions.csv", "")
PUBLICATION = Publication(
    main="local_audit_opinions.csv",
    tables={
        _OPINIONS: table(
            "Council|GSS code|Financial year|Opinion|Date of opinion|Address",
            "Haringey|E09000014|2022-23|Disclaimed at the backstop|12/12/2024|https://example.org/h",
            "Haringey|E09000014|2023-24|Not given yet|28/02/2025|",
            "Kent|E10000016|2023-24|Unmodified|14/02/2025|https://example.org/k",
            "York|E06000014|2023-24|Qualified|14/02/2025|https://example.org/y",
        )
    },
    records=4,
    faults=(
        Fault(
            _OPINIONS, 2, "Opinion", "Excellent", "one of “Unmodified”, “Qualified”, “Adverse”", kind="grade"
        ),
        Fault(_OPINIONS, 2, "GSS code", "W06000015", "an area's code like E09000014", kind="code"),
        Fault(_OPINIONS, 2, "Financial year", "2023", "a financial year like 2023-24"),
        Fault(
            _OPINIONS,
            3,
            "Financial year",
            "2022-23",
            "a council's year once (row 2 has it too)",
            kind="duplicate",
        ),
        Fault(_OPINIONS, 2, "Date of opinion", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(
            _OPINIONS, 2, "Date of opinion", "01/02/2023", "a date after the end of the year on 2023-03-31"
        ),
        Fault(_OPINIONS, 2, "Date of opinion", "last week", "a date like 31/03/2024"),
        Fault(_OPINIONS, 4, "Council", "", "a value"),
    ),
    without={"number": "no column has numbers"},
)
