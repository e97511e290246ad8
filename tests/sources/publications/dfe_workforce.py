"""A small edition of what `dfe_workforce` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "children_social_work_workforce_2017_2025.csv"
_WHERE = (_CSV, "")
_COLUMNS = (
    "inpost_fte|inpost_headcount|starters_fte|starters_headcount|leavers_fte|leavers_headcount|turnover_rate_fte"
    "|turnover_rate_headcount|agency_fte|agency_headcount|agency_rate_fte|agency_rate_headcount|agency_cover_fte"
    "|agency_cover_rate_fte|vacancy_fte|vacancy_rate_fte|vacancy_agency_cover_rate_fte|case_holders_fte|cases"
    "|caseload_fte|working_days_lost_fte|absence_rate_fte"
)
_NUMBERS = "|".join(f"{number}.5" for number in range(1, 23))
_LETTERS = "|".join(["x", "z", "c", "u", "low", *(["x"] * 17)])
_COUNCIL = "Reporting year|Local authority|E92000001|England"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "time_period|time_identifier|geographic_level|country_code|country_name|region_code|region_name"
            f"|old_la_code|new_la_code|la_name|{_COLUMNS}",
            f"2025|Reporting year|National|E92000001|England||||||{_NUMBERS}",
            f"2025|Reporting year|Regional|E92000001|England|E12000007|London||||{_NUMBERS}",
            f"2025|{_COUNCIL}|E13000001|Inner London|309|E09000014|Haringey|{_NUMBERS}",
            f"2025|{_COUNCIL}|E12000004|East Midlands|940 / 941|E06000061 / E06000062|Two of them|{_NUMBERS}",
            f"2024|{_COUNCIL}|E13000001|Inner London|309|E09000014|Haringey|{_LETTERS}",
        )
    },
    records=22 + (5 + 1) * 22,
    spare=frozenset({"time_identifier", "country_name", "region_name", "old_la_code", "la_name"}),
    faults=(
        Fault(_WHERE, 3, "geographic_level", "", "National or Regional or Local authority"),
        Fault(_WHERE, 4, "new_la_code", "W06000001", "an area's code like E09000014", kind="code"),
        Fault(
            _WHERE, 5, "new_la_code", "E06000061 and E06000062", "an area's code like E09000014", kind="code"
        ),
        Fault(_WHERE, 6, "time_period", "last year", "a year like 2022-23"),
        Fault(_WHERE, 6, "caseload_fte", "k", "a number or “c” or “low”", kind="number"),
        Fault(_WHERE, 3, "time_period", "1900", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
)
