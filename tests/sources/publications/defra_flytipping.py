"""A small edition of what `defra_flytipping` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, Table

_ODS = "flytipping_2022-23.ods"
_INCIDENTS = (_ODS, "LA_incidents")
_ACTIONS = (_ODS, "LA_actions")
_COUNTED = (
    "Total Incidents",
    "Incidents per 1,000 people",
    "Highway Incidents",
    "Footpath / Bridleway Incidents",
    "Back Alleyway Incidents",
    "Railway Incidents",
    "Council Land Incidents",
    "Agricultural Incidents",
    "Private / Residential Incidents",
    "Commercial / Industrial Incidents",
    "Watercourse / Bank Incidents",
    "Other (unidentified) Incidents",
    "Animal Carcass Incidents",
    "Green Incidents",
    "Vehicle Parts Incidents",
    "White Goods Incidents",
    "Other Electrical Incidents",
    "Tyres Incidents",
    "Asbestos Incidents",
    "Clinical Incidents",
    "Constr / Demol / Excav Incidents",
    "Black Bags - Commercial Incidents",
    "Black Bags - Household Incidents",
    "Chemical Drums, Oil, Fuel Incidents",
    "Other Household Waste Incidents",
    "Other Commercial Waste Incidents",
    "Primary Waste Type Measures Other (unidentified) Incidents",
    "Single Black Bag Incidents",
    "Single Item Incidents",
    "Car Boot or Less Incidents",
    "Small Van Load Incidents",
    "Transit Van Load Incidents",
    "Tipper Lorry Load Incidents",
    "Significant / Multi Loads Incidents",
)
_DONE = (
    "Total Actions",
    "Investigation Actions",
    "Warning Letter Actions",
    "Statutory Notice Actions",
    "Total Fixed Penalty Notice Actions",
    "Fixed Penalty Notices issued specifically for fly-tipping",
    "Fixed Penalty Notices issued for Household Duty of Care",
    "Littering Fixed Penalty Notices issued in conjunction with fly-tipping",
    "All Other Fixed Penalty Notices issued",
    "Paid Fixed Penalty Notice Outcomes",
    "Duty of Care Inspection Actions",
    "Stop and Search Actions",
    "Vehicles seized",
    "Formal Caution Actions",
    "Prosecution Actions",
    "Injunction Actions",
    "Fine Outcomes (issued by courts)",
    "Custodial Sentence Outcomes",
    "Cases Lost Outcomes",
    "Total fines (£)",
)
_WHO = ("Year", "ONS Code", "LA Name", "Region")


def _sheet(columns: tuple[str, ...], last: str, *rows: tuple[str, str]) -> Table:
    """Each row says who it is of and the text of its first number; the others count up from 1."""
    lines = [
        [*who.split("|"), first, *(str(number) for number in range(1, len(columns))), "0"]
        for who, first in rows
    ]
    width = len(columns) + 5
    above = [["Fly-tipping, made for a test", *[""] * (width - 1)], [""] * 4 + ["TOTAL"] + [""] * (width - 5)]
    return [*above, [*_WHO, *columns, last], *lines]


PUBLICATION = Publication(
    main=_ODS,
    tables={
        _INCIDENTS: _sheet(
            _COUNTED,
            "Reporting basis",
            ("2018-19|*Total|*Total|*Total England (original)", "1072431"),
            ("2018-19|*Total|*Total|*Total England (comparable with 2019/20)", "957094"),
            ("2018-19|*Total|*Total|East", "1000"),
            ("2018-19|E07000223|Adur|South East", ""),
            ("2019-20|E07000223|Adur|South East", "317"),
        ),
        _ACTIONS: _sheet(
            _DONE,
            "Prosecution Action Costs (£)",
            ("2018-19|*Total|*Total|*Total England", "499000"),
            ("2018-19|E07000223|Adur|South East", ":"),
        ),
    },
    records=len(_COUNTED) * (1 + 4) + len(_DONE) * (1 + 2),
    header_row=3,
    spare=frozenset({"LA Name", "Reporting basis", "Prosecution Action Costs (£)"}),
    faults=(
        Fault(_INCIDENTS, 4, "Region", "*Total", "one of *Total England"),
        Fault(_INCIDENTS, 7, "ONS Code", "", "a value"),
        Fault(_INCIDENTS, 8, "Year", "the next", "a year like 2022-23"),
        Fault(_INCIDENTS, 8, "Tyres Incidents", "many", "a number or “:” or an empty cell", kind="number"),
        Fault(_ACTIONS, 5, "Vehicles seized", "[c]", "a number or “:” or an empty cell", kind="number"),
        Fault(_ACTIONS, 5, "ONS Code", "*Sum", "an area's code like E09000014", kind="code"),
        Fault(_INCIDENTS, 8, "Year", "1900-01", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
)
