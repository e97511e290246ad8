"""A small edition of what `mhclg_imd` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "imd_2025_la_summary.csv"
_WHERE = (_CSV, "")
_SAYS = "MHCLG English Indices of Deprivation 2025, made for a test"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "lad24cd|la_name|imd_average_rank|imd_rank_of_average_rank|imd_average_score|imd_rank_of_average_score"
            "|imd_proportion_most_deprived_10pct|imd_rank_of_proportion|imd_extent|imd_rank_of_extent"
            "|imd_local_concentration|imd_rank_of_local_concentration|source",
            f"E09000014|Haringey|19000.5|60|25.125|62|0.0345|120|0.2|77|31000.25|88|{_SAYS}",
            f"E06000014|York|11000|210|12.5|220|0|193|0.0545|190|27000|140|{_SAYS}",
        )
    },
    records=10 + 2 * 10,
    spare=frozenset({"la_name"}),
    faults=(
        Fault(_WHERE, 2, "lad24cd", "Haringey", "an area's code like E09000014", kind="code"),
        Fault(_WHERE, 2, "lad24cd", "", "a value"),
        Fault(
            _WHERE,
            3,
            "lad24cd",
            "E09000014",
            "an area once for each period and measure (row 2 has it too)",
            kind="duplicate",
        ),
        Fault(_WHERE, 2, "imd_extent", "a fifth", "a number", kind="number"),
        Fault(_WHERE, 3, "imd_average_score", "", "a number"),
        Fault(_WHERE, 3, "imd_average_score", "nan", "a number", kind="number"),
        Fault(_WHERE, 3, "source", "MHCLG English Indices of Deprivation 2019", "begins with MHCLG English"),
    ),
    without={
        "date": "the edition is of one year, which its column of sources says",
        "grade": "figures or places, no judgements",
    },
)
