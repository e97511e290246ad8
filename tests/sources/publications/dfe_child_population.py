"""A small edition of what `dfe_child_population` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "child_population_2012_2024.csv"
_WHERE = (_CSV, "")
_AGES = "Children aged 0 to 17 years"
_COUNCIL = "Reporting year|Local authority|E92000001|England|E13000001|Inner London"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "time_period|time_identifier|geographic_level|country_code|country_name|region_code|region_name"
            "|old_la_code|new_la_code|la_name|age_group|population_estimate",
            f"2024|Reporting year|National|E92000001|England||||||{_AGES}|12000000",
            f"2024|Reporting year|Regional|E92000001|England|E13000001|Inner London||||{_AGES}|600000",
            f"2024|{_COUNCIL}|309|E09000014|Haringey|{_AGES}|55000",
            f"2023|{_COUNCIL}|309|E09000014|Haringey|{_AGES}|x",
        )
    },
    records=1 + 4,
    spare=frozenset({"time_identifier", "country_name", "region_name", "old_la_code", "la_name"}),
    faults=(
        Fault(_WHERE, 3, "geographic_level", "Ward", "National or Regional or Local authority"),
        Fault(_WHERE, 4, "new_la_code", "", "a value"),
        Fault(_WHERE, 5, "population_estimate", "y", "a number or “c”", kind="number"),
        Fault(_WHERE, 5, "population_estimate", "", "a number"),
        Fault(_WHERE, 5, "age_group", "Children aged 0 to 4 years", f"{_AGES} was expected"),
        Fault(_WHERE, 5, "time_period", "1900", "a year like 2022-23", kind="date"),
        Fault(_WHERE, 4, "new_la_code", "309", "an area's code like E09000014", kind="code"),
    ),
    without={"grade": "figures or places, no judgements"},
)
