"""A small edition of what `defra_recycling` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "recycling_2015_2024.csv"
_WHERE = (_CSV, "")
_OF = "Waste Reused/Recycled/Composted|Proportion|Percent"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "area_code|area_name|period|indicator|measure|unit|value",
            f"E07000223|Adur|2015/16|{_OF}|32",
            f"E07000223|Adur|2016/17|{_OF}|32.7",
            f"E06000023|Bristol, City of|2023/24|{_OF}|NA",
            "S12000033|Aberdeen City|2015|Recycling|Percentage|Waste|38.9",
            f"W06000001|Isle of Anglesey|2015/16|{_OF}|59.5",
            f"N09000001|Antrim and Newtownabbey|2015/16|{_OF}|49",
        )
    },
    records=1 + 3,
    spare=frozenset({"area_name"}),
    faults=(
        Fault(_WHERE, 2, "area_code", "K02000001", "an area's code like E09000014", kind="code"),
        Fault(_WHERE, 2, "indicator", "Recycling", "Waste Reused/Recycled/Composted was expected"),
        Fault(_WHERE, 2, "measure", "Percentage", "Proportion was expected"),
        Fault(_WHERE, 2, "unit", "Tonnes", "Percent was expected"),
        Fault(_WHERE, 3, "value", "-", "a number or “NA”", kind="number"),
        Fault(_WHERE, 3, "period", "2016/18/19", "a year like 2022-23"),
        Fault(_WHERE, 3, "period", "1900/01", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
    left_out={_WHERE: frozenset({5, 6, 7})},
)
