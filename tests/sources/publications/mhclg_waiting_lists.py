"""A small edition of what `mhclg_waiting_lists` reads: Cumberland has the rows of two councils before it."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "lahs_waiting_list_2015_2025.csv"
_WHERE = (_CSV, "")
_SAYS = "MHCLG LAHS Section C, year ending 31 March"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "lad24cd|reporting_year|households_on_register|jointly_managed_register|reasonable_preference|source",
            f"E06000063|2022|100|TRUE||{_SAYS} 2022",
            f"E06000014|2022|1507|FALSE||{_SAYS} 2022",
            f"E06000063|2022|23|TRUE||{_SAYS} 2022",
            f"E06000063|2023|400|TRUE||{_SAYS} 2023",
            f"E06000063|2023||TRUE||{_SAYS} 2023",
            f"E06000020|2023|0|||{_SAYS} 2023",
            f"E06000063|2021|0|FALSE||{_SAYS} 2021",
            f"E06000063|2021|700|FALSE||{_SAYS} 2021",
        )
    },
    records=1 + 5,
    spare=frozenset({"jointly_managed_register", "reasonable_preference"}),
    faults=(
        Fault(_WHERE, 2, "lad24cd", "E0600006", "an area's code like E09000014", kind="code"),
        Fault(
            _WHERE, 3, "households_on_register", "1,507", "a number or “0” or an empty cell", kind="number"
        ),
        Fault(_WHERE, 4, "reporting_year", "202", "a year like 2022-23"),
        Fault(_WHERE, 4, "reporting_year", "", "a value"),
        Fault(_WHERE, 5, "source", "Another return", "begins with MHCLG LAHS Section C"),
        Fault(_WHERE, 4, "reporting_year", "1900", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
    repeats={
        _WHERE: "A council that was made of several has the rows of each, under its own code: they are added"
    },
)
