"""A small edition of what `ombudsman_annual_letters` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_LETTERS = ("ombudsman_annual_letters_2024-25.csv", "")
PUBLICATION = Publication(
    main="ombudsman_annual_letters_2024-25.csv",
    tables={
        _LETTERS: table(
            "Council|Complaints dealt with|Not for us|Assessed and closed|Investigated|Complaints upheld|"
            "Upheld (%)|Satisfactory remedies (%)|Compliance (%)",
            "Haringey|301|120|140|41|35|85%|11%|100%",
            "Isles of Scilly|2|1|1|0|0|N/A||",
        )
    },
    records=8 + 2 * 8,
    faults=(
        Fault(_LETTERS, 2, "Complaints dealt with", "many", "a number from 0 on", kind="number"),
        Fault(_LETTERS, 2, "Investigated", "", "a number from 0 on"),
        Fault(_LETTERS, 2, "Investigated", "-4", "a number from 0 on", kind="number"),
        Fault(_LETTERS, 2, "Upheld (%)", "185%", "a share from 0 to 100", kind="number"),
        Fault(_LETTERS, 2, "Compliance (%)", "good", "a share from 0 to 100", kind="number"),
        Fault(_LETTERS, 3, "Council", "HARINGEY", "a council once (row 2 has it too)", kind="duplicate"),
        Fault(_LETTERS, 3, "Council", "", "a value"),
    ),
    without={
        "date": "the year is in the file's name",
        "grade": "figures or places, no judgements",
        "code": "bodies are told by name, no column has codes",
    },
)
