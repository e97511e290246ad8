"""A small edition of what `councils_section_114` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_NOTICES = ("section_114_notices.csv", "")
PUBLICATION = Publication(
    main="section_114_notices.csv",
    tables={
        _NOTICES: table(
            "la_name|lad24cd|notice_date|financial_year|reason|date_confirmed",
            "Northamptonshire|E10000021|2018-02-02|2017-18|Overspend|exact",
            "Northamptonshire|E10000021|2018-07-01|2018-19|Overspend|approximate - month only confirmed",
            "Barnet|E09000003|2024-02-01|2023-24|Costly statues|approximate - month only confirmed",
        )
    },
    records=3,
    faults=(
        Fault(_NOTICES, 2, "lad24cd", "W06000015", "an area's code like E09000014", kind="code"),
        Fault(_NOTICES, 2, "notice_date", "1900-01-01", "a date from 1965-04-01", kind="date"),
        Fault(_NOTICES, 2, "notice_date", "July 2018", "a date like 2024-03-31"),
        Fault(_NOTICES, 2, "financial_year", "2018", "a financial year like 2017-18"),
        Fault(_NOTICES, 2, "date_confirmed", "maybe", "one of exact, approximate"),
        Fault(_NOTICES, 3, "notice_date", "2018-02-02", "a notice once (row 2 has it too)", kind="duplicate"),
        Fault(_NOTICES, 4, "reason", "", "a value"),
        Fault(_NOTICES, 4, "la_name", "", "a value"),
    ),
    without={"grade": "a notice is no judgement", "number": "no column has numbers"},
)
