"""A small edition of what `mhclg_rough_sleeping` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "rough_sleeping_snapshot_2025.csv"
_WHERE = (_CSV, "")
_SAYS = "MHCLG Rough Sleeping Snapshot autumn 2025 made for a test"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "lad24cd|la_name|rough_sleeping_2025|rough_sleeping_2024|snapshot_year|source",
            f"E09000014|Haringey|21|18|2025|{_SAYS}",
            f"E06000014|York|4|3|2025|{_SAYS}",
        )
    },
    records=1 + 2 * 2,
    spare=frozenset({"la_name"}),
    faults=(
        Fault(_WHERE, 2, "rough_sleeping_2025", "few", "a number", kind="number"),
        Fault(_WHERE, 3, "rough_sleeping_2024", "", "a number"),
        Fault(_WHERE, 3, "snapshot_year", "2024", "2025 was expected"),
        Fault(_WHERE, 3, "source", "Another count", "begins with MHCLG Rough Sleeping"),
        Fault(_WHERE, 3, "lad24cd", "E09000014", "row 2 has it too", kind="duplicate"),
        Fault(_WHERE, 2, "snapshot_year", "1900", "2025 was expected", kind="date"),
        Fault(_WHERE, 2, "lad24cd", "Haringey", "an area's code like E09000014", kind="code"),
    ),
    without={"grade": "figures or places, no judgements"},
)
