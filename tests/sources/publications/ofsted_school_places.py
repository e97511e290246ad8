"""A small edition of what `ofsted_school_places` reads: four rows of made-up numbers."""

from __future__ import annotations

from tests.sources.making import Fault, Publication

_FILE = "school_places_scorecards_2025.csv"
_TABLE = (_FILE, "")
_WHO = [
    "Year",
    "geographic_level",
    "country_code",
    "region_code",
    "Region",
    "LANumber",
    "new_la_code",
    "LA_name",
]
_SUPPLY = [
    heading
    for phase in ("P", "S")
    for heading in (
        f"Quan_{phase}_UP", f"Quan_{phase}_Su", f"Quan_{phase}_In", f"Quan_{phase}_RP", f"Quan_{phase}_PP",
        f"For_1_{phase}", f"For_3_{phase}", f"Pref_{phase}_1_CY", f"Pref_{phase}_T3_CY",
    )
] + ["Funding"]  # fmt: skip
_OVERALL = [
    heading
    for phase in ("P", "S")
    for heading in (
        *(f"Qual_{phase}_{grade}_{which}" for grade in "12340" for which in "EN"),
        f"Qual_{phase}_Prop",
    )
]
_AREAS = [
    heading
    for phase in ("P", "S")
    for area in ("QE", "BA", "PD", "LM")
    for heading in (
        *(f"Qual_{phase}_{grade}_{which}_{area}" for grade in ("1", "2", "3", "4", "NA") for which in "EN"),
        f"Qual_{phase}_Prop_{area}",
    )
]


def _row(year: str, who: list[str], supply: str, overall: str, area: str, **cells: str) -> list[str]:
    given = {
        **dict(zip(_WHO[1:], who, strict=True)),
        **dict.fromkeys(_SUPPLY, supply),
        **dict.fromkeys(_OVERALL, overall),
        **dict.fromkeys(_AREAS, area),
        **cells,
    }
    return [year, *(given[name] for name in [*_WHO[1:], "PriNOR", *_SUPPLY, *_OVERALL, *_AREAS])]


_COUNCIL = ["Local authority", "E92000001", "E13000002", "Outer London", "309", "E09000014", "Haringey"]
_ENGLAND = ["National", "E92000001", "", "England", "0", "", "England"]

PUBLICATION = Publication(
    main=_FILE,
    tables={
        _TABLE: [
            [*_WHO, "PriNOR", *_SUPPLY, *_OVERALL, *_AREAS],
            _row("2023/24", _COUNCIL, "7.5", "300", "NA", PriNOR="9000", Qual_P_Prop="z"),
            _row("2023/24", _ENGLAND, "8.5", "40000", "NA", PriNOR="90000", Qual_P_Prop="0.75"),
            _row(
                "2024/25",
                _COUNCIL,
                "6.5",
                "NA",
                "310",
                PriNOR="9100",
                For_1_P="Low",
                Quan_P_Su="0.0625",
                Qual_S_Prop_LM="NA",
            ),
            _row("2024/25", _ENGLAND, "9.5", "NA", "41000", PriNOR="91000", For_3_S="-0.005"),
        ]
    },
    # Measures, then the values of each row without the columns that its year did not have.
    records=129 + 2 * (len(_SUPPLY) + len(_OVERALL)) + 2 * (len(_SUPPLY) + len(_AREAS)),
    spare=frozenset({"region_code", "Region", "LANumber", "LA_name", "PriNOR"}),
    faults=(
        Fault(_TABLE, 2, "Year", "2024", "a school year like 2024/25"),
        Fault(_TABLE, 2, "Year", "2023/25", "a school year like 2024/25"),
        Fault(_TABLE, 2, "geographic_level", "Planet", "one of Local authority, National"),
        Fault(_TABLE, 2, "new_la_code", "309", "an area's code like E09000014", kind="code"),
        Fault(_TABLE, 4, "Quan_P_UP", "some", "a number, or one of NA, z", kind="number"),
        Fault(_TABLE, 4, "Qual_S_NA_N_PD", "", "a value"),
        Fault(_TABLE, 3, "country_code", "W92000004", "one of E92000001", kind="code"),
        Fault(_TABLE, 2, "Year", "1900/01", "a school year like 2024/25", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
    free={"country_code": "A council is known by its own code"},
)
