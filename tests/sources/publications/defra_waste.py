"""A small edition of what `defra_waste` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, Table

_ODS = "la_collected_waste_2022-23.ods"
_WHERE = (_ODS, "Table_3")
_HEADER = [
    "Year",
    "Region",
    "ONS code",
    "Jpp Order",
    "Authority",
    "Authority type",
    "Residual household waste per household (kg/household) (Ex NI191)",
    "Percentage of household waste sent for reuse, recycling or composting (Ex NI192)",
    "Percentage of municipal waste sent to landfill (Ex NI193)",
    "Collected household waste per person (kg) (Ex BVPI 84a)",
]
_ROWS = (
    "2010-11|South East|E07000223|346|Adur District Council|Collection|454.3|0.367|-|325.3",
    "2010-11|London|E50000002|251|North London Waste Authority|Disposal|626.6|0.294|0.294|397.7",
    "2010-11|*Eastern|Total|Total|Total|Total|540.7|0.489|0.473|:",
    "2010-11|Total England|Total|Total|Total|Total|598|0.415|0.433|:",
    "2019-20|East Midlands|E07000150 / E07000153|7|Two Councils' Service|Collection|400|0.5|-|300",
    "2020-21|South East|E10000002|284|Buckinghamshire Council|Unitary|500|0.51|0.1|410",
    "2020-21|Eastern|E50000008|9|Two Cambridges|Collection|410|0.5|-|310",
    "|||||||||",
    "Made for a test.|||||||||",
)


def _sheet() -> Table:
    above = [["Table 3: Selected Waste Indicators", *[""] * 9], [""] * 10, [*[""] * 9, "Revised"]]
    return [*above, _HEADER, *(row.split("|") for row in _ROWS)]


PUBLICATION = Publication(
    main=_ODS,
    tables={_WHERE: _sheet()},
    records=4 + 4 * 9,
    header_row=4,
    spare=frozenset({"Jpp Order", "Authority type"}),
    faults=(
        Fault(_WHERE, 5, "ONS code", "Adur", "an area's code like E09000014", kind="code"),
        Fault(_WHERE, 5, "ONS code", "", "a value"),
        Fault(_WHERE, 6, "ONS code", "E50000077", "one of E50000001", kind="code"),
        Fault(_WHERE, 7, "Region", "*Midlands", "one of Total England"),
        Fault(
            _WHERE,
            8,
            "Region",
            "*Eastern",
            "an area once for each period and measure (row 7 has it too)",
            kind="duplicate",
        ),
        Fault(_WHERE, 10, "ONS code", "E07000004", "one of E10000002", kind="code"),
        Fault(_WHERE, 9, "Year", "2019-21-22", "a year like 2022-23"),
        Fault(_WHERE, 5, _HEADER[6], "n/k", "a number or “-” or “:”", kind="number"),
        Fault(_WHERE, 5, _HEADER[7], "", "a number or “-” or “:”"),
        Fault(_WHERE, 9, "Year", "1900-01", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
)
