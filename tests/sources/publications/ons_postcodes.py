"""A small edition of what `ons_postcodes` reads: the ONS's own file, with fewer of its columns."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_FILE = ("ONSPD_NOV_2025_UK.csv", "")
PUBLICATION = Publication(
    main="ONSPD_NOV_2025_UK.csv",
    tables={
        _FILE: table(
            "pcds|dointr|doterm|lad25cd|east1m|north1m|usrtypind",
            "ZZ1 1AA|198001||E06000901|531827|189341|0",
            "ZZ1 1AB|198001|199912|E06000901|531830|189340|0",
            "ZZ2 1AA|198001||W06000901|331827|189341|0",
            "ZZ9 9ZZ|198001|202403|||0|1",
        )
    },
    records=1,
    spare=frozenset({"dointr", "usrtypind"}),
    faults=(
        Fault(_FILE, 2, "pcds", "HARINGEY", "a postcode like", kind="code"),
        Fault(_FILE, 3, "pcds", "", "a postcode like"),
        Fault(_FILE, 3, "pcds", "zz11aa", "each postcode once", kind="duplicate"),
        Fault(_FILE, 3, "doterm", "199913", "a month like"),
        Fault(_FILE, 3, "doterm", "190001", "a month like", kind="date"),
        Fault(_FILE, 4, "lad25cd", "Far Off", "a council's code", kind="code"),
        Fault(_FILE, 4, "east1m", "east", "metres of the National Grid", kind="number"),
        Fault(_FILE, 4, "north1m", "-1", "metres of the National Grid", kind="number"),
    ),
    without={"grade": "figures or places, no judgements"},
)
