"""A small edition of what `datatoinsight_ilacs_overview` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_OVERVIEW = ("ilacs_latest_overview_2026-06.csv", "")
PUBLICATION = Publication(
    main="ilacs_latest_overview_2026-06.csv",
    tables={
        _OVERVIEW: table(
            "urn|la_code|ltla23cd|local_authority|inspection_link|overall_effectiveness_grade"
            "|impact_of_leaders_grade|help_and_protection_grade|in_care_grade|care_leavers_grade"
            "|inspection_start_date|inspection_end_date|publication_date",
            "80426|370|E08000016|barnsley|https://example.org/1|good|good|requires improvement|good|good"
            "|11/09/2023|15/09/2023|27/10/23",
            "80489|304|E09000005|brent|https://example.org/2||good|good|good|good|27/04/2026|01/05/2026|17/06/26",
            "80533|892|E06000018|nottingham||inadequate|inadequate|inadequate|inadequate"
            "|inspection_pre_dates_judgement|||05/09/22",
            "80490|302|E09000003|barnet|https://example.org/4|good|good|good|good|good"
            "|30/03/2026|03/04/2026|20/05/26",
        )
    },
    records=4,
    spare=frozenset({"la_code"}),
    faults=(
        Fault(_OVERVIEW, 2, "publication_date", "31/02/24", "a date like 31/03/2024"),
        Fault(_OVERVIEW, 2, "inspection_start_date", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_OVERVIEW, 2, "inspection_end_date", "10/09/2023", "on or after the start of 2023-09-11"),
        Fault(_OVERVIEW, 3, "in_care_grade", "great", "one of “Outstanding”, “Good”", kind="grade"),
        Fault(_OVERVIEW, 2, "urn", "", "a value"),
        Fault(_OVERVIEW, 3, "ltla23cd", "Brent", "an area's code like E09000014", kind="code"),
        Fault(_OVERVIEW, 3, "urn", "80426", "a council once (row 2 has it too)", kind="duplicate"),
    ),
    without={"number": "no column has numbers"},
)
