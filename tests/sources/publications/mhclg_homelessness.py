"""A small edition of what `mhclg_homelessness` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "statutory_homelessness_2025Q2.csv"
_WHERE = (_CSV, "")
_SAYS = "MHCLG Statutory Homelessness made for a test"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "lad24cd|la_name|period|total_assessments|owed_duty|prevention_duty|relief_duty|households_in_ta"
            "|support_needs_total|mental_health|learning_disability|drug_dependency|alcohol_dependency"
            "|rough_sleeping_history|source",
            f"E09000014|Haringey|2025Q2|410|400|150|250|2500|300|12|3|4|5|6|{_SAYS}",
            f"E06000014|York|2025Q2|226|224|156|68|64|168|2|2|2|2|22|{_SAYS}",
        )
    },
    records=6 + 2 * 6,
    spare=frozenset(
        {
            *("la_name", "mental_health", "learning_disability"),
            *("drug_dependency", "alcohol_dependency", "rough_sleeping_history"),
        }
    ),
    faults=(
        Fault(_WHERE, 2, "period", "2025", "a quarter like 2025Q2"),
        Fault(_WHERE, 2, "period", "2025Q5", "a quarter like 2025Q2"),
        Fault(_WHERE, 3, "households_in_ta", "[x]", "a number or “0”", kind="number"),
        Fault(_WHERE, 3, "lad24cd", "E09000014", "row 2 has it too", kind="duplicate"),
        Fault(_WHERE, 3, "source", "Another table", "begins with MHCLG Statutory"),
        Fault(_WHERE, 2, "period", "1900Q1", "a quarter like 2025Q2", kind="date"),
        Fault(_WHERE, 2, "lad24cd", "Haringey", "an area's code like E09000014", kind="code"),
    ),
    without={"grade": "figures or places, no judgements"},
)
