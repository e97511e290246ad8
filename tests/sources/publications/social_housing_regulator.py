"""A small edition of what `social_housing_regulator` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_GRADES = ("social_housing_gradings_2025-03-31.csv", "")
PUBLICATION = Publication(
    main="social_housing_gradings_2025-03-31.csv",
    tables={
        _GRADES: table(
            "Landlord|Registration code|Landlord type|Consumer grade|Governance grade|Viability grade|"
            "Date of publication|Address",
            "Haringey Council|5099|Local authority|C3|||18/12/2024|https://example.org/haringey",
            "Hearth and Home Limited|L9999|Private registered provider|C1|G1|V2|26/02/2025|",
            "Lofts Limited|LH0001|Private registered provider||G3|V3|01/03/2016|https://example.org/lofts",
        )
    },
    records=1 + (1 + 3) + (1 + 2),
    faults=(
        Fault(_GRADES, 2, "Consumer grade", "C5", "one of “C1”, “C2”, “C3”, “C4” was expected", kind="grade"),
        Fault(_GRADES, 2, "Governance grade", "G1", "nothing, as councils have a consumer grade alone"),
        Fault(_GRADES, 2, "Consumer grade", "", "at least one of the three grades"),
        Fault(
            _GRADES, 3, "Viability grade", "G1", "one of “V1”, “V2”, “V3”, “V4” was expected", kind="grade"
        ),
        Fault(_GRADES, 3, "Landlord type", "Company", "one of Local authority, Private registered provider"),
        Fault(
            _GRADES, 3, "Registration code", "5099", "a landlord once (row 2 has it too)", kind="duplicate"
        ),
        Fault(_GRADES, 3, "Registration code", "no. 7", "a code of registration like L4240", kind="code"),
        Fault(_GRADES, 2, "Date of publication", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_GRADES, 2, "Date of publication", "18/12/2019", "a date from 2024-04-01"),
        Fault(_GRADES, 2, "Date of publication", "December", "a date like 31/03/2024"),
        Fault(_GRADES, 4, "Landlord", "", "a value"),
    ),
    without={"number": "no column has numbers"},
)
