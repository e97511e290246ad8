"""A small edition of what `police_street` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "2025-12-cleveland-street.csv"
_WHERE = (_CSV, "")
_BY = "Cleveland Police|Cleveland Police|-1.23|54.57"

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _WHERE: table(
            "Crime ID|Month|Reported by|Falls within|Longitude|Latitude|Location|LSOA code|LSOA name|Crime type"
            "|Last outcome category|Context",
            f"a1|2025-12|{_BY}|On or near A Street|E01012053|Middlesbrough 001A|Burglary|Under investigation|",
            f"a2|2025-12|{_BY}|On or near A Street|E01012054|Middlesbrough 002B|Burglary||",
            f"|2025-12|{_BY}|On or near B Street|E01011954|Hartlepool 001A|Anti-social behaviour||",
            f"a3|2025-12|{_BY}|On or near C Street|E01027600|Hambleton 009A|Drugs||",
            f"a4|2025-12|{_BY}|On or near D Street|W01000003|Isle of Anglesey 001A|Drugs||",
            "a5|2025-12|Cleveland Police|Cleveland Police|||No Location|||Robbery||",
        )
    },
    # 17 measures; two councils with all types together and one type each; elsewhere, and nowhere.
    records=17 + 2 * 2 + 2,
    spare=frozenset(
        {
            *("Reported by", "Longitude", "Latitude", "Location"),
            *("Last outcome category", "Context"),
        }
    ),
    faults=(
        Fault(_WHERE, 2, "Month", "December", "a month like 2025-12"),
        Fault(_WHERE, 3, "Month", "2025-13", "a month like 2025-12"),
        Fault(_WHERE, 3, "Month", "", "a month like 2025-12"),
        Fault(_WHERE, 4, "Falls within", "Dyfed-Powys Police", "a territorial force of England"),
        Fault(_WHERE, 4, "Crime type", "Sorcery", "one of Anti-social behaviour"),
        Fault(_WHERE, 5, "Crime type", "", "one of Anti-social behaviour"),
        Fault(_WHERE, 3, "LSOA name", "Atlantis 001A", "a small area of an English council"),
        Fault(_WHERE, 3, "LSOA name", "Middlesbrough", "a small area of an English council"),
        Fault(_WHERE, 3, "LSOA name", "", "a small area of an English council"),
        Fault(_WHERE, 3, "LSOA code", "S01000001", "a code of England or Wales", kind="code"),
        Fault(_WHERE, 3, "LSOA code", "", "a code of England or Wales"),
        Fault(_WHERE, 6, "Crime ID", "a1", "each crime's number once (row 2 has it too)", kind="duplicate"),
        Fault(_WHERE, 2, "Month", "1900-01", "a month like 2025-12", kind="date"),
    ),
    without={"grade": "figures or places, no judgements", "number": "rows are counted, none has a number"},
)
