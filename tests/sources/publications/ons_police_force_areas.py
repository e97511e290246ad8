"""A small edition of what `ons_police_force_areas` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_FILE = ("la_to_police_force.csv", "")
PUBLICATION = Publication(
    main="la_to_police_force.csv",
    tables={
        _FILE: table(
            "lad24cd|la_name|pfa_name|pfa_name_safelives|population_weight|source",
            "E06000901|Fen|Marsh & Fen|Marshland|1.0|Made up",
            "E08000902|Marsh|Marsh & Fen|Marshland|1.0|Made up",
            "E09000999|Dike|Metropolitan Police|Met|1.0|Made up",
        )
    },
    records=2,
    spare=frozenset({"pfa_name_safelives", "source"}),
    faults=(
        Fault(_FILE, 2, "lad24cd", "W06000001", "the code of an English council", kind="code"),
        Fault(_FILE, 3, "lad24cd", "E06000901", "each council once", kind="duplicate"),
        Fault(_FILE, 3, "population_weight", "0.5", "1, as each council has one force"),
        Fault(_FILE, 4, "pfa_name", "", "a value"),
    ),
    without={
        "date": "the list has no dates",
        "grade": "figures or places, no judgements",
        "number": "its one number may be 1 alone: see population_weight",
    },
)
